package picture

import (
	"cmp"
	"slices"
)

// symbol is what nodes of several columns have in common.
type symbol struct {
	rank      int
	base, sup string
}

func symbolOf(n *Node) symbol { return symbol{n.Rank, n.Label.Base, n.Label.Sup} }

// place is a rank, and which of its rows.
type place struct{ rank, row int }

// findRows makes the boxes and says in which row each stands. It gives how many rows there are:
// one a rank that has nodes, but more where several values of a rank are read in other columns, so
// that each of them can be left at its side.
func (g *grid) findRows() int {
	below := g.carried()
	var places []place
	for i := range g.Nodes {
		if n := &g.Nodes[i]; n.Column >= 0 && n.Column < len(g.Columns) {
			g.boxes = append(g.boxes, &box{Node: n})
			places = append(places, place{n.Rank, below[symbolOf(n)]})
		}
	}
	order := slices.Compact(slices.SortedFunc(slices.Values(places), comparePlaces))
	for i, p := range places {
		g.boxes[i].row, _ = slices.BinarySearchFunc(order, p, comparePlaces)
	}
	return len(order)
}

func comparePlaces(a, b place) int {
	return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(a.row, b.row))
}

// carried counts, for each equation that is read in other columns, those of its rank before it.
func (g *grid) carried() map[symbol]int {
	nodes := map[string]*Node{}
	for i := range g.Nodes {
		nodes[g.Nodes[i].ID] = &g.Nodes[i]
	}
	out := map[symbol]int{}
	count := map[int]int{} // by rank
	for _, e := range g.Edges {
		from, to := nodes[e.From], nodes[e.To]
		if from == nil || to == nil || from.Column == to.Column || from.Kind != Equation {
			continue
		}
		s := symbolOf(from)
		if _, ok := out[s]; !ok {
			out[s] = count[s.rank]
			count[s.rank]++
		}
	}
	return out
}
