package notation_test

import (
	"fmt"

	"unroll/lang"
	"unroll/notation"
	"unroll/op"
)

func Example() {
	e, err := lang.ParseExpr(&lang.Source{Text: "relu(w*h1[t-1] + v*(yhat - y[t-1]))"})
	if err != nil {
		fmt.Println(err)
		return
	}
	m := notation.Expr(e, op.Standard(), nil)
	fmt.Println(notation.Text(m))
	fmt.Println(notation.TeX(m))
	// Output:
	// relu(w·h₁_{t−1} + v·(ŷ − y_{t−1}))
	// \mathrm{relu}(w \, h_{1,\,t-1} + v \cdot (\hat{y} - y_{t-1}))
}

func ExampleFill() {
	template, err := notation.Parse(`{#1}^\top #2`)
	if err != nil {
		fmt.Println(err)
		return
	}
	a, b := notation.Symbol("a"), notation.Symbol("b")
	fmt.Println(notation.Text(notation.Fill(template, notation.Sum(a, b), notation.Neg(b))))
	// Output: (a + b)ᵀ·(−b)
}
