package series

import (
	"fmt"
	"math/big"
	"strings"
)

// Fills are the ways of filling missing values. A value that is filled counts as observed, except
// that Masked leaves it missing: it is read as 0, and observed(x) says that it isn't there.
var Fills = []string{"zero", "previous", "mean", Masked}

// Masked is the way of filling that keeps what is missing known as missing.
const Masked = "masked"

// Fill gives the missing entries of a column values: `zero`, the `previous` one (at the beginning the
// next), the `mean` of those that are there, or none if they stay `masked`. The column given is not changed.
func Fill(column []Array, how string) ([]Array, error) {
	pick := map[string]func([]*big.Rat, int) *big.Rat{"zero": zeroAt, "previous": previousAt, "mean": meanAt}[how]
	if how == Masked {
		return column, nil
	}
	if pick == nil {
		return nil, fmt.Errorf("%q is not a way of filling; expected one of %s", how, strings.Join(Fills, ", "))
	}
	out := make([]Array, len(column))
	for t, a := range column {
		out[t] = Rats(a.R, a.C, append([]*big.Rat{}, a.Rat...))
	}
	if len(column) == 0 {
		return out, nil
	}
	for i := range column[0].Len() {
		path := make([]*big.Rat, len(column))
		for t, a := range column {
			path[t] = a.Rat[i]
		}
		for t := range path {
			if path[t] == nil {
				out[t].Rat[i] = pick(path, t)
			}
		}
	}
	return out, nil
}

func zeroAt([]*big.Rat, int) *big.Rat { return new(big.Rat) }

func previousAt(path []*big.Rat, t int) *big.Rat {
	for s := t - 1; s >= 0; s-- {
		if path[s] != nil {
			return path[s]
		}
	}
	for s := t + 1; s < len(path); s++ {
		if path[s] != nil {
			return path[s]
		}
	}
	return new(big.Rat)
}

func meanAt(path []*big.Rat, _ int) *big.Rat {
	sum, n := new(big.Rat), int64(0)
	for _, v := range path {
		if v != nil {
			sum.Add(sum, v)
			n++
		}
	}
	if n == 0 {
		return sum
	}
	return sum.Quo(sum, big.NewRat(n, 1))
}
