package notation

import (
	"errors"
	"math/big"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"unroll/lang"
	"unroll/op"
)

// randomExpr draws an expression of numbers; its nodes may stand anywhere, so that brackets are up to
// who prints it.
func randomExpr(t *rapid.T, depth int) lang.Expr {
	if depth == 0 || rapid.IntRange(0, 5).Draw(t, "leaf") == 0 {
		text := rapid.SampledFrom([]string{"1", "2", "3", "0.5", "7", "12", "1e-1"}).Draw(t, "number")
		val, _ := new(big.Rat).SetString(text)
		return &lang.Num{Text: text, Val: val}
	}
	sub := func() lang.Expr { return randomExpr(t, depth-1) }
	switch o := rapid.SampledFrom(strings.Fields("neg + - * * .* .* / / / mod ^ < == max where")).Draw(t, "op"); o {
	case "neg":
		return &lang.Unary{X: sub()}
	case "max":
		return &lang.Call{Fn: o, Args: []lang.Expr{sub(), sub()}}
	case "where":
		return &lang.Call{Fn: o, Args: []lang.Expr{sub(), sub(), sub()}}
	case "^":
		n := rapid.SampledFrom([]int64{-1, 0, 1, 2, 3}).Draw(t, "power")
		var exponent lang.Expr = &lang.Num{Val: big.NewRat(max(n, -n), 1)}
		if n < 0 {
			exponent = &lang.Unary{X: exponent}
		}
		return &lang.Binary{Op: o, X: sub(), Y: exponent}
	default:
		return &lang.Binary{Op: o, X: sub(), Y: sub()}
	}
}

var errUndefined = errors.New("undefined")

var standard = op.Standard()

// value is what an expression of numbers is. A list of one number is that number: [a > b] on paper is
// the comparison.
func value(e lang.Expr) (*big.Rat, error) {
	var in []*big.Rat
	for _, part := range lang.Parts(e) {
		v, err := value(part)
		if err != nil {
			return nil, err
		}
		in = append(in, v)
	}
	name := ""
	switch e := e.(type) {
	case *lang.Num:
		return e.Val, nil
	case *lang.Paren, *lang.List:
		return in[0], nil
	case *lang.Unary:
		return new(big.Rat).Neg(in[0]), nil
	case *lang.Call:
		name = e.Fn
	case *lang.Binary:
		name = e.Op
		if name == "*" {
			name = ".*"
		}
	}
	v := standard.Lookup(name, len(in)).Exact(in)
	if v == nil || v.Num().BitLen()+v.Denom().BitLen() > 2000 {
		return nil, errUndefined
	}
	return v, nil
}

// above are whole numbers that stand above.
var above = regexp.MustCompile("⁻?[" + raised + "]+")

// typed is a text of paper as it is typed: powers are written with ^, equality with ==.
func typed(text string) string {
	text = above.ReplaceAllStringFunc(text, func(digits string) string {
		for i, r := range []rune(raised) {
			digits = strings.ReplaceAll(digits, string(r), string(rune('0'+i)))
		}
		return "^(" + strings.ReplaceAll(digits, "⁻", "-") + ")"
	})
	return strings.NewReplacer("^{", "^(", "}", ")", " = ", " == ").Replace(text)
}

// A formula of numbers reads as the language, and means there what it did.
func TestTextIsReadByTheLanguage(t *testing.T) {
	table := standard
	rapid.Check(t, func(t *rapid.T) {
		e := randomExpr(t, 3)
		want, err := value(e)
		if err != nil {
			t.Skip(err)
		}
		text := Text(Expr(e, table, nil))
		again, err := lang.ParseExpr(&lang.Source{Text: typed(text)})
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		if got, err := value(again); err != nil || got.Cmp(want) != 0 {
			t.Fatalf("%s is %v, and %s is read as %s: %v, %v", lang.PrintExpr(e), want, text, lang.PrintExpr(again), got, err)
		}
	})
}

// What TeX writes of it means the same, too.
func TestTeXOfNumbers(t *testing.T) {
	table := standard
	rapid.Check(t, func(t *rapid.T) {
		m := Expr(randomExpr(t, 3), table, nil)
		again, err := Parse(TeX(m))
		if err != nil || Text(again) != Text(m) {
			t.Fatalf("%s is written %s and read as %s: %v", Text(m), TeX(m), Text(again), err)
		}
	})
}
