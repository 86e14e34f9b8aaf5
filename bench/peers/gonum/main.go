// Command gonum times a training step of an LSTM written by hand on gonum's matrix products, in
// float32, as a Go programmer would without an engine. It prints a line of JSON. The gates of all
// steps are one product with the inputs, and the gradient of each matrix is one product at the end.
package main

import (
	"encoding/json"
	"flag"
	"os"
	"runtime"
	"slices"
	"time"
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
}

func main() {
	r := row{Peer: "gonum v0.17.0", ISA: "sse", Cell: "lstm"}
	flag.IntVar(&r.Batch, "batch", 1, "sequences")
	flag.IntVar(&r.Steps, "steps", 100, "steps of a sequence")
	flag.IntVar(&r.Inputs, "inputs", 1, "inputs a step")
	flag.IntVar(&r.Hidden, "hidden", 32, "hidden units")
	flag.IntVar(&r.Threads, "threads", 2, "processors to use")
	seconds := flag.Float64("seconds", 2, "of measuring")
	flag.Parse()
	runtime.GOMAXPROCS(r.Threads)

	net := newLSTM(r.Batch, r.Steps, r.Inputs, r.Hidden)
	r.MS = median(func() { net.forward(); net.backward() }, *seconds)
	if err := json.NewEncoder(os.Stdout).Encode(r); err != nil {
		os.Exit(1)
	}
}

// median is the median milliseconds of a call: at least 7 after a warm-up, and so many seconds.
func median(step func(), seconds float64) float64 {
	step()
	var times []float64
	end := time.Now().Add(time.Duration(seconds * float64(time.Second)))
	for len(times) < 7 || time.Now().Before(end) {
		start := time.Now()
		step()
		times = append(times, float64(time.Since(start))/1e6)
	}
	slices.Sort(times)
	return times[len(times)/2]
}
