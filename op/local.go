package op

import "strings"

// Local is the derivative of a row that runs entry by entry by its only argument, as a formula of
// y, the value, and of the argument by its name: what the rule multiplies g by. It is "" for other
// rows, and where no derivative passes.
func (r *Row) Local() string {
	if r.Form != Entrywise || len(r.Args) != 1 || len(r.Deriv) != 1 {
		return ""
	}
	return factor(r.Deriv[0])
}

// factor is what a rule multiplies g by, "" if the rule isn't written as g times something.
func factor(rule string) string {
	rest, negative := strings.CutPrefix(rule, "-")
	x := ""
	if rest == "g" {
		x = "1"
	} else if f, ok := strings.CutPrefix(rest, "g .* "); ok && closed(f) {
		x = f
	} else if f, ok := within(rest, "gated(g, "); ok {
		x = "(" + f + ")"
	} else if f, ok := within(rest, "over(g, "); ok {
		x = "1/" + bracketed(f)
	}
	if negative && x != "" {
		return "-" + x
	}
	if closed(x) && strings.HasPrefix(x, "(") {
		return x[1 : len(x)-1]
	}
	return x
}

// within is what stands in a call after its first argument, if the formula is that call.
func within(formula, call string) (string, bool) {
	x, ok := strings.CutPrefix(formula, call)
	return strings.TrimSuffix(x, ")"), ok && closed(formula)
}

// bracketed puts brackets around what isn't closed.
func bracketed(x string) string {
	if closed(x) {
		return x
	}
	return "(" + x + ")"
}

// closed tells whether a formula is one name, number, call or bracket: nothing outside of it can
// bind more tightly than what is inside.
func closed(x string) bool {
	depth := 0
	for i, c := range x {
		switch {
		case c == '(':
			depth++
		case c == ')':
			depth--
		case depth == 0 && strings.ContainsRune(" +-*/^'", c):
			return false
		}
		if c == ')' && depth == 0 && i < len(x)-1 {
			return false
		}
	}
	return x != ""
}
