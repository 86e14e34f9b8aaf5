package explain

import (
	"fmt"
	"strings"

	"unroll/series"
)

// forward writes a table for each series: a column for each input, equation and score.
func (t *texter) forward() {
	if len(t.s.Steps) > 0 {
		t.title("Forward")
		t.tables(t.s.Steps, t.forwardTable)
	}
	if len(t.s.PerSeries) == 0 {
		return
	}
	t.title("Observed once a series")
	tab := &table{}
	for i, s := range t.s.PerSeries {
		if i == 0 {
			tab.add(append([]string{"series"}, seriesHead(s)...)...)
		}
		row := []string{s.Series}
		for j, e := range s.Scores {
			row = append(row, cell(s.Observed[j].Value), cell(e.Value))
		}
		tab.add(row...)
	}
	t.print(tab)
}

func seriesHead(s Step) []string {
	var head []string
	for _, e := range s.Scores {
		head = append(head, e.Name, "score of "+e.Name)
	}
	return head
}

func (t *texter) forwardTable(steps []Step) *table {
	tab := &table{}
	head := []string{"t"}
	for _, e := range concat(steps[0].Inputs, steps[0].Values, steps[0].Observed) {
		head = append(head, e.Name)
	}
	for _, e := range steps[0].Scores {
		head = append(head, "score of "+e.Name)
	}
	tab.add(head...)
	for _, s := range steps {
		row := []string{fmt.Sprint(s.T)}
		for _, e := range concat(s.Inputs, s.Values, s.Observed) {
			row = append(row, cell(e.Value))
		}
		for i, e := range s.Scores {
			if s.Scored[i] {
				row = append(row, cell(e.Value))
			} else {
				row = append(row, cell(series.Missing(1, 1)))
			}
		}
		tab.add(row...)
	}
	return tab
}

// tables writes a table for each series; of many series, or many steps, the first and the last.
func (t *texter) tables(steps []Step, make func([]Step) *table) {
	all := bySeries(steps)
	for i, one := range all {
		if len(all) > maxSeries && i >= edgeSeries && i < len(all)-1 {
			if i == edgeSeries {
				t.line("… %d series left out; --format json has them …", len(all)-1-edgeSeries)
				t.b.WriteByte('\n')
			}
			continue
		}
		if len(all) > 1 {
			t.line("Series %s", one[0].Series)
		}
		tab := make(one)
		if hidden := len(one) - 2*edgeSteps; len(steps) > maxSteps && hidden > 0 {
			tab.cut(1+edgeSteps, hidden)
		}
		t.print(tab)
		if i < len(all)-1 {
			t.b.WriteByte('\n')
		}
	}
}

func bySeries(steps []Step) [][]Step {
	var all [][]Step
	for i, s := range steps {
		if i == 0 || s.Series != steps[i-1].Series {
			all = append(all, nil)
		}
		all[len(all)-1] = append(all[len(all)-1], s)
	}
	return all
}

func concat(lists ...[]Entry) []Entry {
	var all []Entry
	for _, l := range lists {
		all = append(all, l...)
	}
	return all
}

// loss writes the loss as the sum that it is: of its scores, or of its parts if it has several.
func (t *texter) loss() {
	t.title("Loss")
	parts := t.s.Parts
	var lines []line
	switch {
	case len(parts) > 1, t.s.Reduce == "mean" && parts[0].Text != "":
		for _, p := range parts {
			lines = append(lines, t.part(p))
		}
		lines = append(lines, line{"L", relation(*t.s.Loss)})
	case sum(parts[0].Scores) != "":
		lines = []line{{"L", "= " + sum(parts[0].Scores)}, {"", relation(*t.s.Loss)}}
	default:
		lines = []line{{"L", relation(*t.s.Loss)}}
	}
	t.lines(lines)
}

// part writes a summand of the loss.
func (t *texter) part(p Part) line {
	switch {
	case p.Text == "":
		return line{"loss terms", relation(p.Sum)}
	case t.s.Reduce == "mean":
		mean := relation(divide(p.Sum, max(p.Count, 1)))
		return line{p.Text, fmt.Sprintf("= %s / %d %s", short(p.Sum), p.Count, mean)}
	}
	return line{p.Text, relation(p.Sum)}
}

// sum writes numbers as a sum, if they are few.
func sum(all []series.Array) string {
	if len(all) < 2 || len(all) > maxTerms {
		return ""
	}
	var terms []string
	for _, a := range all {
		if text := a.String(); strings.HasPrefix(text, "-") {
			terms = append(terms, "("+text+")")
		} else {
			terms = append(terms, text)
		}
	}
	return strings.Join(terms, " + ")
}
