package forecast

import (
	"fmt"
	"math"
	"slices"
)

// Band is an interval that holds what comes with a probability of Level percent, for each entry of a path.
type Band struct {
	Level  float64
	Lo, Hi Path
}

// CheckLevels refuses a level that is no percentage: below 1 it is one that was meant as a share.
func CheckLevels(levels []float64) error {
	for _, l := range levels {
		if !(l >= 1 && l < 100) {
			return fmt.Errorf("level %v is no percentage from 1 to below 100; write 95 for an interval that holds 95 of 100", l)
		}
	}
	return nil
}

// ends are the probabilities at which a band of a level begins and ends.
func ends(level float64) (lo, hi float64) { return (1 - level/100) / 2, (1 + level/100) / 2 }

// Sampled makes bands of sampled paths: from quantile to quantile of what they are at each time, on straight
// lines between neighbours (type 7 of Hyndman and Fan, 1996).
func Sampled(paths []Path, levels []float64) []Band {
	out := bands(levels, len(paths[0]))
	all := make([]float64, len(paths))
	for i := range paths[0] {
		for k, p := range paths {
			all[k] = p[i]
		}
		slices.Sort(all)
		for _, b := range out {
			lo, hi := ends(b.Level)
			b.Lo[i], b.Hi[i] = quantile(all, lo), quantile(all, hi)
		}
	}
	return out
}

func bands(levels []float64, length int) []Band {
	var out []Band
	for _, l := range levels {
		out = append(out, Band{l, make(Path, length), make(Path, length)})
	}
	return out
}

// quantile of sorted numbers.
func quantile(sorted []float64, p float64) float64 {
	at := p * float64(len(sorted)-1)
	i := min(int(at), len(sorted)-1)
	j := min(i+1, len(sorted)-1)
	if sorted[i] == sorted[j] { // infinite ones too
		return sorted[i]
	}
	return sorted[i] + (at-float64(i))*(sorted[j]-sorted[i])
}

// Own makes bands of the model's own quantiles, on straight lines between them: paths by probability, in
// ascending order. A level that reaches beyond them is an error.
func Own(probabilities []float64, paths []Path, levels []float64) ([]Band, error) {
	out := bands(levels, len(paths[0]))
	last := len(probabilities) - 1
	for _, b := range out {
		lo, hi := ends(b.Level)
		const eps = 1e-9
		if lo < probabilities[0]-eps || hi > probabilities[last]+eps {
			return nil, fmt.Errorf("a band of %v %% reaches from the quantile of %.4g to that of %.4g, and the model has quantiles from %v to %v; name such in quantile(…), or take a lower level",
				b.Level, lo, hi, probabilities[0], probabilities[last])
		}
		for i := range b.Lo {
			x, y := between(probabilities, paths, lo, i), between(probabilities, paths, hi, i)
			b.Lo[i], b.Hi[i] = min(x, y), max(x, y) // quantiles may cross
		}
	}
	return out, nil
}

// between is entry i of the paths at a probability.
func between(probabilities []float64, paths []Path, p float64, i int) float64 {
	k, _ := slices.BinarySearch(probabilities, p)
	switch {
	case k == 0:
		return paths[0][i]
	case k == len(paths):
		return paths[k-1][i]
	}
	share := (p - probabilities[k-1]) / (probabilities[k] - probabilities[k-1])
	return paths[k-1][i] + share*(paths[k][i]-paths[k-1][i])
}

// Conformal makes bands around a point forecast, of how far others like it were off: misses are, by entry of
// the path, what came less what had been forecast as far ahead. A band is as wide on either side as the k-th
// smallest of their n absolute values, k = ⌈(n+1)·level⌉ (split conformal prediction: Vovk, Gammerman and Shafer,
// 2005), or as the largest if there are too few. Where there are none it is NaN.
func Conformal(point Path, misses [][]float64, levels []float64) []Band {
	out := bands(levels, len(point))
	for i, x := range point {
		var sizes []float64
		if i < len(misses) {
			for _, m := range misses[i] {
				if !math.IsNaN(m) {
					sizes = append(sizes, math.Abs(m))
				}
			}
		}
		slices.Sort(sizes)
		for _, b := range out {
			half := math.NaN()
			if n := len(sizes); n > 0 {
				half = sizes[min(n, int(math.Ceil(float64(n+1)*b.Level/100-1e-9)))-1]
			}
			b.Lo[i], b.Hi[i] = x-half, x+half
		}
	}
	return out
}
