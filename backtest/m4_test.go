package backtest

import (
	"compress/gzip"
	"encoding/csv"
	"io"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// m4 is a frequency of the M4 competition: the folder that holds its files is named by UNROLL_DATA, since they aren't
// part of this module.
type m4 struct {
	name   string
	period int
	cases  []Case
}

func readM4(t testing.TB, name string, period int) m4 {
	t.Helper()
	dir := os.Getenv("UNROLL_DATA")
	if dir == "" {
		t.Skip("UNROLL_DATA doesn't name the folder with m4/" + name + "-train.csv.gz and its test set")
	}
	train := readRows(t, filepath.Join(dir, "m4", name+"-train.csv.gz"))
	test := byID(readRows(t, filepath.Join(dir, "m4", name+"-test.csv")))
	out := m4{name: name, period: period}
	for _, r := range train {
		out.cases = append(out.cases, Case{r.id, r.values, test[r.id]})
	}
	return out
}

type row struct {
	id     string
	values []float64
}

// readRows reads an id and numbers a line, below a header.
func readRows(t testing.TB, path string) []row {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(path, ".gz") {
		if r, err = gzip.NewReader(f); err != nil {
			t.Fatal(err)
		}
	}
	lines := csv.NewReader(r)
	lines.FieldsPerRecord = -1
	all, err := lines.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []row
	for _, l := range all[1:] {
		one := row{id: l[0]}
		for _, cell := range l[1:] {
			if cell == "" || cell == "NA" {
				break
			}
			v, err := strconv.ParseFloat(cell, 64)
			if err != nil {
				t.Fatal(err)
			}
			one.values = append(one.values, v)
		}
		out = append(out, one)
	}
	return out
}

func byID(rows []row) map[string][]float64 {
	out := map[string][]float64{}
	for _, r := range rows {
		out[r.id] = r.values
	}
	return out
}

// forecasts are what a function of the history says of each case.
func (m m4) forecasts(of func(history []float64, h int) []float64) []Forecast {
	var out []Forecast
	for _, c := range m.cases {
		out = append(out, Forecast{Point: of(c.History, len(c.Actual))})
	}
	return out
}

func (m m4) naive() []Forecasts {
	return []Forecasts{
		{"Naive", m.forecasts(func(y []float64, h int) []float64 { return repeat(y, 1, h) })},
		{"sNaive", m.forecasts(func(y []float64, h int) []float64 { return repeat(y, m.period, h) })},
		{Naive2, m.forecasts(func(y []float64, h int) []float64 { return naive2(y, m.period, h) })},
	}
}

// official are the forecasts that the competition published.
func (m m4) official(t testing.TB, method string) []Forecast {
	all := byID(readRows(t, filepath.Join(os.Getenv("UNROLL_DATA"), "m4", "official", method+"-HW.csv.gz")))
	var out []Forecast
	for _, c := range m.cases {
		out = append(out, Forecast{Point: all[c.ID]})
	}
	return out
}

func evaluate(t testing.TB, m m4, of []Forecasts) *Result {
	t.Helper()
	r, err := Evaluate(m.cases, of, Scoring{Period: m.period})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestM4 wants the figures that the competition printed, to its three decimals (it cut .6275 to .627).
func TestM4(t *testing.T) {
	for _, c := range []struct {
		name   string
		period int
		want   map[string][3]float64 // sMAPE, MASE, OWA
	}{
		{"Hourly", 24, map[string][3]float64{"Naive": {43.003, 11.608, 3.593}, "sNaive": {13.912, 1.193, .627}, Naive2: {18.383, 2.395, 1}}},
		{"Weekly", 1, map[string][3]float64{"Naive": {9.161, 2.777, 1}, "sNaive": {9.161, 2.777, 1}, Naive2: {9.161, 2.777, 1}}},
	} {
		m := readM4(t, c.name, c.period)
		r := evaluate(t, m, m.naive())
		for _, row := range r.Methods {
			for k, metric := range []string{"sMAPE", "MASE", "OWA"} {
				if got, want := row.Scores[metric], c.want[row.Method][k]; !(math.Abs(got-want) <= 0.0006) {
					t.Errorf("%s, %s of %s: got %.4f, want %.3f", c.name, metric, row.Method, got, want)
				}
			}
		}
		t.Logf("%s\n%s", c.name, r.Text())
	}
}

// TestM4Forecasts holds each forecast against the one that the competition published, which has five decimals or
// fewer.
func TestM4Forecasts(t *testing.T) {
	for _, m := range []m4{readM4(t, "Hourly", 24), readM4(t, "Weekly", 1)} {
		for _, ours := range m.naive()[1:] {
			theirs := m.official(t, ours.Method)
			far, worst := 0, 0.0
			for i := range m.cases {
				for s := range m.cases[i].Actual {
					a, b := ours.Of[i].Point[s], theirs[i].Point[s]
					off := math.Abs(a-b) / max(1, math.Abs(b))
					worst = max(worst, off)
					if !(off < 1e-5) {
						far++
					}
				}
			}
			t.Logf("%s %s: largest relative difference %.2g", m.name, ours.Method, worst)
			if far > 0 {
				t.Errorf("%s %s: %d forecasts differ from those published", m.name, ours.Method, far)
			}
		}
	}
}
