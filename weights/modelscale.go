package weights

import "unroll/series"

// storedScaling is a series.Scaling as a file has it.
type storedScaling struct {
	Kind   string    `json:"kind"`
	Shift  []float64 `json:"shift"`
	Factor []float64 `json:"factor"`
}

func toStored(s series.Scaling) storedScaling   { return storedScaling(s) }
func fromStored(s storedScaling) series.Scaling { return series.Scaling(s) }

// converted is scales, by series and input, in another form.
func converted[A, B any](scales map[string]map[string]A, to func(A) B) map[string]map[string]B {
	if scales == nil {
		return nil
	}
	out := make(map[string]map[string]B, len(scales))
	for id, inputs := range scales {
		out[id] = make(map[string]B, len(inputs))
		for input, s := range inputs {
			out[id][input] = to(s)
		}
	}
	return out
}
