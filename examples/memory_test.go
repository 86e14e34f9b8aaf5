package examples_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"unroll/chart"
	"unroll/internal/golden"
)

// memoryNets are the networks of examples/memory, in the order of the legend.
var memoryNets = []string{"elman", "lstm", "gru", "irnn", "lru", "mingru"}

// TestMemoryCurves draws the losses that examples/memory/logs has, as its README shows them.
func TestMemoryCurves(t *testing.T) {
	for task, score := range map[string]string{"adding": "squared miss", "copying": "score in nats"} {
		c := chart.Curves{Title: task, X: "epoch", Y: score}
		for _, net := range memoryNets {
			c.Lines = append(c.Lines, chart.Line{Name: net, Y: losses(t, filepath.Join("memory", "logs", task+"_"+net+".jsonl"))})
		}
		svg, err := c.Picture(task + ".svg")
		if err != nil {
			t.Fatal(err)
		}
		golden.Check(t, string(svg), filepath.Join("memory", task+".svg"))
	}
}

// losses are those of the epochs of a log.
func losses(t *testing.T, path string) []float64 {
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var out []float64
	for line := range bytes.Lines(text) {
		var e struct{ Loss float64 }
		if err := json.Unmarshal(line, &e); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		out = append(out, e.Loss)
	}
	return out
}

// TestMemoryAndClassesRun trains the cells for an epoch on little data, and scores them.
func TestMemoryAndClassesRun(t *testing.T) {
	if testing.Short() {
		t.Skip("it trains")
	}
	exe, dir := built(t), t.TempDir()
	for _, task := range []string{"adding", "copying"} {
		table, err := exec.Command("go", "run", "./memory", task, "-series", "8", "-steps", "20").Output()
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(dir, task+".csv")
		if err := os.WriteFile(path, table, 0o600); err != nil {
			t.Fatal(err)
		}
		for _, net := range memoryNets {
			trainAndScore(t, exe, filepath.Join("memory", task+"_"+net+".cell"), path)
		}
	}
	path := filepath.Join(dir, "classes.csv")
	var table strings.Builder
	table.WriteString("series,t,x,k\n")
	for s := range 8 {
		for i := range 20 {
			fmt.Fprintf(&table, "%d,%d,%d,%d\n", s, i, s%2, s%2)
		}
	}
	if err := os.WriteFile(path, []byte(table.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	if said := trainAndScore(t, exe, filepath.Join("ucr", "class.cell"), path); !strings.Contains(said, "accuracy") {
		t.Errorf("score says no accuracy: %s", said)
	}
}

// trainAndScore trains a cell for an epoch, and gives what score says of it.
func trainAndScore(t *testing.T, exe, cell, table string) string {
	model := table + ".model"
	if out, err := exec.Command(exe, "train", cell, "--data", table, "--size", "H=4", "--epochs", "1", "-o", model).CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", cell, err, out)
	}
	out, err := exec.Command(exe, "score", model, "--data", table).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", cell, err, out)
	}
	return string(out)
}
