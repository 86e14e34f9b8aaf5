package data

import (
	"fmt"
	"strconv"
	"strings"

	"unroll/series"
)

// Inline reads the series written in specs, each the input's name, `=` and its values:
//
//	y=0,1,-1,2           four times of one series
//	y=1,2;3,,4           two series, with a missing value in the second
//	x=[1, 2],[3, 4]      a vector at two times
//	k=3;4                one constant a series, if k is per series
//
// Numbers are exact. Every wanted input must be given once; all must have the same number of
// series, and within a series the same number of times, save that a known one may have more. The
// series are called "1", "2", …. Where nothing is wanted there is one series without values.
func Inline(specs []string, want []Want) (series.Set, error) {
	given, err := splitSpecs(specs, want)
	if err != nil {
		return series.Set{}, err
	}
	inputs := make([]inline, len(want))
	for i, w := range want {
		if inputs[i], err = parseInline(w, given[w.Name]); err != nil {
			return series.Set{}, err
		}
	}
	if err := agree(inputs); err != nil {
		return series.Set{}, err
	}
	return collect(inputs), nil
}

// inline is one input: for each series its values, one a time.
type inline struct {
	Want
	values [][]series.Array
}

// where is the part of the command line that a fault is in.
func where(name string) string { return "--input " + name }

// splitSpecs finds the values of each wanted input.
func splitSpecs(specs []string, want []Want) (map[string]string, error) {
	given := map[string]string{}
	for _, spec := range specs {
		name, values, ok := strings.Cut(spec, "=")
		name = strings.TrimSpace(name)
		if !ok {
			return nil, &Error{File: where(spec), Msg: "no = after the name", Help: "write an input as in --input y=0,1,-1,2"}
		}
		if !wanted(name, want) {
			return nil, unknownInput(where(name), name, want)
		}
		if _, again := given[name]; again {
			return nil, &Error{File: where(name), Msg: "given twice", Help: "series are separated by ; as in y=1,2;3,4"}
		}
		given[name] = values
	}
	for _, w := range want {
		if _, ok := given[w.Name]; !ok {
			return nil, &Error{File: where(w.Name), Msg: "the input " + w.Name + " is not given", Help: "add --input " + w.Name + "=" + sample(w)}
		}
	}
	return given, nil
}

func wanted(name string, want []Want) bool {
	for _, w := range want {
		if w.Name == name {
			return true
		}
	}
	return false
}

func unknownInput(file, name string, want []Want) error {
	help := didYouMean(name, wantNames(want))
	if help == "" && len(want) > 0 {
		help = "its inputs are " + strings.Join(wantNames(want), ", ")
	}
	return &Error{File: file, Msg: fmt.Sprintf("the cell has no input called %q", name), Help: help}
}

// sample is what values of w may look like.
func sample(w Want) string {
	one, two := "1", "2"
	if w.Rows != 1 {
		one, two = "[1, 2]", "[3, 4]"
	}
	if w.PerSeries {
		return one
	}
	return one + "," + two
}

// agree compares the numbers of series, and in each series the numbers of times.
func agree(inputs []inline) error {
	for _, in := range inputs {
		if a, b := len(inputs[0].values), len(in.values); a != b {
			return &Error{File: where(in.Name), Msg: fmt.Sprintf("%s has %s, %s has %s", in.Name, count(b, "series", "series"), inputs[0].Name, count(a, "series", "series")),
				Help: "give each input the same series, separated by ;"}
		}
	}
	if len(inputs) == 0 {
		return nil
	}
	for s := range inputs[0].values {
		if err := agreeTimes(s, inputs); err != nil {
			return err
		}
	}
	return nil
}

func agreeTimes(s int, inputs []inline) error {
	first := -1 // the first input that must agree
	for i, in := range inputs {
		if in.PerSeries || in.Known {
			continue
		}
		if first < 0 {
			first = i
		}
		if len(in.values[s]) != len(inputs[first].values[s]) {
			return lengthsDiffer(s, inputs[first], in, "give both as many (an empty value is missing), or declare the longer one known")
		}
	}
	for _, in := range inputs {
		if first >= 0 && in.Known && len(in.values[s]) < len(inputs[first].values[s]) {
			return lengthsDiffer(s, inputs[first], in, "a known input may be longer than the others, not shorter: give "+in.Name+" more")
		}
	}
	return nil
}

func lengthsDiffer(s int, a, b inline, help string) error {
	msg := fmt.Sprintf("series %d: %s has %s, %s has %s", s+1, a.Name, count(len(a.values[s]), "time", "times"), b.Name, count(len(b.values[s]), "time", "times"))
	return &Error{File: where(b.Name), Msg: msg, Help: help}
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}

// collect turns values by input into values by series.
func collect(inputs []inline) series.Set {
	n := 1
	if len(inputs) > 0 {
		n = len(inputs[0].values)
	}
	set := series.Set{Series: make([]series.Series, n)}
	for s := range set.Series {
		one := newSeries(strconv.Itoa(s + 1))
		for _, in := range inputs {
			if in.PerSeries {
				one.Consts[in.Name] = in.values[s][0]
			} else {
				one.Columns[in.Name] = series.Arrays(in.values[s]...)
			}
		}
		set.Series[s] = one
	}
	return set
}
