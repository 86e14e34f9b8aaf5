package page

import (
	"math"
	"strings"
	"unicode/utf8"

	"unroll/explain"
	"unroll/notation"
)

// measure says how wide a formula is, in columns of text.
type measure func(notation.Math) int

// set is about how wide a formula is when it is set on paper or on a screen: in digits, which are
// what a column is there. Notation.Width is the same on a line of text, where a matrix is long.
func set(m notation.Math) int { return int(math.Ceil(digits(m))) }

// script is the size of what stands below or above a letter.
const script = 0.7

// digits is how wide a formula is, in digits.
func digits(m notation.Math) float64 {
	switch m := m.(type) {
	case nil:
		return 0
	case notation.Row:
		sum := 0.0
		for _, x := range m {
			sum += digits(x)
		}
		return sum
	case notation.Ident:
		return 1.15 * letters(m.Name)
	case notation.Sign:
		return signDigits(m)
	case notation.Script:
		return digits(m.Base) + script*math.Max(digits(m.Sub), digits(m.Sup))
	case notation.Accent:
		return digits(m.Base)
	case notation.Frac:
		return 0.5 + math.Max(digits(m.Above), digits(m.Below))
	case notation.Root:
		return 1.7 + digits(m.X)
	case notation.Fenced:
		return letters(m.Open) + letters(m.Close) + digits(m.X)
	case notation.Matrix:
		return matrixDigits(m)
	case notation.Cases:
		wide := 0.0
		for _, l := range m.Lines {
			wide = math.Max(wide, digits(l.X)+4+digits(l.If))
		}
		return 2 + wide
	case notation.Big:
		return math.Max(3, script*math.Max(digits(m.Below), digits(m.Above))) + digits(m.X)
	}
	return float64(notation.Width(m))
}

func letters(s string) float64 { return float64(utf8.RuneCountInString(s)) }

// signDigits is a sign with the space around it.
func signDigits(s notation.Sign) float64 {
	switch {
	case s.Text == "·":
		return 1.5
	case s.Kind == notation.Binary:
		return 2.5
	case s.Kind == notation.Relation:
		return 2.8
	case s.Kind == notation.Dots:
		return 2.5
	case s.Kind == notation.Comma:
		return 1
	}
	return 1.5
}

// matrixDigits is the sum of the widths of columns.
func matrixDigits(m notation.Matrix) float64 {
	var wide []float64
	for _, r := range m.Rows {
		for j, x := range r {
			if j == len(wide) {
				wide = append(wide, 0)
			}
			wide[j] = math.Max(wide[j], digits(x))
		}
	}
	sum := 0.5 // of the brackets, which stand where space between columns would
	for _, w := range wide {
		sum += w + 1.9
	}
	return sum
}

// setCell is how wide a cell of a table is where formulas are set, wrapped at most columns.
func setCell(t explain.Text, most int) int {
	wide := 0
	for _, line := range wrap(t, most) {
		n := 0
		for _, in := range line {
			if in.Math != nil {
				n += set(in.Math)
			} else {
				n += columns(in.Words)
			}
		}
		wide = max(wide, n)
	}
	return wide
}

// textCell is the same in a text.
func textCell(t explain.Text, most int) int { return widest(wrapped(t, most)) }

// widest is the columns that the widest line takes.
func widest(lines []string) int {
	wide := 0
	for _, l := range lines {
		wide = max(wide, columns(strings.TrimRight(l, " ")))
	}
	return wide
}
