package chart

import (
	"math"
	"strconv"
	"strings"
)

// spread is the least and the greatest of some numbers.
type spread struct{ lo, hi float64 }

func newSpread() spread { return spread{math.Inf(1), math.Inf(-1)} }

// add takes numbers in; NaN are passed over.
func (s *spread) add(values ...float64) {
	for _, v := range values {
		if !math.IsNaN(v) {
			s.lo, s.hi = min(s.lo, v), max(s.hi, v)
		}
	}
}

func (s spread) empty() bool { return s.lo > s.hi }

// numbers is an axis of numbers with a margin at both ends, as a share of the range. Numbers that are all one get a range around it.
func (s spread) numbers(title string, margin float64) axis {
	a := axis{title: title, lo: 0, hi: 1, ticks: func(float64) []tick { return nil }}
	if s.empty() {
		return a
	}
	a.lo, a.hi = s.lo, s.hi
	if size := max(math.Abs(s.lo), math.Abs(s.hi)); s.hi-s.lo <= 1e-9*size || s.hi-s.lo < 1e-290 {
		around := size / 10
		if size < 1e-290 {
			around = 1
		}
		a.lo, a.hi = s.lo-around, s.hi+around
	}
	pad := margin * (a.hi - a.lo)
	a.lo, a.hi = a.lo-pad, a.hi+pad
	a.ticks = func(room float64) []tick { return numberTicks(a.lo, a.hi, min(room/2, 6)) }
	return a
}

// logarithms is the axis of numbers whose decimal logarithms are in s.
func (s spread) logarithms(title string) axis {
	a := s.numbers(title, .04)
	a.ticks = func(room float64) []tick { return logTicks(a.lo, a.hi, min(room/2, 7)) }
	return a
}

// numberTicks are round numbers at equal distances, about as many as given.
func numberTicks(lo, hi, most float64) []tick {
	step := roundUp((hi - lo) / max(most, 1))
	var out []tick
	for i := math.Ceil(lo/step - 1e-9); i*step <= hi+1e-9*step; i++ {
		out = append(out, tick{i * step, written(i*step, step, max(math.Abs(lo), math.Abs(hi)))})
	}
	return out
}

// roundUp is the next number that is 1, 2 or 5 times a power of ten.
func roundUp(v float64) float64 {
	power := math.Pow10(int(math.Floor(math.Log10(v))))
	for _, m := range []float64{1, 2, 5} {
		if m*power >= v*(1-1e-9) {
			return m * power
		}
	}
	return 10 * power
}

// written writes a number with as many digits as tell it from its neighbours a step away, among numbers up to a size.
func written(v, step, size float64) string {
	places := -int(math.Floor(math.Log10(step) + 1e-9))
	switch {
	case math.Abs(v) < step/2:
		return "0"
	case size >= 1e6 || size < 1e-3:
		digits := int(math.Floor(math.Log10(math.Abs(v))+1e-9)) + places
		return short(strconv.FormatFloat(v, 'e', max(digits, 0), 64))
	}
	return short(strconv.FormatFloat(v, 'f', max(places, 0), 64))
}

// short writes -2.5e+06 as −2.5e6.
func short(s string) string {
	mantissa, exponent, found := strings.Cut(s, "e")
	if found {
		exponent = strings.TrimLeft(strings.TrimPrefix(exponent, "+"), "0")
		exponent = "e" + strings.Replace(exponent, "-0", "-", 1)
	}
	return strings.ReplaceAll(mantissa+exponent, "-", "−")
}

// logTicks are powers of ten between 10^lo and 10^hi, with numbers between them where there is room.
func logTicks(lo, hi, most float64) []tick {
	most = max(most, 2)
	for _, mantissas := range [][]float64{{1, 2, 5}, {1, 3}} {
		if out := powers(lo, hi, 1, mantissas); float64(len(out)) <= most {
			return out
		}
	}
	return powers(lo, hi, max(roundUp((hi-lo)/most), 1), []float64{1})
}

// powers are some multiples of each power of ten whose exponent is a multiple of step.
func powers(lo, hi, step float64, mantissas []float64) []tick {
	var out []tick
	for p := math.Floor(lo/step) * step; p <= hi; p += step {
		for _, m := range mantissas {
			if at := p + math.Log10(m); at >= lo && at <= hi {
				v := m * math.Pow10(int(p))
				out = append(out, tick{at, short(strconv.FormatFloat(v, 'g', 6, 64))})
			}
		}
	}
	return out
}

// every keeps each n-th of some ticks, such that the one at index kept is among them.
func every(all []tick, n, kept int) []tick {
	var out []tick
	for i := kept % n; i < len(all); i += n {
		out = append(out, all[i])
	}
	return out
}
