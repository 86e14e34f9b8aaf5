package main

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"unroll"
	"unroll/explain"
	"unroll/graph"
	"unroll/lang"
)

// sized is a cell whose sizes are told by the dimensions that they lead to.
type sized struct {
	cell   *lang.Cell
	prefix string         // of its names in the file that uses it
	values map[string]int // of each size in the graph, primes
	graph  *graph.Graph
}

// primes stand for the sizes of a cell, and none of them for another's multiple.
var primes = []int{7, 11, 13, 17}

// sizedBy builds the file that uses a cell with a prime for each of its sizes.
func sizedBy(c *lang.Cell, use string) (*sized, error) {
	f, err := lang.Parse(&lang.Source{Name: c.Name, Text: use})
	if err != nil {
		return nil, err
	}
	s := &sized{cell: c, values: map[string]int{}}
	s.giveSizes(f)
	cell, err := unroll.Parse(c.Name, lang.Print(f, false))
	if err != nil {
		return nil, err
	}
	s.graph, err = cell.Graph(unroll.Options{})
	if err != nil {
		return nil, err
	}
	maps.Copy(s.values, s.graph.Assumed) // sizes of the data
	return s, nil
}

// giveSizes gives the call of the cell a prime for each size, in place of what it says.
func (s *sized) giveSizes(f *lang.File) {
	var given []lang.Named
	for k, it := range sizesOf(s.cell) {
		s.values[it.Name] = primes[k]
		given = append(given, lang.Named{Name: it.Name, X: &lang.Num{Text: strconv.Itoa(primes[k])}})
	}
	for _, st := range f.Stmts {
		if own, ok := st.(*lang.Size); ok {
			for i, it := range own.Items { // a size of the file that the call passes on
				if n, ok := s.values[it.Name]; ok {
					own.Items[i].Default = &lang.Num{Text: strconv.Itoa(n)}
				}
			}
		}
		e, ok := st.(*lang.Equation)
		if !ok {
			continue
		}
		lang.Walk(e.X, func(x lang.Expr) bool {
			if call, ok := x.(*lang.Call); ok && call.Fn == s.cell.Name {
				call.Sizes, s.prefix = given, e.Left[0].Name+"."
			}
			return true
		})
	}
}

// sizesOf are the sizes that a cell declares.
func sizesOf(c *lang.Cell) []lang.SizeItem {
	var all []lang.SizeItem
	for _, st := range c.Body {
		if s, ok := st.(*lang.Size); ok {
			all = append(all, s.Items...)
		}
	}
	return all
}

// letters are the sizes that a number is the product of, sorted, and what is left.
func (s *sized) letters(n int) (names []string, rest int) {
	for name, p := range s.values {
		for ; n%p == 0; n /= p {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names, n
}

// dim is a dimension in letters: H, or G·K.
func (s *sized) dim(n int) string {
	names, rest := s.letters(n)
	if rest != 1 || len(names) == 0 {
		names = append([]string{strconv.Itoa(rest)}, names...)
	}
	return strings.Join(names, "·")
}

// shape is a weight's shape in letters: [H, D].
func (s *sized) shape(w *graph.Param) string {
	switch sh := w.Node.Shape; {
	case sh.Len() == 1:
		return "a number"
	case sh.C == 1:
		return "[" + s.dim(sh.R) + "]"
	default:
		return "[" + s.dim(sh.R) + ", " + s.dim(sh.C) + "]"
	}
}

// row is weights that are alike.
type row struct {
	names, shape, start string
	weights             []*graph.Param
}

// weightsOf are a cell's weights with shapes, counts and starts, and how many there are in all.
func weightsOf(c *lang.Cell, file *lang.File, use string) ([]explain.Part, error) {
	s, err := sizedBy(c, use)
	if err != nil {
		return nil, err
	}
	var rows []row
	var all []*graph.Param
	for _, w := range s.graph.Weights {
		name, ok := strings.CutPrefix(w.Name, s.prefix)
		if !ok {
			continue // of the file around the cell
		}
		all = append(all, w)
		one := row{name, s.shape(w), startOf(file, w), []*graph.Param{w}}
		k := slices.IndexFunc(rows, func(r row) bool { return r.shape == one.shape && r.start == one.start })
		if k < 0 {
			rows = append(rows, one)
			continue
		}
		rows[k].names += ", " + name
		rows[k].weights = append(rows[k].weights, w)
	}
	t := explain.Table{Head: []explain.Text{plainText("weight"), plainText("shape"), plainText("numbers"), plainText("as declared")}}
	for _, r := range rows {
		t.Rows = append(t.Rows, []explain.Cell{
			{Text: explain.Text{typed(r.names)}}, {Text: plainText(r.shape)}, {Text: plainText(s.count(r.weights).String())}, {Text: explain.Text{typed(r.start)}},
		})
	}
	return []explain.Part{t, paragraph(s.total(all))}, nil
}

// startOf is what a file of the library says of a weight behind its name and shape.
func startOf(f *lang.File, w *graph.Param) string {
	it := declared(f, w.Pos)
	it.Shape = nil
	text := lang.Print(&lang.File{Stmts: []lang.Stmt{&lang.Weight{Items: []lang.WeightItem{it}}}}, false)
	return strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(text), "weight "+it.Name))
}

// declared is the weight that a file declares at a place.
func declared(f *lang.File, at lang.Pos) lang.WeightItem {
	for _, c := range cellsOf(f, "") {
		for _, st := range c.Body {
			if w, ok := st.(*lang.Weight); ok {
				for _, it := range w.Items {
					if it.At.Line == at.Line && it.At.Col == at.Col {
						return it
					}
				}
			}
		}
	}
	return lang.WeightItem{}
}

// defaultSizes are the numbers that a cell's sizes have by default; one may be made of those before it.
func defaultSizes(c *lang.Cell) map[string]int {
	out := map[string]int{}
	for _, it := range sizesOf(c) {
		out[it.Name] = intOf(it.Default, out)
	}
	return out
}

// intOf is a number, or what is made of numbers and sizes by + and *.
func intOf(e lang.Expr, sizes map[string]int) int {
	switch e := e.(type) {
	case *lang.Num:
		return int(e.Val.Num().Int64())
	case *lang.Name:
		return sizes[e.Name]
	case *lang.Binary:
		a, b := intOf(e.X, sizes), intOf(e.Y, sizes)
		if e.Op == "+" {
			return a + b
		}
		return a * b
	}
	return 0
}

// signature is a cell's first line: lstm(x) -> h[H], c[H].
func signature(c *lang.Cell) string {
	text := lang.Print(&lang.File{Stmts: []lang.Stmt{&lang.Cell{Name: c.Name, Params: c.Params, Results: c.Results}}}, false)
	first, _, _ := strings.Cut(text, " {")
	return strings.TrimPrefix(first, "cell ")
}

// callOf says what a call gives, and what its sizes are.
func callOf(c *lang.Cell) explain.Text {
	text := explain.Text{typed(signature(c))}
	for k, it := range sizesOf(c) {
		lead := ", with the size "
		if k > 0 {
			lead = " and "
		}
		text = append(text, explain.Inline{Words: lead}, typed(it.Name+" = "+lang.PrintExpr(it.Default)))
	}
	if len(sizesOf(c)) > 0 {
		text = append(text, explain.Inline{Words: " unless the call says another"})
	}
	return append(text, explain.Inline{Words: ". For example:"})
}
