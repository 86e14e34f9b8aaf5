package plan

import (
	"fmt"
	"strings"

	"unroll/kernel"
)

// infix are the operations that are written between or before their arguments, and how tightly they bind.
var infix = map[kernel.Code]struct {
	form  string
	binds int
}{
	kernel.Copy: {"%s", 0}, kernel.Neg: {"-%s", 2},
	kernel.Add: {"%s + %s", 1}, kernel.Sub: {"%s - %s", 1}, kernel.Mul: {"%s*%s", 2}, kernel.Div: {"%s/%s", 2},
	kernel.Eq: {"%s == %s", 0}, kernel.Ne: {"%s != %s", 0}, kernel.Lt: {"%s < %s", 0}, kernel.Le: {"%s <= %s", 0}, kernel.Gt: {"%s > %s", 0}, kernel.Ge: {"%s >= %s", 0},
}

// calls are the operations whose name here isn't the kernels' in small letters.
var calls = map[kernel.Code]string{
	kernel.SumRow: "sum", kernel.MaxRow: "max", kernel.HardTanh: "hard_tanh", kernel.HardSigmoid: "hard_sigmoid",
}

const (
	atom    = 3   // binds: what needs no brackets anywhere
	longest = 100 // runes of an expression that is written where it is read
)

// formula is an expression, and how tightly its outermost operation binds.
type formula struct {
	text  string
	binds int
}

func (f formula) in(binds int) string {
	if f.binds < binds {
		return "(" + f.text + ")"
	}
	return f.text
}

// program is a run of entry-by-entry operations as equations. What is for the program alone, and read once, is
// written where it is read.
func (w *report) program(code []instr, indent string) {
	reads := readingOf(code).reads
	inner := map[*value]formula{}
	for _, in := range code {
		f := w.formula(in, inner)
		if in.dst.v.hold == temp && reads[in.dst.v] == 1 && len([]rune(f.text)) < longest {
			inner[in.dst.v] = f
			continue
		}
		delete(inner, in.dst.v)
		out := w.ref(in.dst)
		switch same := (ref{v: in.dst.v}); {
		case in.code == kernel.Add && in.a == same:
			w.line("%s%s += %s", indent, out, w.operand(in.b, inner).text)
		case in.code == kernel.MulAdd && in.c == same:
			w.line("%s%s += %s*%s", indent, out, w.operand(in.a, inner).in(2), w.operand(in.b, inner).in(atom))
		default:
			w.line("%s%s = %s", indent, out, f.text)
		}
	}
}

// operand is what an operation reads.
func (w *report) operand(r ref, inner map[*value]formula) formula {
	if f, ok := inner[r.v]; ok && r.lag == 0 {
		return f
	}
	text := w.ref(r)
	if strings.HasPrefix(text, "-") || strings.Contains(text, "/") {
		return formula{text, 0} // a number
	}
	return formula{text, atom}
}

func (w *report) formula(in instr, inner map[*value]formula) formula {
	in.code, _ = in.code.Each() // the same
	var args []formula
	for _, r := range []ref{in.a, in.b, in.c} {
		if r.v != nil {
			args = append(args, w.operand(r, inner))
		}
	}
	switch in.code {
	case kernel.Copy, kernel.Spread: // a number beside an array is one for each entry
		return args[0]
	case kernel.DotRow:
		return formula{"sum(" + args[0].in(2) + "*" + args[1].in(atom) + ")", atom}
	case kernel.MulAdd:
		return formula{args[0].in(2) + "*" + args[1].in(atom) + " + " + args[2].in(1), 1}
	case kernel.MulSub:
		return formula{args[0].in(2) + "*" + args[1].in(atom) + " - " + args[2].in(2), 1}
	case kernel.NegMulAdd:
		return formula{args[2].in(1) + " - " + args[0].in(2) + "*" + args[1].in(atom), 1}
	}
	op, ok := infix[in.code]
	switch {
	case ok && len(args) == 1:
		return formula{fmt.Sprintf(op.form, args[0].in(op.binds+1)), op.binds}
	case ok:
		return formula{fmt.Sprintf(op.form, args[0].in(max(op.binds, 1)), args[1].in(op.binds+1)), op.binds}
	}
	var all []string
	for _, a := range args {
		all = append(all, a.text)
	}
	if meanings[in.code] != "" {
		w.told[in.code] = true
	}
	name := calls[in.code]
	if name == "" {
		name = strings.ToLower(in.code.String())
	}
	return formula{name + "(" + strings.Join(all, ", ") + ")", atom}
}

// meanings are what operations do that have no place in the language.
var meanings = map[kernel.Code]string{
	kernel.Flush: "flush(a) is a, but 0 where it is smaller than the smallest normal number",
	kernel.Over:  "over(a, b) is a/b, but 0 where a is 0",
	kernel.Gated: "gated(a, b) is a*b, but 0 where a is 0",
	kernel.Kept:  "kept(a, b) is a where b is finite, else 0",
}

// legend says what the operations mean that not everyone knows.
func (w *report) legend() {
	first := true
	for _, code := range []kernel.Code{kernel.Flush, kernel.Over, kernel.Gated, kernel.Kept} {
		if !w.told[code] {
			continue
		}
		if first {
			w.line("")
		}
		first = false
		w.line("%s", meanings[code])
	}
}
