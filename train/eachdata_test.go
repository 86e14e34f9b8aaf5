package train_test

import (
	"bufio"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"

	"gonum.org/v1/gonum/optimize"

	"unroll/series"
)

// m1 is the 1,001 series of the M-competition, from the folder of data that the environment names.
func m1(tb testing.TB) series.Set {
	tb.Helper()
	dir := os.Getenv("UNROLL_DATA")
	if dir == "" {
		tb.Skip("the series of M1 aren't here: UNROLL_DATA names the folder with m1/m1-yearly-train.csv and so on")
	}
	var set series.Set
	for _, part := range []string{"yearly", "quarterly", "monthly"} {
		f, err := os.Open(dir + "/m1/m1-" + part + "-train.csv")
		if err != nil {
			tb.Fatal(err)
		}
		lines := bufio.NewScanner(f)
		lines.Buffer(nil, 1<<20)
		lines.Scan()
		for lines.Scan() {
			id, rest, _ := strings.Cut(lines.Text(), ",")
			var values []float64
			for field := range strings.SplitSeq(rest, ",") {
				x, err := strconv.ParseFloat(field, 64)
				if err != nil {
					tb.Fatal(err)
				}
				values = append(values, x)
			}
			set.Series = append(set.Series, series.Series{ID: id, Columns: map[string]series.Column{"y": series.Dense(1, 1, values)}})
		}
		f.Close()
	}
	return set
}

// trends are series with levels, trends and noise of many sizes, some of them long.
func trends(n int) series.Set {
	chance := rand.New(rand.NewPCG(1, 2))
	var set series.Set
	for i := range n {
		unit := math.Pow(10, float64(i%7-2))
		level, slope := unit*(5+chance.NormFloat64()), unit*chance.NormFloat64()*0.2
		values := make([]float64, 12+chance.IntN(80))
		for t := range values {
			level += slope + unit*chance.NormFloat64()*float64(i%3)/4
			slope += unit * chance.NormFloat64() * float64(i%2) / 50
			values[t] = level + unit*chance.NormFloat64()*float64((i+1)%4)/3
		}
		set.Series = append(set.Series, series.Series{ID: fmt.Sprint("n", i+1), Columns: map[string]series.Column{"y": series.Dense(1, 1, values)}})
	}
	return set
}

// smoothed is the loss of a cell by the equations on paper: x is alpha, beta, phi, l0, b0, as far as it has them.
func smoothed(name string, y, x []float64) float64 {
	alpha, beta, phi, l, b := x[0], 0.0, 0.0, x[1], 0.0
	switch name {
	case "holt":
		beta, phi, l, b = x[1], 1, x[2], x[3]
	case "damped":
		beta, phi, l, b = x[1], x[2], x[3], x[4]
	}
	sum := 0.0
	for _, v := range y {
		f := l + phi*b
		e := v - f
		sum += e * e
		l, b = f+alpha*e, phi*b+alpha*beta*e
	}
	return sum
}

var smoothingWeights = map[string][]string{
	"ses": {"alpha", "l0"}, "holt": {"alpha", "beta", "l0", "b0"}, "damped": {"alpha", "beta", "phi", "l0", "b0"},
}

// searched is the lowest loss that Nelder–Mead finds from a fit: of weights in (0, 1) it moves the sine.
func searched(name string, y, x []float64) float64 {
	best := smoothed(name, y, x)
	unit := math.Sqrt(best/float64(len(y))) + 1e-9
	boxed := len(x) - map[string]int{"ses": 1, "holt": 2, "damped": 2}[name]
	at := func(z []float64) []float64 {
		out := make([]float64, len(z))
		for i := range z {
			if out[i] = z[i] * unit; i < boxed {
				out[i] = 0.5 + 0.499999*math.Sin(z[i])
			}
		}
		return out
	}
	z := make([]float64, len(x))
	for i := range x {
		if z[i] = x[i] / unit; i < boxed {
			z[i] = math.Asin(max(-1, min(1, (x[i]-0.5)/0.499999)))
		}
	}
	loss := func(z []float64) float64 { return smoothed(name, y, at(z)) / best }
	for range 3 {
		r, err := optimize.Minimize(optimize.Problem{Func: loss}, z, &optimize.Settings{FuncEvaluations: 1000}, &optimize.NelderMead{})
		if err != nil {
			break
		}
		z = r.X
	}
	return loss(z) * best
}
