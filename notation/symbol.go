package notation

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Symbol is a name of the language as on paper: yhat is ŷ, alpha α, h1 h₁, Wxh W with xh below, x_max x
// with max below, and h1.Wi is W with i below and h₁ above, in brackets. A longer word stands upright
// as it is.
func Symbol(name string) Math {
	if i := strings.LastIndex(name, "."); i > 0 && i < len(name)-1 {
		last, above := Symbol(name[i+1:]), Bracket(Symbol(name[:i]))
		if s, ok := last.(Script); ok && s.Sup == nil {
			return Script{s.Base, s.Sub, above}
		}
		return Script{Base: last, Sup: above}
	}
	if base, sub, ok := strings.Cut(name, "_"); ok && base != "" && sub != "" {
		return Script{Base: plain(base), Sub: below(sub)}
	}
	return plain(name)
}

// below is what was written behind an underscore. Digits there are a word, for x_1 isn't x1.
func below(sub string) Math {
	if first, _ := utf8.DecodeRuneInString(sub); !unicode.IsLetter(first) || strings.Contains(sub, "_") {
		return Ident{Name: sub}
	}
	return plain(sub)
}

// plain is a name without dots and underscores: letters, and digits set below.
func plain(name string) Math {
	name = strings.Map(onLine, name)
	letters := strings.TrimRight(name, "0123456789")
	digits := name[len(letters):]
	if letters == "" || digits == "" {
		return word(name)
	}
	base := word(letters)
	if s, ok := base.(Script); ok {
		return Script{Base: s.Base, Sub: Ident{s.Sub.(Ident).Name + digits, Tail}}
	}
	return Script{Base: base, Sub: Ident{digits, Tail}}
}

// onLine is a digit that stands on the line, for one that stands below it.
func onLine(r rune) rune {
	if r >= '₀' && r <= '₉' {
		return r - '₀' + '0'
	}
	return r
}

// word is a name without digits at its end.
func word(name string) Math {
	if letter, ok := spelled(name); ok {
		return Ident{Name: letter}
	}
	if base, mark, ok := unaccented(name); ok {
		return Accent{Ident{Name: base}, mark}
	}
	for m := range marks {
		base, ok := strings.CutSuffix(name, marks[m].name)
		if letter, ok2 := letterOf(base); ok && ok2 {
			return Accent{Ident{Name: letter}, Mark(m)}
		}
	}
	if base, tail := name[:min(1, len(name))], name[min(1, len(name)):]; hasTail(base, tail) {
		return Script{Base: Ident{Name: base}, Sub: Ident{tail, Tail}}
	}
	return Ident{Name: name}
}

// spelled is the letter of a Greek name. Those that TeX has no command for look like Latin letters
// and stay words. What TeX calls phi and epsilon are variants that few keyboards have.
func spelled(name string) (letter string, ok bool) {
	switch {
	case name == "phi" || name == "epsilon":
		name = "var" + name
	case strings.HasPrefix(name, "var"), name == "top", name == "infty", name == "ell":
		return "", false
	}
	return greekLetter(name)
}

// letterOf is a name that is one letter, or the name of a Greek one.
func letterOf(name string) (string, bool) {
	if utf8.RuneCountInString(name) == 1 {
		_, _, marked := unaccented(name)
		return name, !marked
	}
	return spelled(name)
}

// gates are the letters that the parts of a network are called by: its input, state and gates.
const gates = "xhyifogzrncskqv"

// ends are longer words that stand behind the letter of a matrix, and short ones that aren't two gates.
var (
	ends     = []string{"in", "out", "rec", "res", "hid", "inp", "ctx"}
	noMatrix = []string{"For", "Cos", "Sin", "Log", "His", "Fig", "Six", "Von"}
)

// hasTail tells whether a name is a letter with the rest of the name below it: Wi, Wxh, bf.
func hasTail(base, tail string) bool {
	switch {
	case base == "b":
		return len(tail) == 1 && isLower(tail)
	case base == "" || base[0] < 'A' || base[0] > 'Z' || !isLower(tail):
		return false
	case len(tail) == 1 || slices.Contains(ends, tail):
		return true
	}
	return len(tail) <= 3 && strings.Trim(tail, gates) == "" && !slices.Contains(noMatrix, base+tail)
}

// isLower tells small letters of ASCII.
func isLower(s string) bool {
	return s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz") == ""
}

// At is m at a time, set below it. What stands there already, as the 1 of h₁, stays before it.
func At(m, time Math) Math {
	if s, ok := m.(Script); ok && s.Sup != nil {
		if s.Sub == nil {
			return Script{s.Base, time, s.Sup}
		}
		return Script{Script{Base: s.Base, Sub: s.Sub}, time, s.Sup}
	}
	return Script{Base: based(m), Sub: time}
}

// Vec is m in bold, as vectors and matrices are set.
func Vec(m Math) Math {
	switch m := m.(type) {
	case Ident:
		return Ident{m.Name, Bold}
	case Accent:
		return Accent{Vec(m.Base), m.Mark}
	case Script:
		return Script{Vec(m.Base), m.Sub, m.Sup}
	}
	return m
}
