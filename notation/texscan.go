package notation

import (
	"strings"
	"unicode/utf8"
)

// texScanner cuts TeX into tokens: commands, numbers, holes, and single characters.
type texScanner struct{ rest string }

// peek is the next token, "" at the end.
func (s *texScanner) peek() string {
	s.rest = strings.TrimLeft(s.rest, " \n\t")
	if s.rest == "" {
		return ""
	}
	return s.rest[:tokenLen(s.rest)]
}

// next takes the next token.
func (s *texScanner) next() string {
	token := s.peek()
	s.rest = s.rest[len(token):]
	return token
}

// digit takes one digit of a number: x^23 is x² beside 3.
func (s *texScanner) digit() string {
	token := s.peek()[:1]
	s.rest = s.rest[1:]
	return token
}

// tokenLen is the length of the token that text begins with.
func tokenLen(text string) int {
	n := 1
	switch first, size := utf8.DecodeRuneInString(text); {
	case first == '\\':
		for n < len(text) && isLatin(rune(text[n])) {
			n++
		}
		if n == 1 && len(text) > 1 {
			_, after := utf8.DecodeRuneInString(text[1:])
			n += after
		}
	case first == '#':
		n += digits(text[1:])
	case isDigits(text[:1]):
		n = digits(text)
		if rest := text[n:]; len(rest) > 1 && rest[0] == '.' {
			if d := digits(rest[1:]); d > 0 {
				n += 1 + d
			}
		}
	default:
		n = size
	}
	return n
}

// digits is how many digits text begins with.
func digits(text string) int {
	return len(text) - len(strings.TrimLeft(text, "0123456789"))
}

// isNumber tells a token that is a number.
func isNumber(token string) bool { return isDigits(strings.Replace(token, ".", "", 1)) }
