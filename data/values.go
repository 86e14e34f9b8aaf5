package data

import (
	"fmt"
	"math/big"
	"strings"

	"unroll/series"
)

// parseInline reads the values of one input: series separated by `;`, times by `,`.
func parseInline(w Want, text string) (inline, error) {
	p := valueParser{want: w, rows: w.Rows}
	var items [][][]*big.Rat // by series and time; nil: missing, of a length not known yet
	for s, part := range splitOutside(text, ';') {
		one, err := p.times(part)
		if err != nil {
			err.File, err.Msg = where(w.Name), fmt.Sprintf("series %d: %s", s+1, err.Msg)
			return inline{}, err
		}
		items = append(items, one)
	}
	if p.rows == 0 {
		return inline{}, &Error{File: where(w.Name), Msg: "the length of " + w.Name + " can't be told: all its values are missing", Help: "write them as in " + w.Name + "=[,],[,]"}
	}
	in := inline{Want: w}
	for _, one := range items {
		in.values = append(in.values, arrays(one, p.rows))
	}
	return in, nil
}

// arrays makes columns of the times' entries.
func arrays(times [][]*big.Rat, rows int) []series.Array {
	out := make([]series.Array, len(times))
	for t, entries := range times {
		if entries == nil {
			out[t] = series.Missing(rows, 1)
		} else {
			out[t] = series.Rats(rows, 1, entries)
		}
	}
	return out
}

// valueParser reads the values of one input.
type valueParser struct {
	want Want
	rows int // of a time; 0 until known
}

// times reads one series.
func (p *valueParser) times(text string) ([][]*big.Rat, *Error) {
	if strings.TrimSpace(text) == "" {
		return nil, &Error{Msg: p.want.Name + " has no values", Help: "write them as in " + p.want.Name + "=" + sample(p.want) + ", a missing one as NaN"}
	}
	var out [][]*big.Rat
	for i, item := range splitOutside(text, ',') {
		entries, err := p.value(strings.TrimSpace(item))
		if err != nil {
			err.Msg = fmt.Sprintf("value %d: %s", i+1, err.Msg)
			return nil, err
		}
		out = append(out, entries)
	}
	if p.want.PerSeries && len(out) != 1 {
		return nil, &Error{Msg: fmt.Sprintf("%s has %d values, but is one a series", p.want.Name, len(out)), Help: "separate series by ;"}
	}
	return out, nil
}

// value reads one time: a number, or numbers in square brackets; nil if a vector is missing whole.
func (p *valueParser) value(item string) ([]*big.Rat, *Error) {
	inner, bracketed := item, false
	if strings.HasPrefix(item, "[") {
		if inner, bracketed = strings.CutSuffix(item[1:], "]"); !bracketed {
			return nil, &Error{Msg: fmt.Sprintf("%s has no closing bracket", quote(item)), Help: "write a vector as in [1, 2]"}
		}
	}
	parts := strings.Split(inner, ",")
	if !bracketed && p.want.Rows != 1 {
		if missing(item) {
			return nil, nil
		}
		return nil, &Error{Msg: fmt.Sprintf("%s is not a vector", quote(item)), Help: "put the entries of each time in brackets, as in " + p.want.Name + "=" + sample(p.want)}
	}
	if p.rows == 0 {
		p.rows = len(parts)
	}
	if len(parts) != p.rows {
		return nil, &Error{Msg: fmt.Sprintf("%s has %s, expected %d%s", quote(item), count(len(parts), "entry", "entries"), p.rows, p.want.by())}
	}
	return p.numbers(parts)
}

func missing(text string) bool {
	v, err := series.ParseNumber(text)
	return v == nil && err == nil
}

func (p *valueParser) numbers(parts []string) ([]*big.Rat, *Error) {
	out := make([]*big.Rat, len(parts))
	for i, part := range parts {
		v, err := series.ParseNumber(part)
		if err != nil {
			return nil, &Error{Msg: err.Error()}
		}
		if wrong := p.want.refuses(exactly(v)); wrong != "" {
			return nil, &Error{Msg: quote(strings.TrimSpace(part)) + " " + wrong}
		}
		out[i] = v
	}
	return out, nil
}

// quote quotes text, or its beginning if it is long.
func quote(text string) string {
	const most = 40
	if len(text) > most {
		text = strings.ToValidUTF8(text[:most], "") + "…"
	}
	return fmt.Sprintf("%q", text)
}

// splitOutside splits text at each sep that is not within square brackets.
func splitOutside(text string, sep byte) []string {
	var parts []string
	depth, begin := 0, 0
	for i := range len(text) {
		switch {
		case text[i] == '[':
			depth++
		case text[i] == ']':
			depth--
		case text[i] == sep && depth == 0:
			parts, begin = append(parts, text[begin:i]), i+1
		}
	}
	return append(parts, text[begin:])
}
