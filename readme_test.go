package unroll_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"unroll"
)

// command builds the command and gives the folder that it is in.
func command(t *testing.T) string {
	if _, err := exec.LookPath("sh"); err != nil {
		t.Skip("the tour is written for a shell, and there is none")
	}
	dir := t.TempDir()
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
// are followed by what they print.
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
	c.Env = append(os.Environ(), "PATH="+dir+string(os.PathListSeparator)+os.Getenv("PATH"))
	out, err := c.CombinedOutput()
	if err != nil {
		t.Errorf("%s: %v\n%s", call, err, out)
	}
	var lines []string
	for l := range strings.Lines(string(out)) {
		lines = append(lines, strings.TrimRight(l, " \n"))
	}
	return strings.TrimRight(strings.Join(lines, "\n"), "\n") + "\n"
}

// readings is the table of what one sheet may mean: each row is a run.
func readings(t *testing.T) []string {
	out := tableOf("`--feed`", "`--feedback`", "h", "ŷ", "L", "∂L/∂u", "∂L/∂v", "∂L/∂w")
	for _, o := range []unroll.Options{
		{Feed: "teacher"}, {Feed: "free"},
		{Feed: "observed:1", Feedback: "grad"}, {Feed: "observed:1", Feedback: "stop"},
	} {
		cell, err := unroll.ReadFile("examples/sheet/sheet.cell")
		if err != nil {
			t.Fatal(err)
		}
		run, err := cell.Bind(unroll.Numbers("y", 0, 1, -1, 2), o)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, reading(t, run, o))
	}
	return out
}

func reading(t *testing.T, run *unroll.Run, o unroll.Options) string {
	loss, err := run.Loss()
	if err != nil {
		t.Fatal(err)
	}
	gradient, err := run.Gradient()
	if err != nil {
		t.Fatal(err)
	}
	columns := []string{code(o.Feed), "any"}
	if o.Feedback != "" {
		columns[1] = code(o.Feedback)
	}
	for _, name := range []string{"h", "yhat"} {
		values, err := run.Values(name)
		if err != nil {
			t.Fatal(err)
		}
		columns = append(columns, strings.Join(strings.Fields(strings.Trim(fmt.Sprint(values[0]), "[]")), ", "))
	}
	columns = append(columns, loss.String())
	for _, name := range []string{"u", "v", "w"} {
		columns = append(columns, gradient[name][0].String())
	}
	return line(columns...)
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
