package chart

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"
)

func texts(ticks []tick) string {
	var out []string
	for _, t := range ticks {
		out = append(out, t.label)
	}
	return strings.Join(out, " ")
}

func TestTimeTicks(t *testing.T) {
	day := time.Date(2024, 1, 29, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name  string
		label func(i int) string
		last  int
		room  float64
		want  string
	}{
		{"months", func(i int) string { return fmt.Sprintf("%d-%02d", 1957+i/12, i%12+1) }, 47, 75, "1958-01 1959-01 1960-01"},
		{"many months", func(i int) string { return fmt.Sprintf("%d-%02d", 1949+i/12, i%12+1) }, 143, 75, "1950-01 1952-01 1954-01 1956-01 1958-01 1960-01"},
		{"quarters", func(i int) string { return fmt.Sprintf("%d Q%d", 2001+i/4, i%4+1) }, 19, 75, "2002 Q1 2003 Q1 2004 Q1 2005 Q1"},
		{"days", func(i int) string { return day.AddDate(0, 0, i).Format("2006-01-02") }, 99, 75, "2024-02-01 2024-03-01 2024-04-01 2024-05-01"},
		{"hours", func(i int) string { return day.Add(time.Duration(i) * time.Hour).Format("2006-01-02 15:04") }, 119, 110, "2024-01-30 00:00 2024-01-31 00:00 2024-02-01 00:00 2024-02-02 00:00"},
		{"steps", func(i int) string { return strconv.Itoa(i + 7) }, 29, 75, "10 20 30"},
		{"first steps", func(i int) string { return strconv.Itoa(i + 1) }, 6, 75, "1 2 3 4 5 6 7"},
		{"few steps", func(i int) string { return strconv.Itoa(i + 12) }, 18, 75, "15 20 25 30"},
		{"no order", func(i int) string { return "x" }, 5, 75, "x x x x x x"},
		{"one", func(i int) string { return "now" }, 0, 75, "now"},
		{"no room", func(i int) string { return "2024-01-29 00:00" }, 9, 5, "2024-01-29 00:00"},
	} {
		if got := texts(timeTicks(c.label, 0, c.last, c.room)); got != c.want {
			t.Errorf("%s: got %s; want %s", c.name, got, c.want)
		}
	}
}

func TestNumberTicks(t *testing.T) {
	for _, c := range []struct {
		lo, hi, most float64
		want         string
	}{
		{0, 10, 5, "0 2 4 6 8 10"},
		{-1.1, 1.1, 4, "−1 0 1"},
		{.98, 1.02, 4, "0.98 0.99 1.00 1.01 1.02"},
		{0, 4e6, 4, "0 1e6 2e6 3e6 4e6"},
		{1.2e-7, 1.9e-7, 3, "1.5e−7"},
		{-1e300, 1e300, 4, "−1.0e300 −5e299 0 5e299 1.0e300"},
		{1234567, 1234570, 3, "1.234567e6 1.234568e6 1.234569e6 1.234570e6"},
	} {
		if got := texts(numberTicks(c.lo, c.hi, c.most)); got != c.want {
			t.Errorf("from %g to %g: got %s; want %s", c.lo, c.hi, got, c.want)
		}
	}
}

func TestLogTicks(t *testing.T) {
	for _, c := range []struct {
		lo, hi, most float64
		want         string
	}{
		{-1.5, 1, 9, "0.05 0.1 0.2 0.5 1 2 5 10"},
		{-1.5, 1, 6, "0.1 0.3 1 3 10"},
		{-7, 1, 9, "1e−7 1e−6 1e−5 0.0001 0.001 0.01 0.1 1 10"},
		{-300, 300, 4, "1e−200 1 1e200"},
	} {
		if got := texts(logTicks(c.lo, c.hi, c.most)); got != c.want {
			t.Errorf("from %g to %g: got %s; want %s", c.lo, c.hi, got, c.want)
		}
	}
}
