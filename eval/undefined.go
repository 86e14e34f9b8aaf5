package eval

import (
	"fmt"
	"math"
	"slices"

	"unroll/graph"
	"unroll/series"
)

// Undefined is an error if the loss is undefined and an exact division by zero is behind it. It
// names the first equation that is undefined, in the order of computation, with its series and time.
// A loss that is NaN or infinite without one is a matter of float64, and no error.
func (v *Values) Undefined() error {
	if v.graph.Loss == nil || !undefined(v.At(v.graph.Loss, 0, 0)) || !v.holdsNil() {
		return nil
	}
	if err := v.firstUndefined(func(n *graph.Node) string {
		if n.Kind == graph.Name {
			return n.Name
		}
		return ""
	}); err != nil {
		return err
	}
	scores := map[*graph.Node]string{}
	for _, s := range v.graph.Scores {
		scores[s.Value] = s.Text
	}
	if err := v.firstUndefined(func(n *graph.Node) string { return scores[n] }); err != nil {
		return err
	}
	return fmt.Errorf("%sthe loss is undefined: a division by zero, or an index that is not one", at(v.graph.Loss))
}

// holdsNil tells whether any exact value is undefined.
func (v *Values) holdsNil() bool {
	for n, exact := range v.exact {
		if !exact {
			continue
		}
		for _, times := range v.stored[n] {
			for _, x := range times {
				if x != nil && undefined(x.Array) {
					return true
				}
			}
		}
	}
	return false
}

// firstUndefined is an error about the first undefined value of a node that title names.
func (v *Values) firstUndefined(title func(*graph.Node) string) error {
	for _, c := range v.order {
		for s, T := range v.length {
			for i := range T {
				t := i
				if c.Dir == graph.Backward {
					t = T - 1 - i
				}
				for _, n := range c.Nodes {
					if name := title(n); name != "" && undefined(v.At(n, s, t)) {
						return v.undefinedError(n, name, s, t)
					}
				}
			}
		}
	}
	return nil
}

func (v *Values) undefinedError(n *graph.Node, name string, s, t int) error {
	where := ""
	if n.Scope != graph.Global {
		where += " in series " + v.run.Data.Series[s].ID
	}
	if n.Scope == graph.Steps || n.Scope == graph.Times {
		where += fmt.Sprintf(" at t = %d", t)
	}
	return fmt.Errorf("%s%s is undefined%s: a division by zero, or an index that is not one", at(n), name, where)
}

// undefined tells whether an array has an entry that is nil, NaN or infinite.
func undefined(a series.Array) bool {
	for _, x := range a.Float {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return true
		}
	}
	return slices.Contains(a.Rat, nil)
}
