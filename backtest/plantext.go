package backtest

import (
	"fmt"
	"strconv"
	"strings"
)

// Text is the plan for people: the cut-offs, how often methods are fitted, and what is left out.
func (p *Plan) Text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s, %s ahead from %s", plural(len(p.set.Series), "series"), plural(p.Horizon, "step"), plural(p.Windows, "cut-off"))
	if p.Windows > 1 {
		fmt.Fprintf(&b, ", %s apart", plural(p.Step, "step"))
	}
	b.WriteString(". " + p.fits() + "\n\n" + p.table())
	if !p.even() {
		fmt.Fprintf(&b, "\nThese are the times of %s; each series is cut before its own end.\n", p.set.Series[0].ID)
	}
	if n := len(p.LeftOut); n > 0 {
		fmt.Fprintf(&b, "\n%s left out %s: %s.\n", plural(n, "series"), p.why, first(p.LeftOut))
	}
	return b.String()
}

func (p *Plan) fits() string {
	switch {
	case p.Windows == 1:
		return "Each method is fitted once."
	case p.Refit:
		return fmt.Sprintf("Each method is fitted %d times, at every cut-off.", p.Windows)
	}
	return "Each method is fitted once, at the first cut-off; the baselines at every one."
}

// shown is how many cut-offs a table has at most, before it leaves some in the middle out.
const shown = 8

func (p *Plan) table() string {
	lines := [][]string{{"cut-off", "history", "forecasts"}}
	for w := range p.Windows {
		if p.Windows > shown && w == shown/2 {
			lines = append(lines, []string{"…", "", ""})
		}
		if p.Windows > shown && w >= shown/2 && w < p.Windows-shown/2 {
			continue
		}
		n := p.cuts[w][0]
		end := min(n+p.Horizon, p.ends[0])
		lines = append(lines, []string{strconv.Itoa(w + 1), p.span(0, n), p.span(n, end)})
	}
	return aligned(lines, 3)
}

// span names the times from lo to hi-1 of the first series.
func (p *Plan) span(lo, hi int) string {
	label := func(t int) string { return strconv.Itoa(t + 1) }
	if p.Label != nil {
		label = func(t int) string { return p.Label(p.set.Series[0].ID, t) }
	}
	if hi-lo == 1 {
		return label(lo)
	}
	return label(lo) + " to " + label(hi-1)
}

// even tells whether all series are cut at the same times.
func (p *Plan) even() bool {
	for i := range p.set.Series {
		if p.cuts[0][i] != p.cuts[0][0] || p.ends[i] != p.ends[0] {
			return false
		}
	}
	return true
}

// first names a few.
func first(names []string) string {
	const most = 5
	if len(names) > most {
		return strings.Join(names[:most], ", ") + fmt.Sprintf(" and %d more", len(names)-most)
	}
	return strings.Join(names, ", ")
}

// plural counts things; series are as many in both numbers.
func plural(n int, what string) string {
	if n != 1 && what != "series" {
		what += "s"
	}
	return fmt.Sprintf("%d %s", n, what)
}
