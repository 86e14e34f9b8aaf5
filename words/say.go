package words

import (
	"fmt"
	"strings"
)

// Arg is a value for the holes of its name.
type Arg struct {
	Name  string
	Value any
}

// A is the value for the holes of a name.
func A(name string, value any) Arg { return Arg{name, value} }

// Piece is a part of what is said: words, or the value that was given for a hole.
type Piece struct {
	Text string // the words; of a hole, its value as fmt prints it
	Arg  any    // the value of a hole; nil if the piece is words
}

// Say is a sentence in the catalogue's language; in English if there is none. It panics if a hole has
// no value, or a plural no int: a mistake of the caller's.
func (c *Catalogue) Say(english string, args ...Arg) []Piece {
	l, sentence := c.tongue, c.says[english]
	if sentence == "" {
		l, sentence = inEnglish, english
	}
	holes, err := parse(sentence)
	if err != nil {
		panic(fmt.Sprintf("words: %q: %v", sentence, err))
	}
	var out []Piece
	for _, h := range holes {
		switch {
		case h.name == "":
			out = words(out, h.text)
		case h.forms == nil:
			v := value(sentence, h.name, args)
			out = append(out, Piece{fmt.Sprint(v), v})
		default:
			n, ok := value(sentence, h.name, args).(int)
			if !ok {
				panic(fmt.Sprintf("words: %q: the plural of %s goes by an int", sentence, h.name))
			}
			out = words(out, h.forms[min(l.form(n), len(h.forms)-1)])
		}
	}
	return out
}

// words adds words, to the last piece if that is words too.
func words(to []Piece, text string) []Piece {
	if n := len(to); n > 0 && to[n-1].Arg == nil {
		to[n-1].Text += text
		return to
	}
	return append(to, Piece{Text: text})
}

func value(sentence, name string, args []Arg) any {
	for _, a := range args {
		if a.Name == name && a.Value != nil {
			return a.Value
		}
	}
	panic(fmt.Sprintf("words: %q: nothing is given for %s", sentence, name))
}

// hole is a part of a sentence: words if it has no name, a value, or the forms of a plural.
type hole struct {
	text, name string
	forms      []string
}

// parse takes a sentence apart.
func parse(sentence string) ([]hole, error) {
	var out []hole
	for sentence != "" {
		before, rest, opens := strings.Cut(sentence, "{")
		if strings.Contains(before, "}") {
			return nil, fmt.Errorf("a } closes nothing")
		}
		if before != "" {
			out = append(out, hole{text: before})
		}
		if !opens {
			break
		}
		inside, after, closes := strings.Cut(rest, "}")
		name, forms, plural := strings.Cut(inside, "|")
		if !closes {
			return nil, fmt.Errorf("{%s is never closed", inside)
		}
		if name == "" || strings.ContainsAny(name, "{ ") {
			return nil, fmt.Errorf("{%s} is no hole; write {name} or {name|one|other}", inside)
		}
		h := hole{name: name}
		if plural {
			h.forms = strings.Split(forms, "|")
		}
		out = append(out, h)
		sentence = after
	}
	return out, nil
}
