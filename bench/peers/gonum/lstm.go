package main

import (
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas32"
)

// lstm is an LSTM with a linear read-out to one number a step, its data, and all that a training
// step needs. Rows of what changes in time are step-major: row t*B + b. Gates are in the order
// i, f, g, o.
type lstm struct {
	B, T, I, H int

	x    blas32.General // (T*B, I)
	y    []float32      // (T*B)
	w, u blas32.General // (4H, I), (4H, H)
	b    []float32      // (4H)
	v    []float32      // (H)
	c    float32

	z    blas32.General // (T*B, 4H): the gates, later their adjoints
	h    blas32.General // ((T+1)*B, H): row t*B + b is before step t
	mem  blas32.General // likewise, the memory
	tanh blas32.General // (T*B, H): tanh of the memory
	miss []float32      // (T*B)

	loss     float64
	dw, du   blas32.General
	db, dv   []float32
	dc       float32
	dh, dmem blas32.General // (B, H): of the step at hand
}

func newLSTM(B, T, I, H int) *lstm {
	rng := rand.New(rand.NewPCG(1, 2))
	draw := func(n int, scale float32) []float32 {
		a := make([]float32, n)
		for i := range a {
			a[i] = scale * (2*rng.Float32() - 1)
		}
		return a
	}
	matrix := func(rows, cols int, data []float32) blas32.General {
		return blas32.General{Rows: rows, Cols: cols, Stride: cols, Data: data}
	}
	zero := func(rows, cols int) blas32.General { return matrix(rows, cols, make([]float32, rows*cols)) }
	k := float32(1 / math.Sqrt(float64(H)))
	return &lstm{
		B: B, T: T, I: I, H: H,
		x: matrix(T*B, I, draw(T*B*I, 1)), y: draw(T*B, 1),
		w: matrix(4*H, I, draw(4*H*I, k)), u: matrix(4*H, H, draw(4*H*H, k)), b: draw(4*H, k), v: draw(H, k),
		z: zero(T*B, 4*H), h: zero((T+1)*B, H), mem: zero((T+1)*B, H), tanh: zero(T*B, H), miss: make([]float32, T*B),
		dw: zero(4*H, I), du: zero(4*H, H), db: make([]float32, 4*H), dv: make([]float32, H),
		dh: zero(B, H), dmem: zero(B, H),
	}
}

// rows is a view of rows from, from+1, …, from+n-1.
func rows(a blas32.General, from, n int) blas32.General {
	a.Data = a.Data[from*a.Stride : (from+n)*a.Stride]
	a.Rows = n
	return a
}

func (l *lstm) forward() {
	for r := range l.T * l.B {
		copy(l.z.Data[r*4*l.H:], l.b)
	}
	blas32.Gemm(blas.NoTrans, blas.Trans, 1, l.x, l.w, 1, l.z)
	for t := range l.T {
		z := rows(l.z, t*l.B, l.B)
		blas32.Gemm(blas.NoTrans, blas.Trans, 1, rows(l.h, t*l.B, l.B), l.u, 1, z)
		for r := range l.B {
			l.stepForward(t*l.B + r)
		}
	}
	l.loss = 0
	for r := range l.miss {
		h := l.h.Data[(r+l.B)*l.H : (r+l.B+1)*l.H]
		m := l.c - l.y[r]
		for j, v := range l.v {
			m += v * h[j]
		}
		l.miss[r] = m
		l.loss += float64(m) * float64(m)
	}
}

// stepForward squashes the gates of a row and moves its state on.
func (l *lstm) stepForward(r int) {
	H := l.H
	z := l.z.Data[r*4*H : (r+1)*4*H]
	i, f, g, o := z[:H], z[H:2*H], z[2*H:3*H], z[3*H:]
	before, after := l.mem.Data[r*H:(r+1)*H], l.mem.Data[(r+l.B)*H:(r+l.B+1)*H]
	h, th := l.h.Data[(r+l.B)*H:(r+l.B+1)*H], l.tanh.Data[r*H:(r+1)*H]
	for j := range H {
		i[j], f[j], g[j], o[j] = sigmoid(i[j]), sigmoid(f[j]), tanh(g[j]), sigmoid(o[j])
		after[j] = f[j]*before[j] + i[j]*g[j]
		th[j] = tanh(after[j])
		h[j] = o[j] * th[j]
	}
}

func (l *lstm) backward() {
	clear(l.dh.Data)
	clear(l.dmem.Data)
	for t := l.T - 1; t >= 0; t-- {
		for r := range l.B {
			l.stepBackward(t*l.B+r, r)
		}
		blas32.Gemm(blas.NoTrans, blas.NoTrans, 1, rows(l.z, t*l.B, l.B), l.u, 0, l.dh)
	}
	blas32.Gemm(blas.Trans, blas.NoTrans, 1, l.z, l.x, 0, l.dw)
	blas32.Gemm(blas.Trans, blas.NoTrans, 1, l.z, rows(l.h, 0, l.T*l.B), 0, l.du)
	clear(l.db)
	clear(l.dv)
	l.dc = 0
	for r, m := range l.miss {
		for k, d := range l.z.Data[r*4*l.H : (r+1)*4*l.H] {
			l.db[k] += d
		}
		for j, h := range l.h.Data[(r+l.B)*l.H : (r+l.B+1)*l.H] {
			l.dv[j] += 2 * m * h
		}
		l.dc += 2 * m
	}
}

// stepBackward turns the gates of row r, sequence b, into their adjoints.
func (l *lstm) stepBackward(r, b int) {
	H := l.H
	z := l.z.Data[r*4*H : (r+1)*4*H]
	i, f, g, o := z[:H], z[H:2*H], z[2*H:3*H], z[3*H:]
	before, th := l.mem.Data[r*H:(r+1)*H], l.tanh.Data[r*H:(r+1)*H]
	dh, dmem := l.dh.Data[b*H:(b+1)*H], l.dmem.Data[b*H:(b+1)*H]
	for j := range H {
		d := dh[j] + 2*l.miss[r]*l.v[j]
		dm := dmem[j] + d*o[j]*(1-th[j]*th[j])
		ij, fj, gj, oj := i[j], f[j], g[j], o[j]
		i[j] = dm * gj * ij * (1 - ij)
		f[j] = dm * before[j] * fj * (1 - fj)
		g[j] = dm * ij * (1 - gj*gj)
		o[j] = d * th[j] * oj * (1 - oj)
		dmem[j] = dm * fj
	}
}

func sigmoid(x float32) float32 { return float32(1 / (1 + math.Exp(-float64(x)))) }
func tanh(x float32) float32    { return float32(math.Tanh(float64(x))) }
