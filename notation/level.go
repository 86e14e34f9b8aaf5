package notation

import "unicode/utf8"

// level is how tightly a piece holds together once it is written.
type level int

const (
	loosest    level = iota // words, commas, cases
	related                 // a = b
	remainder               // a mod b: nobody remembers how tightly it binds, so it is always bracketed
	summed                  // a + b
	bigged                  // ∑ a, open to its right
	entrywise               // a ⊙ b, which the language binds looser than ·
	multiplied              // a·b, and −a
	divided                 // a/b
	applied                 // f(x), ∂x
	single                  // a letter, a number, anything in brackets
)

// signLevel is the level of what a sign joins.
func signLevel(s Sign) level {
	switch s.Kind {
	case Comma:
		return loosest
	case Relation:
		return related
	case Prefix:
		if isTight(s) {
			return applied
		}
		return multiplied
	case Dots:
		return single
	}
	switch s.Text {
	case "mod":
		return remainder
	case "+", "−", "±":
		return summed
	case "⊙":
		return entrywise
	}
	return multiplied
}

// levelOf is the level of a formula.
func levelOf(m Math) level {
	switch m := sole(m).(type) {
	case Row:
		return rowLevel(pieces(m))
	case Sign:
		return signLevel(m)
	case Word, Cases, nil:
		return loosest
	case Frac:
		return divided
	case Big:
		return bigged
	}
	return single
}

// rowLevel is the level of pieces beside each other: that of the loosest sign.
func rowLevel(row []Math) level {
	least := applied
	for _, p := range row {
		if s, ok := p.(Sign); ok {
			least = min(least, signLevel(s))
		} else {
			least = min(least, levelOf(p))
		}
	}
	return least
}

// pieces are the pieces of a formula in one flat row, with a sign for each product that is written
// by standing beside each other, and each minus marked as what it is by its place.
func pieces(m Math) []Math {
	var out []Math
	var before Math
	said := false // that the next piece is a factor
	for _, p := range flat(nil, m) {
		s, sign := p.(Sign)
		if sign && s.Text == times {
			said = true
			continue
		}
		if sign && isPlusMinus(s) {
			p = placed(s, before)
		}
		if isOperand(before) && beginsFactor(before, p) && (said || !applies(before, p)) {
			out = append(out, Sign{times, Binary})
		}
		out = append(out, p)
		before, said = p, false
	}
	return out
}

func flat(out []Math, m Math) []Math {
	switch m := m.(type) {
	case nil:
		return out
	case Row:
		for _, p := range m {
			out = flat(out, p)
		}
		return out
	case Script:
		if len(flat(nil, m.Sub)) == 0 && len(flat(nil, m.Sup)) == 0 {
			return flat(out, m.Base)
		}
	}
	return append(out, m)
}

// sole is the only piece of a formula, if it has but one, nil if it has none, and otherwise the formula.
func sole(m Math) Math {
	switch row := pieces(m); len(row) {
	case 0:
		return nil
	case 1:
		return row[0]
	default:
		return Row(row)
	}
}

func isPlusMinus(s Sign) bool { return s.Text == "+" || s.Text == "−" || s.Text == "±" }

// placed is a plus or minus as its place makes it: binary behind an operand, a prefix behind a
// sign. At the beginning it is what it says: a Binary one goes on with the line before.
func placed(s Sign, before Math) Sign {
	switch {
	case isOperand(before):
		s.Kind = Binary
	case before != nil || s.Kind != Binary:
		s.Kind = Prefix
	}
	return s
}

// isOperand tells whether p ends a term, so that what follows it is joined to it.
func isOperand(p Math) bool {
	switch p := p.(type) {
	case nil, Word:
		return false
	case Sign:
		return p.Kind == Dots
	}
	return true
}

// beginsFactor tells whether p behind an operand is a factor of it.
func beginsFactor(before, p Math) bool {
	if s, ok := before.(Sign); ok && s.Kind == Dots {
		return false
	}
	if f, ok := p.(Fenced); ok && f.Open == "" {
		return false // the end of what a line was broken in
	}
	switch p := p.(type) {
	case Sign:
		return isTight(p)
	case Word:
		return false
	}
	return true
}

// applies tells whether f beside x is a function and its argument: a name before a round bracket,
// or a word before anything.
func applies(f, x Math) bool {
	if _, sign := x.(Sign); sign {
		return false
	}
	fenced, ok := nucleus(x).(Fenced)
	round := ok && fenced.Open == "("
	switch name := nucleus(f).(type) {
	case Ident:
		return round || isWord(name)
	case Accent, Hole:
		return round
	}
	return false
}

// nucleus is what scripts stand beside.
func nucleus(m Math) Math {
	for {
		s, ok := m.(Script)
		if !ok {
			return m
		}
		m = sole(s.Base)
	}
}

// isWord tells a name that is set upright, as a word.
func isWord(i Ident) bool { return i.Style == Usual && utf8.RuneCountInString(i.Name) > 1 }

// beginsWithMinus tells whether a formula begins with a sign of its own.
func beginsWithMinus(m Math) bool {
	row := pieces(m)
	if len(row) == 0 {
		return false
	}
	s, ok := row[0].(Sign)
	return ok && isPlusMinus(s)
}

// isBase tells whether scripts may stand beside m without brackets.
func isBase(m Math) bool {
	switch m := sole(m).(type) {
	case Ident, Number, Accent, Fenced, Matrix, Hole:
		return true
	case Script:
		return m.Sup == nil
	case Row:
		row := pieces(m)
		return len(row) == 2 && applies(row[0], row[1]) && isRound(row[1])
	}
	return false
}

func isRound(m Math) bool {
	f, ok := m.(Fenced)
	return ok && f.Open == "("
}

// isTight tells the signs that are one with what follows: the ∂ of ∂h and the δ of δh, but not a minus.
func isTight(s Sign) bool { return s.Kind == Prefix && (s.Text == "∂" || s.Text == "δ") }
