package examples_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// Weekly series of M4 are forecast as well as the README of the example says. The data are no part of the project.
func TestM4Weekly(t *testing.T) {
	folder := os.Getenv("UNROLL_DATA")
	if folder == "" || testing.Short() {
		t.Skip("UNROLL_DATA names no folder with m4/Weekly-train.csv.gz, or time is short")
	}
	data, model := filepath.Join(folder, "m4", "Weekly-train.csv.gz"), filepath.Join(t.TempDir(), "weekly.model")
	unroll := func(args ...string) []byte {
		out, err := exec.Command("go", append([]string{"run", "../cmd/unroll"}, args...)...).Output()
		if err != nil {
			t.Fatalf("%v: %v", args, err)
		}
		return out
	}
	unroll("train", "m4/weekly.cell", "--data", data, "--holdout", "13", "--epochs", "40", "--rate", "0.002", "--schedule", "cosine", "--ema", "0.98", "-o", model)
	out := unroll("backtest", model, "--data", data, "--test", filepath.Join(folder, "m4", "Weekly-test.csv"), "--period", "1", "--baselines=false", "--format", "json")
	var got struct {
		Methods []struct{ Scores map[string]float64 }
	}
	if err := json.Unmarshal(out, &got); err != nil {
		t.Fatal(err)
	}
	// Naive2 has 9.161 and 2.777 (docs/metrics.md).
	s := got.Methods[0].Scores
	if owa := (s["sMAPE"]/9.161 + s["MASE"]/2.777) / 2; !(owa > 0.6 && owa < 0.7) {
		t.Errorf("an OWA of %v; less than .70 is wanted", owa)
	}
}
