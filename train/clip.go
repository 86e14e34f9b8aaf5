package train

import (
	"math"

	"gonum.org/v1/gonum/floats"
)

// clip bounds the gradient in the active ranges: first each entry, then the norm, which is over all those
// ranges together. It gives the norm as it was before. A gradient that isn't finite stays as it is.
func (d Descent) clip(gradient []float64, active []span) float64 {
	norm := normOf(gradient, active)
	if math.IsNaN(norm) || math.IsInf(norm, 0) {
		return norm
	}
	now := norm
	if d.ClipValue > 0 {
		for _, at := range active {
			for i := at.lo; i < at.hi; i++ {
				gradient[i] = min(max(gradient[i], -d.ClipValue), d.ClipValue)
			}
		}
		now = normOf(gradient, active)
	}
	// The small number is torch's, against a norm of 0.
	if by := d.ClipNorm / (now + 1e-6); d.ClipNorm > 0 && by < 1 {
		for _, at := range active {
			floats.Scale(by, gradient[at.lo:at.hi])
		}
	}
	return norm
}

// normOf is the length of the gradient in the active ranges.
func normOf(gradient []float64, active []span) float64 {
	norm := 0.0
	for _, at := range active {
		norm = math.Hypot(norm, floats.Norm(gradient[at.lo:at.hi], 2))
	}
	return norm
}
