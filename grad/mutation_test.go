package grad_test

import (
	"testing"

	"unroll/op"
)

// A checker that can't fail checks nothing: each rule of each row, off by a thousandth or left out,
// must turn the check of its row red.
func TestPlantedRules(t *testing.T) {
	t.Parallel()
	for i, r := range op.Standard().Rows {
		t.Run(key(&r), func(t *testing.T) {
			t.Parallel()
			for k, rule := range r.Deriv {
				if rule != "" {
					plant(t, i, k, rule)
				}
			}
		})
	}
}

// plant makes a rule wrong, of a row and an argument by their numbers.
func plant(t *testing.T, row, arg int, rule string) {
	for _, wrong := range []string{"1.001 * (" + rule + ")", "(" + rule + ") .* 1.001", ""} {
		table := op.Standard()
		table.Rows[row].Deriv[arg] = wrong
		if checkRow(table, &table.Rows[row]) == nil {
			t.Errorf("by %s: %q passes", table.Rows[row].Args[arg], wrong)
		}
	}
}

// A rule where there should be none is noticed too.
func TestPlantedRuleOfNone(t *testing.T) {
	for i, r := range op.Standard().Rows {
		if !r.Valued() || r.Form != op.Entrywise {
			continue
		}
		for k, rule := range r.Deriv {
			if spans := domains[key(&r)]; rule != "" || spans[min(k, len(spans)-1)].fixed {
				continue
			}
			table := op.Standard()
			table.Rows[i].Deriv[k] = "g / 1000"
			if checkRow(table, &table.Rows[i]) == nil {
				t.Errorf("%s by %s: a rule passes where there is none", key(&r), r.Args[k])
			}
		}
	}
}
