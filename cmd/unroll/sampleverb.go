package main

import (
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"

	"github.com/spf13/cobra"

	"unroll"
	"unroll/series"
)

// optionAlphabet is the setting under which a model keeps the symbols of the text it was trained on.
const optionAlphabet = "alphabet"

// sampleFlags are the flags of sample.
type sampleFlags struct {
	prompt      string
	length      int
	temperature float64
	seed        uint64
	float64     bool
}

func sampleVerb() *cobra.Command {
	f := &sampleFlags{}
	c := &cobra.Command{
		Use:   "sample MODEL",
		Short: "write a text on, by a model",
		Long: `sample writes on from a prompt, with a model that train has made of a text: a cell with
input s in V and s ~ categorical(…), and --data FILE.txt. Each symbol is drawn from the
probabilities that the model gives it, and read as if it had been there.`,
		Example: `  unroll train examples/text/text.cell --data examples/text/rhymes.txt --epochs 5 -o rhymes.model
  unroll sample rhymes.model --prompt Twinkle --length 200 --temperature 0.5`,
		Args: oneFile,
		RunE: func(c *cobra.Command, args []string) error { return f.run(c, args[0]) },
	}
	add := c.Flags()
	add.SortFlags = false
	add.StringVar(&f.prompt, "prompt", "", "the `TEXT` before, at the beginning of a line")
	add.IntVar(&f.length, "length", 500, "write `N` symbols")
	add.Float64Var(&f.temperature, "temperature", 1, "below 1 the likely is likelier, above 1 less so, `T`; 0: always the\nlikeliest")
	add.Uint64Var(&f.seed, "seed", 0, "the seed `N` of what is drawn")
	add.BoolVar(&f.float64, "float64", false, "numbers are float64, in place of float32")
	return c
}

func (f *sampleFlags) run(c *cobra.Command, path string) error {
	switch {
	case f.length < 1 || f.length > most:
		return wholeFrom("length", f.length, 1, most)
	case !(f.temperature >= 0 && f.temperature <= 1000):
		return usage("--temperature %v: expected a number from 0 to 1000, such as 0.8", f.temperature)
	}
	m, err := readModel(path)
	if err != nil {
		return err
	}
	alphabet := m.Settings()[optionAlphabet]
	input := symbolInput(m.Cell())
	if alphabet == "" || input == "" {
		return &fileError{path, path + " was not trained on a text; train a cell with input s in V and s ~ categorical(…) by --data FILE.txt", nil}
	}
	start := beginning(alphabet) // a text that begins in the middle of nothing is unlike any that the model knows
	if _, err := classesOf(f.prompt, alphabet); err != nil {
		return usage("--prompt: %v; expected a text of these", err)
	}
	classes, err := classesOf(start+f.prompt, alphabet)
	if err != nil {
		return err
	}
	set := series.Set{Series: []series.Series{{ID: "1", Columns: map[string]series.Column{input: series.Dense(1, 1, classes)}}}}
	run, err := m.Bind(set, 0)
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(c.Context(), os.Interrupt)
	defer stop()
	symbols, err := run.Generate(ctx, f.options())
	if err != nil {
		return err
	}
	_, err = io.WriteString(c.OutOrStdout(), f.prompt+written(symbols, alphabet)+"\n")
	return err
}

func (f *sampleFlags) options() unroll.GenerateOptions {
	return unroll.GenerateOptions{Length: f.length, Temperature: f.temperature, Likeliest: f.temperature == 0, Seed: f.seed, Float64: f.float64}
}

// beginning is where a text begins that has no prompt.
func beginning(alphabet string) string {
	if strings.Contains(alphabet, "\n") {
		return "\n"
	}
	return string([]rune(alphabet)[:1])
}

// written are symbols as text.
func written(symbols []int, alphabet string) string {
	letters := []rune(alphabet)
	var b strings.Builder
	for _, s := range symbols {
		if s < len(letters) {
			b.WriteRune(letters[s])
		} else {
			fmt.Fprintf(&b, "<%d>", s) // V was larger than the alphabet
		}
	}
	return b.String()
}
