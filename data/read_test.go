package data

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"

	"unroll/series"
)

// readExact reads fractions.
func readExact(name string, r io.Reader, want []Want, names map[string][]string) (series.Set, error) {
	t, err := Read(name, r, Options{Want: want, Names: names, Exact: true})
	if err != nil {
		return series.Set{}, err
	}
	return t.Set, nil
}

func TestRead(t *testing.T) {
	for _, c := range []struct {
		name, file string
		want       []Want
		names      map[string][]string
		set        string
	}{
		{"long", "y\n1\n0.1\n", []Want{scalarY}, nil, "1: y=[1 1/10]"},
		{"byte order mark, CRLF, quotes", "\ufeff\"y\",z\r\n\"1\",2\r\n3,4\r\n", []Want{scalarY}, nil, "1: y=[1 3]"},
		{"semicolons", "t;y\n1;2\n2;3\n", []Want{scalarY}, nil, "1: y=[2 3]"},
		{"tabs", "t\ty\n1\t2\n", []Want{scalarY}, nil, "1: y=[2]"},
		{"separator in a quoted name", "\"a;b;c\",y\n1,2\n", []Want{scalarY}, nil, "1: y=[2]"},
		{"missing", "y,z\n1,\nNA,1\nNaN\n,3\n", []Want{scalarY}, nil, "1: y=[1 – – –]"},
		{"series, not contiguous", "id,y\nb,1\na,2\nb,3\n", []Want{scalarY}, nil, "b: y=[1 3] | a: y=[2]"},
		{"series mapped", "shop,id,y\nb,1,1\na,2,2\n", []Want{scalarY}, map[string][]string{"series": {"shop"}}, "b: y=[1] | a: y=[2]"},
		{"an input called id", "id\n1\n2\n", []Want{{Name: "id", Rows: 1}}, nil, "1: id=[1 2]"},
		{"an input mapped", "t,value\n1,5\n", []Want{scalarY}, map[string][]string{"y": {"value"}}, "1: y=[5]"},
		{"one column: a blank line is missing", "y\n\n1\r\n\r\n\"3\"\n4\n\n", []Want{scalarY}, nil, "1: y=[– 1 – 3 4]"},
		{"one column, and a cell of two lines before it", "\"y\n\"\n1\n2\n", []Want{scalarY}, nil, "1: y=[1 2]"},
		{"two columns: a blank line is no line", "y,z\n1,2\n\n3,4\n", []Want{scalarY}, nil, "1: y=[1 3]"},
		{"classes and counts", "s,y\n2,0\n,7\n", []Want{{Name: "s", Rows: 1, Classes: 3}, {Name: "y", Rows: 1, Counts: true}}, nil, "1: s=[2 –] y=[0 7]"},
		{"vector", "x[0],x[1]\n1,2\n3,\n", []Want{vectorX}, nil, "1: x=[[1, 2] [3, –]]"},
		{"vector of known length", "x0,x1,y\n1,2,9\n", []Want{{Name: "x", Rows: 2}, scalarY}, nil, "1: x=[[1, 2]] y=[9]"},
		{"vector from 1, reversed", "x_2,x_1\n1,2\n", []Want{vectorX}, nil, "1: x=[[2, 1]]"},
		{"vector with dots", "x.0,x.1\n1,2\n", []Want{vectorX}, nil, "1: x=[[1, 2]]"},
		{"vector of one column", "x\n1\n", []Want{vectorX}, nil, "1: x=[1]"},
		{"vector mapped", "a,b\n1,2\n", []Want{vectorX}, map[string][]string{"x": {"b", "a"}}, "1: x=[[2, 1]]"},
		{"constant", "series,y,k\na,1,5\na,2,\nb,3,7\n", []Want{scalarY, constK}, nil, "a: y=[1 2] k=5 | b: y=[3] k=7"},
		{"known goes on", "y,promo\n1,0\n,1\n3,1\n,1\n,0\n", []Want{scalarY, knownP}, nil, "1: promo=[0 1 1 1 0] y=[1 – 3]"},
		{"nothing known: an empty end is missing", "y,z\n1,0\n,1\n", []Want{scalarY}, nil, "1: y=[1 –]"},
		{"wide", "date,a,b\n2020-01-01,1,2\n2020-01-02,3,\n", []Want{scalarY}, nil, "a: y=[1 3] | b: y=[2]"},
		{"wide, ragged, a gap, a column of words", "a,day,b\n,mon,2\n,tue,3\n4\n", []Want{scalarY}, nil, "a: y=[– – 4] | b: y=[2 3]"},
		{"wide, unnamed", ",\n1,5\n2,6\n", []Want{scalarY}, nil, ""},
		{"dates are not compared", "date,y\nmon,1\nfri,2\n", []Want{scalarY}, nil, "1: y=[1 2]"},
		{"times per series", "id,t,y\na,1,1\nb,1,2\na,2,3\n", []Want{scalarY}, nil, "a: y=[1 3] | b: y=[2]"},
	} {
		set, err := readExact("f.csv", strings.NewReader(c.file), c.want, c.names)
		if c.set == "" {
			if err == nil {
				t.Errorf("%s: got %s, want an error", c.name, show(set))
			}
			continue
		}
		if got := show(set); err != nil || got != c.set {
			t.Errorf("%s: got %s, %v, want %s", c.name, got, err, c.set)
		}
	}
}

func TestReadErrors(t *testing.T) {
	vector3, class3 := Want{Name: "x", Rows: 3}, Want{Name: "s", Rows: 1, Classes: 3}
	number := "is not a number such as 3, -1/3, 0.25 or 1e-3"
	for _, c := range []struct {
		file  string
		want  []Want
		names map[string][]string
		err   string
	}{
		{"", []Want{scalarY}, nil, "f.csv: the file is empty; give it a header line and a line a time"},
		{"y\n", []Want{scalarY}, nil, "f.csv: a header without lines below it"},
		{"y\n1\n", nil, nil, "f.csv: the cell has no inputs to read from it"},
		{"\xff\xfey\x00", []Want{scalarY}, nil, "f.csv: the file is UTF-16; save it as UTF-8"},
		{"y,z\n1,2\n3,4,5\n", []Want{scalarY}, nil, "f.csv:3:5: 3 cells, but the header has 2; each line is one time; a decimal has a point, or cells are separated by ;, and a cell that holds the separator is quoted"},
		{"y\n\"1\n", []Want{scalarY}, nil, "f.csv:2:1: a quoted cell that isn't closed; a quote within a quoted cell is written \"\""},
		{"y\n1\"\n", []Want{scalarY}, nil, "f.csv:2:2: a quote in a cell that isn't quoted; a quote within a quoted cell is written \"\""},
		{"y\n" + strings.Repeat("1", 1001), []Want{scalarY}, nil, "f.csv:2:1: a cell of 1001 characters; is a quote left open, or the file no table?"},
		{"a,y\n1,2\n1,abc\n", []Want{scalarY}, nil, `f.csv:3:3: column y: "abc" ` + number},
		{"a,y\n1,\"1,5\"\n", []Want{scalarY}, nil, `f.csv:2:3: column y: "1,5" ` + number + "; write a decimal point, not a comma, or separate cells by ;"},
		{"y;z\n1,5;2\n1.5;2\n", []Want{scalarY}, nil, `f.csv:3:1: column y: "1.5" has a decimal point where other numbers of the file have a comma, or the other way round`},
		{"y;z\n1.234,5;2\n", []Want{scalarY}, nil, `f.csv:2:1: column y: "1.234,5" has a decimal point where other numbers of the file have a comma, or the other way round`},
		{"y\n1e999\n", []Want{scalarY}, nil, `f.csv:2:1: column y: "1e999" is beyond ±1.8e308, the most that a number of a computer holds`},
		{"1,2\n3,4\n", []Want{scalarY}, nil, "f.csv:1: the first line has numbers, and no names of columns; write a line of names above it"},
		{"H1,2,7\nH2,4,5\n", []Want{scalarY}, nil, "f.csv:1: the first line has numbers, and no names of columns; write a line of names above it"},
		{"s\n2\n3\n", []Want{class3}, nil, `f.csv:3:1: column s: "3" is not one of the classes of s, the whole numbers from 0 to 2`},
		{"a,b\n0,1\n1,1/2\n", []Want{class3}, nil, `f.csv:3:3: column b: "1/2" is not one of the classes of s, the whole numbers from 0 to 2`},
		{"z,y\nλ,1\nλ,-2\n", []Want{{Name: "y", Rows: 1, Counts: true}}, nil, `f.csv:3:3: column y: "-2" can't be a value of y, which is a whole number from 0 on`},
		{"n,z,y\n\"λλ\nλ,λ\",λ,1.5\n", []Want{{Name: "y", Rows: 1, Counts: true}}, nil, `f.csv:3:8: column y: "1.5" can't be a value of y, which is a whole number from 0 on`},
		{"y\n1e99999\n", []Want{scalarY}, nil, `f.csv:2:1: column y: "1e99999" has an exponent beyond ±10000`},
		{"y,y\n1,2\n", []Want{scalarY}, nil, `f.csv:1: two columns are called "y"; rename one of them`},
		{"value,price\n1,2\n", []Want{{Name: "valeu", Rows: 1}, constK}, nil, "f.csv:1: no column for valeu, k: the cell reads valeu, k, the file has value, price; say which column it is: --name valeu=value"},
		{"id,value\nH1,2\n", []Want{scalarY}, nil, "f.csv:1: no column for y: the cell reads y, the file has id, value; say which column it is: --name y=value"},
		{"a,b\nu,v\n", []Want{scalarY}, nil, "f.csv: no column of numbers for y: the file has a, b; say which column it is: --name y=b"},
		{"a,b\n1,2\nq,3\n", []Want{scalarY}, nil, `f.csv:3:1: column a: "q" ` + number},
		{"value\n1\n", []Want{scalarY}, map[string][]string{"y": {"vlaue"}}, `f.csv:1: no column called "vlaue", which --name gives for y; did you mean value?`},
		{"value\n1\n", []Want{scalarY}, map[string][]string{"y": {"q"}}, `f.csv:1: no column called "q", which --name gives for y; its columns are value`},
		{"a,b\n1,2\n", []Want{scalarY}, map[string][]string{"y": {"a", "b"}}, "f.csv:1: y is a number, but 2 columns: a … b; name the columns: --name y=COLUMN,…"},
		{"a,b\n1,2\n", []Want{scalarY}, map[string][]string{"y": {}}, "--name y: no column; write it as in --name y=b"},
		{"y\n1\n", []Want{scalarY}, map[string][]string{"sereis": {"y"}}, `--name sereis: the cell has no input called "sereis"; did you mean series?`},
		{"x0,x1\n1,2\n", []Want{vector3}, nil, "f.csv:1: x has 3 entries, but 2 columns: x0 … x1; name the columns: --name x=COLUMN,…"},
		{"id,y\n,1\n", []Want{scalarY}, nil, "f.csv:2:1: column id: no series; this column tells which series the line belongs to"},
		{"y,k\n1,5\n2,6\n", []Want{scalarY, constK}, nil, "f.csv:3:3: column k: k is per series, but is \"6\" here and \"5\" on line 2; give all lines of series 1 one value, or declare the input without `per series`"},
		{"t,y\n1,5\n1,6\n", []Want{scalarY}, nil, `f.csv:3:1: column t: series 1 has two rows for 1, this and line 2; keep one of them; if the file holds several series, name the column that tells them apart: --id COLUMN`},
	} {
		_, err := readExact("f.csv", strings.NewReader(c.file), c.want, c.names)
		if err == nil || err.Error() != c.err {
			t.Errorf("%q: got\n\t%v\nwant\n\t%s", c.file, err, c.err)
		}
	}
}

func TestReadFails(t *testing.T) {
	broken := errors.New("the disk is gone")
	_, err := readExact("f.csv", io.MultiReader(strings.NewReader("y\n1\n"), iotest.ErrReader(broken)), []Want{scalarY}, nil)
	if !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
}

func TestRealFiles(t *testing.T) {
	for _, c := range []struct {
		path   string
		names  map[string][]string
		series string // their ids
		first  string // the first value of the last
		times  int
	}{
		{"testdata/AirPassengers.csv", map[string][]string{"y": {"value"}}, "1", "112", 144},
		{"testdata/AirPassengers.csv", nil, "value", "112", 144},
		{"testdata/EuStockMarkets-head.csv", nil, "DAX SMI CAC FTSE", "12218/5", 20},
		{"testdata/Garch-head.csv", map[string][]string{"t": {"rownames"}}, "dm ddm bp cd dy sf", "1273/2000", 20},
		{"testdata/ragged.csv", nil, "W1 W2", "3608061/1000", 13},
	} {
		file, err := os.Open(c.path)
		if err != nil {
			t.Fatal(err)
		}
		set, err := readExact(c.path, file, []Want{scalarY}, c.names)
		file.Close()
		if err != nil {
			t.Error(err)
			continue
		}
		var ids []string
		for _, s := range set.Series {
			ids = append(ids, s.ID)
		}
		last := set.Series[len(set.Series)-1].Columns["y"]
		if got := strings.Join(ids, " "); got != c.series || last.Len() != c.times || last.At(0).String() != c.first {
			t.Errorf("%s: %s, %d times, first %v", c.path, got, last.Len(), last.At(0))
		}
	}
}

// TestLayoutsAgree writes drawn series in both layouts and with each separator: the same comes back.
func TestLayoutsAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := rapid.SliceOfN(rapid.IntRange(-99, 99), 1, 6).Draw(t, "a")
		b := rapid.SliceOfN(rapid.IntRange(-99, 99), len(a), len(a)).Draw(t, "b")
		sep := rapid.SampledFrom([]string{",", ";", "\t"}).Draw(t, "separator")
		wide, long := strings.Join([]string{"t", "a", "b"}, sep)+"\n", "series"+sep+"y\n"
		for i := range a {
			wide += fmt.Sprintf("%d%s%d%s%d\n", i, sep, a[i], sep, b[i])
			long += fmt.Sprintf("a%s%d\nb%s%d\n", sep, a[i], sep, b[i])
		}
		fromWide, err := readExact("wide", strings.NewReader(wide), []Want{scalarY}, nil)
		if err != nil {
			t.Fatal(err)
		}
		fromLong, err := readExact("long", strings.NewReader(long), []Want{scalarY}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if show(fromWide) != show(fromLong) {
			t.Fatalf("wide gives %s, long %s", show(fromWide), show(fromLong))
		}
	})
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{"y,x0,x1\n1,2,3\n", "id;y;x[0]\na;1;2\n", "\ufeff\"y\"\tx\n1\t\n", "a,b\n1,\n", "y\n\n\"", "x_1,y,t\n1,2,3\n", "\xff\xfe"} {
		f.Add(seed)
	}
	for _, seed := range []string{"unique_id,ds,y\na,2020-01-31,1\na,2020-03-31,2\n", "V1,V2,V3\nH1,1,2\nH2,3\n", "ds;y\n2020Q1;1,5\n", "1\n2\n", "ds,y\n0.1,1\n0.2,2\n", "id,2020-01,2020-02\na,1,2\n"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, file string) {
		for _, want := range [][]Want{{scalarY}, {scalarY, vectorX}} {
			if set, err := readExact("f.csv", strings.NewReader(file), want, nil); err == nil {
				checkAccepted(t, set, want)
			}
			table, err := Read("f.csv", strings.NewReader(file), Options{Want: want, Fill: "linear"})
			if err != nil {
				continue
			}
			checkAccepted(t, table.Set, want)
			for i, c := range table.Calendars {
				if n := table.Set.Series[i].Len(want[0].Name); c.Unit == "" || c.N < 1 || n > 1 && c.Label(0) == c.Label(n) {
					t.Fatalf("series %d: %v, %s … %s", i, c, c.Label(0), c.Label(n))
				}
			}
		}
	})
}
