package notation

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"unroll/cells"
	"unroll/lang"
)

func TestSymbol(t *testing.T) {
	for name, want := range map[string]struct{ text, tex string }{
		"h": {"h", "h"}, "t": {"t", "t"}, "yhat": {"ŷ", `\hat{y}`}, "ŷ": {"ŷ", `\hat{y}`}, "x\u0303": {"x̃", `\tilde{x}`}, "xbar": {"x̄", `\bar{x}`},
		"htilde": {"h̃", `\tilde{h}`}, "hdot": {"ḣ", `\dot{h}`}, "alphahat": {"α̂", `\hat{\alpha}`}, "alphabar": {"ᾱ", `\bar{\alpha}`},
		"alpha": {"α", `\alpha`}, "Omega": {"Ω", `\Omega`}, "phi": {"φ", `\varphi`}, "epsilon": {"ε", `\varepsilon`}, "β": {"β", `\beta`}, "Xi": {"Ξ", `\Xi`},
		"Alpha": {"Alpha", `\mathrm{Alpha}`}, "omicron": {"omicron", `\mathrm{omicron}`}, "varphi": {"varphi", `\mathrm{varphi}`},
		"h1": {"h₁", "h_1"}, "h12": {"h₁₂", "h_{12}"}, "W₁": {"W₁", "W_1"}, "alpha1": {"α₁", `\alpha_1`}, "yhat1": {"ŷ₁", `\hat{y}_1`}, "level1": {"level₁", `\mathrm{level}_1`},
		"Wi": {"Wi", "W_i"}, "Wxh": {"Wxh", `W_{\mathit{xh}}`}, "Wout": {"Wout", `W_{\mathit{out}}`}, "Wi1": {"Wi₁", `W_{\mathit{i1}}`},
		"The": {"The", `\mathrm{The}`}, "For": {"For", `\mathrm{For}`}, "Rate": {"Rate", `\mathrm{Rate}`}, "Level": {"Level", `\mathrm{Level}`},
		"bi": {"bi", "b_i"}, "bf": {"bf", "b_f"}, "bias": {"bias", `\mathrm{bias}`},
		"x_max": {"x_max", `x_\max`}, "x_low": {"x_low", `x_{\mathrm{low}}`}, "d_h": {"d_h", "d_h"}, "d_yhat": {"d_ŷ", `d_{\hat{y}}`}, "x_1": {"x_{1}", "x_1"}, "d_h1": {"d_h₁", "d_{h_1}"}, "x_a_b": {"x_a_b", `x_{\mathrm{a\_b}}`},
		"logits": {"logits", `\mathrm{logits}`}, "hard_sigmoid": {"hard_sigmoid", `\mathrm{hard}_{\mathrm{sigmoid}}`},
		"h1.Wi": {"Wi^{(h₁)}", "W_i^{(h_1)}"}, "h1.c": {"c^{(h₁)}", "c^{(h_1)}"}, "a.b.c": {"c^{(b^{(a)})}", "c^{(b^{(a)})}"}, "скорость": {"скорость", `\mathrm{\text{скорость}}`},
		"_x": {"_x", `\mathrm{\_x}`}, "_": {"_", `\mathrm{\_}`}, "aφŷé": {"aφŷé", `\mathrm{a\varphi\hat{y}\text{é}}`},
	} {
		m := Symbol(name)
		if Text(m) != want.text || TeX(m) != want.tex {
			t.Errorf("%s is %s and %s, not %s and %s", name, Text(m), TeX(m), want.text, want.tex)
		}
	}
}

func TestAt(t *testing.T) {
	for _, c := range []struct {
		m         Math
		text, tex string
	}{
		{At(Symbol("h"), Time(0)), "h_t", "h_t"},
		{At(Symbol("h"), Time(-1)), "h_{t−1}", "h_{t-1}"},
		{At(Symbol("h"), Int(2)), "h_2", "h_2"},
		{At(Symbol("h"), Int(-1)), "h_{−1}", "h_{-1}"},
		{At(Symbol("h1"), Time(-1)), "h₁_{t−1}", `h_{1,\,t-1}`},
		{At(Symbol("h1"), Int(1)), "h₁_1", `h_{1,\,1}`},
		{At(Symbol("yhat"), Time(2)), "ŷ_{t+2}", `\hat{y}_{t+2}`},
		{At(Symbol("h1.c"), Time(0)), "c_t^{(h₁)}", "c_t^{(h_1)}"},
		{At(Symbol("h1.Wi"), Time(0)), "Wi_t^{(h₁)}", `W_{i,\,t}^{(h_1)}`},
		{At(Vec(Symbol("h1")), Time(0)), "h₁_t", `\mathbf{h}_{1,\,t}`},
		{Vec(Symbol("alphahat")), "α̂", `\hat{\boldsymbol{\alpha}}`},
		{At(Sum(Symbol("a"), Symbol("b")), Time(0)), "(a + b)_t", "(a + b)_t"},
	} {
		if Text(c.m) != c.text || TeX(c.m) != c.tex {
			t.Errorf("%s and %s, not %s and %s", Text(c.m), TeX(c.m), c.text, c.tex)
		}
	}
}

// spelling is a name in one spelling: a letter and its name are one, and so are ŷ and yhat, W₁ and W1.
func spelling(name string) string {
	var out []string
	for _, r := range name {
		s := string(onLine(r))
		if base, m, ok := unaccented(s); ok {
			s = base + marks[m].name
		}
		for m := range marks {
			if s == marks[m].combining {
				s = marks[m].name
			}
		}
		if tex, ok := greekTeX(s); ok {
			s = strings.TrimPrefix(tex[1:], "var")
		}
		out = append(out, s)
	}
	return strings.Join(out, "")
}

// Two names never look the same, unless one is another spelling of the other.
func TestNamesDiffer(t *testing.T) {
	parts := rapid.SliceOfN(rapid.SampledFrom(strings.Fields("h x W b i xh 1 2 10 _ __ . hat bar alpha α phi φ t ŷ ₁ max Xi T he")), 1, 5)
	seen := map[string]string{}
	rapid.Check(t, func(t *rapid.T) {
		name := strings.Trim(strings.Join(parts.Draw(t, "parts"), ""), ".0123456789₁")
		if _, err := lang.ParseExpr(&lang.Source{Text: name}); err != nil {
			t.Skip(err)
		}
		m := Symbol(name)
		if other, ok := seen[Text(m)]; ok && spelling(other) != spelling(name) {
			t.Fatalf("%s and %s are both %s", name, other, Text(m))
		}
		seen[Text(m)] = name
		if at := Text(At(Symbol("h"), Int(1))); Text(m) == at {
			t.Fatalf("%s looks like h at 1: %s", name, at)
		}
		if again, err := Parse(TeX(m)); err != nil || TeX(again) != TeX(m) {
			t.Fatalf("%s is written %s, which is read as %s: %v", name, TeX(m), TeX(again), err)
		}
	})
}

// A letter and its accent are one character where Unicode has it, so that terminals agree on the width.
func TestAccentsAreComposed(t *testing.T) {
	for _, letter := range strings.Split("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyzαβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΦΨΩ", "") {
		for m := range marks {
			text := Text(Accent{Ident{Name: letter}, Mark(m)})
			e, err := lang.ParseExpr(&lang.Source{Text: text})
			if err != nil || e.(*lang.Name).Name != text {
				t.Errorf("%s with a %s isn't composed: %v", letter, marks[m].name, err)
			}
			if base, mark, ok := unaccented(text); base != letter || mark != Mark(m) || !ok {
				t.Errorf("%s is taken apart into %s and %d", text, base, mark)
			}
		}
	}
}

func TestWidth(t *testing.T) {
	for name, want := range map[string]int{"ŷ": 1, "xtilde": 1, "alphahat": 1, "h1": 2, "logits": 6} {
		if got := Width(Symbol(name)); got != want {
			t.Errorf("%s takes %d columns, not %d", name, got, want)
		}
	}
}

// The names of the library's cells are all set as a letter, alone or with something below it; words are
// a letter's name or stand as they are.
func TestNamesOfCells(t *testing.T) {
	for _, name := range cells.Names() {
		src, err := cells.Source(name)
		if err != nil {
			t.Fatal(err)
		}
		f, err := lang.Parse(src)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range f.Stmts[len(f.Stmts)-1].(*lang.Cell).Body {
			if w, ok := s.(*lang.Weight); ok {
				for _, item := range w.Items {
					m, alone := Symbol(item.Name).(Ident)
					if n := utf8.RuneCountInString(m.Name); alone && (n == 2 || n == 3) {
						t.Errorf("%s: %s is set as %s", name, item.Name, TeX(m))
					}
				}
			}
		}
	}
}
