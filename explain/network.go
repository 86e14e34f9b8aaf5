package explain

import (
	"fmt"
	"slices"

	"unroll/graph"
	"unroll/notation"
	"unroll/picture"
	"unroll/series"
	"unroll/words"
)

// maxColumns is how many steps a picture shows, if there are no more; otherwise the first and the
// last edgeColumns.
const (
	maxColumns  = 8
	edgeColumns = 3
)

// drawing makes the picture of one series' network.
type drawing struct {
	*teller
	series  int
	columns map[int]int // the place of a time
	net     picture.Network
	nodes   map[string]bool
	ranks   map[*graph.Node]int
	scores  map[string]bool
	back    map[string]string        // by edge, the derivative that comes back
	fedInto map[string]bool          // by edge, whether it's a forecast that is fed
	weights map[string]picture.Label // by edge, what it multiplies by
}

// network is the unrolled network of the first series as a picture, with what comes back along the
// edges if the derivatives are wanted.
func (l *teller) network(derivatives bool) (picture.Network, error) {
	d := &drawing{teller: l, columns: map[int]int{}, nodes: map[string]bool{}, scores: map[string]bool{},
		ranks: map[*graph.Node]int{}, back: map[string]string{}, fedInto: map[string]bool{}, weights: map[string]picture.Label{}}
	d.net.Title = l.plain("The network unrolled over its steps")
	d.net.Desc = l.plain("A column a step; each value stands above what it is computed from.")
	d.net.Legend.Values = l.plain("what is read")
	if l.fedSomewhere() {
		d.net.Legend.Fed = l.plain("the cell's own forecast, read as if it were data")
	}
	d.times()
	d.findFed()
	if l.d != nil && derivatives {
		d.net.Legend.Back = l.plain("what comes back: derivatives of the loss")
		if err := d.contributions(); err != nil {
			return d.net, err
		}
	}
	d.place()
	for _, n := range slices.Clone(d.net.Nodes) {
		d.edges(n.ID)
	}
	return d.net, nil
}

// times makes a column of each time that is shown, those before the first step too.
func (d *drawing) times() {
	lo, hi := d.firstTime(), d.v.T(d.series)-1
	end := d.lastTime(d.series)
	from, to := end+1, end // the times that are left out
	if hi-d.Graph.T0+1 > maxColumns && !d.opt.Full {
		from, to = d.Graph.T0+edgeColumns, hi-edgeColumns
	}
	for t := lo; t <= end; t++ {
		if t >= from && t <= to {
			continue
		}
		c := picture.Column{Label: picture.Label{Base: fmt.Sprintf("t = %d", t)}}
		if t == to+1 && from <= to {
			c.Gap = d.plain("{n} {n|step|steps}", words.A("n", to-from+1))
		}
		d.columns[t] = len(d.net.Columns)
		d.net.Columns = append(d.net.Columns, c)
	}
}

// lastTime is the last at which there is anything: what is read ahead has its start after the end.
func (l *teller) lastTime(i int) int {
	to := l.v.T(i) - 1
	for _, s := range l.Graph.States {
		for k := range s.At {
			if -k <= maxStarts {
				to = max(to, l.v.T(i)-1-k)
			}
		}
	}
	return to
}

// findFed marks the edges along which a forecast is fed.
func (d *drawing) findFed() {
	for _, f := range d.fed() {
		own, t := f.own, f.at
		if own.Kind == graph.Shift {
			own, t = own.Args[0], f.at-own.K
		}
		for _, n := range d.Graph.Names {
			if f.series == d.series && holds(n.Args[0], f.node) {
				d.fedInto[d.p.mark(own, f.series, t)+" "+d.p.mark(n, f.series, f.at)] = true
			}
		}
	}
}

// maxStarts is how many times before the first step are shown for the starts of states.
const maxStarts = 3

// firstTime is the first at which there is anything: where a state has its start.
func (l *teller) firstTime() int {
	from := l.Graph.T0
	for _, s := range l.Graph.States {
		for k := range s.At {
			if k <= maxStarts {
				from = min(from, l.Graph.T0-k)
			}
		}
	}
	for _, in := range l.Graph.Inputs {
		if !in.PerSeries && l.Graph.T0 > 0 {
			from = min(from, l.Graph.T0-1)
		}
	}
	return from
}

// rank is how high a node stands in its column: above what it reads at the same time.
func (d *drawing) rank(n *graph.Node) int {
	if r, ok := d.ranks[n]; ok {
		return r
	}
	d.ranks[n] = 0 // an input stands lowest
	if n.Kind == graph.Input {
		return 0
	}
	r := 1
	for _, x := range nowReads(n, map[*graph.Node]bool{}) {
		r = max(r, d.rank(x)+1)
	}
	d.ranks[n] = r
	return r
}

// nowReads are the named values that an equation reads at its own moment.
func nowReads(n *graph.Node, seen map[*graph.Node]bool) []*graph.Node {
	var all []*graph.Node
	for _, a := range n.Args {
		if seen[a] || a.Kind == graph.Shift || a.Kind == graph.Window || a.Fed != "" {
			continue
		}
		seen[a] = true
		if a.Kind == graph.Name && a.Scope >= graph.Steps || a.Kind == graph.Input {
			all = append(all, a)
			continue
		}
		all = append(all, nowReads(a, seen)...)
	}
	return all
}

// maxInNode is how long a fraction may be in a node; a longer one is rounded.
const maxInNode = 9

// short is a value as a picture has room for it.
func (d *drawing) short(a series.Array) string {
	w := numbers{digits: defaultDigits}
	if a.R == 0 {
		return ""
	}
	f := w.formOf([]series.Array{a})
	if f == rounded {
		w.digits = 3
	}
	if a.Len() > 1 {
		f = rounded
		w.digits = 2
	}
	if text := notation.Text(w.write(a, f)); len(text) > maxInNode {
		f = rounded
	}
	if a.Len() > 3 || a.C > 1 {
		e := entryOf(a, 0)
		return notation.Text(notation.Row{notation.Word{Text: "["}, w.write(e, f), notation.Word{Text: ", …]"}})
	}
	return notation.Text(w.write(a, f))
}
