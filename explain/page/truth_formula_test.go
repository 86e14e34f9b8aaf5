package page_test

import (
	"fmt"
	"math/big"
	"strings"

	"unroll/lang"
)

// formula is a formula that was read back from a page: an expression of the cell language, with
// names of the reader's own (q0, q1, …) where the language has none, for h_{t−1}, ∂L/∂u, relu′ or ∑.
type formula struct {
	text string
	expr lang.Expr
	refs map[string]*ref
	err  error // why it can't be read
}

// ref is what one of those names stands for.
type ref struct {
	kind   refKind
	name   string // "h", "δh", of a derivative's function "relu"
	series string // of a weight that each series has its own of: the 2 of l₀^{(2)}
	at     []span // what stands below: a time, or the place of an entry
	by     *ref   // of a slope: what it is the derivative by

	variable string // of a sum: the letter that runs, "" if it isn't said from where to where
	from, to point
}

type refKind int

const (
	aName     refKind = iota // h_2
	aSlope                   // ∂h_2/∂w
	aPrime                   // relu′, which is called
	aSum                     // ∑, called with what is added
	aProduct                 // ∏, likewise
	isPresent                // observed(y_2)
	anEntry                  // (a·b)_0, called with what stands in the brackets
)

// span is an index, or several: t−1, 2, t−2 : t−1.
type span struct {
	lo, hi point
	slice  bool
}

// point is a whole number, or a letter and a whole number: t−1.
type point struct {
	letter string
	k      int
}

// numeric tells whether a formula is made of numbers alone.
func (f *formula) numeric() bool {
	for _, r := range f.refs {
		if r.kind != aPrime && r.kind != anEntry {
			return false
		}
	}
	return true
}

// general tells whether a formula speaks of any step: whether t stands in an index.
func (f *formula) general() bool {
	for _, r := range f.refs {
		if r.mentions("t") {
			return true
		}
	}
	return false
}

func (r *ref) mentions(letter string) bool {
	for _, s := range r.at {
		if s.lo.letter == letter || s.slice && s.hi.letter == letter {
			return true
		}
	}
	over := (r.kind == aSum || r.kind == aProduct) && r.to.letter == letter
	return over || r.by != nil && r.by.mentions(letter)
}

// vocabulary is how the names of a cell are spelled on a page: "h₁" in a text, "h_1" where it is set.
type vocabulary struct {
	names     map[string]string // by what is printed, the name in the cell
	set       map[string]string // by the name in the cell, how it is set
	functions map[string]string // by what is printed, the row: σ, sigmoid
	read      map[string]*formula
	loose     bool // the numbers of a product are written as one, its fractions worked out
}

// key is the name that a symbol has, and what stands below it that isn't part of the name; of what
// stands above, it leaves what isn't.
func (v *vocabulary) key(x *pieces) (string, []string) {
	delta, base := "", x.base
	if rest, ok := strings.CutPrefix(base, "δ"); ok && rest != "" {
		delta, base = "δ", rest
	}
	for n := len(x.below); n >= 0; n-- {
		if len(x.above) == 0 {
			break
		}
		if name, ok := v.names[strings.Join(append([]string{base}, x.below[:n]...), "_")+"^"+x.above[0]]; ok {
			x.above = x.above[1:]
			return delta + name, x.below[n:]
		}
	}
	for n := len(x.below); n >= 0; n-- {
		if name, ok := v.names[strings.Join(append([]string{base}, x.below[:n]...), "_")]; ok {
			return delta + name, x.below[n:]
		}
	}
	// What the page itself has named: all but the last is its name.
	n := max(len(x.below)-1, 0)
	return delta + setDigits.Replace(strings.Join(append([]string{base}, x.below[:n]...), "_")), x.below[n:]
}

// setDigits writes digits below a name as pages do where formulas are set.
var setDigits = strings.NewReplacer("₀", "_0", "₁", "_1", "₂", "_2", "₃", "_3", "₄", "_4", "₅", "_5", "₆", "_6", "₇", "_7", "₈", "_8", "₉", "_9")

// canonical is a formula written in one way, whatever page it was read from.
func (v *vocabulary) canonical(f *formula) string { return v.write(f, f.expr) }

func (v *vocabulary) write(f *formula, e lang.Expr) string {
	switch e := e.(type) {
	case *lang.Num:
		return e.Val.RatString()
	case *lang.Name:
		if r := f.refs[e.Name]; r != nil {
			return v.writeRef(r)
		}
		return e.Name
	case *lang.Paren:
		return v.write(f, e.X)
	case *lang.Unary:
		if op := productOf(e); op != "" {
			return v.writeProduct(f, e, op)
		}
		return "(-" + v.write(f, e.X) + ")"
	case *lang.Transpose:
		return v.write(f, e.X) + "'"
	case *lang.Binary:
		if op := productOf(e); op != "" {
			return v.writeProduct(f, e, op)
		}
		return "(" + v.write(f, e.X) + " " + e.Op + " " + v.write(f, e.Y) + ")"
	case *lang.List:
		return "[" + v.writeAll(f, e.Items) + "]"
	case *lang.Call:
		name := e.Fn
		if r := f.refs[name]; r != nil {
			name = v.writeRef(r)
		}
		return name + "(" + v.writeAll(f, e.Args) + ")"
	}
	return fmt.Sprintf("%T", e)
}

// writeProduct writes factors in a row: −a·b and (−a)·b look alike, and so do a/b·c and c behind a/b.
func (v *vocabulary) writeProduct(f *formula, e lang.Expr, op string) string {
	out, minus, number := "(", "", big.NewRat(1, 1)
	for i, x := range factorsOf(e, op) {
		if n, ok := lang.Unparen(x.x).(*lang.Num); ok && v.loose && n.Val.Sign() != 0 {
			if x.below {
				number.Quo(number, n.Val)
			} else {
				number.Mul(number, n.Val)
			}
			continue
		}
		switch {
		case x.below:
			out += " / "
		case i > 0:
			out += " " + op + " "
		}
		if x.minus && minus == "" {
			minus = "-"
		} else if x.minus {
			minus = ""
		}
		out += v.write(f, x.x)
	}
	if v.loose && (out == "(" || number.Cmp(big.NewRat(1, 1)) != 0) {
		out += " " + number.RatString()
	}
	return minus + out + ")"
}

func (v *vocabulary) writeAll(f *formula, all []lang.Expr) string {
	var parts []string
	for _, e := range all {
		parts = append(parts, v.write(f, e))
	}
	return strings.Join(parts, ", ")
}

func (v *vocabulary) writeRef(r *ref) string {
	base, name := "", r.name
	if rest, ok := strings.CutPrefix(name, "δ"); ok && rest != "" {
		base, name = "δ", rest
	}
	if set, ok := v.set[name]; ok {
		name = set
	}
	out := [...]string{"", "∂", "prime ", "∑ ", "∏ ", "observed ", "entry "}[r.kind] + base + name
	for _, s := range r.at {
		out += "_" + s.lo.String()
		if s.slice {
			out += ":" + s.hi.String()
		}
	}
	if r.series != "" {
		out += "^" + r.series
	}
	if r.kind == aSum || r.kind == aProduct {
		out += r.variable + "=" + r.from.String() + ".." + r.to.String()
	}
	if r.by != nil {
		out += "/∂" + v.writeRef(r.by)
	}
	return out
}

func (p point) String() string {
	switch {
	case p.letter == "":
		return fmt.Sprint(p.k)
	case p.k == 0:
		return p.letter
	}
	return fmt.Sprintf("%s%+d", p.letter, p.k)
}
