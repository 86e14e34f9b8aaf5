package page_test

import (
	"fmt"
	"math"
	"math/big"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"unroll/series"
)

// checkTable checks a table by its form: what its head and its first column say.
func (a *audit) checkTable(rows [][]string) {
	a.counts["tables"]++
	head, first := rows[0], ""
	if len(rows) > 1 {
		first = rows[1][0]
	}
	switch {
	case head[0] == "t":
		a.checkSteps(rows)
	case head[0] == "--feed":
		a.checkReadings(rows)
	case strings.HasPrefix(first, "∂L/∂") && len(head) == 4:
		a.checkQuotients(rows)
	case isMoves(rows):
		a.checkMoves(rows)
	case len(head) == 3 || len(head) >= 4 && strings.HasPrefix(head[3], "H ="):
		a.checkShapes(rows)
	default:
		a.wrong(strings.Join(head, " | "), "nobody knows what this table is about")
	}
}

// isMoves tells the table of losses after a step: three columns, of which the second has numbers.
func isMoves(rows [][]string) bool {
	return len(rows) > 1 && len(rows[0]) == 3 && !strings.ContainsFunc(rows[1][1], func(r rune) bool { return r == '[' || unicode.IsLetter(r) })
}

// cell checks a number in a table: what it should be, and that "≈" stands before it if it is rounded.
func (a *audit) cell(where, text string, truth series.Array) {
	a.counts["table cells"]++
	number, rounded := strings.CutPrefix(text, "≈")
	f, err := a.words.formulaOf(strings.TrimSpace(number))
	if err != nil {
		a.wrong(where, "%v", err)
		return
	}
	page, err := a.value(f, moment{})
	if err != nil {
		a.wrong(where, "%q %v", text, err)
		return
	}
	right, exactly := shows(page, truth)
	switch {
	case !right:
		a.wrong(where, "%q, and a fresh run gives %v", text, truth)
	case exactly == rounded:
		a.wrong(where, "the sign before %q, which is %v", text, truth)
	}
}

// checkSteps checks a table with a row for each time: under the formula at its head, each column has
// its value at that time.
func (a *audit) checkSteps(rows [][]string) {
	for j, text := range rows[0] {
		if j == 0 {
			continue
		}
		head, err := a.words.formulaOf(text)
		if err != nil {
			a.wrong(text, "%v", err)
			continue
		}
		for _, row := range rows[1:] {
			t, err := strconv.Atoi(strings.ReplaceAll(row[0], "−", "-"))
			if err != nil {
				a.wrong(text, "the time %q", row[0])
				return
			}
			a.checkStep(head, t, row[j])
		}
	}
}

func (a *audit) checkStep(head *formula, t int, text string) {
	m := moment{series: a.series}.with("t", t)
	where := fmt.Sprintf("%s at t = %d of series %d", head.text, t, a.series+1)
	if text == "–" {
		if !a.nothing(head, t) {
			a.wrong(where, "there is a value, and the page shows none")
		}
		return
	}
	if a.nothing(head, t) {
		a.wrong(where, "there is no value, and the page shows %q", text)
		return
	}
	var truths []series.Array
	for _, seen := range []bool{false, true} {
		m.seen = seen
		if v, err := a.value(head, m); err == nil {
			truths = append(truths, v)
		}
	}
	if len(truths) == 0 {
		a.wrong(where, "it can't be evaluated")
		return
	}
	truth := truths[0]
	if f, err := a.words.formulaOf(strings.TrimPrefix(text, "≈")); err == nil && len(truths) > 1 {
		if v, err := a.value(f, moment{}); err == nil {
			if right, _ := shows(v, truth); !right {
				truth = truths[1]
			}
		}
	}
	a.cell(where, text, truth)
}

// nothing tells whether there is no value of what a column is about: an input that is missing, its
// score, or an equation before the first step that has no start.
func (a *audit) nothing(head *formula, t int) bool {
	if len(head.refs) != 1 {
		return false
	}
	outside := !a.isStep(a.series, t)
	for _, r := range head.refs {
		if r.kind == aSlope {
			return false
		}
		if v := a.inputs[r.name]; v != nil {
			return !v(a.series, t).HasAll()
		}
		if r.name == "L" {
			return outside || !a.counted[scoreOf(r)](a.series, t)
		}
		return outside && !a.started(r.name, a.series, t)
	}
	return false
}

// checkReadings checks the losses and derivatives of other readings. Where the feedback isn't said, it
// makes no difference.
func (a *audit) checkReadings(rows [][]string) {
	from := 1
	if rows[0][1] == "--feedback" {
		from = 2
	}
	for _, row := range rows[1:] {
		backs := []string{"grad", "stop"}
		if from == 2 && row[1] != "–" {
			backs = row[1:2]
		}
		for _, back := range backs {
			run, err := a.inReading(row[0], back)
			if err != nil {
				a.wrong(row[0], "%v", err)
				continue
			}
			for j := from; j < len(row); j++ {
				truth := run.loss
				if rows[0][j] != "L" {
					truth = run.slopes[a.slopeAt(rows[0][j]).by.name][0]
				}
				a.cell(row[0]+" "+back+": "+rows[0][j], row[j], truth)
			}
		}
	}
}

// slopeAt is the derivative of the loss that a cell is about, ∂L/∂w.
func (a *audit) slopeAt(text string) *ref {
	f, err := a.words.formulaOf(text)
	if err == nil {
		if r := f.refs["q0"]; len(f.refs) == 1 && r.kind == aSlope && r.name == "L" && a.slopes[r.by.name] != nil {
			return r
		}
	}
	fault("%q is no derivative of the loss", text)
	return nil
}

// weightAt is the name of the weight that a cell is about, "" if it is about no weight.
func (a *audit) weightAt(text string) string {
	f, err := a.words.formulaOf(text)
	if err == nil && len(f.refs) == 1 && f.refs["q0"] != nil && a.copies[f.refs["q0"].name] > 0 {
		return f.refs["q0"].name
	}
	return ""
}

// checkQuotients checks derivatives beside quotients of differences.
func (a *audit) checkQuotients(rows [][]string) {
	eps := big.NewRat(1, 1000)
	x := reading{world: a.world}
	for _, row := range rows[1:] {
		r := a.slopeAt(row[0])
		m := a.of(r, moment{})
		slope := a.slope(r, m)
		up, err := a.lossWith(a.nudged(r.by, m, eps), true)
		down, err2 := a.lossWith(a.nudged(r.by, m, new(big.Rat).Neg(eps)), true)
		if err != nil || err2 != nil {
			a.wrong(row[0], "%v, %v", err, err2)
			continue
		}
		quotient := x.apply("/", x.apply("-", up, down), series.Number(big.NewRat(2, 1000)))
		a.cell(row[0]+": derivative", row[1], slope)
		a.cell(row[0]+": quotient", row[2], quotient)
		a.difference(row[0], row[3], x.apply("-", quotient, slope), quotient)
	}
}

// difference checks what is left of a subtraction, in two digits; of floats nothing, if that is what
// rounding leaves.
func (a *audit) difference(where, text string, truth, of series.Array) {
	a.counts["table cells"]++
	f, err := a.words.formulaOf(strings.TrimSpace(strings.TrimPrefix(text, "≈")))
	if err != nil {
		a.wrong(where, "%v", err)
		return
	}
	v, err := a.value(f, moment{})
	x := truth.Float64(0)
	most := half(x) * 100
	if !truth.Exact() {
		most += 1e-9 * max(1, math.Abs(of.Float64(0)))
	}
	exactly := v.Equal(truth)
	if err != nil || math.Abs(v.Float64(0)-x) > most*(1+1e-9) || exactly != !strings.HasPrefix(text, "≈") {
		a.wrong(where, "the difference %q, and it is %v", text, truth)
	}
}

// nudged are the copies of a weight with one entry moved.
func (a *audit) nudged(r *ref, m moment, by *big.Rat) map[string][]series.Array {
	all := append([]series.Array{}, a.run.Weights()[r.name]...)
	k := a.copyOf(r, m)
	move := present(series.Missing(all[k].R, all[k].C))
	at := 0
	switch len(r.at) {
	case 1:
		at = r.at[0].lo.k
	case 2:
		at = r.at[0].lo.k*all[k].C + r.at[1].lo.k
	}
	move.Rat[at].Set(by)
	all[k] = reading{world: a.world}.apply("+", all[k], move)
	return map[string][]series.Array{r.name: all}
}

// checkMoves checks the losses after a step along each weight, and along all.
func (a *audit) checkMoves(rows [][]string) {
	before := a.values["L"](0, 0)
	for _, row := range rows[1:] {
		moved := map[string][]series.Array{}
		name := a.weightAt(row[0])
		for _, w := range a.run.Graph().Weights {
			if w.Fixed || name != "" && name != w.Name {
				continue
			}
			for i := range a.copies[w.Name] {
				moved[w.Name] = append(moved[w.Name], a.movedWeight(&ref{name: w.Name}, moment{series: i}))
			}
		}
		after, err := a.lossWith(moved, false)
		if err != nil {
			a.wrong(row[0], "%v", err)
			continue
		}
		a.cell("loss after a step along "+row[0], row[1], after)
		a.cell("change along "+row[0], row[2], reading{world: a.world}.apply("-", after, before))
	}
}

var (
	lagged      = regexp.MustCompile(`\b\w+\[t-(\d+)\]`)
	windowed    = regexp.MustCompile(`\b\w+\[t[^\]]*:[^\]]*\]`)
	ahead       = regexp.MustCompile(`\b\w+\[t\+\d+\]`)
	declared    = regexp.MustCompile(`(?m)^state .*$`)
	wordInState = regexp.MustCompile(`([ ,])(\w+)(\s*,|\s*$)`)
)
