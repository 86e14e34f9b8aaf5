package train

import (
	"fmt"

	"unroll/graph"
	"unroll/op"
)

// What the graph of a batch has besides that of the file. No name of a file has a space in it.
const (
	offsetName = "time before" // by strand: the time of the series that is 0 in the strand
	endName    = "time after"  // by strand: the first time after the series
	heldName   = "is held"     // by strand: 1 if it goes on from the state of another, else 0
	shareName  = "share"       // of an epoch's steps that the batch has
	partName   = "part"        // by strand: the share of its series' steps of an epoch that it has
	timesName  = "its times"   // a column that is as long as the strand; others may go on after its end
)

// cut is a graph that is run on strands: parts of series. It means what the file's graph means on whole ones.
type cut struct {
	*graph.Graph
	count     *graph.Node   // how many entries are scored in the batch
	summaries []*graph.Node // of the file's graph: what is known of the whole data
	carried   []*carried    // what strands hand on
	names     map[string]bool
	lead      int               // how many times after a strand's end are read
	pad       int               // times that stand before each series, so that a strand has all that lags read of inputs
	observed  map[string]string // columns that tell whether an input is there, by their names
	windows   bool
	t0        int // the first step of the file's graph
}

// carried is what a strand hands on to the one that goes on from it: the last rows of an equation.
type carried struct {
	n    *graph.Node
	rows int
	held []held
}

// held is where it is read: a lag, or a window.
type held struct {
	name   string
	k, q   int  // from t-k to t-q
	window bool // it is a window
	once   bool // there is one row, which is given as a weight; else they are a column
	size   int  // entries at a time
}

func summaryName(i int) string { return fmt.Sprint("summary ", i+1) }

// how is what is wanted of a cut.
type how struct {
	table   *op.Table
	windows bool // strands may begin anywhere
	carry   bool // and go on from each other
	mean    bool // the loss is a mean
}

// newCut makes the graph for strands.
func newCut(g *graph.Graph, h how) *cut {
	c := &cut{names: map[string]bool{}, observed: map[string]string{}, windows: h.windows, t0: g.T0}
	whole := map[*graph.Node]string{}
	c.summaries = summaries(g)
	for i, n := range c.summaries {
		whole[n] = summaryName(i)
	}
	r := newRewriter(g, h.table, func(r *rewriter, n, copied *graph.Node) *graph.Node {
		if whole[n] != "" {
			return r.given(whole[n], n.Scope, n.Shape)
		}
		return c.change(r, h, n, copied)
	})
	if h.windows {
		r.column(timesName, op.Scalar)
	}
	c.Graph = r.graph(g)
	if h.windows {
		c.goOn()
		c.lead = furthest(g, -1)
		c.pad = max(0, furthest(g, 1)-g.T0)
		c.T0 += c.pad
	}
	c.count = c.counted(r)
	c.Outputs = append(c.Outputs, c.count)
	c.Loss = r.shared(c.Graph, h)
	c.Weights = append(c.Weights, r.own...)
	c.Nodes = r.m.Nodes()
	for _, w := range r.own {
		c.names[w.Name] = true
	}
	return c
}

// change is what a node is in windows.
func (c *cut) change(r *rewriter, h how, n, copied *graph.Node) *graph.Node {
	switch {
	case !h.windows:
		return copied
	case n.Kind == graph.Time:
		return r.time(n, copied)
	case n.Kind == graph.Mask && n.Mask.Kind == graph.Observed && n.Scope == graph.Times && n.Mask.K == 0:
		return c.there(r, n)
	case laggedInput(n):
		return c.lagged(r, n, copied)
	case h.carry:
		return c.carry(r, n, copied)
	case n.Kind == graph.Row && n.Row.Name == "where":
		return r.seen(n, copied)
	}
	return copied
}

// counted is how many entries the batch scores: its steps, if there is no score.
func (c *cut) counted(r *rewriter) *graph.Node {
	var sum *graph.Node
	for _, s := range c.Scores {
		n := s.Count
		if s.Value.Scope >= graph.Steps {
			n = r.m.Total(n)
		}
		n = r.m.Pooled(n)
		if sum != nil {
			n = r.m.Row("+", sum, n)
		}
		sum = n
	}
	if sum == nil {
		sum = r.m.Pooled(r.m.Total(r.m.Int(1)))
	}
	return sum
}

// shared is the loss of a batch, of which the losses of an epoch's batches, by scored entries, are on average
// that of the whole data. Terms of weights alone count by the batch's share of the steps, those of a series
// by the strand's share of its series. Of a mean they needn't be, but other terms are made larger.
func (r *rewriter) shared(g *graph.Graph, h how) *graph.Node {
	share := func() *graph.Node { return r.given(shareName, graph.Global, op.Scalar) }
	scored := map[*graph.Node]bool{}
	for _, s := range g.Scores {
		scored[s.Value] = true
	}
	var term func(n *graph.Node) *graph.Node
	term = func(n *graph.Node) *graph.Node {
		ofData := dependsOn(n, func(x *graph.Node) bool { return x.Kind == graph.Pooled })
		score := dependsOn(n, func(x *graph.Node) bool { return scored[x] })
		switch {
		case n.Kind == graph.Row && n.Row.Name == "+":
			return r.m.Row("+", term(n.Args[0]), term(n.Args[1]))
		case !ofData && h.mean, score:
			return n
		case !ofData:
			return r.m.Row(".*", share(), n)
		case h.windows && n.Kind == graph.Pooled && !dependsOn(n, func(x *graph.Node) bool { return x.Scope >= graph.Steps }):
			n = r.m.Pooled(r.m.Row(".*", r.given(partName, graph.Series, op.Scalar), n.Args[0]))
		}
		if h.mean {
			n = r.m.Row("/", n, share())
		}
		return n
	}
	return term(g.Loss)
}

// summaries are the numbers that data alone makes by adding up over times or series: the largest such nodes.
// What depends on masks alone isn't among them: how many entries are scored is a number of the batch.
func summaries(g *graph.Graph) []*graph.Node {
	seen := map[*graph.Node]bool{}
	var out []*graph.Node
	var visit func(n *graph.Node)
	visit = func(n *graph.Node) {
		if n == nil || seen[n] {
			return
		}
		seen[n] = true
		if isSummary(n) {
			out = append(out, n)
			return
		}
		for _, a := range n.Args {
			visit(a)
		}
	}
	visit(g.Loss)
	for _, n := range g.Names {
		visit(n)
	}
	for _, s := range g.Scores {
		visit(s.Value)
		visit(s.Count)
	}
	return out
}

func isSummary(n *graph.Node) bool {
	if n.Scope > graph.Series || n.Kind == graph.Name {
		return false
	}
	var sums, data, moves bool
	dependsOn(n, func(x *graph.Node) bool {
		sums = sums || x.Kind == graph.Total || x.Kind == graph.Pooled
		data = data || x.Kind == graph.Input || x.Kind == graph.Time
		moves = moves || x.Kind == graph.Weight || x.Kind == graph.Draw
		return moves
	})
	return sums && data && !moves
}
