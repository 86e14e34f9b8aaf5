package graph

import "unroll/op"

// infer gives an expression its shape, and relates it to the shapes of what is in it.
func (in *inference) infer(e *expr) shape {
	if s, ok := in.of[e]; ok {
		return s
	}
	s := openShape()
	in.of[e] = s
	switch e.kind {
	case xDraw:
		in.drawShape(e, s)
	case xNum, xTime, xDim:
		in.join(s, numberShape())
	case xObserved:
		in.join(s, in.names[e.name])
	case xName, xLag:
		if !in.unknown(e.name) {
			in.of[e] = in.names[e.name]
		}
	case xWindow:
		in.windowShape(e, s)
	case xUnwindow:
		d := in.infer(e.args[0])
		in.meet(e, d.r, known(e.p-e.q+1, "the window", e.at))
		in.meet(e, s.r, d.c)
		in.meet(e, s.c, one())
	case xList:
		in.listShape(e, s)
	case xSeriesSum:
		in.of[e] = in.infer(e.args[0])
	case xPick:
		in.pickShape(e, s)
	case xRow:
		in.rowShape(e, s)
	case xNode:
		in.join(s, shape{known(e.node.Shape.R, "", e.at), known(e.node.Shape.C, "", e.at)})
	}
	return in.of[e]
}

// unknown tells that nothing can be said of a name's shape, since something in its equation is wrong.
func (in *inference) unknown(name string) bool {
	q := in.p.eqs[name]
	return q != nil && q.unknown
}

// meet joins two dimensions that a construction makes equal.
func (in *inference) meet(e *expr, a, b *dim) {
	m, ok := a.join(b)
	in.moved = in.moved || m
	if !ok {
		in.p.errorf(e.at, "%s doesn't fit: %d here and %d there; make them the same", e.text(), a.value(), b.value())
	}
}

// windowShape: of a number a vector, of a vector x[D] the matrix [p, D].
func (in *inference) windowShape(e *expr, s shape) {
	in.meet(e, s.r, known(e.p-e.q+1, "the window "+e.text(), e.at))
	if in.unknown(e.name) {
		return
	}
	x := in.names[e.name]
	if x.c.value() > 1 {
		in.p.errorf(e.at, "a window stacks numbers or vectors, and %s is %s%s; take a row or a column of it first", e.said(), x, x.origin())
		return
	}
	in.meet(e, x.c, one())
	in.meet(e, s.c, x.r)
}

// listShape: a flat list is a column, or a row where a row is needed.
func (in *inference) listShape(e *expr, s shape) {
	rows, cols := len(e.list), len(e.list[0])
	if !e.flat {
		in.join(s, shape{known(rows, "the literal", e.at), known(cols, "the literal", e.at)})
		return
	}
	column := func(yes bool) bool {
		want := shape{known(cols, "the literal", e.at), one()}
		if !yes {
			want = shape{one(), known(cols, "the literal", e.at)}
		}
		if !in.join(s, want) {
			in.p.errorf(e.at, "a list of %s stands where %s%s is wanted; make the lengths the same", count(cols, "number"), s, s.origin())
		}
		return true
	}
	in.wait(relation{e: e, step: func() bool {
		switch {
		case cols == 1 || s.r.value() > 1 || s.c.value() == 1:
			return column(true)
		case s.r.value() == 1 || s.c.value() > 1:
			return column(false)
		}
		return false
	}, force: func(stage int) bool { return stage == lists && column(true) }})
}

func (in *inference) rowShape(e *expr, s shape) {
	var args []shape
	for _, a := range e.args {
		args = append(args, in.infer(a))
	}
	switch e.row.Form {
	case op.Entrywise:
		in.entrywise(e, args, s)
	case op.Product:
		in.product(e, args[0], args[1], s)
	case op.Transposed:
		in.meet(e, s.r, args[0].c)
		in.meet(e, s.c, args[0].r)
	case op.Along:
		in.join(s, args[0])
	case op.Reduce:
		in.reduce(e, args[0], s)
	case op.Spread:
		in.join(s, args[1])
	case op.Concat:
		in.concat(e, args[0], args[1], s)
	default:
		in.fixedShape(e, args, s)
	}
}

// entrywise: arguments that are known to be numbers stand for arrays; the others are of the
// result's shape, and one that has no shape yet takes the other's.
func (in *inference) entrywise(e *expr, args []shape, s shape) {
	in.wait(relation{e: e, step: func() bool {
		numbers, waiting := 0, false
		for i, a := range args {
			switch {
			case in.isNumber(e.args[i], a):
				numbers++
			case in.undecided(e.args[i], a):
				waiting = true
			case !in.join(a, s):
				in.clash(e, s, a, "make the shapes the same, or a number of an array by sum, dot or a component")
				return true
			}
		}
		if numbers == len(args) {
			in.join(s, numberShape())
			return true
		}
		return !waiting && s.isKnown()
	}, force: func(stage int) bool {
		// What has no shape takes the other's, a number's too.
		if stage != joins || s.isKnown() || !in.could(s, numberShape()) {
			return false
		}
		for i, a := range args {
			if a.isNumber() && !in.likely.number(e.args[i]) {
				return in.join(s, numberShape())
			}
		}
		return false
	}})
}

// product: a number times anything, the linear map that an open constant is, or a matrix product.
func (in *inference) product(e *expr, a, b, s shape) {
	constant := in.p.isFree(e.args[0])
	in.wait(relation{e: e, step: func() bool {
		in.sides(a, b, s)
		switch {
		case e.strict:
			return in.asProduct(e, a, b, s)
		case a.isNumber():
			return in.scaled(e, b, s)
		case b.isNumber():
			return in.scaled(e, a, s)
		case a.isArray() && (b.isArray() || surelyArray(e.args[1])):
			return in.asProduct(e, a, b, s)
		case a.isArray() && (sameDims(b, s) || !in.could(a, s)):
			return in.asProduct(e, a, b, s)
		case b.isArray() && !in.could(b, s):
			return in.asProduct(e, a, b, s)
		case b.isArray() && a.c.value() == 1 && b.r.value() > 1:
			// A column can't stand before what has several rows: a is a number.
			return in.join(a, numberShape()) && in.scaled(e, b, s)
		}
		return false
	}, force: func(stage int) bool {
		switch {
		case (stage == linear && e.args[0].kind == xName || stage == composed) && constant && !a.isKnown() && !in.undecided(e.args[0], a):
			// A linear map: it takes what it is applied to, to what is wanted.
			e.strict = true
			return true
		case stage == factors && !a.isKnown():
			return in.join(a, numberShape())
		}
		return false
	}})
}

// sides joins what is the same whether one factor scales the other or both are multiplied: the rows
// are those of an array on the left, the columns those of an array on the right.
func (in *inference) sides(a, b, s shape) {
	if a.isArray() {
		moved, _ := s.r.join(a.r)
		in.moved = in.moved || moved
	}
	if b.isArray() {
		moved, _ := s.c.join(b.c)
		in.moved = in.moved || moved
	}
}

// surelyArray tells that an expression isn't a number, though its shape may be open: a list of
// several numbers, which is a column or a row, a window, and what is made of such entry by entry.
func surelyArray(e *expr) bool {
	switch {
	case e.kind == xList:
		return len(e.list) > 1 || len(e.list[0]) > 1
	case e.kind == xWindow:
		return e.p > e.q
	case e.kind == xRow && (e.row.Form == op.Entrywise || e.row.Form == op.Along):
		for _, a := range e.args {
			if surelyArray(a) {
				return true
			}
		}
	}
	return false
}

// could tells whether two shapes may still be the same.
func (in *inference) could(a, b shape) bool {
	meets := func(x, y *dim) bool {
		return x.value() == 0 || y.value() == 0 || x.value() == y.value()
	}
	return meets(a.r, b.r) && meets(a.c, b.c)
}

func sameDims(a, b shape) bool {
	return !a.isKnown() && a.r.root() == b.r.root() && a.c.root() == b.c.root()
}

func (in *inference) scaled(e *expr, x, s shape) bool {
	if !in.join(x, s) {
		in.clash(e, s, x, "a number times an array has the array's shape")
	}
	return true
}

func (in *inference) asProduct(e *expr, a, b, s shape) bool {
	if a.c.value() == 1 && b.c.value() == 1 && a.r.value() > 1 && b.r.value() > 1 {
		in.clash(e, a, b, "write .* for the product entry by entry, dot(a, b) for the number")
		return true
	}
	m1, ok1 := a.c.join(b.r)
	if !ok1 {
		in.clash(e, a, b, "the columns of the first must be the rows of the second")
		return true
	}
	m2, ok2 := s.r.join(a.r)
	m3, ok3 := s.c.join(b.c)
	in.moved = in.moved || m1 || m2 || m3
	if !ok2 || !ok3 {
		got := shape{a.r, b.c}
		in.p.errorf(e.at, "%s is %s%s, and %s%s is wanted here; make the shapes the same", e.text(), got, got.origin(), s, s.origin())
	}
	return true
}
