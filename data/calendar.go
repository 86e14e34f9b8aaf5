package data

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// Calendar is when a series was observed: a first time, and how far apart the times are. It writes the
// label of any time, also of one before or behind the data. The zero Calendar numbers times from 1.
type Calendar struct {
	Unit string // second, minute, hour, day, business day, week, month, quarter, year or step
	N    int    // how many units lie between two times

	written written
	start   float64 // in the unit of the form, as written.label has it
	step    float64 // of numbers: how far apart they are
	monthly bool    // dates that keep the day of their month
	day     int     // that day; 31 keeps ends of months
}

// noCalendar numbers times from 1.
func noCalendar() Calendar {
	return Calendar{Unit: "step", N: 1, written: written{form: counts}, start: 1, step: 1}
}

// orNumbers is the calendar, or that of mere numbers for the zero one.
func (c Calendar) orNumbers() Calendar {
	if c.written.form == noTimes {
		return noCalendar()
	}
	return c
}

// String says how often, as "every 15 minutes".
func (c Calendar) String() string {
	c = c.orNumbers()
	switch {
	case c.Unit == "step" && c.step != 1:
		return "times " + trimNumber(c.step) + " apart"
	case c.N == 1:
		return "every " + c.Unit
	}
	return "every " + strconv.Itoa(c.N) + " " + c.Unit + "s"
}

// Label writes time i, counted from 0 at the first of the data.
func (c Calendar) Label(i int) string {
	c = c.orNumbers()
	return c.written.label(c.at(i))
}

// Time is time i as an instant in UTC. There is none where times are mere numbers.
func (c Calendar) Time(i int) (time.Time, bool) {
	c = c.orNumbers()
	t := c.at(i)
	switch {
	case c.written.form == dates:
		return time.Unix(int64(t), 0).UTC(), true
	case c.written.form == counts && c.Unit == "step":
		return time.Time{}, false
	case c.written.form == counts:
		t = math.Round(t * 12)
	}
	return time.Date(0, time.Month(1+int(t)), 1, 0, 0, 0, 0, time.UTC), true
}

const daySeconds = 86400

// seconds are the lengths of the units of one length.
var seconds = map[string]float64{"second": 1, "minute": 60, "hour": 3600, "day": daySeconds, "week": 7 * daySeconds}

// unitMonths are the lengths of the units that are months, or some of them.
var unitMonths = map[string]int{"month": 1, "quarter": 3, "year": 12}

// at is time i as a number of its form.
func (c Calendar) at(i int) float64 {
	n := i * c.N
	switch {
	case c.Unit == "step":
		return c.start + float64(i)*c.step
	case c.Unit == "business day":
		return float64(businessDate(businessIndex(int(c.start)/daySeconds)+n)) * daySeconds
	case c.monthly:
		return c.atMonth(monthOf(c.start) + n*unitMonths[c.Unit])
	case c.written.form == dates:
		return c.start + float64(n)*seconds[c.Unit]
	case c.written.form == counts:
		return (math.Round(c.start*12) + float64(n*unitMonths[c.Unit])) / 12
	}
	return c.start + float64(n*unitMonths[c.Unit])
}

// atMonth is the day of the calendar in a month, counted from year 0, with the first one's time of day.
func (c Calendar) atMonth(month int) float64 {
	clock := math.Mod(c.start, daySeconds)
	if clock < 0 {
		clock += daySeconds
	}
	day := min(c.day, daysIn(month))
	return float64(dayNumber(month/12, month%12+1, day))*daySeconds + clock
}

// position is which time of the calendar t is, if it is one.
func (c Calendar) position(t float64) (int, bool) {
	var i float64
	switch {
	case c.Unit == "step":
		i = (t - c.start) / c.step
		return int(math.Round(i)), math.Abs(i-math.Round(i)) < 0.2 && i < 1<<40
	case c.Unit == "business day":
		i = float64(businessIndex(int(t)/daySeconds) - businessIndex(int(c.start)/daySeconds))
	case c.monthly:
		i = float64(monthOf(t)-monthOf(c.start)) / float64(unitMonths[c.Unit])
	case c.written.form == dates:
		i = (t - c.start) / seconds[c.Unit]
	case c.written.form == counts:
		i = math.Round((t-c.start)*12) / float64(unitMonths[c.Unit])
	default:
		i = (t - c.start) / float64(unitMonths[c.Unit])
	}
	i /= float64(c.N)
	return int(i), i == math.Trunc(i) && (c.written.form == counts || c.at(int(i)) == t)
}

// dayNumber counts days from 1 January 1970, as Howard Hinnant's days_from_civil.
func dayNumber(year, month, day int) int {
	if month <= 2 {
		year--
	}
	era := floorDiv(year, 400)
	ofEra := year - era*400
	ofYear := (153*((month+9)%12)+2)/5 + day - 1
	return era*146097 + ofEra*365 + ofEra/4 - ofEra/100 + ofYear - 719468
}

// floorDiv is a/b, rounded down.
func floorDiv(a, b int) int {
	if a%b < 0 {
		return a/b - 1
	}
	return a / b
}

// daysIn is the length of a month counted from year 0.
func daysIn(month int) int {
	switch year := month / 12; month % 12 {
	case 1:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	case 3, 5, 8, 10:
		return 30
	}
	return 31
}

// monthOf is the month of a time in seconds, counted from year 0.
func monthOf(t float64) int {
	d := time.Unix(int64(t), 0).UTC()
	return d.Year()*12 + int(d.Month()) - 1
}

// businessIndex counts Mondays to Fridays; a day of a weekend counts as its Friday. Day 0 was a Thursday.
func businessIndex(day int) int {
	monday := day + 3
	week := floorDiv(monday, 7)
	return week*5 + min(monday-week*7, 4)
}

// businessDate is the inverse of businessIndex.
func businessDate(index int) int {
	week := floorDiv(index, 5)
	return week*7 + index - week*5 - 3
}

// trimNumber writes a number with as many digits as it was given with, at most 15.
func trimNumber(f float64) string {
	text := strconv.FormatFloat(f, 'f', -1, 64)
	if rounded := strconv.FormatFloat(f, 'g', 15, 64); len(rounded) < len(text) && !strings.Contains(rounded, "e") {
		return rounded
	}
	return text
}
