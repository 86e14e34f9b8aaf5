package page_test

import "strings"

// libraryCases are the cells of the standard library, each used as its example uses it: with as few
// units as there can be, and some with two; those that forecast a series by itself with two series,
// of which each has weights of its own.
func libraryCases() []truthCase {
	var all []truthCase
	add := func(names, units string, input ...string) {
		for _, name := range strings.Fields(names) {
			c := truthCase{name: "library " + name, path: "examples/cells/" + name + ".cell", input: input, units: units}
			if units == "2" {
				c.name += " of two"
			}
			all = append(all, c)
		}
	}
	add("bidirectional clockwork coupled elman esn gru gru_after indrnn irnn jordan lru lstm lstmp mgu mingru minlstm peephole qrnn ran rhn slstm sru stacked ugrnn",
		"1", "x=[1],[2],[-1]", "y=1,0,2")
	add("bidirectional clockwork elman gru lstmp minlstm rhn slstm", "2", "x=[1],[2],[-1]", "y=1,0,2")
	add("ar damped garch holt hw_add hw_mul ses", "", "y=1,2,4,3; 2,2,1,1")
	return all
}
