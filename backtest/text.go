package backtest

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// ofScale are the metrics in the unit of the data, or its square: they are written to four digits.
var ofScale = map[string]bool{"RMSE": true, "MSE": true, "MAE": true, "pinball": true, "CRPS": true}

// Records are rows for a CSV file, below a head: numbers in full, nothing where there is none.
func (r *Result) Records(rows []Row) [][]string {
	lines, _ := list(r.Metrics, rows, func(scores map[string]float64, name string) string {
		if v, ok := scores[name]; ok {
			return strconv.FormatFloat(v, 'g', -1, 64)
		}
		return ""
	})
	return lines
}

// table lists rows, names to the left and numbers to the right, two blanks between columns.
func table(metrics []string, rows []Row) string { return aligned(list(metrics, rows, number)) }

// list has a head and a line for each row; the first columns are names.
func list(metrics []string, rows []Row, number func(scores map[string]float64, name string) string) (lines [][]string, names int) {
	head := []string{"method"}
	if len(rows) > 0 && rows[0].Series != "" {
		head = []string{"series", "method"}
	}
	lines = [][]string{append(head, metrics...)}
	for _, r := range rows {
		line := []string{r.Series, r.Method}[2-len(head):]
		for _, name := range metrics {
			line = append(line, number(r.Scores, name))
		}
		lines = append(lines, line)
	}
	return lines, len(head)
}

// number is a score for the table.
func number(scores map[string]float64, name string) string {
	v, ok := scores[name]
	if !ok {
		return "–"
	}
	decimals := 3
	if ofScale[name] && v > 0 {
		decimals = min(max(3-int(math.Floor(math.Log10(v))), 0), 12)
	}
	return strconv.FormatFloat(v, 'f', decimals, 64)
}

// aligned writes lines with their first columns to the left, the others to the right.
func aligned(lines [][]string, left int) string {
	wide := make([]int, len(lines[0]))
	for _, l := range lines {
		for j, cell := range l {
			wide[j] = max(wide[j], utf8.RuneCountInString(cell))
		}
	}
	var b strings.Builder
	for _, l := range lines {
		var line strings.Builder
		for j, cell := range l {
			blanks := strings.Repeat(" ", wide[j]-utf8.RuneCountInString(cell))
			if j > 0 {
				line.WriteString("  ")
			}
			if j < left {
				line.WriteString(cell + blanks)
			} else {
				line.WriteString(blanks + cell)
			}
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
	return b.String()
}
