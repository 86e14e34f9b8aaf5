package weights

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"
)

// each fills an array entry by entry.
func (s size) each(f func(i int) float64) []float64 {
	out := make([]float64, s.rows*s.cols)
	for i := range out {
		out[i] = f(i)
	}
	return out
}

// between is uniform in (lo, hi). The conversion keeps the product from being fused with the sum.
func (n source) between(lo, hi float64, t, i int) float64 {
	return lo + float64((hi-lo)*n.Unit(t, i))
}

func glorot(_ []float64, s size, n source) ([]float64, error) {
	limit := math.Sqrt(6 / float64(s.rows+s.cols))
	return s.each(func(i int) float64 { return n.between(-limit, limit, 0, i) }), nil
}

func he(_ []float64, s size, n source) ([]float64, error) {
	return normal([]float64{0, math.Sqrt(2 / float64(s.cols))}, s, n)
}

func normal(args []float64, s size, n source) ([]float64, error) {
	return s.each(func(i int) float64 { return args[0] + float64(args[1]*n.Gauss(0, i)) }), nil
}

func uniform(args []float64, s size, n source) ([]float64, error) {
	return s.each(func(i int) float64 { return n.between(args[0], args[1], 0, i) }), nil
}

func identity(_ []float64, s size, _ source) ([]float64, error) {
	return s.each(func(i int) float64 {
		if i/s.cols == i%s.cols {
			return 1
		}
		return 0
	}), nil
}

// orthogonal makes the rows of a Gaussian matrix orthonormal, or its columns if they are fewer.
// Gram–Schmidt is the QR factorisation whose R has a positive diagonal, which is what makes the
// result uniform (Mezzadri, "How to generate random matrices from the classical compact groups",
// 2007); done twice, it is orthogonal to rounding (Giraud et al., 2005).
func orthogonal(_ []float64, s size, n source) ([]float64, error) {
	few, many := min(s.rows, s.cols), max(s.rows, s.cols)
	q := size{few, many}.each(func(i int) float64 { return n.Gauss(0, i) })
	for i := range few {
		row := q[i*many : (i+1)*many]
		for range 2 {
			for j := range i {
				subtract(row, q[j*many:(j+1)*many])
			}
		}
		scale(row, 1/math.Sqrt(dot(row, row)))
	}
	if few == s.rows {
		return q, nil
	}
	return s.each(func(i int) float64 { return q[i%s.cols*many+i/s.cols] }), nil
}

// subtract takes from a its part along the unit vector b.
func subtract(a, b []float64) {
	along := dot(a, b)
	for k := range a {
		a[k] -= float64(along * b[k])
	}
}

func dot(a, b []float64) float64 {
	sum := 0.0
	for k := range a {
		sum += float64(a[k] * b[k])
	}
	return sum
}

func scale(a []float64, by float64) {
	for k := range a {
		a[k] *= by
	}
}

// attempts is how many sparse matrices are drawn before giving up on one that has an eigenvalue
// other than 0.
const attempts = 100

func spectral(args []float64, s size, n source) ([]float64, error) {
	if s.rows != s.cols {
		return nil, fmt.Errorf("spectral: a weight of %d×%d has no eigenvalues; it must be square", s.rows, s.cols)
	}
	radius, density := args[0], args[1]
	if s.rows == 0 {
		return nil, nil
	}
	for try := range attempts {
		// Times 2·try and 2·try+1: which entries there are, and their values.
		w := s.each(func(i int) float64 {
			if n.Unit(2*try, i) >= density {
				return 0
			}
			return n.between(-1, 1, 2*try+1, i)
		})
		rho, err := spectralRadius(w, s.rows)
		if err != nil {
			return nil, err
		}
		if rho > 0 {
			scale(w, radius/rho)
			return w, nil
		}
	}
	return nil, fmt.Errorf("spectral: with density %v a matrix of %d×%d has no eigenvalue but 0; raise the density", density, s.rows, s.cols)
}

// spectralRadius is the largest magnitude of an eigenvalue of the n×n matrix w, to nine digits: cut
// there, since machines may round what comes after differently. It is 0 below 1e-6 of the norm:
// scaling by so little would make numbers out of rounding errors.
func spectralRadius(w []float64, n int) (float64, error) {
	var eigen mat.Eigen
	if !eigen.Factorize(mat.NewDense(n, n, slices.Clone(w)), mat.EigenNone) {
		return 0, fmt.Errorf("spectral: the eigenvalues of a matrix of %d×%d did not converge", n, n)
	}
	rho := 0.0
	for _, v := range eigen.Values(nil) {
		rho = max(rho, math.Hypot(real(v), imag(v)))
	}
	if rho <= 1e-6*math.Sqrt(dot(w, w)) {
		return 0, nil
	}
	const cut = 1<<21 - 1 // of 52 bits
	return math.Float64frombits(math.Float64bits(rho) &^ cut), nil
}
