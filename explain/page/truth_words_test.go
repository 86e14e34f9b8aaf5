package page_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"unroll"
	"unroll/data"
	"unroll/notation"
)

// truthCase is a cell with data, of which a solution is printed.
type truthCase struct {
	name    string
	path    string // from the module's root
	input   []string
	options unroll.Options
	text    string // of the cell
	units   string // in place of the sizes that a call gives
	other   bool   // with other data and other weights
}

// read reads the cell's file.
func (c truthCase) read() (truthCase, error) {
	path := filepath.Join("..", "..", filepath.FromSlash(c.path))
	if !strings.Contains(c.path, "/") {
		path = filepath.Join("testdata", "truth", c.path)
	}
	text, err := os.ReadFile(path)
	c.path, c.text = path, string(text)
	for err == nil && standard.MatchString(c.text) {
		err = c.write(standard.FindStringSubmatch(c.text)[1])
	}
	if c.units != "" {
		c.text = sized.ReplaceAllString(c.text, "$1 = "+c.units)
	}
	return c, err
}

var (
	standard = regexp.MustCompile(`(?m)^use +(\w+)$`)
	sized    = regexp.MustCompile(`\b(H|N|P|G|K) = \d+`)
)

// write puts a cell of the standard library where the file uses it, so that its lines can be changed.
func (c *truthCase) write(name string) error {
	text, err := os.ReadFile(filepath.Join("..", "..", "cells", name+".cell"))
	c.text = standard.ReplaceAllLiteralString(c.text, string(text))
	return err
}

// bind is a fresh run of the case, with options of its own.
func (c truthCase) bind(o unroll.Options) (*unroll.Run, error) {
	cell, err := unroll.Parse(c.path, c.text)
	if err != nil {
		return nil, err
	}
	var wants []data.Want
	for _, in := range cell.Inputs() {
		wants = append(wants, data.Want{Name: in.Name, Rows: in.Shape.R, Known: in.Known, PerSeries: in.PerSeries})
	}
	set, err := data.Inline(c.input, wants)
	if err != nil {
		return nil, err
	}
	if c.other {
		set = stirred(set)
	}
	run, err := cell.Bind(set, o)
	if err == nil && c.other {
		err = stirWeights(run)
	}
	return run, err
}

// vocabularies are how a text spells the names of the cell, and how they are spelled where formulas
// are set: there the 1 of h1 is an index like a time.
func (w *world) vocabularies() [2]*vocabulary {
	text := &vocabulary{names: map[string]string{}, set: map[string]string{}, functions: w.functions(), read: map[string]*formula{}}
	typeset := &vocabulary{names: map[string]string{}, set: text.set, functions: text.functions, read: map[string]*formula{}}
	short := map[string]int{}
	for _, name := range w.names() {
		short[last(name)]++
	}
	for _, name := range w.names() {
		as := name
		if short[last(name)] == 1 {
			as = last(name)
		}
		m := notation.Symbol(as)
		text.names[spelled(notation.Text(m))] = name
		set := spelled(texText(notation.TeX(m)))
		typeset.names[set], text.set[name] = name, set
		if letters := strings.TrimRight(as, "0123456789"); letters != as { // l0 beside a series l
			above := spelled(notation.Text(notation.Symbol(letters))) + "^" + as[len(letters):]
			text.names[above], typeset.names[above] = name, name
		}
	}
	return [2]*vocabulary{text, typeset}
}

func last(name string) string { return name[strings.LastIndexByte(name, '.')+1:] }

// spelled is a symbol with all that stands below it, and what stands above.
func spelled(text string) string {
	s := &formulaScanner{in: []rune(text)}
	x := s.pieces()
	return strings.Join(append([]string{strings.Join(append([]string{x.base}, x.below...), "_")}, x.above...), "^")
}

// names are the names of the cell's equations, inputs and weights.
func (w *world) names() []string {
	var all []string
	for name := range w.values {
		if !strings.HasPrefix(name, "δ") && name != "L" && !strings.HasPrefix(name, "L_t") {
			all = append(all, name)
		}
	}
	for name := range w.inputs {
		all = append(all, name)
	}
	for name := range w.copies {
		all = append(all, name)
	}
	return all
}

// functions are the rows that are written as a word and brackets, by that word.
func (w *world) functions() map[string]string {
	all := map[string]string{}
	for _, row := range w.table.Rows {
		m, err := notation.Parse(row.TeX)
		if err != nil {
			continue // a test of notation looks for it
		}
		if word, _, called := strings.Cut(notation.Text(m), "("); called && strings.IndexFunc(word, func(r rune) bool { return r != '_' && r != ' ' && !inName(r) }) < 0 {
			all[word] = row.Name
		}
	}
	return all
}
