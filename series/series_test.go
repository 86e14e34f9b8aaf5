package series_test

import (
	"encoding/json"
	"fmt"
	"math"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"unroll/series"
)

func Example() {
	third, _ := series.ParseNumber("1/3")
	a := series.Vector(third, big.NewRat(3, 16), nil)
	text, _ := json.Marshal(a.JSON())
	fmt.Println(a, string(text))
	fmt.Println(a.ToFloat())
	fmt.Println(series.Number(big.NewRat(1497, 256)).Relation())
	// Output:
	// [1/3, 3/16, –] ["1/3","3/16",null]
	// [0.333333, 0.1875, –]
	// = 1497/256 = 5.84765625
}

func rats(texts ...string) []*big.Rat {
	out := make([]*big.Rat, len(texts))
	for i, s := range texts {
		v, err := series.ParseNumber(s)
		if err != nil {
			panic(err)
		}
		out[i] = v
	}
	return out
}

func TestForms(t *testing.T) {
	inf := math.Inf(1)
	for _, c := range []struct {
		a                    series.Array
		text, json, relation string
	}{
		{series.Number(big.NewRat(3, 16)), "3/16", `"3/16"`, "= 3/16 = 0.1875"},
		{series.Number(big.NewRat(-4, 2)), "-2", `"-2"`, "= -2"},
		{series.Number(big.NewRat(-1, 3)), "-1/3", `"-1/3"`, "= -1/3"},
		{series.Number(nil), "–", `null`, "= –"},
		{series.Number(rats("999999999/999999998")[0]), "999999999/999999998", `"999999999/999999998"`, "= 999999999/999999998"},
		{series.Number(rats("1/1000000001")[0]), "1e-09", `"1/1000000001"`, "≈ 1e-09"},
		{series.Number(rats("1/536870912")[0]), "1/536870912", `"1/536870912"`, "= 1/536870912"},
		{series.Number(rats("12345678901")[0]), "1.23457e+10", `"12345678901"`, "≈ 1.23457e+10"},
		{series.Number(rats("1e5000")[0]), "1e+5000", `"1` + strings.Repeat("0", 5000) + `"`, "≈ 1e+5000"},
		{series.Vector(rats("1", "1/2")...), "[1, 1/2]", `["1","1/2"]`, "= [1, 1/2]"},
		{series.Rats(1, 2, rats("1", "2")), "[[1, 2]]", `[["1","2"]]`, "= [[1, 2]]"},
		{series.Rats(2, 2, rats("1", "2", "3", "4")), "[[1, 2], [3, 4]]", `[["1","2"],["3","4"]]`, "= [[1, 2], [3, 4]]"},
		{series.Vector(), "[]", `[]`, "= []"},
		{series.Floats(1, 1, []float64{0.76159415}), "0.761594", `0.76159415`, "≈ 0.761594"},
		{series.Floats(2, 1, []float64{math.Copysign(0, -1), math.NaN()}), "[0, –]", `[-0,null]`, "≈ [0, –]"},
		{series.Floats(1, 2, []float64{inf, -inf}), "[[∞, -∞]]", `[[null,null]]`, "≈ [[∞, -∞]]"},
		{series.Missing(2, 2), "[[–, –], [–, –]]", `[[null,null],[null,null]]`, "= [[–, –], [–, –]]"},
	} {
		text, err := json.Marshal(c.a.JSON())
		if err != nil || c.a.String() != c.text || string(text) != c.json || c.a.Relation() != c.relation {
			t.Errorf("got %s, %s, %s, %v; want %s, %s, %s", c.a, text, c.a.Relation(), err, c.text, c.json, c.relation)
		}
		if err := c.a.Check(); err != nil {
			t.Errorf("%s: %v", c.a, err)
		}
	}
}

func TestParseNumber(t *testing.T) {
	for s, want := range map[string]string{
		"3": "3", " -1/3 ": "-1/3", "−1/3": "-1/3", "0.25": "1/4", ".5": "1/2", "2.": "2", "1e-3": "1/1000", "+2E+2": "200",
		"1.5/0.5": "3", "007": "7", "9223372036854775808": "9223372036854775808", "0e10000": "0", "-0": "0",
		"": "–", " ": "–", "NaN": "–", "na": "–",
	} {
		got, err := series.ParseNumber(s)
		text := "–"
		if got != nil {
			text = got.RatString()
		}
		if err != nil || text != want {
			t.Errorf("%q: got %s, %v, want %s", s, text, err, want)
		}
	}
}

func TestParseNumberRefuses(t *testing.T) {
	for s, want := range map[string]string{
		"abc": "is not a number", "1,5": "is not a number", "0x10": "is not a number", "1_000": "is not a number", "--1": "is not a number",
		".": "is not a number", "e5": "is not a number", "1e": "is not a number", "1e+-5": "is not a number", "1e5.5": "is not a number",
		"1/": "is not a number", "1/-3": "is not a number", "1/2/3": "is not a number", "Inf": "is not a number", "1 2": "is not a number",
		"1p5": "is not a number", "٣": "is not a number",
		"1/0": "divides by 0", "1/0.0": "divides by 0",
		"1e10001": "exponent beyond", "1e-999999999999999999999": "exponent beyond",
		strings.Repeat("7", 1001): "more than 1000 digits",
	} {
		if v, err := series.ParseNumber(s); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.20q: got %v, %v, want %q", s, v, err, want)
		}
	}
}

// TestNumbersReadBack: what JSON writes of an exact number, ParseNumber reads.
func TestNumbersReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := big.NewRat(rapid.Int64().Draw(t, "num"), rapid.Int64Range(1, math.MaxInt64).Draw(t, "den"))
		got, err := series.ParseNumber(series.Number(r).JSON().(string))
		if err != nil || got.Cmp(r) != 0 {
			t.Fatalf("got %v, %v, want %v", got, err, r)
		}
		if decimal, ok := series.ShortDecimal(r); ok {
			if again, err := series.ParseNumber(decimal); err != nil || again.Cmp(r) != 0 {
				t.Fatalf("%v is written %s", r, decimal)
			}
		}
	})
}

func FuzzParseNumber(f *testing.F) {
	for _, s := range []string{"1/3", "-0.5e-3", "NaN", "1e9999", "−2", "+.5"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		v, err := series.ParseNumber(s)
		if err != nil || v == nil {
			return
		}
		if again, err := series.ParseNumber(v.RatString()); err == nil && again.Cmp(v) != 0 {
			t.Fatalf("%q is %v, which reads as %v", s, v, again)
		}
	})
}

func TestAccess(t *testing.T) {
	a := series.Rats(2, 2, rats("1", "1/2", "", "4"))
	f := a.ToFloat()
	if !a.Exact() || f.Exact() || a.HasAll() || f.HasAll() || a.Has(2) || f.Has(2) || !f.Has(3) {
		t.Error("exactness or presence")
	}
	if a.Float64(1) != 0.5 || !math.IsNaN(a.Float64(2)) || f.Float64(3) != 4 {
		t.Error("Float64")
	}
	if !a.At(1, 1).Equal(series.Number(big.NewRat(4, 1))) || !f.At(0, 1).Equal(series.Floats(1, 1, []float64{0.5})) {
		t.Error("At")
	}
	if a.Equal(f) || !f.Equal(f.ToFloat()) || a.Equal(series.Missing(2, 2)) || a.Equal(series.Missing(4, 1)) {
		t.Error("Equal")
	}
	for name, f := range map[string]func(){
		"Rats":   func() { series.Rats(2, 1, rats("1")) },
		"Floats": func() { series.Floats(-1, -1, []float64{1}) },
		"At":     func() { a.At(0, 2) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			f()
		}()
	}
}

func TestSetCheck(t *testing.T) {
	number, vector := series.Number(big.NewRat(1, 1)), series.Missing(2, 1)
	one := func(columns map[string]series.Column, consts map[string]series.Array) series.Series {
		return series.Series{ID: "a", Columns: columns, Consts: consts}
	}
	y := map[string]series.Column{"y": series.Arrays(number, number)}
	k := map[string]series.Array{"k": number}
	for _, c := range []struct {
		err string
		set []series.Series
	}{
		{"", nil},
		{"", []series.Series{one(y, k), one(y, k)}},
		{"different inputs", []series.Series{one(y, k), one(y, nil)}},
		{"1×1 and 2×1", []series.Series{one(map[string]series.Column{"y": series.Arrays(number, vector)}, nil)}},
		{"1×1 and 2×1", []series.Series{one(y, nil), one(map[string]series.Column{"y": series.Arrays(vector)}, nil)}},
		{"with 0 entries", []series.Series{one(nil, map[string]series.Array{"k": {R: 1, C: 1}})}},
		{"both exact and float64", []series.Series{one(nil, map[string]series.Array{"k": {R: 1, C: 1, Rat: number.Rat, Float: []float64{1}}})}},
	} {
		err := series.Set{Series: c.set}.Check()
		if (err == nil) != (c.err == "") || err != nil && !strings.Contains(err.Error(), c.err) {
			t.Errorf("got %v, want %q", err, c.err)
		}
	}
	if s := one(y, k); s.Len("y") != 2 || s.Len("q") != 0 {
		t.Error("Len")
	}
}

// A series has come as far as the last time at which anything of its inputs is there; what is still to come doesn't count.
func TestObserved(t *testing.T) {
	nan := math.NaN()
	s := series.Series{Columns: map[string]series.Column{
		"y": series.Dense(1, 1, []float64{1, nan, 3, nan, nan}),
		"z": series.Dense(2, 1, []float64{1, 2, nan, nan, nan, nan, nan, 5, nan, nan}),
	}}
	ahead := s
	ahead.Ahead = 3
	for _, c := range []struct{ got, want int }{
		{s.Observed("y"), 3}, {s.Observed("z"), 4}, {s.Observed("y", "z"), 4}, {s.Observed("x"), 0}, {s.Observed(), 0}, {ahead.Observed("y"), 1},
	} {
		if c.got != c.want {
			t.Errorf("%d times have come, want %d", c.got, c.want)
		}
	}
}
