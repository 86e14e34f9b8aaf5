package weights

import "math"

// quantile is the standard normal's at p in (0, 1), to about 1e-16 of its value: algorithm AS 241,
// PPND16 (Wichura, Applied Statistics 37, 1988). Every product is rounded by itself, by its
// conversion, so that no compiler may fuse it with a sum: the bits are the same on all machines.
func quantile(p float64) float64 {
	q := p - 0.5
	if math.Abs(q) <= 0.425 {
		r := 0.180625 - float64(q*q)
		return float64(q*polynomial(r, &centreAbove)) / polynomial(r, &centreBelow)
	}
	// The smaller tail: 1-p is exact for p >= 1/2.
	r := math.Sqrt(-logarithm(min(p, 1-p)))
	var z float64
	if r <= 5 {
		z = polynomial(r-1.6, &middleAbove) / polynomial(r-1.6, &middleBelow)
	} else {
		z = polynomial(r-5, &tailAbove) / polynomial(r-5, &tailBelow)
	}
	return math.Copysign(z, q)
}

// polynomial is c[0] + c[1]·x + … by Horner's rule.
func polynomial(x float64, c *[8]float64) float64 {
	sum := c[7]
	for k := 6; k >= 0; k-- {
		sum = float64(sum*x) + c[k]
	}
	return sum
}

// The coefficients of AS 241: numerators and denominators in the centre, between, and in the tails.
var (
	centreAbove = [8]float64{3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
		4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3}
	centreBelow = [8]float64{1, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
		2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3}
	middleAbove = [8]float64{1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
		1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4}
	middleBelow = [8]float64{1, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
		1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9}
	tailAbove = [8]float64{6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
		2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7}
	tailBelow = [8]float64{1, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
		7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15}
)

// logarithm is the natural logarithm of a normal x in (0, 1), to 1e-16 of its value. With
// x = m·2^k, √½ <= m < √2 and s = (m-1)/(m+1), log m = 2·(s + s³/3 + s⁵/5 + …); |s| < 0.172, so
// that twelve terms leave less than 1e-20.
func logarithm(x float64) float64 {
	m, k := math.Frexp(x)
	if m < math.Sqrt2/2 {
		m, k = 2*m, k-1
	}
	s := (m - 1) / (m + 1)
	square := float64(s * s)
	sum := 0.0
	for n := 23; n >= 1; n -= 2 {
		sum = float64(sum*square) + 1/float64(n)
	}
	return float64(float64(k)*math.Ln2) + float64(2*s*sum)
}
