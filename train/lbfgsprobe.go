package train

import "math"

// Before the first step the curvature along each kind of numbers is looked at, by the change of the gradient
// in a small step. That is done twice, the second time in steps that the first suggests.
const rounds = 2

func (m *lbfgs) allProbes() int { return rounds * len(m.kinds) }

// probe asks for a point a little beside the start.
func (m *lbfgs) probe() {
	kind := m.kinds[m.probes%len(m.kinds)]
	h := 1e-4 * m.unit(kind)
	if d := m.inverse[kind.lo] * math.Abs(m.f); d > 0 {
		h = min(1e-3*math.Sqrt(d), 100*h)
	}
	copy(m.at, m.x)
	for i := kind.lo; i < kind.hi; i++ {
		m.at[i] += m.side(i, h)
	}
}

// unit is about how far numbers of a kind may be from where they start.
func (m *lbfgs) unit(kind span) float64 {
	u := 0.0
	for i := kind.lo; i < kind.hi; i++ {
		if width := m.hi[i] - m.lo[i]; finite(width) {
			return width
		}
		u = max(u, math.Abs(m.x[i]))
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

// probed notes the curvature. Where it is next to none, the first step is to be a tenth of the unit.
func (m *lbfgs) probed(g []float64, ok bool) {
	kind := m.kinds[m.probes%len(m.kinds)]
	m.probes++
	change, length, slope := 0.0, 0.0, 0.0
	for i := kind.lo; i < kind.hi; i++ {
		d := m.at[i] - m.x[i]
		change += d * (g[i] - m.g[i])
		length += d * d
		slope = max(slope, math.Abs(m.g[i]))
	}
	far := 0.1 * m.unit(kind)
	inverse := length / math.Abs(change)
	if !ok || !(inverse*slope < far) {
		inverse = far / slope
	}
	if !finite(inverse) { // there is no slope either
		inverse = far
	}
	for i := kind.lo; i < kind.hi; i++ {
		m.inverse[i] = inverse
	}
}
