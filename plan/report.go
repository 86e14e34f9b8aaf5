package plan

import (
	"fmt"
	"slices"
	"strings"

	"unroll/graph"
	"unroll/kernel"
)

// Report is the plan for a person to read: its loops in the order of a run, what each does at once or in a
// step, with the file's names and those that are given to other nodes; then what is kept, and how much
// memory that takes.
func (p *Plan[T]) Report(names map[*graph.Node]string) string {
	w := &report{l: p.l, names: p.l.callNames(names), told: map[kernel.Code]bool{}}
	w.summary()
	for _, g := range p.l.groups {
		w.loop(g)
	}
	w.keeps()
	w.memory(p.sizes())
	w.legend()
	return w.String()
}

// report is the text as far as it is written.
type report struct {
	strings.Builder
	l     *lowering
	names map[*value]string
	fresh int                  // values that the file has no name for
	told  map[kernel.Code]bool // operations that not everyone knows, and that there are
}

func (w *report) line(format string, args ...any) { fmt.Fprintf(w, format+"\n", args...) }

// summary counts the loops.
func (w *report) summary() {
	scans, products, inScans := 0, 0, 0
	for _, g := range w.l.groups {
		scan := g.dir != graph.Flat
		if scan {
			scans++
		}
		for _, t := range g.tasks {
			if t.way == linear || t.way == each || t.outer != nil {
				products++
				if scan {
					inScans++
				}
			}
		}
	}
	w.line("%s: %s, %d of them %s, which %s step by step; %s of matrices, %d of them in a step", w.l.g.Cell,
		counted(len(w.l.groups), "loop"), scans, plural(scans, "a scan", "scans"), plural(scans, "goes", "go"), counted(products, "product"), inScans)
}

func counted(n int, what string) string { return fmt.Sprintf("%d %s", n, plural(n, what, what+"s")) }

func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// loop is one loop: its title, and a line an operation.
func (w *report) loop(g *group) {
	w.line("\n%d  %s", g.place+1, w.title(g))
	for _, op := range g.ops {
		switch {
		case op.task != nil:
			w.line("     %s", w.task(op.task))
		case op.early:
			w.line("     before the scan, where the shard's rows are narrow:")
			w.program(op.program, "       ")
		default:
			w.program(op.program, "     ")
		}
	}
}

func (w *report) title(g *group) string {
	first := fmt.Sprintf("t = %d", w.l.g.T0)
	switch {
	case g.scope == graph.Global:
		return "once"
	case g.scope == graph.Series:
		return "once a series"
	case g.dilated() && g.dir == graph.Forward:
		return fmt.Sprintf("scan forward from %s, %d steps at once", first, g.jump)
	case g.dilated():
		return fmt.Sprintf("scan backward to %s, %d steps at once", first, g.jump)
	case g.dir == graph.Forward:
		return "scan forward, step by step from " + first
	case g.dir == graph.Backward:
		return "scan backward, step by step to " + first
	case g.scope == graph.Times:
		return "all times at once, also those before the first step"
	}
	return "all times at once"
}

// task is an operation that isn't entry by entry, with its size.
func (w *report) task(t *task) string {
	out := w.ref(ref{v: t.out})
	n := t.node
	switch t.way {
	case linear:
		sign := "="
		if t.add {
			sign = "+="
		}
		return fmt.Sprintf("%s %s %s", out, sign, w.product(t))
	case each:
		a, b := w.ref(t.in[0]), w.ref(t.in[1])
		text := fmt.Sprintf("%s = %s%s %s · %s%s %s", out, a, tick(t.flips[0]), size(n.Args[0]), b, tick(t.flips[1]), size(n.Args[1]))
		if n.Scope > graph.Global {
			text += ", of each series"
		}
		return text
	case gradient, gathered:
		over := "times and series"
		if t.way == gathered {
			over = "times, of each series,"
		}
		var all []string
		for _, o := range t.outer {
			all = append(all, fmt.Sprintf("%s (%d) · %s' (%d)", w.ref(o.u), o.u.v.width, w.ref(o.v), o.v.v.width))
		}
		return fmt.Sprintf("%s = ∑ over %s of %s", out, over, strings.Join(all, " + "))
	case pooled:
		return fmt.Sprintf("%s = ∑ over series of %s", out, w.ref(t.in[0]))
	}
	if t.over.v != nil {
		from, to := n.Reach()
		return fmt.Sprintf("%s = rows of %s, from %s to %s", out, w.ref(ref{v: t.over.v, lag: t.over.lag}), at(to), at(from))
	}
	var args []string
	for _, r := range t.in {
		args = append(args, w.ref(r))
	}
	return fmt.Sprintf("%s = %s(%s)", out, n.Row.Name, strings.Join(args, ", "))
}

// product is a weight and a vector, in their order.
func (w *report) product(t *task) string {
	_, _, right := linearOf(t.node)
	weight, x := w.ref(t.in[1]), w.ref(t.in[0])
	if right {
		return fmt.Sprintf("%s (%d) · %s%s (%d, %d)", x, t.dims.C, weight, tick(!t.flip), t.dims.C, t.dims.R)
	}
	return fmt.Sprintf("%s%s (%d, %d) · %s (%d)", weight, tick(t.flip), t.dims.R, t.dims.C, x, t.dims.C)
}

// size is the size of an array as mathematics has it.
func size(n *graph.Node) string {
	if n.Shape.C == 1 {
		return fmt.Sprintf("(%d)", n.Shape.R)
	}
	return fmt.Sprintf("(%d, %d)", n.Shape.R, n.Shape.C)
}

func tick(transposed bool) string {
	if transposed {
		return "'"
	}
	return ""
}

func at(lag int) string {
	switch {
	case lag > 0:
		return fmt.Sprintf("t-%d", lag)
	case lag < 0:
		return fmt.Sprintf("t+%d", -lag)
	}
	return "t"
}

// keeps lists what has memory, by how long it is kept, besides data and weights.
func (w *report) keeps() {
	kept := map[hold][]string{}
	passing := 0
	for _, v := range w.l.values {
		switch {
		case v.leaf || v.copies || v.born < 0 && v.hold != temp:
		case v.hold == temp:
			passing++
		default:
			text := fmt.Sprintf("%s (%d)", w.ref(ref{v: v}), v.width)
			if v.room != nil {
				text += " in the place of " + w.ref(ref{v: v.room})
			}
			kept[v.hold] = append(kept[v.hold], text)
		}
	}
	w.line("\nkept")
	for _, k := range []struct {
		hold hold
		what string
	}{{full, "for every time"}, {ahead, "for every time where rows are narrow, else for a step"}, {step, "for a step"}, {series, "once a series"}, {shared, "once"}} {
		if names := kept[k.hold]; len(names) > 0 {
			slices.Sort(names)
			w.line("  %s: %s", k.what, strings.Join(names, ", "))
		}
	}
	w.line("  nowhere but in the cache: %s", counted(passing, "value"))
}

// sizes is how many bytes a run takes for one series: some, and so many more for each time.
func (p *Plan[T]) sizes() (some, each int) {
	// Two lengths tell, of which each is long enough that the largest values are those with a row a time.
	const short, long = 1 << 12, 1 << 13
	bytes := func(times int) int {
		n := p.layShared(1).size + p.layShard(1, times).size
		for _, t := range p.l.tasks {
			if t.way == linear {
				n += p.set.PanelLen(t.dims.C, t.dims.R)
			}
		}
		return n * sizeOf[T]()
	}
	each = (bytes(long) - bytes(short)) / (long - short)
	return bytes(short) - each*short, each
}

func (w *report) memory(some, each int) {
	w.line("\nmemory of one series: %s + %s · T, T being the number of its times", inBytes(float64(some)), inBytes(float64(each)))
}
