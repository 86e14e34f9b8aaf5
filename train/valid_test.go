package train_test

import (
	"fmt"
	"math"
	"testing"

	"unroll"
	"unroll/series"
	"unroll/train"
)

// TestValid: validation counts what is about the last times alone, as a cell says it by itself.
func TestValid(t *testing.T) {
	data := waves(4)
	for _, c := range []struct{ name, text, counted string }{
		{"lag", "y ~ squared(f)", "y ~ squared(f) when t >= %d"},
		{"ahead", "y[t+2] ~ squared(f)", "y[t+2] ~ squared(f) when t + 2 >= %d"},
	} {
		for _, cell := range []string{"f = 0.3*y[t-1]\n", "state f = 0.1\nf = tanh(0.5*f[t-1] + y[t-1])\n"} {
			text := "input y\nweight w = 1\n" + cell
			sum, count := 0.0, 0.0
			for i := range data.Series {
				one := series.Set{Series: data.Series[i : i+1]}
				T := one.Series[0].Columns["y"].Len()
				loss, n, _, err := train.FirstEpoch(problem(t, text+fmt.Sprintf(c.counted, T-9)+"\n", one, unroll.Options{}), train.Options{Float64: true})
				if err != nil {
					t.Fatal(err)
				}
				sum, count = sum+loss, count+n
			}
			got, err := train.ValidLoss(problem(t, text+c.text+"\n", data, unroll.Options{}), train.Options{Holdout: 9, Float64: true})
			if err != nil || !near(got, sum/count) {
				t.Errorf("%s of %s: %v (%v), not %v", c.name, cell, got, err, sum/count)
			}
		}
	}
}

// TestValidLong: a long series is validated in pieces that know enough of what went before.
func TestValidLong(t *testing.T) {
	values := make([]float64, 12_000)
	for i := range values {
		values[i] = math.Sin(0.1*float64(i)) + 0.2*math.Sin(float64(i*i))
	}
	data := series.Set{Series: []series.Series{{ID: "1", Columns: map[string]series.Column{"y": series.Dense(1, 1, values)}}}}
	p := problem(t, stateful["two"], data, unroll.Options{})
	whole, err := train.ValidLoss(p, train.Options{Holdout: 3000, Float64: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, carry := range []bool{false, true} {
		pieces, err := train.ValidLoss(p, train.Options{Holdout: 3000, Batch: 7, Window: 25, Carry: carry, Float64: true})
		if err != nil || !near(whole, pieces) {
			t.Errorf("%v in pieces (%v), %v as a whole", pieces, err, whole)
		}
	}
}
