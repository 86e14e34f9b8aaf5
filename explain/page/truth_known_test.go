package page_test

import "strings"

// knownLie is a fault that is known: in a case, with what its message says.
type knownLie struct{ in, says, is string }

// knownLies are what isn't right yet. One that is found no more fails the test, so that it is struck
// off the list.
var knownLies = []*knownLie{}

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
