package unroll

import (
	"fmt"

	"unroll/internal/spell"
	"unroll/series"
)

// Values are an equation's values: by series, and within it by step, the first being t0.
func (r *Run) Values(name string) ([][]series.Array, error) {
	var all []string
	for _, n := range r.graph.Names {
		if n.Name == name {
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
		all = append(all, n.Name)
	}
	return nil, unknown("equation", name, all)
}

// unknown is the error for a name that isn't among those there are.
func unknown(what, name string, all []string) error {
	hint := ""
	if near := spell.Nearest(name, all); near != "" {
		hint = "; did you mean " + near + "?"
	}
	return fmt.Errorf("the cell has no %s %s%s", what, name, hint)
}
