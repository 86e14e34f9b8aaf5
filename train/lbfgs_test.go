package train

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// descend runs lbfgs on a function that gives its value and gradient.
func descend(f func(x, g []float64) float64, start, lo, hi []float64, kinds []span) *lbfgs {
	m := newLBFGS(start, lo, hi, kinds, limits{steps: 2000, tolerance: 1e-12})
	g := make([]float64, len(start))
	for !m.done {
		m.tell(f(m.at, g), g)
	}
	return m
}

// unbounded is a box without walls, each number a kind of its own.
func unbounded(n int) (lo, hi []float64, kinds []span) {
	for i := range n {
		lo, hi, kinds = append(lo, math.Inf(-1)), append(hi, math.Inf(1)), append(kinds, span{i, i + 1})
	}
	return lo, hi, kinds
}

// rosenbrock is the chained function of that name: a curved valley with its end at (1, 1, …).
func rosenbrock(x, g []float64) float64 {
	f := 0.0
	clear(g)
	for i := range len(x) - 1 {
		a, b := 1-x[i], x[i+1]-x[i]*x[i]
		f += a*a + 100*b*b
		g[i] += -2*a - 400*b*x[i]
		g[i+1] += 200 * b
	}
	return f
}

func TestLBFGSFunctions(t *testing.T) {
	inf := math.Inf(1)
	for _, c := range []struct {
		name          string
		f             func(x, g []float64) float64
		start, lo, hi []float64
		want          []float64
		most          int // points
	}{
		{"a valley", rosenbrock, []float64{-1.2, 1}, nil, nil, []float64{1, 1}, 150},
		{"a long valley", rosenbrock, []float64{-1, 1, -1, 1, -1, 1, -1, 1}, nil, nil, []float64{1, 1, 1, 1, 1, 1, 1, 1}, 400},
		{"a valley with a wall across", rosenbrock, []float64{-1.2, 1}, []float64{-inf, -inf}, []float64{0.5, inf}, []float64{0.5, 0.25}, 150},
		{"a valley along a wall", rosenbrock, []float64{0.2, 2}, []float64{-2, 1.5}, []float64{2, 2}, []float64{1.2243699, 1.5}, 150},
		{"units far apart", func(x, g []float64) float64 {
			a, b, c := x[0]-1e6, x[1]-1e-6, x[2]
			g[0], g[1], g[2] = 2e-12*a+1e-9*c, 2e12*b, 2*c+1e-9*a
			return 1e-12*a*a + 1e12*b*b + c*c + 1e-9*a*c
		}, []float64{3, 5, 7}, nil, nil, []float64{1e6, 1e-6, 0}, 60},
		{"where it is defined", func(x, g []float64) float64 {
			g[0] = 1 - 1/x[0]
			return x[0] - math.Log(x[0])
		}, []float64{30}, nil, nil, []float64{1}, 40},
		{"from a corner", func(x, g []float64) float64 {
			g[0], g[1] = 2*(x[0]-0.3), 2*(x[1]-7)
			return (x[0]-0.3)*(x[0]-0.3) + (x[1]-7)*(x[1]-7)
		}, []float64{0, 0}, []float64{0, 0}, []float64{1, 1}, []float64{0.3, 1}, 20},
		{"already there", rosenbrock, []float64{1, 1}, nil, nil, []float64{1, 1}, 10},
	} {
		lo, hi, kinds := unbounded(len(c.start))
		if c.lo != nil {
			lo, hi = c.lo, c.hi
		}
		m := descend(c.f, c.start, lo, hi, kinds)
		for i, x := range m.x {
			if math.Abs(x-c.want[i]) > 1e-4*max(1e-6, math.Abs(c.want[i])) && math.Abs(x-c.want[i]) > 1e-5*min(1, math.Abs(c.want[0])) {
				t.Errorf("%s: it came to %v, want %v", c.name, m.x, c.want)
				break
			}
		}
		if !m.converged || m.asked > c.most {
			t.Errorf("%s: %s after %d points", c.name, m.reason, m.asked)
		}
	}
}

// At the end of a fit of a convex parabola in a box nothing draws a number but towards its wall.
func TestLBFGSInBox(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 8).Draw(t, "n")
		number := rapid.Float64Range(-2, 2)
		root := make([][]float64, n)
		units := make([]float64, n)
		start, centre, lo, hi := make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n)
		_, _, kinds := unbounded(n)
		for i := range n {
			root[i] = rapid.SliceOfN(number, n, n).Draw(t, "row")
			root[i][i] += 5
			units[i] = math.Pow(10, float64(rapid.IntRange(-3, 3).Draw(t, "unit")))
			centre[i] = units[i] * number.Draw(t, "centre")
			lo[i], hi[i] = -units[i], units[i]
			if rapid.Bool().Draw(t, "open") {
				lo[i], hi[i] = math.Inf(-1), math.Inf(1)
			}
			start[i] = units[i] * rapid.Float64Range(-1, 1).Draw(t, "start")
		}
		f := func(x, g []float64) float64 {
			sum := 0.0
			clear(g)
			for _, row := range root {
				dot := 0.0
				for j, r := range row {
					dot += r * (x[j] - centre[j]) / units[j]
				}
				sum += dot * dot
				for j, r := range row {
					g[j] += 2 * dot * r / units[j]
				}
			}
			return 1 + sum
		}
		m := descend(f, start, lo, hi, kinds)
		g := make([]float64, n)
		value := f(m.x, g)
		for i, x := range m.x {
			drawn := g[i] * units[i]
			if x == lo[i] {
				drawn = min(drawn, 0)
			}
			if x == hi[i] {
				drawn = max(drawn, 0)
			}
			if math.Abs(drawn) > 1e-3 {
				t.Fatalf("%s after %d points at %v, value %v, gradient %v, box %v %v", m.reason, m.asked, m.x, value, g, lo, hi)
			}
		}
	})
}

// However it ends, it says why, and is no higher than it began.
func TestLBFGSGivesUp(t *testing.T) {
	lo, hi, kinds := unbounded(1)
	nan := descend(func(x, g []float64) float64 { return math.NaN() }, []float64{1}, lo, hi, kinds)
	if nan.converged || nan.asked != 1 || !math.IsNaN(nan.f) {
		t.Errorf("%+v", nan)
	}
	endless := descend(func(x, g []float64) float64 { g[0] = -1; return -x[0] }, []float64{1}, lo, hi, kinds)
	if endless.converged || endless.reason == "" || endless.f > -1 {
		t.Errorf("a function without an end: %s at %v", endless.reason, endless.x)
	}
	wrong := descend(func(x, g []float64) float64 { g[0] = -2 * x[0]; return x[0]*x[0] + 1 }, []float64{1}, lo, hi, kinds)
	if wrong.converged || wrong.f != 2 || !slices.Equal(wrong.x, []float64{1}) {
		t.Errorf("a gradient of the wrong sign: %s at %v", wrong.reason, wrong.x)
	}
}

// Points that fill a box are in it, and no two of them near each other.
func TestSpread(t *testing.T) {
	s := &space{lo: []float64{0, math.Inf(-1), 2}, hi: []float64{1, math.Inf(1), 4}, boxed: 2}
	var all [][]float64
	for k := range 20 {
		x := []float64{0.3, 7, 3}
		s.spread(x, k)
		if x[1] != 7 || !(x[0] > 0 && x[0] < 1 && x[2] > 2 && x[2] < 4) {
			t.Errorf("point %d is %v", k, x)
		}
		for _, y := range all {
			if d := math.Hypot(x[0]-y[0], (x[2]-y[2])/2); d < 0.1 {
				t.Errorf("%v and %v are near each other", x, y)
			}
		}
		all = append(all, x)
	}
}
