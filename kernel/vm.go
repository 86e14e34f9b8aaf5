package kernel

import (
	"fmt"
	"slices"
)

// Operand is where a value lies: Off entries from the origin of a class. Fixed: it is one vector of
// Lanes entries, read again for every vector (a constant, stored Lanes times).
type Operand struct {
	Class, Off int
	Fixed      bool
}

// Class says how an origin moves: it is in segment Seg, at t*Time + row*Row entries. Time may be 0
// (the same at all times), and Row too (the same for all rows).
type Class struct{ Seg, Time, Row int }

// Instr is one operation on rows of Width entries: of Spread and products the result's rows, of sums and the
// largest of a row the argument's. Terms is how many entries the row has that a product multiplies.
type Instr struct {
	Code         Code
	Width, Terms int
	Dst, A, B, C Operand
}

// operands are those that the instruction has, the result first.
func (in *Instr) operands() []Operand {
	return []Operand{in.Dst, in.A, in.B, in.C}[:1+in.Code.args()]
}

// width is how many entries a row of an operand has, the i-th of operands; 0 if it is fixed.
func (in *Instr) width(i int) int {
	switch {
	case in.operands()[i].Fixed:
		return 0
	case i == 0 && in.Code.Reduces(), i == 1 && in.Code == Spread, i == 2 && in.perRow():
		return 1
	case i == 1 && in.Code.product():
		return in.Terms
	}
	return in.Width
}

// perRow tells whether b is one number for each row.
func (in *Instr) perRow() bool {
	_, is := in.Code.Each()
	return is
}

// Program is instructions made ready for a Set.
//
// An instruction reads and writes arrays of rows*Width entries, padded to a multiple of Lanes: it
// may read and write the padding, whose values never matter. The result may be the same array as an
// argument, at the same place, except of Spread and products; otherwise arrays don't overlap. What is made of a
// single row, by SumRow, MaxRow or DotRow, stands in all lanes, as what is fixed does.
//
// A program with a product of a row and a matrix runs for one row at a time. Each entry has the bits
// that it has in Set.Mul.
type Program[T Real] struct {
	family  Family
	code    []Instr
	classes []Class
	spans   []span
	widths  []int // the different ones
	single  bool  // there are products: it is for one row
	machine machineCode
}

// span is what is reached of a class by operands whose rows have the same width.
type span struct {
	class, width int
	lo, hi       int // the offsets, at least and at most
}

// end is where a span ends for so many rows, padding included.
func (s *span) end(rows, lanes int) int {
	if s.width == 0 {
		return s.hi + lanes
	}
	return s.hi + roundUp(rows*s.width, lanes)
}

// Program makes instructions ready. It panics if one of them can't be: that is a mistake of the
// program that made them.
func (s *Set[T]) Program(code []Instr, classes []Class) *Program[T] {
	p := &Program[T]{family: s.family, code: slices.Clone(code), classes: slices.Clone(classes)}
	for i, c := range classes {
		if c.Seg < 0 || c.Time%Lanes[T]() != 0 {
			panic(fmt.Sprintf("kernel: class %d, %+v: a segment is negative, or Time is no multiple of %d", i, c, Lanes[T]()))
		}
	}
	for i := range p.code {
		if err := p.check(&p.code[i]); err != nil {
			panic(fmt.Sprintf("kernel: instruction %d, %+v: %v", i, p.code[i], err))
		}
		if w := p.code[i].Width; !slices.Contains(p.widths, w) {
			p.widths = append(p.widths, w)
		}
		p.single = p.single || p.code[i].Code.product()
	}
	p.spans = p.reach()
	p.machine = p.assemble()
	return p
}

func (p *Program[T]) check(in *Instr) error {
	switch {
	case in.Code >= codes:
		return fmt.Errorf("there is no such code")
	case in.Width < 1:
		return fmt.Errorf("the width is not positive")
	case in.Dst.Fixed:
		return fmt.Errorf("a result can't be fixed")
	case in.A.Fixed && in.Code >= Spread && in.Code != MulAddRow && in.Code != NegMulAddRow,
		(in.B.Fixed || in.C.Fixed) && in.Code >= DotRow && !in.Code.product():
		return fmt.Errorf("an argument of rows can't be fixed")
	case in.Code.product():
		if err := in.checkProduct(); err != nil {
			return err
		}
	}
	for _, o := range in.operands() {
		if o.Class < 0 || o.Class >= len(p.classes) {
			return fmt.Errorf("there is no class %d", o.Class)
		}
		if o.Off%Lanes[T]() != 0 {
			return fmt.Errorf("the offset %d is no multiple of %d", o.Off, Lanes[T]())
		}
	}
	return nil
}

// mostProduct is the most entries of a product's matrix: one takes some tenths of a millisecond.
const mostProduct = 1 << 19

// Instructs tells whether the product of a row and a k×n matrix can be an instruction.
func Instructs(k, n int) bool { return k > 0 && k <= chain && k*n <= mostProduct }

func (in *Instr) checkProduct() error {
	switch {
	case !Instructs(in.Terms, in.Width):
		return fmt.Errorf("a product has 1 to %d terms, and its matrix up to %d entries", chain, mostProduct)
	case in.B.Fixed:
		return fmt.Errorf("a matrix can't be fixed")
	}
	return nil
}

// extent is how many entries a row of an operand takes, the i-th of operands; 0 if it is fixed.
func (p *Program[T]) extent(in *Instr, i int) int {
	if in.Code.product() && i == 2 {
		return (&Set[T]{family: p.family}).PanelLen(in.Terms, in.Width)
	}
	return in.width(i)
}

// reach collects the spans.
func (p *Program[T]) reach() []span {
	var out []span
	for k := range p.code {
		in := &p.code[k]
		for i, o := range in.operands() {
			at := slices.IndexFunc(out, func(s span) bool { return s.class == o.Class && s.width == p.extent(in, i) })
			if at < 0 {
				at, out = len(out), append(out, span{o.Class, p.extent(in, i), o.Off, o.Off})
			}
			out[at].lo, out[at].hi = min(out[at].lo, o.Off), max(out[at].hi, o.Off)
		}
	}
	return out
}
