package chart_test

import (
	"fmt"

	"unroll/chart"
)

func Example() {
	f := chart.Forecast{Series: []chart.Series{{
		Name:    "passengers",
		History: []float64{417, 391, 419, 461, 472, 535, 622, 606, 508, 461, 390, 432},
		Line:    []float64{447, 419, 464, 500},
		Bands:   []chart.Band{{Level: 80, Lo: []float64{425, 390, 428, 458}, Hi: []float64{470, 448, 500, 542}}},
		Label:   func(i int) string { return fmt.Sprintf("%d-%02d", 1960+i/12, i%12+1) },
	}}}
	fmt.Print(f.Sketch(56, 14))
	// Output:
	// passengers
	//     │                    ⡔⠤⢄⡀              ┊
	// 600 ┤                   ⡰⠁  ⠈⢆             ┊
	//     │                  ⡰⠁    ⠘⡄            ┊
	//     │                 ⢰⠁      ⠘⡄           ┊          ▒
	//     │                ⡰⠁        ⠱⡀          ┊        ▒▒▒
	// 500 ┤              ⢀⠜           ⠑⢄         ┊      ▒▒▒⡔⠁
	//     │          ⢀⡠⠤⠒⠊              ⠣⣀       ┊▒▒▒ ▒▒⢀⠔⠉▒▒
	//     │        ⢀⠔⠁                   ⠈⢆    ⢀ ┊⠐⠢⣀▒⢀⠤⠃▒▒▒
	//     │ ⠐⢄   ⢀⠴⠁                      ⠈⢆ ⢀⠔⠁ ┊▒▒▒⠑⠃▒▒
	// 400 ┤   ⠉⠢⠊⠁                         ⠈⠖⠁   ┊   ▒▒
	//     └─┬─────────┬────────┬─────────┬────────┬─────────┬─
	//    1960-01   1960-04  1960-07   1960-10  1961-01 1961-04
	// ⠒ history, forecast   ▒ 80 %
}

func ExampleCurves() {
	c := chart.Curves{X: "epoch", Y: "loss", Lines: []chart.Line{
		{Name: "training", Y: []float64{9, 5, 3, 2, 1.4, 1, .8, .7, .6, .55}},
		{Name: "validation", Y: []float64{9.5, 6, 4, 3, 2.5, 2.3, 2.2, 2.3, 2.5, 2.8}, Best: true},
	}}
	fmt.Print(c.Sketch(50, 12))
	// Output:
	// loss ↑   epoch →
	//   │⡀×
	//   │⠈⠱⡀×
	//   │  ⠈⢆××
	//   │    ⠣⡀××
	// 5 ┤     ⠈⠑⢄⡀×××
	//   │        ⠈⠑⠢⢄⣀××××××××                     ×××××
	//   │             ⠉⠑⠒⠤⠤⠤⣀⣀⡀×××××××××◆×××××××××××
	//   │                     ⠈⠉⠉⠉⠉⠒⠒⠒⠒⠒⠒⠒⠒⠒⠢⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤
	//   └─────┬─────────┬──────────┬─────────┬─────────┬
	//         2         4          6         8        10
	// ⠒ training   × validation   ◆ best: 2.2 at 7
}

func ExampleCheck() {
	fmt.Println(chart.Check("loss.svg"))
	fmt.Println(chart.Check("loss.pdf"))
	// Output:
	// <nil>
	// loss.pdf: a picture is written as SVG or PNG; give it a name that ends in .svg or .png
}
