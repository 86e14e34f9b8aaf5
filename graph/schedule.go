package graph

import "sort"

// Direction says how a component of the graph runs through time.
type Direction int

const (
	Flat     Direction = iota // all times at once: nothing in it waits for another time
	Forward                   // step by step from t0: its loops are tied by lags
	Backward                  // step by step from T-1: its loops are tied by leads
	Mixed                     // a loop holds lags and leads, or stays in one moment: not a cell
)

func (d Direction) String() string {
	return [...]string{"all times at once", "scan forward", "scan backward", "mixed"}[d]
}

// Component is a set of nodes that depend on each other: what must be computed together. Its
// nodes are in the order in which they are computed at one step.
type Component struct {
	Nodes []*Node
	Dir   Direction
}

// Schedule gives the strongly connected components of all nodes that the roots reach, each
// after what it needs. Loops run through shifts, windows and folds only.
func Schedule(roots ...*Node) []*Component {
	s := &tarjan{index: map[*Node]int{}, low: map[*Node]int{}, on: map[*Node]bool{}}
	for _, n := range roots {
		if n != nil && s.index[n] == 0 {
			s.visit(n)
		}
	}
	for _, c := range s.out {
		c.arrange()
	}
	return s.out
}

// tarjan is Tarjan's algorithm (1972), with a stack of its own so that deep graphs don't exhaust Go's.
type tarjan struct {
	index, low map[*Node]int
	on         map[*Node]bool
	stack      []*Node
	out        []*Component
}

type frame struct {
	n    *Node
	next int // the argument to look at next
}

func (s *tarjan) visit(root *Node) {
	calls := []frame{s.enter(root)}
	for len(calls) > 0 {
		f := &calls[len(calls)-1]
		if f.next < len(f.n.Args) {
			arg := f.n.Args[f.next]
			f.next++
			if s.index[arg] == 0 {
				calls = append(calls, s.enter(arg))
			} else if s.on[arg] {
				s.low[f.n] = min(s.low[f.n], s.index[arg])
			}
			continue
		}
		n := f.n
		calls = calls[:len(calls)-1]
		if len(calls) > 0 {
			above := calls[len(calls)-1].n
			s.low[above] = min(s.low[above], s.low[n])
		}
		if s.low[n] == s.index[n] {
			s.emit(n)
		}
	}
}

func (s *tarjan) enter(n *Node) frame {
	s.index[n] = len(s.index) + 1
	s.low[n] = s.index[n]
	s.stack = append(s.stack, n)
	s.on[n] = true
	return frame{n: n}
}

func (s *tarjan) emit(root *Node) {
	c := &Component{}
	for {
		n := s.stack[len(s.stack)-1]
		s.stack = s.stack[:len(s.stack)-1]
		s.on[n] = false
		c.Nodes = append(c.Nodes, n)
		if n == root {
			break
		}
	}
	s.out = append(s.out, c)
}

// Reach is the range of lags that a node reads its argument at: (k, k) for a shift, (q, p) for a
// window, (-p, -q) for a fold, (0, 0) for anything else. A lead is negative.
func (n *Node) Reach() (from, to int) {
	switch n.Kind {
	case Shift:
		return n.K, n.K
	case Window:
		return n.Q, n.P
	case Fold:
		return -n.P, -n.Q
	}
	return 0, 0
}

// arrange finds the component's direction, and sorts its nodes so that each follows what it
// reads at its own moment.
func (c *Component) arrange() {
	in := map[*Node]bool{}
	for _, n := range c.Nodes {
		in[n] = true
	}
	lags, leads, loop := false, false, false
	summary := false // a sum over time or over series, which no step can wait for
	for _, n := range c.Nodes {
		summary = summary || n.Scope < Steps
		from, to := n.Reach()
		for _, a := range n.Args {
			if in[a] {
				loop = true
				lags = lags || to > 0
				leads = leads || from < 0
			}
		}
	}
	switch {
	case !loop:
		c.Dir = Flat
	case summary:
		c.Dir = Mixed
	case lags && !leads:
		c.Dir = Forward
	case leads && !lags:
		c.Dir = Backward
	default:
		c.Dir = Mixed
	}
	if loop && !c.sort(in) {
		c.Dir = Mixed
	}
}

// sort puts the nodes into the order of one step. It fails if a loop stays in one moment.
func (c *Component) sort(in map[*Node]bool) bool {
	sort.Slice(c.Nodes, func(i, j int) bool { return c.Nodes[i].ID < c.Nodes[j].ID })
	const (
		open = iota + 1
		done
	)
	state := map[*Node]int{}
	var order []*Node
	ok := true
	var visit func(n *Node)
	visit = func(n *Node) {
		if state[n] != 0 {
			ok = ok && state[n] == done
			return
		}
		state[n] = open
		from, to := n.Reach()
		for _, a := range n.Args {
			if in[a] && from <= 0 && to >= 0 {
				visit(a)
			}
		}
		state[n] = done
		order = append(order, n)
	}
	for _, n := range c.Nodes {
		visit(n)
	}
	c.Nodes = order
	return ok
}
