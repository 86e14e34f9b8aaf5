package op_test

import (
	"math/big"
	"slices"
	"strings"
	"testing"

	"unroll/op"
)

func TestTable(t *testing.T) {
	if err := op.Standard().Check(); err != nil {
		t.Error(err)
	}
}

// Each fault that is planted in the table is found.
func TestCheckFindsFaults(t *testing.T) {
	plant := map[string]func(*op.Table){
		"stands twice":        func(t *op.Table) { t.Rows = append(t.Rows, t.Rows[0]) },
		"family squared stan": func(t *op.Table) { t.Families = append(t.Families, t.Families[0]) },
		"lacks its arguments": func(t *op.Table) { t.Family("normal").Forecast = "" },
		"doc or TeX":          func(t *op.Table) { t.Lookup("tanh", 1).TeX = "" },
		"more than one way":   func(t *op.Table) { t.Lookup("norm", 1).Float = func(x []float64) float64 { return x[0] } },
		"neither a value":     func(t *op.Table) { t.Lookup("silu", 1).Body = "" },
		"no float value":      func(t *op.Table) { t.Lookup("*", 2).Exact = func(x []*big.Rat) *big.Rat { return x[0] } },
		"by each argument":    func(t *op.Table) { t.Lookup("clip", 3).Deriv = []string{"g"} },
		"both a body and":     func(t *op.Table) { t.Lookup("silu", 1).Deriv = []string{"g"} },
		"an inverse for each": func(t *op.Table) { t.Lookup("+", 2).Inverse = []string{"y"} },
		"a calm body":         func(t *op.Table) { t.Lookup("tanh", 1).Calm = "a" },
		"lacks an example":    func(t *op.Table) { t.Lookup("tanh", 1).Examples = nil },
	}
	for want, f := range plant {
		table := op.Standard()
		f(table)
		if err := table.Check(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want %q, got %v", want, err)
		}
	}
}

// An edit of one table doesn't reach another.
func TestStandardIsFresh(t *testing.T) {
	op.Standard().Lookup("tanh", 1).Deriv[0] = "g"
	op.Standard().Lookup("slice", 5).Args[0] = "b"
	op.Standard().Lookup("==", 2).Deriv[0] = "g"
	table := op.Standard()
	if table.Lookup("tanh", 1).Deriv[0] == "g" || table.Lookup("slice", 5).Args[0] == "b" || table.Lookup("==", 2).Deriv[0] == "g" {
		t.Error("two tables share a row")
	}
}

func TestLookup(t *testing.T) {
	table := op.Standard()
	if r := table.Lookup("max", 1); r == nil || r.Form != op.Reduce {
		t.Error("max of one argument isn't a reduction")
	}
	if r := table.Lookup("max", 2); r == nil || r.Form != op.Entrywise {
		t.Error("max of two arguments isn't entry by entry")
	}
	if table.Lookup("max", 3) != nil || table.Family("gumbel") != nil || len(table.Named("max")) != 2 {
		t.Error("a row or a family too many")
	}
	names := table.Names()
	for name, want := range map[string]bool{"tanh": true, "fill": true, "+": false, "neg": false, "over": false, "gated": false, "kept": false, "polygamma": false} {
		if slices.Contains(names, name) != want {
			t.Errorf("Names has %s: %v", name, !want)
		}
	}
}

// What a cell's author may call, as the language's reference lists it.
func TestNames(t *testing.T) {
	names := op.Standard().Names()
	for name := range strings.FieldsSeq(`relu leaky_relu elu selu gelu silu softplus sigmoid tanh hard_sigmoid hard_tanh exp log sqrt
		abs sign sin cos erf min max clip lgamma where stop clip_gradient dropout zoneout noise dot sum mean norm softmax logsumexp
		layer_norm normalize outer concat embed onehot fill`) {
		if !slices.Contains(names, name) {
			t.Errorf("%s is missing", name)
		}
	}
	if len(names) != 42 {
		t.Errorf("%d names: %v", len(names), names)
	}
}
