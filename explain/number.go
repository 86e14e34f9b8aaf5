package explain

import (
	"math"
	"math/big"
	"strconv"
	"strings"

	"unroll/notation"
	"unroll/series"
)

// form is how the numbers of one line are written: all in one way, so that they can be compared.
type form int

const (
	decimals  form = iota // exact numbers whose decimals end within the digits wanted
	fractions             // exact numbers
	rounded               // at least one isn't exact, or is too long
)

// maxShown is how many entries of a vector, or of either side of a matrix, are written out.
const maxShown = 4

// numbers writes numbers for a reader.
type numbers struct {
	digits int // of what is rounded, and of decimals that stand for a fraction
}

// formOf is the form that fits all of the numbers.
func (w numbers) formOf(all []series.Array) form {
	f := decimals
	for _, a := range all {
		for i := range a.Len() {
			if a.Has(i) {
				f = max(f, w.formOfEntry(a, i))
			}
		}
	}
	return f
}

func (w numbers) formOfEntry(a series.Array, i int) form {
	switch {
	case !a.Exact():
		if _, exact := w.float(a.Float[i]); exact {
			return decimals
		}
		return rounded
	case !series.Short(a.Rat[i]):
		return rounded
	case w.ends(a.Rat[i]):
		return decimals
	}
	return fractions
}

// ends tells whether a fraction's decimals end within the digits wanted.
func (w numbers) ends(r *big.Rat) bool {
	places, exact := r.FloatPrec()
	return exact && places <= w.digits && r.Num().BitLen() <= longest
}

// longest is how many bits a number may have that is written out: about 15 digits.
const longest = 50

// sign is "=" if every entry of a value is shown as it is in a form, and "≈" otherwise.
func (w numbers) sign(a series.Array, f form) string {
	for i := range a.Len() {
		if a.Has(i) && !w.shownExactly(a, i, f) {
			return "≈"
		}
	}
	return "="
}

// signOfAll is "=" if all of the values are shown as they are in a form, and "≈" otherwise.
func (w numbers) signOfAll(all []series.Array, f form) string {
	for _, a := range all {
		if w.sign(a, f) == "≈" {
			return "≈"
		}
	}
	return "="
}

func (w numbers) shownExactly(a series.Array, i int, f form) bool {
	switch {
	case !a.Exact():
		return a.Float[i] == 0
	case f == fractions:
		return series.Short(a.Rat[i])
	case f == rounded && !w.ends(a.Rat[i]):
		shown, err := series.ParseNumber(w.round(a.Rat[i]))
		return err == nil && shown != nil && shown.Cmp(a.Rat[i]) == 0
	}
	return true
}

// write is a value as a formula: a number, a column or a matrix; the first entries of a large one.
func (w numbers) write(a series.Array, f form) notation.Math {
	if a.Len() == 1 {
		return w.entry(a, 0, f)
	}
	var rows [][]notation.Math
	for i := range min(a.R, maxShown) {
		var row []notation.Math
		for j := range min(a.C, maxShown) {
			row = append(row, w.entry(a, i*a.C+j, f))
		}
		if a.C > maxShown {
			row = append(row, dots)
		}
		rows = append(rows, row)
	}
	if a.R > maxShown {
		last := []notation.Math{dots}
		for len(last) < len(rows[0]) {
			last = append(last, dots)
		}
		rows = append(rows, last)
	}
	return notation.Matrix{Rows: rows}
}

var dots = notation.Sign{Text: "…", Kind: notation.Dots}

// entry is one number with its sign.
func (w numbers) entry(a series.Array, i int, f form) notation.Math {
	if !a.Has(i) {
		return notation.Word{Text: "–"}
	}
	if !a.Exact() {
		text, _ := w.float(a.Float[i])
		return signed(text)
	}
	r := a.Rat[i]
	switch {
	case r.IsInt() && series.Short(r):
		return signed(r.RatString())
	case f == decimals || f == rounded && w.ends(r):
		return signed(r.FloatString(w.places(r)))
	case f == fractions && series.Short(r):
		return fraction(r)
	}
	return signed(w.round(r))
}

// places is how many decimals a fraction has whose decimals end.
func (w numbers) places(r *big.Rat) int {
	places, _ := r.FloatPrec()
	return places
}

// fraction is p/q, with its sign in front.
func fraction(r *big.Rat) notation.Math {
	abs := new(big.Rat).Abs(r)
	m := notation.Math(notation.Frac{Above: signed(abs.Num().String()), Below: signed(abs.Denom().String())})
	if r.Sign() < 0 {
		return notation.Neg(m)
	}
	return m
}

// signed is a number as a formula: its digits, the minus before it, and a power of ten behind it.
func signed(text string) notation.Math {
	if rest, ok := strings.CutPrefix(text, "-"); ok {
		return notation.Neg(signed(rest))
	}
	mantissa, exponent, scaled := strings.Cut(text, "e")
	if !scaled {
		return notation.Number{Text: text}
	}
	power := notation.Script{Base: notation.Number{Text: "10"}, Sup: signed(strings.TrimLeft(strings.Replace(exponent, "-0", "-", 1), "+0"))}
	if mantissa == "1" {
		return power
	}
	return notation.Product(notation.Number{Text: mantissa}, power)
}

// float is a float64 with the significant digits wanted, all digits of a whole part, and whether
// that is all of it: a small whole number.
func (w numbers) float(x float64) (text string, exact bool) {
	switch {
	case math.IsInf(x, 1):
		return "∞", true
	case math.IsInf(x, -1):
		return "-∞", true
	case x == 0:
		return "0", true
	case x == math.Trunc(x) && math.Abs(x) < 1e6:
		return strconv.FormatFloat(x, 'f', -1, 64), true
	}
	size := math.Abs(x)
	if size >= 1e6 || size < 1e-3 {
		return trimmed(strconv.FormatFloat(x, 'e', w.digits-1, 64)), false
	}
	before := int(math.Floor(math.Log10(size))) + 1
	return trimmed(strconv.FormatFloat(x, 'f', max(w.digits-before, 0), 64)), false
}

// trimmed is a decimal without zeros at its end.
func trimmed(text string) string {
	mantissa, exponent, scaled := strings.Cut(text, "e")
	if strings.Contains(mantissa, ".") {
		mantissa = strings.TrimRight(strings.TrimRight(mantissa, "0"), ".")
	}
	if scaled {
		return mantissa + "e" + exponent
	}
	return mantissa
}

// round is an exact number with the significant digits wanted, however long it is.
func (w numbers) round(r *big.Rat) string {
	x, _ := r.Float64()
	if r.Sign() != 0 && (x == 0 || math.IsInf(x, 0)) {
		return trimmed(new(big.Float).SetPrec(128).SetRat(r).Text('e', w.digits-1))
	}
	text, _ := w.float(x)
	return text
}
