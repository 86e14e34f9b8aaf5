package main

import (
	"bufio"
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"
)

const neuron = `input  y
state  h = 0
weight u, v, w = 0.5
h    = relu(w*h[t-1] + v*y[t-1])
yhat = relu(u*h)
y ~ squared(yhat)
`

// watched is the command as it watches, a process of its own.
type watched struct {
	*testing.T
	cmd   *exec.Cmd
	lines chan string // of standard error
}

// watch begins to watch in an empty folder, which becomes the test's.
func watch(t *testing.T, args ...string) *watched {
	if runtime.GOOS == "windows" {
		t.Skip("a process can't be interrupted there")
	}
	t.Chdir(t.TempDir())
	w := &watched{t, exec.Command("unroll", append([]string{"explain", "--watch"}, args...)...), make(chan string, 1000)}
	out, err := os.Create("stdout")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = out.Close() }()
	w.cmd.Stdout = out
	said, err := w.cmd.StderrPipe()
	if err == nil {
		err = w.cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.cmd.Process.Kill() })
	go func() {
		for lines := bufio.NewScanner(said); lines.Scan(); {
			w.lines <- lines.Text()
		}
		close(w.lines)
	}()
	return w
}

// says waits until the command says what is wanted, and gives the lines before it.
func (w *watched) says(want string) (before []string) {
	w.Helper()
	late := time.After(30 * time.Second)
	for {
		select {
		case line, open := <-w.lines:
			if regexp.MustCompile(want).MatchString(line) {
				return before
			}
			if !open {
				w.Fatalf("it ended, and had not said %q but %q", want, before)
			}
			before = append(before, line)
		case <-late:
			w.Fatalf("it doesn't say %q; it said %q", want, before)
		}
	}
}

// interrupt is Ctrl-C: it ends with the status 0, and has nothing more to say.
func (w *watched) interrupt() {
	w.Helper()
	if err := w.cmd.Process.Signal(os.Interrupt); err != nil {
		w.Fatal(err)
	}
	for line := range w.lines {
		w.Errorf("after the interrupt it said %s", line)
	}
	if err := w.cmd.Wait(); err != nil {
		w.Error(err)
	}
}

func put(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// holds wants a file to hold a text.
func holds(t *testing.T, path, want string) {
	t.Helper()
	if text, err := os.ReadFile(path); err != nil || !strings.Contains(string(text), want) {
		t.Errorf("%s has no %s: %v", path, want, err)
	}
}

// TestWatch goes through a morning of work on a cell.
func TestWatch(t *testing.T) {
	w := watch(t, "a.cell", "--data", "y.csv", "-o", "a.md", "--picture", "a.svg")
	w.says("^waiting for a.cell and y.csv$")
	put(t, "y.csv", "y\n0\n1\n-1\n2\n")
	w.says("^waiting for a.cell$")
	put(t, "a.cell", neuron)
	w.says("^watching a.cell, y.csv; Ctrl-C ends$")
	w.says(`^wrote a.svg, a.md in \d+ ms$`)
	holds(t, "a.md", "6.5625")
	holds(t, "a.svg", "</svg>")

	put(t, "y.csv", "y\n0\n1\n-1\n3\n") // the data; nothing but its text tells
	w.says("^wrote")
	holds(t, "a.md", "11.5625")

	put(t, "b.tmp", strings.Replace(neuron, "0.5", "0.25", 1)) // an editor that replaces the file
	if err := os.Rename("b.tmp", "a.cell"); err != nil {
		t.Fatal(err)
	}
	w.says("^wrote")
	holds(t, "a.md", "0.25")

	put(t, "a.cell", strings.Replace(neuron, "relu", "rleu", 1)) // what is wrong is shown
	w.says("a.cell:4:8: rleu is not a function or a cell; did you mean relu")
	put(t, "a.cell", "")
	w.says("a.cell is empty")
	holds(t, "a.md", "0.25") // and what was written stays

	put(t, "a.cell", "use \"two.cell\"\n"+strings.Replace(neuron, "u*h", "two(u*h)", 1))
	w.says("can't read two.cell")
	put(t, "two.cell", "use \"inner.cell\"\ncell two(x) -> y {\n  y = inner(x)\n}\n")
	w.says("can't read inner.cell")
	put(t, "inner.cell", "cell inner(x) -> y {\n  y = 2*x\n}\n")
	w.says("^wrote")
	put(t, "inner.cell", "cell inner(x) -> y {\n  y = 7*x\n}\n") // a used cell, nested
	w.says("^wrote")
	holds(t, "a.md", "7")

	if err := os.Remove("y.csv"); err != nil {
		t.Fatal(err)
	}
	w.says("^waiting for y.csv$")
	put(t, "a.cell", neuron)
	put(t, "y.csv", "y\n0\n1\n")
	if before := w.says("^wrote"); len(before) > 1 { // of the files that are watched
		t.Errorf("before it went on it said %q", before)
	}
	w.interrupt()
}

// TestWatchWholeFiles: whoever reads the output while it is written again finds it whole.
func TestWatchWholeFiles(t *testing.T) {
	w := watch(t, "a.cell", "--input", "y=0,1,-1,2", "-o", "a.html")
	w.says("^waiting")
	put(t, "a.cell", neuron)
	w.says("^wrote")
	done, read := make(chan bool), make(chan int)
	go func() {
		n := 0
		for {
			select {
			case <-done:
				read <- n
				return
			default:
			}
			text, err := os.ReadFile("a.html")
			if err != nil || !bytes.HasSuffix(bytes.TrimSpace(text), []byte("</html>")) {
				t.Errorf("there is half a page: %d bytes, %v", len(text), err)
			}
			n++
			time.Sleep(time.Millisecond)
		}
	}()
	for _, u := range []string{"0.1", "0.2", "0.3", "0.4", "0.6"} {
		put(t, "a.cell", "") // as an editor that writes in two steps
		put(t, "a.cell", strings.Replace(neuron, "0.5", u, 1))
		w.says("^wrote")
		holds(t, "a.html", u)
	}
	close(done)
	if n := <-read; n < 5 {
		t.Errorf("it was read only %d times", n)
	}
	w.interrupt()
	if left, _ := filepath.Glob(".*"); len(left) > 0 {
		t.Errorf("beside the page there is %v", left)
	}
}

// TestWatchInterrupt: Ctrl-C ends also a run that takes long, in its middle.
func TestWatchInterrupt(t *testing.T) {
	w := watch(t, "a.cell", "--steps", "200000")
	w.says("^waiting")
	put(t, "a.cell", "state h = 1\nweight w = 1\nh = sin(w*h[t-1] + 1)\nloss h\n")
	w.says("^watching")
	w.interrupt()
	if text, err := os.ReadFile("stdout"); err != nil || len(text) > 0 {
		t.Errorf("it went on to the end: %d bytes, %v", len(text), err)
	}
}

// TestWatchPrints: without -o each solution goes to standard output, and how it went does not.
func TestWatchPrints(t *testing.T) {
	w := watch(t, "a.cell", "--input", "y=0,1,-1,2", "--format", "json")
	w.says("^waiting")
	put(t, "a.cell", neuron)
	w.says(`^made in \d+ ms$`)
	holds(t, "stdout", `"loss": "105/16"`)
	put(t, "a.cell", strings.ReplaceAll(neuron, "0.5", "1"))
	w.says(`^made in \d+ ms$`)
	w.interrupt()
	holds(t, "stdout", `"loss": "9"`)
}

// TestLook: what counts is what a file holds, however it came to hold that.
func TestLook(t *testing.T) {
	t.Chdir(t.TempDir())
	long := time.Now().Add(-time.Hour)
	at := func(when time.Time) {
		t.Helper()
		if err := os.Chtimes("a", when, when); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		what   string
		change func()
		same   bool
	}{
		{"nothing", func() {}, true},
		{"it is touched", func() { at(time.Now()) }, true},
		{"it is written as it was", func() { put(t, "a", "one") }, true},
		{"another text of the same length", func() { put(t, "a", "two") }, false},
		{"the same, and at the same time", func() { put(t, "a", "two"); at(long.Add(time.Minute)) }, false},
		{"it is replaced by one that looks the same", func() {
			put(t, "b", "two")
			if err := os.Rename("b", "a"); err != nil {
				t.Fatal(err)
			}
			at(long)
		}, false},
		{"it is taken away", func() { _ = os.Remove("a") }, false},
	} {
		put(t, "a", "one")
		at(long)
		before := lookAt([]string{"a"}, nil)
		c.change()
		now := lookAt([]string{"a"}, before)
		if now.same(before) != c.same {
			t.Errorf("%s: the same: %v", c.what, !c.same)
		}
	}
}
