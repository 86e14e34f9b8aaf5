package lang

import (
	"os"
	"path/filepath"
	"testing"

	"pgregory.net/rapid"
)

// The forms that a file takes, and who leads from one to the next:
//
//	text ──Parse──▶ File ──Print──▶ text' ──Parse──▶ File' ──Print──▶ text''
//
// File' is File but for its places, and text” is text'.
func roundTrip(t testing.TB, text string, ascii bool) {
	t.Helper()
	f, err := Parse(&Source{"first", text})
	if err != nil {
		t.Fatal(err)
	}
	printed := Print(f, ascii)
	g, err := Parse(&Source{"printed", printed})
	if err != nil {
		t.Fatalf("the print does not parse: %v\n%s", err, printed)
	}
	if again := Print(g, ascii); again != printed {
		t.Fatalf("printed\n%s\nand again\n%s", printed, again)
	}
	if a, b := (dump{meaning: ascii}).of(f), (dump{meaning: ascii}).of(g); a != b {
		t.Fatalf("printing changed the file:\n%s\n%s\n%s", printed, a, b)
	}
}

func sketches(t testing.TB) map[string]string {
	files, err := filepath.Glob("testdata/sketches/*.cell")
	if err != nil || len(files) == 0 {
		t.Fatal("no sketches", err)
	}
	texts := map[string]string{}
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		texts[filepath.Base(f)] = string(text)
	}
	return texts
}

func TestSketches(t *testing.T) {
	for name, text := range sketches(t) {
		t.Run(name, func(t *testing.T) {
			roundTrip(t, text, false)
			roundTrip(t, text, true)
		})
	}
}

func FuzzParse(f *testing.F) {
	for _, text := range sketches(f) {
		f.Add(text)
	}
	for _, c := range badFiles {
		f.Add(c.text)
	}
	f.Add(layoutBefore)
	f.Fuzz(func(t *testing.T, text string) {
		file, err := Parse(&Source{"fuzz", text})
		Print(file, false)
		if err != nil {
			for _, e := range err.(Errors) {
				_ = e.Snippet()
			}
			return
		}
		roundTrip(t, text, false)
		roundTrip(t, text, true)
	})
}

func FuzzParseBody(f *testing.F) {
	f.Add("m = max(a); m + log(sum(exp(a - m)))")
	f.Add("g * (1 + y) * (1 - y)")
	f.Add("-a^-b'[0, t-1 : t]")
	f.Fuzz(func(t *testing.T, text string) {
		_, x, err := ParseBody(&Source{"fuzz", text})
		if err != nil {
			return
		}
		y, err := ParseExpr(&Source{"printed", PrintExpr(x)})
		if err != nil {
			t.Fatal(err)
		}
		if a, b := (dump{}).of(x), (dump{}).of(y); a != b {
			t.Fatalf("%s\n%s", a, b)
		}
	})
}

// randomName draws a name that may be defined.
func randomName() *rapid.Generator[string] {
	return rapid.SampledFrom([]string{"a", "h1", "ŷ", "α", "W₁", "x_", "d_h", "eta"})
}

// randomExpr draws an expression as a program would make it, without Paren.
func randomExpr(depth int) *rapid.Generator[Expr] {
	return rapid.Custom(func(t *rapid.T) Expr {
		if depth == 0 {
			return randomLeaf(t)
		}
		sub := func() Expr { return randomExpr(rapid.IntRange(0, depth-1).Draw(t, "depth")).Draw(t, "part") }
		subs := func(least int) []Expr {
			return rapid.SliceOfN(randomExpr(depth-1), least, 3).Draw(t, "parts")
		}
		switch rapid.IntRange(0, 9).Draw(t, "kind") {
		case 0:
			return randomLeaf(t)
		case 1:
			return &Unary{X: sub()}
		case 2:
			return &Transpose{X: sub()}
		case 3:
			return &List{Items: subs(1)}
		case 4:
			return randomCall(t, subs, sub)
		case 5:
			x := &Index{X: sub()}
			for range rapid.IntRange(1, 2).Draw(t, "indices") {
				x.Items = append(x.Items, Range{Lo: sub()})
			}
			if rapid.Bool().Draw(t, "slice") {
				x.Items[0].Hi = sub()
			}
			return x
		}
		return randomBinary(t, sub(), sub())
	})
}

func randomLeaf(t *rapid.T) Expr {
	switch rapid.IntRange(0, 3).Draw(t, "leaf") {
	case 0:
		n := rapid.Int64Range(0, 50).Draw(t, "over")
		return &Num{Val: ratio(n, rapid.Int64Range(1, 4).Draw(t, "under"))}
	case 1:
		return &Name{Name: "t"}
	case 2:
		return &Name{Name: "h1.c"}
	}
	return &Name{Name: randomName().Draw(t, "name")}
}

func randomBinary(t *rapid.T, x, y Expr) Expr {
	ops := []string{"+", "-", ".*", "*", "/", "mod", "^", "==", "!=", "<", "<=", ">", ">="}
	b := &Binary{Op: rapid.SampledFrom(ops).Draw(t, "op"), X: x, Y: y}
	for _, s := range signs {
		if s.means == b.Op && rapid.Bool().Draw(t, "written so") {
			b.Text = s.written
		}
	}
	return b
}

func randomCall(t *rapid.T, subs func(int) []Expr, sub func() Expr) Expr {
	c := &Call{Fn: randomName().Draw(t, "function"), Args: subs(0), Backward: rapid.Bool().Draw(t, "backward")}
	if len(c.Args) > 0 && rapid.Bool().Draw(t, "semicolon") {
		c.After = subs(1)
	}
	for range rapid.IntRange(0, 2).Draw(t, "sizes") {
		c.Sizes = append(c.Sizes, Named{Name: randomName().Draw(t, "size"), X: sub()})
	}
	return c
}

func TestRandomExpressions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := randomExpr(4).Draw(t, "expression")
		text := PrintExpr(x)
		y, err := ParseExpr(&Source{"printed", text})
		if err != nil {
			t.Fatal(err)
		}
		if a, b := (dump{true}).of(x), (dump{true}).of(y); a != b {
			t.Fatalf("%s\n%s\n%s", text, a, b)
		}
		if again := PrintExpr(y); again != text {
			t.Fatalf("printed %s and again %s", text, again)
		}
	})
}

// TestRandomFiles prints statements that a program made, of expressions long and short.
func TestRandomFiles(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := &File{}
		for range rapid.IntRange(1, 5).Draw(t, "statements") {
			f.Stmts = append(f.Stmts, randomStmt(t))
		}
		ascii := rapid.Bool().Draw(t, "ascii")
		text := Print(f, ascii)
		g, err := Parse(&Source{"printed", text})
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		if a, b := (dump{true}).of(f.Stmts), (dump{true}).of(g.Stmts); a != b {
			t.Fatalf("%s\n%s\n%s", text, a, b)
		}
		if again := Print(g, ascii); again != text {
			t.Fatalf("printed\n%s\nand again\n%s", text, again)
		}
	})
}

func randomStmt(t *rapid.T) Stmt {
	h := Head{Note: rapid.SampledFrom([]string{"", "# why"}).Draw(t, "note")}
	name := randomName().Draw(t, "defined")
	x := func() Expr { return randomExpr(rapid.IntRange(0, 6).Draw(t, "depth")).Draw(t, "expression") }
	var shape *Shape
	if rapid.Bool().Draw(t, "shape") {
		shape = &Shape{Dims: []Expr{&Name{Name: "H"}}}
	}
	switch rapid.IntRange(0, 7).Draw(t, "statement") {
	case 0:
		return &Size{h, []SizeItem{{Name: name, Default: x()}}}
	case 1:
		return &Input{h, []InputItem{{Name: name, Shape: shape, In: x(), Known: true}, {Name: name}}}
	case 2:
		start := x()
		return &State{h, []StateItem{{Name: "s", Start: start, Shared: true}, {Name: name, Shape: shape, Start: start}}}
	case 3:
		return &Weight{h, []WeightItem{{Name: name, Shape: shape, Lo: x(), Hi: x(), PerSeries: true, Start: x()}, {Name: "k", Hi: x(), Fixed: true}}}
	case 4:
		return &Observe{h, x(), &Call{Fn: "normal", Args: []Expr{x()}}, x()}
	case 5:
		return &Loss{h, x(), nil}
	case 6:
		return &Cell{Head: h, Name: name, Params: []Target{{Name: "x"}}, Results: []Target{{Name: name, Shape: shape}},
			Body: []Stmt{&Equation{Left: []Target{{Name: name}}, X: x()}}}
	}
	return &Equation{h, []Target{{Name: name, Shape: shape}}, x()}
}
