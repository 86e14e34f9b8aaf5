package prove

import (
	"math/big"

	"unroll/graph"
	"unroll/lang"
	"unroll/op"
)

// whole is a copy of a file in which the cells stand that it uses: one file says it all, as the naive
// interpreter wants it. The copy is read anew from the text, so that it may be changed.
func whole(f *lang.File, c graph.Choices) (*lang.File, error) {
	own, err := lang.Parse(f.Src)
	if err != nil {
		return nil, err
	}
	cells, err := used(own, c, map[string]bool{})
	if err != nil {
		return nil, err
	}
	out := &lang.File{Src: own.Src, Stmts: cells}
	for _, s := range own.Stmts {
		if _, ok := s.(*lang.Use); !ok {
			out.Stmts = append(out.Stmts, s)
		}
	}
	return out, nil
}

// used are the cells of the files that a file uses, and of those that they use. The graph of the file
// has been built before, so all of them are there.
func used(f *lang.File, c graph.Choices, seen map[string]bool) ([]lang.Stmt, error) {
	var out []lang.Stmt
	for _, s := range f.Stmts {
		use, ok := s.(*lang.Use)
		if !ok {
			continue
		}
		for _, it := range use.Items {
			if seen[it.Name] {
				continue
			}
			seen[it.Name] = true
			src, err := c.Use(it.Name, it.Path)
			if err != nil {
				return nil, err
			}
			inner, err := lang.Parse(src)
			if err != nil {
				return nil, err
			}
			more, err := used(inner, c, seen)
			if err != nil {
				return nil, err
			}
			out = append(append(out, more...), cellsOf(inner)...)
		}
	}
	return out, nil
}

func cellsOf(f *lang.File) []lang.Stmt {
	var out []lang.Stmt
	for _, s := range f.Stmts {
		if c, ok := s.(*lang.Cell); ok {
			out = append(out, c)
		}
	}
	return out
}

// eachExpr visits every expression of statements, also of those within cells.
func eachExpr(stmts []lang.Stmt, visit func(lang.Expr)) {
	all := func(exprs ...lang.Expr) {
		for _, e := range exprs {
			lang.Walk(e, func(e lang.Expr) bool { visit(e); return true })
		}
	}
	for _, s := range stmts {
		switch s := s.(type) {
		case *lang.State:
			for _, it := range s.Items {
				all(it.Start)
			}
		case *lang.Weight:
			for _, it := range s.Items {
				all(it.Start)
			}
		case *lang.Equation:
			all(s.X)
		case *lang.Observe:
			all(s.Left, s.Family, s.When)
		case *lang.Loss:
			all(s.X, s.When)
		case *lang.Cell:
			eachExpr(s.Body, visit)
		}
	}
}

// withoutClips makes every clip_gradient(a, c) the value a, through which the derivative passes
// whole, and tells whether there was any. What is cut is the derivative of no value, so there is
// nothing to hold it against.
func withoutClips(f *lang.File) bool {
	found := false
	eachExpr(f.Stmts, func(e lang.Expr) {
		if c, ok := e.(*lang.Call); ok && c.Fn == "clip_gradient" && len(c.Args) == 2 {
			c.Fn, c.Text = "where", "where"
			c.Args = []lang.Expr{number(1), c.Args[0], number(0)}
			found = true
		}
	})
	return found
}

func number(n int) *lang.Num {
	v := big.NewRat(int64(n), 1)
	return &lang.Num{Text: v.RatString(), Val: v}
}

// declareShapes writes the shapes of the file's arrays into it, which the naive interpreter doesn't
// find by itself.
func declareShapes(f *lang.File, g *graph.Graph) {
	shapes := map[string]op.Shape{}
	for _, n := range g.Names {
		shapes[n.Name] = n.Shape
	}
	for _, s := range f.Stmts {
		eq, ok := s.(*lang.Equation)
		if !ok {
			continue
		}
		for i, l := range eq.Left {
			if s := shapes[l.Name]; l.Shape == nil && s.Len() > 1 {
				eq.Left[i].Shape = &lang.Shape{At: l.At, Dims: []lang.Expr{number(s.R), number(s.C)}}
			}
		}
	}
}
