package plan_test

import (
	"fmt"
	"math/big"
	"regexp"
	"strings"
	"testing"

	"unroll/kernel"
	"unroll/plan"
	"unroll/series"
)

// TestRows looks at the steps of an LSTM with layer norm: its derivative is the one in papers, with two sums for each of
// the five norms, and nothing is divided that is as wide as the state, or repeated.
func TestRows(t *testing.T) {
	t.Parallel()
	const sums = `\b(SumRow|DotRow)\b`
	for _, h := range []int{16, 5} {
		z := size{2, 3, 2, h}
		text := training(t, layerText("lnlstm", "x", z), z, plan.Options{}).plan.String()
		count := func(what string) int { return len(regexp.MustCompile(what).FindAllString(text, -1)) }
		wide := fmt.Sprintf(`(Div|Over|Spread) .*\(%d\)`, h)
		if count(sums) != 20 || count(wide) != 0 || count(`\bDotRow\b`) != 10 {
			t.Errorf("H = %d: %d sums over rows, %d of products, %d wide divisions or repetitions:\n%s", h, count(sums), count("DotRow"), count(wide), text)
		}
		text = training(t, layerText("lnlstm", "x", z), z, plan.Options{Without: []string{"rows"}}).plan.String()
		if count(wide) < 20 {
			t.Errorf("H = %d: without the pass %d wide divisions and repetitions:\n%s", h, count(wide), text)
		}
	}
}

// TestNorms holds steps with norms of all kinds of widths to the bound: of one series, whose numbers stand in all
// lanes, and of more.
func TestNorms(t *testing.T) {
	t.Parallel()
	compared := 0
	for i, z := range []size{{1, 6, 2, 1}, {1, 5, 1, 3}, {1, 4, 2, 16}, {3, 4, 2, 5}, {17, 3, 2, 16}, {4, 3, 3, 33}, {18, 4, 1, 2}} {
		texts := []string{layerText("lnlstm", "x", z), rootMeanSquare(z), strings.ReplaceAll(rootMeanSquare(z), "1e-5", "1")}
		if z.h == 1 { // a number has no sum
			texts = texts[:1]
		}
		for k, text := range texts {
			tr := textTrial(t, text, ragged(z))
			o := plan.Options{Shard: []int{0, 1, 2}[(i+k)%3], Family: kernel.Families()[(i+k)%len(kernel.Families())]}
			for _, v := range []verdict{holdAsked[float32](t, tr, "equations", o), holdAsked[float64](t, tr, "gradients", o)} {
				compared += v.compared
				if v.fault != "" {
					t.Errorf("%+v: %s\n%s", o, v.fault, text)
				}
			}
		}
	}
	if compared < 1000 {
		t.Error("too few are compared:", compared)
	}
}

// rootMeanSquare is a cell that divides by the root of a mean of squares, and by a sum that may be a whole number.
func rootMeanSquare(z size) string {
	return fmt.Sprintf(`input x[%d], y
size H = %d
weight W[H, %d], U[H, H], a[H], V[1, H]
state h[H] = 0
z = W*x + U*h[t-1]
h = tanh(a .* z / sqrt(mean(z .* z) + 1e-5)) + z / (sum(abs(z)) + 2)
y ~ squared(V*h)
`, z.i, z.h, z.i)
}

// TestExactQuotients: what divides evenly stays exact: the mean of equal whole numbers is one of them.
func TestExactQuotients(t *testing.T) {
	t.Parallel()
	data := batch(size{2, 4, 1, 1})
	for i := range data.Series {
		var x []series.Array
		for at := range 4 {
			x = append(x, series.Number(big.NewRat(int64(7*i+at-2), 1)))
		}
		data.Series[i].Columns["x"] = series.Arrays(x...)
	}
	for n := 2; n < 20; n++ {
		text := fmt.Sprintf("input x, y\nweight a\nz = layer_norm(fill(x, %d), 1, 0)\nyhat = a * sum(z)\ny ~ squared(yhat)\n", n)
		if v := holdAsked[float32](t, textTrial(t, text, data), "equations", plan.Options{}); v.fault != "" {
			t.Error(v.fault)
		}
	}
}

// TestSigns looks at an sLSTM: signs are made good where they are read, and what has been divided isn't divided again;
// and what no product waits for is done behind the products.
func TestSigns(t *testing.T) {
	t.Parallel()
	z := size{2, 3, 2, 5}
	text := training(t, layerText("slstm", "x", z), z, plan.Options{}).plan.String()
	for what, most := range map[string]int{`\bNeg\b`: 1, `\b(Div|Over)\b.*\(5\)`: 2} {
		if n := len(regexp.MustCompile(what).FindAllString(text, -1)); n > most {
			t.Errorf("%s is found %d times:\n%s", what, n, text)
		}
	}
	text = training(t, layerText("tide", "x", z), z, plan.Options{}).plan.String()
	scan := regexp.MustCompile(`(?s)scan forward.*?loop`).FindString(text)
	if p := strings.LastIndex(scan, "product of"); p < 0 || strings.Contains(scan[:p], "Mul") {
		t.Errorf("an operation that no product waits for comes before one:\n%s", scan)
	}
}
