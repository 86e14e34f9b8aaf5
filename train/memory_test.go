package train_test

import (
	"runtime"
	"testing"

	"unroll"
	"unroll/train"
)

// TestMemory: what training keeps doesn't grow with epochs.
func TestMemory(t *testing.T) {
	p := problem(t, lstm, waves(20), unroll.Options{})
	for _, o := range []train.Options{{Batch: 6}, {Batch: 6, Window: 10}, {Batch: 6, Window: 10, Carry: true}} {
		o.Epochs, o.Holdout = 120, 5
		var at [121]uint64
		o.Progress = func(e train.Epoch) {
			if e.N%40 == 0 {
				runtime.GC()
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				at[e.N] = m.HeapAlloc
			}
		}
		fit(t, p, o)
		if at[120] > at[40]+64<<10 {
			t.Errorf("windows of %d, carried %v: %d KiB after 40 epochs, %d after 120", o.Window, o.Carry, at[40]>>10, at[120]>>10)
		}
	}
}
