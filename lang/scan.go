package lang

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// scanner cuts a text into tokens. A fault becomes an error and a token marked bad, and the scan goes on.
type scanner struct {
	src       *Source
	rest      string // what is still to be read
	line, col int
	toks      []token
	errs      Errors
}

// scan cuts the whole source into tokens.
func scan(src *Source) ([]token, Errors) {
	s := &scanner{src: src, rest: strings.TrimPrefix(src.Text, "\ufeff"), line: 1, col: 1}
	if !utf8.ValidString(s.rest) {
		// What follows a broken byte is guesswork: a file in another encoding is one fault, not hundreds.
		s.skipTo(firstInvalid(s.rest))
		s.fault(s.pos(), "this is not UTF-8 text", "save the file in the encoding UTF-8")
		return nil, s.errs
	}
	for s.rest != "" {
		s.one()
	}
	return s.toks, s.errs
}

// firstInvalid is where the first byte stands that is not UTF-8.
func firstInvalid(text string) int {
	for i, r := range text {
		if r == utf8.RuneError {
			if _, n := utf8.DecodeRuneInString(text[i:]); n == 1 {
				return i
			}
		}
	}
	return len(text)
}

// one reads one token, or white space.
func (s *scanner) one() {
	r, _ := utf8.DecodeRuneInString(s.rest)
	switch {
	case r == '\n':
		s.emit(newline, "\n", 1)
		s.line, s.col = s.line+1, 1
	case strings.HasPrefix(s.rest, "\r\n"):
		s.rest = s.rest[1:]
	case r == '#':
		s.comment()
	case r == '"':
		s.quote()
	case r == '“' || r == '”' || r == '„':
		s.wrong(s.lineEnd(), "these are not straight quotes", `write the path of a file as "mine.cell"`)
	case r != '\t' && isControl(r):
		s.control(r)
	case unicode.IsSpace(r):
		s.skipTo(utf8.RuneLen(r))
	case r >= '0' && r <= '9':
		s.number()
	case startsName(r):
		s.name()
	default:
		s.sign(r)
	}
}

// pos is the place of what is read next.
func (s *scanner) pos() Pos { return Pos{s.src, s.line, s.col} }

// skipTo goes on by n bytes, counting characters and lines.
func (s *scanner) skipTo(n int) {
	for _, r := range s.rest[:n] {
		s.col++
		if r == '\n' {
			s.line, s.col = s.line+1, 1
		}
	}
	s.rest = s.rest[n:]
}

// emit makes a token of the next n bytes, which mean text.
func (s *scanner) emit(k kind, text string, n int) {
	raw, at := s.rest[:n], s.pos()
	s.col += utf8.RuneCountInString(raw)
	s.rest = s.rest[n:]
	s.toks = append(s.toks, token{kind: k, text: text, raw: raw, at: at})
}

// fault records an error.
func (s *scanner) fault(at Pos, msg, help string) {
	s.errs = append(s.errs, &Error{Pos: at, Msg: msg, Help: help})
}

// wrong makes a bad token of the next n bytes: it reads as a name, so that the rest still makes sense.
func (s *scanner) wrong(n int, msg, help string) {
	s.fault(s.pos(), msg, help)
	s.emit(name, s.rest[:n], n)
	s.toks[len(s.toks)-1].bad = true
}

// isControl tells what no text should hold: control characters and the separators that are not \n.
func isControl(r rune) bool { return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' }

// control complains about a control character, once a line.
func (s *scanner) control(r rune) {
	if n := len(s.errs); n > 0 && s.errs[n-1].Pos.Line == s.line && strings.HasPrefix(s.errs[n-1].Msg, "a control") {
		s.skipTo(utf8.RuneLen(r))
		return
	}
	s.wrong(utf8.RuneLen(r), fmt.Sprintf("a control character (U+%04X)", r), "delete it")
}

// lineEnd is where the line that is being read ends.
func (s *scanner) lineEnd() int {
	n := strings.IndexByte(s.rest, '\n')
	if n < 0 {
		n = len(s.rest)
	}
	return len(strings.TrimSuffix(s.rest[:n], "\r"))
}

func (s *scanner) comment() {
	n := s.lineEnd()
	text := s.rest[:n]
	i := strings.IndexFunc(text, func(r rune) bool { return r != '\t' && isControl(r) })
	if i < 0 {
		s.emit(comment, strings.TrimRightFunc(text, unicode.IsSpace), n)
		return
	}
	s.emit(comment, strings.TrimRightFunc(text[:i], unicode.IsSpace), i)
	r, _ := utf8.DecodeRuneInString(text[i:])
	s.control(r)
	s.skipTo(s.lineEnd())
}

func (s *scanner) quote() {
	line := s.rest[:s.lineEnd()]
	n := strings.IndexByte(line[1:], '"')
	if n < 0 {
		s.wrong(len(line), "the quotes are not closed", `write the path of a file as "mine.cell"`)
		return
	}
	path := line[1 : n+1]
	if strings.IndexFunc(path, isControl) >= 0 {
		s.wrong(n+2, "a path with a control character", "delete it")
		return
	}
	s.emit(quoted, path, n+2)
}

// startsName tells whether a name may begin with r. The raised T is a letter in Unicode, and an operator here.
func startsName(r rune) bool { return r == '_' || unicode.IsLetter(r) && r != 'ᵀ' }

// isSubscript tells the digits of paper, as in W₁.
func isSubscript(r rune) bool { return r >= '₀' && r <= '₉' }

// continuesName tells whether r may stand in a name after its beginning.
func continuesName(r rune) bool {
	return startsName(r) || unicode.IsDigit(r) || isSubscript(r) || unicode.IsMark(r)
}

// nameLen is the length of the name, with its dots, that text begins with.
func nameLen(text string) int {
	for i, r := range text {
		if continuesName(r) {
			continue
		}
		if after, _ := utf8.DecodeRuneInString(text[i+1:]); i > 0 && r == '.' && startsName(after) {
			continue
		}
		return i
	}
	return len(text)
}

func (s *scanner) name() {
	n := nameLen(s.rest)
	text := norm.NFC.String(s.rest[:n])
	switch {
	case text == "mod":
		s.emit(sign, text, n)
	case text != "t" && reserved[text]:
		s.emit(word, text, n)
	default:
		s.emit(name, text, n)
	}
}

// sign reads an operator or a bracket, or says what to write for what is none.
func (s *scanner) sign(r rune) {
	if strings.HasPrefix(s.rest, ".") && len(s.rest) > 1 && isDigit(s.rest[1]) {
		n := 1 + digits(s.rest[1:])
		s.wrong(n, s.rest[:n]+" is not a number", "write 0"+s.rest[:n])
		return
	}
	for _, m := range mistakes {
		if strings.HasPrefix(s.rest, m.written) && !(m.written == "!" && strings.HasPrefix(s.rest, "!=")) {
			msg := " isn't an operator"
			if r >= utf8.RuneSelf {
				msg = " is not part of the language"
			}
			s.wrong(len(m.written), m.written+msg, m.help)
			return
		}
	}
	for _, g := range signs {
		if strings.HasPrefix(s.rest, g.written) {
			s.emit(sign, g.means, len(g.written))
			return
		}
	}
	s.unknown(r)
}

// unknown complains about a character that means nothing here.
func (s *scanner) unknown(r rune) {
	n := utf8.RuneLen(r)
	switch {
	case r == '.':
		n = len(s.rest) - len(strings.TrimLeft(s.rest, "."))
		s.wrong(n, "a dot stands only in h1.c, 0.5 and .*", "delete it")
	case unicode.IsDigit(r) || isSubscript(r) || unicode.IsMark(r):
		for n < len(s.rest) {
			next, size := utf8.DecodeRuneInString(s.rest[n:])
			if !continuesName(next) {
				break
			}
			n += size
		}
		s.wrong(n, "a name can't start with "+string(r), "begin it with a letter")
	case !unicode.IsGraphic(r):
		s.wrong(n, fmt.Sprintf("a character that can't be seen (U+%04X)", r), "delete it")
	default:
		s.wrong(n, string(r)+" is not part of the language", "delete it, or put it into a comment")
	}
}
