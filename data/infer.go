package data

import (
	"fmt"
	"math"
	"slices"
	"time"
)

// irregular is a time that doesn't fit the others of its series.
type irregular struct {
	at  int // its index
	msg string
}

// infer finds the calendar of a series from its times, which increase. Where times are numbers, years
// says what those of the file are taken for. A series of one time has none, with Unit "".
func infer(times []float64, w written, years bool) (Calendar, *irregular) {
	c := Calendar{written: w, start: times[0], N: 1}
	if len(times) == 1 {
		return c, nil
	}
	switch {
	case w.form == counts && !years:
		c.Unit, c.step = "step", spacing(times)
	case w.form == dates:
		c.date(times)
	default:
		c.inMonths(usual(times, func(t float64) float64 {
			if w.form == counts {
				return math.Round(t * 12)
			}
			return t
		}))
	}
	for i, t := range times {
		if _, ok := c.position(t); !ok {
			return c, &irregular{i, fmt.Sprintf("%s is not one of the times of the series, which come %s from %s on", w.label(t), c, c.Label(0))}
		}
	}
	return c, nil
}

// usual is the most frequent distance between two neighbours, the smaller where two are as frequent.
func usual(times []float64, in func(float64) float64) float64 {
	count := map[float64]int{}
	run, last := 0, 0.0
	for i, t := range times[1:] {
		d := in(t) - in(times[i])
		if d != last {
			count[last] += run
			run, last = 0, d
		}
		run++
	}
	count[last] += run
	best := last
	for d, n := range count {
		if n > count[best] || n == count[best] && d < best {
			best = d
		}
	}
	return best
}

// spacing is the usual distance of whole numbers. That of others, which may be rounded, is the middle
// one, made more exact over all times.
func spacing(times []float64) float64 {
	whole := true
	all := make([]float64, len(times)-1)
	for i := range all {
		all[i] = times[i+1] - times[i]
		whole = whole && times[i+1] == math.Trunc(times[i+1])
	}
	if whole && times[0] == math.Trunc(times[0]) {
		return usual(times, func(t float64) float64 { return t })
	}
	slices.Sort(all)
	length := times[len(times)-1] - times[0]
	return length / math.Round(length/all[(len(all)-1)/2])
}

// inMonths sets the unit of times that are so many months apart.
func (c *Calendar) inMonths(n float64) {
	for _, unit := range []string{"year", "quarter", "month"} {
		if k := unitMonths[unit]; math.Mod(n, float64(k)) == 0 {
			c.Unit, c.N = unit, max(int(n)/k, 1)
			return
		}
	}
	c.Unit = "month"
}

// date sets the unit of dates.
func (c *Calendar) date(times []float64) {
	apart := usual(times, func(t float64) float64 { return t })
	if apart >= 28*daySeconds && c.sameDay(times) {
		c.monthly = true
		c.inMonths(usual(times, func(t float64) float64 { return float64(monthOf(t)) }))
		return
	}
	if apart == daySeconds && weekdaysOnly(times) {
		c.Unit = "business day"
		return
	}
	for _, unit := range []string{"week", "day", "hour", "minute", "second"} {
		if math.Mod(apart, seconds[unit]) == 0 {
			c.Unit, c.N = unit, int(apart/seconds[unit])
			return
		}
	}
}

// sameDay says whether all times have the day of the first, or are ends of months, at one time of day;
// and notes that day.
func (c *Calendar) sameDay(times []float64) bool {
	same, ends := true, true
	for _, t := range times {
		d := time.Unix(int64(t), 0).UTC()
		same = same && d.Day() == time.Unix(int64(times[0]), 0).UTC().Day()
		ends = ends && d.Day() == daysIn(monthOf(t))
		c.day = max(c.day, d.Day())
		if math.Mod(t-times[0], daySeconds) != 0 {
			return false
		}
	}
	if ends {
		c.day = 31
	}
	return same || ends || c.clipped(times)
}

// clipped says whether all times have the latest day among them, or the end of a shorter month.
func (c *Calendar) clipped(times []float64) bool {
	for _, t := range times {
		if time.Unix(int64(t), 0).UTC().Day() != min(c.day, daysIn(monthOf(t))) {
			return false
		}
	}
	return true
}

// weekdaysOnly says whether dates miss exactly the weekends: none is on one, and one lies between two.
func weekdaysOnly(times []float64) bool {
	crossed := false
	for i, t := range times {
		day := int(math.Floor(t / daySeconds))
		if monday := day + 3; monday-floorDiv(monday, 7)*7 > 4 {
			return false
		}
		crossed = crossed || i > 0 && businessIndex(day) == businessIndex(int(times[i-1])/daySeconds)+1 && t-times[i-1] == 3*daySeconds
	}
	return crossed
}

// areYears says whether numbers are years, as 1949 or 1949.25: all of months or longer, none far from
// our time. Numbers that merely count, from 0 or 1, are none.
func areYears(times []float64) bool {
	for _, t := range times {
		if m := t * 12; t < 1500 || t >= 2200 || math.Abs(m-math.Round(m)) > 0.03 {
			return false
		}
	}
	return true
}

// adopt takes over another series' frequency, if the times are too few to tell their own, or are days
// without a weekend; and says whether the times fit.
func (c *Calendar) adopt(from Calendar, times []float64) bool {
	days := c.Unit == "day" && c.N == 1 && from.Unit == "business day"
	if len(times) > 3 && !days {
		return false
	}
	c.Unit, c.N, c.step, c.monthly = from.Unit, from.N, from.step, from.monthly
	if c.monthly && !c.sameDay(times) {
		return false
	}
	for _, t := range times {
		if _, ok := c.position(t); !ok {
			return false
		}
		if day := int(math.Floor(t / daySeconds)); c.Unit == "business day" && businessDate(businessIndex(day)) != day {
			return false
		}
	}
	return true
}

// alone is the frequency of times of which there is one: the form says it.
func (c *Calendar) alone() {
	c.Unit, c.step = map[form]string{dates: "day", months: "month", quarters: "quarter", counts: "step"}[c.written.form], 1
}
