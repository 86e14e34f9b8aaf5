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
