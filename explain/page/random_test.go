package page_test

import (
	"html"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"unroll/explain"
	"unroll/notation"
)

// drawer draws documents, and notes the words and numbers that a reader must find again.
type drawer struct {
	t     *rapid.T
	words []string
}

func (d *drawer) word() string {
	w := rapid.StringMatching(`[a-z]{1,9}[0-9]{1,6}|[а-яё]{2,12}|[0-9]{1,18}`).Draw(d.t, "word")
	d.words = append(d.words, w)
	return w
}

func (d *drawer) math() notation.Math {
	var sum notation.Row
	for i := range rapid.IntRange(1, 9).Draw(d.t, "terms") {
		if i > 0 {
			sum = append(sum, plus)
		}
		sum = append(sum, d.factor())
	}
	return sum
}

func (d *drawer) factor() notation.Math {
	n := rapid.StringMatching(`[1-9][0-9]{2,9}`).Draw(d.t, "number")
	d.words = append(d.words, n)
	switch rapid.IntRange(0, 4).Draw(d.t, "kind") {
	case 0:
		return call("relu", num(n), times, ident("w"))
	case 1:
		return notation.Frac{Above: num(n), Below: num("3")}
	case 2:
		return at(yhat, n)
	case 3:
		return notation.Fenced{Open: "|", Close: "|", X: num(n)}
	}
	return num(n)
}

func (d *drawer) text() explain.Text {
	var t explain.Text
	for range rapid.IntRange(0, 12).Draw(d.t, "pieces") {
		switch rapid.IntRange(0, 5).Draw(d.t, "piece") {
		case 0:
			t = append(t, explain.Inline{Math: d.math()}, explain.Inline{Words: " "})
		case 1:
			t = append(t, explain.Inline{Words: d.word(), Code: true}, explain.Inline{Words: ", "})
		case 2:
			t = append(t, explain.Inline{Words: d.word(), Strong: true}, explain.Inline{Words: " "})
		default:
			t = append(t, explain.Inline{Words: d.word() + " "})
		}
	}
	return t
}

func (d *drawer) chain() explain.Chain {
	c := explain.Chain{Mark: "mark", Say: d.text()}
	if rapid.Bool().Draw(d.t, "left") {
		c.Left = d.math()
	}
	for range rapid.IntRange(0, 4).Draw(d.t, "links") {
		c.Links = append(c.Links, is(rapid.SampledFrom([]string{"=", "≈"}).Draw(d.t, "sign"), d.math()))
	}
	return c
}

func (d *drawer) table() explain.Table {
	t := explain.Table{Caption: d.text()}
	n := rapid.IntRange(0, 7).Draw(d.t, "columns")
	for range n {
		t.Head = append(t.Head, d.text())
	}
	for range rapid.IntRange(0, 4).Draw(d.t, "rows") {
		var r []explain.Cell
		for range rapid.IntRange(0, n).Draw(d.t, "cells") {
			r = append(r, explain.Cell{Text: d.text()})
		}
		t.Rows = append(t.Rows, r)
	}
	if n > 0 && rapid.Bool().Draw(d.t, "cut") {
		t.Left, t.LeftAt, t.LeftSay = 3, rapid.IntRange(0, len(t.Rows)).Draw(d.t, "at"), d.text()
	}
	return t
}

func (d *drawer) parts(deep int) []explain.Part {
	var out []explain.Part
	for range rapid.IntRange(0, 3).Draw(d.t, "parts") {
		out = append(out, d.part(deep))
	}
	return out
}

func (d *drawer) part(deep int) explain.Part {
	switch kind := rapid.IntRange(0, 7).Draw(d.t, "part"); {
	case kind == 0 && deep < 2:
		return explain.Section{ID: "id", Title: d.text(), Level: deep + 1, Parts: d.parts(deep + 1)}
	case kind == 1 && deep < 4:
		return explain.Box{Kind: explain.BoxKind(rapid.IntRange(0, 2).Draw(d.t, "box")), Title: d.text(), Parts: d.parts(3)}
	case kind == 2:
		l := explain.List{}
		for range rapid.IntRange(0, 3).Draw(d.t, "items") {
			l.Items = append(l.Items, d.text())
		}
		return l
	case kind == 3:
		return explain.Code{Text: d.word() + "\n  " + d.word()}
	case kind == 4:
		return explain.Figure{Alt: d.word(), Caption: d.text()}
	case kind == 5:
		return d.table()
	case kind == 6:
		c := explain.Chains{}
		for range rapid.IntRange(0, 3).Draw(d.t, "lines") {
			c.Lines = append(c.Lines, d.chain())
		}
		return c
	}
	return explain.Para{Text: d.text()}
}

// drawn is a random document and what must be found in it.
func drawn(t *rapid.T, lang string) (*explain.Document, []string) {
	d := &drawer{t: t}
	doc := &explain.Document{Lang: lang, Title: d.word(), Lead: d.text(), Parts: d.parts(0)}
	return doc, d.words
}

// Whatever a document says is in every format: no word and no number is lost, and each is whole.
func TestNothingIsLost(t *testing.T) {
	// What is within words that are whole: places for a break, and changes of the font.
	tex := regexp.MustCompile(`\\cut\{\}|\{\\fontencoding\{T[12]A?\}\\selectfont `)
	plain := map[string]func(string) string{
		"txt":  func(s string) string { return s },
		"md":   func(s string) string { return s },
		"tex":  func(s string) string { return tex.ReplaceAllString(s, "") },
		"html": html.UnescapeString,
	}
	for format := range printers {
		t.Run(format, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				doc, words := drawn(t, rapid.SampledFrom([]string{"en", "ru"}).Draw(t, "lang"))
				got := plain[format](printed(t, format, doc))
				for _, w := range words {
					if !strings.Contains(got, w) {
						t.Fatalf("%q isn't in\n%s", w, got)
					}
				}
			})
		})
	}
}
