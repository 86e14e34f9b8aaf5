package unroll_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// room is what a package may import besides Go's own library: packages of this module by their
// paths within it, other modules by a prefix.
type room struct {
	code  []string
	tests []string // and what its test files may import besides
}

// help may be imported by any test.
var help = []string{"internal/golden", "internal/near", "internal/naive", "internal/randcell", "internal/step", "pgregory.net/rapid", "lang", "op", "series"}

// rooms is the policy: which package may import which. "." is the root; a package that isn't here
// fails the test, so a new one is a decision, made here.
var rooms = map[string]room{
	"op":      {},
	"series":  {},
	"lang":    {code: []string{"internal/spell", "op", "golang.org/x/text"}},
	"graph":   {code: []string{"internal/spell", "lang", "op"}, tests: []string{"cells", "eval", "grad"}},
	"grad":    {code: []string{"graph", "lang", "op"}, tests: []string{"eval", "."}},
	"weights": {code: []string{"internal/spell", "internal/whole", "graph", "op", "series", "gonum.org/v1/gonum"}},
	"eval":    {code: []string{"graph", "op", "series"}, tests: []string{"grad", "."}},
	"data":    {code: []string{"internal/spell", "series"}},
	"explain": {code: []string{"eval", "grad", "graph", "lang", "notation", "op", "picture", "series", "weights", "words", "gonum.org/v1/gonum"}, tests: []string{".", "data"}},
	"cells":   {code: []string{"internal/spell", "lang"}, tests: []string{"graph", "."}},

	"kernel": {code: []string{"golang.org/x/sys"}},
	"plan":   {code: []string{"eval", "graph", "internal/spell", "kernel", "op", "series"}, tests: []string{".", "cells", "grad", "internal/bound", "weights"}},

	"train":        {code: []string{"eval", "grad", "graph", "kernel", "op", "plan", "series", "weights", "gonum.org/v1/gonum"}, tests: []string{".", "cells", "data"}},
	"forecast":     {code: []string{"eval", "graph", "kernel", "op", "plan", "series", "weights"}, tests: []string{".", "cells", "data"}},
	"backtest":     {code: []string{"series"}, tests: []string{".", "cells", "data"}},
	"data/parquet": {code: []string{"data", "series", "github.com/parquet-go/parquet-go"}},

	"prove":        {code: []string{"eval", "grad", "graph", "internal/naive", "internal/step", "lang", "op", "series", "weights"}, tests: []string{"cells", "."}},
	"notation":     {code: []string{"lang", "op"}, tests: []string{"cells"}},
	"words":        {code: []string{"golang.org/x/text"}},
	"picture":      {},
	"chart":        {code: []string{"gonum.org/v1/plot"}},
	"explain/page": {code: []string{"explain", "notation", "series"}, tests: []string{".", "data", "eval", "explain", "grad", "graph"}},

	".":          {code: []string{"internal/spell", "backtest", "cells", "data", "eval", "explain", "forecast", "grad", "graph", "kernel", "lang", "op", "plan", "prove", "series", "train", "weights"}, tests: []string{".", "explain/page"}},
	"cmd/unroll": {code: []string{"internal/spell", "internal/whole", ".", "backtest", "cells", "chart", "data", "data/parquet", "eval", "explain", "explain/page", "forecast", "grad", "graph", "kernel", "lang", "notation", "op", "picture", "plan", "series", "train", "weights", "words", "github.com/spf13/cobra", "golang.org/x/text"}, tests: []string{"github.com/rogpeppe/go-internal"}},
	"examples":   {tests: []string{".", "chart", "data", "explain", "explain/page"}},

	"examples/memory": {},
	"examples/ucr":    {},

	"internal/bound":    {code: []string{"eval", "graph", "op", "series"}, tests: []string{".", "grad"}},
	"internal/golden":   {},
	"internal/spell":    {},
	"internal/whole":    {},
	"internal/near":     {},
	"internal/naive":    {code: []string{"lang", "series"}},
	"internal/step":     {code: []string{"graph", "op", "series"}, tests: []string{".", "grad", "eval"}},
	"internal/randcell": {code: []string{"lang", "op", "series", "pgregory.net/rapid"}},
}

// TestImports holds every file to the policy.
func TestImports(t *testing.T) {
	seen := map[string]bool{}
	for _, file := range goFiles(t) {
		dir := path.Dir(file)
		r, ok := rooms[dir]
		if !ok {
			t.Errorf("%s: package %s is not in the map of imports_test.go; say there what it may import", file, dir)
			continue
		}
		seen[dir] = true
		for _, name := range importsOf(t, file) {
			if !r.allows(dir, name, strings.HasSuffix(file, "_test.go")) {
				t.Errorf("%s imports %s, which the map of imports_test.go doesn't allow", file, name)
			}
		}
	}
	for dir := range rooms {
		// What has only been planned yet needs no files.
		if !seen[dir] && dir != "explain" && dir != "examples" && dir != "cmd/unroll" {
			t.Errorf("package %s is in the map of imports_test.go, and has no files; take it out", dir)
		}
	}
}

func (r room) allows(dir, name string, test bool) bool {
	allowed := r.code
	if test {
		allowed = slices.Concat(r.code, r.tests, help, []string{dir})
	}
	if inside, ok := strings.CutPrefix(name, "unroll/"); ok || name == "unroll" {
		if !ok {
			inside = "."
		}
		return slices.Contains(allowed, inside)
	}
	if first, _, _ := strings.Cut(name, "/"); !strings.Contains(first, ".") {
		return true // Go's own library
	}
	return slices.ContainsFunc(allowed, func(module string) bool {
		return strings.Contains(module, ".") && (name == module || strings.HasPrefix(name, module+"/"))
	})
}

func importsOf(t *testing.T, file string) []string {
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, i := range f.Imports {
		name, err := strconv.Unquote(i.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, name)
	}
	return out
}

// goFiles lists the Go files of this module, by their paths from its root.
func goFiles(t *testing.T) []string {
	var out []string
	err := filepath.WalkDir(".", func(file string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && file != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata" || isModule(file)):
			return filepath.SkipDir
		case strings.HasSuffix(file, ".go"):
			out = append(out, filepath.ToSlash(file))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// isModule tells whether a folder is a module of its own.
func isModule(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, "go.mod"))
	return err == nil
}

// The policy itself is held: what isn't said is refused.
func TestPolicy(t *testing.T) {
	for _, c := range []struct {
		dir, name string
		test, ok  bool
	}{
		{"op", "math/big", false, true},
		{"op", "unroll/graph", false, false},
		{"graph", "unroll/op", false, true},
		{"graph", "unroll/grad", false, false},
		{"graph", "unroll/grad", true, true},
		{"graph", "unroll", false, false},
		{"lang", "golang.org/x/text/unicode/norm", false, true},
		{"lang", "golang.org/x/textual", false, false},
		{"series", "pgregory.net/rapid", false, false},
		{"series", "pgregory.net/rapid", true, true},
	} {
		if got := rooms[c.dir].allows(c.dir, c.name, c.test); got != c.ok {
			t.Errorf("%s may import %s (in a test: %v): %v", c.dir, c.name, c.test, got)
		}
	}
}
