package lang

import "math/big"

// TimeOf tells whether e is a time, `t`, `t+k` or `t-k`, and gives k as an expression without t
// (for `t-p+1`, `-p+1`). It says no to anything else, as `t mod 24` and `2*t`.
func TimeOf(e Expr) (offset Expr, ok bool) {
	switch e := e.(type) {
	case *Name:
		if e.Name == "t" {
			return &Num{At: e.At, Text: "0", Val: new(big.Rat)}, true
		}
	case *Paren:
		return TimeOf(e.X)
	case *Binary:
		if e.Op != "+" && e.Op != "-" {
			return nil, false
		}
		if off, ok := TimeOf(e.X); ok && !mentionsT(e.Y) {
			return &Binary{At: e.At, Op: e.Op, Text: e.Text, X: off, Y: e.Y}, true
		}
		if off, ok := TimeOf(e.Y); ok && e.Op == "+" && !mentionsT(e.X) {
			return &Binary{At: e.At, Op: e.Op, Text: e.Text, X: e.X, Y: off}, true
		}
	}
	return nil, false
}

// mentionsT tells whether the current time stands anywhere in e.
func mentionsT(e Expr) bool {
	found := false
	Walk(e, func(e Expr) bool {
		if n, ok := e.(*Name); ok && n.Name == "t" {
			found = true
		}
		return !found
	})
	return found
}

// Walk calls visit for e and, as long as it says yes, for everything within it, in reading order.
func Walk(e Expr, visit func(Expr) bool) {
	if e == nil || !visit(e) {
		return
	}
	for _, part := range Parts(e) {
		Walk(part, visit)
	}
}

// Parts are the expressions that e is made of, in reading order.
func Parts(e Expr) []Expr {
	switch e := e.(type) {
	case *Unary:
		return []Expr{e.X}
	case *Transpose:
		return []Expr{e.X}
	case *Paren:
		return []Expr{e.X}
	case *Binary:
		return []Expr{e.X, e.Y}
	case *List:
		return e.Items
	case *Call:
		parts := append(append([]Expr{}, e.Args...), e.After...)
		for _, s := range e.Sizes {
			parts = append(parts, s.X)
		}
		return parts
	case *Index:
		parts := []Expr{e.X}
		for _, r := range e.Items {
			parts = append(parts, r.Lo)
			if r.Hi != nil {
				parts = append(parts, r.Hi)
			}
		}
		return parts
	}
	return nil
}

// Unparen is e without the brackets around it.
func Unparen(e Expr) Expr {
	for {
		p, ok := e.(*Paren)
		if !ok {
			return e
		}
		e = p.X
	}
}
