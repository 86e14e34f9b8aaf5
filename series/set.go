package series

import (
	"fmt"
	"maps"
	"slices"
)

// Len is the number of times of the column called name; 0 if there is none.
func (s Series) Len(name string) int { return s.Columns[name].Len() }

// Check returns an error, naming series and input, if an array is malformed, if an input's shape
// differs between times or series, or if the series don't have the same inputs. Lengths are not
// compared: what must agree depends on the cell.
func (s Set) Check() error {
	shapes := map[string][2]int{}
	for i, one := range s.Series {
		if i > 0 && !sameInputs(one, s.Series[0]) {
			return fmt.Errorf("series %s and %s have different inputs: %v and %v", s.Series[0].ID, one.ID, s.Series[0].Inputs(), one.Inputs())
		}
		for _, name := range one.Inputs() {
			if err := one.check(name, shapes); err != nil {
				return fmt.Errorf("series %s, %s: %w", one.ID, name, err)
			}
		}
	}
	return nil
}

// Inputs are the names of the columns, then of the constants, each in alphabetical order.
func (s Series) Inputs() []string {
	columns := slices.Sorted(maps.Keys(s.Columns))
	return append(columns, slices.Sorted(maps.Keys(s.Consts))...)
}

// Observed is how many times of the inputs named have come: up to the last at which anything of them is there.
func (s Series) Observed(inputs ...string) int {
	n := 0
	for _, name := range inputs {
		c := s.Columns[name]
		end := c.Len() - s.Ahead
		for end > n && !c.At(end-1).HasAny() {
			end--
		}
		n = max(n, end)
	}
	return n
}

func sameInputs(a, b Series) bool {
	return slices.Equal(a.Inputs(), b.Inputs()) && len(a.Consts) == len(b.Consts)
}

// check checks one input and notes its shape in shapes, which it shares with the other series.
func (s Series) check(name string, shapes map[string][2]int) error {
	column := s.Columns[name]
	if column.isDense() {
		column = column.Slice(0, min(1, column.Len())) // the other times are like it
	}
	for _, a := range column.All() {
		if err := a.note(name, shapes); err != nil {
			return err
		}
	}
	if c, ok := s.Consts[name]; ok {
		return c.note(name, shapes)
	}
	return nil
}

// note checks a value of an input, and that its shape is the one that was noted before.
func (a Array) note(name string, shapes map[string][2]int) error {
	if err := a.Check(); err != nil {
		return err
	}
	shape := [2]int{a.R, a.C}
	if was, ok := shapes[name]; ok && was != shape {
		return fmt.Errorf("both %d×%d and %d×%d", was[0], was[1], a.R, a.C)
	}
	shapes[name] = shape
	return nil
}
