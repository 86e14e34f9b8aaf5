package page_test

import (
	"bytes"
	"io"
	"regexp"
	"testing"

	"unroll/explain"
	"unroll/explain/page"
	"unroll/internal/golden"
)

// printers are the formats, by what their files end in.
var printers = map[string]func(io.Writer, *explain.Document) error{
	"txt": page.Text, "md": page.Markdown, "tex": page.LaTeX, "html": page.HTML,
}

// failer is a *testing.T or a *rapid.T.
type failer interface {
	Helper()
	Fatal(args ...any)
}

func printed(t failer, format string, d *explain.Document) string {
	t.Helper()
	var b bytes.Buffer
	if err := printers[format](&b, d); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// inner is what a page holds that isn't of this package, or is a file of it: formulas, style, script.
var inner = regexp.MustCompile(`(?s)(<(?:math|style|script)>|<math [^>]*>).*?(</(?:math|style|script)>)`)

// bare is a page without that.
func bare(page string) string { return inner.ReplaceAllString(page, "$1…$2") }

// A document with a part of every kind, in each format and language.
func TestRich(t *testing.T) {
	for format := range printers {
		for _, lang := range []string{"en", "ru"} {
			golden.Check(t, bare(printed(t, format, rich(lang))), "testdata/rich."+lang+"."+format)
		}
	}
}
