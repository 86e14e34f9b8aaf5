package graph

import (
	"maps"
	"math/big"
	"slices"

	"unroll/op"
)

// Scaling is a way to scale weights that leaves the loss as it is: for any c > 0 each of them is
// multiplied by c to the power of its exponent. So the sum of exponent·⟨weight, its gradient⟩ is 0:
// an identity by which a gradient can be checked. Of a weight per series it is the sum over the series.
type Scaling []Scaled

// Scaled is a weight, and its exponent in a Scaling: not 0.
type Scaled struct {
	Weight   string
	Exponent int
}

// Scalings are a basis of all scalings that the degrees of the table's rows give, of few weights each;
// the last exponent of each is positive. For (u, v) → (u/c, c·v) it is u −1, v +1. What stands in
// stop(…) is taken for a constant, as the derivative does. Weights that the loss doesn't depend on
// are left out.
func Scalings(g *Graph) []Scaling {
	if g.Loss == nil {
		return nil
	}
	d := &degrees{of: map[*Node]degree{}, weights: unknowns(g), solved: map[int]degree{}}
	d.all = 2 * len(g.Weights)
	d.equal(d.degree(g.Loss), constant)
	for len(d.names) > 0 {
		n := d.names[0]
		d.names = d.names[1:]
		d.equal(d.of[n], d.degree(n.Args[0]))
	}
	var out []Scaling
	for _, v := range sparser(d.basis(len(g.Weights))) {
		if s := scaling(v, g.Weights); s != nil {
			out = append(out, s)
		}
	}
	return out
}

// degree is a degree of homogeneity: a sum of unknowns, each times a number. Nil is that of 0, which
// is of any degree. A degree isn't changed once it is made.
type degree map[int]*big.Rat

// constant is the degree of what no weight changes.
var constant = degree{}

// degrees finds the degrees of nodes. Those of weights and of equations are unknown; rows make
// equations between them.
type degrees struct {
	of      map[*Node]degree
	weights map[*Node]int  // the unknown of each weight that may be scaled
	all     int            // how many unknowns there are
	names   []*Node        // equations whose right side hasn't been looked at
	solved  map[int]degree // unknowns by those of smaller numbers that aren't solved
}

// unknowns numbers the weights that may be scaled in file order: those that the loss depends on, and
// after them those that are only compared, or only held.
func unknowns(g *Graph) map[*Node]int {
	has := gradients(g)
	out := map[*Node]int{}
	for i, w := range g.Weights {
		switch {
		case w.Fixed || w.Lo != nil && w.Lo.Sign() != 0 || w.Hi != nil && w.Hi.Sign() != 0:
		case has[w.Node]:
			out[w.Node] = i
		default:
			out[w.Node] = len(g.Weights) + i
		}
	}
	return out
}

// gradients are the nodes by which the loss has a derivative.
func gradients(g *Graph) map[*Node]bool {
	has := map[*Node]bool{g.Loss: true}
	for open := []*Node{g.Loss}; len(open) > 0; {
		n := open[len(open)-1]
		open = open[:len(open)-1]
		for i, a := range n.Args {
			if passes := n.Kind != Row || n.Row.Deriv[i] != ""; passes && !has[a] {
				has[a] = true
				open = append(open, a)
			}
		}
	}
	return has
}

// degree of a node. Every loop passes through an equation, whose degree is known before its right side's.
func (d *degrees) degree(n *Node) degree {
	x, ok := d.of[n]
	if !ok {
		x = d.find(n)
		d.of[n] = x
	}
	return x
}

func (d *degrees) find(n *Node) degree {
	switch n.Kind {
	case Const:
		if isZero(n) {
			return nil
		}
	case Weight:
		if k, ok := d.weights[n]; ok {
			return unknown(k)
		}
	case Name:
		d.names = append(d.names, n)
		d.all++
		return unknown(d.all - 1)
	case Row:
		return d.row(n)
	case Shift, Window, Fold, Total, Pooled:
		return d.degree(n.Args[0])
	}
	return constant // data, t, masks, draws, weights that can't be scaled
}

func unknown(k int) degree { return degree{k: oneRat} }

// row is a row's degree by what the table says. See op.Degree.
func (d *degrees) row(n *Node) degree {
	var a []degree
	for _, x := range n.Args {
		a = append(a, d.degree(x))
	}
	switch n.Row.Degree {
	case op.Alike:
		return d.alike(a)
	case op.OfFirst:
		return a[0]
	case op.OfBranches:
		return d.alike(a[1:])
	case op.Added:
		return a[0].plus(oneRat, a[1])
	case op.Subtracted:
		return a[0].plus(big.NewRat(-1, 1), a[1])
	case op.Powered:
		if e := n.Args[1]; e.Kind == Const && e.sameNumber() {
			return a[0].times(e.Value[0])
		}
	case op.Halved:
		return a[0].times(big.NewRat(1, 2))
	case op.Compared:
		d.alike(a)
		return constant
	case op.Held:
		return constant
	}
	d.alike(append(a, constant))
	return constant
}

// alike makes degrees equal, and gives what they are.
func (d *degrees) alike(all []degree) degree {
	var one degree
	for _, x := range all {
		if one == nil {
			one = x
		}
		d.equal(one, x)
	}
	return one
}

// plus is a + c·b; of a product, if a factor is 0, that of 0.
func (a degree) plus(c *big.Rat, b degree) degree {
	if a == nil || b == nil {
		return nil
	}
	sum := maps.Clone(a)
	for k, v := range b {
		x := new(big.Rat).Mul(c, v)
		if old := sum[k]; old != nil {
			x.Add(x, old)
		}
		if sum[k] = x; x.Sign() == 0 {
			delete(sum, k)
		}
	}
	return sum
}

// times is c·a. What is to the power 0 is 1, and so is 0.
func (a degree) times(c *big.Rat) degree {
	if c.Sign() == 0 {
		return constant
	}
	return constant.plus(c, a)
}

// equal solves a = b for the unknown of the largest number. What is solved is by smaller ones.
func (d *degrees) equal(a, b degree) {
	if a == nil || b == nil {
		return
	}
	e := d.reduced(a.plus(big.NewRat(-1, 1), b))
	if len(e) == 0 {
		return
	}
	k := slices.Max(slices.Collect(maps.Keys(e)))
	c := new(big.Rat).Inv(e[k])
	d.solved[k] = unknown(k).plus(c.Neg(c), e)
	for j, x := range d.solved {
		if x[k] != nil {
			d.solved[j] = d.reduced(x)
		}
	}
}

// reduced is a degree without the unknowns that are solved.
func (d *degrees) reduced(a degree) degree {
	out := a
	for k, c := range a {
		if x, ok := d.solved[k]; ok {
			out = out.plus(c, x.plus(big.NewRat(-1, 1), unknown(k)))
		}
	}
	return out
}
