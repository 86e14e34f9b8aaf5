// Package golden compares text with a file, and rewrites the file when the tests are run with
// -update. It is not for use outside tests. Its main function is Check.
package golden

import (
	"flag"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the golden files with what the tests got")

// Check fails t if got is not the text of the file at path, and shows the first line that
// differs. With -update it writes the file instead.
func Check(t testing.TB, got, path string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v; run the test with -update to write it", err)
	}
	if got != string(want) {
		line, a, b := firstDifference(got, string(want))
		t.Errorf("%s:%d: got\n\t%s\nwant\n\t%s\nrun the test with -update if what it got is right", path, line, a, b)
	}
}

func firstDifference(got, want string) (line int, a, b string) {
	as, bs := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range max(len(as), len(bs)) {
		a, b = "(the end)", "(the end)"
		if i < len(as) {
			a = as[i]
		}
		if i < len(bs) {
			b = bs[i]
		}
		if a != b {
			return i + 1, a, b
		}
	}
	return 0, "", ""
}
