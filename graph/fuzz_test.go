package graph_test

import (
	"math/big"
	"os"
	"path/filepath"
	"testing"
	"time"

	"unroll/grad"
	"unroll/graph"
	"unroll/lang"
)

// runsOf are choices under which a text is built, whatever it says.
func runsOf() []graph.Choices {
	return []graph.Choices{
		{},
		{Feed: graph.Feed{Mode: graph.Free}, Stop: true, Mean: true},
		{Feed: graph.Feed{Mode: graph.ObservedTo, K: 3}, Facts: graph.Facts{Missing: map[string]bool{"y": true, "x": true}}},
		{Feed: graph.Feed{Mode: graph.Sampled, P: big.NewRat(1, 2)}, Training: true},
	}
}

// FuzzBuild holds that no text makes the way from a file to the text of its derivative panic or hang:
//
//	text ──Parse──▶ File ──Build──▶ Graph ──Loss──▶ Graph with derivatives ──Text──▶ File ──Print──▶ text
//
// Each graph on the way is a graph by Verify. What is printed parses again.
func FuzzBuild(f *testing.F) {
	for _, pattern := range []string{"../testdata/sketches/*.cell", "../cells/*.cell", "testdata/bad/*.cell"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			f.Fatal("no files", pattern, err)
		}
		for _, path := range files {
			text, err := os.ReadFile(path)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(string(text))
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 5000 {
			return
		}
		file, err := lang.Parse(&lang.Source{Name: "fuzz.cell", Text: text})
		if err != nil {
			return
		}
		for _, c := range runsOf() {
			begun := time.Now()
			c.Assume, c.Use = true, libraryOf
			through(t, file, c)
			if took := time.Since(begun); took > 5*time.Second {
				t.Errorf("it took %s", took)
			}
		}
	})
}

// through takes a file all the way.
func through(t *testing.T, file *lang.File, c graph.Choices) {
	g, err := graph.Build(file, c)
	if err != nil {
		list, ok := err.(lang.Errors)
		if !ok {
			t.Fatalf("the error is a %T: %v", err, err)
		}
		for _, e := range list {
			_ = e.Snippet()
		}
		return
	}
	if err := graph.Verify(g); err != nil {
		t.Fatal("the graph:", err)
	}
	printed(t, g)
	d, err := grad.Loss(g, nil)
	if err != nil {
		return
	}
	if err := graph.Verify(d.Graph); err != nil {
		t.Fatal("the derivative:", err)
	}
	printed(t, d.Graph)
}

// printed prints a graph as a file, and parses that.
func printed(t *testing.T, g *graph.Graph) {
	f, err := graph.Text(g, nil)
	if err != nil {
		return
	}
	text := lang.Print(f, false)
	if _, err := lang.Parse(&lang.Source{Name: "printed.cell", Text: text}); err != nil {
		t.Fatalf("the text doesn't parse: %v\n%s", err, text)
	}
}
