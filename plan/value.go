package plan

import (
	"fmt"

	"unroll/graph"
)

// hold says where a value is kept, and for how long.
type hold int

const (
	shared hold = iota // one for all: with the weights, computed once a run
	series             // one a series: rows of a shard
	full               // one a series and time
	step               // one a series, while a step of a scan lasts
	ahead              // full where several steps are done at once, before the scan or in it; else step
	temp               // one a series of a block, while a program runs
)

// value is what is kept of a node: Width entries for each row, a row being a series, or one for all.
type value struct {
	id    int
	node  *graph.Node // nil of what only a program needs
	width int
	scope graph.Scope
	hold  hold

	before, after int    // rows of times kept before the first and after the last, which lags and leads read
	start         *value // what stands before the first time; 0 if nil
	leaf          bool   // filled when data is bound, or a weight
	pinned        bool   // read after the run: never overwritten
	copies        bool   // shared: repeated for each row of a shard, as a value of its own beside
	repeats       *value // of such copies: what is repeated
	room          *value // full: in whose memory it is, which is read for the last time where this is made; or nil
	beside        int    // ahead: the most entries a row has in the program that makes it
	scan          *group // ahead: the scan that makes it, if it does several steps at once
	born, last    int    // the loops that write it first and read it last
}

func (v *value) String() string {
	if v.node == nil {
		return fmt.Sprintf("v%d", v.id)
	}
	return fmt.Sprintf("v%d of %s", v.id, v.node)
}

// ref is a value read lag steps before.
type ref struct {
	v   *value
	lag int
}

// newValue is a value of a node, or of what only a program needs.
func (l *lowering) newValue(n *graph.Node, width int, scope graph.Scope, h hold) *value {
	v := &value{id: len(l.values), node: n, width: width, scope: scope, hold: h, born: -1, last: -1}
	l.values = append(l.values, v)
	return v
}

// holdOf is where a node's value is kept unless it is found to be shorter-lived.
func holdOf(s graph.Scope) hold {
	switch s {
	case graph.Global:
		return shared
	case graph.Series:
		return series
	}
	return full
}

// own is the value that a node has for itself.
func (l *lowering) own(n *graph.Node) *value {
	if v := l.by[n]; v != nil {
		return v
	}
	v := l.newValue(n, n.Shape.Len(), n.Scope, holdOf(n.Scope))
	l.by[n] = v
	switch n.Kind {
	case graph.Const, graph.Weight, graph.Input, graph.Time, graph.Mask, graph.Draw:
		v.leaf = true
	}
	return v
}

// ref is where a node's value is read: names and what changes only a shape are their argument's, a
// shift is a row of another time.
func (l *lowering) ref(n *graph.Node) ref {
	if r, ok := l.refs[n]; ok {
		return r
	}
	l.refs[n] = ref{} // while it is looked for: a loop of nothing but names and shifts ends at itself
	r := l.look(n)
	if r.v == nil {
		r = ref{v: l.own(n)}
	}
	l.refs[n] = r
	return r
}

func (l *lowering) look(n *graph.Node) ref {
	switch {
	case n.Kind == graph.Shift:
		return l.shifted(n)
	case alias(n) && n.Args[0].Scope == n.Scope:
		return l.ref(n.Args[0])
	}
	if from := l.starts[n]; from != nil {
		return l.shifted(from)
	}
	return ref{}
}

// shifted is a row of an earlier or a later time, where there is one beside the argument's own.
func (l *lowering) shifted(n *graph.Node) ref {
	r := l.ref(n.Args[0])
	if r.v == nil || r.v.hold != full {
		return ref{}
	}
	if r.lag != 0 && (r.v.scope != graph.Steps || (r.lag > 0) != (n.K > 0) || l.startOf[r.v.node] != nil) {
		return ref{} // what lies outside the inner shift's times is 0, not a row
	}
	if l.without["views"] {
		return ref{}
	}
	return ref{r.v, r.lag + n.K}
}

// starters are the values that stand before others' first times, which are read before a loop's first step.
func (l *lowering) starters() map[*value]bool {
	out := map[*value]bool{}
	for _, v := range l.values {
		if v.start != nil {
			out[v.start] = true
		}
	}
	return out
}

// alias tells whether a node's entries are its argument's.
func alias(n *graph.Node) bool {
	switch n.Kind {
	case graph.Name:
		return true
	case graph.Row:
		switch n.Row.Name {
		case "stop", "clip_gradient":
			return n.Shape == n.Args[0].Shape
		case "'":
			return n.Shape.R == 1 || n.Shape.C == 1
		}
	}
	return false
}
