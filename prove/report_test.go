package prove_test

import (
	"fmt"
	"strings"
	"testing"

	"unroll/graph"
	"unroll/internal/golden"
	"unroll/lang"
	"unroll/prove"
)

const sheet = "input y\nstate h = 0\nweight u, v, w = 0.5\nh = relu(w*h[t-1] + v*y[t-1])\ny ~ squared(relu(u*h))\n"

// TestReport: the report of a cell that is proved, and of one whose derivative is wrong.
func TestReport(t *testing.T) {
	golden.Check(t, mustProve(t, "sheet.cell", sheet, graph.Choices{}).String(), "testdata/proved.txt")
	r, err := provedText(t, "sheet.cell", sheet, graph.Choices{Table: planted("relu", 1, 0, "1.001 * g .* (a > 0)")})
	if err != nil || r.Proved() {
		t.Fatalf("a wrong derivative: %v, %v", r, err)
	}
	golden.Check(t, r.String(), "testdata/wrong.txt")
}

// TestSeed: a seed says what is drawn.
func TestSeed(t *testing.T) {
	text := "use lstm\ninput y\nweight D\nh = lstm(y[t-1], H = 2)\ny ~ normal(D*h, 1)\n"
	f, err := lang.Parse(&lang.Source{Name: "lstm.cell", Text: text})
	if err != nil {
		t.Fatal(err)
	}
	said := map[string]int{}
	for _, seed := range []uint64{1, 1, 2, 3} {
		r, err := prove.Cell(f, graph.Choices{Use: library}, seed)
		if err != nil {
			t.Fatal(err)
		}
		said[fmt.Sprint(r.Lines)]++
	}
	if len(said) != 3 {
		t.Errorf("four proofs, two of them with the same seed, said %d things", len(said))
	}
}

// TestSmall: sizes are made small where that can be, and what is tied to them with them.
func TestSmall(t *testing.T) {
	rest := "\nstate h[H] = 0\nh = tanh(W*h[t-1] + V*y[t-1])\ny ~ squared(D*h)\n"
	for _, c := range []struct {
		name, text, want string
		sizes            map[string]int
	}{
		{"a default", "size H = 128\ninput y\nweight W, V, D" + rest, "H: 128 → 2", nil},
		{"given", "size H = 128\ninput y\nweight W, V, D" + rest, "", map[string]int{"H": 4}},
		{"small already", "size H = 3\ninput y\nweight W, V, D" + rest, "", nil},
		{"only data could tell", "size H = 3\ninput y, x[E]\nweight W, V, D, U\nq = U*x\ny ~ squared(D*h + q)\nstate h[H] = 0\nh = tanh(W*h[t-1] + V*y[t-1])\n", "", nil},
		{"a shape", "size H = 64\ninput y\nweight W[64, 64], V[64], D" + rest, "H, W, V: 64 → 2", nil},
		{"one that stays", "size H = 64, K = 5\ninput y\nweight W, V, D, a[K]" + rest + "loss sum(a^2) + a[4]\n", "H: 64 → 3", nil},
		{"seasons", "input y\nweight s0[12]\nstate s = s0[t mod 12]\ns = 0.9*s[t-12]\ny ~ squared(s[t-12])\n", "s0: 12 → 2", nil},
		{"of a call", "use lstm\ninput y\nweight D\nh = lstm(y[t-1], H = 100)\ny ~ squared(D*h)\n", "H: 100 → 2", nil},
		{"relations", "size H = 8\nsize K = 2*H\ninput y\nweight W, V, D, A[H, K], b[K]" + rest + "loss sum(A*b)\n", "H: 8 → 2", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := mustProve(t, "small.cell", c.text, graph.Choices{Sizes: c.sizes})
			if got := strings.Join(r.Sizes, "; "); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// TestNotes: what can't be compared or run is said.
func TestNotes(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"a cut", "input y\nweight u\ny ~ squared(clip_gradient(u*y[t-1], 1))\n", "clip_gradient is left out"},
		{"no feed", "input x, y\nweight u\ny ~ squared(u*x)\n", "--feed and --feedback make no difference"},
		{"its own y", "input y\nweight u\nh = u*y\ny ~ squared(h)\n", "Forecasts can't be fed back"},
		{"long lags", "input y\nweight u\nstate h = 1\nh = tanh(u*y[t-1])\ny ~ squared(h[t-50])\n", "Lags of up to 50 steps are longer than the drawn series, so that by u no derivative was seen but 0."},
		{"many", "input y\nweight W[60, 60], v[60]\nstate h[60] = 0\nh = tanh(W*h[t-1] + v*y[t-1])\nq = h[59] + h[0]\ny ~ squared(q)\n", "some by each weight were drawn at random"},
		{"a root of 0", "input x, y\nweight u > 0\ny ~ squared(sqrt(u*max(x, 0)))\n", "the loss is a number there and the derivative by u isn't"},
		{"long fractions", "input y\nweight u\nstate h = 1/3\nh = (u*h[t-1] + y[t-1])^9\ny ~ squared(h)\n", "Fractions of more than 4096 bits"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if r := mustProve(t, "notes.cell", c.text, graph.Choices{}); !strings.Contains(r.String(), c.want) {
				t.Errorf("%q isn't said:\n%s", c.want, r)
			}
		})
	}
}

// TestRefused: an error says why nothing could be compared.
func TestRefused(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"no loss", "input y\nweight u\nh = u*y\n", "no loss"},
		{"a fault", "input y\nweight u\ny ~ squared(q*y[t-1])\n", "q is not defined"},
		{"never a number", "input y\nweight u\ny ~ squared(u*log(-1 - y[t-1]^2))\n", "no small numbers were found"},
		{"large", "input y\nweight W[200, 200], v[200]\na = W*v\ny ~ squared(a[199] + v[150]*y[t-1])\n", "40200 derivatives"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if r, err := provedText(t, "refused.cell", c.text, graph.Choices{}); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v, %v", r, err)
			}
		})
	}
}
