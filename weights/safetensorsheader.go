package weights

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"unicode/utf8"
)

// metaKey is the key of a header whose value isn't a tensor: a map from text to text.
const metaKey = "__metadata__"

// header reads JSON token by token. encoding/json alone would let pass what the format forbids:
// keys that come twice, keys in other case, null for a number.
type header struct{ *json.Decoder }

// parseHeader reads what the header says of the tensors, and checks no more than its form.
func (f *tensorFile) parseHeader(text []byte) error {
	if !utf8.Valid(text) {
		return errors.New("is not UTF-8")
	}
	h := header{json.NewDecoder(bytes.NewReader(text))}
	h.UseNumber()
	err := h.object(func(key string) error {
		if key == metaKey {
			return h.metadata(f)
		}
		t, err := h.tensor(key)
		f.tensors = append(f.tensors, t)
		return err
	})
	if err != nil {
		return err
	}
	if _, err := h.Token(); !errors.Is(err, io.EOF) {
		return errors.New("goes on after its end")
	}
	slices.SortFunc(f.tensors, func(a, b tensor) int { return cmp.Compare(a.name, b.name) })
	return nil
}

func (h header) metadata(f *tensorFile) error {
	f.meta = map[string]string{}
	return h.object(func(key string) error {
		value, err := h.text()
		f.meta[key] = value
		return err
	})
}

func (h header) tensor(name string) (tensor, error) {
	t := tensor{name: name}
	var offsets []int64
	fields := 0
	err := h.object(func(key string) (err error) {
		fields++
		switch key {
		case "dtype":
			t.dtype, err = h.text()
		case "shape":
			t.shape, err = h.numbers()
		case "data_offsets":
			offsets, err = h.numbers()
		default:
			err = fmt.Errorf("has %s, which the format doesn't know", quoted(key))
		}
		return err
	})
	switch {
	case err != nil:
		return t, fmt.Errorf("says of the tensor %s what can't be read: it %w", quoted(name), err)
	case fields != 3 || len(offsets) != 2:
		return t, fmt.Errorf("says of the tensor %s not dtype, shape and two data_offsets", quoted(name))
	}
	t.begin, t.end = offsets[0], offsets[1]
	return t, nil
}

// object reads an object; each reads the value of a key.
func (h header) object(each func(key string) error) error {
	if err := h.open('{'); err != nil {
		return err
	}
	seen := map[string]bool{}
	for h.More() {
		key, err := h.text()
		switch {
		case err != nil:
			return err
		case seen[key]:
			return fmt.Errorf("has %s twice", quoted(key))
		}
		seen[key] = true
		if err := each(key); err != nil {
			return err
		}
	}
	_, err := h.token()
	return err
}

// numbers reads a list of whole numbers, 0 or more.
func (h header) numbers() ([]int64, error) {
	if err := h.open('['); err != nil {
		return nil, err
	}
	out := []int64{}
	for h.More() {
		token, err := h.token()
		if err != nil {
			return nil, err
		}
		number, _ := token.(json.Number)
		n, err := strconv.ParseUint(string(number), 10, 63) // no sign: other readers refuse -0
		if err != nil {
			return nil, fmt.Errorf("has %s where a number of entries or bytes belongs", shown(token))
		}
		out = append(out, int64(n))
	}
	_, err := h.token()
	return out, err
}

func (h header) text() (string, error) {
	token, err := h.token()
	if err != nil {
		return "", err
	}
	text, ok := token.(string)
	if !ok {
		return "", fmt.Errorf("has %s where text belongs", shown(token))
	}
	return text, nil
}

func (h header) open(want json.Delim) error {
	token, err := h.token()
	if err == nil && token != want {
		err = fmt.Errorf("has %s where a %v belongs", shown(token), want)
	}
	return err
}

func (h header) token() (json.Token, error) {
	token, err := h.Token()
	if err != nil {
		return nil, fmt.Errorf("is not JSON: %w", err)
	}
	return token, nil
}

func shown(token json.Token) string {
	if token == nil {
		return "null"
	}
	return quoted(fmt.Sprint(token))
}
