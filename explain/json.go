package explain

import (
	"bytes"
	"encoding/json"
	"io"

	"unroll/series"
)

// JSON writes the solution in a form that is a promise: exact numbers are strings `p/q` or `p`,
// inexact ones JSON numbers, undefined, infinite and missing ones null; vectors and matrices are
// nested lists. Names are in file order, steps by series and then by t. A weight or a constant that
// is per series is a list with one entry a series.
func (s *Solution) JSON(w io.Writer) error {
	var b bytes.Buffer
	o := s.object()
	if err := between(&b, "{", ",\n ", "}\n", len(o), func(i int) error { return o[i].write(&b) }); err != nil {
		return err
	}
	_, err := w.Write(b.Bytes())
	return err
}

// object is the whole in the order in which it is written.
func (s *Solution) object() object {
	o := object{{"cell", s.Cell}, {"feed", s.Feed}, {"feedback", s.Feedback}, {"reduce", s.Reduce}}
	if len(s.Constants) > 0 {
		o = append(o, field{"constants", valuesJSON(s.Constants)})
	}
	o = append(o, field{"steps", stepsJSON(s.Steps, true)})
	if len(s.PerSeries) > 0 {
		o = append(o, field{"series", perSeriesJSON(s.PerSeries)})
	}
	if s.Loss == nil {
		return append(o, field{"loss", nil})
	}
	return append(o, field{"loss", s.Loss.JSON()}, field{"gradient", valuesJSON(s.Gradient)},
		field{"adjoints", stepsJSON(s.Adjoints, false)},
		field{"rate", s.Rate.RatString()}, field{"updated", valuesJSON(s.Updated)})
}

func valuesJSON(all []Value) object {
	o := object{}
	for _, v := range all {
		var x any = v.All[0].JSON()
		if v.PerSeries {
			x = listJSON(v.All)
		}
		o = append(o, field{v.Name, x})
	}
	return o
}

func listJSON(all []series.Array) []any {
	list := make([]any, len(all))
	for i, a := range all {
		list[i] = a.JSON()
	}
	return list
}

func stepsJSON(steps []Step, forward bool) rows {
	list := rows{}
	for _, s := range steps {
		o := object{{"series", s.Series}, {"t", s.T}, {"values", entriesJSON(s.Values)}}
		if forward {
			o = append(o, field{"observed", entriesJSON(s.Observed)}, field{"scores", entriesJSON(s.Scores)})
		}
		list = append(list, o)
	}
	return list
}

func perSeriesJSON(steps []Step) rows {
	list := rows{}
	for _, s := range steps {
		list = append(list, object{{"series", s.Series}, {"observed", entriesJSON(s.Observed)}, {"scores", entriesJSON(s.Scores)}})
	}
	return list
}

func entriesJSON(all []Entry) object {
	o := object{}
	for _, e := range all {
		o = append(o, field{e.Name, e.Value.JSON()})
	}
	return o
}

// object is a JSON object whose keys keep their order, which a map's don't.
type object []field

type field struct {
	key   string
	value any
}

// rows is a list that is written one entry a line.
type rows []any

func (f field) write(b *bytes.Buffer) error {
	if err := write(b, f.key); err != nil {
		return err
	}
	b.WriteString(": ")
	return write(b, f.value)
}

// write writes a value: objects in their order, lists, and what encoding/json makes of the rest.
func write(b *bytes.Buffer, v any) error {
	switch v := v.(type) {
	case object:
		return between(b, "{", ", ", "}", len(v), func(i int) error { return v[i].write(b) })
	case rows:
		return between(b, "[", ",\n  ", "]", len(v), func(i int) error { return write(b, v[i]) })
	case []any:
		return between(b, "[", ", ", "]", len(v), func(i int) error { return write(b, v[i]) })
	}
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false) // nobody puts this into a page as it is
	if err := e.Encode(v); err != nil {
		return err
	}
	b.Truncate(b.Len() - 1) // Encode ends in a newline
	return nil
}

func between(b *bytes.Buffer, open, comma, end string, n int, item func(i int) error) error {
	b.WriteString(open)
	for i := range n {
		if i > 0 {
			b.WriteString(comma)
		}
		if err := item(i); err != nil {
			return err
		}
	}
	b.WriteString(end)
	return nil
}
