package page_test

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"unroll/lang"
)

// unreadable is why a formula can't be read.
type unreadable struct{ why string }

// formulaOf reads a formula as it stands on a page. It remembers what it has read.
func (v *vocabulary) formulaOf(text string) (*formula, error) {
	f, ok := v.read[text]
	if !ok {
		f = v.readFormula(text)
		v.read[text] = f
	}
	return f, f.err
}

func (v *vocabulary) readFormula(text string) (f *formula) {
	f = &formula{text: text, refs: map[string]*ref{}}
	defer func() {
		if e := recover(); e != nil {
			why, ok := e.(unreadable)
			if !ok {
				panic(e)
			}
			f.err = fmt.Errorf("%q can't be read: %s", text, why.why)
		}
	}()
	s := &formulaScanner{words: v, in: []rune(text), f: f}
	s.all()
	f.expr, f.err = lang.ParseExpr(&lang.Source{Name: "page", Text: s.out.String()})
	if f.err != nil {
		f.err = fmt.Errorf("%q can't be read: as %q, %v", text, s.out.String(), f.err)
	}
	return f
}

// formulaScanner writes a formula of a page in the cell language.
type formulaScanner struct {
	words *vocabulary
	in    []rune
	i     int
	out   strings.Builder
	f     *formula
	open  []string // what closes the brackets that are open
}

func (s *formulaScanner) fail(format string, args ...any) {
	panic(unreadable{fmt.Sprintf(format, args...)})
}

// signsOf are signs as the language writes them. What has a meaning of its own in it is said there.
var signsOf = map[rune]string{
	'+': " + ", '−': " - ", '·': "*", '⊙': " .* ", '/': "/", ',': ", ", '=': " == ", '≠': " != ", '<': " < ",
	'>': " > ", '≤': " <= ", '≥': " >= ", 'ᵀ': "'",
}

func (s *formulaScanner) all() {
	for s.i < len(s.in) {
		s.one()
	}
	if len(s.open) > 0 {
		s.fail("a bracket isn't closed")
	}
}

func (s *formulaScanner) one() {
	r := s.in[s.i]
	switch {
	case unicode.IsSpace(r):
		s.i++
	case unicode.IsDigit(r):
		s.number()
	case r == '∂':
		s.slope()
	case r == '∑' || r == '∏':
		s.big(r)
	case bracketedName.MatchString(string(s.in[s.i:])):
		s.out.WriteString(" " + s.refer(s.symbol()) + " ")
	case r == '(':
		s.round()
	case r == '|' || r == '‖':
		s.bar(r)
	case r == '[':
		s.square()
	case r == ')' || r == ']':
		s.pop()
	case r == '^':
		s.i++
		s.out.WriteString("^(" + s.inner(s.group()) + ")")
	case isRaised(r):
		s.out.WriteString("^(" + lowered.Replace(s.while(isRaised)) + ")")
	case r == '√':
		s.i++
		s.root()
	case unicode.IsLetter(r) && r != 'ᵀ':
		s.word()
	case signsOf[r] != "":
		s.i++
		s.out.WriteString(signsOf[r])
	default:
		s.fail("what is %q?", r)
	}
}

// bracketedName is a weight with something above it, of a series that stands above both.
var bracketedName = regexp.MustCompile(`^\(\pL[^()]*\^\{\(\d+\)\}\)\^\{\(`)

func (s *formulaScanner) push(open, closed string) {
	s.out.WriteString(open)
	s.open = append(s.open, closed)
	s.i++
}

// round opens a bracket. An index behind it picks an entry of what stands in it: (a·b)_0.
func (s *formulaScanner) round() {
	depth := 0
	for i, r := range s.in[s.i:] {
		switch r {
		case '(':
			depth++
		case ')':
			depth--
		}
		if depth > 0 {
			continue
		}
		behind := &formulaScanner{in: s.in, i: s.i + i + 1, f: s.f}
		if behind.skip("_") {
			of := s.in[s.i+1 : s.i+i]
			entry := &ref{kind: anEntry}
			for _, index := range strings.Split(behind.group(), ",") {
				entry.at = append(entry.at, s.span(index))
			}
			s.out.WriteString(" " + s.refer(entry) + "(" + s.inner(string(of)) + ") ")
			s.i = behind.i
			return
		}
		break
	}
	s.push("(", ")")
}

// root reads what stands under a root: one thing, or what is between brackets.
func (s *formulaScanner) root() {
	before := len(s.open)
	s.out.WriteString("sqrt(")
	for s.one(); len(s.open) > before; {
		s.one()
	}
	s.out.WriteString(")")
}

// bar opens an absolute value or a norm, or closes the one that is open.
func (s *formulaScanner) bar(r rune) {
	if n := len(s.open); n > 0 && s.open[n-1] == string(r) {
		s.open[n-1] = ")"
		s.pop()
		return
	}
	open := "abs("
	if r == '‖' {
		open = "norm("
	}
	s.push(open, string(r))
}

func (s *formulaScanner) pop() {
	if len(s.open) == 0 {
		s.fail("a bracket too many")
	}
	s.out.WriteString(s.open[len(s.open)-1])
	s.open = s.open[:len(s.open)-1]
	s.i++
}

// square is a list, or a condition: 1 where it holds and 0 elsewhere.
func (s *formulaScanner) square() {
	depth := 0
	for _, r := range s.in[s.i:] {
		switch {
		case strings.ContainsRune("([{", r):
			depth++
		case strings.ContainsRune(")]}", r):
			depth--
		case depth == 1 && strings.ContainsRune("=≠<>≤≥", r):
			s.push("(", ")")
			return
		}
		if depth == 0 {
			break
		}
	}
	s.push("[", "]")
}

func (s *formulaScanner) digits() string {
	return s.while(func(r rune) bool { return unicode.IsDigit(r) || r == '.' })
}

func (s *formulaScanner) while(is func(rune) bool) string {
	from := s.i
	for s.i < len(s.in) && is(s.in[s.i]) {
		s.i++
	}
	return string(s.in[from:s.i])
}

// group is what stands behind _ or ^: in braces, or a word or a number.
func (s *formulaScanner) group() string {
	if s.i < len(s.in) && s.in[s.i] == '{' {
		depth := 0
		to := slices.IndexFunc(s.in[s.i:], func(r rune) bool {
			switch r {
			case '{':
				depth++
			case '}':
				depth--
			}
			return depth == 0
		})
		if to < 0 {
			s.fail("a brace isn't closed")
		}
		text := string(s.in[s.i+1 : s.i+to])
		s.i += to + 1
		return inGroup.Replace(text)
	}
	if text := s.while(unicode.IsDigit); text != "" {
		return text
	}
	return s.while(inName)
}

// inGroup leaves out what only some pages write: spaces, and braces around one thing.
var inGroup = strings.NewReplacer(" ", "", "{", "", "}", "")

func inName(r rune) bool {
	return unicode.IsLetter(r) && r != 'ᵀ' || unicode.IsMark(r) || r >= '₀' && r <= '₉'
}

// inner is a part of the formula in the language.
func (s *formulaScanner) inner(text string) string {
	in := &formulaScanner{words: s.words, in: []rune(text), f: s.f}
	in.all()
	return in.out.String()
}

// refer makes a name for a ref.
func (s *formulaScanner) refer(r *ref) string {
	name := "q" + strconv.Itoa(len(s.f.refs))
	s.f.refs[name] = r
	return name
}
