package series

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// Scales are the kinds of scaling: none; standard, to mean 0 and deviation 1; max, by the largest absolute
// value; log, to natural logarithms; mean, by the mean absolute value.
var Scales = []string{"none", "standard", "max", "log", "mean"}

// Scaling is the map of one series' column to the scale it is trained on: x to (x − shift)/factor, with
// ln x for x if the kind is log. Each entry of a vector has its own shift and factor.
type Scaling struct {
	Kind          string // one of Scales
	Shift, Factor []float64
}

// FindScaling finds the map for the values of a column that are there. What is constant, or isn't there,
// keeps its size: its factor is 1.
func FindScaling(c Column, kind string) (Scaling, error) {
	if !slices.Contains(Scales, kind) {
		return Scaling{}, fmt.Errorf("%q is not a way of scaling; expected one of %s", kind, strings.Join(Scales, ", "))
	}
	rows, cols := c.shape()
	all, now := make([]moments, rows*cols), make([]float64, rows*cols)
	for t := range c.Len() {
		c.Read(t, now)
		for i, x := range now {
			all[i].add(x)
		}
	}
	s := Scaling{Kind: kind, Shift: make([]float64, len(all)), Factor: make([]float64, len(all))}
	for i, m := range all {
		s.Shift[i], s.Factor[i] = m.scale(kind)
	}
	return s, nil
}

// moments are what is known of the numbers so far. Means move by steps, so that the mean of one number
// again and again is that number to the last bit, and its deviation 0.
type moments struct {
	n, mean  float64
	squares  float64 // the sum of (x − mean)²
	size     float64 // the mean of |x|
	greatest float64 // |x|
}

func (m *moments) add(x float64) {
	if math.IsNaN(x) {
		return
	}
	m.n++
	off := x - m.mean
	m.mean += off / m.n
	m.squares += off * (x - m.mean)
	m.size += (math.Abs(x) - m.size) / m.n
	m.greatest = max(m.greatest, math.Abs(x))
}

// scale is the shift and the factor of a kind.
func (m *moments) scale(kind string) (shift, factor float64) {
	switch kind {
	case "standard":
		shift, factor = m.mean, math.Sqrt(m.squares/max(m.n, 1))
	case "max":
		factor = m.greatest
	case "mean":
		factor = m.size
	}
	if factor == 0 {
		factor = 1
	}
	return shift, factor
}

// Apply gives the column on the scale, dense. The error names the time of a number that has no logarithm.
func (s Scaling) Apply(c Column) (Column, error) {
	rows, cols := c.shape()
	n := rows * cols
	switch {
	case n == 0:
		return c, nil // it has no numbers
	case n != len(s.Shift) || n != len(s.Factor):
		return c, fmt.Errorf("a scaling of %d entries for values of %d", len(s.Shift), n)
	}
	out := make([]float64, c.Len()*n)
	for t := range c.Len() {
		now := out[t*n : t*n+n]
		c.Read(t, now)
		for _, x := range now {
			if s.Kind == "log" && x <= 0 {
				return c, fmt.Errorf("%v at t = %d has no logarithm; scale by another of %s, or leave it out", x, t, strings.Join(Scales, ", "))
			}
		}
	}
	s.Do(out)
	return Dense(rows, cols, out), nil
}

// Do takes values of the data to the scale, in place, as Undo takes them back. What has no logarithm gives an infinity
// or NaN.
func (s Scaling) Do(values []float64) {
	for i, x := range values {
		e := i % max(1, len(s.Shift))
		if s.Kind == "log" {
			x = math.Log(x)
		}
		if len(s.Shift) > 0 {
			x = (x - s.Shift[e]) / s.Factor[e]
		}
		values[i] = x
	}
}

// Undo takes values back to the scale of the data, in place: the entries of one time, or of several, one
// after the other. The zero Scaling changes nothing.
func (s Scaling) Undo(values []float64) {
	if len(s.Shift) == 0 {
		return
	}
	for i, x := range values {
		e := i % len(s.Shift)
		x = x*s.Factor[e] + s.Shift[e]
		if s.Kind == "log" {
			x = math.Exp(x)
		}
		values[i] = x
	}
}
