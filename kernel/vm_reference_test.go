package kernel

import (
	"math"
	"math/big"

	"unroll/op"
)

// opRows are the rows of op that have an operation's values, by name and number of arguments.
var opRows = map[Code]string{
	Neg: "neg", Abs: "abs", Sign: "sign", Sqrt: "sqrt", Floor: "floor", Relu: "relu", HardTanh: "hard_tanh", HardSigmoid: "hard_sigmoid",
	Exp: "exp", Log: "log", Tanh: "tanh", Sigmoid: "sigmoid", Softplus: "softplus", Elu: "elu", Selu: "selu",
	Add: "+", Sub: "-", Mul: ".*", Div: "/", Max: "max", Min: "min", Eq: "==", Ne: "!=", Lt: "<", Le: "<=", Gt: ">", Ge: ">=",
	Over: "over", Gated: "gated", Kept: "kept", Where: "where", Clip: "clip",
}

var table = op.Standard()

// reference is an operation on one entry: op's row, or what only programs have.
func reference(c Code) func(x []float64) float64 {
	if name, ok := opRows[c]; ok && c != Log {
		return table.Lookup(name, c.args()).Float
	}
	switch c {
	case Log: // op's is Go's, which on amd64 is wrong below the smallest normal number
		return func(x []float64) float64 { return logarithm(x[0]) }
	case Copy:
		return func(x []float64) float64 { return x[0] }
	case Flush:
		return nil // by kind
	case MulAdd:
		return func(x []float64) float64 { return math.FMA(x[0], x[1], x[2]) }
	case MulSub:
		return func(x []float64) float64 { return math.FMA(x[0], x[1], -x[2]) }
	case NegMulAdd:
		return func(x []float64) float64 { return math.FMA(-x[0], x[1], x[2]) }
	}
	return nil
}

// want is the result's entries.
func (x *trial[T]) want() []T {
	w := x.in.Width
	switch x.in.Code {
	case Spread:
		out := make([]T, x.rows*w)
		for i := range out {
			out[i] = x.memory[x.at(1, i/w)]
		}
		return out
	case SumRow, MaxRow, DotRow:
		return x.reduced()
	}
	code, byRow := x.in.Code.Each()
	f, out, arg := reference(code), make([]T, x.rows*w), make([]float64, code.args())
	for i := range out {
		for k := range arg {
			at := i
			if byRow && k == 1 {
				at = i / w
			} else if byRow {
				at = x.inRow(1+k, i)
			}
			arg[k] = float64(x.memory[x.at(1+k, at)])
		}
		switch {
		case code == Flush:
			out[i] = T(arg[0])
			if math.Abs(arg[0]) < float64(smallest[T]()) {
				out[i] = 0
			}
		case code >= MulAdd && sizeOf[T]() == 4:
			out[i] = T(roundedOnce(code, arg))
		default:
			out[i] = T(f(arg))
		}
	}
	return out
}

// inRow is which entry stands at i: of what is fixed the first, as rows may begin at any lane, and all are the same.
func (x *trial[T]) inRow(operand, i int) int {
	if x.in.operands()[operand].Fixed {
		return 0
	}
	return i
}

// roundedOnce is a multiply-add of float32, by arithmetic on numbers of any length.
func roundedOnce(c Code, x []float64) float32 {
	a, b, z := x[0], x[1], x[2]
	if c == MulSub {
		z = -z
	}
	if c == NegMulAdd {
		a = -a
	}
	if s := a*b + z; math.IsInf(s, 0) || math.IsNaN(s) || s == 0 {
		return float32(s)
	}
	long := func(v float64) *big.Float { return new(big.Float).SetPrec(2000).SetFloat64(v) }
	sum := long(a)
	sum.Mul(sum, long(b)).Add(sum, long(z))
	out, _ := sum.Float32()
	return out
}

// multiplyAdd is a·b + c, rounded once.
func (x *trial[T]) multiplyAdd(a, b, c T) T {
	if sizeOf[T]() == 4 {
		return T(roundedOnce(MulAdd, []float64{float64(a), float64(b), float64(c)}))
	}
	return T(math.FMA(float64(a), float64(b), float64(c)))
}

// reduced is each row's sum or largest, in the promised order: of a single row, in all lanes.
func (x *trial[T]) reduced() []T {
	lanes, out := Lanes[T](), make([]T, x.rows)
	for r := range out {
		var part [16]T
		for i := range part {
			if x.in.Code == MaxRow {
				part[i] = -inf[T]()
			}
		}
		join := func(i int, v T) {
			if x.in.Code == MaxRow {
				part[i] = max(part[i], v)
			} else {
				part[i] += v
			}
		}
		for j := range x.in.Width {
			at := r*x.in.Width + j
			if x.in.Code == DotRow {
				part[j%lanes] = x.multiplyAdd(x.memory[x.at(1, at)], x.memory[x.at(2, at)], part[j%lanes])
			} else {
				join(j%lanes, x.memory[x.at(1, at)])
			}
		}
		for n := lanes / 2; n > 0; n /= 2 {
			for i := range n {
				join(i, part[i+n])
			}
		}
		out[r] = part[0]
	}
	for len(out) < lanes && x.rows == 1 {
		out = append(out, out[0])
	}
	return out
}
