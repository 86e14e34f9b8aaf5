package train

import (
	"math"

	"gonum.org/v1/gonum/floats"
)

// lbfgs goes down a function of some numbers by L-BFGS (Nocedal & Wright, 2006, chapter 7), within a box. It
// asks for the function and its gradient at one point after the other, and is told: so thousands can go down
// side by side, and what they ask for is computed in one run.
//
// Numbers that lie at a wall of the box and are drawn to it stay there, and the others move in their own space
// (Bertsekas, 1982). So a weight whose best value is a bound gets there in a few steps; as a raw number it would
// go on towards infinity. Units don't matter: curvatures are looked at before the first step.
type lbfgs struct {
	lo, hi []float64 // the box; ±Inf where there is no wall
	kinds  []span    // numbers of one kind, whose curvatures are alike
	limits limits

	at []float64 // the point that is asked for

	x, g     []float64 // the lowest point so far, and the gradient there
	f, first float64   // the value there, and at the start
	inverse  []float64 // inverse curvatures
	pairs    []pair    // the last steps, the latest last
	dir      []float64 // the direction of the search
	walled   []bool    // numbers that don't move with the others
	search   search

	asked, probes, steps int
	slow                 int     // steps in a row that gained next to nothing
	before               float64 // the value some steps ago

	done      bool
	converged bool
	reason    string // why it is done
}

// limits are when to stop.
type limits struct {
	steps     int
	tolerance float64 // the share of the loss that is next to nothing
}

// pair is a step, and what the gradient changed in it.
type pair struct{ s, y []float64 }

const (
	memory  = 8  // pairs that are kept
	patient = 3  // so many slow steps in a row are the end
	stretch = 20 // steps that together gain at least
	worth   = 1e-6
)

func newLBFGS(start, lo, hi []float64, kinds []span, l limits) *lbfgs {
	n := len(start)
	m := &lbfgs{lo: lo, hi: hi, kinds: kinds, limits: l, walled: make([]bool, n), before: math.Inf(1)}
	room := make([]float64, 7*n)
	for _, v := range []*[]float64{&m.at, &m.x, &m.g, &m.inverse, &m.dir, &m.search.x, &m.search.g} {
		*v, room = room[:n:n], room[n:]
	}
	m.move(start, 0, m.x)
	copy(m.at, m.x)
	return m
}

// move writes x + t·dir, kept in the box.
func (m *lbfgs) move(x []float64, t float64, to []float64) {
	for i, v := range x {
		to[i] = min(max(v+t*m.dir[i], m.lo[i]), m.hi[i])
	}
}

// tell gives the function and its gradient at the point that was asked for, and chooses the next one, unless
// it is done.
func (m *lbfgs) tell(f float64, g []float64) {
	ok := finite(f) && finite(floats.Sum(g))
	m.asked++
	switch {
	case m.asked == 1:
		if !ok {
			m.f = math.NaN()
			m.stop(false, "the loss is undefined or infinite where it starts")
			return
		}
		m.f, m.first = f, f
		copy(m.g, g)
	case m.probes < m.allProbes():
		m.probed(g, ok)
	default:
		m.searched(f, g, ok)
		return
	}
	if m.probes < m.allProbes() {
		m.probe()
	} else {
		m.begin()
	}
}

func (m *lbfgs) stop(converged bool, reason string) {
	m.done, m.converged, m.reason = true, converged, reason
}

// nothing is what is next to nothing: losses are measured by their size, or by what has been gained.
func (m *lbfgs) nothing(share float64) float64 {
	return share * max(math.Abs(m.f), math.Abs(m.first-m.f))
}

// accept makes a step to where the function is lower.
func (m *lbfgs) accept(x []float64, f float64, g []float64) {
	m.steps++
	gain := m.f - f
	m.keep(x, g)
	m.f = f
	copy(m.x, x)
	copy(m.g, g)
	if gain <= m.nothing(m.limits.tolerance) {
		m.slow++
	} else {
		m.slow = 0
	}
	all := math.Inf(1)
	if m.steps%stretch == 0 {
		all, m.before = m.before-f, f
	}
	switch {
	case m.slow >= patient || all <= m.nothing(min(worth, 1e3*m.limits.tolerance)):
		m.stop(true, "converged")
	case m.steps >= m.limits.steps:
		m.stop(false, "not converged")
	default:
		m.begin()
	}
}

// keep notes the step, in the memory of the oldest one once there are enough.
func (m *lbfgs) keep(x, g []float64) {
	var p pair
	if n := len(m.pairs); n == memory {
		p = m.pairs[0]
		copy(m.pairs, m.pairs[1:])
		m.pairs = m.pairs[:n-1]
	} else {
		p = pair{make([]float64, len(x)), make([]float64, len(x))}
	}
	floats.SubTo(p.s, x, m.x)
	floats.SubTo(p.y, g, m.g)
	m.pairs = append(m.pairs, p)
}
