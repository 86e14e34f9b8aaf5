package train

import (
	"math"
	"testing"

	"unroll/internal/near"
)

func TestSchedulesAsTorch(t *testing.T) {
	g := readGolden(t)
	for _, c := range []struct {
		name  string
		d     Descent
		epoch int // steps of an epoch
	}{
		{"constant", Descent{Rate: 0.1}, 1},
		{"step", Descent{Rate: 0.1, Schedule: "step", Wait: 2, Factor: 0.5}, 3},
		{"cosine", Descent{Rate: 0.1, Schedule: "cosine", Final: 0.1}, 1},
		{"one-cycle", Descent{Rate: 0.1, Schedule: "one-cycle"}, 1},
		{"one-cycle warm-up", Descent{Rate: 0.1, Schedule: "one-cycle", Warmup: 4}, 1},
		{"plateau", Descent{Rate: 0.1, Schedule: "plateau", Wait: 2, Factor: 0.5}, 3},
	} {
		want := g.Schedules[c.name]
		s := newSchedule(c.d)
		for i := range want {
			got := s.rate(i, len(want), i/c.epoch)
			if !near.Equal(got, want[i], 1e-12) {
				t.Errorf("%s: the rate of step %d is %v, want %v", c.name, i, got, want[i])
			}
			if (i+1)%c.epoch == 0 && c.name == "plateau" {
				s.validated(g.Losses[i/c.epoch])
			}
		}
	}
}

func TestWarmUp(t *testing.T) {
	s := newSchedule(Descent{Rate: 1, Schedule: "cosine", Warmup: 4})
	for i, want := range []float64{0.25, 0.5, 0.75, 1, 1, (1 + math.Sqrt(0.5)) / 2, 0.5} {
		if got := s.rate(i, 8, 0); !near.Equal(got, want, 1e-12) {
			t.Errorf("the rate of step %d is %v, want %v", i, got, want)
		}
	}
}

// However few steps there are, a rate is a number between 0 and the highest.
func TestFewSteps(t *testing.T) {
	for _, name := range Schedules {
		for steps := 1; steps < 6; steps++ {
			for warm := range 7 {
				s := newSchedule(Descent{Rate: 1, Schedule: name, Warmup: warm})
				for i := range steps + 1 {
					if r := s.rate(i, steps, i); !(r >= 0 && r <= 1) {
						t.Errorf("%s, %d steps, %d of them warm-up: the rate of step %d is %v", name, steps, warm, i, r)
					}
				}
			}
		}
	}
}

// A plateau goes on from a checkpoint; a loss that isn't a number is no better.
func TestPlateauGoesOn(t *testing.T) {
	d := Descent{Rate: 1, Schedule: "plateau", Wait: 1}
	s := newSchedule(d)
	s.validated(3)
	s.validated(math.NaN())
	again := newSchedule(d)
	if err := again.restore(s.slots()); err != nil {
		t.Fatal(err)
	}
	again.validated(3)
	if got := again.rate(0, 1, 0); !near.Equal(got, 0.1, 1e-15) {
		t.Errorf("the rate is %v", got)
	}
	if got := s.rate(0, 1, 0); got != 1 {
		t.Errorf("the rate before is %v", got)
	}
}
