package notation

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// texIdent is a name: letters in italics, words upright.
func texIdent(i Ident) string {
	if tex, ok := greekTeX(i.Name); ok && i.Style != Tail {
		if i.Style == Bold {
			return `\boldsymbol{` + tex + `}`
		}
		return tex
	}
	name := texName(i.Name)
	switch {
	case i.Style == Bold:
		return `\mathbf{` + name + `}`
	case i.Style == Calligraphic:
		return `\mathcal{` + name + `}`
	case slices.Contains(functions, i.Name):
		return `\` + i.Name
	case isDigits(i.Name), len(i.Name) == 1 && isLatin(rune(i.Name[0])):
		return name
	case i.Style == Tail:
		return `\mathit{` + name + `}`
	}
	return `\mathrm{` + name + `}`
}

func isDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// texName is a name within a command such as \mathrm. Letters that TeX's formulas have no form of are
// set as text.
func texName(name string) string {
	var p texPrinter
	for name != "" {
		if n := foreignLen(name); n > 0 {
			p.put(`\text{` + name[:n] + `}`)
			name = name[n:]
			continue
		}
		n := letterLen(name)
		base, mark, marked := unaccented(name[:n])
		if tex, ok := greekTeX(name[:n]); ok {
			p.put(tex)
		} else if marked {
			p.put(`\` + marks[mark].name + `{` + base + `}`)
		} else {
			p.put(escapeTeX(name[:n]))
		}
		name = name[n:]
	}
	return p.String()
}

// foreignLen is the length of the letters before name's first letter that TeX's formulas have.
func foreignLen(name string) int {
	n := 0
	for n < len(name) && name[n] >= utf8.RuneSelf {
		letter := name[n : n+letterLen(name[n:])]
		base, _, marked := unaccented(letter)
		if _, ok := greekTeX(letter); ok || marked && base[0] < utf8.RuneSelf {
			break
		}
		n += len(letter)
	}
	return n
}

// letterLen is the length of the letter that a name begins with, with the accents that follow it.
func letterLen(name string) int {
	for i, r := range name {
		if i > 0 && !unicode.Is(unicode.Mn, r) {
			return i
		}
	}
	return len(name)
}

// texEscapes are the characters that mean something to TeX. No name and no word has the last three,
// of which text and formulas have different forms.
var texEscapes = strings.NewReplacer("_", `\_`, "#", `\#`, "$", `\$`, "%", `\%`, "&", `\&`, "{", `\{`, "}", `\}`,
	`\`, "", "^", "", "~", "")

func escapeTeX(s string) string { return texEscapes.Replace(s) }

// name takes the name or the words in braces that texName wrote.
func (s *texScanner) name() (text string, ok bool) {
	if s.peek() != "{" {
		return "", false
	}
	s.next()
	var b strings.Builder
	for s.rest != "" {
		n := tokenLen(s.rest)
		token := s.rest[:n]
		s.rest = s.rest[n:]
		if token == "}" {
			return b.String(), true
		}
		b.WriteString(s.letter(token))
	}
	return "", false
}

// letter is what a token in a name stands for.
func (s *texScanner) letter(token string) string {
	if token[0] != '\\' || len(token) == 1 {
		return token
	}
	if letter, ok := greekLetter(token[1:]); ok {
		s.peek() // a command swallows the space behind it
		return letter
	}
	if m := markOf(token[1:]); m >= 0 {
		base, _ := s.name()
		return accented(base, m)
	}
	if token == `\text` {
		text, _ := s.name()
		return text
	}
	return token[1:]
}
