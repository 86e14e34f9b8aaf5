package notation

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// Brackets stand where they are needed, and nowhere else.
func TestFill(t *testing.T) {
	args := map[string]string{
		"sum": `b + c`, "difference": `b - c`, "minus": `-b`, "product": `b\cdot c`, "entries": `b \odot c`,
		"fraction": `\frac{b}{c}`, "power": `b^c`, "function": `f(b)`, "remainder": `b \bmod c`, "total": `\sum_k b`, "equal": `b = c`,
	}
	for _, c := range []struct{ template, bracketed string }{
		{`#1 + a`, "remainder equal"},
		{`a + #1`, "minus remainder equal"},
		{`a - #1`, "sum difference minus remainder equal"},
		{`-#1`, "sum difference minus remainder equal"},
		{`#1\cdot a`, "sum difference entries remainder total equal"},
		{`a\cdot #1`, "sum difference minus entries remainder equal"},
		{`a #1`, "sum difference minus entries remainder equal"},
		{`#1 \odot a`, "sum difference remainder total equal"},
		{`a \odot #1`, "sum difference minus remainder equal"},
		{`#1 \bmod a`, "sum difference minus entries remainder total equal"},
		{`a \bmod #1`, "sum difference minus product entries remainder total equal"},
		{`{#1}^2`, "sum difference minus product entries fraction power remainder total equal"},
		{`{#1}^\top`, "sum difference minus product entries fraction power remainder total equal"},
		{`#1_{a}`, "sum difference minus product entries fraction remainder total equal power"},
		{`\partial #1`, "sum difference minus product entries fraction remainder total equal"},
		{`f(#1)`, ""},
		{`f(a, #1)`, ""},
		{`\frac{#1}{a}`, ""},
		{`\frac{a}{#1}`, ""},
		{`\lvert #1 \rvert`, ""},
		{`\sqrt{#1}`, ""},
		{`a^{#1}`, ""},
		{`a_{#1}`, ""},
		{`\begin{bmatrix} #1 \\ a \end{bmatrix}`, ""},
		{`a < #1`, "equal"},
		{`a < #1 + b`, "remainder equal"},
	} {
		template := parsed(t, c.template)
		for kind, tex := range args {
			arg := parsed(t, tex)
			got := TeX(Fill(template, arg))
			with, without := TeX(Fill(template, Bracket(arg))), strings.ReplaceAll(TeX(template), "#1", TeX(arg))
			if needs := strings.Contains(" "+c.bracketed+" ", " "+kind+" "); needs && got != with || !needs && got == with {
				t.Errorf("%s in %s is %s, not %s (brackets: %v)", tex, c.template, got, without, needs)
			}
		}
	}
}

func TestFillLeavesHoles(t *testing.T) {
	m := Fill(parsed(t, `#1 + #2\cdot #1`), parsed(t, `a - b`))
	if got, want := Text(m), "a − b + #2·(a − b)"; got != want {
		t.Errorf("%s, not %s", got, want)
	}
	if got, want := Text(Fill(m, nil, Int(-3))), "a − b + (−3)·(a − b)"; got != want {
		t.Errorf("%s, not %s", got, want)
	}
}

func TestBuild(t *testing.T) {
	a, b, minus, half := Symbol("a"), Symbol("b"), Neg(Symbol("c")), Decimal("1/2")
	for _, c := range []struct {
		m    Math
		want string
	}{
		{Sum(), "0"},
		{Sum(a), "a"},
		{Sum(a, minus, b), "a − c + b"},
		{Sum(minus, a), "−c + a"},
		{Sum(a, Sum(minus, b)), "a − c + b"},
		{Sum(a, Neg(Sum(a, b))), "a − (a + b)"},
		{Sum(a, Int(-2), Decimal("-0.5")), "a − 2 − 0.5"},
		{Sum(Choice(a, a, b), b), "(where(a ≠ 0, a, b)) + b"},
		{Product(), "1"},
		{Product(a), "a"},
		{Product(Decimal("0.5"), Int(-2)), "0.5·(−2)"},
		{Product(Int(-2), Decimal("0.5")), "−2·0.5"},
		{Product(Sum(a, b), Product(a, b), half), "(a + b)·a·b·1/2"},
		{Product(a, Frac{a, b}, Frac{Sum(a, b), b}), "a·(a/b)·((a + b)/b)"},
		{Product(a, Big{Sign: "∑", X: b}), "a·∑ b"},
		{Product(Big{Sign: "∑", X: b}, a), "(∑ b)·a"},
		{Neg(minus), "−(−c)"},
		{Neg(half), "−1/2"},
		{Neg(Product(minus, a)), "−(−c·a)"},
		{Call(Symbol("relu"), Sum(a, b)), "relu(a + b)"},
		{Call(Symbol("f")), "f()"},
		{Call(Symbol("max"), a, minus), "max(a, −c)"},
		{Choice(parsed(t, "[a > b]"), a, b), "where(a > b, a, b)"},
		{Choice(parsed(t, "[a > b]"), Choice(parsed(t, "[a = b]"), a, b), b), "where(a > b, where(a = b, a, b), b)"},
		{Decimal("-7/64"), "−7/64"},
		{Decimal("1e-05"), "10⁻⁵"},
		{Decimal("-1.5e+20"), "−1.5·10²⁰"},
		{Decimal("+Inf"), "∞"},
		{Decimal("-Inf"), "−∞"},
		{Decimal("NaN"), "NaN"},
		{Time(0), "t"},
		{Time(-3), "t − 3"},
		{Time(1), "t + 1"},
		{Frac{Decimal("-7/64"), Sum(a, b)}, "(−7/64)/(a + b)"},
	} {
		if got := Text(c.m); got != c.want {
			t.Errorf("%s, not %s", got, c.want)
		}
	}
	if got, want := TeX(Choice(parsed(t, `[a \le b]`), a, b)), `\begin{cases} a & a \le b \\ b & a > b \end{cases}`; got != want {
		t.Errorf("%s, not %s", got, want)
	}
}

func TestTerms(t *testing.T) {
	for tex, want := range map[string]string{
		`a`:                              "a",
		`a\cdot b - c + d`:               "a·b | − c | + d",
		`-a + b`:                         "−a | + b",
		`(a + b)\cdot c`:                 "(a + b)·c",
		`\operatorname{relu}(a + b - c)`: "relu(a | + b | − c)",
		`d\,\tanh(a + b)`:                "d·tanh(a | + b)",
		`f(a)`:                           "f(a)",
		`\frac{a + b}{c}`:                "(a + b)/c",
		`a = b + c`:                      "a = b | + c",
	} {
		m := parsed(t, tex)
		var got []string
		for _, p := range Terms(m) {
			got = append(got, Text(p))
			if again, err := Parse(TeX(p)); err != nil || Text(again) != Text(p) {
				t.Errorf("%s: a piece is written %s and read as %s: %v", tex, TeX(p), Text(again), err)
			}
		}
		if s := strings.Join(got, " | "); s != want {
			t.Errorf("%s is broken into %s, not %s", tex, s, want)
		}
	}
}

// Broken into terms, a formula loses nothing.
func TestTermsLoseNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := randomMath(t, 3)
		var all []string
		for _, p := range Terms(m) {
			all = append(all, Text(p))
		}
		// The space around a colon depends on what else is in its row.
		got, want := strings.ReplaceAll(strings.Join(all, ""), " ", ""), strings.ReplaceAll(Text(m), " ", "")
		if got != want {
			t.Fatalf("%s is broken into %s", want, got)
		}
	})
}

func TestFaults(t *testing.T) {
	for tex, want := range map[string]string{
		`x_`:                            `TeX x_: its end stands where something is missing`,
		`\frac{a}`:                      `TeX \frac{a}: its end stands where something is missing`,
		`(a`:                            `TeX (a: its end stands where ) was expected`,
		`a)`:                            `TeX a): ) closes what wasn't opened`,
		`\foo(a)`:                       `TeX \foo(a): \foo isn't read here`,
		`^2`:                            `TeX ^2: ^ isn't read here`,
		`#0`:                            `TeX #0: #0 isn't a hole; they are counted from #1`,
		`|a|`:                           `TeX |a|: | isn't read here`,
		`\begin{array} a \end{array}`:   `TeX \begin{array} a \end{array}: the environment array isn't read`,
		`\begin{cases} a \end{cases}`:   `TeX \begin{cases} a \end{cases}: cases are a value and a condition each`,
		`\begin{bmatrix} a \end{cases}`: `TeX \begin{bmatrix} a \end{cases}: bmatrix was begun, and cases ended`,
		`\mathrm a`:                     `TeX \mathrm a: a stands where a name in braces was expected`,
		`\left a`:                       `TeX \left a: a isn't a bracket`,
	} {
		if _, err := Parse(tex); err == nil || err.Error() != want {
			t.Errorf("%s: %v, not %s", tex, err, want)
		}
	}
}
