package weights

import (
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"
	"pgregory.net/rapid"

	"unroll/internal/near"
)

func moments(x []float64) (mean, sd float64) {
	for _, v := range x {
		mean += v / float64(len(x))
	}
	for _, v := range x {
		sd += (v - mean) * (v - mean) / float64(len(x))
	}
	return mean, math.Sqrt(sd)
}

// TestMoments compares each kind's mean and deviation with the theory, at 100,000 entries.
func TestMoments(t *testing.T) {
	for _, c := range []struct {
		kind     string
		args     []float64
		mean, sd float64
	}{
		{"glorot", nil, 0, math.Sqrt(2.0 / 1250)}, // rows 1000, columns 250
		{"he", nil, 0, math.Sqrt(2.0 / 250)},
		{"normal", []float64{3, 2}, 3, 2},
		{"normal", []float64{3, 0}, 3, 0},
		{"uniform", []float64{1, 3}, 2, 2 / math.Sqrt(12)},
		{"uniform", []float64{2, 2}, 2, 0},
	} {
		w, err := Draw(c.kind, c.args, 1000, 250, 1, "W")
		if err != nil {
			t.Fatal(err)
		}
		mean, sd := moments(w)
		if math.Abs(mean-c.mean) > 4*c.sd/500+1e-10 || math.Abs(sd-c.sd) > 0.01*c.sd+1e-10 {
			t.Errorf("%s%v: mean %v, deviation %v; want %v, %v", c.kind, c.args, mean, sd, c.mean, c.sd)
		}
	}
}

func TestGlorotLimit(t *testing.T) {
	w, _ := Draw("glorot", nil, 40, 20, 1, "W")
	limit := math.Sqrt(6.0 / 60)
	for _, v := range w {
		if math.Abs(v) >= limit {
			t.Fatalf("%v is beyond ±%v", v, limit)
		}
	}
}

func TestIdentity(t *testing.T) {
	w, err := Draw("identity", nil, 2, 3, 1, "W")
	if err != nil || !near.All(w, []float64{1, 0, 0, 0, 1, 0}, 0) {
		t.Errorf("got %v, %v", w, err)
	}
}

// TestOrthogonal: the fewer of rows and columns are orthonormal, for any shape.
func TestOrthogonal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows, cols := rapid.IntRange(1, 12).Draw(t, "rows"), rapid.IntRange(1, 12).Draw(t, "columns")
		w, err := Draw("orthogonal", nil, rows, cols, rapid.Uint64().Draw(t, "seed"), "W")
		if err != nil {
			t.Fatal(err)
		}
		a := mat.NewDense(rows, cols, w)
		var gram mat.Dense
		if rows <= cols {
			gram.Mul(a, a.T())
		} else {
			gram.Mul(a.T(), a)
		}
		n := min(rows, cols)
		for i := range n {
			for j := range n {
				want := 0.0
				if i == j {
					want = 1
				}
				if math.Abs(gram.At(i, j)-want) > 1e-13 {
					t.Fatalf("entry %d, %d of the products is %v", i, j, gram.At(i, j))
				}
			}
		}
	})
}

// TestOrthogonalIsTheSignFixedQR compares with the factorisation of a library.
func TestOrthogonalIsTheSignFixedQR(t *testing.T) {
	const rows, cols = 7, 4
	w, _ := Draw("orthogonal", nil, rows, cols, 5, "W")
	g, _ := Draw("normal", []float64{0, 1}, cols, rows, 5, "W")
	var qr mat.QR
	qr.Factorize(mat.NewDense(cols, rows, g).T())
	var q, r mat.Dense
	qr.QTo(&q)
	qr.RTo(&r)
	for i := range rows {
		for j := range cols {
			if want := q.At(i, j) * math.Copysign(1, r.At(j, j)); math.Abs(w[i*cols+j]-want) > 1e-14 {
				t.Errorf("entry %d, %d: %v, want %v", i, j, w[i*cols+j], want)
			}
		}
	}
}

func TestSpectral(t *testing.T) {
	for _, c := range []struct {
		n               int
		radius, density float64
	}{{1, 2, 1}, {2, 0.9, 0.5}, {3, 1, 0.2}, {50, 0.95, 0.1}, {80, 1.2, 1}, {5, 0, 1}} {
		w, err := Draw("spectral", []float64{c.radius, c.density}, c.n, c.n, 3, "W")
		if err != nil {
			t.Fatal(err)
		}
		var eigen mat.Eigen
		eigen.Factorize(mat.NewDense(c.n, c.n, append([]float64{}, w...)), mat.EigenNone)
		rho, filled := 0.0, 0.0
		for _, v := range eigen.Values(nil) {
			rho = max(rho, math.Hypot(real(v), imag(v)))
		}
		for _, v := range w {
			if v != 0 {
				filled++
			}
		}
		if !near.Equal(rho, c.radius, 2e-9) {
			t.Errorf("%+v: radius %v", c, rho)
		}
		if share := filled / float64(len(w)); c.n >= 50 && math.Abs(share-c.density) > 0.03 {
			t.Errorf("%+v: a share %v is not 0", c, share)
		}
	}
}

// TestDrawIsAFunction: of seed, name and entry, and of each of them.
func TestDrawIsAFunction(t *testing.T) {
	draw := func(kind string, rows int, seed uint64, name string) []float64 {
		w, err := Draw(kind, map[string][]float64{"spectral": {1, 0.5}, "normal": {0, 1}, "uniform": {0, 1}}[kind], rows, 6, seed, name)
		if err != nil {
			t.Fatal(err)
		}
		return w
	}
	for _, k := range Kinds {
		w := draw(k.Name, 6, 1, "a.b")
		if !near.All(w, draw(k.Name, 6, 1, "a_b"), 0) {
			t.Errorf("%s: a.b and a_b differ", k.Name)
		}
		if k.Name == "identity" {
			continue
		}
		if near.All(w, draw(k.Name, 6, 2, "a.b"), 0) || near.All(w, draw(k.Name, 6, 1, "a.c"), 0) {
			t.Errorf("%s: the same for another seed or name", k.Name)
		}
	}
	if more := draw("normal", 9, 1, "a.b"); !near.All(more[:36], draw("normal", 6, 1, "a.b"), 0) {
		t.Error("normal: entries change with the shape")
	}
}

// TestDrawPinned: a start must not change between versions, nor between machines.
func TestDrawPinned(t *testing.T) {
	for kind, want := range map[string][]float64{
		"glorot":     {-0.17946940219102614, 0.1336989004347242, 0.8043038764172108, -0.8690596427222472},
		"he":         {-0.18470063673213136, 0.1372473249366255, 0.9476873654074567, -1.0572099646455815},
		"orthogonal": {-0.8026582619033841, 0.5964391960612901, -0.5964391960612903, -0.8026582619033842},
	} {
		if got, err := Draw(kind, nil, 2, 2, 42, "W"); err != nil || !near.All(got, want, 0) {
			t.Errorf("%s: got %#v, %v, want %v", kind, got, err, want)
		}
	}
}

func TestDrawErrors(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		kind       string
		args       []float64
		rows, cols int
		err        string
	}{
		{"hee", nil, 1, 1, "no start is called hee; did you mean he?"},
		{"lecun_normal", nil, 1, 1, "a start is one of glorot, he, orthogonal, identity, normal, uniform, spectral"},
		{"glorot", []float64{1}, 1, 1, "glorot has 0 arguments, not 1; write glorot"},
		{"normal", []float64{0, -1}, 1, 1, "normal(mean, sd): sd is -1"},
		{"normal", []float64{nan, 1}, 1, 1, "normal(mean, sd): mean is NaN"},
		{"uniform", []float64{2, 1}, 1, 1, "lo is 2 and hi 1"},
		{"spectral", []float64{-1, 1}, 2, 2, "radius is -1"},
		{"spectral", []float64{1, 0}, 2, 2, "density is 0"},
		{"spectral", []float64{1, 1.5}, 2, 2, "density is 1.5"},
		{"spectral", []float64{1, 1}, 2, 3, "must be square"},
		{"spectral", []float64{1, 1e-12}, 2, 2, "raise the density"},
		{"he", nil, -1, 2, "a weight of -1×2"},
	} {
		_, err := Draw(c.kind, c.args, c.rows, c.cols, 1, "W")
		if err == nil || !strings.Contains(err.Error(), c.err) {
			t.Errorf("%s%v: got %v, want %s", c.kind, c.args, err, c.err)
		}
	}
	if err := CheckKind("spectral", []float64{1, 0.5}); err != nil {
		t.Error(err)
	}
	if err := CheckKind("spectral", nil); err == nil {
		t.Error("CheckKind accepts too few arguments")
	}
}

func TestNoEntries(t *testing.T) {
	for _, k := range Kinds {
		if w, err := Draw(k.Name, make([]float64, len(k.Args)), 0, 0, 1, "W"); k.Name != "spectral" && (err != nil || len(w) != 0) {
			t.Errorf("%s: got %v, %v", k.Name, w, err)
		}
	}
}

func TestKindsAreDocumented(t *testing.T) {
	for _, k := range Kinds {
		if !strings.HasSuffix(k.Doc, ".") || k.draw == nil {
			t.Errorf("%s: documentation %q", k.Name, k.Doc)
		}
	}
}
