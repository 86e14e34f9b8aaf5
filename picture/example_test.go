package picture_test

import (
	"fmt"
	"strings"

	"unroll/picture"
)

// One step of a network: h reads x, and the derivative of the loss comes back.
func ExampleNetwork() {
	n := picture.Network{
		Title: "One step",
		Nodes: []picture.Node{
			{ID: "x.1", Rank: 0, Kind: picture.Input, Label: picture.Label{Base: "x", Sub: "1"}, Value: "2"},
			{ID: "h.1", Rank: 1, Label: picture.Label{Base: "h", Sub: "1"}, Value: "1/2", Back: "−3"},
		},
		Edges:   []picture.Edge{{From: "x.1", To: "h.1", Back: "−3/4"}},
		Columns: []picture.Column{{Label: picture.Label{Base: "t = 1"}}},
	}
	for line := range strings.Lines(n.SVG()) {
		if strings.Contains(line, "data-") {
			fmt.Print(line)
		}
	}
	// Output:
	// <g class="edge" data-from="x.1" data-to="h.1"><path class="there" d="M37 127L37 88"/><path class="head" d="M37 81L33.4 89L40.6 89Z"/><g class="back"><path d="M45 120L45 81"/><path class="head" d="M45 127L41.4 119L48.6 119Z"/></g></g>
	// <g class="note" data-from="x.1" data-to="h.1"><text class="back" x="61.5" y="96.3">−3/4</text></g>
	// <g class="node input" data-mark="x.1"><rect x="14" y="127" width="54" height="51" rx="14"/><text class="symbol" x="41" y="149"><tspan class="v">x</tspan><tspan dy="5" font-size="12.6">1</tspan></text><text x="41" y="167">2</text></g>
	// <g class="node equation" data-mark="h.1"><rect x="14" y="14" width="54" height="67" rx="6"/><text class="symbol" x="41" y="36"><tspan class="v">h</tspan><tspan dy="5" font-size="12.6">1</tspan></text><text x="41" y="54">1/2</text><text class="slope" x="41" y="70">−3</text></g>
}

// The norms of the derivatives of h by its earlier values, as far as there are any.
func ExampleHeat() {
	steps := []picture.Label{{Base: "1"}, {Base: "2"}}
	h := picture.Heat{Title: "Norms", Down: "t", Across: "k", Rows: steps, Cols: steps, Legend: "1 is white", Entries: [][]picture.Entry{
		{{Value: 1, Text: "1"}},
		{{Value: 0.01, Text: "0.01"}, {Value: 1, Text: "1"}},
	}}
	for line := range strings.Lines(h.SVG()) {
		if strings.Contains(line, `"entry"`) {
			fmt.Print(line)
		}
	}
	// Output:
	// <g class="entry"><title>1</title><rect x="53.5" y="54" width="44" height="30" fill="#f8f8f8"/><text class="dark" x="75.5" y="74">1</text></g>
	// <g class="entry"><title>0.01</title><rect x="53.5" y="84" width="44" height="30" fill="#215494"/><text class="light" x="75.5" y="104">0.01</text></g>
	// <g class="entry"><title>1</title><rect x="97.5" y="84" width="44" height="30" fill="#f8f8f8"/><text class="dark" x="119.5" y="104">1</text></g>
}
