package train

import (
	"math"

	"gonum.org/v1/gonum/floats"
)

// search is where a search along a direction stands. It wants a point that is lower by a share of what the
// slope promises, and where the slope is less steep: the weak Wolfe conditions. Steps are in multiples of
// the direction.
type search struct {
	t, lo, hi float64 // the step that is asked for, and between which ones the one that is wanted lies
	tries     int
	slope     float64   // at 0
	high      float64   // the function at hi
	f         float64   // and at lo, if that is above 0
	x, g      []float64 // the point there, and its gradient
}

const (
	share     = 1e-4 // of what the slope promises
	steepness = 0.9  // of the slope at 0, below which it is less steep
	mostTries = 25
)

// begin begins a search from the lowest point, or finds that nothing is to be gained.
func (m *lbfgs) begin() {
	m.direction()
	slope := floats.Dot(m.dir, m.g)
	if !(slope < 0) && len(m.pairs) > 0 {
		m.pairs = m.pairs[:0]
		m.direction()
		slope = floats.Dot(m.dir, m.g)
	}
	if !(slope < 0) || m.slow > 0 && -slope <= m.nothing(m.limits.tolerance) {
		m.stop(true, "converged")
		return
	}
	m.search = search{t: 1, hi: math.Inf(1), slope: slope, x: m.search.x, g: m.search.g}
	m.move(m.x, 1, m.at)
}

// searched goes on with the search.
func (m *lbfgs) searched(f float64, g []float64, ok bool) {
	s := &m.search
	s.tries++
	promise, slope, before := 0.0, 0.0, 0.0
	for i := range m.x {
		promise += m.g[i] * (m.at[i] - m.x[i])
		if m.at[i] > m.lo[i] && m.at[i] < m.hi[i] {
			slope += g[i] * m.dir[i]
			before += m.g[i] * m.dir[i]
		}
	}
	switch {
	case !ok || f > m.f+share*promise:
		s.hi, s.high = s.t, f
	case slope < steepness*before:
		s.lo, s.f = s.t, f
		copy(s.x, m.at)
		copy(s.g, g)
	default:
		m.accept(m.at, f, g)
		return
	}
	if s.tries >= mostTries || s.lo > 0 && s.hi-s.lo < 1e-3*s.hi {
		m.settle()
		return
	}
	s.next(m.f)
	m.move(m.x, s.t, m.at)
}

// next chooses a step; f is the function at 0.
func (s *search) next(f float64) {
	switch {
	case math.IsInf(s.hi, 1):
		s.t *= 2
	case s.lo > 0:
		s.t = (s.lo + s.hi) / 2
	default:
		// The lowest point of the parabola through the function and its slope at 0, and the function at hi.
		best := -s.slope * s.hi * s.hi / (2 * (s.high - f - s.slope*s.hi))
		if !(best > 0.1*s.hi) {
			best = 0.1 * s.hi
		}
		s.t = min(best, s.hi/2)
	}
}

// settle ends a search that hasn't found what it wanted: with what it has, or from the same point by the
// gradient alone. If there is nothing lower than by rounding, that is the end.
func (m *lbfgs) settle() {
	s := &m.search
	switch {
	case s.lo > 0:
		m.accept(s.x, s.f, s.g)
	case len(m.pairs) > 0:
		m.pairs = m.pairs[:0]
		m.begin()
	case -s.slope <= m.nothing(worth):
		m.stop(true, "converged")
	default:
		m.stop(false, "no lower point was found")
	}
}

// direction is -H·g among the numbers that are free, H the inverse curvature as the last steps tell it. A
// number that is drawn to a wall goes there by itself.
func (m *lbfgs) direction() {
	for i, g := range m.g {
		m.walled[i] = m.drawn(i)
		m.dir[i] = -g
	}
	var known [memory]bool
	var along [memory]float64
	scale, latest := 1.0, true
	for j := len(m.pairs) - 1; j >= 0; j-- {
		p := &m.pairs[j]
		sy, yy, ss := m.products(p)
		if known[j] = sy > 1e-10*math.Sqrt(yy*ss); !known[j] {
			continue // the curvature along it is none, or negative
		}
		if latest {
			scale, latest = sy/yy, false
		}
		along[j] = m.dot(p.s, m.dir) / sy
		m.add(-along[j], p.y)
	}
	for i := range m.dir {
		m.dir[i] *= scale * m.inverse[i]
	}
	for j := range m.pairs {
		if p := &m.pairs[j]; known[j] {
			sy, _, _ := m.products(p)
			m.add(along[j]-m.dot(p.y, m.dir)/sy, p.s)
		}
	}
	for i, g := range m.g {
		if m.walled[i] {
			m.dir[i] = min(max(-m.inverse[i]*g, m.lo[i]-m.x[i]), m.hi[i]-m.x[i])
		}
	}
}

// drawn tells whether a number is drawn to a wall that it is at, or that a step of its own would reach.
func (m *lbfgs) drawn(i int) bool {
	near := min(1e-2*(m.hi[i]-m.lo[i]), m.inverse[i]*math.Abs(m.g[i]))
	return m.g[i] > 0 && m.x[i]-m.lo[i] <= near || m.g[i] < 0 && m.hi[i]-m.x[i] <= near
}

// products are s·y, and y·y and s·s in the units that the curvatures give, of what is free.
func (m *lbfgs) products(p *pair) (sy, yy, ss float64) {
	for i, s := range p.s {
		if y := p.y[i]; !m.walled[i] {
			sy += s * y
			yy += y * y * m.inverse[i]
			ss += s * s / m.inverse[i]
		}
	}
	return sy, yy, ss
}

func (m *lbfgs) dot(a, b []float64) float64 {
	sum := 0.0
	for i := range a {
		if !m.walled[i] {
			sum += a[i] * b[i]
		}
	}
	return sum
}

// add adds to the direction.
func (m *lbfgs) add(by float64, v []float64) {
	for i := range v {
		if !m.walled[i] {
			m.dir[i] += by * v[i]
		}
	}
}
