package graph

import "fmt"

// reduce: a vector to a number, a matrix row by row to a vector.
func (in *inference) reduce(e *expr, a, s shape) {
	in.wait(relation{e: e, step: func() bool {
		switch {
		case a.isNumber() && e.row.Name == "sum" && !in.written(e):
			in.p.errorf(e.at, "sum adds the entries of an array, and %s is a number; to add over time write total(%s)", e.args[0].text(), e.args[0].text())
			return true
		case a.c.value() == 1:
			in.join(s, numberShape())
			return true
		case a.c.value() > 1:
			in.join(s, shape{a.r, one()})
			return true
		}
		return false
	}, force: in.toColumn(a)})
}

// written tells that an expression stands in a function's body, not in the file.
func (in *inference) written(e *expr) bool {
	return e.src == nil || e.src.Pos().Src == nil || e.src.Pos().Src != in.p.file.Src && in.p.table.Named(e.src.Pos().Src.Name) != nil
}

// concat: vectors and numbers one below the other; matrices row by row, a vector being one column.
func (in *inference) concat(e *expr, a, b, s shape) {
	in.wait(relation{e: e, step: func() bool {
		x, y := a.c.value(), b.c.value()
		switch {
		case x > 1 || y > 1:
			if _, ok := a.r.join(b.r); !ok {
				in.clash(e, a, b, "matrices are joined row by row, so make the rows as many")
				return true
			}
			in.meet(e, a.r, s.r)
			return in.added(e, a.c, b.c, s.c)
		case x == 1 && y == 1:
			in.meet(e, s.c, one())
			return in.added(e, a.r, b.r, s.r)
		}
		return false
	}, force: func(stage int) bool { return in.toColumn(a)(stage) || in.toColumn(b)(stage) }})
}

func entries(n int) string {
	if n == 1 {
		return "1 entry"
	}
	return fmt.Sprintf("%d entries", n)
}

// added makes a dimension the sum of two others, as soon as two of the three are known.
func (in *inference) added(e *expr, a, b, sum *dim) bool {
	x, y, z := a.value(), b.value(), sum.value()
	switch {
	case x != 0 && y != 0:
		if !in.set(sum, x+y, e) {
			in.p.errorf(e.at, "concat gives %s here, and %d is wanted; give it other parts", entries(x+y), z)
		}
	case x != 0 && z > x:
		in.set(b, z-x, e)
	case y != 0 && z > y:
		in.set(a, z-y, e)
	default:
		return false
	}
	return true
}
