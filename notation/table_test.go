package notation

import (
	"reflect"
	"testing"

	"unroll/op"
)

// All TeX of the table is read, and is the same formula when it was written again.
func TestTable(t *testing.T) {
	table := op.Standard()
	var all []string
	for _, r := range table.Rows {
		all = append(all, r.TeX)
	}
	for _, f := range table.Families {
		all = append(all, f.TeX)
	}
	for _, tex := range all {
		m, err := Parse(tex)
		if err != nil {
			t.Error(err)
			continue
		}
		again, err := Parse(TeX(m))
		if err != nil || !reflect.DeepEqual(m, again) {
			t.Errorf("%s is written %s, and that is read as %#v, not %#v: %v", tex, TeX(m), again, m, err)
		}
	}
}
