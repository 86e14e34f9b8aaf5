package prove

import (
	"fmt"
	"math"
	"strings"
	"text/tabwriter"
)

// Proved tells whether all that was compared is equal, or as near as rounding lets it be.
func (r *Report) Proved() bool { return len(r.Faults) == 0 }

// String is the report for people.
func (r *Report) String() string {
	var b strings.Builder
	b.WriteString(r.Cell + "\n\n" + r.table() + "\n")
	b.WriteString(r.verdict() + "\n")
	if len(r.Sizes) > 0 {
		b.WriteString("Sizes were made small: " + strings.Join(r.Sizes, "; ") + ".\n")
	}
	if r.Unsettled > 0 {
		b.WriteString(fmt.Sprintf("%d more weren't compared: differences don't settle there, as at a kink.\n", r.Unsettled))
	}
	for _, n := range r.Notes {
		b.WriteString(n + "\n")
	}
	if len(r.Remarks) > 0 {
		b.WriteString("\nLegal, and perhaps not meant:\n")
	}
	for _, e := range r.Remarks {
		b.WriteString("\n" + e.Snippet() + "\n")
	}
	return b.String()
}

// table has a line for each comparison.
func (r *Report) table() string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprint(w, "feed\tfeedback\tseries × steps\tcompared with\tderivatives\tlargest difference\n")
	for _, l := range r.Lines {
		count := fmt.Sprint(l.Derivatives)
		if l.Derivatives < l.Of {
			count += fmt.Sprintf(" of %d", l.Of)
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", l.Feed, orDash(l.Feedback), l.data(), l.With, count, l.off())
	}
	_ = w.Flush() // a Builder takes everything
	var out strings.Builder
	for line := range strings.Lines(b.String()) {
		out.WriteString(strings.TrimRight(line, " \n") + "\n")
	}
	return out.String()
}

func orDash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

// data is what a run was on.
func (l Line) data() string {
	text := fmt.Sprintf("%d × %d..%d", l.Series, l.Shortest, l.Longest)
	if l.Shortest == l.Longest {
		text = fmt.Sprintf("%d × %d", l.Series, l.Longest)
	}
	if l.Gaps {
		text += ", gaps"
	}
	if l.Training {
		text += ", training"
	}
	return text
}

// off is how far the derivatives of a line are off.
func (l Line) off() string {
	if l.With == Fractions && l.Printed == 0 {
		return "none"
	}
	return "below " + bound(max(l.Largest, l.Printed))
}

// bound is a power of ten that is not below a difference. Of those that only rounding makes, which isn't the same
// on every machine, it says the same.
func bound(x float64) string {
	const rounding = -12
	return fmt.Sprintf("1e%d", max(rounding, int(math.Ceil(math.Log10(x)))))
}

// verdict says in a sentence or two how it came out.
func (r *Report) verdict() string {
	var count [3]int
	largest, all := 0.0, 0
	for _, l := range r.Lines {
		count[l.With] += l.Derivatives
		all += l.Derivatives
		largest = max(largest, l.Largest)
	}
	if !r.Proved() {
		return r.faults(all)
	}
	var parts []string
	for m, what := range []string{
		"equal as fractions to what a second interpreter finds straight from the text",
		"what the complex step gives",
		"what differences come to",
	} {
		if count[m] > 0 {
			parts = append(parts, fmt.Sprintf("%d are %s", count[m], what))
		}
	}
	text := fmt.Sprintf("Proved: of %d derivatives by %s %s", all, plural(r.Weights, "weight"), strings.Join(parts, ", and "))
	if len(parts) == 1 {
		_, what, _ := strings.Cut(parts[0], " ")
		text = fmt.Sprintf("Proved: %d derivatives by %s %s", all, plural(r.Weights, "weight"), what)
	}
	if count[Fractions] < all {
		text += ", to within " + bound(largest) + " of their size"
	}
	return text + fmt.Sprintf(".\nPrinted by unroll grad, read again and run, they are the same.\nThe data and the weights were drawn at random; --seed %d draws others.", r.Seed+1)
}

// mostFaults is how many differences are told.
const mostFaults = 10

func (r *Report) faults(all int) string {
	text := fmt.Sprintf("Not proved: of %d derivatives by %s these are not what they should be:\n\n", all, plural(r.Weights, "weight"))
	for i, f := range r.Faults {
		if i == mostFaults {
			text += fmt.Sprintf("  and %d more\n", len(r.Faults)-i)
			break
		}
		text += "  " + f + "\n"
	}
	return text + fmt.Sprintf("\nThat is a fault in unroll, not in the cell. Please report it, with the file and this call:\n\n    unroll vet --prove %s --seed %d\n", r.Cell, r.Seed)
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
