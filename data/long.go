package data

import (
	"fmt"
	"math/big"
	"strings"

	"unroll/series"
)

// group is the lines of one series, in file order.
type group struct {
	id    string
	lines []int
}

// read makes series of the table.
func (l *long) read() (series.Set, error) {
	groups, err := l.groups()
	if err != nil {
		return series.Set{}, err
	}
	var set series.Set
	for _, g := range groups {
		one, err := l.one(g)
		if err != nil {
			return series.Set{}, err
		}
		set.Series = append(set.Series, one)
	}
	return set, nil
}

// groups gathers the lines of each series, in order of first appearance.
func (l *long) groups() ([]*group, error) {
	if l.series < 0 {
		all := &group{id: "1"}
		for i := range l.lines {
			all.lines = append(all.lines, i)
		}
		return []*group{all}, nil
	}
	var groups []*group
	byID := map[string]*group{}
	for i := range l.lines {
		id := l.cell(i, l.series).text
		if id == "" {
			return nil, l.fault(i, l.series, "no series", "this column tells which series the line belongs to")
		}
		g := byID[id]
		if g == nil {
			g = &group{id: id}
			byID[id] = g
			groups = append(groups, g)
		}
		g.lines = append(g.lines, i)
	}
	return groups, nil
}

// one reads one series.
func (l *long) one(g *group) (series.Series, error) {
	out := newSeries(g.id)
	if err := l.checkTimes(g); err != nil {
		return out, err
	}
	end := l.end(g)
	for _, in := range l.inputs {
		var err error
		switch {
		case in.PerSeries:
			out.Consts[in.Name], err = l.constant(g, in)
		case in.Known:
			out.Columns[in.Name], err = l.values(g.lines, in)
		default:
			out.Columns[in.Name], err = l.values(g.lines[:end], in)
		}
		if err != nil {
			return out, err
		}
	}
	return out, nil
}

// end is how many of the group's lines belong to the inputs that aren't known: where there are
// known ones, these may go on below the others.
func (l *long) end(g *group) int {
	var rest []int
	known := false
	for _, in := range l.inputs {
		switch {
		case in.Known:
			known = true
		case !in.PerSeries:
			rest = append(rest, in.columns...)
		}
	}
	end := len(g.lines)
	for known && len(rest) > 0 && end > 0 && l.empty(g.lines[end-1], rest) {
		end--
	}
	return end
}

func (l *long) empty(i int, columns []int) bool {
	for _, j := range columns {
		if l.cell(i, j).text != "" {
			return false
		}
	}
	return true
}

// values reads an input at each line.
func (l *long) values(lines []int, in place) (series.Column, error) {
	out := make([]series.Array, len(lines))
	for t, i := range lines {
		entries, err := l.entriesAt(i, in)
		if err != nil {
			return series.Column{}, err
		}
		out[t] = series.Rats(len(entries), 1, entries)
	}
	return series.Arrays(out...), nil
}

func (l *long) entriesAt(i int, in place) ([]*big.Rat, error) {
	entries := make([]*big.Rat, len(in.columns))
	for k, j := range in.columns {
		var err error
		if entries[k], err = l.number(in.Want, i, j); err != nil {
			return nil, err
		}
	}
	return entries, nil
}

// constant reads a `per series` input: on each line the same, or missing.
func (l *long) constant(g *group, in place) (series.Array, error) {
	entries := make([]*big.Rat, len(in.columns))
	for k, j := range in.columns {
		from := 0
		for _, i := range g.lines {
			v, err := l.number(in.Want, i, j)
			switch {
			case err != nil:
				return series.Array{}, err
			case v == nil:
			case entries[k] == nil:
				entries[k], from = v, i
			case v.Cmp(entries[k]) != 0:
				msg := fmt.Sprintf("%s is per series, but is %s here and %s on line %d", in.Name, quote(l.cell(i, j).text), quote(l.cell(from, j).text), l.cell(from, j).line)
				return series.Array{}, l.fault(i, j, msg, "give all lines of series "+g.id+" one value, or declare the input without `per series`")
			}
		}
	}
	return series.Rats(len(entries), 1, entries), nil
}

// number reads one cell as a value of w; nil if it is missing.
func (t *table) number(w Want, i, j int) (*big.Rat, error) {
	text := t.cell(i, j).text
	v, err := series.ParseNumber(text)
	if err == nil {
		if wrong := w.refuses(v); wrong != "" {
			return nil, t.fault(i, j, quote(text)+" "+wrong, "")
		}
		return v, nil
	}
	help := ""
	if strings.Count(text, ",") == 1 && !strings.Contains(text, ".") {
		help = "write a decimal point, not a comma"
	}
	return nil, t.fault(i, j, err.Error(), help)
}

// checkTimes refuses a series whose times are numbers that don't increase. Dates are not compared.
func (l *long) checkTimes(g *group) error {
	if l.time < 0 {
		return nil
	}
	var before *big.Rat
	for _, i := range g.lines {
		now, err := series.ParseNumber(l.cell(i, l.time).text)
		if err != nil {
			return nil // dates, or other words
		}
		if before != nil && now != nil && now.Cmp(before) <= 0 {
			msg := fmt.Sprintf("time %s does not come after the line before it in series %s", quote(l.cell(i, l.time).text), g.id)
			return l.fault(i, l.time, msg, "sort the file by time; if it holds several series, name the column that tells them apart: --name series=COLUMN")
		}
		if now != nil {
			before = now
		}
	}
	return nil
}
