package examples_test

import (
	"encoding/json"
	"os/exec"
	"strings"
	"testing"
)

// facts are what the gallery's pages must come to, by page and name: of an equation its values at the
// steps, "loss", and of a weight, with d before it, the derivative of the loss. They were found on
// paper, or are the source's own.
var facts = []struct{ page, name, want string }{
	{"sheet.md", "h", `"0" "1/2" "3/8"`},
	{"sheet.md", "yhat", `"0" "1/4" "3/16"`},
	{"sheet.md", "loss", `"1497/256"`},
	{"sheet.md", "du", `"-7/64"`},
	{"sheet.md", "dv", `"-7/64"`},
	{"sheet.md", "dw", `"-29/32"`},
	{"series.md", "h", `"0" "1/2" "0" "1/2" "1/4"`},
	{"series.md", "loss", `"649/64"`},
	{"series.md", "du", `"9/16"`},
	{"neurons2.md", "h", `["1","1/2"] ["5/2","1/2"] ["3/2","0"]`},
	{"neurons2.md", "loss", `"11/2"`},
	{"neurons2.md", "du", `[["-5/2","-1/2"]]`},
	{"neurons3.md", "h", `["1","1/2","0"] ["5/2","1/2","1/2"] ["3/2","0","1/2"]`},
	{"tomyeh.md", "h", `["3","6"] ["1","17"] ["0","28"] ["0","40"]`},
	{"tomyeh.md", "y", `"3" "16" "28" "40"`},
	{"bidirectional.md", "f", `"1/2" "5/4" "5/8" "13/16"`},
	{"bidirectional.md", "b", `"17/16" "9/8" "1/4" "1/2"`},
	{"bidirectional.md", "loss", `"265/512"`},
	{"holt.md", "yhat", `"2" "9/4" "57/16" "309/64"`},
	{"holt.md", "loss", `"12809/4096"`},
	{"descent.md", "w", `"4/5" "6/5" "7/5"`},
	{"descent.md", "miss", `"17/10" "1/2" "1/5"`},
	{"momentum.md", "w", `"4/5" "8/5" "2"`},
	{"momentum.md", "loss", `"1/2"`},
	{"momentum.md", "drate", `"16"`},
	{"momentum.md", "dbeta", `"16/5"`},
}

// solution is what is read of a solution as JSON.
type solution struct {
	Steps    []struct{ Values map[string]json.RawMessage }
	Loss     json.RawMessage
	Gradient map[string]json.RawMessage
}

// value is what a solution has under the name of a fact.
func (s solution) value(name string) string {
	if name == "loss" {
		return string(s.Loss)
	}
	if weight, ok := strings.CutPrefix(name, "d"); ok {
		return string(s.Gradient[weight])
	}
	var all []string
	for _, one := range s.Steps {
		all = append(all, string(one.Values[name]))
	}
	return strings.Join(all, " ")
}

// checkFacts solves what the pages show, and wants the numbers that are known.
func checkFacts(t *testing.T, exe string, calls map[string]string) {
	solved := map[string]solution{}
	for _, f := range facts {
		s, ok := solved[f.page]
		if !ok {
			s = numbers(t, exe, calls[f.page])
			solved[f.page] = s
		}
		if got := strings.ReplaceAll(s.value(f.name), ", ", ","); got != f.want {
			t.Errorf("%s: %s is %s, want %s", f.page, f.name, got, f.want)
		}
	}
}

// numbers are what a command of the gallery finds, read from its JSON.
func numbers(t *testing.T, exe, call string) solution {
	var args []string
	for _, a := range arguments(call) {
		switch {
		case a == "--jacobians", a == "--influence", a == "-o", a == "--picture", strings.HasPrefix(a, galleryDir):
		default:
			args = append(args, a)
		}
	}
	c := exec.Command(exe, append(args, "--format", "json")...)
	c.Dir = ".."
	out, err := c.Output()
	if err != nil {
		t.Fatalf("%s: %v", call, err)
	}
	var s solution
	if err := json.Unmarshal(out, &s); err != nil {
		t.Fatalf("%s: %v", call, err)
	}
	return s
}
