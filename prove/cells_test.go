package prove_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"unroll/cells"
	"unroll/graph"
	"unroll/internal/golden"
)

// TestLibrary proves every cell of the library, in the small file that it says it is used by.
func TestLibrary(t *testing.T) {
	for _, name := range cells.Names() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p, err := cells.Read(name)
			if err != nil {
				t.Fatal(err)
			}
			r := mustProve(t, name+".cell", p.Use, graph.Choices{})
			if len(r.Remarks) > 0 {
				t.Errorf("there are remarks:\n%s", r)
			}
		})
	}
}

// TestSketches proves the cells that people want to write, and wants to be told the same of each as
// before: how many derivatives were compared in which way, and what was remarked on.
func TestSketches(t *testing.T) {
	files, _ := filepath.Glob("../testdata/sketches/*.cell")
	if len(files) < 38 {
		t.Fatalf("only %d sketches", len(files))
	}
	var said strings.Builder
	for _, path := range files {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Base(path)
		if !strings.Contains(string(text), "~") && !strings.Contains(string(text), "\nloss") {
			_, err := provedText(t, name, string(text), graph.Choices{})
			fmt.Fprintf(&said, "%s: %v\n", name, err)
			continue
		}
		r := mustProve(t, name, string(text), graph.Choices{})
		fmt.Fprintf(&said, "%s: %s; in %s\n", name, compared(r), strings.Join(runs(r), ", "))
		for _, line := range append(r.Sizes, r.Notes...) {
			fmt.Fprintf(&said, "    %s\n", line)
		}
		for _, e := range r.Remarks {
			fmt.Fprintf(&said, "    %v\n", e)
		}
	}
	golden.Check(t, said.String(), "testdata/sketches.txt")
}
