package words_test

import (
	"fmt"

	"unroll/words"
)

// A sentence is written in English where it is said. Its holes take anything; a number also chooses
// the form of the words that go by it.
func Example() {
	for _, lang := range []string{"en", "ru"} {
		say, err := words.In(lang)
		if err != nil {
			fmt.Println(err)
			return
		}
		for _, n := range []int{1, 2, 5, 21} {
			for _, piece := range say.Say("{n} {n|step|steps}", words.A("n", n)) {
				if piece.Arg != nil {
					fmt.Printf("[%v]", piece.Arg)
				} else {
					fmt.Print(piece.Text)
				}
			}
			fmt.Print(";")
		}
		fmt.Println()
	}
	// Output:
	// [1] step;[2] steps;[5] steps;[21] steps;
	// [1] шаг;[2] шага;[5] шагов;[21] шаг;
}
