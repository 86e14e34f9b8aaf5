package picture

import "slices"

// channel is the room between two rows or two columns. Wires run along it, each on a track.
type channel struct {
	at     float64 // its upper or left edge
	size   float64
	before float64 // the room before its first track
	tracks int
	wires  []*wire
}

// wire is a net's way along a channel.
type wire struct {
	line
	net    *net
	pins   []pin
	track  int
	lo, hi float64 // from where to where along the channel
}

// pin is a line that meets a wire: from the left or above (-1), from the other side (1), or at its
// end, from ahead (0).
type pin struct {
	*line
	side int
}

// wire is the net's wire in the channel.
func (c *channel) wire(n *net) *wire {
	for _, w := range c.wires {
		if w.net == n {
			return w
		}
	}
	w := &wire{line: line{base: &c.at}, net: n}
	c.wires = append(c.wires, w)
	return w
}

func (w *wire) pin(l *line, side int) {
	if p := (pin{l, side}); !slices.Contains(w.pins, p) {
		w.pins = append(w.pins, p)
	}
}

// arrange gives each wire of a channel its track.
func (c *channel) arrange() {
	c.tracks = 0
	var long []*wire
	for _, w := range c.wires {
		w.lo, w.hi = w.pins[0].at(), w.pins[0].at()
		for _, p := range w.pins {
			w.lo, w.hi = min(w.lo, p.at()), max(w.hi, p.at())
		}
		if !same(w.lo, w.hi) {
			long = append(long, w)
		}
	}
	sorted := sortWires(long)
	for i, w := range sorted {
		w.track = 0
		for _, v := range sorted[:i] {
			if v.touches(w) {
				w.track = max(w.track, v.track+1)
			}
		}
		c.tracks = max(c.tracks, w.track+1)
	}
}

const apart = 14 // the least distance of lines of different nets side by side

func (w *wire) touches(v *wire) bool { return w.lo < v.hi+apart && v.lo < w.hi+apart }

// sortWires orders wires from the first track to the last, so that few lines cross and none lie on
// one another: again and again the one that loses least by being first.
func sortWires(ws []*wire) []*wire {
	cost := make([]float64, len(ws)) // of being before all that are left, less that of being behind
	for i, w := range ws {
		for _, v := range ws {
			cost[i] += before(w, v) - before(v, w)
		}
	}
	done := make([]bool, len(ws))
	var out []*wire
	for range ws {
		best := -1
		for i := range ws {
			if !done[i] && (best < 0 || cost[i] < cost[best]-1e-9) {
				best = i
			}
		}
		done[best] = true
		out = append(out, ws[best])
		for i := range ws {
			cost[i] -= before(ws[i], ws[best]) - before(ws[best], ws[i])
		}
	}
	return out
}

// before is what it costs to have wire w on an earlier track than v: crossings, and most of all
// lines that lie on one another.
func before(w, v *wire) float64 {
	if w == v || !w.touches(v) {
		return 0
	}
	cost := 0.0
	for _, p := range w.pins {
		if p.side > 0 && p.at() > v.lo && p.at() < v.hi {
			cost++
		}
		for _, q := range v.pins {
			if d := p.at() - q.at(); p.side > 0 && q.side < 0 && d < apart && d > -apart {
				cost += 100
			}
		}
	}
	for _, q := range v.pins {
		if q.side < 0 && q.at() > w.lo && q.at() < w.hi {
			cost++
		}
	}
	return cost
}
