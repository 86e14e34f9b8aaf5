package unroll_test

import (
	"slices"
	"strings"
	"testing"

	"unroll/lang"
	"unroll/op"
	"unroll/weights"
)

// withTables is a document with its tables written anew.
func withTables(t *testing.T, text string) string {
	table := op.Standard()
	for marker, lines := range map[string][]string{
		"<!-- starts: generated from weights -->": startTable(),
		"<!-- families: generated from op -->":    familyTable(table),
		"<!-- operators: generated from op -->":   rowTable(table, "operator", func(r *op.Row) bool { return !r.Hidden && r.Sign != "" }),
		"<!-- functions: generated from op -->":   rowTable(table, "function", func(r *op.Row) bool { return !r.Hidden && r.Sign == "" }),
		"<!-- hidden: generated from op -->":      rowTable(table, "function", func(r *op.Row) bool { return r.Hidden }),
	} {
		text = between(t, text, marker, strings.Join(lines, "\n"))
	}
	return text
}

// between replaces what stands after a marker, up to the next end.
func between(t *testing.T, text, marker, table string) string {
	before, after, ok := strings.Cut(text, marker+"\n")
	_, rest, ok2 := strings.Cut(after, "<!-- end -->")
	if !ok || !ok2 {
		t.Fatalf("the marker %s, or its end, is missing", marker)
	}
	return before + marker + "\n" + table + "\n<!-- end -->" + rest
}

func tableOf(head ...string) []string {
	return []string{line(head...), "|" + strings.Repeat(" --- |", len(head))}
}

func line(columns ...string) string {
	for i, c := range columns {
		columns[i] = strings.ReplaceAll(c, "|", `\|`)
	}
	return "| " + strings.Join(columns, " | ") + " |"
}

func code(s string) string { return "`" + s + "`" }

func startTable() []string {
	out := tableOf("random start", "meaning")
	for _, k := range weights.Kinds {
		out = append(out, line(code(callOf(k.Name, k.Args)), k.Doc))
	}
	return out
}

func callOf(name string, args []string) string {
	if len(args) == 0 {
		return name
	}
	return name + "(" + strings.Join(args, ", ") + ")"
}

func familyTable(table *op.Table) []string {
	out := tableOf("family", "what it is", "score of an entry", "forecast")
	for _, f := range table.Families {
		call := map[string]string{"quantile": "quantile(q, …; p, …)", "score": "score(E; m)"}[f.Name]
		if call == "" {
			call = callOf(f.Name, f.Args)
		}
		out = append(out, line(code(call), sentence(f.Doc, f.Note), code(formulaLine(f.Score)), code(formulaLine(f.Forecast))))
	}
	return out
}

// formulaLine is a formula of several lines as one: its names are given after it.
func formulaLine(s string) string {
	lines := strings.Split(s, "\n")
	last := len(lines) - 1
	if last == 0 {
		return s
	}
	return lines[last] + " with " + strings.Join(lines[:last], ", ")
}

func sentence(doc, note string) string {
	if note == "" {
		return doc
	}
	return doc + " " + note
}

func rowTable(table *op.Table, what string, wanted func(*op.Row) bool) []string {
	out := tableOf(what, "meaning", "exact", "example")
	for i := range table.Rows {
		if r := &table.Rows[i]; wanted(r) {
			out = append(out, line(code(written(r)), sentence(r.Doc, r.Note), exactness(table, r), exampleOf(r)))
		}
	}
	return out
}

// written is a row as it is called.
func written(r *op.Row) string {
	switch {
	case r.Sign == "'":
		return "a'"
	case r.Sign != "" && len(r.Args) == 1:
		return r.Sign + "a"
	case r.Sign != "" && !r.Hidden:
		return r.Args[0] + " " + r.Sign + " " + r.Args[1]
	}
	return r.Name + "(" + strings.Join(r.Args, ", ") + ")"
}

func exampleOf(r *op.Row) string {
	var out []string
	for _, e := range r.Examples {
		relation := " = "
		if strings.HasPrefix(e.Gives, "≈") {
			relation = " "
		}
		if strings.ContainsAny(r.Sign, "=<>!") {
			relation = " is "
		}
		out = append(out, code(e.Call+relation+e.Gives))
	}
	return strings.Join(out, ", ")
}

func exactness(table *op.Table, r *op.Row) string {
	switch {
	case r.Sign == "^" && !r.Hidden:
		return "for whole b"
	case isExact(table, r):
		return "yes"
	}
	return ""
}

// isExact tells whether a row stays among the exact numbers: by itself, or by all that its body uses.
func isExact(table *op.Table, r *op.Row) bool {
	switch {
	case r.Name == "draw":
		return true
	case r.Valued():
		return r.HasExact()
	case r.Body == "":
		return false
	}
	exact := true
	lets, result, err := lang.ParseBody(&lang.Source{Name: r.Name, Text: r.Body})
	if err != nil {
		return false
	}
	all := []lang.Expr{result}
	for _, l := range lets {
		all = append(all, l.X)
	}
	for _, x := range all {
		lang.Walk(x, func(e lang.Expr) bool {
			if c, ok := e.(*lang.Call); ok && !slices.Contains([]string{"rows", "cols", "len"}, c.Fn) {
				inner := table.Lookup(c.Fn, len(c.Args))
				exact = exact && inner != nil && isExact(table, inner)
			}
			return true
		})
	}
	return exact
}
