package weights

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"unroll/internal/whole"
)

// DecodeModel reads a model from size bytes; name is for messages. A file that is cut short,
// altered, of another kind or of a newer version is refused. No more memory is taken than a
// small multiple of size, whatever the file says.
func DecodeModel(name string, r io.ReaderAt, size int64) (*Model, error) {
	m, err := decodeModel(r, size)
	if err != nil {
		return nil, fmt.Errorf("%s %w", name, err)
	}
	return m, nil
}

func decodeModel(r io.ReaderAt, size int64) (*Model, error) {
	f, err := openTensors(r, size)
	if err != nil {
		return nil, err
	}
	if err := f.checkVersion(); err != nil {
		return nil, err
	}
	if err := f.verify(); err != nil {
		return nil, err
	}
	all, sum, err := f.read()
	if err != nil {
		return nil, err
	}
	if sum != f.meta[sumKey] {
		return nil, fmt.Errorf("was altered after it was written: its %s is not that of its content; %s", sumKey, copyAgain)
	}
	m, err := fromTensors(f, all)
	if err != nil {
		return nil, fmt.Errorf("is not as a model is: %w; train again", err)
	}
	return m, nil
}

// checkVersion tells a model from other safetensors files, and from those of later programs.
func (f *tensorFile) checkVersion() error {
	text, ok := f.meta[versionKey]
	if !ok {
		what := "a safetensors file of another program"
		if len(f.tensors) > 0 {
			what += ", with tensors such as " + shownNames(f.tensors)
		}
		return fmt.Errorf("is not a model but %s; %s", what, giveModel)
	}
	switch version, err := strconv.Atoi(text); {
	case err != nil || version < 1:
		return fmt.Errorf("is damaged: %s is no version of a model; %s", quoted(text), copyAgain)
	case version > modelVersion:
		return fmt.Errorf("was written by a newer unroll: its version is %d, and this unroll reads %d; take a newer one, or train again", version, modelVersion)
	}
	return nil
}

// shownNames are some names of tensors, for a message.
func shownNames(tensors []tensor) string {
	var names []string
	for _, t := range tensors[:min(3, len(tensors))] {
		names = append(names, quoted(t.name))
	}
	return strings.Join(names, ", ")
}

func fromTensors(f *tensorFile, all [][]float64) (*Model, error) {
	m, err := fromMeta(f.meta)
	if err != nil {
		return nil, err
	}
	if len(m.Members) == 0 {
		return nil, errors.New("it has no seeds, so no members")
	}
	for i, t := range f.tensors {
		if err := m.place(t, all[i]); err != nil {
			return nil, fmt.Errorf("the tensor %s %w", quoted(t.name), err)
		}
	}
	return m, m.check()
}

// ReadModel reads a model from a file.
func ReadModel(path string) (*Model, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close() //nolint:errcheck // nothing was written
	info, err := file.Stat()
	switch {
	case err != nil:
		return nil, err
	case info.IsDir():
		return nil, fmt.Errorf("%s is a folder; %s", path, giveModel)
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("%s is a pipe or a device; %s", path, giveModel)
	}
	return DecodeModel(path, file, info.Size())
}

// Write writes the model as a safetensors file: the same bytes for the same model. A model with
// a weight that isn't finite is refused before anything is written.
func (m *Model) Write(w io.Writer) error {
	if err := m.check(); err != nil {
		return err
	}
	return writeTensors(w, m.toMeta(), m.toPieces())
}

// WriteFile writes the model into a file, whole or not at all: if the machine stops on the way,
// the file is as it was before. A link to a file stays one, and a file keeps its mode. A device, such as
// /dev/null, is written into.
func (m *Model) WriteFile(path string) error {
	if err := m.writeFile(path); err != nil {
		return fmt.Errorf("%s can't be written: %w", path, whole.Cause(err))
	}
	return nil
}

func (m *Model) writeFile(path string) error {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	old, err := os.Stat(path)
	switch {
	case err != nil: // there is none yet
		old = nil
	case old.IsDir():
		return errors.New("that is a folder; give the name of a file in it")
	case !old.Mode().IsRegular():
		return m.writeInto(path)
	}
	return whole.Replace(path, old, m.Write)
}

func (m *Model) writeInto(path string) error {
	file, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	err = m.Write(file)
	return errors.Join(err, file.Close())
}
