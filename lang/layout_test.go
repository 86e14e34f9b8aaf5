package lang

import (
	"math/big"
	"strings"
	"testing"
)

func ratio(n, d int64) *big.Rat { return big.NewRat(n, d) }

const layoutBefore = "\ufeff# an LSTM\r\n\r\n\r\nsize V # comes from the data\r\n" + `use lstm , "mine.cell"
cell  f( x,y )->h[ H ],k {# its head

	state h , c [H]=0
	# inside

	weight  a[ m ] in(0,1) per series fixed=.5e0, b>0, d<1+1 ~ normal( 0,1 ), e[]

	h[t] = σ(a·x ⊙ Wᵀ * c[t − 1]) # now
	kappa=x.^2 ./ y ; 
}# its end



input x[D],s in V known , k per series
h1, h2.c=f(x,3 , H=64+1)  #two
log ( y[t+1:t+24] ) ~ quantile(a , # low
   b;0.1,0.9) when t mod 24≥3 # both
loss 1e-3*(W-1)^2+ # first
  # second

  b[2:5]*A[i,j] - -x
-1 `

// layoutBefore has faults on purpose, which goodLayout takes out.
func goodLayout(text string) string {
	text = strings.Replace(text, "=.5e0", "=0.5e0", 1)
	text = strings.Replace(text, "./ y ; \n", "./ y\n", 1)
	text = strings.Replace(text, "h2.c=", "h2=", 1)
	return strings.Replace(text, "\n-1 ", "", 1)
}

const layoutAfter = `# an LSTM

size   V  # comes from the data
use    lstm, "mine.cell"
cell f(x, y) -> h[H], k {  # its head
  state  h, c[H] = 0
  # inside

  weight a[m] in (0, 1) per series fixed = 0.5e0, b > 0, d < 1 + 1 ~ normal(0, 1), e[]

  h[t]  = σ(a·x ⊙ Wᵀ*c[t−1])  # now
  kappa = x.^2 ./ y
}  # its end

input  x[D], s in V known, k per series
h1, h2 = f(x, 3, H = 64 + 1)  #two
# low
log(y[t+1 : t+24]) ~ quantile(a, b; 0.1, 0.9) when t mod 24 ≥ 3  # both
# first
# second
loss 1e-3*(W - 1)^2 + b[2:5]*A[i, j] - -x
`

func TestPrint(t *testing.T) {
	f, err := Parse(&Source{"before", goodLayout(layoutBefore)})
	if err != nil {
		t.Fatal(err)
	}
	if got := Print(f, false); got != layoutAfter {
		t.Errorf("got\n%s\nwant\n%s", got, layoutAfter)
	}
	roundTrip(t, layoutAfter, false)
	roundTrip(t, layoutAfter, true)
}

func TestPrintASCII(t *testing.T) {
	f, err := Parse(&Source{"paper", "h = σ(a·x ⊙ Wᵀ − 1) ./ y\ny ~ squared(h) when h ≤ 1"})
	if err != nil {
		t.Fatal(err)
	}
	want := "h = sigmoid(a*x .* W' - 1) ./ y\ny ~ squared(h) when h <= 1\n"
	if got := Print(f, true); got != want {
		t.Errorf("got %s want %s", got, want)
	}
}

// TestPrintLong holds that long statements are broken where they may be, and read the same.
func TestPrintLong(t *testing.T) {
	for _, text := range []string{
		"weight " + strings.Repeat("a_rather_long_name, ", 12) + "b ~ glorot\n",
		"h = " + strings.Repeat("relu(W*x + b) + ", 12) + "f(" + strings.Repeat("x, ", 50) + "H = 3)\n",
		"y ~ quantile(" + strings.Repeat("q + 1, ", 20) + "q; " + strings.Repeat("0.125, ", 20) + "0.5)\n",
		"cell f(" + strings.Repeat("argument, ", 20) + "x) -> h {  # head\n  h = x\n}\n",
	} {
		roundTrip(t, text, false)
		f, _ := Parse(&Source{"long", text})
		for _, l := range strings.Split(Print(f, false), "\n") {
			if width(l) > maxWidth {
				t.Errorf("a line of %d columns: %s", width(l), l)
			}
		}
	}
}

// TestPrintUnshared holds that an item with nothing stays one, when the next has something.
func TestPrintUnshared(t *testing.T) {
	f := &File{Stmts: []Stmt{&Weight{Head{Note: "# two"}, []WeightItem{{Name: "u"}, {Name: "v", Fixed: true}, {Name: "w"}}}}}
	want := "weight u\nweight v fixed, w  # two\n"
	if got := Print(f, false); got != want {
		t.Errorf("got %s want %s", got, want)
	}
}

func TestShared(t *testing.T) {
	f, err := Parse(&Source{"shared", "weight a[2], b in (0, 1), c = 1, d"})
	if err != nil {
		t.Fatal(err)
	}
	w := f.Stmts[0].(*Weight).Items
	if !w[0].Shared || w[0].Lo == nil || w[0].Start != nil || len(w[0].Shape.Dims) != 1 {
		t.Errorf("a should have its own shape and b's interval: %+v", w[0])
	}
	if w[1].Shared || w[1].Start != nil || w[2].Shared || w[3].Shared || w[3].Start != nil {
		t.Errorf("b, c and d share nothing: %+v", w[1:])
	}
}
