package backtest

import (
	"os"
	"strings"
	"testing"
)

// TestEveryMetricIsExplained wants each column of the table, and each baseline, in docs/metrics.md.
func TestEveryMetricIsExplained(t *testing.T) {
	text, err := os.ReadFile("../docs/metrics.md")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, c := range columns([]float64{95}) {
		if !c.hide {
			names = append(names, c.name)
		}
	}
	for _, m := range Baselines(nil, 1, (&lastPlus{}).fit) {
		names = append(names, m.Name)
	}
	for _, name := range names {
		if !strings.Contains(string(text), "\n| "+name+" | ") {
			t.Errorf("docs/metrics.md has no row for %s", name)
		}
	}
}
