package parquet_test

import (
	"bytes"
	"errors"
	"math"
	"os"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"unroll/data"
	"unroll/data/parquet"
)

var wantY = []data.Want{{Name: "y", Rows: 1}}

func foreign(t testing.TB) []byte {
	t.Helper()
	file, err := os.ReadFile("testdata/pyarrow.parquet")
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func read(file []byte, o data.Options) (*data.Table, error) {
	return parquet.Read("f.parquet", bytes.NewReader(file), int64(len(file)), o)
}

// TestForeign reads what another library has written, a column of each kind.
func TestForeign(t *testing.T) {
	file := foreign(t)
	for _, c := range []struct{ column, a, b string }{
		{"y", "[0 1 2 3 4 5 6 – 8 9 10 11 12 13 14]", "[15 16 17 18 19 20 21 22 23 24 25 26 27 28 29]"},
		{"small", "[0 1/10 1/5 3/10 2/5 1/2 3/5 7/10 4/5 9/10 1 11/10 6/5 13/10 7/5]", ""},
		{"count", "[0 1 2 3 4 5 6 7 8 9 10 11 12 13 14]", ""},
		{"big", "[1.15292e+18 ", ""},
		{"flag", "[1 0 1 0 1 0 1 0 1 0 1 0 1 0 1]", ""},
		{"price", "[-13/4 -9/4 -5/4 1/4 5/4 ", ""},
	} {
		table, err := read(file, data.Options{Want: wantY, Target: c.column, Exact: true})
		if err != nil {
			t.Fatal(err)
		}
		a, b := table.Set.Series[0], table.Set.Series[1]
		if got := a.Columns["y"].String(); a.ID != "a" || !strings.HasPrefix(got, c.a) {
			t.Errorf("%s: series %s is %s, want %s", c.column, a.ID, got, c.a)
		}
		if got := b.Columns["y"].String(); b.ID != "b" || !strings.HasPrefix(got, c.b) {
			t.Errorf("%s: series %s is %s, want %s", c.column, b.ID, got, c.b)
		}
		if got := table.Calendars[1].Label(15); got != "2016-07-01 15:00:00" || table.Calendars[1].Unit != "hour" {
			t.Errorf("%s: the next time is %s, %s", c.column, got, table.Calendars[1])
		}
	}
	days, err := read(file, data.Options{Want: wantY, ID: "unique_id", Time: "day"})
	if err != nil || days.Calendars[1].Label(0) != "2016-07-16" || days.Calendars[1].Unit != "day" {
		t.Errorf("days: %v, %v", days, err)
	}
}

// TestWritten reads back what was written: values, holes, order of columns.
func TestWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 2100).Draw(t, "rows")
		hole := rapid.IntRange(0, n).Draw(t, "hole")
		columns := []data.Column{{Name: "unique_id"}, {Name: "ds"}, {Name: "y-lo-80"}, {Name: "a, \"b\""}}
		for i := range n {
			columns[0].Words = append(columns[0].Words, []string{"λ", "b"}[i*2/(n+1)])
			columns[1].Times = append(columns[1].Times, time.Unix(int64(i)*3600-7200, 0).UTC())
			for j := 2; j < 4; j++ {
				v := float64(i*j) / 7
				if i == hole {
					v = math.NaN()
				}
				columns[j].Numbers = append(columns[j].Numbers, v)
			}
		}
		var file bytes.Buffer
		if err := parquet.Write(&file, columns); err != nil {
			t.Fatal(err)
		}
		for j := 2; j < 4; j++ {
			o := data.Options{Want: wantY, Names: map[string][]string{"y": {columns[j].Name}}}
			direct, err := data.ReadColumns("columns", columns, o)
			if err != nil {
				t.Fatal(err)
			}
			back, err := read(file.Bytes(), o)
			if err != nil {
				t.Fatal(err)
			}
			for s := range direct.Set.Series {
				if got, want := back.Set.Series[s].Columns["y"].String(), direct.Set.Series[s].Columns["y"].String(); got != want || back.Calendars[s] != direct.Calendars[s] {
					t.Fatalf("%s: %s, want %s", columns[j].Name, got, want)
				}
			}
		}
	})
}

func TestRefused(t *testing.T) {
	file := foreign(t)
	flipped := bytes.Clone(file)
	for i := 200; i < 300; i++ {
		flipped[i] ^= 0x55
	}
	long := bytes.Clone(file)
	copy(long[len(long)-8:], "\xff\xff\xff\xff")
	for _, c := range []struct {
		name string
		file []byte
		err  string
	}{
		{"empty", nil, "f.parquet: the file is too short for Parquet; name a CSV or Parquet file"},
		{"a table", []byte("unique_id,ds,y\na,1,2\n"), "f.parquet: the file is not Parquet: it doesn't begin with PAR1; name a CSV or Parquet file"},
		{"cut", file[:len(file)-100], "f.parquet: the Parquet file is cut off: it doesn't end with PAR1 and the length before it; copy or write it again"},
		{"a length beyond the file", long, "f.parquet: the Parquet file is cut off: it doesn't end with PAR1 and the length before it; copy or write it again"},
		{"altered", flipped, "f.parquet: the Parquet file is damaged ("},
	} {
		table, err := read(c.file, data.Options{Want: wantY})
		if !errors.As(err, new(*data.Error)) || !strings.HasPrefix(err.Error(), c.err) {
			t.Errorf("%s: got %v, %v, want %s", c.name, table, err, c.err)
		}
	}
	for i := range file { // no cut is taken for a file, and none panics
		if _, err := read(file[:i], data.Options{Want: wantY}); err == nil {
			t.Errorf("the first %d of %d bytes were read", i, len(file))
		}
	}
}

func TestKinds(t *testing.T) {
	file := foreign(t)
	for column, want := range map[string]string{
		"ds":        "f.parquet:1: column ds: \"2016-07-01 00:00:00\" is a time, not a number (series a)",
		"unique_id": "f.parquet:1: column unique_id: \"a\" is not a number such as 3, -1/3, 0.25 or 1e-3 (2016-07-01 00:00:00)",
		"tags":      `f.parquet:1: no column called "tags", which --name gives for y; its columns are unique_id, ds, y, small, count, big, flag, price, day`,
	} {
		_, err := read(file, data.Options{Want: wantY, Names: map[string][]string{"y": {column}}})
		if err == nil || err.Error() != want {
			t.Errorf("%s: got %v, want %s", column, err, want)
		}
	}
}

// FuzzRead holds that no file panics. Fuzzing for long meets what the library doesn't bound: a run of one
// value may be said to have 2³¹ of them, which takes gigabytes.
func FuzzRead(f *testing.F) {
	f.Add(foreign(f))
	var small bytes.Buffer
	if err := parquet.Write(&small, []data.Column{{Name: "y", Numbers: []float64{1, 2}}}); err != nil {
		f.Fatal(err)
	}
	f.Add(small.Bytes())
	f.Add([]byte("PAR1\x00\x00\x00\x00PAR1"))
	f.Fuzz(func(t *testing.T, file []byte) {
		table, err := read(file, data.Options{Want: wantY})
		if err == nil {
			if err := table.Set.Check(); err != nil {
				t.Fatal(err)
			}
		}
	})
}
