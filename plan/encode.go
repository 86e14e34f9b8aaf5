package plan

import (
	"math"
	"math/big"

	"unroll/graph"
	"unroll/kernel"
	"unroll/op"
)

// instr is an operation of a program, whose operands have no place yet.
type instr struct {
	code    kernel.Code
	width   int
	dst     ref
	a, b, c ref
}

// codes are the rows that are one operation of the kernels, by name and number of arguments.
var codes = [4]map[string]kernel.Code{
	1: {
		"neg": kernel.Neg, "abs": kernel.Abs, "sign": kernel.Sign, "sqrt": kernel.Sqrt, "relu": kernel.Relu, "floor": kernel.Floor,
		"exp": kernel.Exp, "log": kernel.Log, "tanh": kernel.Tanh, "sigmoid": kernel.Sigmoid, "softplus": kernel.Softplus,
		"elu": kernel.Elu, "selu": kernel.Selu, "hard_sigmoid": kernel.HardSigmoid, "hard_tanh": kernel.HardTanh,
	},
	2: {
		"+": kernel.Add, "-": kernel.Sub, ".*": kernel.Mul, "/": kernel.Div, "over": kernel.Over, "gated": kernel.Gated, "kept": kernel.Kept,
		"==": kernel.Eq, "!=": kernel.Ne, "<": kernel.Lt, "<=": kernel.Le, ">": kernel.Gt, ">=": kernel.Ge, "max": kernel.Max, "min": kernel.Min,
	},
	3: {"where": kernel.Where, "clip": kernel.Clip},
}

// encoder writes a task's operations.
type encoder struct {
	l    *lowering
	task *task
	code []instr
}

// chooseEntries makes operations of the kernels of a row, if there are such.
func (l *lowering) chooseEntries(t *task) bool {
	n := t.node
	if l.without["programs"] {
		return false
	}
	e := &encoder{l: l, task: t}
	if !e.row(n) {
		return false
	}
	t.way, t.code = entries, e.code
	return true
}

// row writes a row's operations; false if it has none.
func (e *encoder) row(n *graph.Node) bool {
	if alias(n) { // of another scope than its argument
		return e.simple(n, kernel.Copy)
	}
	if n.Row.Form == op.Entrywise && len(n.Args) < len(codes) {
		if code, ok := codes[len(n.Args)][n.Row.Name]; ok {
			return e.simple(n, code)
		}
	}
	switch n.Row.Name {
	case "power", "^":
		return e.power(n)
	case "is_index":
		return e.isIndex(n)
	case "fill":
		return n.Args[0].Shape.Len() == 1 && e.simple(&graph.Node{Args: n.Args[:1], Shape: n.Shape}, kernel.Copy)
	case "spread":
		return oneLine(n.Args[1]) && e.repeat(n)
	case "sum", "max", "logsumexp", "softmax", "norm":
		return oneLine(n.Args[0]) && e.reduce(n)
	}
	return false
}

// oneLine tells whether a node has one line, along which reductions go.
func oneLine(n *graph.Node) bool { return n.Shape.R == 1 || n.Shape.C == 1 }

// emit adds an operation.
func (e *encoder) emit(code kernel.Code, dst *value, args ...ref) {
	in := instr{code: code, width: dst.width, dst: ref{v: dst}}
	for i, a := range args {
		*[]*ref{&in.a, &in.b, &in.c}[i] = a
	}
	e.code = append(e.code, in)
}

// temp is a value for the program alone.
func (e *encoder) temp(width int) *value {
	return e.l.newValue(nil, width, e.task.out.scope, temp)
}

// to adds an operation whose result is for the program alone.
func (e *encoder) to(code kernel.Code, width int, args ...ref) ref {
	t := e.temp(width)
	e.emit(code, t, args...)
	return ref{v: t}
}

// read is a value that the task reads.
func (e *encoder) read(n *graph.Node) ref {
	r := e.l.value(n)
	e.task.in = append(e.task.in, r)
	return r
}

// arg is an argument as wide as the result: a number is repeated, unless it is one for all.
func (e *encoder) arg(n *graph.Node, width int) ref { return e.spread(e.read(n), width) }

func (e *encoder) spread(r ref, width int) ref {
	if r.v.width == width {
		return e.perRow(r)
	}
	if r.v.hold == shared && (r.v.leaf || e.task.out.scope > graph.Global) {
		return r // it stands in all lanes
	}
	return e.to(kernel.Spread, width, r)
}

// perRow is an array that is one for all, repeated for each row.
func (e *encoder) perRow(r ref) ref {
	if r.v.hold != shared || r.v.width == 1 || e.task.out.scope == graph.Global {
		return r
	}
	if r.v.repeats == nil {
		c := e.l.newValue(nil, r.v.width, graph.Global, shared)
		c.copies, c.repeats, r.v.repeats = true, r.v, c
	}
	return ref{v: r.v.repeats}
}

// simple is one operation.
func (e *encoder) simple(n *graph.Node, code kernel.Code) bool {
	width := n.Shape.Len()
	args := make([]ref, len(n.Args))
	for i, a := range n.Args {
		args[i] = e.arg(a, width)
	}
	e.emit(code, e.task.out, args...)
	return true
}

// repeat is a number repeated over a row.
func (e *encoder) repeat(n *graph.Node) bool {
	x := e.read(n.Args[0])
	if x.v.hold == shared || n.Shape.Len() == 1 {
		e.emit(kernel.Copy, e.task.out, e.spread(x, n.Shape.Len()))
	} else {
		e.emit(kernel.Spread, e.task.out, x)
	}
	return true
}

// number is a constant of the program.
func (e *encoder) number(x float64) ref {
	return e.l.value(e.l.constant(x))
}

// constant is a number's node, one for each number.
func (l *lowering) constant(x float64) *graph.Node {
	if n := l.numbers[x]; n != nil {
		return n
	}
	n := &graph.Node{Kind: graph.Const, Shape: op.Scalar, Value: []*big.Rat{new(big.Rat).SetFloat64(x)}}
	l.numbers[x] = n
	return n
}

// power is a small whole power as products.
func (e *encoder) power(n *graph.Node) bool {
	if n.Args[1].Kind != graph.Const || n.Args[1].Shape != op.Scalar {
		return false
	}
	k, exact := n.Args[1].Value[0].Float64()
	if !exact || k != math.Trunc(k) || k < 1 || k > 4 {
		return false
	}
	a := e.arg(n.Args[0], n.Shape.Len())
	x := a
	for i := 2; i < int(k); i++ {
		x = e.to(kernel.Mul, e.task.out.width, x, a)
	}
	if k == 1 {
		e.emit(kernel.Copy, e.task.out, a)
	} else {
		e.emit(kernel.Mul, e.task.out, x, a)
	}
	return true
}

// isIndex is 1 where k equals i, undefined if i isn't a whole number from 0 to n-1.
func (e *encoder) isIndex(n *graph.Node) bool {
	w := n.Shape.Len()
	k, i, size := e.arg(n.Args[0], w), e.arg(n.Args[1], w), e.arg(n.Args[2], w)
	whole := e.to(kernel.Eq, w, i, e.to(kernel.Floor, w, i))
	in := e.to(kernel.Mul, w, e.to(kernel.Ge, w, i, e.number(0)), e.to(kernel.Lt, w, i, size))
	ok := e.to(kernel.Mul, w, whole, in)
	nan := e.to(kernel.Div, w, e.to(kernel.Sub, w, k, k), e.number(0))
	e.emit(kernel.Where, e.task.out, ok, e.to(kernel.Eq, w, k, i), nan)
	return true
}

// reduce is a reduction of a vector, or what follows it along a vector. The largest entry is taken off
// before an exponential; where it is infinite, the largest finite number in its place.
func (e *encoder) reduce(n *graph.Node) bool {
	w := n.Args[0].Shape.Len()
	a := e.arg(n.Args[0], w)
	out := e.task.out
	switch n.Row.Name {
	case "sum":
		e.narrow(kernel.SumRow, out, w, a)
		return true
	case "max":
		e.narrow(kernel.MaxRow, out, w, a)
		return true
	case "norm":
		return e.norm(w, a)
	}
	most := e.to(kernel.Clip, 1, e.narrowed(kernel.MaxRow, w, a), e.number(-math.MaxFloat32), e.number(math.MaxFloat32))
	x := e.to(kernel.Exp, w, e.to(kernel.Sub, w, a, e.spread(most, w)))
	sum := e.narrowed(kernel.SumRow, w, x)
	if n.Row.Name == "softmax" {
		e.emit(kernel.Div, out, x, e.spread(sum, w))
	} else {
		e.emit(kernel.Add, out, most, e.to(kernel.Log, 1, sum))
	}
	return true
}

// norm divides by the largest entry, so that no square overflows.
func (e *encoder) norm(w int, a ref) bool {
	most := e.narrowed(kernel.MaxRow, w, e.to(kernel.Abs, w, a))
	by := e.to(kernel.Where, 1, most, most, e.number(1))
	u := e.to(kernel.Div, w, a, e.spread(by, w))
	root := e.to(kernel.Sqrt, 1, e.narrowed(kernel.SumRow, w, e.to(kernel.Mul, w, u, u)))
	e.emit(kernel.Mul, e.task.out, most, root)
	return true
}

// narrow adds an operation that makes one entry of a row; its width is the argument's.
func (e *encoder) narrow(code kernel.Code, dst *value, width int, a ref) {
	e.code = append(e.code, instr{code: code, width: width, dst: ref{v: dst}, a: a})
}

func (e *encoder) narrowed(code kernel.Code, width int, a ref) ref {
	t := e.temp(1)
	e.narrow(code, t, width, a)
	return ref{v: t}
}
