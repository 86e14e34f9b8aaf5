package golden

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func Example() {
	line, got, want := firstDifference("a\nb\n", "a\nc\n")
	fmt.Println(line, got, want)
	// Output: 2 b c
}

// recorder is a testing.TB that notes failures instead of failing.
type recorder struct {
	testing.TB
	said string
}

func (r *recorder) Helper()                   {}
func (r *recorder) Errorf(f string, a ...any) { r.said += fmt.Sprintf(f, a...) }

func TestCheck(t *testing.T) {
	path := filepath.Join(t.TempDir(), "want.txt")
	if err := os.WriteFile(path, []byte("one\ntwo\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	was := *update
	*update = false
	defer func() { *update = was }()
	for got, want := range map[string]string{
		"one\ntwo\n": "",
		"one\nTwo\n": "want.txt:2",
		"one":        "want.txt:2",
		"one\ntwo":   "want.txt:3",
	} {
		r := &recorder{TB: t}
		Check(r, got, path)
		if (want == "") != (r.said == "") || !strings.Contains(r.said, want) {
			t.Errorf("Check(%q) said %q", got, r.said)
		}
	}
	*update = true
	Check(t, "three", path)
	if got, _ := os.ReadFile(path); string(got) != "three" {
		t.Errorf("-update wrote %q", got)
	}
}
