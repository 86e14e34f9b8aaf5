package main

import (
	"bytes"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/text/unicode/norm"

	"unroll"
	"unroll/eval"
	"unroll/explain"
	"unroll/graph"
	"unroll/internal/spell"
	"unroll/lang"
	"unroll/op"
)

// solution is a worked solution that is made and not yet written.
type solution struct {
	text     bytes.Buffer // in the form that is asked for
	pictures []picture
	notes    []string // what standard error is told
}

// picture is an SVG document, and the file that it is for.
type picture struct{ path, svg string }

// solution makes a solution, and touches no file.
func (f *explainFlags) solution(c *cobra.Command, path string) (*solution, error) {
	r, opt, err := f.bound(c, path)
	if err != nil {
		return nil, err
	}
	s := &solution{notes: short(r)}
	if err = unfit(r); err == nil {
		err = f.solve(s, r, opt)
	}
	return s, placed(r.Graph(), err)
}

// solve adds what is asked for to a solution.
func (f *explainFlags) solve(s *solution, r *unroll.Run, opt explain.Options) error {
	if f.form.write != nil || f.picture != "" {
		d, err := explain.Explain(r.Case(), opt)
		if err != nil {
			return err
		}
		if err := f.draw(s, d); err != nil {
			return err
		}
		if f.form.write != nil {
			s.notes = append(s.notes, d.Warnings...)
			return f.form.write(&s.text, d)
		}
	}
	return f.numbers(s, r, opt)
}

// numbers adds the solution as JSON, and says what that can only write as null.
func (f *explainFlags) numbers(s *solution, r *unroll.Run, opt explain.Options) error {
	n, err := explain.Solve(r.Case(), opt.Rate)
	if err != nil {
		return err
	}
	for _, w := range n.Warnings {
		s.notes = append(s.notes, w+"; null in the JSON")
	}
	if n.Rounded {
		s.notes = append(s.notes, fmt.Sprintf("numbers passed %d bits: the run was redone in float64; --exact insists on exact ones", eval.MaxBits))
	}
	n.Updated = slices.DeleteFunc(n.Updated, func(v explain.Value) bool {
		return len(opt.Wrt) > 0 && !slices.Contains(opt.Wrt, v.Name)
	})
	return n.JSON(&s.text)
}

// bound is the cell joined with the data of the call, and what is to be told of it.
func (f *explainFlags) bound(c *cobra.Command, path string) (*unroll.Run, explain.Options, error) {
	var opt explain.Options
	o, err := f.options()
	if err != nil {
		return nil, opt, err
	}
	cell, err := readCell(c, path)
	if err != nil {
		return nil, opt, err
	}
	neurons := f.neurons(cell, o)
	if err := f.needData(cell, path, o); err != nil {
		return nil, opt, err
	}
	r, err := f.bind(cell, o)
	if err == nil {
		opt, err = f.told(r.Graph(), neurons)
	}
	return r, opt, err
}

// neurons takes --size H out of the sizes of a cell that has none: it says as how wide a layer the
// cell is shown. JSON shows no layer.
func (f *explainFlags) neurons(cell *unroll.Cell, o unroll.Options) int {
	has := slices.ContainsFunc(cell.File().Stmts, func(s lang.Stmt) bool { _, ok := s.(*lang.Size); return ok })
	if has || f.form.write == nil {
		return 0
	}
	n := o.Sizes["H"]
	delete(o.Sizes, "H")
	return n
}

// told is what is to be told of a run.
func (f *explainFlags) told(g *graph.Graph, neurons int) (explain.Options, error) {
	opt := explain.Options{
		Lang: f.lang, Digits: f.digits, Full: f.full, Neurons: neurons, Jacobians: f.jacobians, Influence: f.influence,
	}
	if neurons > 0 && !ofNumbers(g) {
		return opt, usage("--size H=%d: the file has no size H, and isn't a cell of numbers that could be shown as a layer; leave it out", neurons)
	}
	for _, name := range f.wrt {
		name = norm.NFC.String(strings.TrimSpace(name))
		if err := moves(g, name); err != nil {
			return opt, err
		}
		opt.Wrt = append(opt.Wrt, name)
	}
	var err error
	opt.Rate, err = f.learningRate()
	return opt, err
}

// ofNumbers tells whether a cell has states, and all of it is numbers.
func ofNumbers(g *graph.Graph) bool {
	arrays := slices.ContainsFunc(g.Nodes, func(n *graph.Node) bool {
		return (n.Kind == graph.Name || n.Kind == graph.Weight || n.Kind == graph.Input) && n.Shape != op.Scalar
	})
	return len(g.States) > 0 && !arrays
}

// moves wants a name of --wrt to be of a weight that a step moves.
func moves(g *graph.Graph, name string) error {
	learnt := map[string]bool{}
	for _, w := range g.Weights {
		learnt[w.Name] = !w.Fixed
	}
	_, weight := learnt[name]
	maps.DeleteFunc(learnt, func(_ string, is bool) bool { return !is })
	names := slices.Sorted(maps.Keys(learnt))
	help := "the weights are " + some(names)
	if near := spell.Nearest(name, names); near != "" {
		help = "did you mean " + near + "?"
	}
	switch {
	case g.Loss == nil:
		return usage("--wrt %s: the cell has no loss, so there is no step along a weight; leave it out", name)
	case len(names) == 0:
		return usage("--wrt %s: the cell has no weights that are learnt; leave it out", name)
	case learnt[name]:
		return nil
	case weight:
		return usage("--wrt %s: that weight is fixed, so no step moves it; %s", name, help)
	}
	return usage("--wrt %s: the cell has no such weight; %s", name, help)
}

// draw takes each figure of a document as a picture: the network as it is asked for, further ones
// with a number behind the name. The document then knows where they stand.
func (f *explainFlags) draw(s *solution, d *explain.Document) error {
	if f.picture == "" {
		return nil
	}
	stem, ending := strings.TrimSuffix(f.picture, filepath.Ext(f.picture)), filepath.Ext(f.picture)
	for _, at := range figures(d.Parts) {
		p := (*at).(explain.Figure)
		path := f.picture
		if n := len(s.pictures); n > 0 {
			path = fmt.Sprintf("%s-%d%s", stem, n+1, ending)
		}
		s.pictures = append(s.pictures, picture{path, p.SVG})
		p.File = f.beside(path)
		*at = p
	}
	if len(s.pictures) == 0 {
		return fmt.Errorf("--picture %s: there is nothing to draw: the data end before the cell's first step; give more of them", f.picture)
	}
	return nil
}

// figures are the places of the figures in a tree of parts.
func figures(parts []explain.Part) []*explain.Part {
	var all []*explain.Part
	for i, p := range parts {
		switch p := p.(type) {
		case explain.Section:
			all = append(all, figures(p.Parts)...)
		case explain.Box:
			all = append(all, figures(p.Parts)...)
		case explain.Figure:
			all = append(all, &parts[i])
		}
	}
	return all
}

// beside is a path as it is written in the output.
func (f *explainFlags) beside(path string) string {
	dir := "."
	if f.toFile() {
		dir = filepath.Dir(f.out)
	}
	if relative, err := filepath.Rel(dir, path); err == nil {
		return filepath.ToSlash(relative)
	}
	return path
}
