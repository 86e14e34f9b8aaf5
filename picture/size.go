package picture

import (
	"cmp"
	"slices"
)

// size finds how large the boxes are: as large as what they say and how many edges meet them
// wants, the same in a row of a height, and as alike in width as can be.
func (g *grid) size() {
	type kin struct { // those that are alike
		row, index int
		start      bool
	}
	usual := 54.0
	wide := map[kin]float64{}
	of := func(b *box) kin { return kin{b.row, b.index, b.Kind == Start} }
	for _, b := range g.boxes {
		text := b.textWidth() + 20
		usual = max(usual, text)
		wide[of(b)] = max(wide[of(b)], text, sideNeed(b.ports[bottom]), sideNeed(b.ports[top]))
		b.h = max(b.textHeight()+14, levelNeed(b.ports[left]), levelNeed(b.ports[right]))
		r := g.rows[b.row]
		r.h = max(r.h, b.h)
	}
	for _, b := range g.boxes {
		b.w = max(wide[of(b)], 54)
		if b.w > 0.6*usual {
			b.w = max(b.w, usual)
		}
		if b.Kind != Start {
			b.h = g.rows[b.row].h
		}
	}
}

// sideNeed is how wide a box must be for the ports below or above it.
func sideNeed(ps []*port) float64 {
	need := portRoom
	for _, gap := range uprightGaps(ps) {
		need += gap
	}
	return need
}

// uprightGaps are the least distances of neighbouring ports below a box. The first port's number
// may stand at its left, and the last one's at its right; those between need room for theirs. A
// weight stands at its port's left, and below the numbers.
func uprightGaps(ps []*port) []float64 {
	gaps := make([]float64, max(0, len(ps)-1))
	for i := range gaps {
		gaps[i] = portRoom
		if i > 0 && ps[i].number > 0 {
			gaps[i] = ps[i].number + 16
		}
		if l := ps[i+1].label; l > 0 {
			gaps[i] = max(gaps[i], l+2*pairHalf+2*labelRoom)
		}
	}
	return gaps
}

// levelNeed is how high a box must be for the ports at its left or right.
func levelNeed(ps []*port) float64 {
	need := 0.0
	for _, at := range levelSpread(ps) {
		need = max(need, 2*max(at, -at)+22)
	}
	return need
}

// levelSpread sorts the ports at the left or right of a box by where their edges come from, and
// gives each its place. One that could be met by a straight line is.
func levelSpread(ps []*port) []float64 {
	slices.SortStableFunc(ps, func(p, q *port) int { return cmp.Compare(p.want, q.want) })
	gaps := make([]float64, max(0, len(ps)-1))
	want, weight := make([]float64, len(ps)), make([]float64, len(ps))
	for i, p := range ps {
		step := levelGap(ps)
		want[i], weight[i] = min(max(p.want, -step/2), step/2), p.weight
		if i > 0 {
			gaps[i-1] = step
		}
	}
	return spread(want, weight, gaps)
}

// levelGap is the least distance of ports at the left or right of a box.
func levelGap(ps []*port) float64 {
	gap := trackStep
	for _, p := range ps {
		if p.number > 0 {
			gap = max(gap, 27)
		}
		if p.label > 0 {
			gap = 36
		}
	}
	return gap
}
