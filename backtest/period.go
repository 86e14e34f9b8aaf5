package backtest

import (
	"math"
	"slices"
)

// CalendarPeriod is how many steps a season has if values come every n units: a day of hours, minutes or half hours, a
// week of days, a year of weeks, months or quarters. It is 1 if there is no such season.
func CalendarPeriod(unit string, n int) int {
	whole := map[string]int{"second": 60, "minute": 24 * 60, "hour": 24, "day": 7, "business day": 5, "week": 52, "month": 12, "quarter": 4}[unit]
	if n < 1 || whole%n != 0 {
		return 1
	}
	return max(whole/n, 1)
}

const (
	mostSeries = 100  // of a set that are looked at, evenly
	mostTimes  = 4096 // of a series, its last
	mostPeriod = 400
	agreeing   = 8 // one series in as many must have the period
)

// FindPeriod is how many steps a season has, as the autocorrelations of the histories show it: the period that most of
// those have that have one, if they are an eighth of all; 1 if there is none. Where a season lies in another, as a day
// in a week, it is the short one.
func FindPeriod(histories [][]float64) int {
	votes := map[int]int{}
	every := (len(histories) + mostSeries - 1) / mostSeries
	seen, best := 0, 1
	for i := 0; i < len(histories); i += every {
		seen++
		if m := periodOf(filled(histories[i])); m > 1 {
			votes[m]++
			if n := votes[m]; n > votes[best] || n == votes[best] && m < best {
				best = m
			}
		}
	}
	if votes[best]*agreeing < seen {
		return 1
	}
	return best
}

// periodOf looks at a series without its straight line; if that tells nothing, at its differences, which have no trend
// of any kind, but more noise. What is far out is pulled in before.
func periodOf(y []float64) int {
	y = y[max(0, len(y)-mostTimes):]
	if len(y) < 9 {
		return 1
	}
	level, steps := make([]float64, len(y)), make([]float64, len(y)-1)
	trend := lineThrough(y)
	for t, v := range y {
		level[t] = v - trend.at(t)
		if t > 0 {
			steps[t-1] = v - y[t-1]
		}
	}
	if m := peak(pulledIn(level), 0.5); m > 1 {
		return m
	}
	return peak(pulledIn(steps), 0.3)
}

// pulledIn keeps values within four standard deviations of the median, told by the median distance from it.
func pulledIn(x []float64) []float64 {
	middle := median(x)
	far := make([]float64, len(x))
	for i, v := range x {
		far[i] = math.Abs(v - middle)
	}
	most := 4 * 1.4826 * median(far)
	if most == 0 {
		return x
	}
	for i, v := range x {
		far[i] = min(max(v, middle-most), middle+most)
	}
	return far
}

func median(x []float64) float64 {
	s := slices.Sorted(slices.Values(x))
	return s[len(s)/2]
}

// peak is the least lag at which the autocorrelation has a peak nearly as high as its highest. A peak counts if it is
// clear of 0 and of the valley before it, by rise, and comes again at twice the lag. It is 1 if there is none.
func peak(x []float64, rise float64) int {
	n := len(x)
	most := min(n/3, mostPeriod)
	r := autocorrelation(x, min(2*most+most/8+1, n-1))
	least := max(0.3, 3/math.Sqrt(float64(n)))
	valley, highest := 1.0, 0.0
	var peaks []int
	for k := 2; k <= most; k++ {
		valley = min(valley, r[k-1])
		if r[k] > r[k-1] && r[k] >= r[k+1] && r[k] >= max(least, valley+rise) && comesAgain(r, k) {
			peaks = append(peaks, k)
			highest = max(highest, r[k])
		}
	}
	for _, k := range peaks {
		if r[k] >= 0.85*highest {
			return k
		}
	}
	return 1
}

// comesAgain tells whether about twice the lag k the autocorrelation is at least half as high.
func comesAgain(r []float64, k int) bool {
	wide := max(1, k/8)
	return slices.Max(r[2*k-wide:min(2*k+wide+1, len(r))]) >= r[k]/2
}
