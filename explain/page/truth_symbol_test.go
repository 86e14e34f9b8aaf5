package page_test

import (
	"strconv"
	"strings"
	"unicode"
)

// word reads a function that is called, or a name with what stands below it.
func (s *formulaScanner) word() {
	rest := string(s.in[s.i:])
	if word, _, called := strings.Cut(rest, "("); called {
		if row, ok := s.words.functions[word]; ok {
			s.i += len([]rune(word))
			s.out.WriteString(row)
			return
		}
		if row, ok := s.words.functions[strings.TrimSuffix(word, "′")]; ok {
			s.i += len([]rune(word))
			s.out.WriteString(s.refer(&ref{kind: aPrime, name: row}))
			return
		}
		if word == "observed" {
			s.i += len("observed(")
			r := s.symbol()
			r.kind = isPresent
			s.out.WriteString(s.refer(r))
			s.i++ // the bracket
			return
		}
	}
	if strings.HasPrefix(rest, "mod ") {
		s.i += len("mod ")
		s.out.WriteString(" mod ")
		return
	}
	s.out.WriteString(" " + s.refer(s.symbol()) + " ")
}

// symbol reads a name with what stands below and above it.
func (s *formulaScanner) symbol() *ref {
	x := s.pieces()
	r := &ref{}
	var at []string
	r.name, at = s.words.key(&x)
	if len(x.above) > 0 {
		r.series = x.above[0]
	}
	for _, index := range at {
		for _, one := range strings.Split(index, ",") {
			r.at = append(r.at, s.span(one))
		}
	}
	return r
}

// pieces are the letters of a symbol, what stands below them, and what stands above in brackets.
type pieces struct {
	base         string
	below, above []string
}

func (s *formulaScanner) pieces() pieces {
	bracketed := s.skip("(") // (l^{(0)})^{(2)}
	x := pieces{base: s.while(inName)}
	if x.base == "" {
		s.fail("no name at %q", string(s.in[s.i:]))
	}
	x.base += s.while(func(r rune) bool { return r == '′' })
	for {
		switch {
		case s.skip("_"):
			x.below = append(x.below, s.group())
		case strings.HasPrefix(string(s.in[s.i:]), "^{("):
			s.i++
			text := strings.TrimSuffix(strings.TrimPrefix(s.group(), "("), ")")
			x.above = append(x.above, strings.Split(text, "),(")...)
		case bracketed && s.skip(")"):
			bracketed = false
		default:
			return x
		}
	}
}

// skip goes on behind what stands next, if it does.
func (s *formulaScanner) skip(next string) bool {
	if !strings.HasPrefix(string(s.in[s.i:]), next) {
		return false
	}
	s.i += len([]rune(next))
	return true
}

// span reads an index.
func (s *formulaScanner) span(text string) span {
	lo, hi, slice := strings.Cut(text, ":")
	out := span{lo: s.point(lo), slice: slice}
	if slice {
		out.hi = s.point(hi)
	}
	return out
}

func (s *formulaScanner) point(text string) point {
	text = strings.ReplaceAll(text, "−", "-")
	digits := strings.TrimLeftFunc(text, unicode.IsLetter)
	p := point{letter: text[:len(text)-len(digits)]}
	if digits == "" {
		return p
	}
	k, err := strconv.Atoi(digits)
	if err != nil {
		s.fail("what is the index %q?", text)
	}
	p.k = k
	return p
}
