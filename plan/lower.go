package plan

import (
	"unroll/graph"
)

// lowering is the state of making a plan of a graph.
type lowering struct {
	g       *graph.Graph
	without map[string]bool
	memory  bool
	cheap   int // the cost up to which something is computed again rather than kept

	copies  map[*graph.Node]*graph.Node   // by the caller's nodes: those that are lowered
	nodes   []*graph.Node                 // all that the roots reach, in the order of the schedule
	roots   map[*graph.Node]bool          // what is read after the run
	readers map[*graph.Node][]*graph.Node // who reads a node
	scans   map[*graph.Node]*group        // by node of a scan: its group

	starts  map[*graph.Node]*graph.Node // a choice between a lag and its start: the lag
	startOf map[*graph.Node]*graph.Node // by equation: its start

	refs    map[*graph.Node]ref
	by      map[*graph.Node]*value
	numbers map[float64]*graph.Node // constants that programs need
	values  []*value
	tasks   []*task
	made    map[*graph.Node]*task
	groups  []*group
	even    map[*value]bool // numbers that stand in all lanes where there is one series
}

// newLowering orders what the roots reach.
func newLowering(g *graph.Graph, roots []*graph.Node, without map[string]bool) *lowering {
	l := &lowering{
		g: g, without: without, cheap: cheap,
		roots: map[*graph.Node]bool{}, readers: map[*graph.Node][]*graph.Node{}, scans: map[*graph.Node]*group{},
		starts: map[*graph.Node]*graph.Node{}, startOf: map[*graph.Node]*graph.Node{},
		refs: map[*graph.Node]ref{}, by: map[*graph.Node]*value{}, numbers: map[float64]*graph.Node{}, made: map[*graph.Node]*task{},
	}
	for _, n := range roots {
		l.roots[n] = true
	}
	for _, c := range graph.Schedule(roots...) {
		var scan *group
		if c.Dir != graph.Flat {
			scan = &group{scope: graph.Steps, dir: c.Dir}
		}
		for _, n := range c.Nodes {
			l.nodes = append(l.nodes, n)
			if scan != nil {
				l.scans[n] = scan
			}
			for _, a := range n.Args {
				l.readers[a] = append(l.readers[a], n)
			}
		}
	}
	return l
}

// lower makes tasks of nodes, and groups of tasks, each a loop over the times.
func (l *lowering) lower() {
	l.findStarts()
	for n := range l.starts {
		l.value(l.startOf[base(l.starts[n])])
	}
	for _, n := range l.nodes {
		if l.roots[n] {
			l.pin(n)
		}
	}
	for _, n := range l.nodes {
		if s := l.startOf[n]; s != nil {
			l.ref(n).v.start = l.ref(s).v
		}
	}
	l.group()
	l.orderGroups()
	if l.memory {
		l.postpone()
	}
	l.flush()
	l.again()
	l.dilate()
	l.schedule()
	l.shorten()
	l.tighten()
	l.findEven()
	l.lend()
}

// pin makes sure that a node's value is there after the run.
func (l *lowering) pin(n *graph.Node) {
	r := l.value(n)
	r.v.pinned = true
	l.reach(r)
}

// value is where a node's value is read; a task is made that computes it, and all that it needs.
func (l *lowering) value(n *graph.Node) ref {
	r := l.ref(n)
	l.reach(r)
	if r.v.node != nil && !r.v.leaf {
		l.task(r.v.node)
	}
	return r
}

// reach keeps as many rows beside a value as a lag or a lead reads.
func (l *lowering) reach(r ref) {
	r.v.before = max(r.v.before, r.lag)
	r.v.after = max(r.v.after, -r.lag)
}
