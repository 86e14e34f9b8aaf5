package notation

// Bracket puts m between round brackets.
func Bracket(m Math) Math { return Fenced{"(", ")", m} }

// Fill puts the arguments into the holes of a template, #1 the first, in brackets where what stands
// around the hole binds tighter than what stands in the argument. A hole without an argument stays.
func Fill(template Math, args ...Math) Math {
	return filler{args}.fill(template, place{})
}

type filler struct{ args []Math }

// place is what a hole asks of its argument.
type place struct {
	least  level // how tightly it must hold together
	inside bool  // it is not the first of its row, so it can't begin with a minus
	last   bool  // nothing follows in its row, so a ∑ may be open to its right
}

// accepts tells whether m may stand there without brackets.
func (p place) accepts(m Math) bool {
	l := levelOf(m)
	return (l >= p.least || p.last && l == bigged && p.least > summed && p.least <= multiplied) && !(p.inside && beginsWithMinus(m))
}

// set is m as it stands there.
func (p place) set(m Math) Math {
	if p.accepts(m) {
		return m
	}
	return Bracket(m)
}

func (f filler) fill(m Math, at place) Math {
	switch m := m.(type) {
	case Hole:
		if n := int(m); n >= 1 && n <= len(f.args) {
			return at.set(f.args[n-1])
		}
	case Row:
		return f.row(pieces(m))
	case Script:
		return Script{f.base(m.Base), f.inner(m.Sub), f.inner(m.Sup)}
	case Accent:
		return Accent{f.inner(m.Base), m.Mark}
	case Frac:
		return Frac{f.inner(m.Above), f.inner(m.Below)}
	case Root:
		return Root{f.inner(m.X)}
	case Fenced:
		return Fenced{m.Open, m.Close, f.inner(m.X)}
	case Matrix:
		return Matrix{f.rows(m.Rows)}
	case Cases:
		return Cases{f.lines(m.Lines)}
	case Big:
		return Big{m.Sign, f.inner(m.Below), f.inner(m.Above), f.inner(m.X)}
	}
	return m
}

// inner fills what has its own brackets, or needs none.
func (f filler) inner(m Math) Math { return f.fill(m, place{}) }

// base fills what has scripts.
func (f filler) base(m Math) Math {
	if _, hole := m.(Hole); hole {
		return based(f.inner(m))
	}
	return f.inner(m)
}

// based is m with brackets if scripts beside it need them.
func based(m Math) Math {
	if isBase(m) {
		return m
	}
	return Bracket(m)
}

func (f filler) rows(rows [][]Math) [][]Math {
	out := make([][]Math, len(rows))
	for i, row := range rows {
		for _, x := range row {
			out[i] = append(out[i], f.inner(x))
		}
	}
	return out
}

func (f filler) lines(lines []Case) []Case {
	out := make([]Case, len(lines))
	for i, l := range lines {
		out[i] = Case{f.inner(l.X), f.inner(l.If)}
	}
	return out
}

func (f filler) row(row []Math) Math {
	var out Row
	for i, p := range row {
		out = flat(out, f.fill(p, placeIn(row, i)))
	}
	if len(out) == 1 {
		return out[0]
	}
	return out
}

// placeIn is the place of the i-th piece of a row.
func placeIn(row []Math, i int) place {
	at := place{last: i == len(row)-1}
	if i > 0 {
		at.least, at.inside = behind(row[i-1])
	}
	if !at.last {
		least, open := before(row[i+1])
		at.least, at.inside = max(at.least, least), at.inside || open
	}
	return at
}

// behind is what a place asks for because p stands left of it: how tightly its argument must hold
// together, and whether it can't begin with a minus.
func behind(p Math) (least level, inside bool) {
	s, ok := p.(Sign)
	switch {
	case !ok && isOperand(p):
		return applied, true
	case !ok || s.Kind == Comma || s.Kind == Dots:
		return related, false
	case s.Kind == Relation:
		return remainder, false
	case s.Text == "mod":
		return divided, true
	case s.Text == "−" || s.Text == "±":
		return summed + 1, true
	}
	return signLevel(s), true
}

// before is the same because p stands right of it.
func before(p Math) (least level, inside bool) {
	s, ok := p.(Sign)
	switch {
	case !ok && isOperand(p):
		return applied, true
	case !ok || s.Kind == Comma || s.Kind == Dots:
		return related, false
	case s.Kind == Relation:
		return remainder, false
	case s.Text == "mod":
		return multiplied, true
	}
	return signLevel(s), false
}
