package data

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"unroll/series"
)

// readY reads series of y as float64.
func readY(file string, o Options) (*Table, error) {
	if o.Want == nil {
		o.Want = []Want{scalarY}
	}
	return Read("f.csv", strings.NewReader(file), o)
}

// TestLayouts says what is understood of a file.
func TestLayouts(t *testing.T) {
	for _, c := range []struct {
		name, file string
		o          Options
		set, said  string // notes, then doubts
	}{
		{"long, the usual names", "unique_id,ds,y,x\na,2020-01-01,1,5\nb,2020-01-01,2,6\na,2020-01-02,3,7\n", Options{},
			"a: y=[1 3] | b: y=[2]", "a row is a time: y; series by unique_id; times in ds. frequency: every day"},
		{"long, other names", "shop,day,sales\na,2020-01-01,1\na,2020-01-08,3\n", Options{ID: "shop", Time: "day", Target: "sales"},
			"a: y=[1 3]", "a row is a time: y from sales; series by shop; times in day. frequency: every week"},
		{"long, y for an input of another name", "ds,y\n1,5\n2,6\n", Options{Want: []Want{{Name: "x", Rows: 1}}},
			"1: x=[5 6]", "a row is a time: x from y; times in ds. frequency: every step"},
		{"a row a series, ragged", "id,values\nM1,1,2,3\nM2,4\n", Options{},
			"M1: y=[1 2 3] | M2: y=[4]", "a row is a series of y: its name, then its values in the order of time"},
		{"a row a series, padded and quoted", "\"V1\",\"V2\",\"V3\"\n\"H1\",\"1\",\"\"\n\"H2\",\"\",\"4\"\n\"H3\",\"\",\n", Options{},
			"H1: y=[1] | H2: y=[– 4]", "a row is a series of y: its name, then its values in the order of time. 1 row has no value, and is left out"},
		{"a row a series, times in the header", "country,1990,1991,1992\nA,1,2,3\nB,,5,6\n", Options{},
			"A: y=[1 2 3] | B: y=[– 5 6]", "a row is a series of y: its name, then its values in the order of time. frequency: every year"},
		{"a column a series", "date,a,b\n2020-01-01,1,2\n2020-01-02,3,\n", Options{},
			"a: y=[1 3] | b: y=[2]", "frequency: every day. no column is called y: each column of numbers is a series of it: a, b"},
		{"a column, x1 and x2 behind times", "t,x1,x2\n1,1,2\n2,3,4\n", Options{},
			"x1: y=[1 3] | x2: y=[2 4]", "frequency: every step. no column is called y: each column of numbers is a series of it: x1, x2"},
		{"one column", "5\n6\n\n7\n", Options{}, "1: y=[5 6 – 7]", "one column without a name, read as y"},
		{"one column with a name", "sales\n5\n6\n", Options{}, "sales: y=[5 6]", "no column is called y: sales, the one column of numbers, is read as it"},
		{"decimal commas", "ds;y\n2020-01;1,5\n2020-02;-2\n2020-03;1e-1\n", Options{}, "1: y=[1.5 -2 0.1]", "a row is a time: y; times in ds. frequency: every month"},
		{"decimal commas between tabs", "y\tz\n1,5\t2\n", Options{}, "1: y=[1.5]", "a row is a time: y"},
		{"words in a column of times", "date,y\nmon,1\ntue,2\n", Options{}, "1: y=[1 2]",
			`a row is a time: y. column date isn't read as times: "mon" is not a time ` + timeExamples},
		{"numbers that are dates", "date,y\n800130,1\n800131,2\n800201,3\n", Options{}, "1: y=[1 2 3]",
			"a row is a time: y; times in date. column date isn't read as times: most of the numbers between its first and its last are missing"},
		{"short series", "unique_id,ds,y\na,1,1\nb,1,2\na,2,3\nc,1,4\n", Options{Least: 2},
			"a: y=[1 3]", "a row is a time: y; series by unique_id; times in ds. frequency: every step. 2 series shorter than 2 times, left out: b, c"},
		{"quotes, and blanks around them", "unique_id, ds, y\n\"a \"\"b\"\"\", 1, \"2\"\n", Options{}, `a "b": y=[2]`,
			"a row is a time: y; series by unique_id; times in ds. each series has one time, so that the frequency can't be told"},
		{"long numbers", "y\n0.1234567890123456789\n-123456789012345678901234567890\n1/8\n−2\n", Options{}, "1: y=[0.123457 -1.23457e+29 0.125 -2]", "a row is a time: y"},
	} {
		table, err := readY(c.file, c.o)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if got := show(table.Set); got != c.set {
			t.Errorf("%s: got %s, want %s", c.name, got, c.set)
		}
		if got := strings.Join(append(table.Notes, table.Doubts...), ". "); got != c.said {
			t.Errorf("%s: said\n\t%s\nwant\n\t%s", c.name, got, c.said)
		}
	}
}

// TestFaults are faults of times, and of layouts.
func TestFaults(t *testing.T) {
	for _, c := range []struct {
		file string
		o    Options
		err  string
	}{
		{"unique_id,ds,y\na,2020-01-03,1\nb,2020-01-01,1\na,2020-01-02,1\n", Options{},
			"f.csv:4:3: column ds: series a: 2020-01-02 comes after 2020-01-03, on line 2; sort the file by time; if it holds several series, name the column that tells them apart: --id COLUMN"},
		{"unique_id,ds,y\na,2020-01-03,1\na,2020-01-03,1\n", Options{},
			"f.csv:3:3: column ds: series a has two rows for 2020-01-03, this and line 2; keep one of them; if the file holds several series, name the column that tells them apart: --id COLUMN"},
		{"unique_id,ds,y\na,2020-01-01,1\na,2020-01-02,1\na,2020-01-05,1\na,2020-01-06,1\n", Options{},
			"f.csv:4: column ds: series a comes every day, and has no row for 2020-01-03 to 2020-01-04; fill them with --fill forward, linear or 0, or leave their values missing with --fill none; or name another column of times with --time"},
		{"unique_id,ds,y\na,1,1\na,2,1\na,4,1\nb,1,1\nb,3,1\nb,4,1\n", Options{},
			"f.csv:4: column ds: series a comes every step, and has no row for 3; in all, 2 times are missing in 2 series; fill them with --fill forward, linear or 0, or leave their values missing with --fill none; or name another column of times with --time"},
		{"ds,y\n2020-01-01 00:00,1\n2020-01-01 01:00,1\n2020-01-01 01:30,1\n2020-01-01 03:00,1\n2020-01-01 04:00,1\n", Options{},
			"f.csv:4: column ds: series 1: 2020-01-01 01:30 is not one of the times of the series, which come every hour from 2020-01-01 00:00 on; give all times of a series one distance from each other, or name another column of times with --time"},
		{"unique_id,ds,y\n" + times("a", "2020-01-0%d", 1, 5) + times("b", "2020-0%d-01", 1, 5), Options{},
			"f.csv:7: column ds: series b comes every month, and series a every day; give series of one frequency; write the others to a file of their own"},
		{"ds,y\n2020-01-01,1\n2020-02,1\n", Options{}, `f.csv:3:1: column ds: "2020-02" is written in another way than the times before it; write all times alike`},
		{"ds,y\n2020-01-01,1\n2020-02-30,1\n", Options{}, `f.csv:3:1: column ds: "2020-02-30" is not a time ` + timeExamples + "; name another column of times with --time, or write them alike"},
		{"when,y\n31.12.2020,1\n", Options{Time: "when"}, `f.csv:2:1: column when: "31.12.2020" is not a time ` + timeExamples + "; name another column of times with --time, or write them alike"},
		{"ds,y\n2020-01-01 00:00:00.5,1\n", Options{Time: "ds"}, `f.csv:2:1: column ds: "2020-01-01 00:00:00.5" is finer than a second: give such times as numbers; name another column of times with --time, or write them alike`},
		{"ds,y\n2020-01-01,1\n,1\n", Options{}, "f.csv:3:1: column ds: no time; name another column of times with --time, or write them alike"},
		{"ds,y\n2020-01-01,1\n2020-01-02,1\n2920-01-03,1\n", Options{Fill: "none"},
			"f.csv:4: column ds: series 1: 328718 missing times come between 2020-01-01 and 2920-01-03; look for a time that isn't meant"},
		{"unique_id,ds,y\na,1,1\nb,1,1\n", Options{Least: 3}, "f.csv: no series has the 3 times that are needed: the longest of 2 has 1; give longer series, or ask for fewer lags or steps ahead"},
		{"y\n1\n", Options{Fill: "often"}, "--fill often: no way of filling; expected one of " + strings.Join(series.Fills, ", ")},
		{"id,values\nH1,2,x\n", Options{}, `f.csv:2:6: "x" is not a number such as 3, -1/3, 0.25 or 1e-3 (series H1, value 2)`},
		{"unique_id,ds,y\na,2020-01-01,1\na,2020-01-02,x\n", Options{}, `f.csv:3:14: column y: "x" is not a number such as 3, -1/3, 0.25 or 1e-3 (series a, 2020-01-02)`},
		{"ds,a\n2020-01-01,1\n2020-01-02,x\n", Options{}, `f.csv:3:12: column a: "x" is not a number such as 3, -1/3, 0.25 or 1e-3 (2020-01-02)`},
		{"V1,V2,V3\nH1,2,3\nH1,2,3\n", Options{}, "f.csv:3:1: column V1: series H1 stands on line 2 too; give each line a name of its own"},
		{"country,1990,1991\nA,1,2,3\n", Options{}, "f.csv:2:7: 3 values, but the header has 2 times"},
		{"a,b\n2020-01-01,1\n", Options{Time: "a", Target: "c"}, `f.csv:1: no column called "c", which --target names; did you mean b?`},
		{"unique_id,ds,value\na,1,1\n", Options{}, "f.csv:1: no column for y: the cell reads y, the file has unique_id, ds, value; say which column it is: --name y=value"},
		{"y\ninf\n", Options{}, `f.csv:2:1: column y: "inf" is not a number such as 3, -1/3, 0.25 or 1e-3`},
		{"y\n0x10\n", Options{}, `f.csv:2:1: column y: "0x10" is not a number such as 3, -1/3, 0.25 or 1e-3`},
		{"PAR1 and so on", Options{}, "f.csv: the file is Parquet, not CSV"},
		{"\x1f\x8b", Options{}, "f.csv: the gzip file is damaged or cut off (unexpected EOF); pack it again"},
	} {
		table, err := readY(c.file, c.o)
		if err == nil || err.Error() != c.err {
			t.Errorf("%q: got %v\n\t%v\nwant\n\t%s", c.file, table, err, c.err)
		}
	}
}

// times are rows of a series.
func times(id, layout string, from, to int) string {
	var b strings.Builder
	for i := from; i <= to; i++ {
		fmt.Fprintf(&b, "%s,"+layout+",1\n", id, i)
	}
	return b.String()
}

// TestGapsFilled fills two missing months, of float64 and of fractions.
func TestGapsFilled(t *testing.T) {
	file := "ds,y\n2020-01-31,1\n2020-02-29,\n2020-03-31,2\n2020-06-30,4\n2020-07-31,5\n"
	for how, want := range map[string]string{
		"none": "[1 – 2 – – 4 5]", "masked": "[1 – 2 – – 4 5]", "forward": "[1 – 2 2 2 4 5]", "previous": "[1 – 2 2 2 4 5]",
		"0": "[1 – 2 0 0 4 5]", "zero": "[1 – 2 0 0 4 5]", "mean": "[1 – 2 3 3 4 5]",
	} {
		for _, exact := range []bool{false, true} {
			table, err := readY(file, Options{Fill: how, Exact: exact})
			if err != nil {
				t.Fatal(err)
			}
			if got := table.Set.Series[0].Columns["y"].String(); got != want || table.Calendars[0].Label(7) != "2020-08-31" {
				t.Errorf("%s: %s, want %s; then %s", how, got, want, table.Calendars[0].Label(7))
			}
		}
	}
	for exact, want := range map[bool]string{false: "[1 – 2 2.66667 3.33333 4 5]", true: "[1 – 2 8/3 10/3 4 5]"} {
		table, err := readY(file, Options{Fill: "linear", Exact: exact})
		if err != nil {
			t.Fatal(err)
		}
		if got := table.Set.Series[0].Columns["y"].String(); got != want {
			t.Errorf("linear: %s, want %s", got, want)
		}
	}
}

// TestPacked reads what gzip has packed, and notices what is missing of it.
func TestPacked(t *testing.T) {
	var packed bytes.Buffer
	if err := Write("f.csv.gz", &packed, []Column{{Name: "y", Numbers: []float64{1, 0.1, math.NaN(), 3}}}); err != nil {
		t.Fatal(err)
	}
	table, err := readY(packed.String(), Options{})
	if err != nil || show(table.Set) != "1: y=[1 0.1 – 3]" {
		t.Errorf("%v, %v", table, err)
	}
	for n := range packed.Len() {
		if _, err := readY(packed.String()[:n], Options{}); err == nil {
			t.Errorf("%d of %d bytes were read", n, packed.Len())
		}
	}
	if _, err := gzip.NewReader(&packed); err != nil {
		t.Error(err)
	}
}

// TestWritten writes a drawn table and reads it back: values to the bit, times by their labels.
func TestWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 20).Draw(t, "times")
		values := rapid.SliceOfN(rapid.Float64(), n, n).Draw(t, "values")
		columns := Keys([]Span{{ID: rapid.SampledFrom([]string{"a", `b "c", d`, "λ;"}).Draw(t, "id"), Calendar: noCalendar(), From: 0, To: n}})
		var file strings.Builder
		if err := Write("f.csv", &file, append(columns, Column{Name: "y", Numbers: values})); err != nil {
			t.Fatal(err)
		}
		table, err := readY(file.String(), Options{})
		if err != nil {
			t.Fatal(err)
		}
		for i, v := range values {
			if got := table.Set.Series[0].Columns["y"].At(i).Float64(0); math.Float64bits(got) != math.Float64bits(v) {
				t.Fatalf("time %d: %v, want %v", i, got, v)
			}
		}
	})
}

// TestSourcesAgree reads the same cells from text and from columns.
func TestSourcesAgree(t *testing.T) {
	columns := []Column{{Name: "unique_id", Words: []string{"a", "b", "a", "b"}}, {Name: "ds", Numbers: []float64{1, 1, 2, 2}}, {Name: "y", Numbers: []float64{0.1, 2, math.NaN(), 4}}}
	var file strings.Builder
	if err := Write("f.csv", &file, columns); err != nil {
		t.Fatal(err)
	}
	for _, exact := range []bool{true, false} {
		o := Options{Want: []Want{scalarY}, Exact: exact}
		a, err := readY(file.String(), o)
		if err != nil {
			t.Fatal(err)
		}
		b, err := ReadColumns("columns", columns, o)
		if err != nil || show(a.Set) != show(b.Set) || a.Set.Series[0].Columns["y"].Exact() != exact || fmt.Sprint(a.Notes) != fmt.Sprint(b.Notes) {
			t.Errorf("text gives %s, columns %s, %v", show(a.Set), show(b.Set), err)
		}
	}
}
