package plan_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"unroll"
	"unroll/series"
)

// peersDir has cells that aren't of the library, as whole files.
const peersDir = "../bench/peers/cells/"

// layerText is a library cell that reads something of the input, with a linear read-out; or a file with such a cell.
func layerText(cell, reads string, z size) string {
	if own, err := os.ReadFile(peersDir + cell + ".cell"); err == nil {
		return strings.Replace(string(own), "size   D, H", fmt.Sprintf("size D = %d, H = %d", z.i, z.h), 1)
	}
	return fmt.Sprintf("use %s\ninput x[%d]\ninput y\nweight V[1, %d], c\nh = %s(%s, H = %d)\nyhat = V*h + c\ny ~ squared(yhat)\n", cell, z.i, z.h, cell, reads, z.h)
}

// bindDrawn binds a file to data, and draws its weights.
func bindDrawn(tb testing.TB, text string, set series.Set) *unroll.Run {
	tb.Helper()
	c, err := unroll.Parse("layer.cell", text)
	if err != nil {
		tb.Fatal(err)
	}
	run, err := c.Bind(set, unroll.Options{})
	if err != nil {
		tb.Fatalf("%v\n%s", err, text)
	}
	drawWeights(tb, run, 3)
	return run
}

// ragged is a batch whose series have unequal lengths, the longest of them in the middle; none is empty.
func ragged(z size) series.Set {
	set := batch(z)
	for i := range set.Series {
		s := &set.Series[i]
		for name, col := range s.Columns {
			s.Columns[name] = col.Slice(0, max(min(1, z.t), col.Len()-(i+z.b/2)%z.b%3))
		}
	}
	return set
}

// drawWeights gives a run weights of moderate size.
func drawWeights(tb testing.TB, run *unroll.Run, seed uint64) {
	r := rand.New(rand.NewPCG(seed, 0))
	for _, name := range slices.Sorted(maps.Keys(run.Weights())) {
		var values []series.Array
		for _, old := range run.Weights()[name] {
			x := make([]float64, old.Len())
			for i := range x {
				x[i] = (r.Float64() - 0.5) / float64(old.C)
			}
			values = append(values, series.Floats(old.R, old.C, x))
		}
		if err := run.Set(name, values...); err != nil {
			tb.Fatal(err)
		}
	}
}

// layer is a training step of a library cell on series of unequal length.
func layer(tb testing.TB, cell string, z size) *trial {
	tb.Helper()
	return textTrial(tb, layerText(cell, "x", z), ragged(z))
}

// textTrial is a file's training step.
func textTrial(tb testing.TB, text string, set series.Set) *trial {
	tb.Helper()
	tr, err := newTrial(bindDrawn(tb, text, set))
	if err != nil {
		tb.Fatal(err)
	}
	return tr
}
