package page_test

import "strings"

// knownLie is a fault that is known: in a case, with what its message says.
type knownLie struct{ in, says, is string }

// knownLies are what isn't right yet. One that is found no more fails the test, so that it is struck
// off the list.
var knownLies = []*knownLie{
	{"library hw_add", "e_{(t − 4) mod 4}", "a unit vector by the letter that an equation has"},
	{"library hw_add", "s_t = e_{t mod 4}", "likewise"},
	{"library hw_mul", "s_t = e_{t mod 4}", "likewise"},
	{"library hw_mul", "e_{(t − 4) mod 4}", "likewise"},
	{"library clockwork of two", "1·groupᵀ", "a column of ones written as the number 1"},
	{"library bidirectional of two", "^{(f)}, 0]", "an array of zeros among others written as the number 0"},
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
