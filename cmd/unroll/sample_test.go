package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"unroll"
)

// TestSamples makes for every example the call that vet suggests, and that a call without data is
// answered with: it works.
func TestSamples(t *testing.T) {
	files, err := filepath.Glob("../../examples/*/*.cell")
	if err != nil || len(files) < 40 {
		t.Fatalf("only %d examples: %v", len(files), err)
	}
	for _, path := range files {
		cell, err := unroll.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		g, err := cell.Graph(unroll.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if len(g.Inputs) == 0 {
			continue // some of these are cells for others to use
		}
		flags := samples(g)
		inline := flags != "--data FILE.csv" // which stands where numbers would be too many: the user's file, not one that is here
		if status, _, said := call(t, "unroll explain "+path+" "+flags+" --format json"); inline && status != 0 {
			t.Errorf("%s %s: %s", path, flags, said)
		}
		if status, _, said := call(t, "unroll explain "+path); status != 2 || !strings.Contains(said, "    unroll explain "+path+" "+flags+"\n") {
			t.Errorf("%s: status %d, %s", path, status, said)
		}
	}
}

// TestWriteWhole: a link stays a link, also one that leads to where nothing is yet.
func TestWriteWhole(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, link := range [][2]string{{"later", "link"}, {"there", "before"}, {"circle", "circle"}} {
		if err := os.Symlink(link[0], link[1]); err != nil {
			t.Skip(err)
		}
	}
	put(t, "there", "old")
	for _, c := range []struct{ path, at, err string }{
		{"link", "later", ""},
		{"before", "there", ""},
		{"new", "new", ""},
		{"circle", "", "can't write circle: "},
	} {
		err := writeWhole(c.path, []byte("text of "+c.path))
		if c.err != "" && (err == nil || !strings.HasPrefix(err.Error(), c.err)) || c.err == "" && err != nil {
			t.Errorf("%s: got %v, want %q", c.path, err, c.err)
		}
		if c.at != "" {
			holds(t, c.at, "text of "+c.path)
		}
	}
	for _, link := range []string{"link", "before", "circle"} {
		if _, err := os.Readlink(link); err != nil {
			t.Errorf("%s is no link any more: %v", link, err)
		}
	}
	if left, _ := filepath.Glob(".*"); len(left) > 0 {
		t.Errorf("beside the files there is %v", left)
	}
}
