// Command gomlx times a training step of an LSTM written in GoMLX, on its backend in pure Go: forward,
// loss and all gradients by its automatic differentiation. It prints a line of JSON. GoMLX has no
// loops: the steps are unrolled into one graph, so the time to the first one, printed too, grows with
// their number.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"runtime"
	"slices"
	"time"

	"github.com/gomlx/gomlx/backends/simplego"
	"github.com/gomlx/gomlx/pkg/core/dtypes"
	. "github.com/gomlx/gomlx/pkg/core/graph"
	"github.com/gomlx/gomlx/pkg/core/shapes"
	"github.com/gomlx/gomlx/pkg/core/tensors"
)

// row is what is measured, and the result, as every peer prints it.
type row struct {
	Peer    string  `json:"peer"`
	ISA     string  `json:"isa"`
	Threads int     `json:"threads"`
	Cell    string  `json:"cell"`
	Batch   int     `json:"batch"`
	Steps   int     `json:"steps"`
	Inputs  int     `json:"inputs"`
	Hidden  int     `json:"hidden"`
	MS      float64 `json:"ms"`
	FirstMS float64 `json:"first_ms"`
}

func main() {
	r := row{Peer: "gomlx v0.26.0", ISA: "go", Cell: "lstm"}
	flag.IntVar(&r.Batch, "batch", 1, "sequences")
	flag.IntVar(&r.Steps, "steps", 100, "steps of a sequence")
	flag.IntVar(&r.Inputs, "inputs", 1, "inputs a step")
	flag.IntVar(&r.Hidden, "hidden", 32, "hidden units")
	flag.IntVar(&r.Threads, "threads", 2, "processors to use")
	seconds := flag.Float64("seconds", 2, "of measuring")
	flag.Parse()
	if err := measure(&r, *seconds); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	if err := json.NewEncoder(os.Stdout).Encode(r); err != nil {
		os.Exit(1)
	}
}

// measure fills in the times of a row.
func measure(r *row, seconds float64) error {
	runtime.GOMAXPROCS(r.Threads)
	// Left to itself, the backend runs operations side by side; on two processors it then waits for
	// a worker that never comes free.
	backend, err := simplego.New("ops_sequential")
	if err != nil {
		return err
	}
	start := time.Now()
	exec, err := NewExec(backend, training(r.Steps))
	if err != nil {
		return err
	}
	args := arguments(r.Batch, r.Steps, r.Inputs, r.Hidden)
	step := func() error {
		out, err := exec.Exec(args...)
		for _, t := range out {
			err = errors.Join(err, t.FinalizeAll())
		}
		return err
	}
	if err := step(); err != nil {
		return err
	}
	r.FirstMS = float64(time.Since(start)) / 1e6
	r.MS, err = median(step, seconds)
	return err
}

// gates are the input, forget and output gate and the candidate, in this order.
const gates = 4

// training is a training step of so many steps in time: of x and y at each, then W, U and b of each
// gate and the read-out, the loss and its gradient by each weight. GoMLX's own layer can't be trained
// on this backend: it takes slices, whose derivative pads, and the backend has no such operation.
func training(steps int) func([]*Node) []*Node {
	return func(in []*Node) []*Node {
		x, y, weights := in[:steps], in[steps:2*steps], in[2*steps:]
		v, c := weights[3*gates], weights[3*gates+1]
		var h, memory, loss *Node
		for t := range steps {
			h, memory = cell(x[t], h, memory, weights)
			miss := Sub(Add(Einsum("bh,h->b", h, v), c), y[t])
			loss = plus(loss, ReduceAllSum(Square(miss)))
		}
		return append([]*Node{loss}, Gradient(loss, weights...)...)
	}
}

// cell is a step of an LSTM in time; h and memory are nil before the first.
func cell(x, h, memory *Node, weights []*Node) (*Node, *Node) {
	var z [gates]*Node
	for g := range gates {
		z[g] = Add(Einsum("bi,hi->bh", x, weights[3*g]), ExpandAxes(weights[3*g+2], 0))
		if h != nil {
			z[g] = Add(z[g], Einsum("bj,hj->bh", h, weights[3*g+1]))
		}
	}
	i, f, o, n := Sigmoid(z[0]), Sigmoid(z[1]), Sigmoid(z[2]), Tanh(z[3])
	write := Mul(i, n)
	if memory != nil {
		write = Add(Mul(f, memory), write)
	}
	return Mul(o, Tanh(write)), write
}

// plus is a + b; a may be nil.
func plus(a, b *Node) *Node {
	if a == nil {
		return b
	}
	return Add(a, b)
}

// arguments are data and weights, in the order of training.
func arguments(batch, steps, inputs, hidden int) []any {
	var out []any
	seed := uint32(1)
	draw := func(dims ...int) {
		data := make([]float32, shapes.Make(dtypes.Float32, dims...).Size())
		for i := range data {
			seed = seed*1664525 + 1013904223
			data[i] = (float32(seed>>8)/(1<<23) - 1) / 4
		}
		out = append(out, tensors.FromFlatDataAndDimensions(data, dims...))
	}
	for range steps {
		draw(batch, inputs)
	}
	for range steps {
		draw(batch)
	}
	for range gates {
		draw(hidden, inputs)
		draw(hidden, hidden)
		draw(hidden)
	}
	draw(hidden)
	draw()
	return out
}

// median is the median milliseconds of a call: at least 7 after a warm-up, and so many seconds.
func median(step func() error, seconds float64) (float64, error) {
	var times []float64
	end := time.Now().Add(time.Duration(seconds * float64(time.Second)))
	for len(times) < 7 || time.Now().Before(end) {
		start := time.Now()
		if err := step(); err != nil {
			return 0, err
		}
		times = append(times, float64(time.Since(start))/1e6)
	}
	slices.Sort(times)
	return times[len(times)/2], nil
}
