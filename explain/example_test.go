package explain_test

import (
	"fmt"
	"math/big"
	"os"

	"unroll/eval"
	"unroll/explain"
	"unroll/graph"
	"unroll/lang"
	"unroll/series"
)

// numbers are whole numbers as the values of a column.
func numbers(values ...int64) []series.Array {
	var all []series.Array
	for _, v := range values {
		all = append(all, series.Number(big.NewRat(v, 1)))
	}
	return all
}

// caseOf is a cell on columns of one series, with every weight given.
func caseOf(text string, columns map[string]series.Column, weights map[string][]series.Array) (explain.Case, error) {
	f, err := lang.Parse(&lang.Source{Name: "example.cell", Text: text})
	if err != nil {
		return explain.Case{}, err
	}
	g, err := graph.Build(f, graph.Choices{})
	data := series.Set{Series: []series.Series{{ID: "1", Columns: columns}}}
	return explain.Case{File: f, Graph: g, Run: eval.Run{Data: data, Weights: weights}}, err
}

func solve(text string, columns map[string]series.Column, weights map[string][]series.Array) (*explain.Solution, error) {
	c, err := caseOf(text, columns, weights)
	if err != nil {
		return nil, err
	}
	return explain.Solve(c, nil)
}

// double is a cell of one weight that is to double its input.
func double() (explain.Case, error) {
	cell := `
input x, y
weight w
f = w*x
y ~ squared(f)
`
	columns := map[string]series.Column{"x": series.Arrays(numbers(1, 2)...), "y": series.Arrays(numbers(2, 4)...)}
	return caseOf(cell, columns, map[string][]series.Array{"w": numbers(1)})
}

func ExampleSolve() {
	c, err := double()
	if err != nil {
		fmt.Println(err)
		return
	}
	s, err := explain.Solve(c, nil)
	if err == nil {
		err = s.JSON(os.Stdout)
	}
	if err != nil {
		fmt.Println(err)
	}
	// Output:
	// {"cell": "example.cell",
	//  "feed": "teacher",
	//  "feedback": "grad",
	//  "reduce": "sum",
	//  "steps": [{"series": "1", "t": 0, "values": {"f": "1"}, "observed": {"y": "2"}, "scores": {"y": "1"}},
	//   {"series": "1", "t": 1, "values": {"f": "2"}, "observed": {"y": "4"}, "scores": {"y": "4"}}],
	//  "loss": "5",
	//  "gradient": {"w": "-10"},
	//  "adjoints": [{"series": "1", "t": 1, "values": {"f": "-4"}},
	//   {"series": "1", "t": 0, "values": {"f": "-2"}}],
	//  "rate": "1/10",
	//  "updated": {"w": "2"}}
}

func ExampleExplain() {
	c, err := double()
	if err != nil {
		fmt.Println(err)
		return
	}
	d, err := explain.Explain(c, explain.Options{Lang: "ru"})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, p := range d.Parts {
		if s, ok := p.(explain.Section); ok {
			fmt.Println(s.Title[0].Words)
		}
	}
	// Output:
	// Ячейка
	// Прямой проход
	// Формулы производных
	// Обратный проход в числах
	// Проверки, для которых не нужны ответы
	// Один шаг градиентного спуска
	// Несколько рядов, несколько нейронов
}
