package unroll_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"unroll/internal/golden"
)

// command builds the command and gives the folder that it is in, beside the examples.
func command(t *testing.T) string {
	if _, err := exec.LookPath("sh"); err != nil {
		t.Skip("the tour is written for a shell, and there is none")
	}
	dir := t.TempDir()
	examples, err := filepath.Abs("examples")
	if err == nil {
		err = os.Symlink(examples, filepath.Join(dir, "examples"))
	}
	if err != nil {
		t.Fatal(err)
	}
	exe := filepath.Join(dir, "unroll")
	if runtime.GOOS == "windows" {
		exe += ".exe"
	}
	if out, err := exec.Command("go", "build", "-o", exe, "./cmd/unroll").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return dir
}

var consoleBlock = regexp.MustCompile("(?s)```console\n(.*?)```\n")

// withOutputs is a document in which the commands of console blocks, the lines that begin with $,
// are followed by what they print. They run one after the other in a folder of their own, which has
// the examples.
func withOutputs(t *testing.T, text string) string {
	if !consoleBlock.MatchString(text) {
		return text
	}
	dir := command(t)
	return consoleBlock.ReplaceAllStringFunc(text, func(block string) string {
		var out strings.Builder
		out.WriteString("```console\n")
		for l := range strings.Lines(block) {
			if call, ok := strings.CutPrefix(l, "$ "); ok {
				out.WriteString(l + runLine(t, dir, strings.TrimSpace(call)))
			}
		}
		return out.String() + "```\n"
	})
}

func runLine(t *testing.T, dir, call string) string {
	c := exec.Command("sh", "-c", call)
	c.Dir = dir
	c.Env = append(os.Environ(), "PATH="+dir+string(os.PathListSeparator)+os.Getenv("PATH"))
	out, err := c.CombinedOutput()
	if err != nil || len(out) == 0 {
		t.Errorf("%s: %v, and it printed %q", call, err, out)
	}
	var lines []string
	for l := range strings.Lines(string(out)) {
		lines = append(lines, strings.TrimRight(l, " \n"))
	}
	return strings.TrimRight(strings.Join(lines, "\n"), "\n") + "\n"
}

// TestPicture wants the picture in README.md to be the one that the command draws.
func TestPicture(t *testing.T) {
	dir := command(t)
	runLine(t, dir, "unroll explain examples/sheet/sheet.cell --input y=0,1,-1,2 --feed observed:1 --feedback stop --picture unrolled.svg")
	got, err := os.ReadFile(filepath.Join(dir, "unrolled.svg"))
	if err != nil {
		t.Fatal(err)
	}
	golden.Check(t, string(got), "docs/unrolled.svg")
}

// TestGoOfReadme wants the program that README.md shows to be the one that the example runs.
func TestGoOfReadme(t *testing.T) {
	text, err := os.ReadFile("example_test.go")
	if err != nil {
		t.Fatal(err)
	}
	_, body, _ := strings.Cut(string(text), "func Example() {\n")
	body, _, _ = strings.Cut(body, "\t// Output:")
	for _, shown := range blocks(t, "README.md", "go") {
		if want := strings.ReplaceAll("\n"+strings.TrimSuffix(body, "\n"), "\n\t", "\n"); !strings.Contains(want+"\n", shown) {
			t.Errorf("README.md shows\n%sand Example in example_test.go is\n%s", shown, want)
		}
	}
}
