package spell_test

import (
	"fmt"
	"testing"

	"unroll/internal/spell"
)

func ExampleNearest() {
	fmt.Println(spell.Nearest("sigmiod", []string{"softplus", "sigmoid", "tanh"}))
	// Output: sigmoid
}

func TestNearest(t *testing.T) {
	among := []string{"sigmoid", "softplus", "tanh", "h", "Wi", "relu", "weight"}
	for name, want := range map[string]string{
		"sigmiod": "sigmoid", "SIGMOID": "sigmoid", "wieght": "weight", "thna": "tanh", "htxa": "", "tahn": "tanh", "wi": "Wi", "rel": "relu",
		"x": "h", "": "", "quite_other": "", "sofplus": "softplus", "tanh": "",
	} {
		if got := spell.Nearest(name, among); got != want {
			t.Errorf("%s is near %q, want %q", name, got, want)
		}
	}
}

func TestNearestLetter(t *testing.T) {
	for name, want := range map[string]string{"q": "u", "Q": "W", "a": "h", "я": ""} {
		if got := spell.Nearest(name, []string{"y", "h", "u", "v", "w", "W", "yhat"}); got != want {
			t.Errorf("%s is near %q, want %q", name, got, want)
		}
	}
}
