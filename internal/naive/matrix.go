package naive

// matrix is R×C numbers in row-major order. A vector is a column, a number is 1×1.
type matrix struct {
	r, c int
	e    []Dual
}

func newMatrix(r, c int) matrix { return matrix{r, c, make([]Dual, r*c)} }

func scalar(x Dual) matrix { return matrix{1, 1, []Dual{x}} }

func column(e []Dual) matrix { return matrix{len(e), 1, e} }

func (m matrix) at(i, j int) Dual { return m.e[i*m.c+j] }

func (m matrix) single() bool { return m.r == 1 && m.c == 1 }

// entry is the i-th number of m, or m's one number.
func (m matrix) entry(i int) Dual {
	if m.single() {
		return m.e[0]
	}
	return m.e[i]
}

// row is row i as a 1×C matrix.
func (m matrix) row(i int) matrix { return matrix{1, m.c, m.e[i*m.c : (i+1)*m.c]} }

func (m matrix) transposed() matrix {
	out := newMatrix(m.c, m.r)
	for i := range m.r {
		for j := range m.c {
			out.e[j*m.r+i] = m.at(i, j)
		}
	}
	return out
}

// expand repeats a number over r×c; another matrix must have that shape, but a column may become a row.
func (m matrix) expand(r, c int) matrix {
	switch {
	case m.r == r && m.c == c:
		return m
	case m.single():
		out := newMatrix(r, c)
		for i := range out.e {
			out.e[i] = m.e[0]
		}
		return out
	case r == 1 && m.c == 1 && m.r == c:
		return matrix{r, c, m.e}
	}
	fail("a value has shape %d×%d where %d×%d was declared", m.r, m.c, r, c)
	return m
}

// common is the shape of matrices that are combined entry by entry: 1×1 goes with any.
func common(ms ...matrix) (r, c int) {
	r, c = 1, 1
	for _, m := range ms {
		switch {
		case m.single():
		case r == 1 && c == 1:
			r, c = m.r, m.c
		case m.r != r || m.c != c:
			fail("shapes %d×%d and %d×%d do not go together", r, c, m.r, m.c)
		}
	}
	return r, c
}

// each applies f entry by entry.
func each(f func(x []Dual) Dual, ms ...matrix) matrix {
	out := newMatrix(common(ms...))
	for i := range out.e {
		x := make([]Dual, len(ms))
		for k, m := range ms {
			x[k] = m.entry(i)
		}
		out.e[i] = lift(f)(x)
	}
	return out
}

// product is a number times anything, or the product of matrices.
func product(a, b matrix) matrix {
	if a.single() || b.single() {
		return each(mulDual, a, b)
	}
	if a.c != b.r {
		fail("a product of %d×%d and %d×%d", a.r, a.c, b.r, b.c)
	}
	out := newMatrix(a.r, b.c)
	for i := range a.r {
		for j := range b.c {
			sum := whole(0)
			for k := range a.c {
				sum = plus(sum, times(a.at(i, k), b.at(k, j)))
			}
			out.e[i*b.c+j] = sum
		}
	}
	return out
}

func plus(a, b Dual) Dual  { return lift(addDual)([]Dual{a, b}) }
func minus(a, b Dual) Dual { return lift(subDual)([]Dual{a, b}) }
func times(a, b Dual) Dual { return lift(mulDual)([]Dual{a, b}) }

func total(e []Dual) Dual {
	sum := whole(0)
	for _, x := range e {
		sum = plus(sum, x)
	}
	return sum
}

func average(e []Dual) Dual {
	return lift(divDual)([]Dual{total(e), whole(len(e))})
}

// highest is the largest entry; its derivative is shared evenly among equals.
func highest(e []Dual) Dual { return lift(highestOf)(e) }

func highestOf(e []Dual) Dual {
	top := e[0].V
	for _, x := range e {
		if x.V.Cmp(top) > 0 {
			top = x.V
		}
	}
	var ties []Dual
	for _, x := range e {
		if x.V.Cmp(top) == 0 {
			ties = append(ties, x)
		}
	}
	return average(ties)
}

// reduce makes one number of a vector, and a vector of a matrix, row by row.
func reduce(f func(e []Dual) Dual, m matrix) matrix {
	if m.c == 1 {
		return scalar(f(m.e))
	}
	out := newMatrix(m.r, 1)
	for i := range m.r {
		out.e[i] = f(m.row(i).e)
	}
	return out
}

func outer(a, b matrix) matrix {
	out := newMatrix(len(a.e), len(b.e))
	for i, x := range a.e {
		for j, y := range b.e {
			out.e[i*len(b.e)+j] = times(x, y)
		}
	}
	return out
}

// concat puts vectors one below the other, and matrices side by side, row by row.
func concat(ms []matrix) matrix {
	wide := false
	for _, m := range ms {
		wide = wide || m.c > 1
	}
	if !wide {
		var e []Dual
		for _, m := range ms {
			e = append(e, m.e...)
		}
		return column(e)
	}
	out := matrix{r: ms[0].r}
	for _, m := range ms {
		if m.r != out.r {
			fail("concat of %d and %d rows", out.r, m.r)
		}
		out.c += m.c
	}
	for i := range out.r {
		for _, m := range ms {
			out.e = append(out.e, m.row(i).e...)
		}
	}
	return out
}

// block is the rows i..j and columns k..l of m, both ends in it.
func (m matrix) block(i, j, k, l int) matrix {
	if i < 0 || j >= m.r || i > j || k < 0 || l >= m.c || k > l {
		fail("a component [%d:%d, %d:%d] of a %d×%d array", i, j, k, l, m.r, m.c)
	}
	out := matrix{r: j - i + 1, c: l - k + 1}
	for row := i; row <= j; row++ {
		out.e = append(out.e, m.row(row).e[k:l+1]...)
	}
	return out
}
