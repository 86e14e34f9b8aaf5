package notation

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"unroll/lang"
	"unroll/op"
)

func TestGallery(t *testing.T) {
	exprs := []string{
		"relu(w*h[t-1] + v*y[t-1])", "sigmoid(Wi*x + Ui*h[t-1] + bi)", "f .* c[t-1] + i .* g", "o .* tanh(c)",
		"alpha*(y - s[t-m]) + (1 - alpha)*l[t-1]", "s0[t mod m]", "dot(phi, y[t-p : t-1])", "A[i, j]", "b[2:5]", "h[t-1][0]",
		"(a + b)'", "(a/b)^2", "a/(b*c)", "a*(b/c)", "a*b/c", "2*3/4", "-(a + b)", "-a^2", "(-a)^2", "a - (b - c)", "a - (b + c)", "a + (b + c)", "a + -b", "a*-b", "2^-1", "2^(a+b)",
		"[[1, -1], [1, 1]]*x", "[1, 2, 3]", "concat(h, x[t-1])", "concat(a, b, c)", "where(x > 0, x, 0.01*x)", "where(observed(y), y, yhat)", "abs(a - b)", "norm(a + b)", "sqrt(a^2 + b^2)", "sqrt(x)", "exp(-x^2/2)",
		"1e-3*x", "1.5e-05", "lstm(x, H = 64)", "backward gru(x[t+1])", "max(a, b, c)", "a > 0", "(a > 0)*b", "g .* (a > 0)", "x mod 24", "(a + b) mod (c*d)", "a*(b mod c)", "h1.Wi*x", "h1.c[t-1]", "outer(a, b)", "W*(r .* h[t-1])", "w*(u*h + v)", "alphahat + xtilde - hdot*zbar",
		"squared(yhat)", "normal(m, sigma)", "student(m, s, nu)", "quantile(q1, q2; 0.1, 0.9)", "score(a*b; m)", "bernoulli(logits)", "lgamma(x + 1)", "embed(E, s[t-1])", "onehot(y, 3)", "normalize(a + b)", "x_max - d_h", "dot(a, b)*dot(c, d)", "dot(a, b)*c", "(a*b)*(c*d)", "h_1[t-1]", "a == b", "sum(a .* b)/len(a)", "(a == b)/2 + (a > b)", "x'*W'*y", "(W*x)'", "(h[t-1])'", "Wf'*d", "0.5*0 + 0.5*1", "1/2*h", "(1/2)*(1/3)",
	}
	var html, tex strings.Builder
	for _, src := range exprs {
		e, err := lang.ParseExpr(&lang.Source{Text: src})
		if err != nil {
			t.Fatal(src, err)
		}
		m := Expr(e, op.Standard(), nil)
		fmt.Printf("%-32s %-36s %s\n", src, Text(m), TeX(m))
		fmt.Fprintf(&html, "<tr><td><code>%s</code><td>%s<td><math>%s</math>\n", src, xmlEscapes.Replace(Text(m)), MathML(m))
		fmt.Fprintf(&tex, "\\verb|%s| & $\\displaystyle %s$ \\\\[3pt]\n", src, TeX(m))
	}
	for _, r := range op.Standard().Rows {
		m, _ := Parse(r.TeX)
		m = Fill(m, Symbol("a"), Symbol("b"), Symbol("c"), Symbol("d"), Symbol("e"))
		fmt.Fprintf(&html, "<tr><td><code>%s</code><td>%s<td><math>%s</math>\n", xmlEscapes.Replace(r.Name), xmlEscapes.Replace(Text(m)), MathML(m))
		fmt.Fprintf(&tex, "\\verb|%s| & $\\displaystyle %s$ \\\\[3pt]\n", r.Name, TeX(m))
	}
	for _, src := range []string{`\frac{\partial L}{\partial h_t}\cdot\frac{\partial h_t}{\partial w}`, `\sum_{k=1}^{t} \frac{\partial L}{\partial h_k}`, `\sum_{k} a_k\cdot b_k + c`, `(\frac{a}{b})^2`, `y_{t-p : t-1}`, `\sum_k(a+b)\cdot c`} {
		m, err := Parse(src)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Printf("%-32s %-36s %s\n", src, Text(m), TeX(m))
		fmt.Fprintf(&html, "<tr><td><code>%s</code><td>%s<td><math>%s</math>\n", xmlEscapes.Replace(src), xmlEscapes.Replace(Text(m)), MathML(m))
		fmt.Fprintf(&tex, "\\verb|%s| & $\\displaystyle %s$ \\\\[3pt]\n", "x", TeX(m))
	}
	os.WriteFile("/tmp/nb/g.html", []byte(`<!doctype html><meta charset=utf-8><style>body{columns:2;font:14px sans-serif}math{font-size:18px}td{padding:2px 6px}</style><table>`+html.String()+"</table>"), 0o644)
	os.WriteFile("/tmp/nb/g.tex", []byte(`\documentclass[10pt]{article}\usepackage[utf8]{inputenc}\usepackage[T1]{fontenc}\usepackage{amsmath,amssymb,longtable}\usepackage[margin=1cm,a4paper]{geometry}\begin{document}\begin{longtable}{ll}`+tex.String()+`\end{longtable}\end{document}`), 0o644)
}
