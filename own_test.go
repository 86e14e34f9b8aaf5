package unroll_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"unroll"
	"unroll/internal/golden"
	"unroll/lang"
)

// A cell that has the best of all proofs: its derivatives are equal as fractions.
func ExampleCell_Prove() {
	cell, err := unroll.Parse("sheet.cell", sheet)
	if err != nil {
		panic(err)
	}
	report, err := cell.Prove(unroll.Options{Seed: 1})
	if err != nil {
		panic(err)
	}
	fmt.Println(report.Proved(), report.Weights, "weights,", report.Lines[0].With)
	// Output: true 3 weights, exact fractions
}

var fencedBlock = regexp.MustCompile("(?s)```(cell|console)([^\n]*)\n(.*?)```\n")

// TestOwnCell goes through docs/your-own-cell.md as a reader would: it writes the files that the page shows and
// runs its commands, one after the other in one folder. With -update it writes what they print. A command
// may fail if it says what is wrong in the file that it reads.
func TestOwnCell(t *testing.T) {
	const page = "docs/your-own-cell.md"
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	dir := command(t)
	got := fencedBlock.ReplaceAllStringFunc(string(text), func(block string) string {
		parts := fencedBlock.FindStringSubmatch(block)
		if parts[1] == "cell" {
			return shownCell(t, dir, strings.TrimSpace(parts[2]), parts[3])
		}
		var out strings.Builder
		for l := range strings.Lines(parts[3]) {
			if call, ok := strings.CutPrefix(l, "$ "); ok {
				out.WriteString(l + said(t, dir, strings.TrimSpace(call)))
			}
		}
		return "```console\n" + out.String() + "```\n"
	})
	golden.Check(t, got, page)
}

// shownCell is a block of a cell in standard layout; the file is written under the name beside it.
func shownCell(t *testing.T, dir, name, text string) string {
	f, err := lang.Parse(&lang.Source{Name: name, Text: text})
	if err != nil {
		t.Fatal(err)
	}
	text = lang.Print(f, false)
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return "```cell " + name + "\n" + text + "```\n"
}

// said is what a command prints. It may fail with a message about its standard input.
func said(t *testing.T, dir, call string) string {
	status := filepath.Join(dir, "status")
	out := runLine(t, dir, "{ "+call+"; }; echo $? > "+status)
	if code, err := os.ReadFile(status); err != nil || string(code) != "0\n" && !strings.HasPrefix(out, "stdin:") {
		t.Errorf("%s: status %s, %v, and it printed %q", call, code, err, out)
	}
	return out
}
