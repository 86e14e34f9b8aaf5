package page_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"unroll/explain"
	"unroll/notation"
)

// compiled runs pdflatex on a document, and gives what it said. The test is skipped on a machine
// without it, or without a file that the document asks for.
func compiled(t *testing.T, d *explain.Document) string {
	t.Helper()
	pdflatex, err := exec.LookPath("pdflatex")
	if err != nil || testing.Short() {
		t.Skip("there is no pdflatex here, or no time for it")
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "page.tex"), []byte(printed(t, "tex", d)), 0o600); err != nil {
		t.Fatal(err)
	}
	run := exec.Command(pdflatex, "-interaction=nonstopmode", "-halt-on-error", "page.tex")
	run.Dir = dir
	out, err := run.Output()
	said := strings.ReplaceAll(string(out), "\n", " ")
	switch {
	case err != nil && strings.Contains(said, "not found"):
		t.Skip("LaTeX lacks a file: ", regexp.MustCompile(`File .{0,40}not found`).FindString(said))
	case err != nil:
		t.Fatalf("%v: %s", err, out[max(0, len(out)-2000):])
	}
	return said
}

var overfull = regexp.MustCompile(`Overfull \\hbox \([0-9]{2,}\.[0-9]*pt too wide\)[^\[\]]{0,60}`)

// The document compiles, and nothing runs off the page.
func TestLaTeXCompiles(t *testing.T) {
	for _, lang := range []string{"en", "ru"} {
		t.Run(lang, func(t *testing.T) {
			if out := overfull.FindString(compiled(t, rich(lang))); out != "" {
				t.Error(out)
			}
		})
	}
}

// Every character is printed somehow, in words and in formulas, whatever the language.
func TestLaTeXCharacters(t *testing.T) {
	const all = "−·×⊙±→←↑↓⇒≈≠≤≥∼∝≡∂∇∑∏√∞∈⋯⋅∘‖∣⌊⌋⟨⟩ᵀ′″°✓•ℓℝ½µ…–—‘’“”„«»‚‑№\u00a0\u202f§" +
		"αβγδεζηθικλμνξοπρςστυφχψωΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ ŷẑḣx\u0303σ\u0302ȳ ÀéßŁőžÿ ЖёЇґ h₁₂x³ 漢🙂 ^~\\_{}$%&#<>|\"'`--- ---"
	var parts []explain.Part
	for _, in := range []explain.Inline{{Words: all}, {Words: all, Code: true}, {Words: all, Strong: true}, {Math: notation.Ident{Name: "ŷ漢Ж№é"}}} {
		parts = append(parts, explain.Para{Text: explain.Text{in}}, explain.Section{Title: explain.Text{in}},
			explain.Table{Head: []explain.Text{{in}}, Rows: [][]explain.Cell{{{Text: explain.Text{in}}}}},
			explain.Chains{Lines: []explain.Chain{{Left: ident("h"), Links: []explain.Link{is("=", num("1"))}, Say: explain.Text{in}}}})
	}
	parts = append(parts, explain.Code{Text: all + "\n  " + all + "\n\n\tx"}, explain.Figure{Alt: all})
	for _, lang := range []string{"en", "ru"} {
		t.Run(lang, func(t *testing.T) {
			compiled(t, &explain.Document{Lang: lang, Title: all, Parts: parts})
		})
	}
}
