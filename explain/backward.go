package explain

import (
	"fmt"
	"strings"

	"unroll/series"
)

// backward writes the adjoints, from the last step back: the order in which they are found.
func (t *texter) backward() {
	kept, without := t.dependent()
	if len(kept) > 0 {
		t.title("Backward")
		first := t.s.Names[kept[0]]
		t.line("%s is the derivative of the loss by the value of %s at that step.", first, t.s.Adjoints[0].Values[kept[0]].Name)
		t.b.WriteByte('\n')
		t.tables(t.s.Adjoints, func(steps []Step) *table { return t.backwardTable(steps, kept) })
	}
	if len(t.s.Constant) > 0 {
		if len(kept) == 0 {
			t.title("Backward")
		} else {
			t.b.WriteByte('\n')
		}
		t.values("", t.s.Constant, plain)
	}
	if len(without) > 0 {
		t.b.WriteByte('\n')
		t.line("The derivative does not pass through the values of %s.", join(without))
	}
}

// dependent are the equations that the loss depends on, and the names of the others.
func (t *texter) dependent() (kept []int, without []string) {
	for i, name := range t.s.Names {
		switch {
		case len(t.s.Adjoints) == 0:
		case name != "":
			kept = append(kept, i)
		default:
			without = append(without, t.s.Adjoints[0].Values[i].Name)
		}
	}
	return kept, without
}

func (t *texter) backwardTable(steps []Step, kept []int) *table {
	tab := &table{}
	head := []string{"t"}
	for _, i := range kept {
		head = append(head, t.s.Names[i])
	}
	tab.add(head...)
	for j := range steps {
		row := []string{fmt.Sprint(steps[j].T)}
		for _, i := range kept {
			row = append(row, cell(steps[j].Values[i].Value))
		}
		tab.add(row...)
	}
	return tab
}

func (t *texter) gradient() {
	if len(t.s.Gradient) > 0 {
		t.title("Gradient")
		t.values("dL/d", t.s.Gradient, plain)
	}
}

// step writes one step of gradient descent: a number with how it comes about.
func (t *texter) step() {
	if len(t.s.Updated) == 0 {
		return
	}
	t.title("One step of gradient descent, rate %s", t.s.Rate.RatString())
	t.values("", t.s.Updated, t.descent)
	var kept []string
	for _, v := range t.s.Updated {
		if constrained(v.Param) {
			kept = append(kept, v.Name)
		}
	}
	if len(kept) > 0 {
		t.b.WriteByte('\n')
		t.line("Kept inside an interval: %s. The step is taken in the unconstrained number behind each.", join(kept))
	}
}

func (t *texter) descent(v Value, i int) string {
	a := v.All[i]
	if a.Len() > 1 || constrained(v.Param) {
		return relation(a)
	}
	old, g := t.old(v.Name, i), t.s.by(v.Name, i).String()
	if strings.HasPrefix(g, "-") {
		g = "(" + g + ")"
	}
	return fmt.Sprintf("= %s - %s*%s %s", old, t.s.Rate.RatString(), g, relation(a))
}

// old is a weight before the step.
func (t *texter) old(name string, i int) series.Array { return find(t.s.Weights, name).All[i] }

// by is the derivative by a weight.
func (s *Solution) by(name string, i int) series.Array { return find(s.Gradient, name).All[i] }

func find(all []Value, name string) Value {
	for _, v := range all {
		if v.Name == name {
			return v
		}
	}
	return Value{}
}
