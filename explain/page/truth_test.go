package page_test

import (
	"maps"
	"math/big"
	"slices"
	"strings"
	"sync"
	"testing"

	"unroll"
	"unroll/explain"
	"unroll/series"
)

// A page never lies. The solutions of these cases are printed as text, Markdown and HTML, in both
// languages, and read back:
//
//	text      ─ textBlocks ──────▶ headings, sentences,  ─ formulaOf ─▶ expressions of the   ─ value ─▶ what they
//	Markdown  ─ markdownBlocks ──▶ chains and tables,                   cell language, with             give in a
//	HTML      ─ htmlBlocks ──────▶ formulas as text                     names of a fresh run            fresh run
//
// All that the first page says must be so (see audit.whole), all pages of a case must say the same,
// and the numbers in the sentences of each must be so too.
var truthCases = []truthCase{
	{name: "teacher", path: "examples/sheet/sheet.cell", input: sheetInput},
	{name: "free", path: "examples/sheet/sheet.cell", input: sheetInput, options: unroll.Options{Feed: "free"}},
	{name: "observed, grad", path: "examples/sheet/sheet.cell", input: sheetInput, options: unroll.Options{Feed: "observed:1"}},
	{name: "observed, stop", path: "examples/sheet/sheet.cell", input: sheetInput, options: unroll.Options{Feed: "observed:1", Feedback: "stop"}},
	{name: "weights apart", path: "examples/sheet/sheet.cell", input: []string{"y=3,1,-1,2"}, options: unroll.Options{Feed: "observed:1", Feedback: "stop", Weights: map[string]series.Array{
		"u": series.Number(big.NewRat(2, 3)), "v": series.Number(big.NewRat(3, 4)), "w": series.Number(big.NewRat(1, 4)),
	}}},
	{name: "gaps", path: "examples/sheet/sheet.cell", input: []string{"y=0,1,-1,2; 1,0,,2,1; 2,1"}},
	{name: "mean", path: "examples/sheet/sheet.cell", input: []string{"y=0,1,-1,2; 1,0,,2,1"}, options: unroll.Options{Reduce: "mean", Feed: "observed:1"}},
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
	{name: "library", path: "library.cell", input: []string{"y=1,2,4"}},
	{name: "window", path: "window.cell", input: []string{"y=1,2,4,3"}},
	{name: "per series", path: "perseries.cell", input: []string{"y=1,2,4,3; 2,2,1"}},
	{name: "quantile", path: "quantile.cell", input: []string{"y=1,2,4,3"}},
	{name: "normal", path: "normal.cell", input: []string{"y=1,2,4,3"}},
	{name: "laplace", path: "laplace.cell", input: []string{"y=1,2,4,3"}},
	{name: "poisson", path: "poisson.cell", input: []string{"y=1,2,4,3"}},
	{name: "two lags", path: "lags.cell", input: []string{"y=1,2,4,3", "x=1,0,1,2"}},
	{name: "two scores", path: "scores.cell", input: []string{"y=1,2,4,3", "z=1,-1,2,0"}},
	{name: "window of a state", path: "states.cell", input: []string{"y=1,2,4,3"}},
	{name: "loss term", path: "term.cell", input: []string{"y=1,2,4,3", "x=1,-1,2,0"}},
	{name: "names", path: "named.cell", input: []string{"y=1,2,4,3"}},
	{name: "a left side", path: "logloss.cell", input: []string{"y=1,2,4,3"}},
	{name: "fractions", path: "divide.cell", input: []string{"y=1,2,4,3"}},
	{name: "student", path: "student.cell", input: []string{"y=1,2,4,3"}},
	{name: "turning", path: "examples/gallery/turning.cell", input: []string{"y=1,2,4,3"}},
	{name: "average", path: "average.cell", input: []string{"y=1,2,4,3"}},
}

var sheetInput = []string{"y=0,1,-1,2"}

func TestTruth(t *testing.T) {
	var all tally
	t.Run("cases", func(t *testing.T) {
		for _, c := range slices.Concat(truthCases, libraryCases()) {
			t.Run(c.name, func(t *testing.T) {
				t.Parallel()
				w := worldOf(t, c)
				var first []string
				for _, tongue := range []string{"en", "ru"} {
					for _, p := range pagesOf(t, w, tongue) {
						a := w.audited(p, first)
						if first == nil {
							first = a.sayings(p.blocks)
						}
						for _, f := range all.add(c.name, p, a) {
							t.Errorf("%s in %s: %s", p.format, tongue, f)
						}
					}
				}
			})
		}
	})
	all.check(t)
}

// tally is what was checked, and which of the known lies were found.
type tally struct {
	sync.Mutex
	counts map[string]int
	found  map[*knownLie]bool
}

// add counts what an audit has checked, and returns the faults that aren't known.
func (y *tally) add(name string, p readPage, a *audit) []string {
	y.Lock()
	defer y.Unlock()
	if y.counts == nil {
		y.counts, y.found = map[string]int{}, map[*knownLie]bool{}
	}
	for k, n := range a.counts {
		y.counts[k] += n
	}
	y.counts["sayings in "+p.format] += len(a.sayings(p.blocks))
	var news []string
	for _, f := range a.faults {
		if !known(name, f, y.found) {
			news = append(news, f)
		}
	}
	return news
}

// atLeast is how much must have been checked, so that the test can't pass on nothing.
var atLeast = map[string]int{
	"chains": 8000, "formulas evaluated": 12000, "sums in numbers": 3800, "values compared": 4500, "numbers in the place of names": 16000,
	"chains in another run": 2000, "tables": 400, "table cells": 7000, "derivatives of functions": 100, "identities": 30, "starts": 6, "numbers in sentences": 1200,
	"sayings in text": 34000, "sayings in Markdown": 34000, "sayings in HTML": 34000,
}

func (y *tally) check(t *testing.T) {
	for _, k := range slices.Sorted(maps.Keys(y.counts)) {
		t.Logf("%6d %s", y.counts[k], k)
	}
	for k, n := range atLeast {
		if y.counts[k] < n {
			t.Errorf("only %d %s, not %d", y.counts[k], k, n)
		}
	}
	for _, k := range knownLies {
		if !y.found[k] {
			t.Errorf("%s: %q is found no more (%s); strike it off the list", k.in, k.says, k.is)
		}
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
	if err == nil {
		w.elsewhere, err = w.otherwise()
	}
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// readPage is a solution that was printed and read back.
type readPage struct {
	format string
	blocks []block
	words  *vocabulary
}

// pagesOf prints a case's solution in the three formats and reads them.
func pagesOf(t failer, w *world, tongue string) []readPage {
	t.Helper()
	d, err := explain.Explain(w.run.Case(), explain.Options{Lang: tongue})
	if err != nil {
		t.Fatal(err)
	}
	var all []readPage
	for _, format := range []string{"txt", "md", "html"} {
		p, err := w.read(format, printed(t, format, d))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	return all
}

// read reads a printed page.
func (w *world) read(format, text string) (readPage, error) {
	switch format {
	case "txt":
		return readPage{"text", textBlocks(text), w.words[0]}, nil
	case "md":
		return readPage{"Markdown", markdownBlocks(text), w.words[1]}, nil
	}
	blocks, err := htmlBlocks(text)
	return readPage{"HTML", blocks, w.words[1]}, err
}

func (w *world) audit(p readPage) *audit {
	return &audit{world: w, words: p.words, counts: map[string]int{}, formulas: map[string][]*formula{}}
}

// audited checks a page: the first one as a whole, another by what the first one says.
func (w *world) audited(p readPage, first []string) *audit {
	a := w.audit(p)
	if first == nil {
		a.whole(p.blocks)
	} else {
		a.compare(first, a.sayings(p.blocks))
	}
	for i, b := range p.blocks {
		if b.kind != prose {
			continue
		}
		var before, after block
		if i > 0 {
			before = p.blocks[i-1]
		}
		if i+1 < len(p.blocks) {
			after = p.blocks[i+1]
		}
		a.guarded(b.text, func() { a.checkProse(b.text, before, after) })
	}
	return a
}

// whole checks all chains and tables of a page.
func (a *audit) whole(blocks []block) {
	a.forget()
	chains := map[int]readChain{}
	var inOrder []readChain
	for i, b := range blocks {
		if b.kind != chained {
			continue
		}
		if c, ok := a.chain(b); ok {
			chains[i], inOrder = c, append(inOrder, c)
			a.define(c)
		}
	}
	for i, b := range blocks {
		switch b.kind {
		case heading:
			a.enter(b.text)
		case table:
			a.guarded(strings.Join(b.rows[0], " | "), func() { a.checkTable(b.rows) })
		case chained:
			if c, ok := chains[i]; ok {
				a.guarded(b.where(), func() { a.checkChain(c) })
			}
		}
	}
	if a.elsewhere != nil {
		a.elsewhere.forget()
		a.everywhereElse(a.elsewhere, inOrder)
	}
}

// forget takes back what another page has said of what it names.
func (w *world) forget() { w.defined, w.inner = map[string][]*formula{}, map[string]valued{} }

// enter notes which series a heading says that is spoken of: "Series 2".
func (a *audit) enter(heading string) {
	a.series = 0
	for i, s := range a.run.Data().Series {
		if strings.HasSuffix(heading, " "+s.ID) {
			a.series = i
		}
	}
}
