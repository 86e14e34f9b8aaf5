package plan

import (
	"slices"

	"unroll/kernel"
)

// tighten makes every program shorter, and lets what is for a program alone share room.
func (l *lowering) tighten() {
	for _, g := range l.groups {
		for i := range g.ops {
			op := &g.ops[i]
			if op.task != nil {
				continue
			}
			if !l.without["equal"] {
				op.program = once(op.program)
			}
			if !l.without["complements"] {
				op.program = complements(op.program)
			}
			if !l.without["fused"] {
				op.program = fuse(op.program)
			}
			if !l.without["rows"] {
				op.program = byRow(op.program)
			}
		}
	}
}

// local tells whether a value is for a program alone.
func local(r ref) bool { return r.v != nil && r.v.hold == temp }

// args are what an operation reads.
func (in *instr) args() []*ref { return []*ref{&in.a, &in.b, &in.c} }

// inPlace tells whether an operation's result may lie where an argument does, entry for entry.
func (in *instr) inPlace() bool {
	_, byRow := in.code.Each()
	return in.code < kernel.Spread || byRow
}

// once drops operations that repeat an earlier one.
func once(code []instr) []instr {
	type key struct {
		code    kernel.Code
		width   int
		a, b, c ref
	}
	first := map[key]ref{}
	same := map[*value]ref{}
	written := map[*value]int{}
	for _, in := range code {
		written[in.dst.v]++
	}
	var out []instr
	for _, in := range code {
		for _, r := range in.args() {
			if s, ok := same[r.v]; ok {
				*r = s
			}
		}
		k := key{in.code, in.width, in.a, in.b, in.c}
		steady := written[in.dst.v] == 1 && !slices.ContainsFunc(in.args(), func(r *ref) bool { return written[r.v] > 1 || r.v == in.dst.v && r.v != nil })
		if old, ok := first[k]; ok && steady && local(in.dst) {
			same[in.dst.v] = old
			continue
		}
		if steady {
			first[k] = in.dst
		}
		out = append(out, in)
	}
	return out
}

// fuse makes of a product and the sum that alone reads it one operation, which rounds once.
func fuse(code []instr) []instr {
	x := readingOf(code)
	for i := range code {
		in := &code[i]
		if in.code != kernel.Add && in.code != kernel.Sub {
			continue
		}
		a, b := x.sole(in.a, kernel.Mul, i), x.sole(in.b, kernel.Mul, i)
		switch {
		case in.code == kernel.Add && a != nil:
			in.code, in.a, in.b, in.c = kernel.MulAdd, a.a, a.b, in.b
		case in.code == kernel.Add && b != nil:
			in.code, in.a, in.b, in.c = kernel.MulAdd, b.a, b.b, in.a
		case in.code == kernel.Sub && a != nil:
			in.code, in.a, in.b, in.c = kernel.MulSub, a.a, a.b, in.b
		case in.code == kernel.Sub && b != nil:
			in.code, in.a, in.b, in.c = kernel.NegMulAdd, b.a, b.b, in.a
		}
	}
	return unread(code)
}

// reading is who reads and who writes a program's values.
type reading struct {
	code   []instr
	reads  map[*value]int
	writer map[*value]int // the last operation that writes it
}

func readingOf(code []instr) *reading {
	x := &reading{code, map[*value]int{}, map[*value]int{}}
	for i := range code {
		for _, r := range code[i].args() {
			if r.v != nil {
				x.reads[r.v]++
			}
		}
		x.writer[code[i].dst.v] = i
	}
	return x
}

// sole is the operation that makes r for its one reader, and could be done there as well; nil if it isn't
// of the kind that is wanted, or r is wanted elsewhere.
func (x *reading) sole(r ref, want kernel.Code, reader int) *instr {
	i, ok := x.writer[r.v]
	if !ok || !local(r) || x.reads[r.v] != 1 || i >= reader || x.code[i].code != want || changed(x.code, i, reader) {
		return nil
	}
	return &x.code[i]
}

// unread drops what a program computes for itself and doesn't read.
func unread(code []instr) []instr {
	for {
		x := readingOf(code)
		left := slices.DeleteFunc(slices.Clone(code), func(in instr) bool { return local(in.dst) && x.reads[in.dst.v] == 0 })
		if len(left) == len(code) {
			return code
		}
		code = left
	}
}

// changed tells whether what operation i reads is written between it and operation j.
func changed(code []instr, i, j int) bool {
	for k := i + 1; k < j; k++ {
		for _, r := range code[i].args() {
			if r.v != nil && code[k].dst.v == r.v {
				return true
			}
		}
	}
	return false
}

// rooms gives what is for a program alone a room, one that is free again after its last reading. It returns
// the rooms' widths, the widest entry that each must hold.
func rooms(code []instr, room map[*value]int) []int {
	last := map[*value]int{}
	for i := range code {
		for _, r := range code[i].args() {
			last[r.v] = i
		}
		last[code[i].dst.v] = max(last[code[i].dst.v], i)
	}
	var widths []int
	free := map[int]bool{}
	for i := range code {
		in := &code[i]
		// A result may take the room of what is read for the last time, entry for entry; not where rows change.
		if in.inPlace() {
			release(in, i, last, room, free)
		}
		if v := in.dst.v; local(in.dst) {
			if _, ok := room[v]; !ok {
				room[v] = take(v.width, free, &widths)
			}
		}
		if !in.inPlace() {
			release(in, i, last, room, free)
		}
		if v := in.dst.v; local(in.dst) && last[v] == i {
			free[room[v]] = true
		}
	}
	return widths
}

func release(in *instr, i int, last map[*value]int, room map[*value]int, free map[int]bool) {
	for _, r := range in.args() {
		if local(*r) && last[r.v] == i {
			if at, ok := room[r.v]; ok {
				free[at] = true
			}
		}
	}
}

// take is a free room, the one used last; it grows if it must.
func take(width int, free map[int]bool, widths *[]int) int {
	best := -1
	for at := range free {
		if (*widths)[at] == width && at > best {
			best = at
		}
	}
	if best < 0 {
		best = len(*widths)
		*widths = append(*widths, width)
	}
	delete(free, best)
	return best
}
