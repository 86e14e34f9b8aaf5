package train

import "math"

// Schedules are the ways in which the rate changes over training:
//
//	constant   it doesn't
//	step       it falls by Factor after each Wait epochs
//	cosine     from Rate to Final·Rate, along half a cosine over all steps
//	one-cycle  along a cosine from Rate/25 up to Rate, and from there down to Rate/250,000 (Smith & Topin, 2018)
//	plateau    it falls by Factor when the validation loss hasn't become better for Wait epochs
var Schedules = []string{"constant", "step", "cosine", "one-cycle", "plateau"}

// schedule gives the rate of each step.
type schedule struct {
	d    Descent   // filled
	slot []float64 // of plateau: what the rate has fallen to, the best loss, epochs since then
}

func newSchedule(d Descent) *schedule {
	return &schedule{d: d.filled(), slot: []float64{1, math.Inf(1), 0}}
}

// rate is that of a step, the first being 0, of so many in all, in an epoch, the first being 0.
func (s *schedule) rate(step, steps, epoch int) float64 {
	if s.d.Schedule == "one-cycle" {
		return s.oneCycle(step, steps)
	}
	warm := s.d.Warmup
	if step < warm {
		return s.d.Rate * float64(step+1) / float64(warm)
	}
	switch s.d.Schedule {
	case "step":
		return s.d.Rate * math.Pow(s.d.Factor, float64(epoch/s.d.Wait))
	case "cosine":
		return between(s.d.Rate, s.d.Final*s.d.Rate, float64(step-warm)/float64(max(1, steps-warm)))
	case "plateau":
		return s.d.Rate * s.slot[0]
	}
	return s.d.Rate
}

// oneCycle counts its two parts as torch does: the top is reached at the last step of the first.
func (s *schedule) oneCycle(step, steps int) float64 {
	const below, further = 25, 1e4
	rise := 0.3 * float64(steps)
	if s.d.Warmup > 0 {
		rise = float64(s.d.Warmup)
	}
	rise = max(1, min(rise, float64(steps)-1)) - 1
	at, last := float64(step), float64(steps-1)
	if at <= rise && rise > 0 {
		return between(s.d.Rate/below, s.d.Rate, at/rise)
	}
	return between(s.d.Rate, s.d.Rate/below/further, min(1, (at-rise)/max(1, last-rise)))
}

// between goes from a to b along half a cosine, as share goes from 0 to 1.
func between(a, b, share float64) float64 {
	return b + (a-b)*(1+math.Cos(math.Pi*share))/2
}

// validated tells a plateau the validation loss of an epoch. A loss is better if it is so by a part in
// 10,000, as in torch; NaN never is.
func (s *schedule) validated(loss float64) {
	if loss < s.slot[1]-1e-4*math.Abs(s.slot[1]) || math.IsInf(s.slot[1], 1) && loss < s.slot[1] {
		s.slot[1], s.slot[2] = loss, 0
		return
	}
	if s.slot[2]++; s.slot[2] > float64(s.d.Wait) {
		s.slot[0] *= s.d.Factor
		s.slot[2] = 0
	}
}

// slots are what a checkpoint keeps of the schedule.
func (s *schedule) slots() map[string][]float64 { return map[string][]float64{"plateau": s.slot} }

// restore takes what slots gave.
func (s *schedule) restore(from map[string][]float64) error {
	return restore("the schedule", s.slots(), from)
}
