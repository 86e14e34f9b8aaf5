// Command memory writes the data of two classical tests of long memory as long tables of CSV, drawn anew for each seed:
// the adding problem, and copying from memory. It is part of an example, and for nothing else.
//
//	go run ./examples/memory adding -series 3200 -steps 200 -seed 1 >adding.csv
//	go run ./examples/memory copying -series 3200 -steps 100 -seed 1 >copying.csv
//
// In the adding problem (Hochreiter & Schmidhuber, 1997) a is a number between 0 and 1 at each step, m marks two of the
// steps, one in each half, and y, one for the series, is the sum of the two numbers that are marked.
//
// In copying from memory (Hochreiter & Schmidhuber, 1997, as Arjovsky, Shah & Bengio, 2016, set it) x shows ten symbols
// from 1 to 8, then blanks, 0, then 9, which asks for the symbols, then blanks. y is 0, and in the last ten steps the
// symbols. Steps are those between the last symbol and the first that is asked for.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"log"
	"math/rand/v2"
	"os"
)

func main() {
	log.SetFlags(0)
	tasks := map[string]func(w io.Writer, r *rand.Rand, id, steps int){"adding": adding, "copying": copying}
	if len(os.Args) < 2 || tasks[os.Args[1]] == nil {
		log.Fatal("which task? adding or copying")
	}
	flags := flag.NewFlagSet(os.Args[1], flag.ExitOnError)
	series := flags.Int("series", 3200, "how many series")
	steps := flags.Int("steps", 100, "how long something is to be remembered")
	seed := flags.Uint64("seed", 1, "of the numbers drawn")
	_ = flags.Parse(os.Args[2:]) // it exits by itself
	if err := write(os.Stdout, tasks[os.Args[1]], *series, *steps, *seed); err != nil {
		log.Fatal(err)
	}
}

// write writes the table of a task, which draws one series at a time.
func write(to io.Writer, task func(w io.Writer, r *rand.Rand, id, steps int), series, steps int, seed uint64) error {
	w := bufio.NewWriter(to)
	r := rand.New(rand.NewPCG(seed, 0))
	for id := range series {
		task(w, r, id, steps)
	}
	return w.Flush()
}

// adding writes a series of the adding problem.
func adding(w io.Writer, r *rand.Rand, id, steps int) {
	if id == 0 {
		fmt.Fprintln(w, "series,t,a,m,y")
	}
	one, other := r.IntN(steps/2), steps/2+r.IntN(steps-steps/2)
	a, sum := make([]float64, steps), 0.0
	for t := range a {
		a[t] = float64(r.IntN(10000)) / 10000
		if t == one || t == other {
			sum += a[t]
		}
	}
	for t := range a {
		m := 0
		if t == one || t == other {
			m = 1
		}
		fmt.Fprintf(w, "%d,%d,%.4f,%d,%.4f\n", id+1, t, a[t], m, sum)
	}
}

// copying writes a series of copying from memory.
func copying(w io.Writer, r *rand.Rand, id, steps int) {
	if id == 0 {
		fmt.Fprintln(w, "series,t,x,y")
	}
	const symbols, kinds, ask = 10, 8, 9
	shown := make([]int, symbols)
	for i := range shown {
		shown[i] = 1 + r.IntN(kinds)
	}
	end := symbols + steps // the first step that asks for a symbol
	for t := range end + symbols {
		x, y := 0, 0
		switch {
		case t < symbols:
			x = shown[t]
		case t == end-1:
			x = ask
		}
		if t >= end {
			y = shown[t-end]
		}
		fmt.Fprintf(w, "%d,%d,%d,%d\n", id+1, t, x, y)
	}
}
