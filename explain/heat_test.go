package explain

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// TestStretch: the norm of a Jacobian is how much it lengthens at most, not the root of the sum of its squares.
func TestStretch(t *testing.T) {
	for _, c := range []struct {
		entries []float64 // of a 2×2 matrix
		want    float64
	}{
		{[]float64{1, 0, 0, 1}, 1},
		{[]float64{0, 0, 0, 0}, 0},
		{[]float64{3, 0, 0, -4}, 4},
		{[]float64{1, -1, 1, 1}, math.Sqrt2},
		{[]float64{1, 1, 0, 1}, math.Phi},
	} {
		if got := stretch(mat.NewDense(2, 2, c.entries)); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%v stretches by %v, want %v", c.entries, got, c.want)
		}
	}
}
