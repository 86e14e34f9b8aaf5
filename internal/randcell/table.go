package randcell

import (
	"fmt"
	"regexp"
	"strings"
	"sync"

	"unroll/op"
)

// table is read once: Draw is called thousands of times.
var table = sync.OnceValue(op.Standard)

// feature is what a row is called in Cell.Features: with its number of arguments if it shares its name.
func feature(r op.Row) string {
	same := 0
	for _, o := range table().Rows {
		if o.Name == r.Name && !o.Hidden {
			same++
		}
	}
	if same > 1 {
		return fmt.Sprintf("row %s/%d", r.Name, len(r.Args))
	}
	return "row " + r.Name
}

// rows are the rows that a cell of a mode may hold.
var rows = perMode(func(m Mode) []op.Row {
	var out []op.Row
	for _, r := range table().Rows {
		if !r.Hidden && (m != Rational || rationalRow(r)) && (m != Analytic || !kinked(r)) {
			out = append(out, r)
		}
	}
	return out
})

// families are the families that a cell of a mode may hold.
var families = perMode(func(m Mode) []op.Family {
	var out []op.Family
	for _, f := range table().Families {
		if (m != Rational || rationalText(f.Score+" "+f.Forecast)) && (m != Analytic || !bentFamilies[f.Name]) {
			out = append(out, f)
		}
	}
	return out
})

func perMode[T any](f func(Mode) T) func(Mode) T {
	var all [Large + 1]func() T
	for m := range all {
		all[m] = sync.OnceValue(func() T { return f(Mode(m)) })
	}
	return func(m Mode) T { return all[m]() }
}

// rationalRow tells whether a row stays in the rationals. One that is only a body does if all that
// it calls does. noise does while nothing is drawn: it is nothing then.
func rationalRow(r op.Row) bool {
	switch {
	case r.Name == "noise":
		return true
	case r.Exact != nil || r.Terms != nil:
		return true
	case r.Vector != nil:
		return r.Vector.Exact != nil
	}
	return r.Float == nil && rationalText(r.Body)
}

var called = regexp.MustCompile(`[\pL_][\pL\pN_]*\(`)

func rationalText(body string) bool {
	for _, name := range called.FindAllString(body, -1) {
		for _, r := range table().Rows {
			if r.Name == strings.TrimSuffix(name, "(") && !rationalRow(r) {
				return false
			}
		}
	}
	return true
}

// kinkedRows have a kink or a jump, or a derivative that isn't that of the value.
var kinkedRows = set("relu leaky_relu elu selu abs sign max min clip hard_sigmoid hard_tanh mod where " +
	"== != < <= > >= stop clip_gradient floor")

var bentFamilies = set("absolute huber quantile laplace")

func set(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(words) {
		out[w] = true
	}
	return out
}

// kinked judges a row that isn't listed by the choices in its formulas.
func kinked(r op.Row) bool {
	return kinkedRows[r.Name] || strings.ContainsAny(r.Body+strings.Join(r.Deriv, " "), "<>")
}
