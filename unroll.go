package unroll

import (
	"fmt"
	"path/filepath"

	"unroll/cells"
	"unroll/graph"
	"unroll/lang"
)

// Cell is a file that has been read. It can be bound to data as often as one likes, also by several
// goroutines at once.
type Cell struct {
	file *lang.File
	use  func(name string, path bool) (*lang.Source, error)
}

// Files are the paths of the files beside it that a cell uses, and of those that they use; also of
// those that can't be read.
func (c *Cell) Files() []string { return filesOf(c.file, map[string]bool{}) }

func filesOf(f *lang.File, seen map[string]bool) []string {
	var all []string
	for _, st := range f.Stmts {
		use, ok := st.(*lang.Use)
		if !ok {
			continue
		}
		for _, it := range use.Items {
			path := besidePath(f.Src.Name, it.Name)
			if !it.Path || seen[path] {
				continue
			}
			seen[path] = true
			all = append(all, path)
			if src, err := lang.ReadSourceFile(path); err == nil {
				if inner, err := lang.Parse(src); err == nil {
					all = append(all, filesOf(inner, seen)...)
				}
			}
		}
	}
	return all
}

// besidePath is the path of a file that is named in a file.
func besidePath(file, used string) string {
	if filepath.IsAbs(used) {
		return used
	}
	return filepath.Join(filepath.Dir(file), used)
}

// Parse reads a cell. The name is for messages. The error is a lang.Errors with all that is wrong in
// the text; each has a Snippet with the line and a caret. Cells of the standard library are known
// by `use`; a file is looked for beside the one that is named.
func Parse(name, text string) (*Cell, error) {
	f, err := lang.Parse(&lang.Source{Name: name, Text: text})
	if err != nil {
		return nil, err
	}
	return &Cell{file: f, use: besideOf(name)}, nil
}

// ReadFile is Parse of a file.
func ReadFile(path string) (*Cell, error) {
	src, err := lang.ReadSourceFile(path)
	if err != nil {
		return nil, err
	}
	return Parse(path, src.Text)
}

// besideOf finds what `use` names: a cell of the library, or a file beside this one.
func besideOf(name string) func(string, bool) (*lang.Source, error) {
	return func(used string, path bool) (*lang.Source, error) {
		if !path {
			return cells.Source(used)
		}
		src, err := lang.ReadSourceFile(besidePath(name, used))
		if err != nil {
			return nil, fmt.Errorf("can't read %s, which use names; %v", used, err)
		}
		return src, nil
	}
}

// File is the syntax of the cell.
func (c *Cell) File() *lang.File { return c.file }

// Inputs lists what the cell reads: name, rows (0 where the data tells them), known ahead or not.
func (c *Cell) Inputs() []*graph.Column { return graph.Wants(c.file) }
