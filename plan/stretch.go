package plan

import (
	"fmt"
	"slices"

	"unroll/graph"
)

// With less memory a long series is gone through in stretches of time, in memory for one of them. First
// forward, of which is kept what each stretch hands on to the next: the rows that lags read. Then from the
// last stretch to the first: each is run forward once more, then backward.

// segment is how many times a stretch has, or a multiple: gradients are always added up by so many times,
// from the last, so that they have the same bits with stretches and without.
const segment = 128

// route is how a phase goes through the stretches.
type route struct {
	before []*group // what is one a series, and needs no stretch
	ahead  []*group // run forward through all stretches but the last, for what they hand on
	along  []*group // run in each stretch, from the last to the first
	after  []*group // what is one a series, and is made of totals
}

// postpone leaves to the last phase what no phase before needs, so that the stretches are gone through
// once more for that only which must be known before.
func (l *lowering) postpone() {
	made := l.producers()
	early := map[*group]bool{}
	var needed func(g *group)
	needed = func(g *group) {
		if !early[g] {
			early[g] = true
			l.eachNeed(g, made, func(p *task, _ int) { needed(p.group) })
		}
	}
	seen := map[*group]bool{}
	var sums func(g *group) // behind what is one for all
	sums = func(g *group) {
		if seen[g] {
			return
		}
		seen[g] = true
		l.eachNeed(g, made, func(p *task, _ int) {
			switch {
			case p.overSeries():
				needed(p.group)
			case p.group.scope == graph.Global:
				sums(p.group)
			}
		})
	}
	last := 0
	for _, g := range l.groups {
		if g.scope > graph.Global {
			sums(g)
			last = max(last, g.phase)
		}
	}
	for _, g := range l.groups { // each after those that it needs
		switch {
		case g.scope == graph.Global:
			g.phase = 0
			l.eachNeed(g, made, func(p *task, _ int) { g.phase = max(g.phase, p.group.phase+p.phases()) })
		case !early[g]:
			g.phase = last
		}
	}
	l.place()
}

// routes finds the way of each phase through the stretches. The error says why there is none.
func (l *lowering) routes() ([]*route, error) {
	for _, v := range l.values {
		if v.pinned && !v.leaf && v.hold == full {
			return nil, fmt.Errorf("less memory can't be: the values of %s at every time are wanted; leave them out, or take all the memory", l.called(v.node))
		}
	}
	var all []*route
	made := l.producers()
	for phase := 0; phase <= l.groups[len(l.groups)-1].phase; phase++ {
		r := l.route(phase, made)
		if err := l.passable(r, made); err != nil {
			return nil, err
		}
		if len(all) > 0 && !slices.ContainsFunc(r.ahead, func(g *group) bool { return !slices.Contains(all[len(all)-1].ahead, g) }) {
			r.ahead = nil // it has been done
		}
		all = append(all, r)
	}
	return all, nil
}

// route sorts a phase's loops.
func (l *lowering) route(phase int, made map[*value][]*task) *route {
	along, late := map[*group]bool{}, map[*group]bool{}
	for _, g := range l.groups {
		if g.phase == phase && g.scope >= graph.Steps {
			l.behind(g, made, along)
		}
	}
	for _, g := range l.groups {
		if g.phase == phase && g.scope == graph.Series {
			l.eachNeed(g, made, func(p *task, _ int) { late[g] = late[g] || along[p.group] || late[p.group] })
		}
	}
	ahead := map[*group]bool{}
	for g := range along {
		for _, t := range g.tasks {
			if t.out.hold == full && t.out.before > 0 {
				l.behind(g, made, ahead)
			}
		}
	}
	r := &route{}
	for _, g := range l.groups {
		if g.scope == graph.Series && g.phase == phase {
			if late[g] {
				r.after = append(r.after, g)
			} else {
				r.before = append(r.before, g)
			}
		}
		if ahead[g] {
			r.ahead = append(r.ahead, g)
		}
		if along[g] {
			r.along = append(r.along, g)
		}
	}
	return r
}

// behind adds a loop over time, and those that make what it reads at each time.
func (l *lowering) behind(g *group, made map[*value][]*task, to map[*group]bool) {
	if to[g] {
		return
	}
	to[g] = true
	l.eachNeed(g, made, func(p *task, _ int) {
		if p.out.hold == full {
			l.behind(p.group, made, to)
		}
	})
}

// passable finds what can't be known within a stretch.
func (l *lowering) passable(r *route, made map[*value][]*task) error {
	var err error
	refuse := func(t *task, why string) {
		if err == nil {
			err = fmt.Errorf("less memory can't be: %s %s; take all the memory", l.called(t.node), why)
		}
	}
	ahead, now := map[*group]bool{}, map[*group]bool{}
	for _, g := range r.ahead {
		ahead[g] = true
	}
	for _, g := range append(r.along, r.after...) {
		now[g] = true
	}
	for _, g := range r.along {
		for _, t := range g.tasks {
			if ahead[g] && g.dir == graph.Backward {
				refuse(t, "runs backward in time, and what runs forward needs it")
			}
			l.needs(t, made, func(p *task, lag int) {
				switch {
				case ahead[g] && lag < 0 && p.out.hold == full:
					refuse(p, "is read at a later time by what runs forward")
				case p.group != g && now[p.group] && (p.sums() || p.group.scope == graph.Series):
					refuse(p, "takes the whole series, and is read at every time")
				}
			})
		}
	}
	return err
}

// called is what a person calls a node: the equation that it is, or is a part of, or the derivative by it.
func (l *lowering) called(n *graph.Node) string {
	x := l.partOf(n, func(x *graph.Node) bool { return x.Mirror != nil || x.Kind == graph.Name })
	switch {
	case x == nil:
		return n.String()
	case x.Mirror == nil:
		return x.Name
	}
	// What reads the mirrored node may be a derivative by it again, so here only equations count.
	if e := l.partOf(x.Mirror, func(x *graph.Node) bool { return x.Mirror == nil && x.Kind == graph.Name }); e != nil {
		return "the derivative by " + e.Name
	}
	return "the derivative by " + x.Mirror.String()
}

// partOf is the nearest node, of those that a node is a part of and the node itself, that is as it should be;
// nil if there is none.
func (l *lowering) partOf(n *graph.Node, is func(x *graph.Node) bool) *graph.Node {
	seen := map[*graph.Node]bool{n: true}
	for all := []*graph.Node{n}; len(all) > 0; all = all[1:] {
		if is(all[0]) {
			return all[0]
		}
		for _, r := range l.readers[all[0]] {
			if !seen[r] {
				seen[r] = true
				all = append(all, r)
			}
		}
	}
	return nil
}
