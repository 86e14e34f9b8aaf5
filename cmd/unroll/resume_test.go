package main

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// long is a training of a second or so, with averages, validation and two members.
const long = "train AIR.cell --data AIR.csv --scale log --epochs 1500 --rate 0.003 --holdout 12 --ema 0.99 --seeds 2 --schedule cosine"

// process is a call as a process of its own, in a folder of its own.
func process(t *testing.T, dir, line string) *exec.Cmd {
	t.Helper()
	root, err := filepath.Abs("../../examples/air/air")
	if err != nil {
		t.Fatal(err)
	}
	var args []string
	for _, word := range strings.Fields(line) {
		args = append(args, strings.Replace(word, "AIR", root, 1))
	}
	c := exec.Command("unroll", args...)
	c.Dir = dir
	c.Stderr = &bytes.Buffer{}
	return c
}

// ends runs a process to its end, which is to be good.
func ends(t *testing.T, c *exec.Cmd) {
	t.Helper()
	if err := c.Run(); err != nil {
		t.Fatalf("%v: %v\n%s", c.Args, err, c.Stderr)
	}
}

func fileOf(t *testing.T, dir, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestKilled: training that is killed again and again, and resumed, ends in the very bytes of one that is not; its log
// has every epoch once.
func TestKilled(t *testing.T) {
	dir := t.TempDir()
	begun := time.Now()
	ends(t, process(t, dir, long+" -o whole.model --log whole.jsonl"))
	took := time.Since(begun)
	for range 4 {
		c := process(t, dir, long+" -o killed.model --log killed.jsonl --resume")
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(rand.Float64() * 0.8 * float64(took)))
		_ = c.Process.Kill()
		_ = c.Wait() // killed, or done before
	}
	ends(t, process(t, dir, long+" -o killed.model --log killed.jsonl --resume"))
	if !bytes.Equal(fileOf(t, dir, "whole.model"), fileOf(t, dir, "killed.model")) {
		t.Error("a training that was killed and resumed ends in another model")
	}
	whole, killed := epochsOf(t, dir, "whole.jsonl"), epochsOf(t, dir, "killed.jsonl")
	if whole != killed {
		t.Errorf("the logs differ:\n%s\n%s", whole, killed)
	}
}

// epochsOf are the seeds and epochs of a log, with their losses.
func epochsOf(t *testing.T, dir, name string) string {
	var all strings.Builder
	for line := range bytes.Lines(fileOf(t, dir, name)) {
		var e map[string]any
		if err := json.Unmarshal(line, &e); err != nil {
			t.Fatalf("%s: %v: %s", name, err, line)
		}
		delete(e, "seconds")
		one, _ := json.Marshal(e)
		all.Write(append(one, '\n'))
	}
	return all.String()
}

// TestInterrupted: Ctrl-C leaves a model that forecasts, and from which training goes on to the same bytes.
func TestInterrupted(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("there are no interrupts to send")
	}
	dir := t.TempDir()
	ends(t, process(t, dir, long+" -o whole.model"))
	c := process(t, dir, long+" -o model")
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	for range 3000 { // until there is something
		if _, err := os.Stat(filepath.Join(dir, "model")); err == nil {
			break
		}
		time.Sleep(time.Millisecond)
	}
	_ = c.Process.Signal(os.Interrupt)
	if err := c.Wait(); err != nil && !strings.Contains(c.Stderr.(*bytes.Buffer).String(), "stopped; model holds what there is, and the same call with --resume goes on") {
		t.Fatalf("%v\n%s", err, c.Stderr)
	}
	ends(t, process(t, dir, "forecast model --data AIR.csv --horizon 3"))
	ends(t, process(t, dir, long+" -o model --resume"))
	if !bytes.Equal(fileOf(t, dir, "whole.model"), fileOf(t, dir, "model")) {
		t.Error("a training that was interrupted and resumed ends in another model")
	}
}
