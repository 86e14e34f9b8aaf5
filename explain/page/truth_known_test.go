package page_test

import "strings"

// knownLie is a fault that is known: in a case, with what its message says.
type knownLie struct{ in, says, is string }

// knownLies are what isn't right yet. One that is found no more fails the test, so that it is struck
// off the list.
var knownLies = []*knownLie{
	{"observed, grad", `the difference "≈ 2.5·10⁻⁷"`, "a small fraction that a power of ten shows exactly"},
	{"momentum", `the difference "≈ 6.4·10⁻⁶"`, "likewise"},
	{"per series", `the difference "≈ −6·10⁻⁶"`, "likewise"},
	{"two lags", `the difference "≈ 3·10⁻⁶"`, "likewise"},
	{"two scores", `the difference "≈ 1.5·10⁻⁶"`, "likewise"},
	{"average", `the difference "≈ 1.5·10⁻⁶"`, "likewise"},
	{"average", "free grad: L", "a weight that starts at the average of what is observed starts elsewhere in another reading"},
	{"average", "observed:1 grad: L", "likewise"},
	{"average", "free stop: ", "likewise"},
	{"average", "observed:1 stop: ", "likewise"},
	{"average", "grad: ∂L/∂", "likewise"},
	{"holt", `"2221/512 + 1301/512·1/2"`, "the factors of β·∑ are in another order"},
	{"per series", "∂L/∂l^{(0)} = ∑_series ∑_t ∂L_t", "of a weight for each series the sum over the series, beside ∂L/∂l₀ = δl_1 − α·δl_1, which is of one"},
	{"per series", "∂L/∂α = ∑_series ∑_t ∂L_t/∂α", "likewise"},
	{"normal", `+ log(sd_1) + 0.9189"`, "a constant of the formula is rounded behind ="},
	{"laplace", `+ log(s) + 0.6931"`, "likewise"},
	{"normal", `+ log(sd_2) + 0.9189"`, "likewise"},
	{"normal", `+ log(sd_3) + 0.9189"`, "likewise"},
	{"two lags", "h_t at t = 0 of series 1: there is a value", "a start that only the second step reads"},
	{"window of a state", "∑_j (a·δh_", "what comes back through a window: of which times isn't said"},
	{"loss term", "≈ 0 + 0 + 0.1596 + 0", "the terms of a loss statement aren't among the numbers"},
	{"loss term", "≈ −0.846 + 0 − 5.769 + 0", "likewise"},
}

// known tells whether a fault is known, and notes that it was found.
func known(name, fault string, found map[*knownLie]bool) bool {
	for _, k := range knownLies {
		if k.in == name && strings.Contains(fault, k.says) {
			found[k] = true
			return true
		}
	}
	return false
}
