package data

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// TestCalendars infers frequencies, and says the times that come next.
func TestCalendars(t *testing.T) {
	for _, c := range []struct{ times, every, next string }{
		{"2020-01-01 2020-01-02 2020-01-03", "every day", "2020-01-04 2020-01-05"},
		{"2020-01-02 2020-01-03 2020-01-06 2020-01-07", "every business day", "2020-01-08 2020-01-09 2020-01-10 2020-01-13"},
		{"1969-12-31 1970-01-01 1970-01-02 1970-01-05", "every business day", "1970-01-06"},
		{"2020-01-06 2020-01-13 2020-01-20", "every week", "2020-01-27 2020-02-03"},
		{"2020-01-06 2020-01-20 2020-02-03", "every 2 weeks", "2020-02-17"},
		{"2020-01-01 2020-02-01 2020-03-01", "every month", "2020-04-01"},
		{"2019-12-31 2020-01-31 2020-02-29", "every month", "2020-03-31 2020-04-30 2020-05-31"},
		{"2020-11-30 2020-12-31", "every month", "2021-01-31 2021-02-28"},
		{"2020-01-30 2020-02-29 2020-03-30", "every month", "2020-04-30 2020-05-30"},
		{"2020-03-31 2020-06-30 2020-09-30", "every quarter", "2020-12-31 2021-03-31"},
		{"2019-02-28 2020-02-29", "every year", "2021-02-28 2022-02-28"},
		{"2020-01 2020-02", "every month", "2020-03"},
		{"2020-01 2020-03", "every 2 months", "2020-05"},
		{"2020-11 2021-02", "every quarter", "2021-05"},
		{"2020Q3 2020Q4", "every quarter", "2021Q1 2021Q2"},
		{"2020-Q3 2020-Q4", "every quarter", "2021-Q1"},
		{"1949 1950", "every year", "1951"},
		{"1950 1960", "every 10 years", "1970"},
		{"1949.25 1949.33333333333 1949.41666666667", "every month", "1949.5 1949.58333333333"},
		{"1949.5 1949.75", "every quarter", "1950"},
		{"2020-01-01T00:00 2020-01-01T00:15", "every 15 minutes", "2020-01-01T00:30"},
		{"2020-12-31T22:00:00 2020-12-31T23:00:00", "every hour", "2021-01-01T00:00:00"},
		{"2020-12-31T22:00:00Z 2020-12-31T23:00:00Z", "every hour", "2021-01-01T00:00:00Z"},
		{"2020-12-31T22:00:00+02:00 2020-12-31T23:00:00+0200", "every hour", "2020-12-31T22:00:00Z"},
		{"2020-01-01 2020-01-01T12:00 2020-01-02", "every 12 hours", "2020-01-02T12:00"},
		{"2020-01-01T00:00:10 2020-01-01T00:00:20", "every 10 seconds", "2020-01-01T00:00:30"},
		{"0 1 2", "every step", "3 4"},
		{"10 20 30", "times 10 apart", "40"},
		{"0.1 0.2 0.3", "times 0.1 apart", "0.4 0.5"},
	} {
		var file strings.Builder
		file.WriteString("ds,y\n")
		given := strings.Fields(c.times)
		for _, text := range given {
			file.WriteString(text + ",1\n")
		}
		table, err := readY(file.String(), Options{})
		if err != nil {
			t.Errorf("%s: %v", c.times, err)
			continue
		}
		calendar := table.Calendars[0]
		if calendar.String() != c.every {
			t.Errorf("%s: %s, want %s", c.times, calendar, c.every)
		}
		for i, want := range strings.Fields(c.next) {
			if got := calendar.Label(len(given) + i); got != want {
				t.Errorf("%s: then %s, want %s", c.times, got, want)
			}
		}
	}
}

func TestZeroCalendar(t *testing.T) {
	var c Calendar
	if _, some := c.Time(0); c.Label(0) != "1" || c.Label(9) != "10" || c.String() != "every step" || some {
		t.Errorf("%s, %s, %s", c.Label(0), c.Label(9), c)
	}
}

// TestLabelsReadBack writes the times of drawn calendars, and infers the calendars from them.
func TestLabelsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		unit := rapid.SampledFrom([]string{"second", "minute", "hour", "day", "week", "month", "quarter", "year"}).Draw(t, "unit")
		start := time.Date(rapid.IntRange(1600, 2300).Draw(t, "year"), time.Month(rapid.IntRange(1, 12).Draw(t, "month")), rapid.IntRange(1, 31).Draw(t, "day"), 0, 0, 0, 0, time.UTC)
		c := Calendar{Unit: unit, N: 1, written: written{form: dates, clock: 'T'}, start: float64(start.Unix()), day: start.Day()}
		_, c.monthly = unitMonths[unit]
		n := rapid.IntRange(5, 40).Draw(t, "times")
		file := "ds,y\n"
		for i := range n {
			file += c.Label(i) + ",1\n"
		}
		table, err := readY(file, Options{})
		if err != nil {
			t.Fatal(err)
		}
		got := table.Calendars[0]
		if got.String() != c.String() {
			t.Fatalf("%s, want %s, of\n%s", got, c, file)
		}
		for i := range n {
			if got.Label(i) != c.Label(i) {
				t.Fatalf("time %d is %s, want %s", i, got.Label(i), c.Label(i))
			}
		}
	})
}

// TestDays holds the count of days against Go's own.
func TestDays(t *testing.T) {
	for day := -200_000; day < 200_000; day += 13 {
		d := time.Unix(int64(day)*daySeconds, 0).UTC()
		if got := dayNumber(d.Year(), int(d.Month()), d.Day()); got != day {
			t.Fatalf("%s is day %d, want %d", d.Format(time.DateOnly), got, day)
		}
		if first := d.AddDate(0, 0, 1-d.Day()); daysIn(d.Year()*12+int(d.Month())-1) != first.AddDate(0, 1, -1).Day() {
			t.Fatalf("days of %s", d.Format("2006-01"))
		}
		if wd := d.Weekday(); (wd != time.Saturday && wd != time.Sunday) != (businessDate(businessIndex(day)) == day) {
			t.Fatalf("%s and business days", d.Format(time.DateOnly))
		}
	}
}

func ExampleCalendar() {
	table, err := Read("shop.csv", strings.NewReader("ds,y\n2020-01-31,5\n2020-02-29,6\n"), Options{Want: []Want{{Name: "y", Rows: 1}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	c := table.Calendars[0]
	fmt.Println(c, c.Label(2), c.Label(3))
	// Output: every month 2020-03-31 2020-04-30
}
