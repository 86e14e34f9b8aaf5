package picture

import (
	"encoding/xml"
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode"
)

const (
	symbolSize = 18.0
	valueSize  = 14.0
	backSize   = 13.0
	numberSize = 12.0 // of numbers beside edges
	weightSize = 16.0 // of weights beside edges
	stepSize   = 16.0 // of the columns' labels
	wordSize   = 14.0
)

// textWidth is about as wide as a text is in the widest of usual fonts; nobody knows in which it
// will be set.
func textWidth(s string, size float64) float64 {
	w := 0.0
	for _, r := range s {
		switch {
		case unicode.Is(unicode.Mn, r):
		case strings.ContainsRune(" .,:;|!iljt/()[]′", r):
			w += 0.36
		case strings.ContainsRune("mwMW⋯…шщжюмШЩЖЮМ", r):
			w += 0.9
		default:
			w += 0.63
		}
	}
	return w * size
}

func numberWidth(s string) float64 { return textWidth(s, numberSize) }

func (l Label) width(size float64) float64 {
	return textWidth(l.Base, size) + textWidth(l.Sub, 0.7*size) + textWidth(l.Sup, 0.7*size)
}

// extent is how far a label of the given size reaches above and below its base line.
func (l Label) extent(size float64) (up, down float64) {
	up = 0.74 * size
	if l.Sup != "" {
		up = 0.95 * size
	}
	if strings.ContainsAny(l.Base, "gjpqyQ()[]βγζημξρφχψ") {
		down = 0.22 * size
	}
	if l.Sub != "" {
		down = 0.44 * size
	}
	return up, down
}

// drop is how far its base line is below its middle.
func (l Label) drop(size float64) float64 {
	up, down := l.extent(size)
	return (up - down) / 2
}

// textWidth is the width of what stands in a box.
func (b *box) textWidth() float64 {
	return max(b.Label.width(symbolSize), textWidth(b.Value, valueSize), textWidth(b.Node.Back, backSize))
}

// textHeight is the height of what stands in a box.
func (b *box) textHeight() float64 {
	h := 20.0
	if b.Value != "" {
		h += 17
	}
	if b.Node.Back != "" {
		h += 16
	}
	return h
}

// spans is a label as the inside of a text element of the given size.
func (l Label) spans(size float64) string {
	out, down := letters(l.Base), 0.0
	for _, s := range []struct {
		text string
		down float64
	}{{l.Sub, 0.28}, {l.Sup, -0.4}} {
		if s.text != "" {
			out += fmt.Sprintf(`<tspan dy="%s" font-size="%s">%s</tspan>`, num((s.down-down)*size), num(0.7*size), letters(s.text))
			down = s.down
		}
	}
	return out
}

// letters sets single letters in italics, and words, digits and signs upright.
func letters(s string) string {
	var b strings.Builder
	for s != "" {
		word := len(s) - len(strings.TrimLeftFunc(s, isLetter))
		switch {
		case word == 0:
			word = len(s) - len(strings.TrimLeftFunc(s, func(r rune) bool { return !isLetter(r) }))
			b.WriteString(escape(s[:word]))
		case oneLetter(s[:word]):
			b.WriteString("<tspan class=\"v\">" + escape(s[:word]) + "</tspan>")
		default:
			b.WriteString(escape(s[:word]))
		}
		s = s[word:]
	}
	return b.String()
}

func isLetter(r rune) bool {
	return unicode.IsLetter(r) && !unicode.Is(unicode.Lm, r) || unicode.Is(unicode.Mn, r)
}

// oneLetter tells whether a word is one letter, perhaps with accents.
func oneLetter(s string) bool {
	n := 0
	for _, r := range s {
		if !unicode.Is(unicode.Mn, r) {
			n++
		}
	}
	return n == 1
}

// escape makes a text fit to stand in an element or an attribute, whatever is in it.
func escape(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a Builder doesn't fail
	return b.String()
}

// num is a coordinate, to a tenth.
func num(x float64) string {
	x = math.Round(10*x) / 10
	if x == 0 {
		x = 0 // not -0
	}
	return strconv.FormatFloat(x, 'f', -1, 64)
}
