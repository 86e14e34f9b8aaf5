package notation

import (
	"encoding/xml"
	"io"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

var (
	someNames    = []string{"a", "h", "x", "W", "t", "n", "α", "σ", "Γ", "ε", "relu", "tanh", "log", "logits", "hard_sigmoid"}
	someBrackets = []string{"()", "[]", "||", "‖‖", "⌊⌋", "⌈⌉", "{}", "( ", " )"}
)

// randomMath draws a formula of any form, also of such as nobody writes.
func randomMath(t *rapid.T, depth int) Math {
	most := 14
	if depth == 0 {
		most = 4
	}
	sub := func() Math { return randomMath(t, depth-1) }
	opt := func() Math {
		if rapid.Bool().Draw(t, "there") {
			return sub()
		}
		return nil
	}
	switch rapid.IntRange(0, most).Draw(t, "kind") {
	default:
		return Ident{rapid.SampledFrom(someNames).Draw(t, "name"), rapid.SampledFrom([]Style{Usual, Usual, Bold}).Draw(t, "style")}
	case 1:
		return Number{rapid.SampledFrom([]string{"0", "3", "10", "0.375"}).Draw(t, "number")}
	case 2:
		return Accent{Ident{Name: rapid.SampledFrom([]string{"y", "x", "α"}).Draw(t, "letter")}, Mark(rapid.IntRange(0, 3).Draw(t, "mark"))}
	case 3:
		return Word{rapid.SampledFrom([]string{"if", "backward", "–"}).Draw(t, "word")}
	case 4:
		return Hole(rapid.IntRange(1, 12).Draw(t, "hole"))
	case 5, 6, 7:
		return randomRow(t, depth-1)
	case 8:
		return Script{sub(), opt(), opt()}
	case 9:
		return Frac{sub(), sub()}
	case 10:
		return Root{sub()}
	case 11:
		b := []rune(rapid.SampledFrom(someBrackets).Draw(t, "brackets"))
		return Fenced{strings.TrimSpace(string(b[0])), strings.TrimSpace(string(b[1])), sub()}
	case 12:
		return Matrix{[][]Math{{sub()}, {sub()}}}
	case 13:
		return Cases{[]Case{{sub(), sub()}, {sub(), sub()}}}
	case 14:
		return Big{rapid.SampledFrom([]string{"∑", "∏"}).Draw(t, "sign"), opt(), opt(), sub()}
	}
}

// randomRow draws operands with signs between them, or none.
func randomRow(t *rapid.T, depth int) Row {
	var out Row
	for i := range rapid.IntRange(1, 4).Draw(t, "operands") {
		s := signs[rapid.IntRange(0, len(signs)-1).Draw(t, "sign")]
		if rapid.IntRange(0, 2).Draw(t, "joined") > 0 && i > 0 {
			out = append(out, Sign{s.text, s.kind})
		}
		switch rapid.IntRange(0, 5).Draw(t, "prefix") {
		case 0:
			out = append(out, Sign{"−", Prefix}, Fenced{"(", ")", randomMath(t, max(depth, 0))})
		case 1, 2:
			s := rapid.SampledFrom([]string{"−", "∂", "δ"}).Draw(t, "sign")
			out = append(out, Sign{s, Prefix}, Ident{Name: rapid.SampledFrom(someNames).Draw(t, "changed")})
		default:
			x := randomMath(t, max(depth, 0))
			switch sole(x).(type) {
			case Cases, Word:
				x = Bracket(x)
			}
			out = append(out, x)
		}
	}
	return out
}

// What TeX writes is read as the same formula.
func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := randomMath(t, 3)
		if rapid.IntRange(0, 9).Draw(t, "goes on") == 0 {
			m = Row{Sign{"+", Binary}, m} // the line before
		}
		tex := TeX(m)
		again, err := Parse(tex)
		if err != nil {
			t.Fatalf("%#v\n%s\n%v", m, tex, err)
		}
		if TeX(again) != tex {
			t.Fatalf("%#v\nTeX %s\nand %s", m, tex, TeX(again))
		}
		if Text(again) != Text(m) {
			t.Fatalf("%#v\n%s\ntext %s\nand  %s", m, tex, Text(m), Text(again))
		}
	})
}

// core are the elements that MathML writes, all of MathML Core.
var core = strings.Fields("math mi mn mo mtext mspace mrow mfrac msqrt msub msup msubsup munder mover munderover mtable mtr mtd")

// MathML is XML, whatever is in it.
func TestMathMLIsXML(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := randomMath(t, 3)
		d := xml.NewDecoder(strings.NewReader("<math>" + MathML(m) + "</math>"))
		for {
			token, err := d.Token()
			if err == io.EOF {
				break
			} else if err != nil {
				t.Fatalf("%v: %s", err, MathML(m))
			}
			if e, ok := token.(xml.StartElement); ok && !slices.Contains(core, e.Name.Local) {
				t.Fatalf("%s isn't in MathML Core, or not used: %s", e.Name.Local, MathML(m))
			}
		}
	})
}

// Whatever is read, reading ends, with an error if it isn't TeX.
func TestParseEnds(t *testing.T) {
	pieces := rapid.SampledFrom([]string{`\frac`, "{", "}", "(", ")", "^", "_", "#", "1", "x", `\left`, `\right`, `\begin{cases}`, `\begin`,
		`\end`, `\end{cases}`, "&", `\\`, `\`, `\sum`, `\,`, ",", "-", `\text`, `\hat`, "é", "|", ".", " ", `\mathbf{`, `\delta`, `\mathrm`, "'"})
	rapid.Check(t, func(t *rapid.T) {
		tex := strings.Join(rapid.SliceOf(pieces).Draw(t, "tex"), "")
		if m, err := Parse(tex); err == nil {
			if _, err := Parse(TeX(m)); err != nil {
				t.Fatalf("%s is read, and %s isn't: %v", tex, TeX(m), err)
			}
		}
	})
}
