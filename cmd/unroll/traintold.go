package main

import (
	"fmt"
	"io"
	"math"

	"unroll"
	"unroll/chart"
	"unroll/train"
)

// draw draws the losses by epoch.
func (t *training) draw(m *unroll.Fitted) error {
	if t.plot == "" {
		return nil
	}
	c := lossCurves(m)
	if t.plot == "-" {
		_, err := io.WriteString(t.cmd.OutOrStdout(), c.Sketch(sketchWidth, sketchHeight)+"\n")
		return err
	}
	picture, err := c.Picture(t.plot)
	if err != nil {
		return err
	}
	return writeWhole(t.plot, picture)
}

// A sketch in the terminal, in characters.
const (
	sketchWidth  = 78
	sketchHeight = 16
)

// lossCurves are the losses of the members by epoch.
func lossCurves(m *unroll.Fitted) chart.Curves {
	c := chart.Curves{Title: m.Cell().File().Src.Name, X: "epoch", Y: "loss"}
	for k, epochs := range m.Epochs {
		if len(epochs) == 0 {
			continue
		}
		losses, valid, has := make([]float64, len(epochs)), make([]float64, len(epochs)), false
		for i, e := range epochs {
			losses[i], valid[i] = e.Loss, e.Valid
			has = has || !math.IsNaN(e.Valid)
		}
		name := memberName(k, len(m.Epochs))
		c.Lines = append(c.Lines, chart.Line{Name: name + "loss", Y: losses})
		if has {
			c.Lines = append(c.Lines, chart.Line{Name: name + "validation", Y: valid, Best: true})
		}
	}
	return c
}

// look prints a look at the gradient of a batch, with the weights of a model, or where training begins.
func (t *training) look(m *unroll.Model, when string) error {
	if !t.watch {
		return nil
	}
	fit := t.fit
	fit.From = nil
	r, err := t.cell.Watch(t.table.Set, t.o, fit, m)
	if err != nil {
		return err
	}
	w := t.cmd.OutOrStdout()
	if _, err := io.WriteString(w, gradientText(r, when)); err != nil {
		return err
	}
	return w.(*held).flush()
}

// gradientText is a look at a gradient as tables.
func gradientText(r *train.Report, when string) string {
	text := fmt.Sprintf("Gradients %s, in one batch of loss %s\n\n", when, brief4(r.Loss))
	g := &grid{}
	g.add("weight", "its norm", "gradient", "ratio")
	for _, w := range r.Weights {
		g.add(w.Name, brief4(w.Weight), brief4(w.Gradient), ratio(w.Gradient, w.Weight))
	}
	text += g.String()
	if len(r.States) > 0 {
		text += "\n" + statesText(r.States)
	}
	if len(r.Units) > 0 {
		g = &grid{}
		g.add("relu", "units", "dead")
		for _, u := range r.Units {
			g.add(u.Name, fmt.Sprint(u.All), fmt.Sprint(u.Dead))
		}
		text += "\n" + g.String()
	}
	return text + "\n"
}

// ratio is one number as a part of another; of 0 it is none.
func ratio(a, b float64) string {
	if b == 0 {
		return "–"
	}
	return brief4(a / b)
}

// statesText are the norms of the loss's derivatives by the states, at steps from the first to the last.
func statesText(states []train.StateNorm) string {
	g := &grid{}
	head := []string{"state"}
	at := spread(len(states[0].ByStep), 6)
	for _, i := range at {
		head = append(head, fmt.Sprintf("step %d", i+1))
	}
	g.add(head...)
	for _, s := range states {
		row := []string{s.Name}
		for _, i := range at {
			row = append(row, brief4(s.ByStep[i]))
		}
		g.add(row...)
	}
	return g.String()
}

// spread are up to n places from 0 to the last of many, evenly.
func spread(many, n int) []int {
	if many <= n {
		n = many
	}
	var all []int
	for k := range n {
		all = append(all, k*(many-1)/max(1, n-1))
	}
	return all
}
