package parquet

import (
	"math"
	"math/big"
	"strconv"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"

	"unroll/data"
)

// builder makes a column of the values of a Parquet column.
type builder struct {
	column data.Column
	kind   kind
	unit   time.Duration // of timestamps
	scale  int           // digits of decimals behind the point
	ints   []int64       // whole numbers and their holes, until it's known that float64 has them all
	holes  []bool
	texts  map[string]string // each text once: the same ids stand on many rows
}

// kind is what the values of a column are.
type kind int

const (
	words kind = iota
	floats
	integers
	unsigned
	decimals
	timestamps
	days
)

func newBuilder(name string, node parquet.Node) *builder {
	b := &builder{column: data.Column{Name: name}, texts: map[string]string{}}
	physical := node.Type().Kind()
	switch physical {
	case parquet.Boolean, parquet.Int32, parquet.Int64:
		b.kind = integers
	case parquet.Float, parquet.Double:
		b.kind = floats
	case parquet.Int96:
		b.kind = timestamps
	}
	logical := node.Type().LogicalType()
	if logical == nil {
		return b
	}
	switch l := logical.Value.(type) {
	case *format.TimestampType:
		b.kind, b.unit = timestamps, l.Unit.Value.Duration()
	case *format.DateType:
		b.kind = days
	case *format.DecimalType:
		b.kind, b.scale = decimals, int(l.Scale)
	case *format.IntType:
		if !l.IsSigned {
			b.kind = unsigned
		}
	}
	return b
}

// add takes in the next value.
func (b *builder) add(v parquet.Value) {
	switch b.kind {
	case floats:
		b.column.Numbers = append(b.column.Numbers, asFloat(v))
	case integers, unsigned:
		b.ints = append(b.ints, b.whole(v))
		b.holes = append(b.holes, v.IsNull())
	case timestamps, days:
		b.column.Times = append(b.column.Times, b.time(v))
	case decimals:
		b.column.Words = append(b.column.Words, b.decimal(v))
	default:
		b.column.Words = append(b.column.Words, b.text(v))
	}
}

func asFloat(v parquet.Value) float64 {
	switch {
	case v.IsNull():
		return math.NaN()
	case v.Kind() == parquet.Float:
		// The shortest decimal is what was meant: 0.1, and not 0.10000000149011612.
		f, _ := strconv.ParseFloat(strconv.FormatFloat(float64(v.Float()), 'g', -1, 32), 64)
		return f
	}
	return v.Double()
}

// whole is a boolean or a whole number.
func (b *builder) whole(v parquet.Value) int64 {
	switch {
	case v.IsNull():
		return 0
	case v.Kind() == parquet.Boolean:
		if v.Boolean() {
			return 1
		}
		return 0
	case v.Kind() == parquet.Int64:
		return v.Int64()
	case b.kind == unsigned:
		return int64(v.Uint32())
	}
	return int64(v.Int32())
}

// time is a timestamp or a day.
func (b *builder) time(v parquet.Value) time.Time {
	switch {
	case v.IsNull():
		return time.Time{}
	case v.Kind() == parquet.Int96:
		i := v.Int96() // nanoseconds of the day, and the Julian day
		return time.Unix((int64(i[2])-2440588)*86400, int64(uint64(i[1])<<32|uint64(i[0]))).UTC()
	case b.kind == days:
		return time.Unix(int64(v.Int32())*86400, 0).UTC()
	}
	per := int64(time.Second / b.unit)
	n := v.Int64()
	return time.Unix(n/per, n%per*int64(b.unit)).UTC()
}

// decimal is a number of the column's scale, written out.
func (b *builder) decimal(v parquet.Value) string {
	n := new(big.Int)
	switch {
	case v.IsNull():
		return ""
	case v.Kind() == parquet.Int32:
		n.SetInt64(int64(v.Int32()))
	case v.Kind() == parquet.Int64:
		n.SetInt64(v.Int64())
	default:
		bytes := v.ByteArray() // two's complement, the highest byte first
		n.SetBytes(bytes)
		if len(bytes) > 0 && bytes[0] >= 0x80 {
			n.Sub(n, new(big.Int).Lsh(big.NewInt(1), uint(8*len(bytes))))
		}
	}
	return n.String() + "e-" + strconv.Itoa(b.scale)
}

func (b *builder) text(v parquet.Value) string {
	if v.IsNull() {
		return ""
	}
	bytes := v.ByteArray()
	if s, ok := b.texts[string(bytes)]; ok {
		return s
	}
	s := string(bytes)
	b.texts[s] = s
	return s
}

// built is the column. Whole numbers that float64 can't hold, as some ids are, become words.
func (b *builder) built() data.Column {
	const exact = 1 << 53
	large := false
	for _, n := range b.ints {
		large = large || n > exact || n < -exact
	}
	for i, n := range b.ints {
		switch {
		case large && b.holes[i]:
			b.column.Words = append(b.column.Words, "")
		case large && b.kind == unsigned:
			b.column.Words = append(b.column.Words, strconv.FormatUint(uint64(n), 10))
		case large:
			b.column.Words = append(b.column.Words, strconv.FormatInt(n, 10))
		case b.holes[i]:
			b.column.Numbers = append(b.column.Numbers, math.NaN())
		default:
			b.column.Numbers = append(b.column.Numbers, float64(n))
		}
	}
	return b.column
}
