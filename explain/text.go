package explain

import (
	"fmt"
	"io"
	"strings"

	"unroll/lang"
	"unroll/series"
)

// What a reader is shown of much: JSON has all of it.
const (
	maxSteps   = 40 // steps in all, of which every one is shown
	edgeSteps  = 5  // otherwise: so many at either end of a series
	maxSeries  = 6  // series, of which every one is shown
	edgeSeries = 3  // otherwise: so many of the first
	maxTerms   = 12 // scores that the loss is written out as the sum of
)

// Text writes the solution for a reader: fractions with their decimals, in aligned tables.
func (s *Solution) Text(w io.Writer) error {
	t := &texter{s: s}
	t.heading()
	t.equations()
	t.weights()
	t.forward()
	if s.Loss != nil {
		t.loss()
		t.backward()
		t.gradient()
		t.step()
	} else {
		t.title("Loss")
		t.line("The cell has no loss: nothing is observed with ~, and there is no loss term.")
	}
	t.notes()
	_, err := io.WriteString(w, t.b.String())
	return err
}

// texter writes the parts of a text.
type texter struct {
	s *Solution
	b strings.Builder
}

func (t *texter) line(format string, args ...any) {
	t.b.WriteString(strings.TrimRight("  "+fmt.Sprintf(format, args...), " ") + "\n")
}

func (t *texter) title(format string, args ...any) {
	t.b.WriteString("\n" + fmt.Sprintf(format, args...) + "\n\n")
}

func (t *texter) heading() {
	s := t.s
	t.b.WriteString(s.Cell + "\n\n")
	feedback := ", feedback " + s.Feedback
	if s.Feed == "teacher" && !s.fed() {
		feedback = ""
	}
	t.line("feed %s%s, reduce %s", s.Feed, feedback, s.Reduce)
	switch {
	case len(s.Steps) == 0 && s.T0 == 0:
		t.line("There are no steps: no input has more than one value a series.")
	case len(s.Steps) == 0:
		t.line("There are no steps: the series end before t = %d.", s.T0)
	case s.Cause == "":
		t.line("The first step is t = 0: nothing looks back past it.")
	default:
		t.line("The first step is t = %d, because of %s%s.", s.T0, s.Cause, place(s.CausePos))
	}
}

// fed tells whether a missing value makes even teacher forcing feed a forecast.
func (s *Solution) fed() bool {
	for _, one := range s.Steps {
		for _, e := range one.Observed {
			if !e.Value.HasAll() {
				return true
			}
		}
	}
	return false
}

func place(at lang.Pos) string {
	if at.Src == nil {
		return ""
	}
	return fmt.Sprintf(" in line %d", at.Line)
}

// equations prints the file as it stands, in standard layout.
func (t *texter) equations() {
	if t.s.File == nil {
		return
	}
	t.title("Equations")
	for _, l := range strings.Split(strings.TrimSpace(lang.Print(t.s.File, false)), "\n") {
		t.line("%s", l)
	}
}

func (t *texter) weights() {
	if len(t.s.Weights) > 0 {
		t.title("Weights")
		t.values("", t.s.Weights, func(v Value, i int) string {
			if v.Param.Fixed {
				return relation(v.All[i]) + "  (fixed)"
			}
			return relation(v.All[i])
		})
	}
	if len(t.s.Constants) > 0 {
		t.title("Constants")
		t.values("", t.s.Constants, plain)
	}
}

func plain(v Value, i int) string { return relation(v.All[i]) }

// values writes a line a value, or one a series of it, with what say says of it.
func (t *texter) values(before string, all []Value, say func(v Value, i int) string) {
	var lines []line
	for _, v := range all {
		for i := range v.All {
			name, text := before+v.Name, ""
			if hidden := len(v.All) - edgeSeries; len(v.All) > maxSeries && i >= edgeSeries {
				lines = append(lines, line{name, fmt.Sprintf("… of %d more series", hidden)})
				break
			}
			if text = say(v, i); v.PerSeries {
				name += " of series " + t.s.seriesName(i)
			}
			lines = append(lines, line{name, text})
		}
	}
	t.lines(lines)
}

// line is a name and what is said of it, which begins with a sign such as =.
type line struct{ name, text string }

// lines writes names and what is said of them, with the signs below each other.
func (t *texter) lines(all []line) {
	wide := 0
	for _, l := range all {
		wide = max(wide, width(l.name))
	}
	for _, l := range all {
		t.line("%s %s", pad(l.name, wide), l.text)
	}
}

// seriesName is the name of the i-th series.
func (s *Solution) seriesName(i int) string {
	var names []string
	for _, one := range append(append([]Step{}, s.Steps...), s.PerSeries...) {
		if len(names) == 0 || names[len(names)-1] != one.Series {
			names = append(names, one.Series)
		}
	}
	if i < len(names) {
		return names[i]
	}
	return fmt.Sprint(i + 1)
}

// notes says what a reader should know of the numbers.
func (t *texter) notes() {
	var all []string
	if t.s.Rounded {
		all = append(all, "The exact numbers passed 4,096 bits: the run was redone in float64. --exact insists on exact ones.")
	}
	for _, w := range t.s.Warnings {
		all = append(all, "Warning: "+w+".")
	}
	if len(all) > 0 {
		t.title("Notes")
		for _, n := range all {
			t.line("%s", n)
		}
	}
}

// relation is a value with the sign before it, wide ones shortened.
func relation(a series.Array) string {
	if short(a) == a.String() {
		return a.Relation()
	}
	if a.Exact() && !approximate(a) {
		return "= " + short(a)
	}
	return "≈ " + short(a)
}
