package train

import (
	"context"
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"unroll/eval"
	"unroll/grad"
	"unroll/graph"
	"unroll/op"
	"unroll/plan"
	"unroll/series"
)

// Errors are how sure a fit is of its weights.
type Errors struct {
	Loss   float64                   // at the weights
	Names  []string                  // of the weights that move, in the order of the file
	Errors map[string][]series.Array // of their entries: one array, or one a series
}

// mostErrors is of how many numbers standard errors are computed at most: the work grows with the square of it.
const mostErrors = 2000

// StandardErrors are the square roots of the diagonal of the inverse of the Hessian of a problem's loss, at the
// problem's weights: standard errors of a maximum of likelihood, if the loss is the negative logarithm of one and the
// weights are where it is least. Their scale is that of the weights, also where an interval bounds them.
func StandardErrors(ctx context.Context, p Problem) (*Errors, error) {
	if err := p.likelihood(); err != nil {
		return nil, err
	}
	h, loss, err := Hessian(ctx, p)
	if err != nil {
		return nil, err
	}
	v, err := newVector(p.Graph, p.Weights)
	if err != nil {
		return nil, err
	}
	var root mat.Cholesky
	var inverse mat.SymDense
	if !root.Factorize(h) || root.InverseTo(&inverse) != nil {
		return nil, fmt.Errorf("the loss has no minimum at these weights: %s; train until it converges, or leave a weight out", v.flattest(h))
	}
	out := &Errors{Loss: loss, Errors: map[string][]series.Array{}}
	for i := range v.raw {
		v.value[i] = math.Sqrt(inverse.At(i, i))
	}
	for _, b := range v.blocks {
		out.Names = append(out.Names, b.Name)
		for i := range b.copies {
			out.Errors[b.Name] = append(out.Errors[b.Name], v.array(&b, i))
		}
	}
	return out, nil
}

// likelihood refuses a loss that is no negative logarithm of a likelihood.
func (p Problem) likelihood() error {
	if p.Mean {
		return errors.New("standard errors are of the sum of all scores, and the loss is their mean; leave --reduce mean out")
	}
	for _, s := range p.Graph.Scores {
		if !s.Sampled || len(s.Quantiles) > 0 {
			return fmt.Errorf("standard errors want the likelihood of a distribution, which %s isn't; write one, as in y ~ normal(m, s)", s.Text)
		}
	}
	return nil
}

// flattest names the weights along which the loss bends upwards least.
func (v *vector) flattest(h *mat.SymDense) string {
	var e mat.EigenSym
	if !e.Factorize(h, true) {
		return "its second derivatives aren't finite"
	}
	var vectors mat.Dense
	e.VectorsTo(&vectors)
	most := 0
	for i := range v.raw {
		if math.Abs(vectors.At(i, 0)) > math.Abs(vectors.At(most, 0)) {
			most = i
		}
	}
	for _, b := range v.blocks {
		if s := b.all(); s.lo <= most && most < s.hi {
			return fmt.Sprintf("along %s it bends by %.3g", b.Name, e.Values(nil)[0])
		}
	}
	return ""
}

// Hessian has the second derivatives of a problem's loss by the weights that move, at the problem's weights, and the
// loss there. Its rows are the entries of the weights in the order of the graph, of a weight per series those of the
// first series first. It is a derivative of a derivative: of the gradient's product with a direction, for the
// direction of each entry, in float64.
func Hessian(ctx context.Context, p Problem) (*mat.SymDense, float64, error) {
	if p.Valid != nil {
		p.Graph = p.Valid
	}
	if err := p.check(Options{}.filled()); err != nil {
		return nil, 0, err
	}
	if p.draws() {
		return nil, 0, fmt.Errorf("the loss of %s depends on random numbers, so that it has no Hessian", p.Graph.Cell)
	}
	v, err := newVector(p.Graph, p.Weights)
	if err != nil {
		return nil, 0, err
	}
	if len(v.raw) > mostErrors {
		return nil, 0, fmt.Errorf("the weights are %d numbers; second derivatives are computed of %d at most", len(v.raw), mostErrors)
	}
	x, err := newCurvature(p, v)
	if err != nil {
		return nil, 0, err
	}
	n := len(v.raw)
	full := mat.NewDense(max(1, n), max(1, n), nil)
	for i := range n {
		if ctx.Err() != nil {
			return nil, 0, context.Cause(ctx)
		}
		if err := x.along(i, full.RawRowView(i)); err != nil {
			return nil, 0, err
		}
	}
	return symmetric(full), number(x.m, x.loss), nil
}

// symmetric is the mean of a matrix and its transpose, which differ by rounding.
func symmetric(full *mat.Dense) *mat.SymDense {
	n, _ := full.Dims()
	out := mat.NewSymDense(n, nil)
	for i := range n {
		for j := i; j < n; j++ {
			out.SetSym(i, j, full.At(i, j)/2+full.At(j, i)/2)
		}
	}
	return out
}

// curvature computes products of the Hessian with directions.
type curvature struct {
	v       *vector
	m       machine
	loss    *graph.Node
	product map[string]*graph.Node // by weight: its part of the product
	strands *batch                 // the series as they are
}

// directionOf is the weight that has a direction's part of another.
func directionOf(name string) string { return "direction of " + name }

func newCurvature(p Problem, v *vector) (*curvature, error) {
	table := p.Table
	second, err := v.twice(p.Graph, table)
	if err != nil {
		return nil, err
	}
	x := &curvature{v: v, loss: p.Graph.Loss, product: second.Weight, strands: &batch{}}
	roots := []*graph.Node{p.Graph.Loss}
	r := eval.Run{Data: p.Data, Weights: map[string][]series.Array{}, Steps: p.Steps, Masked: p.Masked}
	for name, all := range p.Weights {
		r.Weights[name] = inexact(all)
	}
	for _, b := range v.blocks {
		roots = append(roots, second.Weight[b.Name])
		for range b.copies {
			zeros := series.Floats(b.Node.Shape.R, b.Node.Shape.C, make([]float64, b.size))
			r.Weights[directionOf(b.Name)] = append(r.Weights[directionOf(b.Name)], zeros)
		}
	}
	for i := range p.Data.Series {
		x.strands.strands = append(x.strands.strands, strand{series: i})
	}
	bind, err := newBinder(second.Graph, roots, true, plan.Options{})
	if err != nil {
		return nil, err
	}
	x.m, err = bind(r)
	return x, err
}

// twice differentiates the loss, and then the gradient's product with a direction, which are weights besides.
func (v *vector) twice(g *graph.Graph, table *op.Table) (*grad.Derivative, error) {
	first, err := grad.Loss(g, table)
	if err != nil {
		return nil, err
	}
	m := graph.Continue(first.Graph, table)
	of, full := m.Zeros(op.Scalar), *first.Graph
	for _, b := range v.blocks {
		direction := m.Add(&graph.Node{Kind: graph.Weight, Name: directionOf(b.Name), Scope: b.Node.Scope, Shape: b.Node.Shape})
		full.Weights = append(full.Weights[:len(full.Weights):len(full.Weights)],
			&graph.Param{Node: direction, Name: direction.Name, PerSeries: b.PerSeries, Fixed: true})
		product := m.SumAll(m.Row(".*", direction, first.Weight[b.Name]))
		if b.PerSeries {
			product = m.Pooled(product)
		}
		of = m.Row("+", of, product)
	}
	full.Outputs = append(full.Outputs[:len(full.Outputs):len(full.Outputs)], of)
	full.Nodes = m.Nodes()
	return grad.Of(&full, of, table)
}

// along writes the product with the direction of one entry, which is a row of the Hessian.
func (x *curvature) along(i int, row []float64) error {
	for _, b := range x.v.blocks {
		for k := range b.copies {
			direction := make([]float64, b.size)
			if s := b.at(k); s.lo <= i && i < s.hi {
				direction[i-s.lo] = 1
			}
			if err := x.m.SetWeight(directionOf(b.Name), k, direction); err != nil {
				return err
			}
		}
	}
	x.m.Run()
	for _, b := range x.v.blocks {
		b.collect(x.m, x.product[b.Name], x.strands, row)
	}
	return nil
}
