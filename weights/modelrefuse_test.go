package weights

import (
	"bytes"
	"encoding/binary"
	"io"
	"math"
	"runtime"
	"strings"
	"testing"

	"unroll/series"
)

// withHeader is a safetensors file with a header as it stands, and data.
func withHeader(header string, data []byte) []byte {
	out := binary.LittleEndian.AppendUint64(nil, uint64(len(header)))
	return append(append(out, header...), data...)
}

// withTensors is a file that says to be a model of version 1, with tensors and data.
func withTensors(tensors string, data int) []byte {
	return withHeader(`{"__metadata__":{"unroll":"1","text":"x","seeds":"[1]"},`+tensors+`}`, make([]byte, data))
}

// withMeta is a file whose checksum is right, and of whose metadata and tensors nobody took care.
func withMeta(t testing.TB, meta map[string]string, pieces ...piece) []byte {
	t.Helper()
	all := map[string]string{"unroll": "1", "text": "x", "seeds": "[1]"}
	for key, value := range meta {
		all[key] = value
	}
	var b bytes.Buffer
	if err := writeTensors(&b, all, pieces); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func ones(name string, shape ...int64) piece {
	n := int64(1)
	for _, d := range shape {
		n *= d
	}
	return piece{tensor{name: name, shape: append([]int64{}, shape...)}, [][]float64{make([]float64, n)}}
}

// TestFilesOfOtherKinds are refused by what they are.
func TestFilesOfOtherKinds(t *testing.T) {
	for what, file := range map[string]string{
		"an empty file": "",
		"text":          "ds,y\n2024-01-01,1\n",
		"text.":         "input y", // shorter than the length of a header
		"text..":        strings.Repeat("данные ", 100),
		"a zip archive, as PyTorch, Keras and NumPy write them": "PK\x03\x04\x00\x00\x08\x08\x00\x00",
		"a pickle of Python":      "\x80\x02}q\x00(X\x01\x00\x00\x00w",
		"an array of NumPy":       "\x93NUMPY\x01\x00v\x00{'descr'",
		"an HDF5 file":            "\x89HDF\r\n\x1a\n\x00\x00",
		"compressed with gzip":    "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03",
		"a Parquet file":          "PAR1\x15\x04\x15\x10\x15\x14",
		"a GGUF file":             "GGUF\x03\x00\x00\x00\x00\x00",
		"a file of another kind":  "\x00\x00\x00\x00\x00\x00\x00\x00{}",
		"a file of another kind.": "\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00",
		"a safetensors file of another program, with tensors such as \"w\"": string(withHeader(`{"w":{"dtype":"BF16","shape":[1],"data_offsets":[0,2]}}`, []byte{0, 0})),
		"a safetensors file of another program":                             string(withHeader(`{"__metadata__":{"format":"pt"}}`, nil)),
	} {
		want := "m.safetensors is not a model but " + strings.TrimRight(what, ".") + "; give the file that unroll train -o wrote"
		if _, err := decode([]byte(file)); err == nil || err.Error() != want {
			t.Errorf("got  %v\nwant %s", err, want)
		}
	}
}

// TestDamagedFiles are refused by what of them can't be.
func TestDamagedFiles(t *testing.T) {
	one := `"w":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}`
	for want, file := range map[string][]byte{
		"is cut short: its header has 99000000 bytes, and only 2 are there": append(binary.LittleEndian.AppendUint64(nil, 99_000_000), "{}"...),
		"is cut short: its header has 2 bytes, and only 0 are there":        binary.LittleEndian.AppendUint64(nil, 2),
		"is not a model but a file of another kind":                         append(binary.LittleEndian.AppendUint64(nil, maxHeader+1), "{}"...),
		"is cut short: its tensors have 8 bytes, and only 7 are there":      withTensors(one, 7),
		"is damaged: 1 bytes follow its last tensor":                        withTensors(one, 9),
		"the header is not JSON":                                            withHeader(`{"__metadata__"`, nil),
		`tensor "w" what can't be read: it is not JSON: invalid character`:  withHeader(`{"w":}`, nil),
		"the header is not UTF-8":                                           withHeader("{\"\xff\":1}", nil),
		"the header goes on after its end":                                  withHeader(`{} {}`, nil),
		`the header has "w" twice`:                                          withTensors(one+","+one, 8),
		`the header has "__metadata__" twice`:                               withHeader(`{"__metadata__":{},"__metadata__":{}}`, nil),
		`the header has "1" where text belongs`:                             withHeader(`{"__metadata__":{"unroll":1}}`, nil),
		`the header has "[" where a { belongs`:                              withHeader(`{"__metadata__":[]}`, nil),
		`of the tensor "w" not dtype, shape and two data_offsets`:           withTensors(`"w":{"dtype":"F64","shape":[1]}`, 8),
		`of the tensor "v" not dtype, shape and two data_offsets`:           withTensors(`"v":{"dtype":"F64","shape":[1],"data_offsets":[0]}`, 8),
		`it has "strides", which the format doesn't know`:                   withTensors(`"w":{"dtype":"F64","shape":[1],"strides":[1],"data_offsets":[0,8]}`, 8),
		`it has "DType", which`:                                             withTensors(`"w":{"DType":"F64","shape":[1],"data_offsets":[0,8]}`, 8),
		`it has "-1" where a number of entries or bytes belongs`:            withTensors(`"w":{"dtype":"F64","shape":[-1],"data_offsets":[0,8]}`, 8),
		`it has "-0" where a number`:                                        withTensors(`"w":{"dtype":"F64","shape":[-0],"data_offsets":[0,0]}`, 0),
		`it has "1.0" where a number`:                                       withTensors(`"w":{"dtype":"F64","shape":[1.0],"data_offsets":[0,8]}`, 8),
		`it has null where a number`:                                        withTensors(`"w":{"dtype":"F64","shape":[null],"data_offsets":[0,8]}`, 8),
		`it has null where a [ belongs`:                                     withTensors(`"w":{"dtype":"F64","shape":null,"data_offsets":[0,8]}`, 8),
		`it has "18446744073709551616" where a number`:                      withTensors(`"w":{"dtype":"F64","shape":[1],"data_offsets":[0,18446744073709551616]}`, 8),
		`the tensor "w" has numbers of the kind "BF16"; a model has F64`:    withTensors(`"w":{"dtype":"BF16","shape":[1],"data_offsets":[0,2]}`, 2),
		`the tensor "w" has the shape [4611686018427387904, 2], more`:       withTensors(`"w":{"dtype":"F64","shape":[4611686018427387904,2],"data_offsets":[0,8]}`, 8),
		`the tensor "w" of shape [2] has the bytes from 0 to 8, not 16`:     withTensors(`"w":{"dtype":"F64","shape":[2],"data_offsets":[0,8]}`, 8),
		`the tensor "w" of shape [0] has the bytes from 8 to 0, not 0`:      withTensors(`"v":{"dtype":"F64","shape":[1],"data_offsets":[0,8]},"w":{"dtype":"F64","shape":[0],"data_offsets":[8,0]}`, 8),
		`the tensor "w" begins at byte 8, where 0 was`:                      withTensors(`"w":{"dtype":"F64","shape":[1],"data_offsets":[8,16]}`, 16),
		`the tensor "v" begins at byte 0, where 8 was`:                      withTensors(`"w":{"dtype":"F64","shape":[1],"data_offsets":[0,8]},"v":{"dtype":"F64","shape":[2],"data_offsets":[0,16]}`, 16),
	} {
		refused(t, file, want)
	}
}

func refused(t *testing.T, file []byte, want string) {
	t.Helper()
	_, err := decode(file)
	if err == nil || !strings.HasPrefix(err.Error(), "m.safetensors ") || !strings.Contains(err.Error(), want) {
		t.Errorf("got %v, want %s", err, want)
	}
}

// TestFilesThatAreNoModels: their checksum is right, and what they hold isn't a model.
func TestFilesThatAreNoModels(t *testing.T) {
	w := ones("w")
	for want, file := range map[string][]byte{
		`was written by a newer unroll: its version is 2, and this unroll reads 1; take a newer one`: withMeta(t, map[string]string{"unroll": "2"}, w),
		`is damaged: "one" is no version of a model`:                                                 withMeta(t, map[string]string{"unroll": "one"}, w),
		`it has no seeds, so no members`:                                                             withMeta(t, map[string]string{"seeds": "[]"}, w),
		`the model has no equations`:                                                                 withMeta(t, map[string]string{"text": ""}, w),
		`the metadata "seeds" can't be read: json`:                                                   withMeta(t, map[string]string{"seeds": "[-1]"}, w),
		`the metadata "sizes" can't be read: json`:                                                   withMeta(t, map[string]string{"sizes": `{"H":"2"}`}, w),
		`the metadata have 1 seeds and notes for 2`:                                                  withMeta(t, map[string]string{"notes": "[{},{}]"}, w),
		`the tensor "w" names no member; there are 2`:                                                withMeta(t, map[string]string{"seeds": "[1,2]"}, w),
		`the tensor "3/w" names no member; there are 2`:                                              withMeta(t, map[string]string{"seeds": "[1,2]"}, ones("3/w")),
		`the tensor "01/w" names no member; there are 2`:                                             withMeta(t, map[string]string{"seeds": "[1,2]"}, ones("01/w")),
		`member 2: it has no weight w, which the first member has`:                                   withMeta(t, map[string]string{"seeds": "[1,2]"}, ones("1/w")),
		`the weight "1/w" can't have that name`:                                                      withMeta(t, nil, ones("1/w")),
		`the tensor "w" has the shape [1, 1, 1]; a value has two axes at most`:                       withMeta(t, nil, ones("w", 1, 1, 1)),
		`the tensor "state/m" has the shape [1, 1]; a state has one axis`:                            withMeta(t, nil, ones("state/m", 1, 1)),
		`the weight "w" is 0×5: it has no entries`:                                                   withMeta(t, nil, ones("w", 0, 5)),
		`the weight "w" has 0 values; it must have 0, and at least one`:                              withMeta(t, map[string]string{"per_series": `["w"]`}, ones("w", 0, 1<<40, 1<<40)),
		`the tensor "w" has the shape [2]; its first axis must be the 3 series`:                      withMeta(t, map[string]string{"per_series": `["w"]`, "series": `["a","b","c"]`}, ones("w", 2)),
		`the tensor "w" has the shape []; its first axis must be the 3 series`:                       withMeta(t, map[string]string{"per_series": `["w"]`, "series": `["a","b","c"]`}, w),
		`"v" is said to have one value a series, but there is no such weight`:                        withMeta(t, map[string]string{"per_series": `["v"]`}, w),
		`the weight "w" is NaN in row 1, column 1; a model has finite numbers`:                       withMeta(t, nil, piece{ones("w").tensor, [][]float64{{math.NaN()}}}),
	} {
		refused(t, file, want)
	}
}

// TestCutFiles: a file that ends anywhere before its end is refused.
func TestCutFiles(t *testing.T) {
	file := encode(t, small())
	for n := range file {
		if _, err := decode(file[:n]); err == nil {
			t.Fatalf("%d bytes of %d are read", n, len(file))
		}
	}
	refused(t, file[:len(file)-1], "is cut short: its tensors have 288 bytes, and only 287 are there; copy it again")
}

// TestAlteredFiles: a file of which any bit of any byte is another one is refused. Within the
// data, the reason is the checksum.
func TestAlteredFiles(t *testing.T) {
	file := encode(t, small())
	for i := range file {
		for _, bit := range []byte{1, 0x20, 0x80} {
			file[i] ^= bit
			if _, err := decode(file); err == nil {
				t.Fatalf("byte %d of %d is altered by %#x, and the file read", i, len(file), bit)
			}
			file[i] ^= bit
		}
	}
	file[len(file)-1] ^= 1
	refused(t, file, "was altered after it was written: its checksum is not that of its content; copy it again, or train again")
	text := bytes.Replace(encode(t, small()), []byte("observed:1"), []byte("observed:2"), 1)
	refused(t, text, "was altered after it was written")
}

// TestNoLargeAllocation: a small file that promises much takes little memory.
func TestNoLargeAllocation(t *testing.T) {
	for name, file := range map[string][]byte{
		"header": append(binary.LittleEndian.AppendUint64(nil, maxHeader), "{}"...),
		"shape":  withTensors(`"w":{"dtype":"F64","shape":[100000000],"data_offsets":[0,800000000]}`, 8),
		"zeros":  withMeta(t, nil, ones("w", 0, 1<<40)),
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		if _, err := decode(file); err == nil {
			t.Errorf("%s: read", name)
		}
		runtime.ReadMemStats(&after)
		if n := after.TotalAlloc - before.TotalAlloc; n > 1<<20 {
			t.Errorf("%s: %d bytes were allocated", name, n)
		}
	}
}

// A file that shrinks while it is read is an error of reading.
func TestShrunkFile(t *testing.T) {
	file := encode(t, small())
	_, err := DecodeModel("m.safetensors", bytes.NewReader(file[:len(file)-1]), int64(len(file)))
	if err == nil || !strings.Contains(err.Error(), "m.safetensors can't be read to its end: "+io.EOF.Error()) {
		t.Errorf("got %v", err)
	}
}

// FuzzDecodeModel: whatever the bytes are, they are refused or a model that is written and read
// again the same. The checksum, which no change would pass, is put right first where the header
// can be read.
func FuzzDecodeModel(f *testing.F) {
	f.Add(encode(f, small()))
	f.Add(encode(f, &Model{Text: "x", Members: []Member{{Weights: map[string][]series.Array{"w": {series.Floats(1, 2, []float64{1, 2})}}}}}))
	f.Add(withMeta(f, map[string]string{"per_series": `["w"]`, "series": `["a","b","c"]`}, ones("w", 3, 2, 2)))
	f.Add(withTensors(`"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}`, 8))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(readOrRefused)
}

// FuzzModelHeader is FuzzDecodeModel where the length of the header is always right.
func FuzzModelHeader(f *testing.F) {
	const ofModel = `"__metadata__":{"unroll":"1","text":"x","seeds":"[1,2]","series":"[\"a\",\"b\"]","per_series":"[\"w\"]"}`
	f.Add(`{`+ofModel+`,"1/w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"2/w":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}}`, make([]byte, 16))
	f.Add(`{`+ofModel+`,"1/state/m":{"dtype":"F64","shape":[1],"data_offsets":[0,8]},"__metadata__":{}}`, make([]byte, 8))
	f.Fuzz(func(t *testing.T, header string, data []byte) { readOrRefused(t, withHeader(header, data)) })
}

func readOrRefused(t *testing.T, file []byte) {
	m, err := decode(withRightSum(t, file))
	if err != nil {
		return
	}
	again := encode(t, m)
	back, err := decode(again)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(encode(t, back), again) {
		t.Fatal("written twice it differs")
	}
}

func withRightSum(t *testing.T, file []byte) []byte {
	tensors, err := openTensors(bytes.NewReader(file), int64(len(file)))
	if err != nil || tensors.verify() != nil || tensors.meta == nil {
		return file
	}
	all, _, err := tensors.read()
	if err != nil {
		t.Fatal(err)
	}
	var pieces []piece
	for i, tensor := range tensors.tensors {
		pieces = append(pieces, piece{tensor, [][]float64{all[i]}})
	}
	var b bytes.Buffer
	if err := writeTensors(&b, tensors.meta, pieces); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
