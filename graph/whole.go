package graph

import (
	"fmt"
	"strings"

	"unroll/op"
)

// fixedShape is for rows whose arguments say the shape: slice, place, fill, iota.
func (in *inference) fixedShape(e *expr, args []shape, s shape) {
	in.wait(relation{e: e, step: func() bool {
		consts, ok := in.wholes(e)
		if !ok {
			return false
		}
		var shapes []op.Shape
		for _, a := range args {
			shapes = append(shapes, a.fixed())
		}
		got, err := e.row.Shape(shapes, consts)
		if err != nil {
			in.p.errorf(e.at, "%s", in.wholeFault(e, err))
			return true
		}
		if got.R > maxEntries/max(1, got.C) {
			in.p.errorf(e.at, "%s would be %s; the most is %d entries", e.text(), got, maxEntries)
			return true
		}
		if !in.join(s, shape{known(got.R, e.row.Name, e.at), known(got.C, e.row.Name, e.at)}) {
			in.p.errorf(e.at, "%s is %s, and %s%s is wanted here; make the shapes the same", e.text(), got, s, s.origin())
		}
		return true
	}, force: func(stage int) bool {
		if stage != factors {
			return false
		}
		for _, a := range e.args {
			if a.kind == xDim {
				of := in.of[a.args[0]]
				if !of.isKnown() {
					of.r.join(&dim{n: max(1, of.r.value())})
					of.c.join(&dim{n: max(1, of.c.value())})
					return true
				}
			}
		}
		return false
	}})
}

// wholeFault says which argument should have been a whole number, if one should.
func (in *inference) wholeFault(e *expr, err error) string {
	for i, a := range e.args {
		if (i > 0 || len(e.args) == 1) && a.kind != xDim && !(a.kind == xNum && smallWhole(a.num)) {
			said := a.text()
			if a.kind == xNum {
				said = a.num.RatString()
			}
			return fmt.Sprintf("%s stands where a whole number is wanted that is known before the run; write one up to %d, or a size", shorten(said), maxEntries)
		}
	}
	if strings.Contains(err.Error(), "; ") {
		return err.Error()
	}
	return err.Error() + "; make it smaller"
}

// wholes are the whole numbers among a row's arguments, -1 for the rest; not ok while a dimension
// that one of them asks for is open.
func (in *inference) wholes(e *expr) ([]int, bool) {
	var out []int
	for _, a := range e.args {
		n := -1
		switch {
		case a.kind == xNum && smallWhole(a.num):
			n = int(a.num.Num().Int64())
		case a.kind == xDim:
			in.infer(a.args[0])
			of := in.of[a.args[0]]
			if !of.isKnown() {
				return nil, false
			}
			n = lengthOf(a.name, of.fixed())
		}
		out = append(out, n)
	}
	return out, true
}

// lengthOf is rows, cols or len of a shape: len is how many entries a reduction runs over.
func lengthOf(name string, s op.Shape) int {
	switch {
	case name == "rows", name == "len" && s.C == 1:
		return s.R
	}
	return s.C
}

// checkEntries refuses values that are too large to be computed with.
func (in *inference) checkEntries() {
	seen := map[*expr]bool{}
	in.p.eachExpr(func(e *expr) {
		walk(e, seen, func(e *expr) {
			if s, ok := in.of[e]; ok && len(in.p.errs) == 0 {
				if n := s.fixed(); n.R > maxEntries/n.C {
					in.p.errorf(e.at, "%s would be %s; the most is %d entries", e.text(), n, maxEntries)
				}
			}
		})
	})
}
