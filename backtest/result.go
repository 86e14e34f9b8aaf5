package backtest

import (
	"fmt"
	"slices"
	"strings"
)

// Result is how good the methods were. The figure of a series is the mean over its windows, that of a method the mean
// over its series; OWA, WQL and ACD are made of such means.
type Result struct {
	Metrics   []string `json:"metrics"` // that some method has, in the order of the table
	Methods   []Row    `json:"methods"`
	PerSeries []Row    `json:"series"`
	Notes     []string `json:"notes,omitempty"` // what was left out, and where a figure comes from
}

// Row has the scores of a method, by the names of the metrics; of one series, or of all.
type Row struct {
	Series  string             `json:"series,omitempty"`
	Method  string             `json:"method"`
	Scores  map[string]float64 `json:"scores"`
	Missing int                `json:"missing,omitempty"` // series left out, as a forecast was missing
}

func (t *tally) result() *Result {
	r := &Result{}
	reference := t.reference()
	for m, name := range t.methods {
		scores := t.scores(t.all(m, m), t.all(reference, m)) // the baseline's means are over the same series
		r.Methods = append(r.Methods, Row{Method: name, Scores: scores, Missing: count(t.missing[m])})
	}
	for i, id := range t.ids {
		for m, name := range t.methods {
			row := Row{Series: id, Method: name, Scores: t.scores(t.series(m, i), t.series(reference, i))}
			row.Missing = count(t.missing[m][i : i+1])
			r.PerSeries = append(r.PerSeries, row)
		}
	}
	r.Metrics = t.present(r.Methods)
	r.Notes = t.notes()
	return r
}

// present are the metrics of which some row has a number.
func (t *tally) present(rows []Row) []string {
	var out []string
	for _, c := range t.columns {
		if slices.ContainsFunc(rows, func(r Row) bool { _, ok := r.Scores[c.name]; return ok }) {
			out = append(out, c.name)
		}
	}
	return out
}

func count(all []bool) int {
	n := 0
	for _, yes := range all {
		if yes {
			n++
		}
	}
	return n
}

// notes say what was left out, and what CRPS is worked out from.
func (t *tally) notes() []string {
	var out []string
	if n := count(t.flat); n > 0 {
		out = append(out, fmt.Sprintf("MASE and MSIS leave out %d series without a scale: in the history, values %s apart are all alike, or there are none.", n, plural(t.how.period(), "step")))
	}
	for m, name := range t.methods {
		if n := count(t.missing[m]); n > 0 {
			out = append(out, fmt.Sprintf("%s has no forecast of %d series; its figures leave them out, and so does its OWA.", name, n))
		}
	}
	if names := t.from(samples); len(names) > 0 {
		out = append(out, "CRPS is that of the sampled paths: "+strings.Join(names, ", ")+".")
	}
	if names := t.from(quantiles); len(names) > 0 {
		out = append(out, "CRPS is twice the mean pinball loss of 99 quantiles, on straight lines between those that are forecast: "+strings.Join(names, ", ")+".")
	}
	return out
}

// from are the methods whose forecasts were given so.
func (t *tally) from(as source) []string {
	var names []string
	for m, name := range t.methods {
		if t.law[m] == as {
			names = append(names, name)
		}
	}
	return names
}

// Text is the table of the methods, with the notes below it.
func (r *Result) Text() string {
	return table(r.Metrics, r.Methods) + paragraphs(r.Notes)
}

// SeriesText is the table of each series and method.
func (r *Result) SeriesText() string { return table(r.Metrics, r.PerSeries) }

func paragraphs(notes []string) string {
	if len(notes) == 0 {
		return ""
	}
	return "\n" + strings.Join(notes, "\n") + "\n"
}
