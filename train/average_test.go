package train

import (
	"slices"
	"testing"

	"unroll/internal/near"
)

func TestEMA(t *testing.T) {
	a := newAverager(Descent{EMA: 0.5}, 1)
	if got := a.weights([]float64{7})[0]; got != 7 {
		t.Errorf("before the first step the average is %v", got)
	}
	// Kept of the average: nothing, 2/11, 3/12, 4/13 …, 0.5.
	want := 0.0
	for i, x := range []float64{1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024} {
		keep := min(0.5, float64(1+i)/float64(10+i))
		if i == 0 {
			keep = 0
		}
		want = keep*want + (1-keep)*x
		a.step([]float64{x})
		if got := a.weights([]float64{x})[0]; !near.Equal(got, want, 1e-14) {
			t.Errorf("after step %d the average is %v, want %v", i+1, got, want)
		}
	}
}

func TestAverageOfLastEpochs(t *testing.T) {
	a := newAverager(Descent{AverageLast: 3}, 2)
	for i, want := range []float64{1, 1.5, 7. / 3, 14. / 3, 28. / 3} {
		raw := []float64{float64(int(1) << i), 0}
		a.step(raw)
		a.epoch(raw)
		if got := a.weights(raw)[0]; !near.Equal(got, want, 1e-15) {
			t.Errorf("after epoch %d the average is %v, want %v", i+1, got, want)
		}
	}
	if newAverager(Descent{}, 2) != nil {
		t.Error("averages that nobody asked for")
	}
}

func TestAveragesGoOn(t *testing.T) {
	for _, d := range []Descent{{EMA: 0.9}, {AverageLast: 2}} {
		a, b := newAverager(d, 1), newAverager(d, 1)
		for i := range 9 {
			raw := []float64{float64(i * i)}
			if i == 5 {
				if err := b.restore(a.slots()); err != nil {
					t.Fatal(err)
				}
			}
			a.step(raw)
			a.epoch(raw)
			if i >= 5 {
				b.step(raw)
				b.epoch(raw)
			}
		}
		if !slices.Equal(a.weights([]float64{0}), b.weights([]float64{0})) {
			t.Errorf("%+v: %v, restored %v", d, a.weights([]float64{0}), b.weights([]float64{0}))
		}
	}
	match(t, newAverager(Descent{EMA: 0.9}, 1).restore(nil), "lacks count of the averages")
}
