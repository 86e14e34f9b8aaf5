package parquet

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/parquet-go/parquet-go"

	"unroll/data"
)

// Magic is how a Parquet file begins, and ends.
const Magic = "PAR1"

// Read reads a table from a Parquet file of so many bytes, which messages call name.
func Read(name string, r io.ReaderAt, size int64, o data.Options) (*data.Table, error) {
	columns, err := readColumns(name, r, size)
	if err != nil {
		return nil, err
	}
	return data.ReadColumns(name, columns, o)
}

// readColumns reads all columns of single values. What the library panics on is damaged.
func readColumns(name string, r io.ReaderAt, size int64) (columns []data.Column, err error) {
	defer func() {
		if p := recover(); p != nil {
			columns, err = nil, damaged(name, fmt.Errorf("%v", p))
		}
	}()
	if err := checkEnds(name, r, size); err != nil {
		return nil, err
	}
	file, err := parquet.OpenFile(r, size, parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
	if err != nil {
		return nil, damaged(name, err)
	}
	if most := 1_000_000 + 1000*size; file.NumRows() > most || file.NumRows() < 0 {
		return nil, damaged(name, fmt.Errorf("%d rows in %d bytes", file.NumRows(), size))
	}
	for _, path := range file.Schema().Columns() {
		leaf, ok := file.Schema().Lookup(path...)
		if !ok || leaf.MaxRepetitionLevel > 0 {
			continue
		}
		b := newBuilder(strings.Join(path, "."), leaf.Node)
		for _, group := range file.RowGroups() {
			if err := b.readChunk(group.ColumnChunks()[leaf.ColumnIndex]); err != nil {
				return nil, damaged(name, fmt.Errorf("column %s: %w", b.column.Name, err))
			}
		}
		columns = append(columns, b.built())
	}
	for _, c := range columns {
		if int64(c.Len()) != file.NumRows() {
			return nil, damaged(name, fmt.Errorf("column %s has %d values, and the file %d rows", c.Name, c.Len(), file.NumRows()))
		}
	}
	return columns, nil
}

func damaged(name string, err error) error {
	return &data.Error{File: name, Msg: fmt.Sprintf("the Parquet file is damaged (%s)", strings.TrimPrefix(err.Error(), "runtime error: ")), Help: "write it again"}
}

// checkEnds holds the first and last bytes of the file against what they must be.
func checkEnds(name string, r io.ReaderAt, size int64) error {
	ends := make([]byte, 12) // the magic; the length of what describes the file, and the magic again
	if size < int64(len(ends)) {
		return &data.Error{File: name, Msg: "the file is too short for Parquet", Help: "name a CSV or Parquet file"}
	}
	if err := readAt(r, ends[:4], 0); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if err := readAt(r, ends[4:], size-8); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	switch length := int64(binary.LittleEndian.Uint32(ends[4:])); {
	case string(ends[:4]) != Magic:
		return &data.Error{File: name, Msg: "the file is not Parquet: it doesn't begin with PAR1", Help: "name a CSV or Parquet file"}
	case string(ends[8:]) != Magic, length > size-12:
		return &data.Error{File: name, Msg: "the Parquet file is cut off: it doesn't end with PAR1 and the length before it", Help: "copy or write it again"}
	}
	return nil
}

func readAt(r io.ReaderAt, into []byte, at int64) error {
	n, err := r.ReadAt(into, at)
	if n == len(into) || errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

// readChunk reads the values of a column in one group of rows.
func (b *builder) readChunk(chunk parquet.ColumnChunk) error {
	pages := chunk.Pages()
	defer func() { _ = pages.Close() }() // it was only read
	values := make([]parquet.Value, 1024)
	for {
		page, err := pages.ReadPage()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		err = b.readPage(page, values)
		parquet.Release(page)
		if err != nil {
			return err
		}
	}
}

func (b *builder) readPage(page parquet.Page, values []parquet.Value) error {
	reader := page.Values()
	for {
		n, err := reader.ReadValues(values)
		for _, v := range values[:n] {
			b.add(v)
		}
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		case n == 0:
			return io.ErrNoProgress
		}
	}
}
