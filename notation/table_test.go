package notation

import (
	"reflect"
	"testing"

	"unroll/op"
)

// All TeX of the table is read, and read again after it was written.
func TestTable(t *testing.T) {
	table := op.Standard()
	all := map[string]string{}
	for _, r := range table.Rows {
		all[r.Name] = r.TeX
	}
	for _, f := range table.Families {
		all[f.Name] = f.TeX
	}
	for name, tex := range all {
		m, err := Parse(tex)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		again, err := Parse(TeX(m))
		if err != nil || !reflect.DeepEqual(m, again) {
			t.Errorf("%s: %s is written %s, and that is read as %#v (%v), not %#v", name, tex, TeX(m), again, err, m)
		}
		t.Logf("%-15s %-40s %-50s %s", name, Text(m), TeX(m), tex)
	}
}
