package picture

// Network is a network unrolled over its steps: time to the right, a column a step. A node stands
// above what it reads in its own column.
type Network struct {
	Title, Desc string // what it shows, for those who can't see it; Desc is the longer
	Columns     []Column
	Nodes       []Node
	Edges       []Edge // those of nodes that aren't there are left out
	Legend      Legend
}

// Column is a step, or what comes before the first.
type Column struct {
	Label Label  // t = 2
	Gap   string // what is left out before it, as "42 steps"; "" if nothing is
}

// Node is a value at a step. Nodes of one column and rank stand side by side, in the order given:
// what later columns read is best the last of them, and what reads earlier ones the first. Several
// equations of a rank that other columns read stand one above the other instead.
type Node struct {
	ID     string // unlike all others: the value's mark, as "h.2"
	Column int
	Rank   int // 0 is the lowest
	Kind   Kind
	Label  Label
	Value  string // may be empty
	Back   string // the derivative of the loss by it; may be empty
	Hint   string // what is shown when it's pointed at; may be empty
}

// Kind is what a node is.
type Kind int

// The kinds of nodes.
const (
	Equation Kind = iota
	Input         // data that is read
	Start         // a state before the first step
	Observed      // data that is compared with a forecast
	Score         // a part of the loss
)

// Edge says that a node is read by another: by one above it in its own column, by one of a later
// column, or, where time runs backward, of an earlier one. One that crosses columns left out stands
// for what happened there.
type Edge struct {
	From, To string // nodes' IDs
	Weight   Label  // what it is multiplied by on the way; may be empty
	Back     string // the derivative of the loss that comes back this way; "" if none does
	Fed      bool   // a forecast that is read as if it were data
}

// Label is a symbol with what stands below and above it at its right. Single letters are set in
// italics, words and digits upright.
type Label struct{ Base, Sub, Sup string }

// Legend is the words for the three kinds of lines. One without words, or without lines, is left
// out.
type Legend struct{ Values, Fed, Back string }
