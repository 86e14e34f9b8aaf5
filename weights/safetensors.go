package weights

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

const (
	lengthBytes = 8           // the length of the header stands before it
	maxHeader   = 100_000_000 // bytes, as other readers of safetensors have it
	shownStart  = 512         // bytes by which a file of another kind is known
)

// tensor is an array of a safetensors file, as the header has it.
type tensor struct {
	name, dtype string
	shape       []int64
	begin, end  int64 // bytes from the end of the header on
}

// tensorFile is a safetensors file. Its header has been read; its tensors have been only after
// verify.
type tensorFile struct {
	r           io.ReaderAt
	start, size int64 // where the numbers begin in the file, and how many bytes they have
	meta        map[string]string
	tensors     []tensor // in the order of their names
}

// openTensors reads the header of a safetensors file of size bytes. No more memory is taken than
// the file has bytes for.
func openTensors(r io.ReaderAt, size int64) (*tensorFile, error) {
	begin := make([]byte, min(size, shownStart))
	if err := readAt(r, begin, 0); err != nil {
		return nil, err
	}
	length, ok := headerLength(begin)
	switch {
	case !ok:
		return nil, foreign(begin)
	case length > size-lengthBytes:
		return nil, fmt.Errorf("is cut short: its header has %d bytes, and only %d are there; %s", length, size-lengthBytes, copyAgain)
	}
	header := make([]byte, length)
	if err := readAt(r, header, lengthBytes); err != nil {
		return nil, err
	}
	f := &tensorFile{r: r, start: lengthBytes + length, size: size - lengthBytes - length}
	if err := f.parseHeader(header); err != nil {
		return nil, fmt.Errorf("is damaged: the header %w; %s", err, copyAgain)
	}
	return f, nil
}

// headerLength is the length of the header that a file begins with, if it may be a safetensors
// file at all.
func headerLength(begin []byte) (int64, bool) {
	if len(begin) < lengthBytes {
		return 0, false
	}
	n := binary.LittleEndian.Uint64(begin)
	brace := len(begin) == lengthBytes || begin[lengthBytes] == '{'
	return int64(min(n, math.MaxInt64)), brace && 0 < n && n <= maxHeader
}

// kinds of files that are taken for models, by what they begin with.
var foreignKinds = []struct{ start, what string }{
	{"PK", "a zip archive, as PyTorch, Keras and NumPy write them"},
	{"\x80", "a pickle of Python"},
	{"\x93NUMPY", "an array of NumPy"},
	{"\x89HDF", "an HDF5 file"},
	{"\x1f\x8b", "compressed with gzip"},
	{"PAR1", "a Parquet file"},
	{"GGUF", "a GGUF file"},
}

// foreign says what a file is that isn't safetensors.
func foreign(begin []byte) error {
	what := "a file of another kind"
	if isText(begin) {
		what = "text"
	}
	for _, k := range foreignKinds {
		if strings.HasPrefix(string(begin), k.start) {
			what = k.what
		}
	}
	if len(begin) == 0 {
		what = "an empty file"
	}
	return fmt.Errorf("is not a model but %s; %s", what, giveModel)
}

func isText(begin []byte) bool {
	// The last character may be cut.
	return utf8.Valid(begin[:max(0, len(begin)-utf8.UTFMax+1)]) && !slices.Contains(begin, 0)
}

// verify says whether the tensors are numbers that a model has, and lie one after another up to
// the end of the file: without gaps, overlaps, or a length that isn't the shape's.
func (f *tensorFile) verify() error {
	byPlace := slices.Clone(f.tensors)
	slices.SortFunc(byPlace, func(a, b tensor) int {
		if a.begin != b.begin {
			return cmp.Compare(a.begin, b.begin)
		}
		return cmp.Compare(a.end, b.end)
	})
	at := int64(0)
	for _, t := range byPlace {
		if err := t.verify(at); err != nil {
			return fmt.Errorf("is damaged: the tensor %s %w; %s", quoted(t.name), err, copyAgain)
		}
		at = t.end
	}
	switch {
	case at > f.size:
		return fmt.Errorf("is cut short: its tensors have %d bytes, and only %d are there; %s", at, f.size, copyAgain)
	case at < f.size:
		return fmt.Errorf("is damaged: %d bytes follow its last tensor; %s", f.size-at, copyAgain)
	}
	return nil
}

// verify says whether a tensor begins at the byte at and has the bytes of its shape.
func (t tensor) verify(at int64) error {
	if t.width() == 0 {
		return fmt.Errorf("has numbers of the kind %s; a model has F64 or F32", quoted(t.dtype))
	}
	n := t.width()
	for _, d := range t.shape {
		if d > 0 && n > math.MaxInt64/d {
			return fmt.Errorf("has the shape %s, more than any file holds", shapeText(t.shape))
		}
		n *= d
	}
	switch {
	case t.begin != at:
		return fmt.Errorf("begins at byte %d, where %d was to be expected", t.begin, at)
	case t.end < t.begin || t.end-t.begin != n:
		return fmt.Errorf("of shape %s has the bytes from %d to %d, not %d of them", shapeText(t.shape), t.begin, t.end, n)
	}
	return nil
}

// width is the bytes of an entry; 0 for a kind of numbers that models don't have.
func (t tensor) width() int64 {
	switch t.dtype {
	case "F64":
		return 8
	case "F32":
		return 4
	}
	return 0
}

// shapeText is a shape as Python prints a list.
func shapeText(shape []int64) string {
	return strings.ReplaceAll(fmt.Sprint(shape), " ", ", ")
}

// quoted is a name from a file, fit for a message.
func quoted(name string) string {
	if len(name) > 60 {
		name = strings.ToValidUTF8(name[:60], "") + "…"
	}
	return fmt.Sprintf("%q", name)
}

func readAt(r io.ReaderAt, to []byte, at int64) error {
	if n, err := r.ReadAt(to, at); n < len(to) {
		return fmt.Errorf("can't be read to its end: %w", err)
	}
	return nil
}
