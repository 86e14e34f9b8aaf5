package picture

import "math"

// line is where a straight piece of an edge lies: the x of an upright one, the y of a level one.
// It moves with what it belongs to: a column, a row or a channel.
type line struct {
	base *float64
	off  float64
}

func (l *line) at() float64 { return *l.base + l.off }

// box is a node in its place.
type box struct {
	*Node
	row   int
	index int   // among those of its column and row, from the left
	x, y  *line // its middle
	gap   *line // the middle between it and its neighbour at the right
	w, h  float64
	ports [4][]*port // by side
}

// side is one of a box.
type side int

const (
	left side = iota
	right
	top
	bottom
)

// port is where edges of a net meet a box.
type port struct {
	line
	net    *net
	want   float64 // where along the side it would best be, from the middle
	weight float64 // how much it matters that it's there
	number float64 // the width of the number that stands beside it
	label  float64 // the width of the weight's label that stands beside it
}

// net is all edges that leave a node in one style. They share a trunk.
type net struct {
	from   *box
	fed    bool
	back   bool // whether a derivative comes back along any of them
	routes []*route
	lane   *lane
}

type column struct {
	x           float64   // its middle
	left, right []float64 // how far it reaches to both sides in each row, and last with its label
	boxes       [][]*box
	lanes       []*lane
}

type row struct {
	y float64 // its middle
	h float64 // the height of its boxes
}

// lane is a way up through a column past rows in which the edge has nothing to do.
type lane struct {
	line
	from, to int // the lowest and the highest row passed
	net      *net
}

// grid is a network laid out: columns and rows of boxes, and channels between them. Lines of edges
// run in channels and lanes, so that they never meet a box but at a port.
type grid struct {
	*Network
	columns []*column
	rows    []*row
	boxes   []*box
	nets    []*net
	level   []*channel // level[r] is below row r; the last one is above all
	upright []*channel // upright[c] is left of column c; the last one is right of all
	w, h    float64
	foot    float64 // the y below which there are labels of columns and the legend
}

// layout finds the place of everything in a network.
func layout(n *Network) *grid {
	g := newGrid(n)
	g.connect()
	g.sketch()
	g.size()
	g.placeAcross()
	g.placeUp()
	g.placeNotes()
	return g
}

// newGrid has each node's column, row and neighbours, and no coordinates.
func newGrid(n *Network) *grid {
	g := &grid{Network: n}
	rows := g.findRows()
	for range rows {
		g.rows = append(g.rows, &row{})
	}
	for range n.Columns {
		g.columns = append(g.columns, &column{boxes: make([][]*box, rows)})
	}
	for range rows + 1 {
		g.level = append(g.level, &channel{})
	}
	for range len(g.columns) + 1 {
		g.upright = append(g.upright, &channel{})
	}
	for _, b := range g.boxes {
		c := g.columns[b.Column]
		b.index = len(c.boxes[b.row])
		c.boxes[b.row] = append(c.boxes[b.row], b)
		b.x, b.gap, b.y = &line{base: &c.x}, &line{base: &c.x}, &line{base: &g.rows[b.row].y}
	}
	return g
}

// first and last tell whether nothing stands between a box and the channel at its left, or right.
func (g *grid) first(b *box) bool { return b.index == 0 }

func (g *grid) last(b *box) bool { return b.index == len(g.columns[b.Column].boxes[b.row])-1 }

// port is a net's place at a side of a box.
func (b *box) port(s side, n *net) *port {
	for _, p := range b.ports[s] {
		if p.net == n {
			return p
		}
	}
	p := &port{net: n, weight: 1}
	p.base = b.x.base
	if s == left || s == right {
		p.base = b.y.base
	}
	b.ports[s] = append(b.ports[s], p)
	return p
}

// edge is the coordinate of a box's side. Like those of edges it is whole, which looks sharper.
func (b *box) edge(s side) float64 {
	switch s {
	case left:
		return math.Round(b.x.at() - b.w/2)
	case right:
		return math.Round(b.x.at() + b.w/2)
	case top:
		return math.Round(b.y.at() - b.h/2)
	}
	return math.Round(b.y.at() + b.h/2)
}
