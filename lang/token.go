package lang

import "strings"

// kind sorts tokens by what a parser may do with them.
type kind uint8

const (
	end     kind = iota // of the statement
	name                // h, h1.c, t
	number              // 0.5
	quoted              // "mine.cell"
	word                // a reserved word but t and mod
	sign                // an operator or a bracket
	newline             // of the text; gone after layout
	comment             // gone after layout
)

// token is a word of the text. Text is what it means (`*` for `·`, a name in NFC), raw what was written.
type token struct {
	kind      kind
	text, raw string
	at        Pos
	bad       bool // the scanner has already said what is wrong with it
}

// is tells whether the token is the given sign or reserved word.
func (k token) is(s string) bool {
	return (k.kind == sign || k.kind == word) && k.text == s
}

// String is the token as a message names it.
func (k token) String() string {
	if k.kind == end {
		return "the end of the line"
	}
	switch {
	case k.kind == quoted:
		return `"` + k.text + `"`
	case k.is(","):
		return "a comma"
	case k.is(";"):
		return "a semicolon"
	}
	return k.raw
}

// reserved are the names that nobody may define.
var reserved = map[string]bool{"t": true, "mod": true}

// words are the reserved words that are neither a name (t) nor an operator (mod).
var words = strings.Fields("input state weight size cell use loss in per series fixed known when backward")

// keywords are the words that begin a statement.
var keywords = map[string]bool{}

func init() {
	for i, w := range words {
		reserved[w] = true
		if i < 7 {
			keywords[w] = true
		}
	}
}

// Reserved tells whether the language keeps the name for itself.
func Reserved(name string) bool { return reserved[name] }

// How tightly an expression holds together, from loose to tight.
const (
	comparison = iota + 1
	sum
	hadamard
	product
	negation
	power
	postfix
	atom
)

// levels say how tightly each binary operator binds.
var levels = map[string]int{
	"==": comparison, "!=": comparison, "<": comparison, "<=": comparison, ">": comparison, ">=": comparison,
	"+": sum, "-": sum,
	".*": hadamard,
	"*":  product, "/": product, "mod": product,
	"^": power,
}

// level is how tightly the token binds as a binary operator, 0 if it is none.
func (k token) level() int {
	if k.kind != sign {
		return 0
	}
	return levels[k.text]
}

// signs are what is read as an operator or a bracket, longest first, with what it means.
var signs = []struct{ written, means string }{
	{"==", "=="}, {"!=", "!="}, {"<=", "<="}, {">=", ">="}, {"->", "->"},
	{".*", ".*"}, {"./", "/"}, {".^", "^"},
	{"+", "+"}, {"-", "-"}, {"*", "*"}, {"/", "/"}, {"^", "^"}, {"<", "<"}, {">", ">"},
	{"=", "="}, {"~", "~"}, {"(", "("}, {")", ")"}, {"[", "["}, {"]", "]"}, {"{", "{"}, {"}", "}"},
	{",", ","}, {";", ";"}, {":", ":"}, {"'", "'"},
	{"·", "*"}, {"⋅", "*"}, {"⊙", ".*"}, {"−", "-"}, {"ᵀ", "'"}, {"≤", "<="}, {"≥", ">="}, {"≠", "!="},
}

// spells tells whether written is another spelling of the operator op.
func spells(written, op string) bool {
	for _, s := range signs {
		if s.written == written {
			return s.means == op
		}
	}
	return false
}

// mistakes are signs of other languages and of typesetting, longest first, with what to write here.
var mistakes = []struct{ written, help string }{
	{"===", "a comparison is written =="},
	{"&&", "multiply the conditions: (a > 0)*(b > 0)"},
	{"||", "take the larger of the conditions: max(a > 0, b > 0)"},
	{"**", "a power is written ^"},
	{"//", "a comment begins with #, a quotient is written /"},
	{":=", "a definition is written ="},
	{"=>", "at least is written >="},
	{"=<", "at most is written <="},
	{"<>", "different is written !="},
	{"~=", "different is written !="},
	{"+=", "write the whole equation: s = s[t-1] + x"},
	{"-=", "write the whole equation: s = s[t-1] - x"},
	{"*=", "write the whole equation: s = s[t-1]*x"},
	{"/=", "write the whole equation: s = s[t-1]/x"},
	{".+", "a sum is written +"},
	{".-", "a difference is written -"},
	{".'", "a transpose is written '"},
	{"&", "multiply the conditions: (a > 0)*(b > 0)"},
	{"|", "take the larger of the conditions: max(a > 0, b > 0)"},
	{"!", "a condition is turned round by == 0"},
	{"%", "a remainder is written mod"},
	{"@", "a product is written *"},
	{"×", "a product is written *, entry by entry .*"},
	{"∗", "a product is written *"},
	{"∘", "a product entry by entry is written .*"},
	{"÷", "a quotient is written /"},
	{"–", "a minus is written -"},
	{"—", "a minus is written -"},
	{"→", "a cell's results stand after ->"},
	{"∼", "an observation is written ~"},
	{"∈", "write in"},
	{"’", "a transpose is written '"},
	{"′", "a transpose is written '"},
	{"²", "a power is written ^2"},
	{"³", "a power is written ^3"},
	{"⁻", "a power is written ^-1"},
}
