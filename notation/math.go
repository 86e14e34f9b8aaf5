package notation

// Math is a piece of mathematics. The kinds are Row, Ident, Number, Word, Sign, Script, Accent, Frac,
// Root, Fenced, Matrix, Cases, Big and Hole.
type Math interface{ math() }

type (
	// Row is pieces beside each other.
	Row []Math

	// Ident is a name: a letter is set in italics, several letters upright, as a word.
	Ident struct {
		Name  string
		Style Style
	}

	// Number is a number without its sign, as it is to be read: "3", "0.375".
	Number struct{ Text string }

	// Word is plain text within a formula: "if", "otherwise".
	Word struct{ Text string }

	// Sign is an operator, a relation or a comma: "+", "−", "·", "⊙", "=", "≈", ",", "∂", "…". A plus or
	// minus is a prefix or binary by its place; one that begins a formula is binary if its Kind says so,
	// and then goes on with the line before.
	Sign struct {
		Text string
		Kind SignKind
	}

	// Script is a base with what stands below and above at its right; either may be nil.
	Script struct{ Base, Sub, Sup Math }

	// Accent is a base with a mark over it.
	Accent struct {
		Base Math
		Mark Mark
	}

	// Frac is a fraction.
	Frac struct{ Above, Below Math }

	// Root is a square root.
	Root struct{ X Math }

	// Fenced stands between brackets: "(" and ")", "[" and "]", "|" and "|", "‖" and "‖", "⌊" and "⌋".
	// Where one of them is "", the other stands in another line of the same formula.
	Fenced struct {
		Open, Close string
		X           Math
	}

	// Matrix is rows of entries; a column is a matrix whose rows have one.
	Matrix struct{ Rows [][]Math }

	// Cases is a choice: of its lines, the first whose condition holds.
	Cases struct{ Lines []Case }

	// Case is a line of Cases.
	Case struct{ X, If Math }

	// Big is a sum or a product over what stands below and above it ("∑", "∏"); those may be nil.
	Big struct {
		Sign            string
		Below, Above, X Math
	}

	// Hole is an argument of a template, counted from 1: #1.
	Hole int
)

// Style is how a name is set.
type Style int

// The styles.
const (
	Usual        Style = iota // a letter in italics, a word upright
	Bold                      // of vectors and matrices
	Calligraphic              // calligraphic, as the N of the normal distribution
	Tail                      // the rest of a name, set below: the i of Wi, the 1 of h1
)

// SignKind says what a sign does, and so how much space is around it.
type SignKind int

// The kinds of signs.
const (
	Binary   SignKind = iota // between two operands: + − · ⊙
	Relation                 // = ≈ < ≤ ∼ ←
	Prefix                   // before one operand: the minus of −x, ∂
	Comma                    // , ;
	Dots                     // …
)

// Mark is what stands over a letter.
type Mark int

// The marks.
const (
	Hat Mark = iota
	Bar
	Tilde
	Dot
)

func (Row) math()    {}
func (Ident) math()  {}
func (Number) math() {}
func (Word) math()   {}
func (Sign) math()   {}
func (Script) math() {}
func (Accent) math() {}
func (Frac) math()   {}
func (Root) math()   {}
func (Fenced) math() {}
func (Matrix) math() {}
func (Cases) math()  {}
func (Big) math()    {}
func (Hole) math()   {}
