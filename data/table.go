package data

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"unroll/series"
)

// piece is a series as it was read.
type piece struct {
	id       string
	runs     []run     // its rows
	times    []float64 // nil if the table has none
	stores   []store   // by input; a constant has one time
	calendar Calendar
}

// row is the row of the table that time i was on.
func (p *piece) row(i int) int {
	for _, r := range p.runs {
		if i < r.to-r.from {
			return r.from + i
		}
		i -= r.to - r.from
	}
	return p.runs[len(p.runs)-1].to - 1
}

// finisher makes a table of what was read.
type finisher struct {
	*layout
	Options
	written
	src    source
	pieces []piece
}

func finish(d draft, l *layout, src source, o Options) (*Table, error) {
	f := &finisher{layout: l, Options: o, src: src, pieces: d.pieces()}
	f.written = d.written()
	if len(f.pieces) == 0 {
		return nil, &Error{File: l.file, Msg: fmt.Sprintf("no column of numbers for %s: the file has %s", o.Want[0].Name, list(l.header)),
			Help: fmt.Sprintf("say which column it is: --name %s=%s", o.Want[0].Name, suggestion(o.Want[0].Name, l.header))}
	}
	if err := f.calendars(); err != nil {
		return nil, err
	}
	if err := f.gaps(); err != nil {
		return nil, err
	}
	if err := f.leaveOut(); err != nil {
		return nil, err
	}
	out := &Table{Notes: f.notes, Doubts: f.doubts}
	for i := range f.pieces {
		p := &f.pieces[i]
		out.Set.Series = append(out.Set.Series, f.series(p))
		out.Calendars = append(out.Calendars, p.calendar)
	}
	return out, nil
}

// series is a piece as a series. It is the one place where values become columns.
func (f *finisher) series(p *piece) series.Series {
	one := newSeries(p.id)
	for i := range p.stores {
		if w := f.Want[i]; w.PerSeries {
			one.Consts[w.Name] = p.stores[i].column().At(0)
		} else {
			one.Columns[w.Name] = p.stores[i].column()
		}
	}
	return one
}

// fault is an error about time i of a series.
func (f *finisher) fault(p *piece, i int, msg, help string) error {
	err := &Error{File: f.file, Line: f.src.lineOf(p.row(i)), Msg: msg, Help: help}
	if f.kind == byRow {
		err.Line = 1
	} else if f.time >= 0 {
		err.Field = f.header[f.time]
	}
	return err
}

// leaveOut drops series that are too short.
func (f *finisher) leaveOut() error {
	var short []string
	kept := f.pieces[:0]
	longest := 0
	for _, p := range f.pieces {
		n := f.length(&p)
		longest = max(longest, n)
		if n < f.Least {
			short = append(short, p.id)
		} else {
			kept = append(kept, p)
		}
	}
	if f.pieces = kept; len(kept) == 0 {
		return &Error{File: f.file, Msg: fmt.Sprintf("no series has the %d times that are needed: the longest of %d has %d", f.Least, len(short), longest), Help: "give longer series, or ask for fewer lags or steps ahead"}
	}
	if len(short) > 0 {
		f.doubts = append(f.doubts, fmt.Sprintf("%s shorter than %d times, left out: %s", count(len(short), "series", "series"), f.Least, few(short)))
	}
	return nil
}

// length is how many times a series has, of inputs that aren't known ahead.
func (f *finisher) length(p *piece) int {
	n := 0
	for i := range p.stores {
		if !f.Want[i].PerSeries && !f.Want[i].Known {
			n = max(n, p.stores[i].len())
		}
	}
	return n
}

// few names a few series.
func few(ids []string) string {
	const most = 5
	if len(ids) > most {
		return strings.Join(ids[:most], ", ") + ", …"
	}
	return strings.Join(ids, ", ")
}

// calendars finds when each series was observed. All have one frequency.
func (f *finisher) calendars() error {
	if f.pieces[0].times == nil {
		f.number()
		return nil
	}
	years := f.form == counts
	for i := range f.pieces {
		years = years && areYears(f.pieces[i].times)
	}
	if !f.said && f.form == counts && !years && f.mostlyGaps() {
		f.doubts = append(f.doubts, fmt.Sprintf("column %s isn't read as times: most of the numbers between its first and its last are missing", f.header[max(f.time, 0)]))
		f.number()
		return nil
	}
	weights := map[string]int{}
	example := map[string]*piece{}
	for i := range f.pieces {
		p := &f.pieces[i]
		c, wrong := infer(p.times, f.written, years)
		if wrong != nil {
			return f.fault(p, wrong.at, "series "+p.id+": "+wrong.msg, "give all times of a series one distance from each other, or name another column of times with --time")
		}
		p.calendar = c
		if c.Unit != "" {
			weights[c.String()] += len(p.times)
			if example[c.String()] == nil {
				example[c.String()] = p
			}
		}
	}
	return f.agreeOn(usualCalendar(weights, example))
}

// number gives each series the times 1, 2, ….
func (f *finisher) number() {
	for i := range f.pieces {
		f.pieces[i].times, f.pieces[i].calendar = nil, noCalendar()
	}
}

// mostlyGaps says whether numbers leave out more of those between them than there are: dates written as
// 800102 do.
func (f *finisher) mostlyGaps() bool {
	there, span := 0, 0.0
	for i := range f.pieces {
		t := f.pieces[i].times
		if len(t) > 1 {
			there, span = there+len(t), span+(t[len(t)-1]-t[0])/spacing(t)
		}
	}
	return span > 2*float64(there)
}

// usualCalendar is a series with the frequency that most times have; nil if no series has two times.
func usualCalendar(weights map[string]int, example map[string]*piece) *piece {
	best := ""
	for _, name := range slices.Sorted(maps.Keys(weights)) {
		if best == "" || weights[name] > weights[best] {
			best = name
		}
	}
	return example[best]
}

// agreeOn gives all series the frequency of one.
func (f *finisher) agreeOn(usual *piece) error {
	if usual == nil {
		for i := range f.pieces {
			f.pieces[i].calendar.alone()
		}
		f.doubts = append(f.doubts, "each series has one time, so that the frequency can't be told")
		return nil
	}
	for i := range f.pieces {
		p := &f.pieces[i]
		if c := p.calendar; c.String() != usual.calendar.String() && !p.calendar.adopt(usual.calendar, p.times) {
			return f.fault(p, 0, fmt.Sprintf("series %s comes %s, and series %s %s", p.id, c, usual.id, usual.calendar), "give series of one frequency; write the others to a file of their own")
		}
	}
	f.notes = append(f.notes, "frequency: "+usual.calendar.String())
	return nil
}
