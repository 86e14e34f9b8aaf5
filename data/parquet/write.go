package parquet

import (
	"cmp"
	"io"
	"math"
	"slices"

	"github.com/parquet-go/parquet-go"

	"unroll/data"
)

// Write writes columns of one length as a Parquet file.
func Write(w io.Writer, columns []data.Column) error {
	out := parquet.NewWriter(w, schema(columns), parquet.Compression(&parquet.Snappy))
	rows := make([]parquet.Row, 0, 1024)
	for i := range columns[0].Len() {
		row := make(parquet.Row, len(columns))
		for j := range columns {
			row[j] = value(&columns[j], i, j)
		}
		if rows = append(rows, row); len(rows) == cap(rows) {
			if _, err := out.WriteRows(rows); err != nil {
				return err
			}
			rows = rows[:0]
		}
	}
	if _, err := out.WriteRows(rows); err != nil {
		return err
	}
	return out.Close()
}

// value is cell i of column j.
func value(c *data.Column, i, j int) parquet.Value {
	var v parquet.Value // null
	switch {
	case c.Times == nil && c.Words != nil && c.Words[i] != "":
		v = parquet.ByteArrayValue([]byte(c.Words[i]))
	case c.Numbers != nil && !math.IsNaN(c.Numbers[i]):
		v = parquet.DoubleValue(c.Numbers[i])
	case c.Times != nil && !c.Times[i].IsZero():
		v = parquet.Int64Value(c.Times[i].UnixMilli())
	default:
		return v.Level(0, 0, j)
	}
	return v.Level(0, 1, j)
}

// ordered is a group whose fields keep the order of the columns; a parquet.Group sorts them by name.
type ordered struct {
	parquet.Group
	at map[string]int
}

// Fields are the columns.
func (o ordered) Fields() []parquet.Field {
	fields := o.Group.Fields()
	slices.SortFunc(fields, func(a, b parquet.Field) int { return cmp.Compare(o.at[a.Name()], o.at[b.Name()]) })
	return fields
}

func schema(columns []data.Column) *parquet.Schema {
	o := ordered{parquet.Group{}, map[string]int{}}
	for j := range columns {
		node := parquet.String()
		switch c := &columns[j]; {
		case c.Numbers != nil:
			node = parquet.Leaf(parquet.DoubleType)
		case c.Times != nil:
			node = parquet.Timestamp(parquet.Millisecond)
		}
		o.Group[columns[j].Name], o.at[columns[j].Name] = parquet.Optional(node), j
	}
	return parquet.NewSchema("table", o)
}
