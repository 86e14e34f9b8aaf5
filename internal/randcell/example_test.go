package randcell_test

import (
	"fmt"
	"strings"

	"pgregory.net/rapid"

	"unroll/internal/randcell"
)

func ExampleDraw() {
	cells := rapid.Custom(func(t *rapid.T) randcell.Cell { return randcell.Draw(t, randcell.Rational) })
	c := cells.Example(1)
	fmt.Println("has an input:", strings.Contains(c.Text, "input y"))
	fmt.Println("says how y is observed:", strings.Contains(c.Text, " ~ "))
	fmt.Println("has data:", len(c.Data.Series) > 0)
	// Output:
	// has an input: true
	// says how y is observed: true
	// has data: true
}
