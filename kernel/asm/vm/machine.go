package main

import (
	"fmt"
	"math"
	"slices"

	"github.com/mmcloughlin/avo/attr"
	. "github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// machine writes instructions for one kind of numbers in registers of one width, so that an
// algorithm is written once.
type machine struct {
	double bool                  // float64, else float32
	wide   bool                  // AVX-512, else AVX2
	narrow bool                  // in AVX2, half a register
	ways   int                   // registers that go side by side
	konsts map[uint64]operand.Op // of this function
	later  func()                // what is written behind the function's end
	sealed bool                  // no constant can be loaded any more: not all ways would pass there
}

// vec is registers side by side, to which the same is done: while one waits for its last result,
// the next one has its turn.
type vec []reg.Register

// Asm is never printed: each instruction has one of the registers.
func (vec) Asm() string { panic("registers side by side are no operand") }

// mask says where something holds: opmask registers, or entries of all ones.
type mask = vec

// pair is an instruction for float32 and for float64.
type pair [2]func(...operand.Op)

var (
	add, sub    = pair{VADDPS, VADDPD}, pair{VSUBPS, VSUBPD}
	mul, div    = pair{VMULPS, VMULPD}, pair{VDIVPS, VDIVPD}
	smaller     = pair{VMINPS, VMINPD}
	larger      = pair{VMAXPS, VMAXPD}
	and, or     = pair{VANDPS, VANDPD}, pair{VORPS, VORPD}
	andNot, xor = pair{VANDNPS, VANDNPD}, pair{VXORPS, VXORPD}
	cmp         = pair{VCMPPS, VCMPPD}
	mova, movu  = pair{VMOVAPS, VMOVAPD}, pair{VMOVUPS, VMOVUPD}
	fma213      = pair{VFMADD213PS, VFMADD213PD} // (z, y, x): x = x·y + z
	fma231      = pair{VFMADD231PS, VFMADD231PD} // (z, y, x): x = y·z + x
	fms213      = pair{VFMSUB213PS, VFMSUB213PD}
	fnma213     = pair{VFNMADD213PS, VFNMADD213PD}
	fnma231     = pair{VFNMADD231PS, VFNMADD231PD}
	addInt      = pair{VPADDD, VPADDQ}
	subInt      = pair{VPSUBD, VPSUBQ}
	shiftLeft   = pair{VPSLLD, VPSLLQ}
	shiftRight  = pair{VPSRLD, VPSRLQ}
	broadcast   = pair{VBROADCASTSS, VBROADCASTSD}
	scalef      = pair{VSCALEFPS, VSCALEFPD}
	squareRoot  = pair{VSQRTPS, VSQRTPD}
	round       = pair{of3(VROUNDPS), of3(VROUNDPD)}
	blend       = pair{of4(VBLENDVPS), of4(VBLENDVPD)}
	zeroMask    = pair{of3(VMOVAPS_Z), of3(VMOVAPD_Z)}
	signMask    = pair{of2Ops(VPMOVD2M), of2Ops(VPMOVQ2M)}
	maskLoad    = pair{of3(VMASKMOVPS), of3(VMASKMOVPD)}
	maskStore   = pair{of3(VMASKMOVPS), of3(VMASKMOVPD)}
	storeFirst  = pair{VMOVSS, VMOVSD}
	blendMask   = pair{VBLENDMPS, VBLENDMPD}
	roundScale  = pair{VRNDSCALEPS, VRNDSCALEPD}
)

// Instructions of a fixed number of operands, as the others are.

func of2Ops(f func(a, b operand.Op)) func(...operand.Op) {
	return func(o ...operand.Op) { f(o[0], o[1]) }
}

func of3(f func(a, b, c operand.Op)) func(...operand.Op) {
	return func(o ...operand.Op) { f(o[0], o[1], o[2]) }
}

func of4(f func(a, b, c, d operand.Op)) func(...operand.Op) {
	return func(o ...operand.Op) { f(o[0], o[1], o[2], o[3]) }
}

// do writes an instruction for each register side by side, operands in Go's order.
func (m *machine) do(p pair, ops ...operand.Op) {
	if m.double {
		m.each(p[1], ops...)
	} else {
		m.each(p[0], ops...)
	}
}

func (m *machine) each(instruction func(...operand.Op), ops ...operand.Op) {
	for i := range m.ways {
		one := make([]operand.Op, len(ops))
		for j, o := range ops {
			one[j] = o
			if v, ok := o.(vec); ok {
				one[j] = v[i]
			}
		}
		instruction(one...)
	}
}

// get writes an instruction whose result is new.
func (m *machine) get(p pair, ops ...operand.Op) vec {
	r := m.reg()
	m.do(p, append(ops, r)...)
	return r
}

// reg is new registers.
func (m *machine) reg() vec {
	r := make(vec, m.ways)
	for i := range r {
		switch {
		case m.wide:
			r[i] = ZMM()
		case m.narrow:
			r[i] = XMM()
		default:
			r[i] = YMM()
		}
	}
	return r
}

// opmask is new masks of AVX-512.
func (m *machine) opmask() mask {
	k := make(mask, m.ways)
	for i := range k {
		k[i] = K()
	}
	return k
}

// bytes is the size of a register.
func (m *machine) bytes() int {
	if m.wide {
		return 64
	}
	return 32
}

// size is that of an entry.
func (m *machine) size() int {
	if m.double {
		return 8
	}
	return 4
}

// kind is the kind of numbers.
func (m *machine) kind() string {
	if m.double {
		return "F64"
	}
	return "F32"
}

// load is memory, or another register, in a new register.
func (m *machine) load(from operand.Op) vec { return m.get(movu, from) }

// bits is how a number is written.
func (m *machine) bits(x float64) uint64 {
	if m.double {
		return math.Float64bits(x)
	}
	return uint64(math.Float32bits(float32(x)))
}

// num is a constant, for an instruction's first operand (in Go's order).
func (m *machine) num(x float64) operand.Op { return m.pattern(m.bits(x)) }

// mostKonsts is how many constants stay in registers, of the 32.
const mostKonsts = 17

// pattern is a constant of given bits, in each entry: in AVX2 memory; in AVX-512 a register, loaded
// where the function first asks for it, as long as there are enough.
func (m *machine) pattern(bits uint64) operand.Op {
	if k, ok := m.konsts[bits]; ok {
		return k
	}
	if m.sealed {
		panic("a constant is asked for where it is too late to load it")
	}
	var k operand.Op
	if m.wide && len(m.konsts) < mostKonsts {
		r := ZMM()
		(&machine{double: m.double, ways: 1}).do(broadcast, m.datum(bits, m.size()), r)
		k = r
	} else {
		k = m.datum(bits, m.bytes())
	}
	m.konsts[bits] = k
	return k
}

var data = map[string]operand.Mem{}

// datum is a constant in memory, repeated up to so many bytes.
func (m *machine) datum(bits uint64, bytes int) operand.Mem {
	name := fmt.Sprintf("k%d_%d_%x", 8*m.size(), bytes, bits)
	if d, ok := data[name]; ok {
		return d
	}
	d := GLOBL(name, attr.RODATA|attr.NOPTR)
	for at := 0; at < bytes; at += m.size() {
		if m.double {
			DATA(at, operand.U64(bits))
		} else {
			DATA(at, operand.U32(bits))
		}
	}
	data[name] = d
	return d
}

// in is an operand in a register: for where memory may not stand.
func (m *machine) in(x operand.Op) vec {
	switch r := x.(type) {
	case vec:
		return r
	case reg.Register:
		return slices.Repeat(vec{r}, m.ways)
	}
	return m.load(x)
}

// Comparisons: quiet, and with NaN false, or with not, true.
const (
	equal, less, lessEqual       = 0x00, 0x11, 0x12
	unordered, notEqual, notLess = 0x03, 0x04, 0x15
	notLessEqual, unlike         = 0x16, 0x0c // unlike: not equal, and no NaN
	greaterEqual, greater        = 0x1d, 0x1e
)

// compare is where a stands in a relation to b.
func (m *machine) compare(relation uint8, a vec, b operand.Op) mask {
	if m.wide {
		k := m.opmask()
		m.do(cmp, operand.U8(relation), b, a, k)
		return k
	}
	return m.get(cmp, operand.U8(relation), b, a)
}

// negative is where the sign bit is set.
func (m *machine) negative(a vec) mask {
	if !m.wide {
		return a
	}
	k := m.opmask()
	m.do(signMask, a, k)
	return k
}

// choose is yes where the mask holds, and no elsewhere.
func (m *machine) choose(where mask, yes operand.Op, no vec) vec {
	r := m.reg()
	if m.wide {
		m.do(blendMask, yes, no, where, r)
	} else {
		m.do(blend, where, yes, no, r)
	}
	return r
}

// keep is a where the mask holds, and 0 elsewhere.
func (m *machine) keep(where mask, a operand.Op) vec {
	if !m.wide {
		return m.get(and, a, where)
	}
	return m.get(zeroMask, a, where)
}

// floor rounds down.
func (m *machine) floor(a vec) vec {
	const down = operand.U8(9)
	if m.wide {
		return m.get(roundScale, down, a)
	}
	return m.get(round, down, a)
}
