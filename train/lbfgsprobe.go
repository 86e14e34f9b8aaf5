package train

import "math"

// Before the first step the curvature along each kind of numbers is looked at, by the change of the gradient
// in a small step. That is done twice, the second time in steps that the first suggests.
const rounds = 2

func (m *lbfgs) allProbes() int { return rounds * len(m.kinds) }

// probe asks for a point a little beside the start.
func (m *lbfgs) probe() {
	kind := m.kinds[m.probes%len(m.kinds)]
	h := 1e-3 * math.Sqrt(m.inverse[kind.lo]*math.Abs(m.f))
	switch far := math.Abs(m.f) / m.slope(kind); {
	case h > 0:
	case m.probes < len(m.kinds) && far > 0 && finite(far):
		h = 1e-4 * far
	default:
		h = 1e-4 * m.unit(kind)
	}
	h = min(h, 1e-2*m.width(kind))
	copy(m.at, m.x)
	for i := kind.lo; i < kind.hi; i++ {
		m.at[i] += m.side(i, h)
	}
}

// slope is the steepest among numbers of a kind.
func (m *lbfgs) slope(kind span) float64 {
	slope := 0.0
	for _, g := range m.g[kind.lo:kind.hi] {
		slope = max(slope, math.Abs(g))
	}
	return slope
}

// width is how far the walls of a kind are apart.
func (m *lbfgs) width(kind span) float64 { return m.hi[kind.lo] - m.lo[kind.lo] }

// unit is about how far numbers of a kind may be from where they start, for want of anything better.
func (m *lbfgs) unit(kind span) float64 {
	if w := m.width(kind); finite(w) {
		return w
	}
	u := 0.0
	for _, x := range m.x[kind.lo:kind.hi] {
		u = max(u, math.Abs(x))
	}
	if u == 0 {
		return 1
	}
	return u
}

// side is to which side a number is moved: as chance has it, so that the curvature is a mean of those of all
// numbers of the kind; but away from walls.
func (m *lbfgs) side(i int, h float64) float64 {
	if m.x[i]+h > m.hi[i] || m.x[i]-h >= m.lo[i] && splitmix(uint64(i))>>63 == 1 {
		return -h
	}
	return h
}

// splitmix mixes the bits of a number (Steele, Lea & Flood, 2014).
func splitmix(z uint64) uint64 {
	z = (z + 1) * 0x9E3779B97F4A7C15
	z = (z ^ z>>30) * 0xBF58476D1CE4E5B9
	z = (z ^ z>>27) * 0x94D049BB133111EB
	return z ^ z>>31
}

// probed notes the curvature. The step that it suggests goes no further than where the slope would bring the
// function to 0, and not from wall to wall. Where it can't be told, the step is a share of the unit.
func (m *lbfgs) probed(g []float64, ok bool) {
	kind := m.kinds[m.probes%len(m.kinds)]
	m.probes++
	change, length := 0.0, 0.0
	for i := kind.lo; i < kind.hi; i++ {
		d := m.at[i] - m.x[i]
		change += d * (g[i] - m.g[i])
		length += d * d
	}
	inverse := length / math.Abs(change)
	if slope := m.slope(kind); slope > 0 {
		inverse = min(inverse, math.Abs(m.f)/slope/slope, firstStep*m.width(kind)/slope)
	}
	switch {
	case ok && inverse > 0 && finite(inverse):
	case m.probes <= len(m.kinds):
		inverse = 0 // it is looked at again
	default:
		inverse = firstStep * m.unit(kind) / max(m.slope(kind), 1)
	}
	for i := kind.lo; i < kind.hi; i++ {
		m.inverse[i] = inverse
	}
}

// firstStep is how far a first step goes, as a share of what there is.
const firstStep = 0.1
