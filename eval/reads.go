package eval

import (
	"slices"

	"unroll/graph"
)

// lag is how the steps read an input: at t-k, and only where that is a step if it is inside.
type lag struct {
	k      int
	inside bool
}

// reader collects at which lags the steps read the inputs, through whatever is computed on the
// way (z = log(y), then z[t-1]). What stands under a mask that is 0 where the input is missing isn't read,
// and sums over all times leave out what is missing.
type reader struct {
	seen map[read]bool
	lags map[string][]lag
}

// read is a node that the steps read at t-k, where all the guards let it.
type read struct {
	n      *graph.Node
	k      int
	guards *guard
}

// guard says that a node is read only where a mask is 1 at t-k: it is the b of where(mask, b, c).
type guard struct {
	outer *guard
	mask  graph.MaskSpec
	k     int
}

// readsOf gives the lags by input.
func readsOf(roots []*graph.Node) map[string][]lag {
	r := &reader{seen: map[read]bool{}, lags: map[string][]lag{}}
	for _, n := range roots {
		if n != nil && n.Scope != graph.Times {
			r.visit(read{n: n})
		}
	}
	return r.lags
}

func (r *reader) visit(at read) {
	if r.seen[at] || r.seen[read{n: at.n, k: at.k}] {
		return // seen, with the same guards or with none
	}
	r.seen[at] = true
	if at.n.Kind == graph.Input {
		r.note(at)
	}
	guarded := at.guards
	// What equations see of an input that is forecast is the data where it is there; but before the
	// first forecast there is nothing else. So that counts as read, whatever the mask says.
	if at.n.Kind == graph.Row && at.n.Row.Name == "where" && at.n.Fed == "" {
		guarded = under(at.n.Args[0], at)
	}
	for i, a := range at.n.Args {
		guards := at.guards
		if i == 1 {
			guards = guarded
		}
		r.arg(read{at.n, at.k, guards}, a)
	}
}

// arg visits what a node reads. What is computed at the steps may be wanted at all of them, by
// others; so where time changes on the way to it, its reads begin anew.
func (r *reader) arg(at read, a *graph.Node) {
	from, to := at.n.Reach()
	moved := from != 0 || to != 0 || at.n.Scope == graph.Series || at.n.Scope == graph.Global
	switch {
	case at.n.Kind == graph.Total && a.Scope == graph.Times:
	case moved && a.Scope != graph.Times:
		r.visit(read{n: a})
	default:
		for k := from; k <= to; k++ {
			r.visit(read{a, at.k + k, at.guards})
		}
	}
}

// under adds the masks that a condition is a product of to the guards of what it guards. A mask of
// an array may stand in it as sum(mask) == its length.
func under(cond *graph.Node, at read) *guard {
	switch {
	case cond.Kind == graph.Mask:
		return &guard{at.guards, cond.Mask, at.k}
	case cond.Kind != graph.Row:
	case cond.Row.Name == "*" || cond.Row.Name == ".*":
		for _, a := range cond.Args {
			at.guards = under(a, at)
		}
	case cond.Row.Name == "==":
		mask := cond.Args[0]
		for mask.Kind == graph.Row && mask.Row.Name == "sum" {
			mask = mask.Args[0]
		}
		if mask.Kind == graph.Mask && isWhole(cond.Args[1], mask.Shape.Len()) {
			return under(mask, at)
		}
	}
	return at.guards
}

// note keeps the lag of an input, unless a guard sees to it that the input is there.
func (r *reader) note(at read) {
	l := lag{k: at.k}
	for g := at.guards; g != nil; g = g.outer {
		same := g.k+g.mask.K == at.k
		switch {
		case g.mask.Kind == graph.Inside:
			l.inside = l.inside || same
		case same && slices.Contains(g.mask.Inputs, at.n.Name):
			return
		}
	}
	r.lags[at.n.Name] = append(r.lags[at.n.Name], l)
}

// times tells which times of an input are read, of one that is forecast those before its first forecast. Beyond the end only what is known ahead is there to read.
func (in input) times(reads []lag) []bool {
	end := in.length
	if in.Known {
		for _, l := range reads {
			end = max(end, in.length-l.k)
		}
	}
	if in.Forecast {
		end = min(end, in.g.T0+in.ahead())
	}
	read := make([]bool, end)
	for _, l := range reads {
		lo, hi := max(0, in.g.T0-l.k), min(end, in.length-l.k)
		if l.inside {
			lo, hi = max(lo, in.g.T0), min(hi, in.length)
		}
		for t := lo; t < hi; t++ {
			read[t] = true
		}
	}
	return read
}

// isWhole tells whether a node is a whole number that is written in the file.
func isWhole(n *graph.Node, want int) bool {
	return n.Kind == graph.Const && n.Value[0].IsInt() && n.Value[0].Num().Int64() == int64(want)
}
