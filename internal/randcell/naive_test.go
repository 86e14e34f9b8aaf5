package randcell

import (
	"fmt"
	"hash/fnv"
	"math/big"
	"testing"

	"unroll/internal/naive"
	"unroll/lang"
)

// uniform is a draw that depends on nothing but what it is for.
func uniform(id, seriesID string, t, entry int) *big.Rat {
	h := fnv.New32a()
	fmt.Fprint(h, id, "/", seriesID, "/", t, "/", entry)
	return big.NewRat(int64(h.Sum32()%64), 64)
}

// Every Rational cell runs in the naive interpreter, but for what that has no word for; and its
// fractions stay short enough to be compared exactly.
func TestRationalCellsRun(t *testing.T) {
	for seed, c := range drawn(Rational, 300) {
		if c.Has("row clip_gradient") || c.Has("row min/1") {
			continue
		}
		res, err := runNaive(c)
		if err != nil {
			t.Errorf("seed %d: %v\n%s", seed, err, c.Text)
		} else if n := res.Loss.Denom().BitLen(); n > 4096 {
			t.Errorf("seed %d: the loss has %d bits\n%s", seed, n, c.Text)
		}
	}
}

func runNaive(c Cell) (*naive.Result, error) {
	f, err := lang.Parse(&lang.Source{Name: "random.cell", Text: c.Text})
	if err != nil {
		return nil, err
	}
	return naive.Run(f, c.Data, naive.Options{Feed: c.Feed, Stop: c.Stop, Mean: c.Mean,
		Training: c.Training, Sizes: c.Sizes, Weights: c.Weights, Uniform: uniform})
}
