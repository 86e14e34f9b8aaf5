package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"unroll/internal/golden"
)

// TestErrors makes each call of testdata/errors.txt in the folder testdata/errors, and holds what is
// said of it, with the exit status before it, against that file: all messages of all verbs, to read at
// a stretch. A call that fails prints nothing else, and says the same in the other forms.
func TestErrors(t *testing.T) {
	golden.Check(t, told(t), "testdata/errors.txt")
}

func told(t *testing.T) string {
	text, err := os.ReadFile("testdata/errors.txt")
	if err != nil {
		t.Fatal(err)
	}
	root, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chdir("testdata/errors"); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = os.Chdir(root) }()
	var out strings.Builder
	for line := range strings.Lines(string(text)) {
		call, ok := strings.CutPrefix(line, "$ ")
		switch {
		case ok:
			out.WriteString(line + answer(t, strings.TrimSpace(call)))
		case line == "\n" || line[0] == '#':
			out.WriteString(line)
		}
	}
	return out.String()
}

// answer is what a call says, each line behind its exit status.
func answer(t *testing.T, call string) string {
	status, said := fails(t, call)
	checkForms(t, call, status, said)
	var out strings.Builder
	for line := range strings.Lines(said) {
		fmt.Fprintf(&out, "%d | %s", status, line)
	}
	return out.String()
}

// fails makes a call that fails. It may read a file by < at its end.
func fails(t *testing.T, call string, more ...string) (status int, stderr string) {
	t.Helper()
	args := split(call)
	in := []byte{}
	if n := len(args); n > 2 && args[n-2] == "<" {
		in, _ = os.ReadFile(args[n-1])
		args = args[:n-2]
	}
	var out, err bytes.Buffer
	status = run(append(append([]string{}, more...), args[1:]...), bytes.NewReader(in), &out, &err)
	switch said := err.String(); {
	case status == 0 || said == "":
		t.Errorf("%s: status %d, and it says %q", call, status, said)
	case out.Len() > 0:
		t.Errorf("%s fails and prints %s", call, out.String())
	case strings.Contains(said, "report it") || strings.Contains(said, "%!"):
		t.Errorf("%s shows what is internal: %s", call, said)
	}
	return status, err.String()
}

// advice is in a message that says itself what to do.
var advice = regexp.MustCompile("expected|did you mean|as in|such as|neither|one of|give either|whole number")

// checkForms wants a call to say the same in the short form and as JSON, and a person to be told what
// to do about a call.
func checkForms(t *testing.T, call string, status int, said string) {
	if strings.Contains(call, "--diagnostics") {
		return
	}
	shortStatus, short := fails(t, call, "--diagnostics", "short")
	jsonStatus, objects := fails(t, call, "--diagnostics", "json")
	if status != shortStatus || status != jsonStatus {
		t.Errorf("%s: status %d, short %d, JSON %d", call, status, shortStatus, jsonStatus)
	}
	var all []diagnostic
	lines := strings.Split(strings.TrimSpace(objects), "\n")
	for _, line := range lines {
		var d diagnostic
		if err := json.Unmarshal([]byte(line), &d); err != nil {
			t.Errorf("%s: %v: %s", call, err, line)
		}
		all = append(all, d)
		switch {
		case (d.Kind == ofCall || d.Kind == ofCell) && d.Help == "" && !advice.MatchString(d.Message) && !strings.HasPrefix(call, "unroll cells"):
			t.Errorf("%s: %s doesn't say what to do", call, line)
		case d.Message == "" || strings.HasSuffix(d.Message, "."), d.Column > 0 && d.Line == 0, d.Line > 0 && d.File == "",
			d.EndColumn > 0 && d.EndColumn <= d.Column, d.Kind == ofWarning, d.Kind == ofNote:
			t.Errorf("%s: %s", call, line)
		}
	}
	if n := strings.Count(short, "\n"); n != len(all) {
		t.Errorf("%s: %d lines in the short form for %d diagnostics", call, n, len(all))
	}
	for _, line := range strings.Split(strings.TrimSpace(short), "\n") {
		if !strings.Contains(strings.Join(strings.Fields(said), " "), line) {
			t.Errorf("%s: %q is said in the short form alone", call, line)
		}
	}
	if calls := slices.ContainsFunc(all, func(d diagnostic) bool { return d.Kind != ofCall }); calls == (status == 2) {
		t.Errorf("%s: status %d with %s", call, status, objects)
	}
}

// split cuts a call into words, as a shell would that knows single quotes alone.
func split(call string) []string {
	var words []string
	word, quoted, begun := "", false, false
	for _, r := range call {
		switch {
		case r == '\'':
			quoted, begun = !quoted, true
		case r == ' ' && !quoted:
			if begun {
				words = append(words, word)
			}
			word, begun = "", false
		default:
			word, begun = word+string(r), true
		}
	}
	if begun {
		words = append(words, word)
	}
	return words
}
