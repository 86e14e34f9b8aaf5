package examples_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// The oil temperature of ETTh1 is forecast as well as the README of the example says. The data are no part of the project.
func TestETTh1(t *testing.T) {
	folder := os.Getenv("UNROLL_DATA")
	if folder == "" {
		t.Skip("UNROLL_DATA names no folder with etth/ETTh1.csv.gz")
	}
	dir := t.TempDir()
	fit, all, model := filepath.Join(dir, "fit.csv"), filepath.Join(dir, "all.csv"), filepath.Join(dir, "ot.model")
	rows := unpacked(t, filepath.Join(folder, "etth", "ETTh1.csv.gz"))
	head(t, rows, 11521, fit)
	head(t, rows, 14401, all)
	unroll := func(args ...string) []byte {
		var failure bytes.Buffer
		cmd := exec.Command("go", append([]string{"run", "../cmd/unroll"}, args...)...)
		cmd.Stderr = &failure
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("%v: %v\n%s", args, err, &failure)
		}
		return out
	}
	unroll("train", "etth/linear.cell", "--data", fit, "--target", "OT", "--scale", "standard", "--holdout", "2880",
		"--window", "16", "--batch", "16", "--epochs", "60", "--rate", "0.0001", "--patience", "10", "-o", model)
	out := unroll("backtest", model, "--data", all, "--target", "OT", "--windows", "2785", "--step", "1", "--baselines=false", "--scaled", "--format", "json")
	var got struct {
		Methods []struct{ Scores map[string]float64 }
	}
	if err := json.Unmarshal(out, &got); err != nil {
		t.Fatal(err)
	}
	if mse := got.Methods[0].Scores["MSE"]; !(mse > 0.04 && mse < 0.056) {
		t.Errorf("an MSE of %v; at most .056 is wanted", mse)
	}
}

func unpacked(t *testing.T, path string) []byte {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Skip(err)
	}
	defer func() { _ = file.Close() }() // it is only read
	r, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	all, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// head writes the first lines into a file.
func head(t *testing.T, text []byte, lines int, path string) {
	t.Helper()
	end := 0
	for range lines {
		end += bytes.IndexByte(text[end:], '\n') + 1
	}
	if err := os.WriteFile(path, text[:end], 0o600); err != nil {
		t.Fatal(err)
	}
}
