package graph

import (
	"fmt"
	"strings"

	"unroll/lang"
)

// Roots are the nodes that a graph is for: the equations, the scores and forecasts, the loss, the
// starts of weights, and what else was asked for.
func (g *Graph) Roots() []*Node {
	roots := append([]*Node{}, g.Names...)
	for _, s := range g.Scores {
		roots = append(roots, s.Value, s.Count)
		if s.Forecast != nil {
			roots = append(roots, s.Forecast)
		}
	}
	for _, w := range g.Weights {
		if w.Start != nil {
			roots = append(roots, w.Start)
		}
	}
	if g.Loss != nil {
		roots = append(roots, g.Loss)
	}
	return append(roots, g.Outputs...)
}

// checkLoops reports equations that depend on each other at one moment, and loops that mix lags
// and leads. The loop is printed.
func (b *builder) checkLoops() {
	for _, c := range Schedule(b.g.Roots()...) {
		if c.Dir != Mixed {
			continue
		}
		in := map[*Node]bool{}
		for _, n := range c.Nodes {
			in[n] = true
		}
		if b.reportSummary(c.Nodes, in) {
			continue
		}
		if loop := instantLoop(c.Nodes, in); loop != nil {
			b.reportInstant(loop)
			continue
		}
		loop := mixedLoop(c.Nodes, in)
		at, names := spellLoop(loop)
		b.errorf(at, "a loop holds lags and leads: %s; give the equations that look back and those that look ahead names of their own", names)
	}
}

// reportSummary reports a summary over time that reads what is made of it.
func (b *builder) reportSummary(nodes []*Node, in map[*Node]bool) bool {
	for _, n := range nodes {
		if n.Kind != Total && n.Kind != Pooled {
			continue
		}
		at, names := spellLoop(append([]*Node{n}, path(n.Args[0], n, in)...))
		b.errorf(at, "a summary over time reads what is made of it: %s; sum up data, or what doesn't depend on the sum (with --feed, own forecasts may do so)", names)
		return true
	}
	return false
}

func (b *builder) reportInstant(loop []*Node) {
	at, names := spellLoop(loop)
	for _, n := range loop {
		for o, own := range b.own {
			if own == n && b.feeds(o.input) {
				b.errorf(o.at, "the forecast of %s reads %s at the same moment, and would be fed to itself: %s; let it read earlier values, or feed observed ones", o.input.name, o.input.name, names)
				return
			}
		}
	}
	if loop[0].Scope < Steps {
		b.errorf(at, "constants depend on each other in a loop: %s; give one of them a number, or make it a weight", names)
		return
	}
	b.errorf(at, "a loop at one moment: %s; let one of them read an earlier value, as %s[t-1]", names, loopName(loop))
}

func loopName(loop []*Node) string {
	for _, n := range loop {
		if n.Kind == Name {
			return short(n.Name)
		}
	}
	return "h"
}

// spellLoop is the loop by its names, and the first of them that has a place.
func spellLoop(loop []*Node) (at lang.Pos, names string) {
	var all []string
	for _, n := range loop {
		if n.Kind != Name {
			continue
		}
		if at.Src == nil || n.Pos.Src != nil && n.Pos.Line < at.Line {
			at = n.Pos
		}
		all = append(all, n.Name)
	}
	const most = 12
	if len(all) > most {
		all = append(all[:most:most], fmt.Sprintf("… %d more …", len(all)-most), all[0])
	} else if len(all) > 0 {
		all = append(all, all[0])
	}
	return at, strings.Join(all, " -> ")
}

// instantLoop finds a loop in which nothing is a step away from what it reads.
func instantLoop(nodes []*Node, in map[*Node]bool) []*Node {
	state := map[*Node]int{}
	var path, found []*Node
	var visit func(n *Node)
	visit = func(n *Node) {
		if found != nil || state[n] == 2 {
			return
		}
		if state[n] == 1 {
			for i, x := range path {
				if x == n {
					found = append([]*Node{}, path[i:]...)
				}
			}
			return
		}
		state[n] = 1
		path = append(path, n)
		if from, to := n.Reach(); from <= 0 && to >= 0 {
			for _, a := range n.Args {
				if in[a] {
					visit(a)
				}
			}
		}
		path = path[:len(path)-1]
		state[n] = 2
	}
	for _, n := range nodes {
		visit(n)
	}
	return found
}

// mixedLoop finds a walk round a component through a lag and a lead.
func mixedLoop(nodes []*Node, in map[*Node]bool) []*Node {
	var lag, lead *Node
	for _, n := range nodes {
		from, to := n.Reach()
		for _, a := range n.Args {
			if in[a] && to > 0 {
				lag = n
			}
			if in[a] && from < 0 {
				lead = n
			}
		}
	}
	return append(path(lag, lead, in), path(lead, lag, in)...)
}

// path is a shortest way from one node to another along arguments, without its end.
func path(from, to *Node, in map[*Node]bool) []*Node {
	back := map[*Node]*Node{from: from}
	queue := []*Node{from}
	for len(queue) > 0 {
		n := queue[0]
		queue = queue[1:]
		for _, a := range n.Args {
			if in[a] && back[a] == nil {
				back[a] = n
				queue = append(queue, a)
			}
		}
	}
	var way []*Node
	for n := back[to]; n != nil && n != from; n = back[n] {
		way = append([]*Node{n}, way...)
	}
	return append([]*Node{from}, way...)
}
