package train_test

import (
	"fmt"
	"math"
	"testing"

	"unroll"
	"unroll/series"
	"unroll/train"
)

// BenchmarkEpoch is an epoch of an LSTM on 100 series of 700 to 1000 times: of whole series, of windows drawn
// from them, and of windows that follow each other.
func BenchmarkEpoch(b *testing.B) {
	var set series.Set
	for i := range 100 {
		values := make([]float64, 700+3*i)
		for t := range values {
			values[t] = math.Sin(float64(t)*0.26) + 0.1*float64(i%7)
		}
		set.Series = append(set.Series, series.Series{ID: fmt.Sprint(i), Columns: map[string]series.Column{"y": series.Dense(1, 1, values)}})
	}
	text := "use lstm\ninput y\nweight V, c\nh = lstm(y[t-1], H = 32)\nyhat = V*h + c\ny ~ squared(yhat)\n"
	p := problem(b, text, set, unroll.Options{})
	for _, c := range []struct {
		name string
		o    train.Options
	}{
		{"whole", train.Options{Batch: 32}},
		{"all", train.Options{Batch: 100}},
		{"windows", train.Options{Batch: 32, Window: 96}},
		{"carry", train.Options{Batch: 32, Window: 96, Carry: true}},
	} {
		b.Run(c.name, func(b *testing.B) {
			seconds := 0.0
			c.o.Epochs = b.N
			c.o.Progress = func(e train.Epoch) { seconds += e.Seconds }
			b.ReportAllocs()
			fit(b, p, c.o)
			b.ReportMetric(seconds/float64(b.N)*1e3, "ms/epoch")
		})
	}
}
