package op_test

import (
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"unroll/op"
)

// Both values of a row agree on random rationals, ties and bounds among them.
func TestFloatAgreesWithExact(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for _, r := range op.Standard().Rows {
		if r.Exact == nil {
			continue
		}
		for range 300 {
			var rats []*big.Rat
			var floats []float64
			for i := range r.Args {
				x := rational(r.Name, i, rng)
				f, _ := x.Float64()
				rats, floats = append(rats, x), append(floats, f)
			}
			exact, got := r.Exact(rats), r.Float(floats)
			if exact == nil {
				if !math.IsNaN(got) && !math.IsInf(got, 0) {
					t.Fatalf("%s%v is undefined, not %v", r.Name, rats, got)
				}
				continue
			}
			if want, _ := exact.Float64(); math.Abs(got-want) > 4e-15*(1+math.Abs(want)) {
				t.Fatalf("%s%v is %v, not %v", r.Name, rats, want, got)
			}
		}
	}
}

// rational is a quotient by a power of two, so that it is the same in float64.
func rational(name string, arg int, rng *rand.Rand) *big.Rat {
	whole := name == "is_index" || arg == 1 && (name == "^" || name == "power")
	switch {
	case name == "power" && whole:
		return big.NewRat(int64(rng.IntN(5)), 1)
	case whole:
		return big.NewRat(int64(rng.IntN(7)-3), 1)
	case name == "clip" && arg == 1:
		return big.NewRat(-1, 1)
	case name == "clip" && arg == 2:
		return big.NewRat(1, 1)
	}
	return big.NewRat(int64(rng.IntN(17)-8), 2)
}

// Undefined arguments make the value undefined, but for the side that where doesn't take, and in
// the rows that stand in derivatives to leave them out.
func TestUndefined(t *testing.T) {
	table := op.Standard()
	x, zero := big.NewRat(2, 1), new(big.Rat)
	for _, r := range table.Rows {
		if r.Exact == nil || strings.Contains(" where over gated kept clip_gradient ", " "+r.Name+" ") {
			continue
		}
		for i := range r.Args {
			in := slices.Repeat([]*big.Rat{x}, len(r.Args))
			if in[i] = nil; r.Exact(in) != nil {
				t.Errorf("%s is defined though %s isn't", r.Name, r.Args[i])
			}
		}
	}
	where, over := table.Lookup("where", 3).Exact, table.Lookup("over", 2).Exact
	if where([]*big.Rat{x, x, nil}) != x || where([]*big.Rat{zero, nil, x}) != x || where([]*big.Rat{nil, x, x}) != nil {
		t.Error("where looks at the side it doesn't take")
	}
	if over([]*big.Rat{zero, nil}).Sign() != 0 || over([]*big.Rat{x, nil}) != nil || over([]*big.Rat{x, zero}) != nil || over([]*big.Rat{nil, x}) != nil {
		t.Error("over is wrong about what is undefined")
	}
	gated, kept := table.Lookup("gated", 2), table.Lookup("kept", 2)
	if gated.Exact([]*big.Rat{zero, nil}).Sign() != 0 || gated.Exact([]*big.Rat{x, nil}) != nil || gated.Exact([]*big.Rat{nil, zero}) != nil {
		t.Error("gated is wrong about what is undefined")
	}
	if kept.Exact([]*big.Rat{x, nil}).Sign() != 0 || kept.Exact([]*big.Rat{x, zero}) != x || kept.Exact([]*big.Rat{nil, zero}) != nil {
		t.Error("kept is wrong about what is undefined")
	}
	for _, q := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		if gated.Float([]float64{0, q}) != 0 || !math.IsNaN(gated.Float([]float64{2, q})-gated.Float([]float64{2, q})) || kept.Float([]float64{2, q}) != 0 {
			t.Errorf("gated or kept is wrong at %v", q)
		}
	}
	column := op.RatArray{Shape: op.Shape{R: 2, C: 1}, Data: []*big.Rat{x, nil}}
	for _, name := range []string{"sum", "max", "argmax"} {
		if got := table.Lookup(name, 1).Rational(op.Scalar, []op.RatArray{column}); got[0] != nil {
			t.Errorf("%s of what is undefined is %v", name, got)
		}
	}
}

// Linear rows against loops, for matrices of different sizes.
func TestTerms(t *testing.T) {
	a, b := array(2, 3, 1), array(3, 2, 10)
	product := floats(2, 2)
	for i := range 2 {
		for j := range 2 {
			sum := 0.0
			for k := range 3 {
				sum += a.float[3*i+k] * b.float[2*k+j]
			}
			product.float = append(product.float, sum)
		}
	}
	for _, c := range []struct {
		name string
		args []value
		want value
	}{
		{"*", []value{a, b}, product},
		{"'", []value{a}, floats(3, 2, 1, 4, 2, 5, 3, 6)},
		{"sum", []value{a}, floats(2, 1, 6, 15)},
		{"sum", []value{array(3, 1, 1)}, floats(1, 1, 6)},
		{"sum", []value{array(1, 3, 1)}, floats(1, 1, 6)},
		{"sum", []value{array(1, 1, 7)}, floats(1, 1, 7)},
		{"spread", []value{array(2, 1, 1), a}, floats(2, 3, 1, 1, 1, 2, 2, 2)},
		{"spread", []value{array(1, 1, 5), array(2, 1, 1)}, floats(2, 1, 5, 5)},
		{"concat", []value{a, array(1, 3, 7)}, array(3, 3, 1)},
		{"slice", []value{b, whole(1), whole(2), whole(1), whole(1)}, floats(2, 1, 13, 15)},
		{"place", []value{array(1, 2, 1), whole(1), whole(2), whole(1), whole(3)}, floats(2, 3, 0, 0, 0, 0, 1, 2)},
		{"fill", []value{array(1, 1, 3), whole(1), whole(2)}, floats(1, 2, 3, 3)},
		{"iota", []value{whole(4)}, array(4, 1, 0)},
	} {
		r := op.Standard().Lookup(c.name, len(c.args))
		if err := near(compute(r, c.args), c.want); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		exact := compute(r, exactly(c.args))
		if exact.rat == nil || near(exact, c.want) != nil {
			t.Errorf("%s has another exact value: %v", c.name, exact.rat)
		}
	}
}

// array counts from a number on, row after row.
func array(r, c int, from float64) value {
	v := floats(r, c)
	for i := range r * c {
		v.float = append(v.float, from+float64(i))
	}
	return v
}

func exactly(args []value) []value {
	var out []value
	for _, a := range args {
		a.rat = nil
		for _, x := range a.float {
			a.rat = append(a.rat, new(big.Rat).SetFloat64(x))
		}
		out = append(out, a)
	}
	return out
}

// iota's terms say what it is computed as.
func TestIotaTerms(t *testing.T) {
	r := op.Standard().Lookup("iota", 1)
	for i := range 5 {
		if terms := r.Terms([]op.Shape{op.Scalar}, []int{5}, i, 0); len(terms) != i {
			t.Errorf("entry %d is a sum of %d", i, len(terms))
		}
	}
}

// A number stands for an array.
func TestRepeatedNumber(t *testing.T) {
	r := op.Standard().Lookup("+", 2)
	if err := near(compute(r, []value{whole(1), array(2, 2, 0)}), array(2, 2, 1)); err != nil {
		t.Error(err)
	}
}

func TestShapes(t *testing.T) {
	table := op.Standard()
	v3, v2, m := op.Shape{R: 3, C: 1}, op.Shape{R: 2, C: 1}, op.Shape{R: 3, C: 2}
	for _, c := range []struct {
		name string
		in   []op.Shape
		c    []int
		want string
	}{
		{"+", []op.Shape{v3, v2}, nil, "+ joins a [3] and a [2]; entry by entry, the shapes must be the same"},
		{"+", []op.Shape{op.Scalar, m}, nil, "[3, 2]"},
		{"*", []op.Shape{m, v3}, nil, "* joins a [3, 2] and a [3]; the columns of the first must be the rows of the second"},
		{"*", []op.Shape{m, v2}, nil, "[3]"},
		{"'", []op.Shape{v3}, nil, "[1, 3]"},
		{"sum", []op.Shape{m}, nil, "[3]"},
		{"sum", []op.Shape{{R: 1, C: 3}}, nil, "a number"},
		{"softmax", []op.Shape{m}, nil, "[3, 2]"},
		{"spread", []op.Shape{v2, m}, nil, "spread can't repeat a [2] along a [3, 2]; it takes a [3]"},
		{"concat", []op.Shape{op.Scalar, v2}, nil, "[3]"},
		{"concat", []op.Shape{m, v2}, nil, "concat joins a [3, 2] and a [2]; both must have as many columns"},
		{"slice", []op.Shape{m, {}, {}, {}, {}}, []int{-1, 1, 2, 0, 1}, "[2]"},
		{"slice", []op.Shape{m, {}, {}, {}, {}}, []int{-1, 2, 2, 0, 1}, "slice: a [2] at row 2 and column 0 reaches beyond a [3, 2]"},
		{"slice", []op.Shape{m, {}, {}, {}, {}}, []int{-1, -1, 2, 0, 1}, "slice takes its place and size as whole constants"},
		{"slice", []op.Shape{m, {}, {}, {}, {}}, nil, "slice takes its place and size as whole constants"},
		{"place", []op.Shape{v2, {}, {}, {}, {}}, []int{-1, 1, 3, 0, 1}, "[3]"},
		{"place", []op.Shape{v2, {}, {}, {}, {}}, []int{-1, 2, 3, 0, 1}, "place: a [2] at row 2 and column 0 reaches beyond a [3]"},
		{"fill", []op.Shape{v2, {}, {}}, []int{-1, 2, 3}, "fill repeats a number, not a [2]"},
		{"fill", []op.Shape{op.Scalar, {}, {}}, []int{-1, 2, 3}, "[2, 3]"},
		{"iota", []op.Shape{op.Scalar}, []int{4}, "[4]"},
		{"tanh", []op.Shape{m, m}, nil, "tanh(a) is given 2 arguments"},
		{"draw", nil, nil, "a number"},
		{"outer", []op.Shape{v2, v3}, nil, "outer has the shape of its body, a * b'; write it out first"},
	} {
		r := table.Named(c.name)[0]
		s, err := r.Shape(c.in, c.c)
		got := s.String()
		if err != nil {
			got = err.Error()
		}
		if got != c.want {
			t.Errorf("%s: %s\nwant %s", c.name, got, c.want)
		}
	}
}

// A row without a value of its own says so.
func TestNoValue(t *testing.T) {
	table := op.Standard()
	for name, f := range map[string]func(){
		"silu":    func() { table.Lookup("silu", 1).Float64(op.Scalar, nil) },
		"tanh":    func() { table.Lookup("tanh", 1).Rational(op.Scalar, nil) },
		"softmax": func() { table.Lookup("softmax", 1).Rational(op.Scalar, nil) },
	} {
		func() {
			defer func() {
				if e, _ := recover().(string); !strings.HasPrefix(e, "op: "+name) {
					t.Errorf("%s: %q", name, e)
				}
			}()
			f()
		}()
	}
	if table.Lookup("tanh", 1).HasExact() || !table.Lookup("max", 1).HasExact() || !table.Lookup("sum", 1).HasExact() {
		t.Error("HasExact is wrong")
	}
}

// Exact powers that would be far too long aren't computed; those that stay short are.
func TestLongPowers(t *testing.T) {
	power := op.Standard().Lookup("^", 2).Exact
	n := big.NewRat(1_000_000_000, 1)
	huge := new(big.Rat).SetInt(new(big.Int).Lsh(big.NewInt(1), 80))
	for base, want := range map[string]string{"2": "", "1/2": "", "1": "1", "-1": "1", "0": "0"} {
		a, _ := new(big.Rat).SetString(base)
		for _, e := range []*big.Rat{n, huge} {
			if got := power([]*big.Rat{a, e}); want == "" && got != nil || want != "" && (got == nil || got.RatString() != want) {
				t.Errorf("%s^%s is %v", base, e, got)
			}
		}
	}
}
