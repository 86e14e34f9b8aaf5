package page_test

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"unroll/explain"
)

func width(line string) int {
	n := 0
	for _, r := range line {
		if !unicode.Is(unicode.Mn, r) {
			n++
		}
	}
	return n
}

// Nothing is wider than a terminal: words and terms are short here.
func TestTextFits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		doc, _ := drawn(t, "en")
		for _, line := range strings.Split(printed(t, "txt", doc), "\n") {
			if width(line) > 80 {
				t.Fatalf("%d columns: %s", width(line), line)
			}
			if strings.TrimRight(line, " ") != line {
				t.Fatalf("spaces at the end of %q", line)
			}
		}
	})
}

// TestCombining holds columns to what is seen: ŷ may be written with a mark of its own.
func TestCombining(t *testing.T) {
	got := printed(t, "txt", &explain.Document{Title: "x", Parts: []explain.Part{explain.Table{
		Head: []explain.Text{say("y\u0302"), say("h")},
		Rows: [][]explain.Cell{{{Text: say("1")}, {Text: say("2")}}},
	}}})
	if want := "  y\u0302  h\n  ────\n  1  2\n"; !strings.HasSuffix(got, want) {
		t.Errorf("got\n%s", got)
	}
}

var bars = regexp.MustCompile(`(^|[^\\])\|`)

// Every row of a table has as many cells as the others, whatever stands in them.
func TestMarkdownTables(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		doc, _ := drawn(t, "en")
		cells := 0 // of the rows so far
		for _, line := range strings.Split(printed(t, "md", doc), "\n") {
			line = strings.TrimLeft(line, "> ")
			if !strings.HasPrefix(line, "|") {
				cells = 0
				continue
			}
			n := len(bars.FindAllString(strings.ReplaceAll(line, "||", "| |"), -1))
			if cells != 0 && n != cells {
				t.Fatalf("%d bars after rows with %d: %s", n, cells, line)
			}
			cells = n
		}
	})
}

// wellFormed reads HTML as XML, but for what HTML has of its own.
func wellFormed(page string) error {
	own := regexp.MustCompile(`(?s)<(script|style)[^>]*>.*?</(script|style)>|<!DOCTYPE html>|<meta[^>]*>|<wbr>`)
	d := xml.NewDecoder(strings.NewReader(own.ReplaceAllString(page, "")))
	d.Entity = xml.HTMLEntity
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}

func TestHTMLIsWellFormed(t *testing.T) {
	for _, lang := range []string{"en", "ru"} {
		if err := wellFormed(printed(t, "html", rich(lang))); err != nil {
			t.Error(err)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		doc, _ := drawn(t, "ru")
		if err := wellFormed(printed(t, "html", doc)); err != nil {
			t.Fatal(err)
		}
	})
}

// What comes from a user, such as the name of a file or of a series, is never more than words.
func TestHTMLIsEscaped(t *testing.T) {
	const evil = `</script><script>alert("x")</script>'"><img src=x onerror=alert(1)>`
	page := printed(t, "html", &explain.Document{
		Lang: `en"><script>`, Title: evil, Lead: say(evil, explain.Inline{Words: evil, Code: true}, explain.Inline{Words: evil, Strong: true}),
		From: map[string][]string{evil: {evil}},
		Parts: []explain.Part{
			explain.Section{ID: evil, Title: say(evil), Parts: []explain.Part{explain.Code{Text: evil}, explain.Figure{Alt: evil, Caption: say(evil)}}},
			explain.Table{Head: []explain.Text{say(evil)}, Rows: [][]explain.Cell{{{Text: say(evil), Mark: evil}}}, Left: 1, LeftSay: say(evil), Caption: say(evil)},
			explain.Chains{Lines: []explain.Chain{{Links: []explain.Link{is(evil, ident(evil))}, Mark: evil, Say: say(evil)}}},
			explain.Box{Title: say(evil)}, explain.List{Items: []explain.Text{say(evil)}},
		},
	})
	if n := strings.Count(page, "<script"); n != 2 {
		t.Errorf("%d scripts, not 2", n)
	}
	if strings.Contains(page, "<img") || strings.Contains(page, `alert("x")`) {
		t.Error("what the user typed is in the page as it is")
	}
	if err := wellFormed(page); err != nil {
		t.Error(err)
	}
	_, rest, _ := strings.Cut(page, `id="unroll-from">`)
	data, _, _ := strings.Cut(rest, "</script>")
	var from map[string][]string
	if err := json.Unmarshal([]byte(data), &from); err != nil || len(from[evil]) != 1 || from[evil][0] != evil {
		t.Errorf("the sources are %v, %v", from, err)
	}
}

// The page has its style and its script, and asks for nothing from elsewhere.
func TestHTMLStandsAlone(t *testing.T) {
	page := strings.ReplaceAll(printed(t, "html", rich("en")), `xmlns="http://www.w3.org/2000/svg"`, "")
	for _, own := range []string{"@media print", "pointerover", "\"Close\""} {
		if !strings.Contains(page, own) {
			t.Errorf("the page lacks %s", own)
		}
	}
	for _, link := range []string{"http:", "https:", " src=", "@import", "url("} {
		if strings.Contains(page, link) {
			t.Errorf("the page has %s", link)
		}
	}
}

// A picture is shown where it stands as a file, for GitHub shows no other.
func TestMarkdownFigure(t *testing.T) {
	for _, c := range []struct {
		f    explain.Figure
		want string
	}{
		{explain.Figure{SVG: drawing, Alt: "A_b", Caption: say("c")}, "# x\n\n*A\\_b*\n\nc\n"},
		{explain.Figure{SVG: drawing, File: "out dir/a.svg", Alt: "A_b", Caption: say("c")}, "# x\n\n![A\\_b](<out dir/a.svg>)\n\nc\n"},
		{explain.Figure{File: "a>b.svg"}, "# x\n\n![](<a%3Eb.svg>)\n"},
	} {
		if got := printed(t, "md", &explain.Document{Title: "x", Parts: []explain.Part{c.f}}); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

// What would begin a list or a heading at the start of a line is words there too.
func TestMarkdownLineStarts(t *testing.T) {
	for words, want := range map[string]string{
		"- a": `\- a`, "+ a": `\+ a`, "# a": `\# a`, "1. a": `1\. a`, "12) a": `12\) a`, "=== a": `\=== a`, "a - b": "a - b", "1.5": `1\.5`,
	} {
		got := printed(t, "md", &explain.Document{Title: "x", Parts: []explain.Part{explain.Para{Text: say(words)}}})
		if got != "# x\n\n"+want+"\n" {
			t.Errorf("%q is printed as %q", words, got)
		}
	}
}

// A chain that doesn't fit is broken at its relations; short links stay behind long ones.
func TestChainsBreak(t *testing.T) {
	long := ident(strings.Repeat("x", 40))
	for _, c := range []struct {
		chain explain.Chain
		want  string
	}{
		{explain.Chain{Left: ident("h"), Links: []explain.Link{is("=", ident("a")), is("=", num("1"))}}, "  h = a = 1\n"},
		{explain.Chain{Left: ident("h"), Links: []explain.Link{is("=", long), is("=", long), is("=", num("1")), is("≈", num("2"))}},
			"  h = " + strings.Repeat("x", 40) + "\n    = " + strings.Repeat("x", 40) + " = 1 ≈ 2\n"},
		{explain.Chain{Left: ident("h")}, "  h\n"},
		{explain.Chain{Links: []explain.Link{is("=", num("1"))}, Say: say("so")}, "  = 1    so\n"},
		{explain.Chain{Left: long, Links: []explain.Link{is("=", num("1"))}}, "  " + strings.Repeat("x", 40) + "\n    = 1\n"},
	} {
		got := printed(t, "txt", &explain.Document{Title: "x", Parts: []explain.Part{explain.Chains{Lines: []explain.Chain{c.chain}}}})
		if got != "x\n═\n\n"+c.want {
			t.Errorf("got\n%swant\n%s", got, c.want)
		}
	}
}
