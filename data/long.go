package data

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
)

// longDraft takes in the rows of a long table: all values of an input in one store, and which rows are
// of which series as runs. Where a series stands in one piece, its values are not copied.
type longDraft struct {
	*layout
	form   written
	stores []store // by input
	times  []float64
	states []state
	byID   map[string]int
	last   int // the series of the row before
	lastID []byte
	rows   int
}

// state is what is known of a series while its rows come.
type state struct {
	id     string
	runs   []run
	last   float64 // the latest time
	consts [][]number
	lines  [][]int // on which the constants stood first
}

// run is rows of one series, one below the other.
type run struct{ from, to int }

func newLongDraft(l *layout, o Options) *longDraft {
	d := &longDraft{layout: l, byID: map[string]int{}, last: -1}
	for _, in := range l.inputs {
		d.stores = append(d.stores, store{rows: len(in.columns), exact: o.Exact})
	}
	return d
}

func (d *longDraft) take(src source) error {
	if err := d.tooWide(src); err != nil {
		return err
	}
	s, err := d.seriesOf(src)
	if err != nil {
		return err
	}
	if err := d.takeTime(src, s); err != nil {
		return err
	}
	for i, in := range d.inputs {
		if err := d.takeInput(src, s, i, in); err != nil {
			return d.located(err, s)
		}
	}
	runs := d.states[s].runs
	if n := len(runs); n > 0 && runs[n-1].to == d.rows {
		runs[n-1].to++
	} else {
		d.states[s].runs = append(runs, run{d.rows, d.rows + 1})
	}
	d.rows++
	return nil
}

// seriesOf is the number of the series that the row belongs to, in order of first appearance.
func (d *longDraft) seriesOf(src source) (int, error) {
	var id []byte
	if d.id >= 0 {
		if id = src.word(d.id); len(id) == 0 {
			return 0, src.fault(d.id, "no series", "this column tells which series the line belongs to")
		}
	}
	if d.last >= 0 && bytes.Equal(id, d.lastID) {
		return d.last, nil
	}
	s, known := d.byID[string(id)]
	if !known {
		s = len(d.states)
		d.byID[string(id)] = s
		name := string(id)
		if d.id < 0 {
			name = "1"
		}
		d.states = append(d.states, state{id: name, consts: make([][]number, len(d.inputs)), lines: make([][]int, len(d.inputs))})
	}
	d.last, d.lastID = s, append(d.lastID[:0], id...)
	return s, nil
}

// takeTime reads the row's time, which comes after those of its series before.
func (d *longDraft) takeTime(src source, s int) error {
	if d.time < 0 {
		return nil
	}
	t, err := d.form.read(src, d.time)
	if err != nil {
		return err
	}
	of := &d.states[s]
	if n := len(of.runs); n > 0 && t <= of.last {
		line := src.lineOf(of.runs[n-1].to - 1)
		if t == of.last {
			return src.fault(d.time, fmt.Sprintf("series %s has two rows for %s, this and line %d", of.id, d.form.label(t), line),
				"keep one of them; if the file holds several series, name the column that tells them apart: --id COLUMN")
		}
		return src.fault(d.time, fmt.Sprintf("series %s: %s comes after %s, on line %d", of.id, d.form.label(t), d.form.label(of.last), line),
			"sort the file by time; if it holds several series, name the column that tells them apart: --id COLUMN")
	}
	of.last = t
	d.times = append(d.times, t)
	return nil
}

// takeInput reads the row's values of one input.
func (d *longDraft) takeInput(src source, s, i int, in place) error {
	if in.PerSeries {
		return d.takeConstant(src, s, i, in)
	}
	for _, j := range in.columns {
		n, err := readNumber(src, in.Want, j)
		if err != nil {
			return err
		}
		d.stores[i].add(n)
	}
	return nil
}

// located is an error with the series and the time of the row.
func (d *longDraft) located(err error, s int) error {
	var own *Error
	if !errors.As(err, &own) {
		return err
	}
	var where []string
	if d.id >= 0 {
		where = append(where, "series "+d.states[s].id)
	}
	if n := len(d.times); n > 0 {
		where = append(where, d.form.label(d.times[n-1]))
	}
	if len(where) > 0 {
		own.Msg += " (" + strings.Join(where, ", ") + ")"
	}
	return own
}

// readNumber reads a cell as a value of w.
func readNumber(src source, w Want, j int) (number, error) {
	n, err := src.number(j)
	return accept(src, w, j, n, err)
}

// accept is a number that was read of column j, if it is a value of w.
func accept(src source, w Want, j int, n number, err error) (number, error) {
	if err != nil {
		help := ""
		if errors.Is(err, errTooMany) {
			return n, src.fault(j, err.Error(), "give a part of it")
		}
		if text := src.word(j); bytes.Count(text, []byte{','}) == 1 && !bytes.Contains(text, []byte{'.'}) {
			help = "write a decimal point, not a comma, or separate cells by ;"
		}
		return n, src.fault(j, err.Error(), help)
	}
	if w.Counts || w.Classes > 0 {
		if wrong := w.refuses(n); wrong != "" {
			return n, src.fault(j, quote(string(src.word(j)))+" "+wrong, "")
		}
	}
	return n, nil
}

// takeConstant reads a `per series` input: on each line the same, or missing.
func (d *longDraft) takeConstant(src source, s, i int, in place) error {
	of := &d.states[s]
	if of.consts[i] == nil {
		of.lines[i] = make([]int, len(in.columns))
		for range in.columns {
			of.consts[i] = append(of.consts[i], absent)
		}
	}
	for k, j := range in.columns {
		n, err := readNumber(src, in.Want, j)
		if err != nil {
			return err
		}
		switch was := of.consts[i][k]; {
		case n.missing():
		case was.missing():
			of.consts[i][k], of.lines[i][k] = n, src.line()
		case !n.equal(was):
			msg := fmt.Sprintf("%s is per series, but is %s here and %s on line %d", in.Name, quote(string(src.word(j))), quote(trimNumber(was.float)), of.lines[i][k])
			return src.fault(j, msg, "give all lines of series "+of.id+" one value, or declare the input without `per series`")
		}
	}
	return nil
}

// pieces are the series.
func (d *longDraft) pieces() []piece {
	all := make([]piece, len(d.states))
	for s := range all {
		of := &d.states[s]
		p := piece{id: of.id, runs: of.runs}
		if d.time >= 0 {
			p.times = d.timesOf(of.runs)
		}
		for i := range d.inputs {
			if d.inputs[i].PerSeries {
				p.stores = append(p.stores, constant(of.consts[i], d.stores[i].exact))
			} else {
				p.stores = append(p.stores, gathered(&d.stores[i], of.runs))
			}
		}
		all[s] = p
	}
	d.trimKnown(all)
	return all
}

// constant is a store of one time.
func constant(entries []number, exact bool) store {
	s := store{rows: len(entries), exact: exact}
	for _, n := range entries {
		s.add(n)
	}
	return s
}

func (d *longDraft) timesOf(runs []run) []float64 {
	if len(runs) == 1 {
		return d.times[runs[0].from:runs[0].to]
	}
	var all []float64
	for _, r := range runs {
		all = append(all, d.times[r.from:r.to]...)
	}
	return all
}

// gathered are the values of a series: a part of the store where it stands in one piece.
func gathered(s *store, runs []run) store {
	if len(runs) == 1 {
		return s.cut(runs[0].from, runs[0].to)
	}
	out := store{rows: s.rows, exact: s.exact}
	for _, r := range runs {
		out.join(s.cut(r.from, r.to))
	}
	return out
}

// trimKnown ends the inputs that aren't known where the last of them has a value, if there are known
// ones, which may go on.
func (d *longDraft) trimKnown(all []piece) {
	var rest []int
	known := false
	for i, in := range d.inputs {
		known = known || in.Known
		if !in.Known && !in.PerSeries {
			rest = append(rest, i)
		}
	}
	for p := range all {
		if !known || len(rest) == 0 {
			return
		}
		stores := all[p].stores
		end := 0
		for _, i := range rest {
			end = max(end, lastPresent(&stores[i]))
		}
		for _, i := range rest {
			stores[i] = stores[i].cut(0, end)
		}
	}
}

// lastPresent is the time behind the last one that isn't missing.
func lastPresent(s *store) int {
	end := s.len()
	for end > 0 && s.missing(end-1) {
		end--
	}
	return end
}

func (d *longDraft) written() written { return d.form }
