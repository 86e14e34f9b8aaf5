package chart_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"time"

	"unroll/chart"
)

// passengers are monthly airline passengers, in thousands, 1955 to 1960: a classic of Box and Jenkins.
var passengers = []float64{
	242, 233, 267, 269, 270, 315, 364, 347, 312, 274, 237, 278,
	284, 277, 317, 313, 318, 374, 413, 405, 355, 306, 271, 306,
	315, 301, 356, 348, 355, 422, 465, 467, 404, 347, 305, 336,
	340, 318, 362, 348, 363, 435, 491, 505, 404, 359, 310, 337,
	360, 342, 406, 396, 420, 472, 548, 559, 463, 407, 362, 405,
	417, 391, 419, 461, 472, 535, 622, 606, 508, 461, 390, 432,
}

// airline forecasts the last year of passengers as the year before, grown by a tenth.
func airline() chart.Forecast {
	s := chart.Series{
		Name: "AirPassengers", History: passengers[:60], Came: passengers[60:],
		Label: func(i int) string { return fmt.Sprintf("%d-%02d", 1955+i/12, i%12+1) },
	}
	narrow, wide := chart.Band{Level: 80}, chart.Band{Level: 95}
	for i, v := range passengers[48:60] {
		y, sd := v*1.1, 8*math.Sqrt(float64(i+1))
		s.Line = append(s.Line, y)
		narrow.Lo, narrow.Hi = append(narrow.Lo, y-1.28*sd), append(narrow.Hi, y+1.28*sd)
		wide.Lo, wide.Hi = append(wide.Lo, y-1.96*sd), append(wide.Hi, y+1.96*sd)
	}
	s.Bands = []chart.Band{narrow, wide}
	return chart.Forecast{Series: []chart.Series{s}}
}

// hourly is a noisy series with a period of a day and a gap, and a forecast of two days.
func hourly(name string, seed uint64) chart.Series {
	r := rand.New(rand.NewPCG(seed, 0))
	start := time.Date(2024, 2, 20, 0, 0, 0, 0, time.UTC)
	s := chart.Series{Name: name, Label: func(i int) string {
		return start.Add(time.Duration(i) * time.Hour).Format("2006-01-02 15:04")
	}}
	b := chart.Band{Level: 90}
	for i := range 300 {
		day := 10 * math.Sin(2*math.Pi*float64(i)/24)
		switch y := 50 + day + 4*r.NormFloat64(); {
		case i >= 252:
			s.Line, s.Came = append(s.Line, 50+day), append(s.Came, y)
			b.Lo, b.Hi = append(b.Lo, 43.4+day), append(b.Hi, 56.6+day)
		case i > 180 && i < 200:
			s.History = append(s.History, math.NaN())
		default:
			s.History = append(s.History, y)
		}
	}
	s.Bands = []chart.Band{b}
	return s
}

// losses are those of a training that begins far off and then overfits.
func losses() chart.Curves {
	r := rand.New(rand.NewPCG(3, 0))
	var training, validation []float64
	for i := range 80 {
		e := float64(i)
		training = append(training, (.05+8*math.Exp(-e/6))*(1+.05*r.NormFloat64()))
		validation = append(validation, (.09+7*math.Exp(-e/7)+.0015*e)*(1+.04*r.NormFloat64()))
	}
	return chart.Curves{X: "epoch", Y: "loss", Lines: []chart.Line{
		{Name: "training", Y: training},
		{Name: "validation", Y: validation, Best: true},
	}}
}

// errors are those of four methods by the step of the horizon.
func errorCurves() chart.Curves {
	c := chart.Curves{Title: "M4 Hourly", X: "steps ahead", Y: "sMAPE"}
	for k, name := range []string{"Naive2", "Theta", "LSTM", "минимальный GRU"} {
		var y []float64
		for i := range 48 {
			y = append(y, float64(20-3*k)+4*math.Sin(float64(i+3*k)/6)+float64(i)/10)
		}
		c.Lines = append(c.Lines, chart.Line{Name: name, Y: y})
	}
	return c
}
