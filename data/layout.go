package data

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// layout is what each column of a table is.
type layout struct {
	names
	kind   kind
	inputs []place // of a long table
	id     int     // the column of the series' names; -1 if there is none
	time   int     // the column of times; -1 if there is none
	said   bool    // a flag names the column of times
	notes  []string
	doubts []string
}

// kind is how a table is laid out.
type kind int

const (
	long kind = iota
	byColumn
	byRow
)

// arrange finds out how a table is laid out, from its header and its first row.
func arrange(file string, src source, o Options) (*layout, error) {
	l := &layout{names: names{file, src.header()}}
	lacking, taken, err := l.findInputs(o)
	if err != nil {
		return nil, err
	}
	if l.id, _, err = l.role("--id", o.ID, o.Names["series"], taken, "unique_id", "series", "id"); err != nil {
		return nil, err
	}
	if l.time, l.said, err = l.role("--time", o.Time, o.Names["t"], taken, "ds", "t", "time", "date"); err != nil {
		return nil, err
	}
	l.notTimes(src)
	bare := len(l.header) == 1 && l.header[0] == ""
	alone := len(o.Want) == 1 && !o.Want[0].PerSeries && o.Want[0].Rows == 1 && o.Target == "" && o.Names[o.Want[0].Name] == nil
	switch {
	case len(lacking) == 0:
		l.noteLong()
	case alone && bare:
		l.inputs[0].columns = []int{0}
		l.notes = append(l.notes, "one column without a name, read as "+o.Want[0].Name)
	case alone && l.isByRow(src):
		l.kind = byRow
	case alone && l.id < 0:
		l.kind = byColumn
	default:
		return nil, l.neither(o.Want, lacking)
	}
	return l, nil
}

// findInputs finds the columns of each wanted input, and returns those that have none.
func (l *layout) findInputs(o Options) (lacking []Want, taken map[int]bool, err error) {
	taken = map[int]bool{}
	target := slices.IndexFunc(o.Want, func(w Want) bool { return !w.Known && !w.PerSeries })
	for i, w := range o.Want {
		said, mapped := w, o.Names[w.Name]
		if mapped == nil && i == target && o.Target != "" {
			said.Name, mapped = "--target", []string{o.Target}
		}
		columns, err := l.find(said, mapped)
		if err == nil && columns == nil && i == target && w.Rows == 1 && !wanted("y", o.Want) {
			columns, err = l.find(Want{Name: "y", Rows: 1}, nil)
		}
		if err != nil {
			return nil, nil, err
		}
		if columns == nil {
			lacking = append(lacking, w)
		}
		for _, j := range columns {
			taken[j] = true
		}
		l.inputs = append(l.inputs, place{w, columns})
	}
	return lacking, taken, nil
}

// notTimes leaves a column alone that has the name of a column of times, and other things in it.
func (l *layout) notTimes(src source) {
	if l.time < 0 || l.said {
		return
	}
	if _, _, wrong := src.time(l.time); wrong != "" {
		l.doubts = append(l.doubts, fmt.Sprintf("column %s isn't read as times: %s", l.header[l.time], wrong))
		l.time = -1
	}
}

// noteLong says what is read of a long table, by which columns.
func (l *layout) noteLong() {
	var parts []string
	for _, in := range l.inputs {
		var from []string
		for _, j := range in.columns {
			from = append(from, l.header[j])
		}
		if text := list(from); text != in.Name && text != "" {
			parts = append(parts, in.Name+" from "+text)
		} else {
			parts = append(parts, in.Name)
		}
	}
	note := "a row is a time: " + strings.Join(parts, ", ")
	if l.id >= 0 {
		note += "; series by " + l.header[l.id]
	}
	if l.time >= 0 {
		note += "; times in " + l.header[l.time]
	}
	l.notes = append(l.notes, note)
}

// isByRow says whether each row is a series: first its name, then its values.
func (l *layout) isByRow(src source) bool {
	if len(l.header) < 2 || l.id > 0 {
		return false
	}
	rest := l.header[1:]
	ragged := len(rest) == 1 && (strings.EqualFold(rest[0], "values") || src.width() > len(l.header))
	if !ragged && !counted(rest) && !timed(rest) {
		return false
	}
	return l.id == 0 || !isData(src.word(0)) && len(src.word(0)) > 0
}

// counted says whether names are a word with numbers that count on: V2, V3, …, or 1, 2, …, or years.
func counted(header []string) bool {
	word := strings.TrimRight(header[0], "0123456789")
	first, err := strconv.Atoi(header[0][len(word):])
	if err != nil || word == "" && first > 2 && first < 1500 {
		return false
	}
	for i, name := range header {
		if name != word+strconv.Itoa(first+i) {
			return false
		}
	}
	return true
}

// timed says whether names are times, and not mere numbers.
func timed(header []string) bool {
	for _, name := range header {
		if _, w, wrong := parseTime([]byte(name)); wrong != "" || w.form == counts {
			return false
		}
	}
	return true
}

// neither is the error of a file that has no known layout.
func (l *layout) neither(want, lacking []Want) error {
	lacks := strings.Join(wantNames(lacking), ", ")
	help := fmt.Sprintf("say which column it is: --name %s=%s", lacking[0].Name, suggestion(lacking[0].Name, l.header))
	msg := fmt.Sprintf("no column for %s: the cell reads %s, the file has %s", lacks, strings.Join(wantNames(want), ", "), list(l.header))
	return &Error{File: l.file, Line: 1, Msg: msg, Help: help}
}

// tooWide refuses a row that has cells beyond the last column.
func (l *layout) tooWide(src source) error {
	for j := len(l.header); j < src.width(); j++ {
		if len(src.word(j)) > 0 {
			return src.fault(j, fmt.Sprintf("%d cells, but the header has %d", src.width(), len(l.header)),
				"each line is one time; a decimal has a point, or cells are separated by ;, and a cell that holds the separator is quoted")
		}
	}
	return nil
}
