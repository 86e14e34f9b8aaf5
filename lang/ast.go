package lang

import "math/big"

// Source is one file's text. Positions point into it, so that an error can show the line.
type Source struct {
	Name string // as the person named it, for messages
	Text string
}

// Pos is a place in a source: line and column count from 1, the column in characters.
// The zero Pos is "nowhere": a thing that unroll made itself.
type Pos struct {
	Src       *Source
	Line, Col int
}

// File is a parsed `.cell` file: its statements in the order in which they were written.
type File struct {
	Src   *Source
	Stmts []Stmt
}

// Stmt is one statement. The kinds are Size, Input, State, Weight, Equation, Observe, Loss, Cell,
// Use and, so that `fmt` loses nothing, Note (a comment on a line of its own) and Gap (blank lines).
type Stmt interface {
	// Pos is where the statement begins.
	Pos() Pos
	// Comment is what stands behind the statement on its line, with its `#`; "" if nothing.
	Comment() string
}

// Head is what every statement has: its place, and the comment behind it.
type Head struct {
	At   Pos
	Note string
}

// Pos is where the statement begins.
func (h Head) Pos() Pos { return h.At }

// Comment is the comment behind the statement, "" if there is none.
func (h Head) Comment() string { return h.Note }

// Shape is a declared shape: `[H]`, `[H, D]`, or `[]` (no Dims) for a scalar.
type Shape struct {
	At   Pos
	Dims []Expr
}

// The statements. In a list, an item of which only name and shape were written takes what
// follows the next item that has something: the parser fills it in, the
// same nodes, and marks the item Shared.
type (
	// Size is `size H = 16, V`.
	Size struct {
		Head
		Items []SizeItem
	}
	// SizeItem is one of its sizes.
	SizeItem struct {
		At      Pos
		Name    string
		Default Expr // nil: from the data, or given
		Shared  bool
	}

	// Input is `input x[D], s in V, z known, k per series`.
	Input struct {
		Head
		Items []InputItem
	}
	// InputItem is one of its inputs.
	InputItem struct {
		At        Pos
		Name      string
		Shape     *Shape // nil: a scalar
		In        Expr   // `in V`: integers 0..V-1; nil otherwise
		Known     bool
		PerSeries bool
		Shared    bool
	}

	// State is `state h, c[H] = 0`.
	State struct {
		Head
		Items []StateItem
	}
	// StateItem is one of its states.
	StateItem struct {
		At     Pos
		Name   string
		Shape  *Shape // nil: inferred
		Start  Expr
		Shared bool
	}

	// Weight is `weight a[m] in (0, 1) per series fixed = 0.5`.
	Weight struct {
		Head
		Items []WeightItem
	}
	// WeightItem is one of its weights.
	WeightItem struct {
		At        Pos
		Name      string
		Shape     *Shape // nil: inferred; no Dims: a scalar
		Lo, Hi    Expr   // `in (Lo, Hi)`, `> Lo`, `< Hi`; nil where unbounded
		PerSeries bool
		Fixed     bool
		Start     Expr  // `= EXPR`; nil otherwise
		Draw      *Call // `~ glorot`, `~ normal(0, 1)`; nil otherwise
		Shared    bool
	}

	// Equation is `h[H] = EXPR`, or `h, c = f(x)`.
	Equation struct {
		Head
		Left []Target
		X    Expr
	}
	// Target is a name that an equation defines, or a result of a cell.
	Target struct {
		At    Pos
		Name  string
		Shape *Shape // nil: inferred
		AtT   bool   // written `h[t]`
	}

	// Observe is `LEFT ~ FAMILY(...) when EXPR`.
	Observe struct {
		Head
		Left   Expr
		Family *Call
		When   Expr // nil: always
	}

	// Loss is `loss EXPR when EXPR`.
	Loss struct {
		Head
		X    Expr
		When Expr
	}

	// Cell is `cell f(a, b) -> h[H], k { … }`.
	Cell struct {
		Head
		Name    string
		Params  []Target // name and place; a parameter has no shape
		Results []Target
		Body    []Stmt
		End     Pos    // of the closing brace
		EndNote string // the comment behind the closing brace
	}

	// Use is `use lstm, "mine.cell"`.
	Use struct {
		Head
		Items []UseItem
	}
	// UseItem is one of its names or paths.
	UseItem struct {
		At   Pos
		Name string // a cell of the standard library, or the path of a file
		Path bool   // written in quotes
	}

	// Comment is a comment on a line of its own; Note holds its text.
	Comment struct{ Head }
	// Gap is one or more blank lines.
	Gap struct{ Head }
)

// Expr is an expression. Nodes are pointers, so that a node can be told from its twin.
type Expr interface {
	// Pos is where a message about the expression points: an operator's sign, a call's name.
	Pos() Pos
}

type (
	// Num is a number as it was written, and its exact value (never negative).
	Num struct {
		At   Pos
		Text string
		Val  *big.Rat
	}
	// Name is a name, in NFC; with dots if it reaches into a call: `h1.c`. `t` is a Name too.
	Name struct {
		At   Pos
		Name string
	}
	// Unary is `-x`.
	Unary struct {
		At   Pos
		Text string // the sign as written: "-" or "−"
		X    Expr
	}
	// Transpose is `x'`.
	Transpose struct {
		At   Pos
		Text string // "'" or "ᵀ"
		X    Expr
	}
	// Binary is `x op y`; Op is one of + - .* * / mod ^ == != < <= > >=.
	Binary struct {
		At   Pos
		Op   string
		Text string // the sign as written: "*" or "·", "./" for "/"
		X, Y Expr
	}
	// Call is `f(a, b; c, H = 16)`, a function's, a cell's or a family's.
	Call struct {
		At       Pos
		Fn       string
		Text     string // the name as written: "σ" for "sigmoid"
		Args     []Expr
		After    []Expr  // what follows a `;`: the probabilities of quantile, the forecast of score
		Sizes    []Named // `H = 16`
		Backward bool    // `backward f(x)`
	}
	// Named is an argument with its name, `H = 16`.
	Named struct {
		At   Pos
		Name string
		X    Expr
	}
	// Index is `x[t-1]`, `y[t-p : t-1]`, `A[i, j]`, `b[2:5]`. TimeOf tells a time from a component.
	Index struct {
		At    Pos // of the bracket
		X     Expr
		Items []Range
	}
	// Range is one index, or both ends of a slice (both in it).
	Range struct {
		Lo Expr
		Hi Expr // nil: a single index
	}
	// List is a literal `[1, 2]` or `[[1, 2], [3, 4]]`.
	List struct {
		At    Pos
		Items []Expr
	}
	// Paren is an expression in brackets: kept, because `fmt` keeps what a person wrote.
	Paren struct {
		At Pos
		X  Expr
	}
)

func (e *Num) Pos() Pos       { return e.At }
func (e *Name) Pos() Pos      { return e.At }
func (e *Unary) Pos() Pos     { return e.At }
func (e *Transpose) Pos() Pos { return e.At }
func (e *Binary) Pos() Pos    { return e.At }
func (e *Call) Pos() Pos      { return e.At }
func (e *Index) Pos() Pos     { return e.At }
func (e *List) Pos() Pos      { return e.At }
func (e *Paren) Pos() Pos     { return e.At }
