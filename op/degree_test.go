package op_test

import (
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"unroll/op"
)

// scaling is a row with random arguments of degrees that it declares, and the degree of its value.
type scaling struct {
	row     *op.Row
	args    []value
	degrees []int // of the arguments; 0 for those that are constants
	gives   int   // half of it where the row halves
}

// scalings are a row's arguments for each shape that its form knows, with random degrees.
func scalings(r *op.Row, rng *rand.Rand) []scaling {
	var out []scaling
	for _, args := range arguments(r, rng) {
		if r.Degree == op.Powered && args[1].rat == nil {
			args[1] = number(big.NewRat(3, 2))
		}
		s := scaling{row: r, args: exactly(args)}
		one := rng.IntN(7) - 3
		for i, a := range args {
			switch {
			case a.rat != nil || r.Degree == op.Unscaled: // made by whole or number: a constant
				s.degrees = append(s.degrees, 0)
			case r.Degree == op.Alike || r.Degree == op.Compared || r.Degree == op.OfBranches && i > 0:
				s.degrees = append(s.degrees, one)
			default:
				s.degrees = append(s.degrees, rng.IntN(7)-3)
			}
		}
		s.gives = declared(r, s)
		out = append(out, s)
	}
	return out
}

// declared is the degree of the value, times 2 so that it is whole: half of a degree and a power of
// three halves are among them.
func declared(r *op.Row, s scaling) int {
	switch d := s.degrees; r.Degree {
	case op.Alike, op.OfFirst:
		return 2 * d[0]
	case op.OfBranches:
		return 2 * d[1]
	case op.Added:
		return 2 * (d[0] + d[1])
	case op.Subtracted:
		return 2 * (d[0] - d[1])
	case op.Powered:
		return int(2 * float64(d[0]) * s.args[1].float[0])
	case op.Halved:
		return d[0]
	}
	return 0
}

// checkDegree holds that a row scales as it declares, as equal fractions where it is rational, and
// that the rules of its derivative do.
func checkDegree(t *op.Table, r *op.Row) error {
	rng := rand.New(rand.NewPCG(7, 8))
	for range 20 {
		for _, s := range scalings(r, rng) {
			if err := s.euler(t, rng); err != nil {
				return err
			}
			// stop gives another number, which the derivative doesn't see.
			if r.Name == "stop" {
				continue
			}
			if err := s.scales(); err != nil {
				return err
			}
		}
	}
	return nil
}

// scales compares the value at scaled arguments with the scaled value. The factor is a square, so
// that its root is a fraction too.
func (s scaling) scales() error {
	root := big.NewRat(3, 2)
	var args []value
	for i, a := range s.args {
		args = append(args, scaled(a, root, 2*s.degrees[i]))
	}
	got, want := compute(s.row, args), scaled(compute(s.row, s.args), root, s.gives)
	for i := range got.rat {
		if want.rat != nil && got.rat[i].Cmp(want.rat[i]) != 0 {
			return fmt.Errorf("%s of degrees %v is exactly %v, not %v", s.row.Name, s.degrees, got.rat[i], want.rat[i])
		}
	}
	if err := near(got, want); err != nil {
		return fmt.Errorf("%s of degrees %v: %v", s.row.Name, s.degrees, err)
	}
	return nil
}

// scaled is a times a power of a factor.
func scaled(a value, factor *big.Rat, power int) value {
	c := big.NewRat(1, 1)
	for range max(power, -power) {
		c.Mul(c, factor)
	}
	if power < 0 {
		c.Inv(c)
	}
	f, _ := c.Float64()
	out := value{Shape: a.Shape}
	for _, x := range a.float {
		out.float = append(out.float, f*x)
	}
	for _, x := range a.rat {
		out.rat = append(out.rat, new(big.Rat).Mul(c, x))
	}
	return out
}

// euler compares the sum of degree·⟨argument, derivative by it⟩ with that of the value.
func (s scaling) euler(t *op.Table, rng *rand.Rand) error {
	y := compute(s.row, s.args)
	g := floats(y.R, y.C)
	for range y.Len() {
		g.float = append(g.float, 40*rng.Float64()-20) // some of it beyond what clip_gradient lets through
	}
	names := map[string]value{"g": g, "y": y}
	for i, a := range s.args {
		names[s.row.Args[i]] = a
	}
	sum := 0.0
	for i, rule := range s.row.Deriv {
		if rule != "" && s.degrees[i] != 0 {
			sum += float64(s.degrees[i]) * inner(s.args[i], formula(t, rule, names))
		}
	}
	if want := float64(s.gives) / 2 * inner(y, g); math.Abs(sum-want) > 1e-9*(1+math.Abs(want)) {
		return fmt.Errorf("%s of degrees %v: its derivatives make %v, not %v", s.row.Name, s.degrees, sum, want)
	}
	return nil
}

func inner(a, b value) float64 {
	sum := 0.0
	for i, x := range a.float {
		sum += x * b.float[i]
	}
	return sum
}

func TestDegrees(t *testing.T) {
	table := op.Standard()
	for i := range table.Rows {
		r := &table.Rows[i]
		switch {
		case !r.Valued():
			if r.Degree != op.Unscaled {
				t.Errorf("%s is written out, so its degree follows from its body", r.Name)
			}
		default:
			if err := checkDegree(table, r); err != nil {
				t.Error(err)
			}
		}
	}
}

// A degree that isn't a row's is found: by its value, or by its derivative alone.
func TestPlantedDegrees(t *testing.T) {
	table := op.Standard()
	for _, c := range []struct {
		name  string
		args  int
		wrong op.Degree
	}{
		{"tanh", 1, op.Alike}, {"tanh", 1, op.Held}, {"exp", 1, op.Halved}, {"hard_sigmoid", 1, op.Alike}, {"floor", 1, op.Alike},
		{"+", 2, op.Added}, {"+", 2, op.OfFirst}, {"+", 2, op.Held}, {".*", 2, op.Alike}, {"*", 2, op.Subtracted}, {"/", 2, op.Added}, {"over", 2, op.Alike},
		{"power", 2, op.OfFirst}, {"^", 2, op.Halved}, {"sqrt", 1, op.Alike}, {"abs", 1, op.Held}, {"sign", 1, op.Alike},
		{"<", 2, op.Held}, {"<", 2, op.Alike}, {"where", 3, op.Held}, {"where", 3, op.OfFirst}, {"max", 2, op.Compared}, {"max", 1, op.Held},
		{"argmax", 1, op.Alike}, {"norm", 1, op.Halved}, {"softmax", 1, op.Held}, {"logsumexp", 1, op.Alike}, {"concat", 2, op.OfFirst},
		{"stop", 1, op.Alike}, {"clip_gradient", 2, op.Alike}, {"clip", 3, op.OfFirst}, {"mod", 2, op.OfFirst}, {"fill", 3, op.Held},
	} {
		r := *table.Lookup(c.name, c.args)
		if r.Degree = c.wrong; checkDegree(table, &r) == nil {
			t.Errorf("%s may be of degree %d", c.name, c.wrong)
		}
	}
}

// A row of which nothing is declared isn't homogeneous: a factor in all of its arguments is no factor
// in its value. clip_gradient is, but its derivative is cut.
func TestUnscaledRows(t *testing.T) {
	table := op.Standard()
	for i := range table.Rows {
		r := &table.Rows[i]
		if !r.Valued() || r.Degree != op.Unscaled || len(r.Args) == 0 || r.Form == op.Iota {
			continue
		}
		if homogeneous(r) != (r.Name == "clip_gradient") {
			t.Errorf("%s is homogeneous, and says nothing of it", r.Name)
		}
	}
}

// homogeneous tells whether a factor in the arguments, but for those that are constants, is one and
// the same factor in all values of a row.
func homogeneous(r *op.Row) bool {
	rng := rand.New(rand.NewPCG(9, 10))
	factor := math.NaN()
	for range 20 {
		for _, args := range arguments(r, rng) {
			var more []value
			for _, a := range args {
				if a.rat == nil {
					a = scaled(a, big.NewRat(2, 1), 1)
				}
				more = append(more, a)
			}
			y, z := compute(r, args), compute(r, more)
			for k := range y.float {
				f := z.float[k] / y.float[k]
				if y.float[k] == 0 && z.float[k] == 0 {
					continue
				}
				if math.IsNaN(factor) {
					factor = f
				}
				if !(f > 0 && math.Abs(f-factor) <= 1e-9*factor) {
					return false
				}
			}
		}
	}
	return true
}
