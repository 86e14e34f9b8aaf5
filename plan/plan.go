package plan

import (
	"fmt"
	"runtime"
	"slices"
	"strings"

	"unroll/graph"
	"unroll/internal/spell"
	"unroll/kernel"
)

// Passes are what makes a plan fast, by names; each may be left out, to see its worth.
var Passes = []Pass{
	{"views", "a lag is a row of another time, not a copy"},
	{"starts", "a lag's start is written before the first time, not chosen in each step"},
	{"rows", "what goes along rows, such as a norm, takes fewer operations: reciprocals, and factors outside of sums"},
	{"hoist", "in a scan's sums, products come first: those that touch no state are made before the scan"},
	{"gradients", "the gradient of a weight is one product over all times and series"},
	{"accumulate", "a product is added to what stands there, not to a copy"},
	{"programs", "entry-by-entry operations run as programs of the kernels"},
	{"fuse", "what is read in one loop only is computed there, and not stored"},
	{"early", "in a scan of narrow rows, what waits for no state is done before it"},
	{"strips", "a program of narrow rows is run for many times at once"},
	{"dilated", "a scan whose loops reach back several steps does so many at once"},
	{"equal", "what a program has computed it doesn't compute again"},
	{"complements", "y·(1-y) and (1+y)·(1-y) are one operation"},
	{"fused", "a product and a sum are one operation, which rounds once"},
	{"cores", "a batch that is one shard has its long products cut by rows"},
	{"steps", "a small product at batch 1 is an operation of the program, so that a scan is one call"},
	{"reuse", "values share memory that aren't alive together"},
	{"again", "what is cheap is computed again where it is read, not kept"},
	{"lend", "what a loop makes lies where it reads something for the last time"},
}

// Pass is a way of making plans faster.
type Pass struct{ Name, Doc string }

// Options are the choices of a plan. The zero value is the fastest.
type Options struct {
	Family  kernel.Family // "": the best here
	Cores   int           // how many shards run at once; 0: as many as Go may use
	Shard   int           // how many series are computed together; 0: by the work
	Memory  bool          // less memory for more time: the steps are computed again where backward needs them
	Without []string      // passes that are left out
	Room    int           // times that there is room for at least, in data that comes later: see Bound.Reload

	segment int // how many times gradients are added up at once; 0: as many as is best
}

// mostCores is how many cores are put to use at most: each has room of its own.
const mostCores = 1024

// Plan is a graph lowered to loops over time, ready to be bound to data of any length. It doesn't change.
type Plan[T kernel.Real] struct {
	g       *graph.Graph
	set     *kernel.Set[T]
	options Options
	l       *lowering
	routes  []*route // by phase: with less memory
}

// New plans a graph so that, after a run, the roots' values can be read. No part of it depends on
// the data's length or on how many series there are. The error names a pass that there isn't.
func New[T kernel.Real](g *graph.Graph, roots []*graph.Node, o Options) (*Plan[T], error) {
	without := map[string]bool{}
	for _, name := range o.Without {
		if !slices.ContainsFunc(Passes, func(p Pass) bool { return p.Name == name }) {
			return nil, unknownPass(name)
		}
		without[name] = true
	}
	if o.Family == "" {
		o.Family = kernel.Best()
	}
	if o.segment == 0 {
		o.segment = segment
	}
	if o.Cores == 0 {
		o.Cores = runtime.GOMAXPROCS(0)
	}
	o.Cores = min(o.Cores, mostCores)
	roots = slices.DeleteFunc(slices.Clone(roots), func(n *graph.Node) bool { return n == nil })
	copies := copyGraph(roots)
	roots = imagesOf(roots, copies)
	if !without["rows"] {
		rows(roots)
	}
	if !without["hoist"] {
		hoist(roots)
	}
	l := newLowering(g, roots, without)
	l.copies = copies
	if o.Memory {
		l.memory, l.cheap = true, cheapForMemory
	}
	l.lower()
	p := &Plan[T]{g: g, set: kernel.For[T](o.Family), options: o, l: l}
	if o.Memory {
		var err error
		if p.routes, err = l.routes(); err != nil {
			return nil, err
		}
	}
	return p, nil
}

func unknownPass(name string) error {
	var all []string
	for _, p := range Passes {
		all = append(all, p.Name)
	}
	hint := ""
	if near := spell.Nearest(name, all); near != "" {
		hint = "; did you mean " + near + "?"
	}
	return fmt.Errorf("there is no pass %q; the passes are %s%s", name, strings.Join(all, ", "), hint)
}
