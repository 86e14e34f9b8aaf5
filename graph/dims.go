package graph

import (
	"fmt"

	"unroll/lang"
)

// dim is a dimension that may not be known yet: a node of a union-find forest.
type dim struct {
	up *dim
	n  int      // 0: not known
	by string   // what made it known
	at lang.Pos // and where
}

func (d *dim) root() *dim {
	for d.up != nil {
		if d.up.up != nil {
			d.up = d.up.up
		}
		d = d.up
	}
	return d
}

func (d *dim) value() int { return d.root().n }

func known(n int, by string, at lang.Pos) *dim { return &dim{n: n, by: by, at: at} }

// join makes two dimensions one; it says no if both are known and differ.
func (d *dim) join(e *dim) (changed, ok bool) {
	a, b := d.root(), e.root()
	switch {
	case a == b:
		return false, true
	case a.n != 0 && b.n != 0:
		return false, a.n == b.n
	case a.n == 0:
		a.up = b
	default:
		b.up = a
	}
	return true, true
}

// shape is rows and columns, perhaps open.
type shape struct{ r, c *dim }

func openShape() shape { return shape{&dim{}, &dim{}} }

var one = func() *dim { return &dim{n: 1} }

func numberShape() shape { return shape{one(), one()} }

// isNumber tells that a shape is known to be 1×1; isArray, that it is known not to be.
func (s shape) isNumber() bool { return s.r.value() == 1 && s.c.value() == 1 }
func (s shape) isArray() bool  { return s.r.value() > 1 || s.c.value() > 1 }
func (s shape) isKnown() bool  { return s.r.value() != 0 && s.c.value() != 0 }

// String is how messages print a shape: a number, [3], [3, 2], with ? for what is open.
func (s shape) String() string {
	r, c := s.r.value(), s.c.value()
	txt := func(n int) string {
		if n == 0 {
			return "?"
		}
		return fmt.Sprint(n)
	}
	switch {
	case r == 1 && c == 1:
		return "a number"
	case c == 1:
		return "[" + txt(r) + "]"
	}
	return "[" + txt(r) + ", " + txt(c) + "]"
}

// origin says what made a shape known: ", from state h at line 3".
func (s shape) origin() string {
	for _, d := range []*dim{s.r.root(), s.c.root()} {
		if d.by != "" && d.n > 1 {
			if d.at.Line > 0 {
				return fmt.Sprintf(" (from %s, line %d)", d.by, d.at.Line)
			}
			return fmt.Sprintf(" (from %s)", d.by)
		}
	}
	return ""
}
