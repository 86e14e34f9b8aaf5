package lang

import "fmt"

// line is a statement's tokens, however many lines of the text they take; or a comment, or a brace.
type line struct {
	toks  []token // closed by an end token
	notes []token // comments from within it: they go before it
	note  string  // the comment behind it
	where Pos     // of that comment
	gap   bool    // blank lines stand before it
	glued bool    // it follows a closing brace on the same line
	bad   bool    // its fault has been said already
}

// first is the token that the line begins with.
func (l *line) first() token { return l.toks[0] }

// layout gathers tokens into lines: it alone knows where a statement ends.
type layout struct {
	toks   []token
	i      int
	peek   int     // the first token of the next line that has any, once looked for
	semi   bool    // a semicolon ends a statement
	open   []token // the round and square brackets that are open
	braces int     // the braces open within the statement, which belong nowhere
	cur    line
	fresh  bool // at the beginning of a line of the text
	lines  []line
	errs   Errors
}

// lay gathers the tokens of a source into lines.
func lay(src *Source, semi bool) ([]line, Errors) {
	toks, errs := scan(src)
	l := &layout{toks: toks, semi: semi, errs: errs, fresh: true}
	for ; l.i < len(l.toks); l.i++ {
		l.take(l.toks[l.i])
	}
	l.flush()
	return l.lines, l.errs
}

func (l *layout) take(k token) {
	switch {
	case k.kind == newline:
		l.newline()
	case k.kind == comment:
		l.comment(k)
	case k.is("{"):
		l.openBrace(k)
	case k.is("}"):
		l.closeBrace(k)
	case k.is(";") && l.semi && len(l.open) == 0:
		l.flush()
	default:
		l.bracket(&k)
		l.add(k)
	}
}

func (l *layout) empty() bool { return len(l.cur.toks) == 0 }

func (l *layout) add(k token) {
	if l.empty() && !l.fresh && len(l.lines) > 0 && l.lines[len(l.lines)-1].first().is("}") {
		l.cur.glued = true
	}
	l.fresh = false
	l.cur.toks = append(l.cur.toks, k)
	l.cur.bad = l.cur.bad || k.bad
}

// newline ends the statement, unless it goes on.
func (l *layout) newline() {
	switch {
	case l.empty():
		l.cur.gap = l.cur.gap || l.fresh
	case l.goesOn():
		if l.cur.note != "" {
			l.cur.notes = append(l.cur.notes, token{text: l.cur.note, at: l.cur.where})
			l.cur.note = ""
		}
	default:
		l.flush()
	}
	l.fresh = true
}

// comment keeps a comment: behind its statement, or as a line of its own.
func (l *layout) comment(k token) {
	l.cur.note, l.cur.where = k.text, k.at
	if !l.empty() {
		return
	}
	if n := len(l.lines); !l.fresh && n > 0 {
		// Behind a brace, whose line is already complete.
		l.lines[n-1].note, l.cur.note = k.text, ""
		return
	}
	l.finish(k.at)
	l.fresh = false
}

// flush ends the statement that is being gathered, if there is one.
func (l *layout) flush() {
	if l.empty() {
		return
	}
	l.closeAll()
	l.finish(after(l.cur.toks[len(l.cur.toks)-1]))
}

func (l *layout) finish(at Pos) {
	l.cur.toks = append(l.cur.toks, token{kind: end, at: at})
	l.lines = append(l.lines, l.cur)
	l.cur, l.braces = line{}, 0
}

// after is the place behind a token.
func after(k token) Pos {
	at := k.at
	for range k.raw {
		at.Col++
	}
	return at
}

// bracket keeps account of round and square brackets.
func (l *layout) bracket(k *token) {
	switch {
	case k.is("(") || k.is("["):
		l.open = append(l.open, *k)
	case k.is(")") || k.is("]"):
		if len(l.open) == 0 {
			l.fault(k.at, "this "+k.text+" closes nothing", "delete it, or open the bracket")
			k.bad = true
			return
		}
		last := l.open[len(l.open)-1]
		l.open = l.open[:len(l.open)-1]
		if want := closer[last.text]; want != k.text {
			l.fault(k.at, fmt.Sprintf("this %s can't close the %s of line %d", k.text, last.text, last.at.Line), "write "+want)
			k.bad = true
		}
	}
}

var closer = map[string]string{"(": ")", "[": "]", "{": "}"}

func (l *layout) fault(at Pos, msg, help string) {
	l.errs = append(l.errs, &Error{Pos: at, Msg: msg, Help: help})
	l.cur.bad = true
}

// closeAll complains if a bracket is still open.
func (l *layout) closeAll() {
	if n := len(l.open); n > 0 {
		k := l.open[n-1]
		l.fault(k.at, "this "+k.text+" is not closed", "write "+closer[k.text]+" where it ends")
	}
	l.open = nil
}

// openBrace ends the head of a cell. Anywhere else a brace is left to the parser to complain about.
func (l *layout) openBrace(k token) {
	l.add(k)
	if !l.cur.toks[0].is("cell") {
		l.braces++
		return
	}
	l.flush()
}

func (l *layout) closeBrace(k token) {
	if l.braces > 0 {
		l.braces--
		l.add(k)
		return
	}
	l.flush()
	l.add(k)
	l.flush()
}

// goesOn tells whether the statement goes on after the newline at l.i.
func (l *layout) goesOn() bool {
	next := l.next()
	if next.kind == word && keywords[next.text] {
		return false // only a statement begins so: whatever is open was forgotten
	}
	last := l.cur.toks[len(l.cur.toks)-1]
	separated := last.is(",") || last.is(";") || last.is("(") || last.is("[")
	switch {
	case len(l.open) > 0:
		return separated || !l.definition()
	case l.cur.toks[0].is("cell") && next.is("{"):
		return true
	case last.level() > 0:
		declared := l.cur.toks[0].kind == word // `weight a >` may well go on with `b = 1`
		return declared || !l.definition()
	}
	return last.is(",")
}

// ahead is where the first token after the newline at l.i stands that is neither newline nor comment.
func (l *layout) ahead() int {
	if l.peek < l.i {
		l.peek = l.i
	}
	for l.peek < len(l.toks) && (l.toks[l.peek].kind == newline || l.toks[l.peek].kind == comment) {
		l.peek++
	}
	return l.peek
}

// next is the token that ahead finds.
func (l *layout) next() token {
	if i := l.ahead(); i < len(l.toks) {
		return l.toks[i]
	}
	return token{}
}

// definition tells whether the next line reads `h =` or `h[…] =`, as no continuation does.
func (l *layout) definition() bool {
	i := l.ahead()
	if i >= len(l.toks) || l.toks[i].kind != name {
		return false
	}
	i++
	if i < len(l.toks) && l.toks[i].is("[") {
		for i < len(l.toks) && l.toks[i].kind != newline && !l.toks[i].is("]") {
			i++
		}
		i++
	}
	return i < len(l.toks) && l.toks[i].is("=")
}
