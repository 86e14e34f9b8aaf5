package backtest

import "math"

// Seasonal gives the factors of a season of m steps, as the M4 competition's Naive2 has them: that at index i belongs to
// the times t of the history with t mod m = i, and their mean is 1. It is nil if the history has no season: m is 1,
// there are fewer than 3 seasons, or the autocorrelation at lag m isn't clear of 0; nor are there factors of a series
// that goes to 0 or below it so far that one of them isn't positive. The history has no missing values.
func Seasonal(history []float64, m int) []float64 {
	if !isSeasonal(history, m) {
		return nil
	}
	factors := decompose(history, m)
	for _, f := range factors {
		if !(f > 0) || math.IsInf(f, 1) {
			return nil
		}
	}
	return factors
}

// isSeasonal tests the autocorrelation at lag m against 0, at 90 %, as R's acf gives it: up to lag 10·log10(n).
func isSeasonal(x []float64, m int) bool {
	n := len(x)
	if m < 2 || n < 3*m || float64(m) > math.Floor(10*math.Log10(float64(n))) {
		return false
	}
	r := autocorrelation(x, m)
	squares := 0.0
	for _, v := range r[1:m] {
		squares += v * v
	}
	limit := 1.645 / math.Sqrt(float64(n)) * math.Sqrt(1+2*squares)
	return math.Abs(r[m]) > limit // not so if it is NaN: a constant history
}

// autocorrelation has the lags 0..most: sums over the times that a pair has, all divided by n, around the mean of all.
func autocorrelation(x []float64, most int) []float64 {
	mean := 0.0
	for _, v := range x {
		mean += v
	}
	mean /= float64(len(x))
	off := make([]float64, len(x))
	for t, v := range x {
		off[t] = v - mean
	}
	whole := dot(off, off)
	out := make([]float64, most+1)
	for k := range out {
		out[k] = dot(off[k:], off) / whole
	}
	return out
}

// dot is the product of two vectors, as long as a.
func dot(a, b []float64) float64 {
	b = b[:len(a)]
	sum := 0.0
	for i, v := range a {
		sum += v * b[i]
	}
	return sum
}

// decompose is the classical multiplicative decomposition: the mean share of each place in the season in a centred
// moving average, all divided by their mean.
func decompose(x []float64, m int) []float64 {
	figure := make([]float64, m)
	counts := make([]float64, m)
	for t := m / 2; t < len(x)-m/2; t++ {
		figure[t%m] += x[t] / trendAt(x, m, t)
		counts[t%m]++
	}
	mean := 0.0
	for i := range figure {
		figure[i] /= counts[i]
		mean += figure[i] / float64(m)
	}
	for i := range figure {
		figure[i] /= mean
	}
	return figure
}

// trendAt is the mean of a season around t: of an even one the outermost two values count half.
func trendAt(x []float64, m, t int) float64 {
	sum := 0.0
	for k := -(m / 2); k <= m/2; k++ {
		sum += x[t+k]
	}
	if m%2 == 0 {
		sum -= (x[t-m/2] + x[t+m/2]) / 2
	}
	return sum / float64(m)
}

// seasonless is a history with its season taken off.
type seasonless struct {
	values  []float64
	factors []float64 // nil if there is no season
}

func deseasoned(history []float64, m int) seasonless {
	factors := Seasonal(history, m)
	if factors == nil {
		return seasonless{values: history}
	}
	out := make([]float64, len(history))
	for t, y := range history {
		out[t] = y / factors[t%m]
	}
	return seasonless{out, factors}
}

// reseason puts the season on a forecast that follows the history.
func (s seasonless) reseason(forecast []float64) []float64 {
	if s.factors == nil || forecast == nil {
		return forecast
	}
	out := make([]float64, len(forecast))
	for t, y := range forecast {
		out[t] = y * s.factors[(len(s.values)+t)%len(s.factors)]
	}
	return out
}
