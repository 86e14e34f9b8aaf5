package lang

import (
	"math/big"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Numbers are exact, so an absurd one would cost memory and time long before it meant anything.
const (
	maxDigits   = 20000 // written out, without an exponent
	maxExponent = 10000
)

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// digits is how many digits text begins with.
func digits(text string) int {
	n := 0
	for n < len(text) && isDigit(text[n]) {
		n++
	}
	return n
}

// exponentLen is the length of the exponent (`e-3`) that text begins with, 0 if it begins with none.
func exponentLen(text string) int {
	if text == "" || text[0]|0x20 != 'e' {
		return 0
	}
	n := 1
	if len(text) > 1 && (text[1] == '-' || text[1] == '+') {
		n = 2
	}
	d := digits(text[n:])
	if d == 0 {
		return 0
	}
	return n + d
}

// number reads 3, 0.5 or 1e-3. A point must have a digit after it, so that `2.*x` is `2 .* x`.
func (s *scanner) number() {
	text := s.rest
	n := digits(text)
	if d := fraction(text[n:]); d > 0 {
		n += d
		if fraction(text[n:]) > 0 {
			n += fraction(text[n:])
			s.wrong(n, text[:n]+" is not a number", "write one decimal point")
			return
		}
	}
	mantissa := n
	n += exponentLen(text[n:])
	switch next, _ := utf8.DecodeRuneInString(text[n:]); {
	case next == '.' && !isDotSign(text[n:]):
		s.point(n)
	case next != utf8.RuneError && continuesName(next):
		s.digitName(n)
	case !absurd(text[mantissa:n]) && mantissa+zeros(text[mantissa:n]) > maxDigits:
		s.wrong(n, "a number of more than "+strconv.Itoa(maxDigits)+" digits", "write it with fewer")
	case absurd(text[mantissa:n]):
		s.wrong(n, "an exponent beyond "+strconv.Itoa(maxExponent), "write a number that can be computed with")
	default:
		s.emit(number, text[:n], n)
	}
}

// fraction is the length of a point with the digits after it.
func fraction(text string) int {
	if text == "" || text[0] != '.' || digits(text[1:]) == 0 {
		return 0
	}
	return 1 + digits(text[1:])
}

// isDotSign tells whether a point belongs to an operator.
func isDotSign(text string) bool {
	return len(text) > 1 && strings.ContainsRune("*/^+-'", rune(text[1]))
}

// point complains about a point after a number of n bytes, with no digit behind it.
func (s *scanner) point(n int) {
	num := s.rest[:n]
	help := "write " + num + " or " + num + ".0"
	if strings.ContainsAny(num, ".eE") {
		help = "write " + num
	}
	if len(s.rest) > n+1 {
		if next, _ := utf8.DecodeRuneInString(s.rest[n+1:]); startsName(next) {
			help = "write " + num + "*" + s.rest[n+1:n+1+nameLen(s.rest[n+1:])] + " for a product"
		}
	}
	s.wrong(n+1, num+". is not a number", help)
}

// digitName complains about letters after a number of n bytes.
func (s *scanner) digitName(n int) {
	num, tail := s.rest[:n], s.rest[n:]
	letters := nameLen(tail)
	help := "write " + num + "*" + tail[:letters] + " for a product"
	if first, _ := utf8.DecodeRuneInString(tail); !startsName(first) {
		help = "begin it with a letter"
	}
	if tail[:letters] == "e" || tail[:letters] == "E" {
		help = "an exponent is written 1e-3"
	}
	s.wrong(n+letters, "a name can't start with a digit", help)
}

// zeros is how many digits an exponent adds to a number that is written out.
func zeros(exponent string) int {
	if exponent == "" {
		return 0
	}
	e, _ := strconv.Atoi(exponent[1:])
	return max(e, -e)
}

// absurd tells whether an exponent as written is too far out.
func absurd(exponent string) bool {
	if exponent == "" {
		return false
	}
	e, err := strconv.Atoi(exponent[1:])
	return err != nil || e > maxExponent || e < -maxExponent
}

// exact is the value of a number that the scanner let pass.
func exact(text string) *big.Rat {
	val, ok := new(big.Rat).SetString(text)
	if !ok {
		return new(big.Rat)
	}
	return val
}
