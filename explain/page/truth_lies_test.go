package page_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"unroll/explain"
)

// lied are the cases whose pages are falsified: exact ones and rounded ones, of numbers and vectors;
// and how many lies of each kind are told on each of their pages, which takes its time.
var lied = []struct {
	name, format string
	lies         int
}{
	{"weights apart", "txt", 16}, {"weights apart", "md", 16}, {"weights apart", "html", 3},
	{"H = 2", "txt", 6}, {"H = 2", "md", 6},
	{"lstm", "txt", 3},
}

// falsified is a case with a true page of it in a format.
type falsified struct {
	*world
	format, text string
	first        []string // what its first page says
	page         readPage
}

func falsify(t *testing.T, name, format string) falsified {
	for _, c := range truthCases {
		if c.name != name {
			continue
		}
		w := worldOf(t, c)
		pages := pagesOf(t, w, "en")
		f := falsified{world: w, format: format, first: w.audited(pages[0], nil).sayings(pages[0].blocks)}
		f.text = printed(t, format, documentOf(t, w))
		var err error
		if f.page, err = w.read(format, f.text); err != nil {
			t.Fatal(err)
		}
		return f
	}
	t.Fatal("no case " + name)
	return falsified{}
}

func documentOf(t *testing.T, w *world) *explain.Document {
	d, err := explain.Explain(w.run.Case(), explain.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// exposed tells whether a changed page is found to be wrong. Where no chain and no cell changed it
// isn't asked.
func (f falsified) exposed(text string) (asked, found bool) {
	p, err := f.read(f.format, text)
	if err != nil {
		return true, true
	}
	if f.written(p) == f.written(f.page) {
		return false, false
	}
	first := f.first
	if f.format == "txt" {
		first = nil
	}
	for _, fault := range f.audited(p, first).faults {
		if !known(f.name, fault, map[*knownLie]bool{}) {
			return true, true
		}
	}
	return true, false
}

// written are the chains of a page as they stand there, and the formulas in its tables.
func (f falsified) written(p readPage) string {
	var out strings.Builder
	a := f.audit(p)
	for _, b := range p.blocks {
		switch b.kind {
		case chained:
			fmt.Fprintln(&out, b.left, b.links)
		case table:
			fmt.Fprintln(&out, a.sayings([]block{b}))
		}
	}
	return out.String()
}

// lies are changes of one character: another digit, another sign, another index, another relation.
var lies = []struct{ name, from, to string }{
	{"digit", "0123456789", "1234567890"},
	{"sign", "+−", "−+"},
	{"TeX's sign", "-", "+"},
	{"relation", "=≈", "≈="},
	{"name", "hywuv", "ywuvh"},
}

// TestLies changes one character of a page, at places spread over all of it: whatever chain or table
// it stands in, the page must be found out. Not every change is a lie: 0.5·0 is 0.6·0, and − 0 is + 0.
func TestLies(t *testing.T) {
	for _, c := range lied {
		t.Run(c.name+"/"+c.format, func(t *testing.T) {
			t.Parallel()
			f := falsify(t, c.name, c.format)
			var y liar
			for _, l := range lies {
				y.tell(f, c.lies, l.name, l.from, l.to)
			}
			y.judge(t, 3*c.lies)
		})
	}
}

// liar counts the lies that were told, and keeps those that went through.
type liar struct {
	told    int
	through []string
}

// judge wants enough lies to have been told, and nearly all to have been found.
func (y *liar) judge(t *testing.T, least int) {
	t.Helper()
	if y.told < least {
		t.Errorf("only %d lies, not %d", y.told, least)
	}
	t.Logf("%d lies, of which these went through: %q", y.told, y.through)
	if 20*len(y.through) > max(y.told, 20) {
		t.Errorf("%d of %d lies went through:\n%s", len(y.through), y.told, strings.Join(y.through, "\n\n"))
	}
}

// tell changes characters of a page, one at a time.
func (y *liar) tell(f falsified, most int, kind, from, to string) {
	var places []int
	for i, r := range f.text {
		if strings.ContainsRune(from, r) && (f.format != "html" || f.text[strings.LastIndexAny(f.text[:i], "<>")] == '>') {
			places = append(places, i)
		}
	}
	step := max(1, len(places)/(4*most))
	for k, told := 0, 0; k < len(places) && told < most; k += step {
		i := places[k]
		r, size := utf8.DecodeRuneInString(f.text[i:])
		changed := f.text[:i] + string([]rune(to)[slices.Index([]rune(from), r)]) + f.text[i+size:]
		asked, found := f.exposed(changed)
		if !asked {
			continue
		}
		told++
		y.told++
		if !found {
			y.through = append(y.through, kind+": "+around(changed, i))
		}
	}
}

// around is the text around a place.
func around(s string, i int) string {
	return strings.ToValidUTF8(s[max(0, i-60):min(len(s), i+40)], "")
}
