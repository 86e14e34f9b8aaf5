package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"unroll/internal/golden"
)

var fenced = regexp.MustCompile("(?s)```(cell|go|console)([^\n]*)\n(.*?)```\n")

// TestDocs goes through the pages for readers as one would: it writes the files that a page shows with
// a name, and runs its commands, one after the other in one folder, which has the examples. With
// -update it writes what they print.
func TestDocs(t *testing.T) {
	if _, err := exec.LookPath("sh"); err != nil {
		t.Skip("the pages are written for a shell, and there is none")
	}
	for _, name := range []string{"errors", "data", "students", "engineers", "researchers", "forecasters", "forecasting", "training"} {
		t.Run(name, func(t *testing.T) {
			page := filepath.Join("../../docs", name+".md")
			text, err := os.ReadFile(page)
			if err != nil {
				t.Fatal(err)
			}
			r := newReader(t)
			r.fails = name == "errors" || name == "data"
			golden.Check(t, fenced.ReplaceAllStringFunc(string(text), r.block), page)
			r.pictures(string(text))
		})
	}
}

// reader goes through a page.
type reader struct {
	*testing.T
	dir, root string
	fails     bool // what commands say when they fail is what is shown
}

func newReader(t *testing.T) *reader {
	root, err := filepath.Abs("../..")
	dir := t.TempDir()
	if err == nil {
		err = os.Symlink(filepath.Join(root, "examples"), filepath.Join(dir, "examples"))
	}
	if err != nil {
		t.Fatal(err)
	}
	return &reader{T: t, dir: dir, root: root}
}

var drawn = regexp.MustCompile(`!\[[^]]*\]\((\w+\.svg)\)`)

// pictures holds what the commands of a page have drawn against the pictures that it shows.
func (r *reader) pictures(page string) {
	for _, shown := range drawn.FindAllStringSubmatch(page, -1) {
		picture, err := os.ReadFile(filepath.Join(r.dir, shown[1]))
		if err != nil {
			r.Fatal(err)
		}
		golden.Check(r.T, string(picture), filepath.Join("../../docs", shown[1]))
	}
}

// block is a block of a page, with what its commands print.
func (r *reader) block(block string) string {
	parts := fenced.FindStringSubmatch(block)
	kind, name, text := parts[1], strings.TrimSpace(parts[2]), parts[3]
	if kind != "console" {
		put(r.T, filepath.Join(r.dir, name), text)
		return block
	}
	var out strings.Builder
	for l := range strings.Lines(text) {
		if call, ok := strings.CutPrefix(l, "$ "); ok {
			out.WriteString(l + r.prints(strings.TrimSpace(call)))
		}
	}
	return "```console\n" + out.String() + "```\n"
}

// prints is what a command prints. A program runs where the module is.
func (r *reader) prints(call string) string {
	c := exec.Command("sh", "-c", call)
	c.Dir = r.dir
	if file, ok := strings.CutPrefix(call, "go run "); ok {
		c = exec.Command("go", "run", filepath.Join(r.dir, file))
		c.Dir = r.root
	}
	out, err := c.CombinedOutput()
	if err != nil && !r.fails || len(out) == 0 {
		r.Errorf("%s: %v, and it printed %q", call, err, out)
	}
	var lines []string
	for l := range strings.Lines(string(out)) {
		lines = append(lines, strings.TrimRight(l, " \n"))
	}
	return strings.TrimRight(strings.Join(lines, "\n"), "\n") + "\n"
}
