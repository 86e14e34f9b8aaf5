package plan

import (
	"unroll/graph"
	"unroll/kernel"
)

// byRow lets operations read a number that is one for a row as it is, not repeated over the row, and makes of
// products and their sum over a row one operation.
func byRow(code []instr) []instr {
	x := readingOf(code)
	for i := range code {
		in := &code[i]
		if in.width == 1 {
			continue
		}
		switch in.code {
		case kernel.Add:
			_ = x.summand(in, i, in.a, in.b, kernel.AddRow, kernel.MulAddRow) || x.summand(in, i, in.b, in.a, kernel.AddRow, kernel.MulAddRow)
		case kernel.Sub:
			x.summand(in, i, in.a, in.b, kernel.SubRow, kernel.NegMulAddRow)
		case kernel.Mul:
			_ = x.factor(in, i, in.a, in.b, kernel.MulRow) || x.factor(in, i, in.b, in.a, kernel.MulRow)
		case kernel.Gated:
			x.factor(in, i, in.a, in.b, kernel.GatedRow)
		case kernel.MulAdd:
			_ = x.factor(in, i, in.a, in.b, kernel.MulAddRow) || x.factor(in, i, in.b, in.a, kernel.MulAddRow)
		case kernel.NegMulAdd:
			_ = x.factor(in, i, in.a, in.b, kernel.NegMulAddRow) || x.factor(in, i, in.b, in.a, kernel.NegMulAddRow)
		case kernel.SumRow:
			if p := x.sole(in.a, kernel.Mul, i); p != nil && !isNumber(p.a) && !isNumber(p.b) {
				in.code, in.a, in.b = kernel.DotRow, p.a, p.b
			}
		}
	}
	return unread(code)
}

// isNumber tells whether a value is one number for all.
func isNumber(r ref) bool { return r.v.hold == shared && r.v.width == 1 }

// spreads is the operation that repeats a number over a row, if that is what makes r for the operation i; else nil.
func (x *reading) spreads(r ref, i int) *instr {
	j, ok := x.writer[r.v]
	if !ok || !local(r) || j >= i || x.code[j].code != kernel.Spread || changed(x.code, j, i) {
		return nil
	}
	return &x.code[j]
}

// factor makes operation i one that multiplies by a number, if by is one repeated.
func (x *reading) factor(in *instr, i int, other, by ref, code kernel.Code) bool {
	s := x.spreads(by, i)
	if s == nil || isNumber(other) || in.c.v != nil && isNumber(in.c) {
		return false
	}
	in.code, in.a, in.b = code, other, s.a
	return true
}

// summand makes operation i one that adds a number, or takes it off, if that is one repeated; and one that rounds
// once if the number is a product with one that is the same for all.
func (x *reading) summand(in *instr, i int, other, more ref, plain, product kernel.Code) bool {
	s := x.spreads(more, i)
	if s == nil || isNumber(other) {
		return false
	}
	in.code, in.a, in.b = plain, other, s.a
	if x.reads[more.v] != 1 {
		return true
	}
	at := x.writer[more.v]
	p := x.sole(s.a, kernel.Mul, at)
	if p == nil || changed(x.code, x.writer[s.a.v], i) {
		return true
	}
	for _, way := range [][2]ref{{p.a, p.b}, {p.b, p.a}} {
		if isNumber(way[0]) && !isNumber(way[1]) {
			in.code, in.a, in.b, in.c = product, way[0], way[1], other
			break
		}
	}
	return true
}

// even finds the numbers that, where a shard has one series, stand in all lanes: sums over rows, and what is made
// of them alone. Whoever reads one then as fixed needn't repeat it.
func (l *lowering) findEven() {
	l.even = map[*value]bool{}
	for _, v := range l.values {
		l.even[v] = v.width == 1 && !v.leaf && v.hold != shared && v.hold != series && v.before+v.after == 0 && v.start == nil
	}
	for again := true; again; {
		again = false
		for _, g := range l.groups {
			for _, op := range g.ops {
				if t := op.task; t != nil && l.even[t.out] {
					l.even[t.out], again = false, true
				}
				for i := range op.program {
					if in := &op.program[i]; l.even[in.dst.v] && (g.scope == graph.Global || !l.evenly(in)) {
						l.even[in.dst.v], again = false, true
					}
				}
			}
		}
	}
}

// evenly tells whether an operation makes the same in all lanes.
func (l *lowering) evenly(in *instr) bool {
	if in.code >= kernel.Spread {
		return in.code.Reduces()
	}
	for _, r := range in.args() {
		if r.v != nil && !isNumber(*r) && !l.even[r.v] {
			return false
		}
	}
	return true
}

// ofRows is a program for so many series: for one it is shorter, as numbers that stand in all lanes are read as
// they are.
func (l *lowering) ofRows(code []instr, rows int) []instr {
	if rows != 1 || l.without["rows"] {
		return code
	}
	x := readingOf(code)
	same := map[*value]ref{}
	var out []instr
	for i, in := range code {
		for _, r := range in.args() {
			if s, ok := same[r.v]; ok {
				*r = s
			}
		}
		if in.code == kernel.Spread && l.even[in.a.v] && local(in.dst) && x.writer[in.a.v] < i && x.writer[in.dst.v] == i {
			same[in.dst.v] = in.a
			continue
		}
		if each, ok := in.code.Each(); ok && l.even[in.b.v] {
			in.code = each
		}
		out = append(out, in)
	}
	return out
}

// ofOne lets an operation of one series read what stands in all lanes, or write it.
func (p *placer[T]) ofOne(in instr, to *kernel.Instr) {
	even := p.b.plan.l.even
	if in.width == 1 && in.code < kernel.Spread && even[in.dst.v] {
		to.Width = lanes[T]()
	}
	for i, r := range in.args() {
		if in.width > 1 && even[r.v] && in.code < kernel.Spread {
			[]*kernel.Operand{&to.A, &to.B, &to.C}[i].Fixed = true
		}
	}
}
