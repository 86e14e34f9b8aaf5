package notation

import (
	"math/big"
	"slices"
	"strconv"
	"strings"
)

// Sum is the sum of the terms, in brackets where they need them. A term that begins with a minus is
// taken away: a − b. The sum of nothing is 0.
func Sum(terms ...Math) Math {
	var out Row
	for i, t := range terms {
		t = place{least: summed}.set(t)
		if i > 0 && !beginsWithMinus(t) {
			out = append(out, Sign{"+", Binary})
		}
		out = flat(out, Row(pieces(t)))
	}
	return row(out, Int(0))
}

// Product is the product of the factors with a dot between them, in brackets where they need them. A
// negative factor that isn't the first is put in brackets: 0.5·(−2). The product of nothing is 1.
func Product(factors ...Math) Math {
	var out Row
	for i, f := range factors {
		if i > 0 {
			out = append(out, Sign{"·", Binary})
		}
		out = flat(out, place{least: multiplied, inside: i > 0, last: i == len(factors)-1}.set(f))
	}
	return row(out, Int(1))
}

// row is the pieces as one formula, or what stands for none.
func row(out Row, none Math) Math {
	switch flatOut := pieces(out); len(flatOut) {
	case 0:
		return none
	case 1:
		return flatOut[0]
	default:
		return Row(flatOut)
	}
}

// Neg is −m.
func Neg(m Math) Math { return Fill(Row{Sign{"−", Prefix}, Hole(1)}, m) }

// Call is a function with its arguments, or a cell: f(a, b).
func Call(f Math, args ...Math) Math { return Row{f, Bracket(commas(args))} }

// commas are the items with commas between them.
func commas(items []Math) Math {
	var out Row
	for i, x := range items {
		if i > 0 {
			out = append(out, Sign{",", Comma})
		}
		out = append(out, place{least: related}.set(x))
	}
	return row(out, Row{})
}

// Int is a whole number.
func Int(n int) Math { return Decimal(strconv.Itoa(n)) }

// Decimal is a number as it is written in Go: "-0.375", "1e-05", "-7/64", "NaN". An exponent becomes a
// power of ten; the digits stay.
func Decimal(text string) Math {
	if rest, ok := strings.CutPrefix(text, "-"); ok {
		return Neg(Decimal(rest))
	}
	text = strings.TrimPrefix(text, "+")
	if above, below, ok := strings.Cut(text, "/"); ok {
		return Frac{Number{above}, Number{below}}
	}
	switch text {
	case "Inf":
		return Ident{Name: "∞"}
	case "NaN":
		return Ident{Name: "NaN"}
	}
	digits, exponent, ok := strings.Cut(strings.ToLower(text), "e")
	if !ok {
		return Number{text}
	}
	power := Script{Base: Number{"10"}, Sup: exponentOf(exponent)}
	if digits == "1" {
		return power
	}
	return Product(Number{digits}, power)
}

// exponentOf is the exponent of a number, without the zeros that Go writes before it.
func exponentOf(text string) Math {
	if n, ok := new(big.Int).SetString(strings.TrimPrefix(text, "+"), 10); ok {
		return Decimal(n.String())
	}
	return Number{text}
}

// Time is a time k steps from t: t, t−1, t+2.
func Time(k int) Math {
	switch t := (Ident{Name: "t"}); {
	case k == 0:
		return t
	case k < 0:
		return Row{t, Sign{"−", Binary}, Number{strconv.Itoa(-k)}}
	default:
		return Row{t, Sign{"+", Binary}, Number{strconv.Itoa(k)}}
	}
}

// opposite are the relations of which one holds where the other doesn't.
var opposite = map[string]string{"=": "≠", "≠": "=", "<": "≥", "≥": "<", ">": "≤", "≤": ">"}

// Choice is yes where c holds, and no elsewhere, as cases. A condition is a comparison in square
// brackets, or a number, which holds where it isn't 0.
func Choice(c, yes, no Math) Math {
	holds, fails, ok := comparison(c)
	if !ok {
		c = place{least: remainder}.set(c)
		holds, fails = Row{c, Sign{"≠", Relation}, Int(0)}, Row{c, Sign{"=", Relation}, Int(0)}
	}
	return Cases{[]Case{{yes, holds}, {no, fails}}}
}

// comparison takes [a > b] apart: the comparison, and that of where it fails.
func comparison(c Math) (holds, fails Math, ok bool) {
	f, fenced := c.(Fenced)
	if !fenced || f.Open != "[" {
		return nil, nil, false
	}
	row := pieces(f.X)
	at := -1
	for i, p := range row {
		if s, sign := p.(Sign); sign && s.Kind == Relation && at < 0 && opposite[s.Text] != "" {
			at = i
		}
	}
	if at < 0 {
		return nil, nil, false
	}
	not := slices.Clone(row)
	not[at] = Sign{opposite[row[at].(Sign).Text], Relation}
	return f.X, Row(not), true
}
