package grad

import "unroll/graph"

// survey finds who reads whom where a derivative passes, what it is wanted for, and where a mask
// may hide an undefined value.
func (d *differ) survey() {
	d.readers = map[*graph.Node][]reader{}
	d.masked = map[*graph.Node]bool{}
	live := []*graph.Node{d.of}
	seen := map[*graph.Node]bool{d.of: true}
	for len(live) > 0 {
		n := live[0]
		live = live[1:]
		args := d.passes(n)
		for _, r := range args {
			a := r.node()
			d.readers[a] = append(d.readers[a], r)
			if hides(r) {
				d.masked[a] = true
			}
			if !seen[a] {
				seen[a] = true
				live = append(live, a)
			}
		}
	}
	d.spreadMasks()
	d.findWanted(seen)
	d.findRisky()
}

// hides tells whether a reader drops some of what it reads. A lag with a start does not: what it
// drops lies before the first step, where a lag is 0.
func hides(r reader) bool {
	if r.n.Kind != graph.Row {
		return false
	}
	switch r.n.Row.Name {
	case "over", "gated", "kept": // of an earlier derivative
		return true
	case "where":
		c := r.n.Args[0]
		return c.Kind != graph.Mask || c.Mask.Kind != graph.Inside || r.arg != 1
	}
	return false
}

// passes are the arguments of a node that a derivative passes to.
func (d *differ) passes(n *graph.Node) []reader {
	if from, to := n.Reach(); d.direct && (from != 0 || to != 0) {
		return nil
	}
	return passes(n)
}

func passes(n *graph.Node) []reader {
	switch n.Kind {
	case graph.Const, graph.Weight, graph.Input, graph.Time, graph.Mask, graph.Draw:
		return nil
	case graph.Row:
		var out []reader
		for i := range n.Args {
			if i < len(n.Row.Deriv) && n.Row.Deriv[i] != "" {
				out = append(out, reader{n, i})
			}
		}
		return out
	}
	return []reader{{n, 0}}
}

// spreadMasks carries "a mask may hide it" from readers to what they read, until nothing changes.
// It passes through time: what comes back to a step is 0 if it is at all steps that read it.
func (d *differ) spreadMasks() {
	var queue []*graph.Node
	for n := range d.masked {
		if d.masked[n] {
			queue = append(queue, n)
		}
	}
	for len(queue) > 0 {
		n := queue[0]
		queue = queue[1:]
		for _, r := range d.passes(n) {
			if a := r.node(); !d.masked[a] {
				d.masked[a] = true
				queue = append(queue, a)
			}
		}
	}
}

// findWanted marks weights and equations and all that depends on them.
func (d *differ) findWanted(seen map[*graph.Node]bool) {
	d.wanted = map[*graph.Node]bool{}
	var queue []*graph.Node
	for n := range seen {
		if n.Kind == graph.Weight || n.Kind == graph.Name {
			d.wanted[n] = true
			queue = append(queue, n)
		}
	}
	for len(queue) > 0 {
		n := queue[0]
		queue = queue[1:]
		for _, r := range d.readers[n] {
			if !d.wanted[r.n] {
				d.wanted[r.n] = true
				queue = append(queue, r.n)
			}
		}
	}
}

// findRisky marks what may be undefined at some moment: what is made of a singular row, at the same
// time or at others, through which a derivative passes or not.
func (d *differ) findRisky() {
	d.risky = map[*graph.Node]bool{}
	for changed := true; changed; {
		changed = false
		for _, n := range d.m.Nodes() {
			if !d.risky[n] && d.isRisky(n) {
				d.risky[n], changed = true, true
			}
		}
	}
}

func (d *differ) isRisky(n *graph.Node) bool {
	if n.Kind == graph.Row && n.Row.Singular && !dividesByNumber(n) {
		return true
	}
	for _, a := range n.Args {
		if d.risky[a] {
			return true
		}
	}
	return false
}

// dividesByNumber tells whether a quotient or a remainder is by a number that isn't 0.
func dividesByNumber(n *graph.Node) bool {
	if n.Row.Name != "/" && n.Row.Name != "mod" || n.Args[1].Kind != graph.Const {
		return false
	}
	for _, v := range n.Args[1].Value {
		if v.Sign() == 0 {
			return false
		}
	}
	return true
}
