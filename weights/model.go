package weights

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"

	"unroll/series"
)

// Model is what a run of training leaves: equations, what was chosen, and the weights found. With
// the state of its members it is a checkpoint, from which training goes on as if it had never
// stopped. ReadModel and DecodeModel read one, and WriteFile and Write write it.
type Model struct {
	Name, Text string                               // the cell's file, and its text
	Uses       map[string]string                    // the texts of the files beside it, by the name in `use`
	Sizes      map[string]int                       // every size, also those that the data told
	Options    map[string]string                    // the choices of the run and of training, as flags write them
	Calendar   map[string]string                    // facts about the times of the data, such as their frequency
	Series     []string                             // ids, in the order of weights per series
	Scales     map[string]map[string]series.Scaling // by series and input
	PerSeries  []string                             // the weights that have one value a series
	Members    []Member                             // one; several of an ensemble, whose weights have the same names and shapes
}

// Member is one set of weights that was trained from one seed.
type Member struct {
	Seed    uint64
	Weights map[string][]series.Array // by name: one, or of a weight in PerSeries one a series

	// Of a checkpoint; empty in a finished model.
	State map[string][]float64 // by name: raw weights, the slots of the optimiser, averages; any numbers, kept bit for bit
	Notes map[string]string    // the step, the epoch, the best loss
}

// copyAgain is what to do about a file that isn't whole.
const copyAgain = "copy it again, or train again"

// giveModel is what to do about a file that never was a model.
const giveModel = "give the file that unroll train -o wrote"

// check says what of a model can't be written, or isn't a model's though it was read.
func (m *Model) check() error {
	switch {
	case m.Text == "":
		return fmt.Errorf("the model has no equations")
	case len(m.Members) == 0:
		return fmt.Errorf("the model has no weights")
	}
	if bad := badText(reflect.ValueOf(*m)); bad != "" {
		return fmt.Errorf("%s is text of the model, and not UTF-8", quoted(bad))
	}
	if err := m.checkScales(); err != nil {
		return err
	}
	first := m.Members[0]
	for _, name := range m.PerSeries {
		if _, ok := first.Weights[name]; !ok {
			return fmt.Errorf("%s is said to have one value a series, but there is no such weight", quoted(name))
		}
	}
	for i, one := range m.Members {
		if err := m.checkMember(one, first); err != nil {
			if len(m.Members) > 1 {
				return fmt.Errorf("member %d: %w", i+1, err)
			}
			return err
		}
	}
	return nil
}

func (m *Model) checkMember(one, first Member) error {
	for _, name := range slices.Sorted(maps.Keys(first.Weights)) {
		if _, ok := one.Weights[name]; !ok {
			return fmt.Errorf("it has no weight %s, which the first member has", name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(one.Weights)) {
		if err := m.checkWeight(name, one.Weights[name], first.Weights[name]); err != nil {
			return fmt.Errorf("the weight %s %w", quoted(name), err)
		}
	}
	if _, ok := one.State[""]; ok {
		return fmt.Errorf("a part of the state has no name")
	}
	return nil
}

// checkWeight compares a weight's values with those that it has in the first member.
func (m *Model) checkWeight(name string, values, first []series.Array) error {
	want := 1
	if slices.Contains(m.PerSeries, name) {
		want = len(m.Series)
	}
	switch {
	case name == "" || name == metaKey || strings.Contains(name, "/"):
		return fmt.Errorf("can't have that name in a file")
	case len(first) == 0 && len(values) > 0:
		return fmt.Errorf("isn't in the first member")
	case len(values) != want || want == 0:
		return fmt.Errorf("has %d values; it must have %d, and at least one", len(values), want)
	}
	for i, a := range values {
		if err := checkArray(a, first[0]); err != nil {
			if slices.Contains(m.PerSeries, name) {
				return fmt.Errorf("of series %s %w", m.Series[i], err)
			}
			return err
		}
	}
	return nil
}

func checkArray(a, like series.Array) error {
	if err := a.Check(); err != nil {
		return fmt.Errorf("is %w", err)
	}
	switch {
	case a.Len() == 0:
		return fmt.Errorf("is %d×%d: it has no entries", a.R, a.C)
	case a.R != like.R || a.C != like.C:
		return fmt.Errorf("is %d×%d, and elsewhere %d×%d", a.R, a.C, like.R, like.C)
	}
	for i := range a.Len() {
		if x := a.Float64(i); !finite(x) {
			return fmt.Errorf("is %v in row %d, column %d; a model has finite numbers", x, i/a.C+1, i%a.C+1)
		}
	}
	return nil
}

func (m *Model) checkScales() error {
	for _, id := range slices.Sorted(maps.Keys(m.Scales)) {
		for _, input := range slices.Sorted(maps.Keys(m.Scales[id])) {
			s := m.Scales[id][input]
			for _, x := range slices.Concat(s.Shift, s.Factor) {
				if !finite(x) {
					return fmt.Errorf("the scaling of %s in series %s has %v; a model has finite numbers", quoted(input), quoted(id), x)
				}
			}
		}
	}
	return nil
}

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }

// badText is a text anywhere in v that isn't UTF-8: JSON would silently write something else.
func badText(v reflect.Value) (bad string) {
	switch v.Kind() {
	case reflect.String:
		if !utf8.ValidString(v.String()) {
			bad = v.String()
		}
	case reflect.Map:
		for key, value := range v.Seq2() {
			bad = cmp.Or(bad, badText(key), badText(value))
		}
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Float64 {
			return ""
		}
		for i := range v.Len() {
			bad = cmp.Or(bad, badText(v.Index(i)))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			bad = cmp.Or(bad, badText(v.Field(i)))
		}
	}
	return bad
}
