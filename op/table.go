package op

import (
	"fmt"
	"slices"
)

// Standard is the table of the language, a fresh copy at each call.
func Standard() *Table {
	t := &Table{
		Rows: slices.Concat(
			arithmetic(), powers(), comparisons(), choices(),
			activations(), smooth(), gammas(),
			linear(), reductions(), norms(), blocks(), classes(),
			random(), inverses(),
		),
		Families: slices.Concat(distances(), densities(), counts(), specials()),
	}
	// Rows share the lists that make.go names; here each gets its own.
	for i := range t.Rows {
		r := &t.Rows[i]
		r.Args, r.Deriv = slices.Clone(r.Args), slices.Clone(r.Deriv)
	}
	return t
}

// Lookup is the row of a name with a number of arguments, nil if there is none.
func (t *Table) Lookup(name string, args int) *Row {
	for i := range t.Rows {
		if r := &t.Rows[i]; r.Name == name && len(r.Args) == args {
			return r
		}
	}
	return nil
}

// Named are the rows of a name, whatever the number of arguments.
func (t *Table) Named(name string) []*Row {
	var out []*Row
	for i := range t.Rows {
		if t.Rows[i].Name == name {
			out = append(out, &t.Rows[i])
		}
	}
	return out
}

// Family is the family of a name, nil if there is none.
func (t *Table) Family(name string) *Family {
	for i := range t.Families {
		if t.Families[i].Name == name {
			return &t.Families[i]
		}
	}
	return nil
}

// Names are the names that may be called in a file, each once: no operators, nothing hidden.
func (t *Table) Names() []string {
	var out []string
	for _, r := range t.Rows {
		if !r.Hidden && r.Sign == "" && !slices.Contains(out, r.Name) {
			out = append(out, r.Name)
		}
	}
	return out
}

// Valued tells whether the row has a value of its own, and so isn't written out as its body.
func (r *Row) Valued() bool { return r.Float != nil || r.Terms != nil || r.Vector != nil }

// HasExact tells whether the row has an exact value of its own. The row `^` has one only for
// exponents that are whole.
func (r *Row) HasExact() bool {
	return r.Exact != nil || r.Terms != nil || r.Vector != nil && r.Vector.Exact != nil
}

// Check finds the first gap in the table: a name that stands twice, a row that can't be computed or
// differentiated, something that isn't documented.
func (t *Table) Check() error {
	seen := map[string]bool{}
	for i := range t.Rows {
		r := &t.Rows[i]
		key := fmt.Sprintf("%s of %d arguments", r.Name, len(r.Args))
		if seen[key] {
			return fmt.Errorf("%s stands twice in the table; leave one", key)
		}
		seen[key] = true
		if fault := r.fault(); fault != "" {
			return fmt.Errorf("%s %s", key, fault)
		}
	}
	return t.checkFamilies()
}

func (t *Table) checkFamilies() error {
	seen := map[string]bool{}
	for _, f := range t.Families {
		if seen[f.Name] {
			return fmt.Errorf("family %s stands twice in the table; leave one", f.Name)
		}
		seen[f.Name] = true
		if f.Score == "" || f.Forecast == "" || f.Doc == "" || f.TeX == "" || len(f.Args) == 0 {
			return fmt.Errorf("family %s lacks its arguments, score, forecast, doc or TeX", f.Name)
		}
	}
	return nil
}

// fault is what is wrong with a row, "" if nothing.
func (r *Row) fault() string {
	ways := 0
	for _, set := range []bool{r.Float != nil, r.Terms != nil, r.Vector != nil} {
		if set {
			ways++
		}
	}
	leaf := len(r.Args) == 0 && r.Hidden
	switch {
	case r.Doc == "" || r.TeX == "":
		return "lacks its doc or TeX"
	case ways > 1:
		return "is computed in more than one way"
	case ways == 0 && r.Body == "" && !leaf:
		return "has neither a value nor a body"
	case r.Exact != nil && r.Float == nil:
		return "has an exact value but no float value"
	case ways == 1 && len(r.Deriv) != len(r.Args):
		return "needs a rule for the derivative by each argument"
	case ways == 0 && r.Deriv != nil:
		return "has both a body and rules; its derivative follows from the body"
	case r.Inverse != nil && len(r.Inverse) != len(r.Args):
		return "needs an inverse for each argument, or none"
	case r.Calm != "" && r.Body == "":
		return "has a calm body, but none for training"
	case len(r.Examples) == 0 && !r.Hidden:
		return "lacks an example"
	}
	return ""
}
