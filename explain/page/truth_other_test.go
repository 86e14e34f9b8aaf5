package page_test

import (
	"maps"
	"math/big"
	"slices"

	"unroll"
	"unroll/series"
)

// otherwise is the same case with other data and other weights.
func (w *world) otherwise() (*world, error) {
	c := w.truthCase
	c.other = true
	return newWorld(c)
}

// everywhereElse checks what a page says of any step, and of the loss and its derivatives, in another
// world: a formula must be so whatever the numbers are.
func (a *audit) everywhereElse(w *world, chains []readChain) {
	b := &audit{world: w, words: a.words, counts: a.counts, formulas: a.formulas}
	for _, c := range chains {
		for _, f := range c.xs {
			b.findConstants(f)
		}
		b.define(c)
	}
	for _, c := range chains {
		if len(c.links) == 0 {
			continue
		}
		atStep := c.ref != nil && len(c.ref.at) > 0 && c.ref.at[0].lo.letter == ""
		if atStep || c.links[0].sign == "←" || c.left.numeric() {
			continue
		}
		formulas := c
		formulas.links, formulas.xs = nil, nil
		for k, x := range c.xs {
			if x != nil && (c.left.general() || !x.numeric()) {
				formulas.links, formulas.xs = append(formulas.links, c.links[k]), append(formulas.xs, x)
			}
		}
		if len(formulas.xs) > 0 && (c.ref == nil || b.copies[c.ref.name] == 0) {
			a.counts["chains in another run"]++
			b.guarded(c.where(), func() { b.checkChain(formulas) })
		}
	}
	for _, f := range b.faults {
		a.faults = append(a.faults, "with other numbers: "+f)
	}
}

// stirWeights gives every entry of every weight another value, between 0 and 1.
func stirWeights(run *unroll.Run) error {
	k := int64(0)
	for _, w := range run.Graph().Weights {
		if w.Fixed {
			continue
		}
		all := slices.Clone(run.Weights()[w.Name])
		for i, old := range all {
			a := series.Missing(old.R, old.C)
			for e := range a.Rat {
				k++
				a.Rat[e] = big.NewRat(1+(7*k)%5, 8+(3*k)%4)
			}
			all[i] = a
		}
		if err := run.Set(w.Name, all...); err != nil {
			return err
		}
	}
	return nil
}

// stirred is data with other values where there are any.
func stirred(set series.Set) series.Set {
	k := int64(0)
	out := series.Set{}
	for _, s := range set.Series {
		s.Columns = maps.Clone(s.Columns)
		for _, name := range slices.Sorted(maps.Keys(s.Columns)) {
			column := series.Column{}
			for _, a := range s.Columns[name].All() {
				b := series.Missing(a.R, a.C)
				for e := range a.Rat {
					k++
					if a.Has(e) {
						b.Rat[e] = new(big.Rat).Add(a.Rat[e], big.NewRat(1+(5*k)%7, 9))
					}
				}
				column = column.Append(b)
			}
			s.Columns[name] = column
		}
		out.Series = append(out.Series, s)
	}
	return out
}
