package lang_test

import (
	"fmt"

	"unroll/lang"
)

func Example() {
	f, err := lang.Parse(&lang.Source{Name: "sheet.cell", Text: `
input y      # observed
state h=0    # before the first step
weight u,v,w=1/2
h=relu( w·h[t - 1]+v·y[t - 1] )
yhat=relu(u·h)
y~squared(yhat)`})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(lang.Print(f, true))
	// Output:
	// input  y      # observed
	// state  h = 0  # before the first step
	// weight u, v, w = 1/2
	// h    = relu(w*h[t-1] + v*y[t-1])
	// yhat = relu(u*h)
	// y ~ squared(yhat)
}

func ExampleParse_errors() {
	_, err := lang.Parse(&lang.Source{Name: "sheet.cell", Text: "weight u = 2.\nh = relu(u*h[t-1]\nyhat = u*h +\n"})
	for _, e := range err.(lang.Errors) {
		fmt.Println(e.Snippet())
	}
	// Output:
	// sheet.cell:1:12: 2. is not a number; write 2 or 2.0
	//     weight u = 2.
	//                ^
	// sheet.cell:2:9: this ( is not closed; write ) where it ends
	//     h = relu(u*h[t-1]
	//             ^
	// sheet.cell:3:13: expected an expression after +; write a number, a name or a call
	//     yhat = u*h +
	//                 ^
}

func ExamplePrintExpr() {
	x, _ := lang.ParseExpr(&lang.Source{Text: "g .* ( 1+y )*( 1-y )"})
	fmt.Println(lang.PrintExpr(x))

	a, b := &lang.Name{Name: "a"}, &lang.Name{Name: "b"}
	sum := &lang.Binary{Op: "+", X: a, Y: b}
	fmt.Println(lang.PrintExpr(&lang.Binary{Op: "*", X: sum, Y: &lang.Transpose{X: sum}}))
	// Output:
	// g .* (1 + y)*(1 - y)
	// (a + b)*(a + b)'
}

func ExampleParseBody() {
	lets, value, _ := lang.ParseBody(&lang.Source{Text: "m = max(a); m + log(sum(exp(a - m)))"})
	for _, l := range lets {
		fmt.Println(l.Left[0].Name, "is", lang.PrintExpr(l.X))
	}
	fmt.Println(lang.PrintExpr(value))
	// Output:
	// m is max(a)
	// m + log(sum(exp(a - m)))
}
