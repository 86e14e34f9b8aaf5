package series_test

import (
	"testing"

	"unroll/series"
)

func TestFillWords(t *testing.T) {
	column := series.Arrays(rows("", "1", "", "", "4", "2", "")...)
	for how, want := range map[string]string{
		"none": "[– 1 – – 4 2 –]", "masked": "[– 1 – – 4 2 –]",
		"previous": "[1 1 1 1 4 2 2]", "forward": "[1 1 1 1 4 2 2]",
		"linear": "[1 1 2 3 4 2 2]", "mean": "[7/3 1 7/3 7/3 4 2 7/3]",
		"zero": "[0 1 0 0 4 2 0]", "0": "[0 1 0 0 4 2 0]",
	} {
		if got, err := series.Fill(column, how); err != nil || got.String() != want {
			t.Errorf("%s: %s, %v, want %s", how, got, err, want)
		}
	}
	if _, err := series.Fill(column, "backward"); err == nil {
		t.Error("backward is a way of filling")
	}
}

func rows(texts ...string) []series.Array {
	var out []series.Array
	for _, v := range rats(texts...) {
		out = append(out, series.Number(v))
	}
	return out
}
