package weights

import (
	"bytes"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"
)

func read(t *testing.T, path string) []byte {
	t.Helper()
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// only fails if a folder has other files than these.
func only(t *testing.T, dir string, names ...string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range entries {
		got = append(got, e.Name())
	}
	if !reflect.DeepEqual(got, names) {
		t.Errorf("the folder has %v, not %v", got, names)
	}
}

func TestModelFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "m.safetensors")
	for range 2 { // a new file, and in place of an old one
		if err := small().WriteFile(path); err != nil {
			t.Fatal(err)
		}
		m, err := ReadModel(path)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(m, small()) {
			t.Errorf("read as %+v", m)
		}
	}
	only(t, dir, "m.safetensors")
}

// TestOldModelStays: a model that is refused leaves the file as it was, and nothing beside it.
func TestOldModelStays(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "m.safetensors")
	if err := small().WriteFile(path); err != nil {
		t.Fatal(err)
	}
	old := read(t, path)
	bad := small()
	bad.Members[0].Weights["b"][0].Float[0] = math.Inf(1)
	want := path + ` can't be written: member 1: the weight "b" is +Inf in row 1, column 1; a model has finite numbers`
	if err := bad.WriteFile(path); err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
	if !bytes.Equal(read(t, path), old) {
		t.Error("the old file has changed")
	}
	only(t, dir, "m.safetensors")
}

// TestModelKeepsLinksAndModes, where the system has them.
func TestModelKeepsLinksAndModes(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("links and modes are others there")
	}
	dir := t.TempDir()
	path, link := filepath.Join(dir, "a.safetensors"), filepath.Join(dir, "b.safetensors")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("a.safetensors", link); err != nil {
		t.Fatal(err)
	}
	if err := small().WriteFile(link); err != nil {
		t.Fatal(err)
	}
	if to, err := os.Readlink(link); to != "a.safetensors" {
		t.Errorf("the link leads to %q (%v)", to, err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 || info.Size() == 0 {
		t.Errorf("the file is %v (%v)", info, err)
	}
	only(t, dir, "a.safetensors", "b.safetensors")
	if err := small().WriteFile(os.DevNull); err != nil {
		t.Error(err)
	}
	if info, err := os.Stat(os.DevNull); err != nil || info.Mode().IsRegular() {
		t.Errorf("%s has become a file (%v)", os.DevNull, err)
	}
}

// TestPlacesWithoutModels: what is said when a path isn't one of a model.
func TestPlacesWithoutModels(t *testing.T) {
	dir := t.TempDir()
	for _, c := range []struct {
		err  error
		want string
	}{
		{small().WriteFile(dir), dir + " can't be written: that is a folder; give the name of a file in it"},
		{small().WriteFile(filepath.Join(dir, "no", "m")), filepath.Join(dir, "no", "m") + " can't be written: "},
		{readOnly(dir), dir + " is a folder; give the file that unroll train -o wrote"},
		{readOnly(filepath.Join(dir, "m")), "open " + filepath.Join(dir, "m")},
		{readOnly(os.DevNull), os.DevNull + " is a pipe or a device; give the file that unroll train -o wrote"},
	} {
		if c.err == nil || !strings.HasPrefix(c.err.Error(), c.want) {
			t.Errorf("got %v, want %s", c.err, c.want)
		}
	}
}

func readOnly(path string) error {
	_, err := ReadModel(path)
	return err
}
