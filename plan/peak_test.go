package plan_test

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"unroll/plan"
)

// TestPeakMemory reports the peak memory of a training step over that of the process before it, data
// and all. It is run by PEAK=1.
func TestPeakMemory(t *testing.T) {
	switch os.Getenv("PEAK") {
	case "":
		t.Skip("PEAK=1 measures it")
	case "1":
		for _, how := range []string{"data", "plain", "memory"} {
			c := exec.Command(os.Args[0], "-test.run", "TestPeakMemory", "-test.v")
			c.Env = append(os.Environ(), "PEAK="+how)
			out, err := c.CombinedOutput()
			if err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			for line := range strings.Lines(string(out)) {
				if strings.Contains(line, "MiB") {
					t.Log(strings.TrimSpace(line))
				}
			}
		}
		return
	}
	how, z := os.Getenv("PEAK"), size{8, 5000, 8, 64}
	idle := status(t, "VmRSS")
	if how == "data" {
		batch(z)
		t.Logf("data: %d MiB", (status(t, "VmHWM")-idle)>>10)
		return
	}
	b := step(t, "lstm", z, plan.Options{Memory: how == "memory"})
	before := status(t, "VmHWM")
	for range 3 {
		b.Run()
	}
	t.Logf("%s: %d MiB of its own, peak %d MiB over the idle process, %d of them before the first step", how, b.Bytes()>>20, (status(t, "VmHWM")-idle)>>10, (before-idle)>>10)
}

// status is a figure of the process, in KiB.
func status(t *testing.T, name string) int {
	text, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Skip(err)
	}
	for line := range strings.Lines(string(text)) {
		var kib int
		if strings.HasPrefix(line, name+":") {
			if _, err := fmt.Sscanf(line[len(name)+1:], "%d", &kib); err == nil {
				return kib
			}
		}
	}
	t.Skip(name)
	return 0
}
