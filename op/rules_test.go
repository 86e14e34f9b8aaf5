package op_test

import (
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"unroll/op"
)

// arguments are arguments at which a row is smooth, for each shape that its form knows.
func arguments(r *op.Row, rng *rand.Rand) [][]value {
	array := func(rows, cols int) value {
		v := floats(rows, cols)
		for range rows * cols {
			v.float = append(v.float, domain(r.Name, rng))
		}
		return v
	}
	switch r.Form {
	case op.Product:
		return [][]value{{array(2, 3), array(3, 2)}, {array(2, 1), array(1, 3)}}
	case op.Spread:
		return [][]value{{array(1, 1), array(4, 1)}, {array(2, 1), array(2, 3)}, {array(1, 1), array(1, 3)}}
	case op.Concat:
		return [][]value{{array(2, 1), array(1, 1)}, {array(2, 3), array(1, 3)}}
	case op.Slice:
		return [][]value{{array(4, 3), whole(1), whole(2), whole(0), whole(2)}}
	case op.Place:
		return [][]value{{array(2, 2), whole(1), whole(4), whole(1), whole(3)}}
	case op.Fill:
		return [][]value{{array(1, 1), whole(2), whole(3)}, {array(1, 1), whole(1), whole(3)}, {array(1, 1), whole(3), whole(1)}}
	case op.Iota:
		return [][]value{{whole(3)}}
	case op.Entrywise:
		return [][]value{entrywise(r, array)}
	}
	return [][]value{{array(4, 1)}, {array(2, 3)}, {array(1, 3)}, {array(1, 1)}}
}

func entrywise(r *op.Row, array func(rows, cols int) value) []value {
	var out []value
	for range r.Args {
		out = append(out, array(3, 1))
	}
	switch r.Name {
	case "power":
		out[1] = whole(3)
	case "polygamma":
		out[0] = whole(1)
	case "where":
		out[0] = floats(3, 1, 1, 0, 1)
	case "is_index":
		out = []value{floats(3, 1, 0, 1, 2), whole(1), whole(3)}
	case "clip":
		out = []value{floats(3, 1, -1.5, 0.1, 1.5), floats(3, 1, -1, -1, -1), floats(3, 1, 1, 1, 1)}
	case "poisson_inverse", "negbinomial_inverse":
		out[0] = floats(3, 1, 0.2, 0.5, 0.9)
	case "clip_gradient":
		out[1] = whole(10)
	}
	return out
}

// domain is a number that a row takes.
func domain(name string, rng *rand.Rand) float64 {
	x := rng.Float64()
	if strings.Contains(" / mod over log sqrt ^ lgamma polygamma poisson_inverse negbinomial_inverse ", " "+name+" ") {
		return 0.3 + 2*x
	}
	return 4*x - 2
}

// checkRules compares each rule for a derivative with a difference quotient.
func checkRules(t *op.Table, r *op.Row) error {
	rng := rand.New(rand.NewPCG(1, 2))
	for _, args := range arguments(r, rng) {
		y := compute(r, args)
		g := floats(y.R, y.C)
		for range y.Len() {
			g.float = append(g.float, 2*rng.Float64()-1)
		}
		names := map[string]value{"g": g, "y": y}
		for i, a := range args {
			names[r.Args[i]] = a
		}
		for i, rule := range r.Deriv {
			if rule == "" {
				continue
			}
			if err := near(formula(t, rule, names), slope(r, args, i, g)); err != nil {
				return fmt.Errorf("%s by %s: %q: %v", r.Name, r.Args[i], rule, err)
			}
		}
	}
	return nil
}

// slope is the difference quotient of the sum of g .* y by each entry of an argument.
func slope(r *op.Row, args []value, i int, g value) value {
	at := func(e int, x float64) float64 {
		moved := append([]value{}, args...)
		moved[i].float = append([]float64{}, args[i].float...)
		moved[i].float[e] += x
		sum := 0.0
		for k, y := range compute(r, moved).float {
			sum += g.float[k] * y
		}
		return sum
	}
	out := floats(args[i].R, args[i].C)
	for e := range args[i].float {
		const h = 1e-3 // of an error of order h⁴
		out.float = append(out.float, (8*(at(e, h)-at(e, -h))-(at(e, 2*h)-at(e, -2*h)))/(12*h))
	}
	return out
}

func near(got, want value) error {
	if got.Shape != want.Shape {
		return fmt.Errorf("the shape is %v, not %v", got.Shape, want.Shape)
	}
	for i, w := range want.float {
		if math.Abs(got.float[i]-w) > 1e-8*(1+math.Abs(w)) || math.IsNaN(got.float[i]) {
			return fmt.Errorf("entry %d is %v, not %v", i, got.float[i], w)
		}
	}
	return nil
}

func TestRules(t *testing.T) {
	table := op.Standard()
	for i := range table.Rows {
		r := &table.Rows[i]
		if !r.Valued() {
			continue
		}
		if err := checkRules(table, r); err != nil {
			t.Error(err)
		}
		// A rule that is off by a thousandth is found.
		for k, rule := range r.Deriv {
			if rule == "" {
				continue
			}
			wrong := *r
			wrong.Deriv = append([]string{}, r.Deriv...)
			wrong.Deriv[k] = "1.001 .* (" + rule + ")"
			if checkRules(table, &wrong) == nil {
				t.Errorf("%s: %q passes", r.Name, wrong.Deriv[k])
			}
		}
	}
}

// At a kink the derivative is the one that is documented.
func TestKinks(t *testing.T) {
	table := op.Standard()
	for _, c := range []struct {
		rule, a, b, want string
	}{
		{table.Lookup("relu", 1).Deriv[0], "0", "", "0"},
		{table.Lookup("abs", 1).Deriv[0], "0", "", "0"},
		{table.Lookup("elu", 1).Deriv[0], "0", "", "1"},
		{table.Lookup("hard_tanh", 1).Deriv[0], "[-1, 0, 1]", "", "[0, 1, 0]"},
		{table.Lookup("hard_sigmoid", 1).Deriv[0], "[-3, 0, 3]", "", "[0, 1/6, 0]"},
		{table.Lookup("max", 2).Deriv[0], "[1, 2, 3]", "2", "[0, 1/2, 1]"},
		{table.Lookup("max", 2).Deriv[1], "[1, 2, 3]", "2", "[1, 1/2, 0]"},
		{table.Lookup("min", 2).Deriv[0], "[1, 2, 3]", "2", "[1, 1/2, 0]"},
		{table.Lookup("min", 2).Deriv[1], "[1, 2, 3]", "2", "[0, 1/2, 1]"},
		{table.Lookup("max", 1).Deriv[0], "[1, 3, 3]", "", "[0, 1/2, 1/2]"},
		{table.Lookup("norm", 1).Deriv[0], "[0, 0]", "", "[0, 0]"},
		{table.Lookup("power", 2).Deriv[0], "[0, 1]", "", "[0, 0]"},
	} {
		names := map[string]value{"g": whole(1), "n": whole(0), "a": formula(table, c.a, nil)}
		names["y"] = whole(0)
		if c.b != "" {
			names["b"] = formula(table, c.b, nil)
		}
		if strings.Contains(c.rule, "spread(y") && !strings.Contains(c.rule, "over(a") {
			names["y"] = whole(3)
		}
		if err := near(formula(table, c.rule, names), formula(table, c.want, nil)); err != nil {
			t.Errorf("%s at %s: %v", c.rule, c.a, err)
		}
	}
}

// An inverse gives the argument back.
func TestInverses(t *testing.T) {
	table := op.Standard()
	rng := rand.New(rand.NewPCG(3, 4))
	for _, r := range table.Rows {
		for i, inverse := range r.Inverse {
			if inverse == "" || r.Form != op.Entrywise {
				continue
			}
			names := map[string]value{}
			var args []string
			for _, a := range r.Args {
				names[a] = number(big.NewRat(int64(1+rng.IntN(40)), 32))
				args = append(args, a)
			}
			if r.Name == "power" {
				names["n"] = whole(3)
			}
			e := evaluator{table, names}
			var in []value
			for _, a := range args {
				in = append(in, names[a])
			}
			names["y"] = e.apply(r.Name, in...)
			if err := near(formula(table, inverse, names), in[i]); err != nil {
				t.Errorf("%s by %s: %q: %v", r.Name, args[i], inverse, err)
			}
		}
	}
}

// A value that stands beside a body agrees with it.
func TestBodies(t *testing.T) {
	table := op.Standard()
	for _, r := range table.Rows {
		if !r.Valued() || r.Body == "" {
			continue
		}
		names := map[string]value{"a": floats(4, 1, -2, -0.1, 0.7, 3)}
		if err := near(compute(&r, []value{names["a"]}), formula(table, r.Body, names)); err != nil {
			t.Errorf("%s: %v", r.Name, err)
		}
	}
}

// Each example gives what it says: exactly, or to the digits that stand after ≈.
func TestExamples(t *testing.T) {
	table := op.Standard()
	for _, r := range table.Rows {
		for _, e := range r.Examples {
			gives, rounded := strings.CutPrefix(e.Gives, "≈ ")
			got, want := formula(table, e.Call, nil), formula(table, gives, nil)
			if got.Shape != want.Shape {
				t.Errorf("%s gives %v, not %v", e.Call, got.Shape, want.Shape)
				continue
			}
			for i := range want.float {
				switch {
				case rounded && math.Abs(got.float[i]-want.float[i]) > 0.5e-4:
				case !rounded && got.rat != nil && got.rat[i].Cmp(want.rat[i]) != 0:
				case !rounded && math.Abs(got.float[i]-want.float[i]) > 1e-15*math.Abs(want.float[i]):
				default:
					continue
				}
				t.Errorf("%s gives %v, not %v", e.Call, got.float, want.float)
			}
		}
	}
}
