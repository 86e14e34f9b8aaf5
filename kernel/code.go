package kernel

import (
	"fmt"
	"unsafe"
)

// Code is an operation of a program, on entries a, b and c.
type Code uint8

// The operations, by the number of their arguments. The assembly's tables follow this order.
const (
	Copy        Code = iota // a
	Neg                     // -a
	Abs                     // |a|
	Sign                    // 1, -1, or a where it is 0 or NaN
	Sqrt                    // √a
	Floor                   // the largest whole number that isn't above a
	Relu                    // max(a, 0)
	HardTanh                // min(max(a, -1), 1)
	HardSigmoid             // min(max((a+3)/6, 0), 1)
	Flush                   // +0 where |a| is below the smallest normal number, else a
	Exp                     // e^a
	Log                     // the natural logarithm
	Tanh                    // the hyperbolic tangent
	Sigmoid                 // 1/(1+e^-a)
	Softplus                // log(1+e^a)
	Elu                     // a where it is positive, else e^a - 1
	Selu                    // λ·a where a is positive, else λ·α·(e^a - 1)

	Add   // a + b
	Sub   // a - b
	Mul   // a·b
	Div   // a/b
	Max   // the larger; NaN if either is
	Min   // the smaller; NaN if either is
	Eq    // 1 where a == b, else 0
	Ne    // 1 where a != b, else 0
	Lt    // 1 where a < b, else 0
	Le    // 1 where a <= b, else 0
	Gt    // 1 where a > b, else 0
	Ge    // 1 where a >= b, else 0
	Over  // a/b, but 0 where a is 0
	Gated // a·b, but 0 where a is 0
	Kept  // a where b is finite, else 0

	Where     // b where a isn't 0, else c
	Clip      // min(max(a, b), c)
	MulAdd    // a·b + c, rounded once
	MulSub    // a·b - c, rounded once
	NegMulAdd // c - a·b, rounded once

	Spread // dst[row·width+j] = a[row]
	SumRow // dst[row] = Σ_j a[row·width+j], in a fixed order
	MaxRow // dst[row] = max_j a[row·width+j]
	DotRow // dst[row] = Σ_j a[row·width+j]·b[row·width+j], in a fixed order, each product rounded with its sum

	AddRow       // dst[row·width+j] = a[row·width+j] + b[row]
	SubRow       // dst[row·width+j] = a[row·width+j] - b[row]
	MulRow       // dst[row·width+j] = a[row·width+j]·b[row]
	GatedRow     // dst[row·width+j] = a[row·width+j]·b[row], but 0 where a is 0
	MulAddRow    // dst[row·width+j] = a[row·width+j]·b[row] + c[row·width+j], rounded once
	NegMulAddRow // dst[row·width+j] = c[row·width+j] - a[row·width+j]·b[row], rounded once

	MatVec    // dst = a·B, where a is a row of Terms entries, and B (Terms×Width) what Pack made
	MatVecAdd // dst = dst + a·B

	codes // how many there are
)

var codeNames = [codes]string{
	"Copy", "Neg", "Abs", "Sign", "Sqrt", "Floor", "Relu", "HardTanh", "HardSigmoid", "Flush",
	"Exp", "Log", "Tanh", "Sigmoid", "Softplus", "Elu", "Selu",
	"Add", "Sub", "Mul", "Div", "Max", "Min", "Eq", "Ne", "Lt", "Le", "Gt", "Ge", "Over", "Gated", "Kept",
	"Where", "Clip", "MulAdd", "MulSub", "NegMulAdd",
	"Spread", "SumRow", "MaxRow", "DotRow", "AddRow", "SubRow", "MulRow", "GatedRow", "MulAddRow", "NegMulAddRow", "MatVec", "MatVecAdd",
}

func (c Code) String() string {
	if c < codes {
		return codeNames[c]
	}
	return fmt.Sprintf("Code(%d)", uint8(c))
}

// args is how many arguments c has.
func (c Code) args() int {
	switch {
	case c < Add || c >= Spread && c <= MaxRow:
		return 1
	case c < Where || c >= DotRow && c <= GatedRow || c.product():
		return 2
	}
	return 3
}

// Reduces tells whether c makes one entry of each row.
func (c Code) Reduces() bool { return c >= SumRow && c <= DotRow }

// Each is what c does from entry to entry if its b is repeated over each row, and whether it is such.
func (c Code) Each() (Code, bool) {
	if c < AddRow || c > NegMulAddRow {
		return c, false
	}
	return [...]Code{Add, Sub, Mul, Gated, MulAdd, NegMulAdd}[c-AddRow], true
}

// smooth tells whether c is a function that takes many operations.
func (c Code) smooth() bool { return c >= Exp && c <= Selu }

// product tells whether c is a product of a row and a matrix.
func (c Code) product() bool { return c == MatVec || c == MatVecAdd }

// Lanes is the number of entries of a vector, which every array is padded to a multiple of, in
// every family: 64 bytes.
func Lanes[T Real]() int { return vectorBytes / sizeOf[T]() }

// vectorBytes is the size of a vector.
const vectorBytes = 64

func sizeOf[T Real]() int { return int(unsafe.Sizeof(T(0))) }
