package cells_test

import (
	"fmt"
	"strings"

	"unroll/cells"
)

// A cell of the library is text, which a file makes known by `use lstm`.
func Example() {
	src, err := cells.Source("lstm")
	if err != nil {
		fmt.Println(err)
		return
	}
	for line := range strings.Lines(src.Text) {
		if strings.HasPrefix(line, "cell ") {
			fmt.Print(line)
		}
	}

	_, err = cells.Source("lstn")
	fmt.Println(err)
	// Output:
	// cell lstm(x) -> h[H], c[H] {
	// the standard library has no cell lstn; did you mean lstm?
}

// The comment above a cell is its page.
func ExampleRead() {
	p, err := cells.Read("ses")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(p.Name())
	fmt.Println(p.Cite())
	fmt.Println()
	fmt.Print(p.Use)
	// Output:
	// Simple exponential smoothing
	// Brown (1959)
	//
	// use    ses
	// input  y
	//
	// yhat = ses(y)
	//
	// y ~ squared(yhat)
}
