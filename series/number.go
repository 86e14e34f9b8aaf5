package series

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"
)

const (
	maxDigits   = 1000  // of a number's digits
	maxExponent = 10000 // of |e| in 1e-3: 1e999999 would take all memory
)

// ParseNumber reads an exact number: 3, -1/3, 0.25, .5, 1e-3; − is read as minus. Empty, NaN and
// NA, in any case, are a missing number: nil without an error. Numbers of more than 1000 digits or
// with an exponent beyond ±10000, infinities and division by 0 are refused. The error quotes what
// was found and says what was expected.
func ParseNumber(s string) (*big.Rat, error) {
	text := strings.ReplaceAll(strings.TrimSpace(s), "−", "-")
	switch strings.ToLower(text) {
	case "", "nan", "na":
		return nil, nil
	}
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		return new(big.Rat).SetInt64(n), nil
	}
	above, below, quotient := strings.Cut(text, "/")
	num, err := parseDecimal(above)
	if err != nil || !quotient {
		return num, wrapNumber(s, err)
	}
	if strings.HasPrefix(below, "-") || strings.HasPrefix(below, "+") {
		return nil, wrapNumber(s, errNoNumber)
	}
	den, err := parseDecimal(below)
	switch {
	case err != nil:
		return nil, wrapNumber(s, err)
	case den.Sign() == 0:
		return nil, wrapNumber(s, fmt.Errorf("divides by 0"))
	}
	return num.Quo(num, den), nil
}

var errNoNumber = fmt.Errorf("is not a number such as 3, -1/3, 0.25 or 1e-3")

func wrapNumber(s string, err error) error {
	if err == nil {
		return nil
	}
	if len(s) > 40 {
		s = strings.ToValidUTF8(s[:40], "") + "…"
	}
	return fmt.Errorf("%q %w", s, err)
}

// parseDecimal reads [+-]digits[.digits][e[+-]digits], with a digit before or after the point.
func parseDecimal(s string) (*big.Rat, error) {
	mantissa, exponent, scaled := cutExponent(s)
	whole, part, _ := strings.Cut(strings.TrimLeft(mantissa, "+-"), ".")
	signs := len(mantissa) - len(strings.TrimLeft(mantissa, "+-"))
	if signs > 1 || whole+part == "" || !allDigits(whole+part) {
		return nil, errNoNumber
	}
	if len(whole+part) > maxDigits {
		return nil, fmt.Errorf("has more than %d digits", maxDigits)
	}
	if scaled {
		if err := checkExponent(exponent); err != nil {
			return nil, err
		}
	}
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		return nil, errNoNumber
	}
	return r, nil
}

func cutExponent(s string) (mantissa, exponent string, found bool) {
	if i := strings.IndexAny(s, "eE"); i >= 0 {
		return s[:i], s[i+1:], true
	}
	return s, "", false
}

func checkExponent(s string) error {
	digits := strings.TrimLeft(s, "+-")
	if len(s)-len(digits) > 1 || digits == "" || !allDigits(digits) {
		return errNoNumber
	}
	if e, err := strconv.Atoi(digits); err != nil || e > maxExponent {
		return fmt.Errorf("has an exponent beyond ±%d", maxExponent)
	}
	return nil
}

func allDigits(s string) bool {
	return strings.Trim(s, "0123456789") == ""
}
