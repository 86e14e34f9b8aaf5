package unroll_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
)

// longFiles may have more than 300 lines; each says why.
var longFiles = map[string]string{}

// longFunctions may have more than 60 lines; each says why.
var longFunctions = map[string]string{}

const (
	mostLines     = 300 // of a file
	mostFuncLines = 60  // of a function
)

// source is a parsed file.
type source struct {
	path  string
	lines int
	file  *ast.File
	set   *token.FileSet
}

func (s source) test() bool { return strings.HasSuffix(s.path, "_test.go") }

func sources(t *testing.T) []source {
	var out []source
	for _, name := range goFiles(t) {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		set := token.NewFileSet()
		f, err := parser.ParseFile(set, name, text, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, source{name, strings.Count(string(text), "\n"), f, set})
	}
	return out
}

// TestRooms wants of every package a paragraph that says what it is, and an example that is run.
// The command's are in its scripts.
func TestRooms(t *testing.T) {
	docs, examples := map[string]string{}, map[string]bool{}
	for _, s := range sources(t) {
		dir := path.Dir(s.path)
		if !s.test() {
			docs[dir] += s.file.Doc.Text()
		}
		for _, d := range s.file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if ok && s.test() && strings.HasPrefix(f.Name.Name, "Example") && hasOutput(s.file, f) {
				examples[dir] = true
			}
		}
	}
	for dir, doc := range docs {
		if first, _, _ := strings.Cut(doc, "\n\n"); len(strings.Fields(first)) < 12 {
			t.Errorf("package %s: its comment doesn't say in a paragraph what it is: %q", dir, first)
		}
		if !examples[dir] && dir != "cmd/unroll" {
			t.Errorf("package %s has no Example with an output", dir)
		}
	}
}

// hasOutput tells whether an example says what it prints: only then is it run.
func hasOutput(file *ast.File, f *ast.FuncDecl) bool {
	for _, c := range file.Comments {
		text := strings.ToLower(c.Text())
		if c.Pos() > f.Body.Lbrace && c.End() <= f.Body.Rbrace &&
			(strings.HasPrefix(text, "output:") || strings.HasPrefix(text, "unordered output:")) {
			return true
		}
	}
	return false
}

// TestSizes keeps files and functions at a size that one can read.
func TestSizes(t *testing.T) {
	for _, s := range sources(t) {
		if s.lines > mostLines && longFiles[s.path] == "" {
			t.Errorf("%s has %d lines; %d is the most", s.path, s.lines, mostLines)
		}
		for _, d := range s.file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || s.test() || f.Body == nil {
				continue
			}
			n := s.set.Position(f.End()).Line - s.set.Position(f.Pos()).Line + 1
			if name := path.Dir(s.path) + "." + f.Name.Name; n > mostFuncLines && longFunctions[name] == "" && !isTable(f) {
				t.Errorf("%s has %d lines; %d is the most", name, n, mostFuncLines)
			}
		}
	}
}

// isTable tells whether a function is nothing but one table of data, which may be long.
func isTable(f *ast.FuncDecl) bool {
	last, ok := f.Body.List[len(f.Body.List)-1].(*ast.ReturnStmt)
	if !ok || len(last.Results) != 1 || len(f.Body.List) > 2 {
		return false
	}
	_, ok = last.Results[0].(*ast.CompositeLit)
	return ok
}

// TestExportedNamesAreDocumented wants a comment above each exported name.
func TestExportedNamesAreDocumented(t *testing.T) {
	for _, s := range sources(t) {
		if s.test() || s.file.Name.Name == "main" {
			continue
		}
		for _, d := range s.file.Decls {
			for _, name := range undocumented(d) {
				t.Errorf("%s: %s has no doc comment", s.path, name)
			}
		}
	}
}

func undocumented(d ast.Decl) []string {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Name.IsExported() && d.Doc == nil && exportedReceiver(d) && !usual(d) {
			return []string{d.Name.Name}
		}
	case *ast.GenDecl:
		var out []string
		for _, spec := range d.Specs {
			out = append(out, undocumentedSpec(d, spec)...)
		}
		return out
	}
	return nil
}

// usual are methods whose meaning everyone knows.
func usual(d *ast.FuncDecl) bool {
	return d.Recv != nil && slices.Contains([]string{"String", "Error", "Len", "Less", "Swap", "Unwrap", "Pos"}, d.Name.Name)
}

func exportedReceiver(d *ast.FuncDecl) bool {
	if d.Recv == nil {
		return true
	}
	x := d.Recv.List[0].Type
	for {
		switch of := x.(type) {
		case *ast.StarExpr:
			x = of.X
		case *ast.IndexExpr:
			x = of.X
		case *ast.Ident:
			return of.IsExported()
		default:
			return false
		}
	}
}

// undocumentedSpec: a comment above a group, or beside a name, will do for a constant or variable.
func undocumentedSpec(d *ast.GenDecl, spec ast.Spec) []string {
	var out []string
	switch s := spec.(type) {
	case *ast.TypeSpec:
		if s.Name.IsExported() && s.Doc == nil && d.Doc == nil {
			out = append(out, s.Name.Name)
		}
	case *ast.ValueSpec:
		for _, n := range s.Names {
			if n.IsExported() && s.Doc == nil && s.Comment == nil && d.Doc == nil {
				out = append(out, n.Name)
			}
		}
	}
	return out
}
