package examples_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"testing"

	"unroll/internal/golden"
)

const (
	galleryDir   = "docs/gallery/"
	galleryIndex = galleryDir + "README.md"
)

// galleryCalls are the commands of the gallery's index, each by the page that it writes.
func galleryCalls(t *testing.T) map[string]string {
	index, err := os.ReadFile(filepath.Join("..", galleryIndex))
	if err != nil {
		t.Fatal(err)
	}
	_, block, _ := strings.Cut(string(index), "```sh\n")
	block, _, _ = strings.Cut(block, "```")
	calls := map[string]string{}
	for _, call := range regexp.MustCompile(`\n\b`).Split(strings.TrimSpace(block), -1) {
		page := regexp.MustCompile(`-o ` + galleryDir + `(\S+)`).FindStringSubmatch(call)
		if page == nil || !strings.HasPrefix(call, "unroll explain ") || calls[page[1]] != "" {
			t.Fatalf("%s: not a command that writes a page of its own: %s", galleryIndex, call)
		}
		if !strings.Contains(string(index), "]("+page[1]+")") {
			t.Errorf("%s has no link to %s", galleryIndex, page[1])
		}
		calls[page[1]] = call
	}
	return calls
}

// built builds the command.
func built(t *testing.T) string {
	exe := filepath.Join(t.TempDir(), "unroll")
	if runtime.GOOS == "windows" {
		exe += ".exe"
	}
	if out, err := exec.Command("go", "build", "-o", exe, "../cmd/unroll").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return exe
}

// arguments are those of a command that may go over several lines.
func arguments(call string) []string {
	return strings.Fields(strings.NewReplacer("'", "", "\\\n", "").Replace(call))[1:]
}

// made is a page as its command makes it, from the project's root, and its pictures, by their names.
func made(t *testing.T, exe, call string) map[string]string {
	dir := t.TempDir()
	args := arguments(call)
	for i, a := range args {
		if name, ok := strings.CutPrefix(a, galleryDir); ok {
			args[i] = filepath.Join(dir, name)
		}
	}
	c := exec.Command(exe, args...)
	c.Dir = ".."
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", call, err, out)
	}
	files := map[string]string{}
	for _, path := range listed(t, dir) {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		files[filepath.Base(path)] = headed(path, call, string(text))
	}
	return files
}

// headed is a page below the command that made it. A picture is as it is.
func headed(path, call, text string) string {
	switch filepath.Ext(path) {
	case ".md":
		return "[All pages](README.md). This one is what the following command prints.\n\n```sh\n" + call + "\n```\n\n" + text
	case ".tex":
		return "% " + strings.ReplaceAll(call, "\n", "\n% ") + "\n" + text
	case ".html":
		return "<!-- " + call + " -->\n" + text
	}
	return text
}

func listed(t *testing.T, dir string) []string {
	all, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestGallery makes every page of the gallery and compares it, and its pictures, with those that are
// there; wants no others to be there; and wants the numbers that are known to come out.
func TestGallery(t *testing.T) {
	exe, calls := built(t), galleryCalls(t)
	var known sync.Map
	known.Store("README.md", true)
	t.Run("pages", func(t *testing.T) {
		for page, call := range calls {
			t.Run(page, func(t *testing.T) {
				t.Parallel()
				for name, text := range made(t, exe, call) {
					known.Store(name, true)
					golden.Check(t, text, filepath.Join("..", galleryDir, name))
				}
			})
		}
	})
	t.Run("facts", func(t *testing.T) { checkFacts(t, exe, calls) })
	for _, path := range listed(t, filepath.Join("..", galleryDir)) {
		if _, ok := known.Load(filepath.Base(path)); !ok {
			t.Errorf("%s: no command of %s makes this file", path, galleryIndex)
		}
	}
}
