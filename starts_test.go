package unroll_test

import (
	"strings"
	"testing"

	"unroll"
	"unroll/series"
	"unroll/weights"
)

// TestStartsAgree holds the random starts that the language knows against those that are drawn: the
// same names, with the same numbers of arguments.
func TestStartsAgree(t *testing.T) {
	numbers := []string{"1", "2", "3"}
	bind := func(start string) error {
		cell, err := unroll.Parse("start.cell", "weight W[2, 2] ~ "+start+"\nloss sum(sum(W))\n")
		if err != nil {
			return err
		}
		_, err = cell.Bind(series.Set{}, unroll.Options{Assume: true, Steps: 1})
		return err
	}
	call := func(name string, args int) string {
		if args == 0 {
			return name
		}
		return name + "(" + strings.Join(numbers[:args], ", ") + ")"
	}
	for _, k := range weights.Kinds {
		if k.Name != "spectral" { // its second number is a share, at most 1
			if err := bind(call(k.Name, len(k.Args))); err != nil {
				t.Errorf("%s is drawn, and the language refuses it: %v", k.Name, err)
			}
		}
		if err := bind(call(k.Name, len(k.Args)+1)); err == nil {
			t.Errorf("%s takes an argument too many", k.Name)
		}
	}
	if err := bind("spectral(1, 1)"); err != nil {
		t.Error(err)
	}
}
