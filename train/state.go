package train

import (
	"fmt"
	"math"
	"slices"
)

// State is where training stands, as plain data: what a file keeps so that it can go on as if it had never
// stopped. Vectors are as long as all weights that move, or as what their names say.
type State struct {
	Step    int // steps done
	Epoch   int // epochs done
	At      int // steps done of the epoch under way
	Vectors map[string][]float64
}

// state is a copy of where the trainer stands.
func (f *fitting) state() State {
	s := State{Step: f.step, Epoch: f.epoch, At: f.at, Vectors: map[string][]float64{}}
	for name, values := range f.vectors() {
		s.Vectors[name] = slices.Clone(values)
	}
	for _, e := range f.epochs {
		best := 0.0
		if e.Best {
			best = 1
		}
		s.Vectors["epochs"] = append(s.Vectors["epochs"], float64(e.Steps), e.Loss, e.Valid, e.Rate, e.Norm, best)
	}
	return s
}

// vectors are the numbers that change while it trains: the trainer's own memory.
func (f *fitting) vectors() map[string][]float64 {
	out := map[string][]float64{"raw": f.vec.raw, "best": f.best, "tally": f.tally[:], "watch": f.watch[:], "carried": f.store.data}
	add := func(of string, slots map[string][]float64) {
		for name, values := range slots {
			out[of+" "+name] = values
		}
	}
	add("optimiser", f.optimiser.slots())
	add("schedule", f.schedule.slots())
	if f.averager != nil {
		add("average", f.averager.slots())
	}
	return out
}

// resume goes on from a state. The error says what of it doesn't fit.
func (f *fitting) resume(s State) error {
	if err := s.Check(); err != nil {
		return err
	}
	if err := restore("the training", f.vectors(), s.Vectors); err != nil {
		return err
	}
	const per = 6
	log := s.Vectors["epochs"]
	if len(log) != per*s.Epoch {
		return fmt.Errorf("the checkpoint has %d numbers of %d epochs, not %d", len(log), s.Epoch, per*s.Epoch)
	}
	f.epochs = nil
	for i := range s.Epoch {
		at := log[i*per:]
		f.epochs = append(f.epochs, Epoch{N: i + 1, Steps: int(at[0]), Loss: at[1], Valid: at[2], Rate: at[3], Norm: at[4], Best: at[5] != 0})
	}
	f.step, f.epoch, f.at = s.Step, s.Epoch, s.At
	f.vec.set(f.vec.raw)
	f.losePatience()
	return nil
}

// Check finds what can't be a state.
func (s State) Check() error {
	if s.Step < 0 || s.Epoch < 0 || s.At < 0 {
		return fmt.Errorf("a checkpoint after %d steps, %d epochs and %d steps of the next", s.Step, s.Epoch, s.At)
	}
	for name, values := range s.Vectors {
		if name == "raw" && slices.ContainsFunc(values, math.IsNaN) {
			return fmt.Errorf("the checkpoint has weights that aren't numbers")
		}
	}
	return nil
}
