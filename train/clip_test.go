package train

import (
	"math"
	"testing"

	"unroll/internal/near"
)

func TestClip(t *testing.T) {
	inf := math.Inf(1)
	for _, c := range []struct {
		name       string
		d          Descent
		g          []float64
		active     []span
		want       []float64
		norm, bits float64
	}{
		{"nothing asked", Descent{}, []float64{3, 4}, []span{{0, 2}}, []float64{3, 4}, 5, 0},
		{"value", Descent{ClipValue: 3.5}, []float64{-3, 4}, []span{{0, 2}}, []float64{-3, 3.5}, 5, 0},
		{"norm", Descent{ClipNorm: 1}, []float64{3, 4}, []span{{0, 2}}, []float64{0.6, 0.8}, 5, 1e-6},
		{"a norm that is small", Descent{ClipNorm: 9}, []float64{3, 4}, []span{{0, 2}}, []float64{3, 4}, 5, 0},
		{"value, then norm", Descent{ClipValue: 1, ClipNorm: 1}, []float64{30, 40}, []span{{0, 2}}, []float64{math.Sqrt(0.5), math.Sqrt(0.5)}, 50, 1e-6},
		{"some are active", Descent{ClipNorm: 1}, []float64{3, inf, 4}, []span{{0, 1}, {2, 3}}, []float64{0.6, inf, 0.8}, 5, 1e-6},
		{"large", Descent{ClipNorm: 1}, []float64{3e200, 4e200}, []span{{0, 2}}, []float64{0.6, 0.8}, 5e200, 1e-12},
		{"infinite", Descent{ClipNorm: 1, ClipValue: 1}, []float64{inf, 1}, []span{{0, 2}}, []float64{inf, 1}, inf, 0},
		{"none", Descent{ClipNorm: 1}, nil, nil, nil, 0, 0},
	} {
		if norm := c.d.clip(c.g, c.active); !near.Equal(norm, c.norm, 1e-14) {
			t.Errorf("%s: the norm is %v, want %v", c.name, norm, c.norm)
		}
		if !near.All(c.g, c.want, c.bits) {
			t.Errorf("%s: %v, want %v", c.name, c.g, c.want)
		}
	}
}
