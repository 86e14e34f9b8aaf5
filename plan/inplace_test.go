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
