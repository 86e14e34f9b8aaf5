package picture_test

import (
	"fmt"
	"strings"

	"unroll/picture"
)

func ExampleNetwork() {
	n := picture.Network{
		Title:   "One step",
		Columns: []picture.Column{{Label: picture.Label{Base: "t = 1"}}},
		Nodes: []picture.Node{
			{ID: "x.1", Rank: 0, Kind: picture.Input, Label: picture.Label{Base: "x", Sub: "1"}, Value: "2"},
			{ID: "h.1", Rank: 1, Label: picture.Label{Base: "h", Sub: "1"}, Value: "1/2", Back: "-3"},
		},
		Edges: []picture.Edge{{From: "x.1", To: "h.1", Back: "1/4"}},
	}
	fmt.Println(strings.Count(n.SVG(), `data-mark="`), "nodes")
	// Output: 2 nodes
}
