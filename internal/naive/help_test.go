package naive

import (
	"math/big"
	"strings"
	"testing"

	"unroll/lang"
	"unroll/series"
)

// parse reads a cell written in a test.
func parse(t *testing.T, text string) *lang.File {
	t.Helper()
	f, err := lang.Parse(&lang.Source{Name: "test.cell", Text: strings.TrimSpace(text) + "\n"})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// fraction reads `-1/2`; `_` is a missing number.
func fraction(t *testing.T, s string) *big.Rat {
	t.Helper()
	if s == "_" {
		return nil
	}
	v, ok := new(big.Rat).SetString(s)
	if !ok {
		t.Fatalf("%q is not a fraction", s)
	}
	return v
}

// arrayOf reads `1,2;3,4` as a matrix by rows; `1;2` is a column.
func arrayOf(t *testing.T, s string) series.Array {
	t.Helper()
	rows := strings.Split(s, ";")
	a := series.Array{R: len(rows)}
	for _, row := range rows {
		entries := strings.Split(row, ",")
		a.C = len(entries)
		for _, e := range entries {
			a.Rat = append(a.Rat, fraction(t, e))
		}
	}
	return a
}

// dataOf reads `x: 1 2 3 / y: 1;2 _;3` as columns, `k = 2` as a constant, and `|` between series.
func dataOf(t *testing.T, text string) series.Set {
	t.Helper()
	var set series.Set
	if text == "" {
		return set
	}
	for _, one := range strings.Split(text, "|") {
		s := series.Series{Columns: map[string]series.Column{}, Consts: map[string]series.Array{}}
		for _, part := range strings.Split(one, " / ") {
			if name, values, ok := strings.Cut(part, ":"); ok {
				for _, v := range strings.Fields(values) {
					s.Columns[strings.TrimSpace(name)] = s.Columns[strings.TrimSpace(name)].Append(arrayOf(t, v))
				}
			} else if name, value, ok := strings.Cut(part, "="); ok {
				s.Consts[strings.TrimSpace(name)] = arrayOf(t, strings.TrimSpace(value))
			}
		}
		set.Series = append(set.Series, s)
	}
	return set
}

// weightsOf reads `w = 1/2, v = 1;2`, the copies of one weight divided by `|`.
func weightsOf(t *testing.T, text string) map[string][]series.Array {
	t.Helper()
	out := map[string][]series.Array{}
	for _, part := range strings.Fields(text) {
		name, value, _ := strings.Cut(part, "=")
		for _, v := range strings.Split(value, "|") {
			out[name] = append(out[name], arrayOf(t, v))
		}
	}
	return out
}

func sameRat(a, b *big.Rat) bool {
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	return a.Cmp(b) == 0
}

// sameArrays compares entry by entry, and shapes.
func sameArrays(a, b []series.Array) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].R != b[i].R || a[i].C != b[i].C {
			return false
		}
		for k := range a[i].Rat {
			if !sameRat(a[i].Rat[k], b[i].Rat[k]) {
				return false
			}
		}
	}
	return true
}

func show(as []series.Array) string {
	var copies []string
	for _, a := range as {
		var e []string
		for _, v := range a.Rat {
			if v == nil {
				e = append(e, "_")
			} else {
				e = append(e, v.RatString())
			}
		}
		copies = append(copies, strings.Join(e, " "))
	}
	return strings.Join(copies, " | ")
}

// checkDifferences holds every derivative against a difference of nine points, which is exact for
// polynomials up to the eighth degree and very close for other rational functions.
func checkDifferences(t *testing.T, f *lang.File, data series.Set, opt Options, grad map[string][]series.Array) {
	t.Helper()
	for name, copies := range opt.Weights {
		for k, a := range copies {
			for i := range a.Rat {
				want := difference(t, a.Rat, i, func() *big.Rat {
					res, err := Run(f, data, opt)
					if err != nil {
						t.Fatal(err)
					}
					return res.Loss
				})
				off := new(big.Rat).Sub(grad[name][k].Rat[i], want)
				if off.Abs(off).Cmp(big.NewRat(1, 1_000_000_000_000_000_000)) > 0 {
					t.Errorf("%s copy %d entry %d: derivative %v, difference %v", name, k, i,
						grad[name][k].Rat[i], want.FloatString(20))
				}
			}
		}
	}
}

func difference(t *testing.T, at []*big.Rat, i int, loss func() *big.Rat) *big.Rat {
	t.Helper()
	old := at[i]
	defer func() { at[i] = old }()
	h := big.NewRat(1, 1_000_000)
	sum := new(big.Rat)
	for k, by := range []*big.Rat{big.NewRat(4, 5), big.NewRat(-1, 5), big.NewRat(4, 105), big.NewRat(-1, 280)} {
		step := new(big.Rat).Mul(h, big.NewRat(int64(k+1), 1))
		at[i] = new(big.Rat).Add(old, step)
		up := loss()
		at[i] = new(big.Rat).Sub(old, step)
		down := loss()
		sum.Add(sum, new(big.Rat).Mul(by, up.Sub(up, down)))
	}
	return sum.Quo(sum, h)
}
