package page_test

import (
	"os"

	"unroll/explain"
	"unroll/explain/page"
	"unroll/notation"
)

func Example() {
	half := notation.Frac{Above: notation.Number{Text: "1"}, Below: notation.Number{Text: "2"}}
	document := &explain.Document{
		Lang:  "en",
		Title: "sheet.cell",
		Parts: []explain.Part{
			explain.Section{ID: "forward", Title: explain.Text{{Words: "Forward"}}, Level: 1, Parts: []explain.Part{
				explain.Para{Text: explain.Text{{Words: "The state at the first step:"}}},
				explain.Chains{Lines: []explain.Chain{{
					Left:  notation.Ident{Name: "h"},
					Links: []explain.Link{{Sign: "=", X: half}, {Sign: "=", X: notation.Number{Text: "0.5"}}},
				}}},
			}},
		},
	}
	if err := page.Text(os.Stdout, document); err != nil {
		panic(err)
	}
	// Output:
	// sheet.cell
	// ══════════
	//
	// Forward
	// ───────
	//
	//   The state at the first step:
	//
	//   h = 1/2 = 0.5
}
