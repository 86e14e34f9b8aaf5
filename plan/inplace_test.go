package plan_test

import (
	"testing"

	"unroll/plan"
)

// arrays is how many arrays of the state's size a training step keeps for each further time.
func arrays(t *testing.T, cell string, o plan.Options) float64 {
	z := size{16, 100, 1, 64}
	short := step(t, cell, z, o).Bytes()
	z.t *= 2
	return float64(step(t, cell, z, o).Bytes()-short) / float64(4*z.b*z.t/2*z.h)
}

// TestLend: adjoints lie where the gates were, so an LSTM keeps its four gates, c, tanh(c) and h.
func TestLend(t *testing.T) {
	for cell, most := range map[string]float64{"lstm": 7.2, "gru": 7.2, "elman": 2.2} {
		with, without := arrays(t, cell, plan.Options{}), arrays(t, cell, plan.Options{Without: []string{"lend"}})
		t.Logf("%s: %.2f arrays, and %.2f without lending", cell, with, without)
		if with > most || with >= without {
			t.Errorf("%s: %.2f arrays of the state's size, want %v; %.2f without lending", cell, with, most, without)
		}
	}
}

// TestAgain: tanh(c) is computed again by the backward pass where memory matters, and 1 - z always.
func TestAgain(t *testing.T) {
	if a := arrays(t, "lstm", plan.Options{Memory: true}); a > 6.2 {
		t.Errorf("an LSTM keeps %.2f arrays of the state's size, want c, h and the gates", a)
	}
	without := plan.Options{Without: []string{"again", "lend"}}
	if a, all := arrays(t, "gru", plan.Options{Without: []string{"lend"}}), arrays(t, "gru", without); a > all-0.9 {
		t.Errorf("a GRU keeps %.2f arrays of the state's size, want one less than %.2f", a, all)
	}
}
