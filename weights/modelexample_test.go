package weights_test

import (
	"bytes"
	"fmt"

	"unroll/series"
	"unroll/weights"
)

func ExampleModel() {
	m := &weights.Model{
		Name:      "level.cell",
		Text:      "input y\nweight a\nweight l per series\n",
		Series:    []string{"shop", "kiosk"},
		PerSeries: []string{"l"},
		Members: []weights.Member{{Seed: 1, Weights: map[string][]series.Array{
			"a": {series.Floats(1, 1, []float64{0.3})},
			"l": {series.Floats(1, 1, []float64{10}), series.Floats(1, 1, []float64{20})},
		}}},
	}
	var file bytes.Buffer
	if err := m.Write(&file); err != nil {
		fmt.Println(err)
		return
	}
	size := int64(file.Len())
	again, err := weights.DecodeModel("level.safetensors", bytes.NewReader(file.Bytes()), size)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(again.Members[0].Weights["l"][1])

	_, err = weights.DecodeModel("level.safetensors", bytes.NewReader(file.Bytes()), size-1)
	fmt.Println(err)
	// Output:
	// 20
	// level.safetensors is cut short: its tensors have 24 bytes, and only 23 are there; copy it again, or train again
}
