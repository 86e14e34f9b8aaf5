package page_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"unroll"
	"unroll/explain"
	"unroll/lang"
)

// A page never lies. The solutions of these cases are printed as text, Markdown and HTML, in both
// languages, and read back:
//
//	text      ─ textBlocks ──────▶ headings, sentences,  ─ formulaOf ─▶ expressions of the   ─ value ─▶ what they
//	Markdown  ─ markdownBlocks ──▶ chains and tables,                   cell language, with              give in a
//	HTML      ─ htmlBlocks ──────▶ formulas as text                     names of a fresh run             fresh run
//
// All pages of a case must say the same, and what they say must be so (see audit).
var truthCases = []truthCase{
	{name: "teacher", path: "examples/sheet/sheet.cell", input: sheetInput},
	{name: "free", path: "examples/sheet/sheet.cell", input: sheetInput, options: unroll.Options{Feed: "free"}},
	{name: "observed, grad", path: "examples/sheet/sheet.cell", input: sheetInput, options: unroll.Options{Feed: "observed:1"}},
	{name: "observed, stop", path: "examples/sheet/sheet.cell", input: sheetInput, options: unroll.Options{Feed: "observed:1", Feedback: "stop"}},
	{name: "gaps", path: "examples/sheet/sheet.cell", input: []string{"y=0,1,-1,2; 1,0,,2,1; 2,1"}},
	{name: "H = 2", path: "examples/sheet/layer.cell", input: sheetInput},
	{name: "H = 3", path: "examples/sheet/layer.cell", input: sheetInput, options: unroll.Options{Sizes: map[string]int{"H": 3}}},
	{name: "lstm", path: "examples/gallery/lstm.cell", input: sheetInput},
	{name: "gru", path: "examples/gallery/gru.cell", input: sheetInput},
	{name: "peephole", path: "examples/gallery/peephole.cell", input: sheetInput},
	{name: "bidirectional", path: "examples/gallery/bidirectional.cell", input: []string{"x=1,2,-1", "y=1,0,2"}},
	{name: "holt", path: "examples/gallery/holt.cell", input: []string{"y=1,2,4,3"}},
	{name: "descent", path: "examples/gallery/descent.cell", options: unroll.Options{Steps: 3}},
	{name: "momentum", path: "examples/gallery/momentum.cell", options: unroll.Options{Steps: 3}},
	{name: "tomyeh", path: "examples/gallery/tomyeh.cell", input: []string{"x=3,4,5,6"}},
	{name: "window", path: "window.cell", input: []string{"y=1,2,4,3"}},
	{name: "per series", path: "perseries.cell", input: []string{"y=1,2,4,3; 2,2,1"}},
	{name: "quantile", path: "quantile.cell", input: []string{"y=1,2,4,3"}},
	{name: "normal", path: "normal.cell", input: []string{"y=1,2,4,3"}},
}

var sheetInput = []string{"y=0,1,-1,2"}

// pages are a case's solution, printed and read back.
type pages struct {
	name   string
	blocks []block
	words  *vocabulary
}

// printedPages prints a document in the three formats and reads them.
func printedPages(t failer, w *world, d *explain.Document) []pages {
	t.Helper()
	html, err := htmlBlocks(printed(t, "html", d))
	if err != nil {
		t.Fatal(err)
	}
	return []pages{
		{"text", textBlocks(printed(t, "txt", d)), w.words[0]},
		{"Markdown", markdownBlocks(printed(t, "md", d)), w.words[1]},
		{"HTML", html, w.words[1]},
	}
}

func TestTruth(t *testing.T) {
	counts, found := map[string]int{}, map[*knownLie]bool{}
	for _, c := range truthCases {
		w := worldOf(t, c)
		var first []string
		for _, tongue := range []string{"en", "ru"} {
			d, err := explain.Explain(w.run.Case(), explain.Options{Lang: tongue})
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range printedPages(t, w, d) {
				a := w.audit(p)
				if p.name == "text" {
					a.page(p.blocks)
				}
				says := a.sayings(p.blocks)
				if first == nil {
					first = says
				}
				a.compare(first, says)
				for k, n := range a.counts {
					counts[k] += n
				}
				counts["sayings in "+p.name] += len(says)
				for _, f := range a.faults {
					if !known(c.name, f, found) {
						t.Errorf("%s, %s in %s: %s", c.name, p.name, tongue, f)
					}
				}
			}
		}
	}
	for _, k := range knownLies {
		if !found[k] {
			t.Errorf("%s: %q is found no more (%s); strike it off the list", k.in, k.says, k.is)
		}
	}
	for _, k := range slices.Sorted(maps.Keys(counts)) {
		t.Logf("%6d %s", counts[k], k)
	}
}

// worldOf is a fresh run of a case.
func worldOf(t failer, c truthCase) *world {
	t.Helper()
	c, err := c.read()
	if err != nil {
		t.Fatal(err)
	}
	w, err := newWorld(c)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func (w *world) audit(p pages) *audit {
	return &audit{world: w, words: p.words, counts: map[string]int{}, formulas: map[string][]*formula{}}
}

// page checks all that a page says.
func (a *audit) page(blocks []block) {
	a.defined, a.inner = map[string][]*formula{}, map[string]valued{}
	chains := map[int]readChain{}
	for i, b := range blocks {
		if b.kind != chained {
			continue
		}
		if c, ok := a.chain(b); ok {
			chains[i] = c
			a.define(c)
		}
	}
	for i, b := range blocks {
		switch b.kind {
		case heading:
			a.enter(b.text)
		case table:
			a.checkTable(b.rows)
		case prose:
			var before, after block
			if i > 0 {
				before = blocks[i-1]
			}
			if i+1 < len(blocks) {
				after = blocks[i+1]
			}
			a.checkProse(b.text, before, after)
		case chained:
			if c, ok := chains[i]; ok {
				a.checkChain(c)
			}
		}
	}
}

// enter notes which series a heading says that is spoken of: "Series 2".
func (a *audit) enter(heading string) {
	a.series = 0
	for i, s := range a.run.Data().Series {
		if strings.HasSuffix(heading, " "+s.ID) {
			a.series = i
		}
	}
}

// sayings are the chains and the tables of a page, each written in one way whatever the page.
func (a *audit) sayings(blocks []block) []string {
	var all []string
	for _, b := range blocks {
		switch b.kind {
		case chained:
			s := a.saying(b.left)
			for _, l := range b.links {
				s += " " + l.sign + " " + a.saying(l.text)
			}
			all = append(all, s)
		case table:
			for _, row := range b.rows[min(1, len(b.rows)):] {
				for _, c := range row {
					all = append(all, a.saying(c))
				}
			}
		}
	}
	return all
}

// saying is a formula written in one way; words, which differ between languages, are all alike.
func (a *audit) saying(text string) string {
	number, rounded := strings.CutPrefix(text, "≈")
	f, err := a.words.formulaOf(strings.TrimSpace(number))
	switch {
	case err != nil && strings.ContainsFunc(text, func(r rune) bool { return r >= '0' && r <= '9' }):
		return text
	case err != nil || a.word(f):
		return "words"
	case rounded:
		return "≈ " + a.words.canonical(f)
	}
	return a.words.canonical(f)
}

// word tells a word of a sentence from a name.
func (a *audit) word(f *formula) bool {
	name, ok := f.expr.(*lang.Name)
	if !ok || f.refs[name.Name].kind != aName {
		return false
	}
	r := f.refs[name.Name]
	_, known := a.words.set[strings.TrimPrefix(r.name, "δ")]
	return len(r.at) == 0 && !known && r.name != "L" && r.name != "t"
}

// compare wants two pages to say the same.
func (a *audit) compare(first, says []string) {
	if len(first) != len(says) {
		a.wrong("all", "%d chains and cells, and %d on the first page", len(says), len(first))
	}
	for i := range min(len(first), len(says)) {
		if first[i] != says[i] {
			a.wrong(says[i], "on the first page it is %s", first[i])
			return
		}
	}
}
