package page_test

import (
	"regexp"
	"strings"
	"unicode"
)

// powerOfTen is what stands behind the digits of a number such as 7.2·10^{−6} or 7.2·10⁻⁶.
var powerOfTen = regexp.MustCompile(`^·10(?:\^\{(−?\d+)\}|([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+))`)

// lowered are digits that stand above as digits of a line.
var lowered = strings.NewReplacer("⁻", "-", "⁰", "0", "¹", "1", "²", "2", "³", "3", "⁴", "4", "⁵", "5", "⁶", "6", "⁷", "7", "⁸", "8", "⁹", "9", "−", "-")

func isRaised(r rune) bool { return strings.ContainsRune("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", r) }

// number reads 3, 0.25, the fraction 29/16, and 7.2·10⁻⁶, each as one number.
func (s *formulaScanner) number() {
	at := s.i
	text := s.digits()
	rest := string(s.in[s.i:])
	if text == "10" && powerOfTen.MatchString("·10"+rest) {
		text, s.i, rest = "1", at-1, "·10"+rest // 10⁻⁶ alone
	}
	switch m := powerOfTen.FindStringSubmatch(rest); {
	case m != nil:
		s.out.WriteString(text + "e" + lowered.Replace(m[1]+m[2]))
		s.i += len([]rune(m[0]))
	case strings.HasPrefix(rest, "/") && len(rest) > 1 && unicode.IsDigit(rune(rest[1])) && !strings.HasSuffix(s.out.String(), "/"):
		s.i++
		s.out.WriteString("(" + text + "/" + s.digits() + ")")
	default:
		s.out.WriteString(text)
	}
}

// slope reads ∂h_t/∂w.
func (s *formulaScanner) slope() {
	s.i++
	r := s.symbol()
	r.kind = aSlope
	if !strings.HasPrefix(string(s.in[s.i:]), "/∂") {
		s.fail("∂ without what it is by")
	}
	s.i += 2
	r.by = s.symbol()
	s.out.WriteString(" " + s.refer(r) + " ")
}

// big reads a sum or a product: what it is over, and the factors behind it.
func (s *formulaScanner) big(sign rune) {
	s.i++
	r := &ref{kind: aSum}
	if sign == '∏' {
		r.kind = aProduct
	}
	if s.i < len(s.in) && s.in[s.i] == '_' {
		s.i++
		letter, from, said := strings.Cut(s.group(), "=")
		r.name = letter
		if said {
			r.variable, r.from = letter, s.point(from)
		}
	}
	if s.i < len(s.in) && s.in[s.i] == '^' {
		s.i++
		r.to = s.point(s.group())
	}
	body := s.factors()
	s.out.WriteString(s.refer(r) + "(" + s.inner(body) + ")")
}

// factors are what a big sign stands before: all up to the next term.
func (s *formulaScanner) factors() string {
	from, depth, operand, bar := s.i, 0, false, false
	for ; s.i < len(s.in); s.i++ {
		r := s.in[s.i]
		switch {
		case strings.ContainsRune("([{", r):
			depth++
		case strings.ContainsRune(")]}", r):
			depth--
		case r == '|' && bar:
			depth, bar = depth-1, false
		case r == '|':
			depth, bar = depth+1, true
		}
		if depth < 0 || depth == 0 && (strings.ContainsRune("+,=<>", r) || r == '−' && operand) {
			break
		}
		if !unicode.IsSpace(r) {
			operand = !strings.ContainsRune("·⊙/", r)
		}
	}
	return string(s.in[from:s.i])
}
