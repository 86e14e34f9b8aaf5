package words

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// test is a catalogue of a few sentences.
func test(t *testing.T, text string) *Catalogue {
	t.Helper()
	says, err := read(text)
	if err != nil {
		t.Fatal(err)
	}
	return &Catalogue{inRussian, says}
}

// shown is what is said, with the values of holes in brackets.
func shown(pieces []Piece) string {
	out := ""
	for _, p := range pieces {
		if p.Arg != nil {
			out += fmt.Sprintf("[%s]", p.Text)
		} else {
			out += p.Text + "|"
		}
	}
	return out
}

const few = `
# A comment.
{a} reads {b}
{b} читает {a}

" and "
" и "
{n} {n|series is|series are} left out
{n|Пропущен|Пропущены|Пропущено} {n} {n|ряд|ряда|рядов}
`

func TestSay(t *testing.T) {
	russian := test(t, few)
	english, err := In("en")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		english       string
		args          []Arg
		inEnglish, in string
	}{
		{"{a} reads {b}", []Arg{A("b", 1.5), A("a", "x")}, "[x] reads |[1.5]", "[1.5] читает |[x]"},
		{" and ", nil, " and |", " и |"},
		{"{n} {n|series is|series are} left out", []Arg{A("n", 1)}, "[1] series is left out|", "Пропущен |[1] ряд|"},
		{"{n} {n|series is|series are} left out", []Arg{A("n", 3)}, "[3] series are left out|", "Пропущены |[3] ряда|"},
		{"{n} {n|series is|series are} left out", []Arg{A("n", 12)}, "[12] series are left out|", "Пропущено |[12] рядов|"},
		{"no {what} of it, {n|none|none at all}", []Arg{A("what", "word"), A("n", 0)}, "no |[word] of it, none at all|", "no |[word] of it, none at all|"},
		{"", nil, "", ""},
	} {
		if got := shown(english.Say(c.english, c.args...)); got != c.inEnglish {
			t.Errorf("%q, want %q", got, c.inEnglish)
		}
		if got := shown(russian.Say(c.english, c.args...)); got != c.in {
			t.Errorf("%q, want %q", got, c.in)
		}
	}
}

// The forms go by the last digits in Russian, and by one alone in English.
func TestForms(t *testing.T) {
	for n, want := range map[int]string{
		0: "other many", 1: "one one", 2: "other few", 4: "other few", 5: "other many", 11: "other many", 12: "other many", 14: "other many",
		21: "other one", 22: "other few", 25: "other many", 100: "other many", 101: "other one", 111: "other many", 1002: "other few", -1: "one one", -3: "other few",
	} {
		got := []string{"one", "other"}[inEnglish.form(n)] + " " + []string{"one", "few", "many"}[inRussian.form(n)]
		if got != want {
			t.Errorf("%d is %s, not %s", n, got, want)
		}
	}
}

func TestIn(t *testing.T) {
	if _, err := In("de"); err == nil || err.Error() != `language "de" is not one of en, ru` {
		t.Error(err)
	}
}

// A caller's mistakes are found at once.
func TestSayPanics(t *testing.T) {
	c := test(t, few)
	for want, f := range map[string]func(){
		"nothing is given for b":         func() { c.Say("{a} reads {b}", A("a", 1)) },
		"the plural of n goes by an int": func() { c.Say("{n|one|many}", A("n", 1.5)) },
		"{} is no hole; write {name}":    func() { c.Say("a {} b") },
		"{a b} is no hole":               func() { c.Say("{a b}", A("a b", 1)) },
		"{a {b} is no hole":              func() { c.Say("{a {b}", A("b", 1)) },
		"{a is never closed":             func() { c.Say("{a", A("a", 1)) },
		"a } closes nothing":             func() { c.Say("a}") },
	} {
		func() {
			defer func() {
				if e, _ := recover().(string); !strings.HasPrefix(e, "words: ") || !strings.Contains(e, want) {
					t.Errorf("%q, want %q", e, want)
				}
			}()
			f()
		}()
	}
}

func TestReadRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"one\n\ntwo\nдва\n":      `line 2: "one" has no translation below it`,
		"one":                    `line 2: "one" has no translation below it`,
		"one\nодин\none\nодин":   `line 3: "one" stands twice`,
		"\" and \nи\n":           `line 1 is not in quotes: " and `,
		"# one\none\n# один\n\n": `line 4: "one" has no translation below it`,
	} {
		if _, err := read(text); err == nil || err.Error() != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

// Each fault that is planted in a translation is found, and nothing in one that is right.
func TestFaults(t *testing.T) {
	for _, c := range []struct{ english, russian, want string }{
		{"{a} reads {b}", "{b} читает {a}", ""},
		{"`--full` shows all, float64 for t < {t}", "`--full` показывает всё, числа при t < {t}", ""},
		{"Here there are {n} series", "Здесь {n} {n|ряд|ряда|рядов}", ""},
		{"{n} {n|step|steps}", "{n|шаг|шага|шагов}", "doesn't say {n}"},
		{"{a} reads {b}", "{b} читает", "has the holes [b], not [a b]"},
		{"{a} is read", "{a} читает {b}", "has the holes [a b], not [a]"},
		{"{n} {n|step|steps}", "{n} {n|шаг|шага}", "has 2 forms by n, and in ru there are 3"},
		{"{n} {n|step|stepses|steps}", "{n} {n|шаг|шага|шагов}", "has 3 forms by n, and in en there are 2"},
		{"the state", "состояние state", "has the word state"},
		{"{n} {n|step|steps}", "{n} {n|шаг|step|шагов}", "has the word step"},
		{"the {state", "состояние", "can't be read"},
	} {
		got := strings.Join(faults(c.english, c.russian), "; ")
		if !strings.HasPrefix(got, c.want) || c.want == "" && got != "" {
			t.Errorf("%q: %q, want %q", c.russian, got, c.want)
		}
	}
}

// Sentences are found wherever they are said, and a call that can't be read is a fault.
func TestReadSpeakers(t *testing.T) {
	dir := t.TempDir()
	code := `package p
func (l *teller) say(english string, args ...words.Arg) Text { return l.words.Say(english, args...) }
func (l *teller) para(english string) Part { return Para{l.say(english)} }
func (l *teller) all() {
	l.say("one " + "{a}", words.A("a", 1))
	l.para("two")
	l.words.Say("three {t}", t0)
	l.say("four {b}", words.A("a", 1))
	l.say(l.five)
	l.say("six {}")
	l.tell("seven")
}
`
	if err := os.WriteFile(filepath.Join(dir, "p.go"), []byte(code), 0o644); err != nil {
		t.Fatal(err)
	}
	s := readSpeakers(t, dir)
	var got []string
	for english := range s.where {
		got = append(got, english)
	}
	slices.Sort(got)
	if want := []string{"four {b}", "one {a}", "six {}", "three {t}", "two"}; !slices.Equal(got, want) {
		t.Errorf("said are %q", got)
	}
	for i, want := range []string{"nothing is given for b", "no literal", "is no hole"} {
		if len(s.faults) != 3 || !strings.Contains(s.faults[i], want) {
			t.Errorf("%q", s.faults)
		}
	}
}
