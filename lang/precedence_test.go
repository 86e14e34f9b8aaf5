package lang

import (
	"strings"
	"testing"
)

// grouped writes an expression with every bracket.
func grouped(e Expr) string {
	join := func(list []Expr) string {
		var out []string
		for _, x := range list {
			out = append(out, grouped(x))
		}
		return strings.Join(out, " ")
	}
	switch e := e.(type) {
	case *Num:
		return e.Text
	case *Name:
		return e.Name
	case *Paren:
		return grouped(e.X)
	case *Unary:
		return "(-" + grouped(e.X) + ")"
	case *Transpose:
		return "(" + grouped(e.X) + "')"
	case *Binary:
		return "(" + grouped(e.X) + " " + e.Op + " " + grouped(e.Y) + ")"
	case *Call:
		return e.Fn + "(" + join(e.Args) + ")"
	case *List:
		return "[" + join(e.Items) + "]"
	case *Index:
		var out []string
		for _, r := range e.Items {
			s := grouped(r.Lo)
			if r.Hi != nil {
				s += ":" + grouped(r.Hi)
			}
			out = append(out, s)
		}
		return "(" + grouped(e.X) + "[" + strings.Join(out, " ") + "])"
	}
	return "?"
}

func TestPrecedence(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"a + b - c", "((a + b) - c)"},
		{"a - b*c", "(a - (b * c))"},
		{"a .* b*c", "(a .* (b * c))"},
		{"a*b .* c*d", "((a * b) .* (c * d))"},
		{"a + b .* c", "(a + (b .* c))"},
		{"r .* Un*h[t-1]", "(r .* (Un * (h[(t - 1)])))"},
		{"a/b*c", "((a / b) * c)"},
		{"a mod b*c", "((a mod b) * c)"},
		{"a*b mod c", "((a * b) mod c)"},
		{"-a*b", "((-a) * b)"},
		{"a*-b", "(a * (-b))"},
		{"-a^2", "(-(a ^ 2))"},
		{"--a", "(-(-a))"},
		{"a - -b", "(a - (-b))"},
		{"a^b^c", "(a ^ (b ^ c))"},
		{"a^-b^c", "(a ^ (-(b ^ c)))"},
		{"a^-b*c", "((a ^ (-b)) * c)"},
		{"2^-3", "(2 ^ (-3))"},
		{"a'^2", "((a') ^ 2)"},
		{"a^b'", "(a ^ (b'))"},
		{"A*P[t-1]*A'", "((A * (P[(t - 1)])) * (A'))"},
		{"h[t-1]'", "((h[(t - 1)])')"},
		{"h[t-1][0]", "((h[(t - 1)])[0])"},
		{"f(x)[0]'", "((f(x)[0])')"},
		{"a + b == c*d", "((a + b) == (c * d))"},
		{"a < -b", "(a < (-b))"},
		{"a<-b", "(a < (-b))"},
		{"y[t-p : t-1]", "(y[(t - p):(t - 1)])"},
		{"A[i, 2:3]", "(A[i 2:3])"},
		{"[1, 2]'*x", "(([1 2]') * x)"},
		{"h1.*x", "(h1 .* x)"},
		{"h1.c*x", "(h1.c * x)"},
		{"2.*x", "(2 .* x)"},
		{"2./x", "(2 / x)"},
		{"2.^x", "(2 ^ x)"},
		{"a./b.^c", "(a / (b ^ c))"},
		{"a·b ⊙ c − Wᵀ", "(((a * b) .* c) - (W'))"},
		{"σ(a) ≤ σ", "(sigmoid(a) <= σ)"},
		{"a ≥ b", "(a >= b)"},
		{"a ≠ b", "(a != b)"},
		{"1e-3*x", "(1e-3 * x)"},
		{"backward f(x)", "f(x)"},
	} {
		x, err := ParseExpr(&Source{"f", c.text})
		if err != nil {
			t.Error(err)
			continue
		}
		if got := grouped(x); got != c.want {
			t.Errorf("%s reads %s, want %s", c.text, got, c.want)
		}
	}
}

func TestNumbers(t *testing.T) {
	for text, want := range map[string]string{
		"3": "3", "0.5": "1/2", "1e-3": "1/1000", "2E+2": "200", "0.1": "1/10", "007": "7", "1.50e1": "15",
	} {
		x, err := ParseExpr(&Source{"f", text})
		if err != nil {
			t.Error(err)
			continue
		}
		if n := x.(*Num); n.Val.RatString() != want || n.Text != text {
			t.Errorf("%s is %s, want %s", text, n.Val.RatString(), want)
		}
	}
}

func TestNames(t *testing.T) {
	for text, want := range map[string]string{
		"y\u0302": "ŷ", "W₁": "W₁", "α_2": "α_2", "h1.c.Wi": "h1.c.Wi", "h1._x": "h1._x", "\u212b": "Å", "in_": "in_",
	} {
		x, err := ParseExpr(&Source{"f", text})
		if err != nil {
			t.Error(err)
			continue
		}
		if got := x.(*Name).Name; got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

// TestPlaces holds that messages can point: at an operator's sign, a call's name, a bracket.
func TestPlaces(t *testing.T) {
	f, err := Parse(&Source{"f", "\ufeff# ŷ\r\n\tŷ = −f(\r\n  a)[0]ᵀ # ŷ"})
	if err != nil {
		t.Fatal(err)
	}
	eq := f.Stmts[1].(*Equation)
	var got []Pos
	got = append(got, eq.At, eq.Left[0].At)
	Walk(eq.X, func(e Expr) bool { got = append(got, e.Pos()); return true })
	want := []Pos{{f.Src, 2, 2}, {f.Src, 2, 2}, {f.Src, 2, 6}, {f.Src, 3, 8}, {f.Src, 3, 5}, {f.Src, 2, 7}, {f.Src, 3, 3}, {f.Src, 3, 6}}
	for i, p := range want {
		if i >= len(got) || got[i] != p {
			t.Fatalf("places %v, want %v", got, want)
		}
	}
}

func TestParseBodyErrors(t *testing.T) {
	for text, want := range map[string]string{
		"":            "f:1:1: expected an expression at the end; write the value of the formula",
		"a = 3":       "f:1:6: expected an expression at the end; write the value of the formula",
		"a; b":        "f:1:2: expected = in every line but the last; write name = expression",
		"a = 1\n- b":  "f:2:1: a line can't begin with -; move it to the end of the line before",
		"a = 2.; b +": "f:1:5: 2. is not a number; write 2 or 2.0\nf:1:12: expected an expression after +; write a number, a name or a call",
	} {
		if _, _, err := ParseBody(&Source{"f", text}); err == nil || err.Error() != want {
			t.Errorf("%q: got %v, want %s", text, err, want)
		}
	}
	if _, err := ParseExpr(&Source{"f", "a = 1; b"}); err == nil {
		t.Error("a definition passed for an expression")
	}
	if lets, x, err := ParseBody(&Source{"f", "\n# why\na = 1; -a # end\n"}); err != nil || len(lets) != 1 || PrintExpr(x) != "-a" {
		t.Error(lets, x, err)
	}
}

// TestAbsurd holds that no input makes the parser slow or deep.
func TestAbsurd(t *testing.T) {
	many := func(s string) string { return strings.Repeat(s, 40000) }
	for _, c := range []struct{ text, want string }{
		{"x = " + many("("), "nested too deeply"},
		{"x = " + many("-") + "a", "nested too deeply"},
		{"x = " + many("a^") + "a", "nested too deeply"},
		{"x = " + many("["), "nested too deeply"},
		{"x = " + many("f("), "nested too deeply"},
		{"x = " + many("a[") + "0", "nested too deeply"},
		{"x = " + many("a + ") + "a", "operators in a row"},
		{"x = a" + many("'"), "operators in a row"},
		{"x = " + many("1"), "a number of more than 20000 digits"},
		{"x = 1e" + many("1"), "an exponent beyond 10000"},
		{"x = (" + many("\n") + ")", "expected an expression after ("},
		{"x = (a" + many("\n\n#\n"), "is not closed"},
		{many("}"), "closes nothing"},
		{many("\x01"), "a control character"},
	} {
		_, err := Parse(&Source{"f", c.text})
		if err == nil || !strings.Contains(err.Error(), c.want) && !strings.Contains(err.Error(), "is not closed") {
			t.Errorf("%.20q: no error about %s", c.text, c.want)
		}
	}
	f, err := Parse(&Source{"f", many("h = a + b  # long\n\n")})
	if err != nil || len(f.Stmts) != 79999 {
		t.Errorf("a long file: %v", err)
	}
	_, err = Parse(&Source{"f", "weight W = [" + many("1, ") + "1]"})
	if err != nil {
		t.Errorf("a long literal: %v", err)
	}
}
