package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"unroll": main})
}

// TestScripts runs the command as a person would: one script a verb and case.
func TestScripts(t *testing.T) {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       flag.Lookup("update").Value.String() == "true", // the flag of package golden
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(e *testscript.Env) error {
			e.Setenv("ROOT", root)
			e.Setenv("GORACE", "atexit_sleep_ms=0") // otherwise each call waits a second under -race
			return nil
		},
		Condition: func(what string) (bool, error) {
			if what != "readonly" {
				return false, errors.New("there is no such condition")
			}
			return runtime.GOOS != "windows" && os.Getuid() > 0, nil // for whoever may do all, no folder is
		},
	})
}

// call runs the command within the test, from the project's root.
func call(t *testing.T, line string) (status int, stdout, stderr string) {
	t.Helper()
	args := split(line)
	if len(args) == 0 || args[0] != "unroll" {
		t.Fatalf("not a call of unroll: %s", line)
	}
	var out, err bytes.Buffer
	status = run(args[1:], strings.NewReader(""), &out, &err)
	return status, out.String(), err.String()
}

// TestHelpExamples: what --help of each verb ends in are two examples that work, one after the other, where the
// examples are. What they say beside their results are notes.
func TestHelpExamples(t *testing.T) {
	t.Chdir(newReader(t).dir)
	for _, verb := range newRoot().Commands() {
		_, help, _ := call(t, "unroll "+verb.Name()+" --help")
		_, examples, ok := strings.Cut(help, "\nExamples:\n")
		lines := strings.Split(strings.TrimSpace(examples), "\n")
		if !ok || len(lines) != 2 {
			t.Errorf("%s --help doesn't end in two examples:\n%s", verb.Name(), help)
			continue
		}
		for _, line := range lines {
			if status, _, err := call(t, line); status != 0 || strings.Contains(err, "unroll: ") {
				t.Errorf("%s: status %d, %q", line, status, err)
			}
		}
	}
}

// TestReadme: the calls in the README of the sheet work.
func TestReadme(t *testing.T) {
	t.Chdir("../..")
	for _, line := range readmeCalls(t) {
		if status, _, err := call(t, line); status != 0 || err != "" {
			t.Errorf("%s: status %d, %q", line, status, err)
		}
	}
}

func readmeCalls(t *testing.T) []string {
	text, err := os.ReadFile("examples/sheet/README.md")
	if err != nil {
		t.Fatal(err)
	}
	var calls []string
	for _, l := range strings.Split(string(text), "\n") {
		if strings.HasPrefix(l, "    unroll ") {
			calls = append(calls, strings.TrimSpace(l))
		}
	}
	if len(calls) < 6 {
		t.Fatalf("only %d calls in the README", len(calls))
	}
	return calls
}

// TestSheet: the four readings of the sheet are the rows of the README's table, in the order of its
// calls.
func TestSheet(t *testing.T) {
	t.Chdir("../..")
	text, err := os.ReadFile("examples/sheet/README.md")
	if err != nil {
		t.Fatal(err)
	}
	var rows [][]string
	for _, l := range strings.Split(string(text), "\n") {
		if strings.HasPrefix(l, "| `") && !strings.Contains(l, "by u") {
			rows = append(rows, strings.Split(strings.Trim(l, "|"), "|"))
		}
	}
	if len(rows) != 4 {
		t.Fatalf("%d rows in the README's table", len(rows))
	}
	for i, line := range readmeCalls(t)[:4] {
		got := reading(t, line)
		for j, want := range rows[i] {
			if want = strings.Trim(want, " `"); want != "" && got[j] != want {
				t.Errorf("%s: column %d: got %s, want %s", line, j, got[j], want)
			}
		}
	}
}

// reading is a row of the table, from a call's JSON.
func reading(t *testing.T, line string) []string {
	t.Helper()
	_, out, _ := call(t, line+" --format json")
	var s struct {
		Feed, Feedback, Loss string
		Steps                []struct{ Values map[string]string }
		Gradient, Updated    map[string]string
	}
	if err := json.Unmarshal([]byte(out), &s); err != nil {
		t.Fatal(err)
	}
	column := func(name string) string {
		var all []string
		for _, one := range s.Steps {
			all = append(all, one.Values[name])
		}
		return strings.Join(all, ", ")
	}
	g := s.Gradient
	return []string{s.Feed, s.Feedback, column("h"), column("yhat"), s.Loss, g["u"] + ", " + g["v"] + ", " + g["w"], s.Updated["u"]}
}

type badReader struct{}

func (badReader) Read([]byte) (int, error) { panic("a fault") }

type badWriter struct{}

func (badWriter) Write([]byte) (int, error) { return 0, errors.New("no space left") }

// TestFaults: a panic is a short message, never a stack; output that can't be written fails the run.
func TestFaults(t *testing.T) {
	var out, err bytes.Buffer
	if status := run([]string{"fmt", "-"}, badReader{}, &out, &err); status != 1 || out.Len() > 0 ||
		strings.Count(err.String(), "\n") != 1 || !strings.Contains(err.String(), "please report it") {
		t.Errorf("a panic: status %d, %q", status, err.String())
	}
	err.Reset()
	if status := run([]string{"cells"}, nil, badWriter{}, &err); status != 1 || !strings.Contains(err.String(), "no space left") {
		t.Errorf("a full disk: status %d, %q", status, err.String())
	}
}
