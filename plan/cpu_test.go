package plan_test

import (
	"os"
	"runtime"
	"runtime/pprof"
	"syscall"
	"testing"
	"time"

	"unroll/plan"
)

func cpu() time.Duration {
	var r syscall.Rusage
	syscall.Getrusage(1, &r)
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}

func TestCPU(t *testing.T) {
	if os.Getenv("CPU") == "" {
		t.Skip()
	}
	runtime.LockOSThread()
	cells := []string{"lstm", "gru", "elman", "peephole", "slstm"}
	if c := os.Getenv("CELL"); c != "" {
		cells = []string{c}
	}
	for _, cell := range cells {
		for i, z := range sizes {
			if s := os.Getenv("SIZE"); s != "" && s != string(rune('0'+i)) {
				continue
			}
			var wo []string
			if w := os.Getenv("WITHOUT"); w != "" {
				wo = []string{w}
			}
			x := step(t, cell, z, plan.Options{Cores: 1, Without: wo})
			x.Run()
			if f := os.Getenv("PROF"); f != "" {
				o, _ := os.Create(f)
				pprof.StartCPUProfile(o)
				for range 200000000 / (z.b*z.t*z.h*z.h/4 + 20000) {
					x.Run()
				}
				pprof.StopCPUProfile()
			}
			least := time.Hour
			flops := 2 * float64(z.b*z.t) * 4 * float64(z.h) * float64(2*z.i+3*z.h)
			for k := 0; k < 3 || k < 30 && z.b*z.t*z.h < 1000000; k++ {
				from := cpu()
				n := max(1, 60000000/(z.b*z.t*z.h*z.h/4+20000))
				for range n {
					x.Run()
				}
				least = min(least, (cpu()-from)/time.Duration(n))
			}
			t.Logf("%-9s %-20v %10.1f µs  %6.1f GFLOP/s (if lstm)", cell, z, float64(least.Nanoseconds())/1e3, flops/float64(least.Nanoseconds()))
		}
	}
}
