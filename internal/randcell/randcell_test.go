package randcell

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"unroll/lang"
)

func drawn(mode Mode, n int) []Cell {
	g := rapid.Custom(func(t *rapid.T) Cell { return Draw(t, mode) })
	var all []Cell
	for seed := range n {
		all = append(all, g.Example(seed))
	}
	return all
}

// Each feature that is listed is drawn often enough; the lists follow the table, so a new row is
// demanded here without a word.
func TestEveryFeatureIsDrawn(t *testing.T) {
	for _, c := range []struct {
		mode     Mode
		n, least int
	}{{Rational, 300, 20}, {Any, 400, 10}, {Analytic, 300, 5}, {Large, 400, 10}} {
		count := map[string]int{}
		for _, cell := range drawn(c.mode, c.n) {
			for _, f := range cell.Features {
				count[f]++
			}
		}
		for _, f := range Features(c.mode) {
			if count[f] < c.least {
				t.Errorf("mode %d: %s is in %d of %d cells; expected %d", c.mode, f, count[f], c.n, c.least)
			}
		}
	}
}

// Every cell parses.
func TestEveryCellParses(t *testing.T) {
	for mode := Rational; mode <= Large; mode++ {
		rapid.Check(t, func(t *rapid.T) {
			c := Draw(t, mode)
			if _, err := lang.Parse(&lang.Source{Name: "random.cell", Text: c.Text}); err != nil {
				t.Fatalf("%s\n%v", numbered(c.Text), err)
			}
		})
	}
}

func numbered(text string) string { return "\n" + strings.TrimSpace(text) }
