package series

import (
	"fmt"
	"math"
	"math/big"
	"slices"
	"strings"
)

// Fills are the ways of filling missing values; two have two names. A value that is filled counts as
// observed, except that Masked leaves it missing: it is read as 0, and observed(x) says that it isn't there.
var Fills = []string{"none", "previous", "forward", "linear", "mean", "zero", "0", Masked}

// Masked is the way of filling that keeps what is missing known as missing.
const Masked = "masked"

// Fill gives the missing entries of a column values: `zero`, the `previous` one (at the beginning the
// next), what lies on a line between the two around it (at the ends the nearest), the `mean` of those that
// are there; or `none`, also if they stay `masked`. The column given is not changed.
func Fill(column Column, how string) (Column, error) {
	switch how {
	case "forward":
		how = "previous"
	case "0":
		how = "zero"
	}
	switch {
	case how == Masked, how == "none":
		return column, nil
	case !slices.Contains(Fills, how):
		return Column{}, fmt.Errorf("%q is not a way of filling; expected one of %s", how, strings.Join(Fills, ", "))
	case column.isDense():
		return fillDense(column, how), nil
	}
	pick := map[string]func([]*big.Rat, int) *big.Rat{"zero": zeroAt, "previous": previousAt, "linear": linearAt, "mean": meanAt}[how]
	out := make([]Array, column.Len())
	for t, a := range column.All() {
		out[t] = Rats(a.R, a.C, append([]*big.Rat{}, a.Rat...))
	}
	if len(out) == 0 {
		return Arrays(out...), nil
	}
	for i := range out[0].Len() {
		path := make([]*big.Rat, len(out))
		for t, a := range column.All() {
			path[t] = a.Rat[i]
		}
		for t := range path {
			if path[t] == nil {
				out[t].Rat[i] = pick(path, t)
			}
		}
	}
	return Arrays(out...), nil
}

// fillDense fills each entry's path through time in one pass.
func fillDense(column Column, how string) Column {
	n := column.r * column.c
	out := Dense(column.r, column.c, slices.Clone(column.dense))
	for i := range n {
		value := 0.0 // for what is missing
		if how != "zero" {
			value = firstOrMean(column.dense[min(i, len(column.dense)):], n, how == "mean")
		}
		last := -1 // the latest number that is there
		for at := i; at < len(out.dense); at += n {
			switch x := out.dense[at]; {
			case math.IsNaN(x):
				out.dense[at] = value
			case how == "previous":
				value = x
			case how == "linear":
				bridge(out.dense, last, at, n)
				value, last = x, at
			}
		}
	}
	return out
}

// bridge draws a line between two entries of a path, if there is a first, over those between them.
func bridge(path []float64, from, to, n int) {
	for at := from + n; from >= 0 && at < to; at += n {
		path[at] = path[from] + (path[to]-path[from])*float64(at-from)/float64(to-from)
	}
}

// firstOrMean is the first number that is there, or the mean of all, of every n-th; 0 if there is none.
func firstOrMean(path []float64, n int, mean bool) float64 {
	sum, count := 0.0, 0.0
	for at := 0; at < len(path); at += n {
		if math.IsNaN(path[at]) {
			continue
		}
		sum, count = sum+path[at], count+1
		if !mean {
			break
		}
	}
	return sum / max(count, 1)
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

func linearAt(path []*big.Rat, t int) *big.Rat {
	from, to := t, t
	for from >= 0 && path[from] == nil {
		from--
	}
	for to < len(path) && path[to] == nil {
		to++
	}
	if from < 0 || to == len(path) {
		return previousAt(path, t)
	}
	way := new(big.Rat).Sub(path[to], path[from])
	way.Mul(way, big.NewRat(int64(t-from), int64(to-from)))
	return way.Add(way, path[from])
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
