package explain

import (
	"strings"

	"unroll/graph"
	"unroll/notation"
	"unroll/words"
)

// teller tells a worked solution.
type teller struct {
	*solved
	opt   Options
	words *words.Catalogue
	p     *paper
	doc   *Document
	inner []inner
	*budget
}

// say is a sentence in the reader's language. Holes take formulas, texts and anything that prints.
func (l *teller) say(english string, args ...words.Arg) Text {
	var out Text
	for _, piece := range l.words.Say(english, args...) {
		switch x := piece.Arg.(type) {
		case nil:
			out = append(out, typedWithin(piece.Text)...)
		case notation.Math:
			out = append(out, Inline{Math: x})
		case Text:
			out = append(out, x...)
		case Inline:
			out = append(out, x)
		default:
			out = append(out, Inline{Words: piece.Text})
		}
	}
	return out
}

// typedWithin takes the quotes off what is typed: `--full`.
func typedWithin(text string) Text {
	var out Text
	for i, part := range strings.Split(text, "`") {
		if part != "" {
			out = append(out, Inline{Words: part, Code: i%2 == 1})
		}
	}
	return out
}

// para is a paragraph of one sentence.
func (l *teller) para(english string, args ...words.Arg) Part { return Para{l.say(english, args...)} }

// strong is a text that stands out.
func strong(t Text) Text {
	for i := range t {
		t[i].Strong = t[i].Math == nil
	}
	return t
}

// plain are the words of a sentence without formulas.
func (l *teller) plain(english string, args ...words.Arg) string {
	s := ""
	for _, piece := range l.words.Say(english, args...) {
		s += piece.Text
	}
	return s
}

func formula(m notation.Math) Text { return Text{{Math: m}} }

func typed(s string) Inline { return Inline{Words: s, Code: true} }

// bare is a symbol without a time, for the head of a column.
func (l *teller) bare(n *graph.Node) notation.Math {
	return l.p.symbolAt(n, general)
}

// list joins texts as a sentence does: a, b and c.
func (l *teller) list(all []Text) Text {
	var out Text
	for i, t := range all {
		switch {
		case i == 0:
		case i == len(all)-1:
			out = append(out, l.say(" and ")...)
		default:
			out = append(out, Inline{Words: ", "})
		}
		out = append(out, t...)
	}
	return out
}

// symbols are the names of nodes as a list.
func (l *teller) symbols(all []*graph.Node) Text {
	var texts []Text
	for _, n := range all {
		texts = append(texts, formula(l.p.names[n](nil)))
	}
	return l.list(texts)
}

func (l *teller) section(id string, level int, title Text, parts ...Part) Section {
	return Section{ID: id, Title: title, Level: level, Parts: parts}
}
