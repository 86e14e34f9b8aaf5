package unroll

import (
	"fmt"

	"unroll/graph"
	"unroll/internal/spell"
	"unroll/series"
)

// Values are an equation's values: by series, and within it by step, the first being t0.
func (r *Run) Values(name string) ([][]series.Array, error) {
	n, err := r.equation(name)
	if err != nil {
		return nil, err
	}
	v, err := r.Eval(r.graph)
	if err != nil {
		return nil, err
	}
	out := make([][]series.Array, v.Series())
	for s := range out {
		for t := r.graph.T0; t < v.T(s); t++ {
			out[s] = append(out[s], v.At(n, s, t))
		}
	}
	return out, nil
}

// equation is the node of an equation.
func (r *Run) equation(name string) (*graph.Node, error) {
	var all []string
	for _, n := range r.graph.Names {
		if n.Name == name {
			return n, nil
		}
		all = append(all, n.Name)
	}
	return nil, unknown("equation", name, all)
}

// checkWeight finds that values don't fit a weight.
func (r *Run) checkWeight(name string, values []series.Array) error {
	old, ok := r.weights[name]
	if !ok {
		return r.noWeight(name)
	}
	if len(values) != len(old) {
		return fmt.Errorf("weight %s has %d values, not %d", name, len(old), len(values))
	}
	for i, v := range values {
		if v.R != old[i].R || v.C != old[i].C {
			return fmt.Errorf("weight %s is %d×%d, not %d×%d", name, old[i].R, old[i].C, v.R, v.C)
		}
	}
	return nil
}

func (r *Run) noWeight(name string) error {
	var all []string
	for _, w := range r.graph.Weights {
		all = append(all, w.Name)
	}
	return unknown("weight", name, all)
}

// unknown is the error for a name that isn't among those there are.
func unknown(what, name string, all []string) error {
	hint := ""
	if near := spell.Nearest(name, all); near != "" {
		hint = "; did you mean " + near + "?"
	}
	return fmt.Errorf("the cell has no %s %s%s", what, name, hint)
}
