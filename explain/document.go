package explain

import "unroll/notation"

// Document is a worked solution as it is to be read: a tree of parts, whatever it is printed as.
type Document struct {
	Lang  string // "en" or "ru"
	Title string // the cell's file
	Lead  Text   // a line or two below the title
	Parts []Part
	// From says of a value, by its mark, which values it was computed from.
	From map[string][]string
	// Warnings are about numbers that are undefined or infinite, in English, for a log.
	Warnings []string
}

// Part is a part of a document: Section, Para, List, Chains, Table, Box, Code or Figure.
type Part interface{ part() }

type (
	// Section is a heading and what stands below it.
	Section struct {
		ID    string // for links: "forward"
		Title Text
		Level int // 1 below the document's title, then 2
		Parts []Part
	}

	// Para is a paragraph.
	Para struct{ Text Text }

	// List is a list of short paragraphs.
	List struct{ Items []Text }

	// Chains are formulas set apart, one below the other with their relations aligned.
	Chains struct{ Lines []Chain }

	// Table is rows of cells below a head.
	Table struct {
		Caption Text // may be empty
		Head    []Text
		Rows    [][]Cell
		Left    int  // how many rows are left out
		LeftAt  int  // before which row
		LeftSay Text // what stands there, as "36 steps left out"
	}

	// Box is a remark set apart: what the source of an exercise does not say, a check, a warning.
	Box struct {
		Kind  BoxKind
		Title Text
		Parts []Part
	}

	// Code is a file or a command as it stands.
	Code struct{ Text string }

	// Figure is a picture, as an SVG document, with what it shows in words.
	Figure struct {
		SVG     string
		File    string // where the picture stands as a file, if it does
		Table   *Table // the same in numbers, for forms that show no picture; nil if there is none
		Alt     string
		Caption Text
	}
)

func (Section) part() {}
func (Para) part()    {}
func (List) part()    {}
func (Chains) part()  {}
func (Table) part()   {}
func (Box) part()     {}
func (Code) part()    {}
func (Figure) part()  {}

// BoxKind is the kind of a Box.
type BoxKind int

// The kinds of boxes.
const (
	Remark  BoxKind = iota // what is easily missed
	Check                  // something that holds, and was computed
	Warning                // something that doesn't, or can't be shown
)

// Text is a sentence or a phrase: words and formulas.
type Text []Inline

// Inline is a piece of a Text: a Math if it is set, and otherwise words.
type Inline struct {
	Words  string
	Math   notation.Math
	Code   bool // the words are what is typed: `--feed free`
	Strong bool
}

// Cell is an entry of a table.
type Cell struct {
	Text Text
	Mark string // which value it is, as "h.2" at t = 2 ("h.2.a" of series a); "" if it isn't a value
}

// Chain is a formula and what it equals, step by step: h_2 = relu(w·h_1) = relu(0.5·0) = 0.
type Chain struct {
	Left  notation.Math // may be nil: then the first link goes on with the line before
	Links []Link
	Say   Text   // a word on it, behind or below; may be empty
	Mark  string // which value it computes; "" if none
}

// Link is a relation and its right side.
type Link struct {
	Sign string // "=", "≈", "∼", "←"
	X    notation.Math
}
