package data

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"math/big"
	"strconv"

	"unroll/series"
)

// number is a value: as float64, NaN if it is missing; and exactly where that is asked for.
type number struct {
	float float64
	exact *big.Rat
}

var absent = number{float: math.NaN()}

// exactly is a fraction as a number; nil is missing.
func exactly(v *big.Rat) number {
	if v == nil {
		return absent
	}
	f, _ := v.Float64()
	return number{f, v}
}

// whole says whether a number is one without a fraction.
func (n number) whole() bool {
	if n.exact != nil {
		return n.exact.IsInt()
	}
	return n.float == math.Trunc(n.float)
}

var errTooLarge = errors.New("is beyond ±1.8e308, the most that a number of a computer holds")

// parser reads the numbers of a file. Where cells aren't separated by a comma, it takes decimal commas.
type parser struct {
	exact  bool // numbers are wanted as fractions too
	commas bool // a comma may be a decimal one
	comma  bool // one was
	point  bool // a decimal point was read
	count  int  // how many fractions were read
}

// maxExact is how many fractions are read: each takes a hundred bytes or more.
const maxExact = 1 << 20

var errTooMany = fmt.Errorf("the file has more than %d numbers, too many to be kept as fractions", maxExact)

var errMixed = errors.New("has a decimal point where other numbers of the file have a comma, or the other way round")

// number reads a cell; a missing one is no error. All that series.ParseNumber reads is read.
func (p *parser) number(text []byte) (number, error) {
	if p.commas && !p.exact && bytes.IndexByte(text, ',') < 0 || !p.commas && !p.exact {
		if f, point, ok := parsePlain(text); ok {
			p.point = p.point || point
			if point && p.comma {
				return absent, quoted(text, errMixed)
			}
			return number{float: f}, nil
		}
	}
	if p.commas {
		var err error
		if text, err = p.decimal(text); err != nil {
			return absent, err
		}
	}
	return p.parse(string(text))
}

// parse reads a number in any of its forms.
func (p *parser) parse(text string) (number, error) {
	if !p.exact && plainChars(text) {
		f, err := strconv.ParseFloat(text, 64)
		if err == nil {
			return number{float: f}, nil
		}
		if errors.Is(err, strconv.ErrRange) {
			return absent, quoted([]byte(text), errTooLarge)
		}
	}
	if p.exact {
		if p.count++; p.count > maxExact {
			return absent, errTooMany
		}
	}
	v, err := series.ParseNumber(text)
	n := exactly(v)
	switch {
	case err != nil:
		return absent, err
	case math.IsInf(n.float, 0):
		return absent, quoted([]byte(text), errTooLarge)
	case !p.exact:
		n.exact = nil
	}
	return n, nil
}

// decimal is text with a point for its comma. A file has one of the two.
func (p *parser) decimal(text []byte) ([]byte, error) {
	commas, point := bytes.Count(text, []byte{','}), bytes.IndexByte(text, '.') >= 0
	p.comma, p.point = p.comma || commas == 1, p.point || point
	if p.comma && p.point && (commas > 0 || point) {
		return nil, quoted(text, errMixed)
	}
	if commas != 1 {
		return text, nil
	}
	return bytes.Replace(text, []byte{','}, []byte{'.'}, 1), nil
}

func quoted(text []byte, err error) error {
	return errors.New(quote(string(text)) + " " + err.Error())
}

// plainChars says whether text has only the characters of decimal numbers: what strconv reads besides,
// as 0x1p-2 and inf, is no number here.
func plainChars(text string) bool {
	for i := range len(text) {
		switch c := text[i]; {
		case '0' <= c && c <= '9', c == '.', c == '-', c == '+', c == 'e', c == 'E':
		default:
			return false
		}
	}
	return true
}

// tens are the powers of ten that a float64 holds exactly.
var tens = [...]float64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22}

// parsePlain reads [-]digits[.digits] of at most 15 digits. These are exact as a whole number, and so is
// the power of ten, so that their quotient is the nearest float64. It also says whether there is a point.
func parsePlain(text []byte) (f float64, point, ok bool) {
	negative := len(text) > 0 && text[0] == '-'
	if negative {
		text = text[1:]
	}
	mantissa, digits, behind := uint64(0), 0, 0
	for _, c := range text {
		switch {
		case '0' <= c && c <= '9':
			mantissa, digits = mantissa*10+uint64(c-'0'), digits+1
			if point {
				behind++
			}
		case c == '.' && !point:
			point = true
		default:
			return 0, false, false
		}
	}
	if digits == 0 || digits > 15 {
		return 0, false, false
	}
	f = float64(mantissa) / tens[behind]
	if negative {
		f = -f
	}
	return f, point, true
}

// missing says whether there is no number.
func (n number) missing() bool { return math.IsNaN(n.float) }

// equal compares two numbers that are there.
func (n number) equal(m number) bool {
	if n.exact != nil && m.exact != nil {
		return n.exact.Cmp(m.exact) == 0
	}
	return n.float == m.float
}
