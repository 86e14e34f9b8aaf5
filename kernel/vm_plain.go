package kernel

// interpret runs the program once, at the origins, in plain Go.
func (f *Frame[T]) interpret() {
	for i := range f.p.code {
		in := &f.p.code[i]
		switch in.Code {
		case Spread:
			spread(f.array(in.Dst, f.rows*in.Width), f.array(in.A, f.rows), in.Width)
		case SumRow, MaxRow:
			reduceRows(in.Code, f.narrow(in.Dst), f.array(in.A, f.rows*in.Width), nil, in.Width)
		case DotRow:
			reduceRows(in.Code, f.narrow(in.Dst), f.array(in.A, f.rows*in.Width), f.array(in.B, f.rows*in.Width), in.Width)
		case AddRow, SubRow, MulRow, GatedRow, MulAddRow, NegMulAddRow:
			f.byRow(in)
		case MatVec, MatVecAdd:
			k, n := in.Terms, in.Width
			plainMul(f.array(in.Dst, n), n, f.array(in.A, k), k, 1, f.array(in.B, f.p.extent(in, 2)), k, n, in.Code == MatVecAdd)
		default:
			f.entrywise(in)
		}
	}
}

// array is the n entries of an operand.
func (f *Frame[T]) array(o Operand, n int) []T {
	at := f.places[o.Class].origin + o.Off
	return f.segments[f.p.classes[o.Class].Seg][at : at+n]
}

// entrywise runs an instruction on whole arrays, or vector by vector if an argument is fixed.
func (f *Frame[T]) entrywise(in *Instr) {
	n := f.rows * in.Width
	var arg [3][]T
	step := n
	for i, o := range in.operands()[1:] {
		if o.Fixed {
			arg[i], step = f.array(o, Lanes[T]()), min(step, Lanes[T]())
		} else {
			arg[i] = f.array(o, n)
		}
	}
	dst := f.array(in.Dst, n)
	for at := 0; at < n; at += step {
		m := min(step, n-at)
		var x [3][]T
		for i, o := range in.operands()[1:] {
			if o.Fixed {
				x[i] = arg[i][:m]
			} else {
				x[i] = arg[i][at : at+m]
			}
		}
		apply(in.Code, dst[at:at+m], x[0], x[1], x[2])
	}
}

// apply is an operation on arrays of one length.
func apply[T Real](c Code, dst, x, y, z []T) {
	switch {
	case c.smooth():
		smooth(c, dst, x)
	case c.args() == 1:
		one(c, dst, x)
	case c >= Eq && c <= Ge:
		compare(c, dst, x, y)
	case c.args() == 2:
		two(c, dst, x, y)
	default:
		three(c, dst, x, y, z)
	}
}

func one[T Real](c Code, dst, x []T) {
	switch c {
	case Copy:
		copy(dst, x)
	case Neg:
		for i, a := range x {
			dst[i] = -a
		}
	case Abs:
		for i, a := range x {
			dst[i] = abs(a)
		}
	case Sign:
		for i, a := range x {
			dst[i] = sign(a)
		}
	case Sqrt:
		for i, a := range x {
			dst[i] = sqrt(a)
		}
	case Floor:
		for i, a := range x {
			dst[i] = floor(a)
		}
	case Relu:
		for i, a := range x {
			dst[i] = max(a, 0)
		}
	case HardTanh:
		for i, a := range x {
			dst[i] = min(max(a, -1), 1)
		}
	case HardSigmoid:
		for i, a := range x {
			dst[i] = min(max((a+3)/6, 0), 1)
		}
	case Flush:
		for i, a := range x {
			dst[i] = flush(a)
		}
	}
}

func compare[T Real](c Code, dst, x, y []T) {
	switch c {
	case Eq:
		for i, a := range x {
			dst[i] = truth[T](a == y[i])
		}
	case Ne:
		for i, a := range x {
			dst[i] = truth[T](a != y[i])
		}
	case Lt:
		for i, a := range x {
			dst[i] = truth[T](a < y[i])
		}
	case Le:
		for i, a := range x {
			dst[i] = truth[T](a <= y[i])
		}
	case Gt:
		for i, a := range x {
			dst[i] = truth[T](a > y[i])
		}
	case Ge:
		for i, a := range x {
			dst[i] = truth[T](a >= y[i])
		}
	}
}

func two[T Real](c Code, dst, x, y []T) {
	switch c {
	case Add:
		for i, a := range x {
			dst[i] = a + y[i]
		}
	case Sub:
		for i, a := range x {
			dst[i] = a - y[i]
		}
	case Mul:
		for i, a := range x {
			dst[i] = a * y[i]
		}
	case Div:
		for i, a := range x {
			dst[i] = a / y[i]
		}
	case Max:
		for i, a := range x {
			dst[i] = max(a, y[i])
		}
	case Min:
		for i, a := range x {
			dst[i] = min(a, y[i])
		}
	case Over:
		for i, a := range x {
			dst[i] = over(a, y[i])
		}
	case Gated:
		for i, a := range x {
			dst[i] = gated(a, y[i])
		}
	case Kept:
		for i, a := range x {
			dst[i] = kept(a, y[i])
		}
	}
}

func three[T Real](c Code, dst, x, y, z []T) {
	switch c {
	case Where:
		for i, a := range x {
			dst[i] = where(a, y[i], z[i])
		}
	case Clip:
		for i, a := range x {
			dst[i] = min(max(a, y[i]), z[i])
		}
	case MulAdd:
		for i, a := range x {
			dst[i] = fma(a, y[i], z[i])
		}
	case MulSub:
		for i, a := range x {
			dst[i] = fma(a, y[i], -z[i])
		}
	case NegMulAdd:
		for i, a := range x {
			dst[i] = fma(-a, y[i], z[i])
		}
	}
}

// spread: dst[r·w+j] = x[r].
func spread[T Real](dst, x []T, w int) {
	for r, a := range x {
		row := dst[r*w : r*w+w]
		for j := range row {
			row[j] = a
		}
	}
}

// narrow is an array of one entry for each row: of a single row, all lanes.
func (f *Frame[T]) narrow(o Operand) []T {
	if f.rows == 1 {
		return f.array(o, Lanes[T]())
	}
	return f.array(o, f.rows)
}

// byRow runs an instruction whose b is a number for each row, so many entries at a time as a vector has.
func (f *Frame[T]) byRow(in *Instr) {
	code, _ := in.Code.Each()
	by := f.array(in.B, f.rows)
	var room [vectorBytes / 4]T
	same := room[:Lanes[T]()]
	part := func(o Operand, at, n int) []T {
		if o.Fixed {
			return f.array(o, n)
		}
		o.Off += at
		return f.array(o, n)
	}
	for r, b := range by {
		for j := range same {
			same[j] = b
		}
		for j := 0; j < in.Width; j += len(same) {
			at, n := r*in.Width+j, min(len(same), in.Width-j)
			var c []T
			if code.args() == 3 {
				c = part(in.C, at, n)
			}
			apply(code, part(in.Dst, at, n), part(in.A, at, n), same[:n], c)
		}
	}
}

// reduceRows: dst[r] = Σ_j x[r·w+j] or max_j x[r·w+j], or with y Σ_j x[r·w+j]·y[r·w+j]. Entries a vector apart go
// into one lane, in order; then each half of the lanes joins the other. More results than rows are copies.
func reduceRows[T Real](c Code, dst, x, y []T, w int) {
	join, start := Add, T(0)
	if c == MaxRow {
		join, start = Max, -inf[T]()
	}
	var room [vectorBytes / 4]T
	lanes := room[:Lanes[T]()]
	for r := range len(x) / w {
		for j := range lanes {
			lanes[j] = start
		}
		for at := r * w; at < r*w+w; at += len(lanes) {
			n := min(r*w+w-at, len(lanes))
			if c == DotRow {
				three(MulAdd, lanes[:n], x[at:at+n], y[at:at+n], lanes[:n])
			} else {
				two(join, lanes[:n], lanes[:n], x[at:at+n])
			}
		}
		for half := len(lanes) / 2; half > 0; half /= 2 {
			two(join, lanes[:half], lanes[:half], lanes[half:])
		}
		dst[r] = lanes[0]
	}
	for r := len(x) / w; r < len(dst); r++ {
		dst[r] = dst[0]
	}
}
