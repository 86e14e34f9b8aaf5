package cells_test

import (
	"regexp"
	"strings"
	"testing"

	"unroll/cells"
	"unroll/lang"
)

var (
	paper = regexp.MustCompile(`^\p{Lu}\pL+.* \((1[89]|20)\d\d\), \S`) // Author (year), title
	cite  = regexp.MustCompile(`^\p{Lu}[\pL-]+( and \p{Lu}[\pL-]+| et al\.)? \(\d{4}\)$`)
)

// TestPages wants every cell to name its paper with authors and year, to show a file that uses it, to
// be laid out as the language lays out files, and to be called as its file is.
func TestPages(t *testing.T) {
	for _, name := range cells.Names() {
		t.Run(name, func(t *testing.T) {
			p, err := cells.Read(name)
			if err != nil {
				t.Fatal(err)
			}
			if len(p.Title) < 15 || len(p.Name()) > 30 || strings.HasSuffix(p.Title, ".") {
				t.Errorf("title %q", p.Title)
			}
			if !paper.MatchString(p.Paper) || !cite.MatchString(p.Cite()) {
				t.Errorf("the paper isn't given by authors, year and title: %q, in short %q", p.Paper, p.Cite())
			}
			if want := regexp.MustCompile(`^use +` + name + `\n`); !want.MatchString(p.Use) || !strings.Contains(p.Use, name+"(") {
				t.Errorf("no file that uses the cell:\n%s", p.Use)
			}
			src, err := cells.Source(name)
			if err != nil {
				t.Fatal(err)
			}
			laidOut(t, src)
			laidOut(t, &lang.Source{Name: "use of " + name, Text: p.Use})
		})
	}
}

func laidOut(t *testing.T, src *lang.Source) {
	t.Helper()
	f, err := lang.Parse(src)
	if err != nil {
		t.Fatal(err)
	}
	if got := lang.Print(f, false); got != src.Text {
		t.Errorf("%s isn't in standard layout, which is\n%s", src.Name, got)
	}
	if !strings.HasPrefix(src.Name, "use of ") && !hasCell(f, strings.TrimSuffix(src.Name, ".cell")) {
		t.Errorf("%s has no cell of that name", src.Name)
	}
}

func hasCell(f *lang.File, name string) bool {
	for _, st := range f.Stmts {
		if c, ok := st.(*lang.Cell); ok && c.Name == name {
			return true
		}
	}
	return false
}
