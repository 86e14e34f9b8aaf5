package main

import (
	"math"
	"testing"

	"github.com/spf13/cobra"

	"unroll/cells"
)

// TestBenchRunsEveryCell: each cell of the library, as its page uses it, is one that bench can run, at the
// sizes that are asked for, and its loss is a number.
func TestBenchRunsEveryCell(t *testing.T) {
	for _, name := range cells.Names() {
		f := &benchFlags{}
		f.adds(&cobra.Command{})
		f.cell, f.batch, f.steps, f.inputs, f.hidden = name, 3, 20, 5, 16
		run, row, err := f.run()
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		c, err := run.Compile(f.engine())
		if err != nil {
			t.Fatal(err)
		}
		e, err := c.Engine()
		if err != nil {
			t.Fatal(err)
		}
		if loss := e.Run(); math.IsNaN(loss) || math.IsInf(loss, 0) {
			t.Errorf("%s: the loss is %v", name, loss)
		}
		if wants := row.Inputs; wants != 0 && (wants != 5 || row.Hidden != 16 || e.Flops() == 0) {
			t.Errorf("%s: %d inputs, hidden %d, %v operations", name, wants, row.Hidden, e.Flops())
		}
	}
}

// TestFlops: of an LSTM the operations are six for each weight, series and step: two forward and four
// backward, less those that go back to the inputs, which nobody wants; and those of the read-out.
func TestFlops(t *testing.T) {
	const b, steps, in, h = 3, 20, 5, 16
	f := &benchFlags{}
	f.adds(&cobra.Command{})
	f.cell, f.batch, f.steps, f.inputs, f.hidden = "lstm", b, steps, in, h
	run, _, err := f.run()
	if err != nil {
		t.Fatal(err)
	}
	c, err := run.Compile(f.engine())
	if err != nil {
		t.Fatal(err)
	}
	e, err := c.Engine()
	if err != nil {
		t.Fatal(err)
	}
	least, most := float64(b*steps*4*h*(4*in+6*h)), float64(b*steps*(4*h*(6*in+6*h)+6*h))
	if got := e.Flops(); got < least || got > most {
		t.Errorf("%v operations, want from %v to %v", got, least, most)
	}
}
