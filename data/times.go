package data

import (
	"bytes"
	"fmt"
	"math"
	"time"
)

// form is how times are written.
type form int

const (
	noTimes  form = iota
	dates         // 2006-01-02, and with a time of day; in seconds since 1970
	months        // 2006-01, in months since year 0
	quarters      // 2006Q1, in months since year 0
	counts        // numbers: years, decimal years, or just numbers
)

// written is the form of a file's times, with what is needed to write more of them.
type written struct {
	form  form
	clock byte // between date and time of day: ' ' or 'T'; 0 for dates alone
	short bool // the time of day has no seconds
	zoned bool // the time of day is of UTC, or has an offset from it
	dash  bool // 2006-Q1
}

const timeExamples = "such as 2006-01-02, 2006-01-02 15:04:05, 2006-01, 2006Q1 or 7"

// parseTime reads a time as a number, in the unit of its form.
func parseTime(text []byte) (t float64, w written, err string) {
	if f, _, ok := parsePlain(text); ok {
		return f, written{form: counts}, ""
	}
	year, ok := digits(text, 0, 4)
	if !ok || len(text) < 6 {
		return otherNumber(text)
	}
	if n := len(text); n < 8 && (text[n-2] == 'Q' || text[n-2] == 'q') {
		quarter, ok := digits(text, n-1, 1)
		if !ok || quarter < 1 || quarter > 4 || n == 7 && text[4] != '-' && text[4] != ' ' {
			return noTime(text)
		}
		return float64(year*12 + 3*(quarter-1)), written{form: quarters, dash: text[4] == '-'}, ""
	}
	month, ok := digits(text, 5, 2)
	if !ok || text[4] != '-' || month < 1 || month > 12 {
		return noTime(text)
	}
	if len(text) == 7 {
		return float64(year*12 + month - 1), written{form: months}, ""
	}
	day, ok := digits(text, 8, 2)
	if !ok || text[7] != '-' || day < 1 || day > daysIn(year*12+month-1) {
		return noTime(text)
	}
	seconds := float64(dayNumber(year, month, day)) * 86400
	if len(text) == 10 {
		return seconds, written{form: dates}, ""
	}
	clock, w, err := parseClock(text)
	return seconds + clock, w, err
}

func noTime(text []byte) (float64, written, string) {
	return 0, written{}, quote(string(text)) + " is not a time " + timeExamples
}

// otherNumber reads a number of more digits than parsePlain does, as 1949.083333333333.
func otherNumber(text []byte) (float64, written, string) {
	p := parser{}
	n, err := p.number(text)
	if err != nil || math.IsNaN(n.float) {
		return noTime(text)
	}
	return n.float, written{form: counts}, ""
}

// parseClock reads what stands behind a date: seconds since midnight, in UTC if there is an offset.
func parseClock(text []byte) (float64, written, string) {
	w := written{form: dates, clock: text[10], short: true}
	hour, a := digits(text, 11, 2)
	minute, b := digits(text, 14, 2)
	if w.clock != ' ' && w.clock != 'T' || !a || !b || text[13] != ':' || hour > 23 || minute > 59 {
		return noTime(text)
	}
	rest, second := text[16:], 0
	if len(rest) > 0 && rest[0] == ':' {
		var ok bool
		if second, ok = digits(rest, 1, 2); !ok || second > 59 {
			return noTime(text)
		}
		rest, w.short = rest[3:], false
	}
	if len(rest) > 0 && rest[0] == '.' {
		fraction := bytes.TrimLeft(rest[1:], "0")
		if len(fraction) > 0 && '1' <= fraction[0] && fraction[0] <= '9' {
			return 0, w, quote(string(text)) + " is finer than a second: give such times as numbers"
		}
		rest = fraction
	}
	offset, ok := parseOffset(rest)
	if !ok {
		return noTime(text)
	}
	w.zoned = len(rest) > 0
	return float64(hour*3600 + minute*60 + second - offset), w, ""
}

// parseOffset reads nothing, Z, +02, +0200 or +02:00, in seconds.
func parseOffset(text []byte) (int, bool) {
	if len(text) == 0 || len(text) == 1 && text[0] == 'Z' {
		return 0, true
	}
	sign := map[byte]int{'+': 1, '-': -1}[text[0]]
	text = bytes.Replace(text[1:], []byte{':'}, nil, 1)
	hours, ok := digits(text, 0, 2)
	minutes := 0
	if len(text) != 2 {
		minutes, _ = digits(text, 2, 2)
		ok = ok && len(text) == 4
	}
	return sign * (hours*3600 + minutes*60), ok && sign != 0 && hours < 24 && minutes < 60
}

// digits reads n digits at a place.
func digits(text []byte, at, n int) (value int, ok bool) {
	if at+n > len(text) {
		return 0, false
	}
	for _, c := range text[at : at+n] {
		if c < '0' || c > '9' {
			return 0, false
		}
		value = value*10 + int(c-'0')
	}
	return value, true
}

// agree is the form of times of which some are written as w and some as v: dates with and without a
// time of day go together.
func (w written) agree(v written) (written, bool) {
	switch {
	case w.form == noTimes || w == v:
		return v, true
	case w.form != v.form:
		return w, false
	case w.clock == 0:
		return v, true
	}
	w.zoned = w.zoned || v.zoned
	w.short = w.short && (v.short || v.clock == 0)
	return w, true
}

// label writes a time.
func (w written) label(t float64) string {
	switch n := int(t); w.form {
	case months:
		return fmt.Sprintf("%04d-%02d", n/12, n%12+1)
	case quarters:
		return fmt.Sprintf("%04d%sQ%d", n/12, map[bool]string{true: "-"}[w.dash], n%12/3+1)
	case counts:
		return trimNumber(t)
	}
	layout := "2006-01-02"
	if w.clock != 0 {
		layout += string(w.clock) + "15:04"
		if !w.short {
			layout += ":05"
		}
		if w.zoned {
			layout += "Z"
		}
	}
	return time.Unix(int64(t), 0).UTC().Format(layout)
}

// read reads a cell as a time, in the form of those before it.
func (w *written) read(src source, j int) (float64, error) {
	t, v, wrong := src.time(j)
	if wrong != "" {
		return 0, src.fault(j, wrong, "name another column of times with --time, or write them alike")
	}
	if v != *w {
		var ok bool
		if *w, ok = w.agree(v); !ok {
			return 0, src.fault(j, quote(string(src.word(j)))+" is written in another way than the times before it", "write all times alike")
		}
	}
	if math.IsNaN(t) || math.IsInf(t, 0) {
		return 0, src.fault(j, "no time", "")
	}
	return t, nil
}
