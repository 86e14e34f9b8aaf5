package graph

import (
	"math/big"

	"unroll/lang"
	"unroll/op"
)

// expr is an expression after elaboration: names are full (`h1.c`), sizes are numbers, lags are
// whole numbers, calls of cells are gone and functions with a body are written out. An expr that is
// used twice is shared, and is one node of the graph.
type expr struct {
	kind exprKind
	at   lang.Pos
	src  lang.Expr // as written, for messages; nil in what unroll wrote

	num    *big.Rat // xNum
	name   string   // xName, xObserved, xLag, xWindow, xSeriesSum, xDraw: what it is about
	p, q   int      // xLag: t-p; xWindow, xUnwindow: from t-p to t-q, p >= q
	row    *op.Row  // xRow
	args   []*expr
	list   [][]*big.Rat // xList: rows
	flat   bool         // xList: written without inner brackets
	pick   []span       // xPick
	strict bool         // xRow "*": a matrix product whatever the shapes
	flip   bool         // xWindow: latest first (inside `backward`)
	node   *Node        // xNode
	draw   DrawKind     // xDraw
	like   []*expr      // xDraw: what it keeps or drops, if anything

	wrote     *op.Row // the function that was written out as this expression, nil if none
	wroteArgs []*expr
}

type exprKind int

const (
	xNum       exprKind = iota
	xName               // the value now
	xTime               // t
	xLag                // name[t-p]
	xWindow             // name[t-p : t-q]
	xRow                // row(args)
	xPick               // components of args[0]
	xList               // a literal
	xSeriesSum          // first last total average pooled of args[0]: name says which
	xObserved           // observed(name[t-p]): 1 where the data has it
	xUnwindow           // overlapping sum of args[0], a series of windows p..q
	xDraw               // a draw with id name
	xDim                // rows, cols or len (name) of args[0]: a number once shapes are known
	xNone               // what is wrong, and has been reported
	xNode               // a node that is built already: an argument of a rule
)

// span is one index of a pick: fixed ends lo..hi, or an expression of t.
type span struct {
	lo, hi int
	one    bool // a single index
	at     *expr
}

func number(v int64) *expr { return &expr{kind: xNum, num: big.NewRat(v, 1)} }

// none stands for what is wrong, and has been reported.
func none() *expr { return &expr{kind: xNone} }

// said is a name as it stands in the file, without what brackets follow it.
func (e *expr) said() string {
	src := e.src
	if i, ok := src.(*lang.Index); ok {
		src = lang.Unparen(i.X)
	}
	if n, ok := src.(*lang.Name); ok {
		return n.Name
	}
	return e.name
}

// text is the expression as the person wrote it.
func (e *expr) text() string {
	switch {
	case e.src != nil:
		return lang.PrintExpr(e.src)
	case e.kind == xName:
		return e.name
	case e.kind == xNum:
		return e.num.RatString()
	}
	return "this"
}

// label is how messages name an operation: by its sign, if it has one.
func (e *expr) label() string {
	if e.kind != xRow {
		return e.text()
	}
	if s, ok := e.src.(*lang.Binary); ok {
		return s.Op
	}
	if e.row.Sign != "" {
		return e.row.Sign
	}
	return e.row.Name
}
