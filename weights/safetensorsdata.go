package weights

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"io"
	"maps"
	"math"
	"slices"
)

const (
	sumKey     = "checksum" // its value in the metadata is of all the rest
	blockBytes = 1 << 16    // are turned into numbers at a time
)

// newSum begins the checksum of a file: its metadata, but for the checksum, by their keys. Then
// come the tensors by their names: describe, and the bytes. So it depends on what a file says and
// not on how its header is laid out.
func newSum(meta map[string]string) hash.Hash {
	sum := sha256.New()
	for _, key := range slices.Sorted(maps.Keys(meta)) {
		if key != sumKey {
			_, _ = fmt.Fprintf(sum, "%s\x00%s\x00", key, meta[key]) // a hash takes all
		}
	}
	return sum
}

// describe is what the checksum takes in before a tensor's bytes.
func (t tensor) describe() []byte {
	return fmt.Appendf(nil, "%s\x00%s\x00%s\x00", t.name, t.dtype, shapeText(t.shape))
}

func sumText(sum hash.Hash) string { return "sha256:" + hex.EncodeToString(sum.Sum(nil)) }

// read returns the entries of each tensor, row by row, in the order of f.tensors, and the
// checksum of the file. It is for a file that has passed verify.
func (f *tensorFile) read() ([][]float64, string, error) {
	sum := newSum(f.meta)
	all := make([][]float64, len(f.tensors))
	for i, t := range f.tensors {
		sum.Write(t.describe())
		entries, err := f.readTensor(t, sum)
		if err != nil {
			return nil, "", err
		}
		all[i] = entries
	}
	return all, sumText(sum), nil
}

func (f *tensorFile) readTensor(t tensor, sum hash.Hash) ([]float64, error) {
	out := make([]float64, 0, (t.end-t.begin)/t.width())
	block := make([]byte, min(t.end-t.begin, blockBytes))
	for at := t.begin; at < t.end; at += int64(len(block)) {
		block = block[:min(t.end-at, blockBytes)]
		if err := readAt(f.r, block, f.start+at); err != nil {
			return nil, err
		}
		sum.Write(block)
		for b := range slices.Chunk(block, int(t.width())) {
			out = append(out, entry(b))
		}
	}
	return out, nil
}

// entry is the number of 8 or 4 bytes.
func entry(b []byte) float64 {
	if len(b) == 4 {
		return float64(math.Float32frombits(binary.LittleEndian.Uint32(b)))
	}
	return math.Float64frombits(binary.LittleEndian.Uint64(b))
}

// piece is a tensor to be written, of float64: its parts one after another.
type piece struct {
	tensor
	parts [][]float64
}

// writeTensors writes a safetensors file of pieces in the order of their names, and puts its
// checksum into the metadata. What follows the header begins at a multiple of 8.
func writeTensors(w io.Writer, meta map[string]string, pieces []piece) error {
	sum := newSum(meta)
	at := int64(0)
	for i := range pieces {
		p := &pieces[i]
		p.dtype, p.begin = "F64", at
		sum.Write(p.describe())
		at += p.write(sum)
		p.end = at
	}
	meta[sumKey] = sumText(sum)
	head, err := headerOf(meta, pieces)
	if err != nil {
		return err
	}
	// A bufio.Writer keeps its first error, and Flush returns it.
	to := bufio.NewWriterSize(w, blockBytes)
	_, _ = to.Write(binary.LittleEndian.AppendUint64(nil, uint64(len(head))))
	_, _ = to.Write(head)
	for _, p := range pieces {
		p.write(to)
	}
	return to.Flush()
}

// write writes the entries and returns how many bytes they have. The writer keeps its errors.
func (p piece) write(w io.Writer) (n int64) {
	block := make([]byte, 0, blockBytes)
	for _, part := range p.parts {
		for some := range slices.Chunk(part, blockBytes/8) {
			block = block[:0]
			for _, x := range some {
				block = binary.LittleEndian.AppendUint64(block, math.Float64bits(x))
			}
			_, _ = w.Write(block)
			n += int64(len(block))
		}
	}
	return n
}

// headerOf is the header, filled with spaces. The metadata come first, where one finds them with
// head; encoding/json sorts the keys.
func headerOf(meta map[string]string, pieces []piece) ([]byte, error) {
	entries := map[string]any{}
	for _, p := range pieces {
		entries[p.name] = map[string]any{"dtype": p.dtype, "shape": p.shape, "data_offsets": []int64{p.begin, p.end}}
	}
	head := jsonText(map[string]any{metaKey: meta})
	if len(pieces) > 0 {
		head = append(head[:len(head)-1], ',')
		head = append(head, jsonText(entries)[1:]...)
	}
	for len(head)%8 != 0 {
		head = append(head, ' ')
	}
	if len(head) > maxHeader {
		return nil, fmt.Errorf("the header has %d bytes, and a safetensors file may have %d: the model has too many series, or too long texts", len(head), maxHeader)
	}
	return head, nil
}

// jsonText is JSON in one line, with < and & as they are. It is for text, whole numbers and finite
// ones, in maps and lists: nothing that could fail.
func jsonText(v any) []byte {
	var b bytes.Buffer
	to := json.NewEncoder(&b)
	to.SetEscapeHTML(false)
	if err := to.Encode(v); err != nil {
		panic("weights: " + err.Error())
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}
