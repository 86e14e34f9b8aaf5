package series

import (
	"math"
	"math/big"
	"strconv"
	"strings"
)

const (
	shownDigits  = 9 // of a numerator or denominator that is still shown as a fraction
	inexactPlace = 6 // significant digits of what is not
)

// absent is how text shows a number that is missing or undefined.
const absent = "–"

// JSON is the array as encoding/json writes it: an exact number a string "p/q" or "p", whole
// however long; an inexact one a JSON number; a missing, NaN or infinite one null. A scalar stands
// bare, a vector is a list, a row or matrix a list of its rows.
func (a Array) JSON() any {
	return nest(a, func(i int) any {
		switch {
		case !a.Has(i):
			return nil
		case a.Exact():
			return a.Rat[i].RatString()
		case math.IsInf(a.Float[i], 0):
			return nil
		}
		return a.Float[i]
	})
}

// nest arranges the entries as JSON and String do.
func nest(a Array, entry func(i int) any) any {
	if a.R == 1 && a.C == 1 {
		return entry(0)
	}
	rows := make([]any, a.R)
	for i := range rows {
		if a.C == 1 {
			rows[i] = entry(i)
			continue
		}
		row := make([]any, a.C)
		for j := range row {
			row[j] = entry(i*a.C + j)
		}
		rows[i] = row
	}
	return rows
}

// String is the array for a reader: a scalar 3/16, a vector [1, 2], a row [[1, 2]], a matrix
// [[1, 2], [3, 4]]. A fraction is written while its numerator and denominator have at most 9
// digits; what is longer, or inexact, has 6 significant digits, and what is missing is a dash.
func (a Array) String() string {
	var b strings.Builder
	write(&b, nest(a, func(i int) any { return a.entryText(i) }))
	return b.String()
}

func write(b *strings.Builder, v any) {
	list, ok := v.([]any)
	if !ok {
		b.WriteString(v.(string))
		return
	}
	b.WriteByte('[')
	for i, item := range list {
		if i > 0 {
			b.WriteString(", ")
		}
		write(b, item)
	}
	b.WriteByte(']')
}

// Relation is String with the sign that belongs before it: "= 3/16" if every entry is shown
// exactly, "≈ 0.761594" otherwise. A scalar fraction whose decimals end within 9 digits is
// followed by them: "= 1497/256 = 5.84765625".
func (a Array) Relation() string {
	for i := range a.Len() {
		if a.Has(i) && (!a.Exact() || !Short(a.Rat[i])) {
			return "≈ " + a.String()
		}
	}
	if a.Len() == 1 && a.Has(0) && !a.Rat[0].IsInt() {
		if decimal, ok := ShortDecimal(a.Rat[0]); ok {
			return "= " + a.String() + " = " + decimal
		}
	}
	return "= " + a.String()
}

func (a Array) entryText(i int) string {
	switch {
	case !a.Has(i):
		return absent
	case !a.Exact():
		return FormatFloat(a.Float[i])
	case Short(a.Rat[i]):
		return a.Rat[i].RatString()
	}
	return Approx(a.Rat[i])
}

// FormatFloat writes f with 6 significant digits; a NaN is a dash, −0 is 0.
func FormatFloat(f float64) string {
	switch {
	case math.IsNaN(f):
		return absent
	case math.IsInf(f, 1):
		return "∞"
	case math.IsInf(f, -1):
		return "-∞"
	case f == 0:
		return "0"
	}
	return strconv.FormatFloat(f, 'g', inexactPlace, 64)
}

// Short says whether r is shown as a fraction: numerator and denominator of at most 9 digits.
func Short(r *big.Rat) bool {
	return fewDigits(r.Num(), shownDigits) && fewDigits(r.Denom(), shownDigits)
}

func fewDigits(n *big.Int, digits int) bool {
	// A number of at most 9 digits has at most 30 bits; the test spares writing out a huge one.
	return n.BitLen() <= 30 && len(new(big.Int).Abs(n).String()) <= digits
}

// Approx writes r with 6 significant digits, whatever its size.
func Approx(r *big.Rat) string {
	if r.Sign() == 0 {
		return "0"
	}
	return new(big.Float).SetPrec(128).SetRat(r).Text('g', inexactPlace)
}

// ShortDecimal writes r as a decimal if its digits end: at most 9 significant ones.
func ShortDecimal(r *big.Rat) (string, bool) {
	if !Short(r) {
		return "", false
	}
	places, exact := r.FloatPrec()
	if !exact || places > 2*shownDigits {
		return "", false
	}
	s := r.FloatString(places)
	if len(strings.TrimLeft(strings.ReplaceAll(s, ".", ""), "-0")) > shownDigits {
		return "", false
	}
	return s, true
}
