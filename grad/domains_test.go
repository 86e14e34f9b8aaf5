package grad_test

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"unroll/op"
)

// span is where the values of an argument lie, in eighths; those of a whole one are its multiples
// of 8, in turn. A fixed one is a constant of the graph, the others are weights.
type span struct {
	lo, hi       int
	whole, fixed bool
}

var (
	anywhere = span{lo: -16, hi: 15}
	positive = span{lo: 6, hi: 30}
	// A draw of that chance from counts of so small a mean is 0, and no step of a difference makes it 1.
	unlikely = span{lo: 1, hi: 2}
	small    = span{lo: 2, hi: 6}
)

func whole(lo, hi int) span { return span{lo: 8 * lo, hi: 8 * hi, whole: true} }
func fixed(n int) span      { return span{lo: 8 * n, hi: 8 * n, whole: true, fixed: true} }

// domains are where a row is defined, by argument; the last span stands for the arguments after it.
// Each row of the table is in it: TestDomains.
var domains = func() map[string][]span {
	d := map[string][]span{
		"//2": {anywhere, positive}, "over/2": {anywhere, positive}, "gated/2": {anywhere}, "kept/2": {anywhere}, "mod/2": {anywhere, positive},
		"^/2": {positive, anywhere}, "power/2": {anywhere, fixed(3)},
		"log/1": {positive}, "sqrt/1": {positive}, "lgamma/1": {positive}, "polygamma/2": {fixed(1), positive},
		"where/3": {whole(0, 1), anywhere}, "is_index/3": {whole(0, 2), whole(1, 1), fixed(3)},
		"clip/3": {anywhere, {lo: -14, hi: -2}, {lo: 2, hi: 14}}, "clip_gradient/2": {anywhere, {lo: 400, hi: 420}},
		"embed/2": {anywhere, whole(1, 1)}, "onehot/2": {whole(1, 1), fixed(3)},
		"slice/5": {anywhere, fixed(1), fixed(2), fixed(0), fixed(2)},
		"place/5": {anywhere, fixed(1), fixed(4), fixed(1), fixed(3)},
		"fill/3":  {anywhere, fixed(2), fixed(3)}, "iota/1": {fixed(3)},
		"layer_norm/3": {anywhere}, "poisson_inverse/2": {unlikely, small}, "negbinomial_inverse/3": {unlikely, small},
	}
	for _, k := range strings.Fields(`+/2 -/2 .*/2 neg/1 floor/1 ==/2 !=/2 </2 <=/2 >/2 >=/2 max/2 min/2 stop/1
		relu/1 leaky_relu/1 elu/1 selu/1 gelu/1 silu/1 softplus/1 sigmoid/1 tanh/1 hard_sigmoid/1 hard_tanh/1
		exp/1 abs/1 sign/1 sin/1 cos/1 erf/1 */2 '/1 sum/1 spread/2 mean/1 dot/2 outer/2 max/1 min/1 argmax/1
		logsumexp/1 softmax/1 norm/1 normalize/1 concat/2 dropout/2 zoneout/3 noise/1 keep/1 draw/0 gauss/0`) {
		d[k] = []span{anywhere}
	}
	return d
}()

// kinks are further points: those at which a rational row isn't smooth, and the convention decides.
// Columns of numbers, one an argument.
var kinks = map[string][]string{
	"relu/1": {"0 1 -1"}, "leaky_relu/1": {"0 1 -1"}, "abs/1": {"0 1 -1"}, "sign/1": {"0 1"}, "floor/1": {"0 1 1/2"},
	"max/2": {"1 2 3 | 2 2 2", "2 | 1 2 3", "1 2 3 | 2"}, "min/2": {"1 2 3 | 2 2 2", "2 | 1 2 3"},
	"max/1": {"1 3 3", "2 2 2", "0"}, "min/1": {"1 1 3"}, "argmax/1": {"3 3"},
	"clip/3": {"-1 0 1 | -1 -1 -1 | 1 1 1", "-1 1 2 -3 | -1 | 1"}, "hard_tanh/1": {"-1 0 1 2 -2"}, "hard_sigmoid/1": {"-3 0 3 4 -4"},
	"where/3": {"0 2 -1 | 1 2 3 | 4 5 6"}, "mod/2": {"6 7 -1 | 3 3 3", "5 -7 | 2"}, "==/2": {"1 2 | 1 1"}, "</2": {"1 2 | 1 1"},
	"over/2": {"0 1 | 2 3"}, "gated/2": {"0 1 | 2 3", "0 2 | 0 0"}, "kept/2": {"0 2 | 0 0"}, "power/2": {"0 -2"}, "clip_gradient/2": {"0 | 40"},
}

// argument is one argument of a call: its shape and values, and whether it is a weight.
type argument struct {
	shape  op.Shape
	values []*big.Rat
	fixed  bool
}

// sample is a call of a row.
type sample []argument

func (s sample) String() string {
	var out []string
	for _, a := range s {
		out = append(out, fmt.Sprint(a.shape))
	}
	return strings.Join(out, " and ")
}

// samples are calls of a row with arguments of each shape that its form knows, and at its kinks.
func samples(r *op.Row) ([]sample, error) {
	spans := domains[key(r)]
	if len(spans) == 0 {
		return nil, fmt.Errorf("%s has no domain; give it one in domains_test.go", key(r))
	}
	rng := rand.New(rand.NewPCG(7, uint64(len(r.Doc))))
	var out []sample
	for _, shapes := range shapesFor(r) {
		var s sample
		for i, shape := range shapes {
			s = append(s, drawn(rng, spans[min(i, len(spans)-1)], shape, i))
		}
		out = append(out, s)
	}
	for _, text := range kinks[key(r)] {
		out = append(out, kinkOf(r, text))
	}
	return out, nil
}

// drawn draws distinct entries, all of another residue than those of other arguments and than 0, so
// that a difference quotient with steps up to 1/64 passes no kink.
func drawn(rng *rand.Rand, s span, shape op.Shape, arg int) argument {
	a := argument{shape: shape, fixed: s.fixed}
	order := rng.Perm(s.hi - s.lo + 1)
	for i := range shape.Len() {
		v := big.NewRat(int64(8*(s.lo+order[i%len(order)])+2*arg+1), 64)
		if s.whole {
			v = big.NewRat(int64(s.lo/8+i%(s.hi/8-s.lo/8+1)), 1)
		}
		a.values = append(a.values, v)
	}
	return a
}

func kinkOf(r *op.Row, text string) sample {
	var out sample
	for _, part := range strings.Split(text, "|") {
		a := argument{}
		for _, f := range strings.Fields(part) {
			a.values = append(a.values, rat(f))
		}
		a.shape = op.Shape{R: len(a.values), C: 1}
		out = append(out, a)
	}
	if r.Name == "power" {
		out = append(out, argument{op.Scalar, []*big.Rat{rat("1")}, true})
	}
	return out
}

func rat(text string) *big.Rat {
	v, ok := new(big.Rat).SetString(text)
	if !ok {
		panic("not a number: " + text)
	}
	return v
}

var (
	number = op.Scalar
	column = op.Shape{R: 3, C: 1}
	line   = op.Shape{R: 1, C: 3}
	matrix = op.Shape{R: 2, C: 3}
)

// shapesFor are shapes of arguments for a row: those of its form, or its own where the form alone
// doesn't tell.
func shapesFor(r *op.Row) [][]op.Shape {
	switch r.Name {
	case "outer":
		return [][]op.Shape{{column, {R: 2, C: 1}}, {number, number}}
	case "embed":
		return [][]op.Shape{{matrix, number}}
	case "onehot":
		return [][]op.Shape{{number, number}}
	case "is_index":
		return [][]op.Shape{{column, number, number}}
	case "power", "polygamma":
		return broadcastFixed(r.Name == "polygamma")
	case "layer_norm":
		return [][]op.Shape{{column, column, column}, {matrix, matrix, matrix}, {column, number, number}, {line, line, number}}
	}
	return formShapes(r)
}

// broadcastFixed are shapes for a row one of whose two arguments is a fixed number.
func broadcastFixed(first bool) [][]op.Shape {
	var out [][]op.Shape
	for _, s := range []op.Shape{number, column, line, matrix} {
		if first {
			out = append(out, []op.Shape{number, s})
		} else {
			out = append(out, []op.Shape{s, number})
		}
	}
	return out
}

func formShapes(r *op.Row) [][]op.Shape {
	rest := func(first op.Shape, numbers int) []op.Shape {
		out := []op.Shape{first}
		for range numbers {
			out = append(out, number)
		}
		return out
	}
	switch r.Form {
	case op.Entrywise:
		return entrywiseShapes(len(r.Args))
	case op.Product:
		return [][]op.Shape{
			{matrix, {R: 3, C: 2}}, {matrix, column}, {line, column}, {column, line}, {{R: 1, C: 2}, matrix},
			{number, number}, {number, matrix}, {column, number}, {line, number},
		}
	case op.Spread:
		return [][]op.Shape{{number, column}, {{R: 2, C: 1}, matrix}, {number, line}, {number, number}}
	case op.Concat:
		return [][]op.Shape{{column, number}, {matrix, line}, {number, number}, {number, column}}
	case op.Slice:
		return [][]op.Shape{rest(op.Shape{R: 4, C: 3}, 4)}
	case op.Place:
		return [][]op.Shape{rest(op.Shape{R: 2, C: 2}, 4), rest(number, 4), rest(op.Shape{R: 1, C: 2}, 4)}
	case op.Fill:
		return [][]op.Shape{rest(number, 2)}
	case op.Iota:
		return [][]op.Shape{{number}}
	}
	var out [][]op.Shape
	for _, s := range []op.Shape{{R: 4, C: 1}, matrix, line, number} {
		out = append(out, repeat(s, len(r.Args)))
	}
	return out
}

// entrywiseShapes are all of one shape, each argument as a number against arrays, and the reverse.
func entrywiseShapes(args int) [][]op.Shape {
	if args == 0 {
		return nil
	}
	out := [][]op.Shape{repeat(number, args), repeat(column, args), repeat(line, args), repeat(matrix, args)}
	for i := 0; i < args && args > 1; i++ {
		one, others := repeat(matrix, args), repeat(number, args)
		one[i], others[i] = number, line
		out = append(out, one, others)
	}
	return out
}

func repeat(s op.Shape, n int) []op.Shape {
	out := make([]op.Shape, n)
	for i := range out {
		out[i] = s
	}
	return out
}

// Each row has a domain and a sample, and nothing else has.
func TestDomains(t *testing.T) {
	rows := map[string]bool{}
	for _, r := range op.Standard().Rows {
		rows[key(&r)] = true
		all, err := samples(&r)
		if err != nil {
			t.Error(err)
		}
		if len(all) == 0 && len(r.Args) > 0 {
			t.Errorf("%s has no sample", key(&r))
		}
	}
	for k := range domains {
		if !rows[k] {
			t.Errorf("the domain of %s is for no row", k)
		}
	}
	for k := range kinks {
		if !rows[k] {
			t.Errorf("the kinks of %s are for no row", k)
		}
	}
	if _, err := samples(&op.Row{Name: "new", Args: []string{"a"}}); err == nil {
		t.Error("a row without a domain isn't noticed")
	}
}
