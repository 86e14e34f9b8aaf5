package page

import (
	"fmt"
	"strings"
	"unicode"

	"unroll/notation"
)

const longWord = 24 // letters of a word in which a line may be broken anywhere

// special are the characters that mean something to LaTeX.
var special = map[rune]string{
	'#': `\#`, '$': `\$`, '%': `\%`, '&': `\&`, '_': `\_`, '{': `\{`, '}': `\}`,
	'~': `\ensuremath{\sim}`, '^': `\textasciicircum{}`, '\\': `\textbackslash{}`,
	'<': `\textless{}`, '>': `\textgreater{}`, '|': `\textbar{}`, '"': `\textquotedbl{}`,
	'`': `\textasciigrave{}`, '\'': `\textquotesingle{}`, '-': `-{}`, '\n': " ", '\t': " ", '\r': " ",
}

// beyond are characters beyond ASCII, as they are written both in words and in formulas.
var beyond = map[rune]string{
	'−': `\ensuremath{-}`, '·': `\ensuremath{\cdot}`, '×': `\ensuremath{\times}`, '⊙': `\ensuremath{\odot}`,
	'±': `\ensuremath{\pm}`, '→': `\ensuremath{\to}`, '←': `\ensuremath{\leftarrow}`, '↑': `\ensuremath{\uparrow}`,
	'↓': `\ensuremath{\downarrow}`, '↦': `\ensuremath{\mapsto}`, '⇒': `\ensuremath{\Rightarrow}`, '⇐': `\ensuremath{\Leftarrow}`,
	'≈': `\ensuremath{\approx}`, '≠': `\ensuremath{\ne}`, '≤': `\ensuremath{\le}`, '≥': `\ensuremath{\ge}`,
	'≪': `\ensuremath{\ll}`, '≫': `\ensuremath{\gg}`, '∼': `\ensuremath{\sim}`, '∝': `\ensuremath{\propto}`,
	'≡': `\ensuremath{\equiv}`, '∂': `\ensuremath{\partial}`, '∇': `\ensuremath{\nabla}`, '∑': `\ensuremath{\sum}`,
	'∏': `\ensuremath{\prod}`, '√': `\ensuremath{\surd}`, '∞': `\ensuremath{\infty}`, '∈': `\ensuremath{\in}`,
	'∉': `\ensuremath{\notin}`, '∀': `\ensuremath{\forall}`, '∃': `\ensuremath{\exists}`, '∅': `\ensuremath{\emptyset}`,
	'⋯': `\ensuremath{\cdots}`, '⋮': `\ensuremath{\vdots}`, '⋅': `\ensuremath{\cdot}`, '∘': `\ensuremath{\circ}`,
	'∗': `\ensuremath{*}`, '∥': `\ensuremath{\Vert}`, '‖': `\ensuremath{\Vert}`, '∣': `\ensuremath{\vert}`,
	'⌊': `\ensuremath{\lfloor}`, '⌋': `\ensuremath{\rfloor}`, '⌈': `\ensuremath{\lceil}`, '⌉': `\ensuremath{\rceil}`,
	'⟨': `\ensuremath{\langle}`, '⟩': `\ensuremath{\rangle}`, '⊤': `\ensuremath{\top}`, 'ᵀ': `\ensuremath{^\top}`,
	'′': `\ensuremath{'}`, '″': `\ensuremath{''}`, '°': `\ensuremath{^\circ}`, '✓': `\ensuremath{\checkmark}`,
	'✗': `\ensuremath{\times}`, '•': `\ensuremath{\bullet}`, 'ℓ': `\ensuremath{\ell}`, 'ℝ': `\ensuremath{\mathbb{R}}`,
	'½': `\ensuremath{\tfrac12}`, '¼': `\ensuremath{\tfrac14}`, '¾': `\ensuremath{\tfrac34}`, 'µ': `\ensuremath{\mu}`,
	'…': `\dots{}`, '–': `\textendash{}`, '—': `\textemdash{}`, '‘': `\textquoteleft{}`, '’': `\textquoteright{}`,
	'“': `\textquotedblleft{}`, '”': `\textquotedblright{}`, '„': `\quotedblbase{}`, '«': `\guillemotleft{}`,
	'»': `\guillemotright{}`, '‚': `\quotesinglbase{}`, '‐': `-{}`, '‑': `\mbox{-}`, '№': `\textnumero{}`,
	'\u00a0': `~`, '\u202f': `\,`, '\u2009': `\,`, '\u200b': `\allowbreak{}`, '\u00ad': `\-`, '§': `\S{}`,
	'\u2060': ``, '\ufeff': ``,
}

// greek are the names of Greek letters; capitals that look as Latin ones do are those.
var greek = map[rune]string{
	'α': `\alpha`, 'β': `\beta`, 'γ': `\gamma`, 'δ': `\delta`, 'ε': `\varepsilon`, 'ϵ': `\epsilon`, 'ζ': `\zeta`, 'η': `\eta`,
	'θ': `\theta`, 'ϑ': `\vartheta`, 'ι': `\iota`, 'κ': `\kappa`, 'λ': `\lambda`, 'μ': `\mu`, 'ν': `\nu`, 'ξ': `\xi`,
	'ο': `o`, 'π': `\pi`, 'ρ': `\rho`, 'ς': `\varsigma`, 'σ': `\sigma`, 'τ': `\tau`, 'υ': `\upsilon`, 'φ': `\varphi`,
	'ϕ': `\phi`, 'χ': `\chi`, 'ψ': `\psi`, 'ω': `\omega`, 'Γ': `\Gamma`, 'Δ': `\Delta`, 'Θ': `\Theta`, 'Λ': `\Lambda`,
	'Ξ': `\Xi`, 'Π': `\Pi`, 'Σ': `\Sigma`, 'Υ': `\Upsilon`, 'Φ': `\Phi`, 'Ψ': `\Psi`, 'Ω': `\Omega`,
	'Α': `\mathrm{A}`, 'Β': `\mathrm{B}`, 'Ε': `\mathrm{E}`, 'Ζ': `\mathrm{Z}`, 'Η': `\mathrm{H}`, 'Ι': `\mathrm{I}`,
	'Κ': `\mathrm{K}`, 'Μ': `\mathrm{M}`, 'Ν': `\mathrm{N}`, 'Ο': `\mathrm{O}`, 'Ρ': `\mathrm{P}`, 'Τ': `\mathrm{T}`, 'Χ': `\mathrm{X}`,
}

// accents are combining marks, and over are the letters with one that fonts of text don't have.
var (
	accents = map[rune]string{
		'\u0302': `\hat`, '\u0303': `\tilde`, '\u0304': `\bar`, '\u0305': `\bar`, '\u0307': `\dot`, '\u0308': `\ddot`,
		'\u0300': `\grave`, '\u0301': `\acute`, '\u030c': `\check`, '\u0306': `\breve`, '\u20d7': `\vec`,
	}
	over = map[rune]string{
		'ŷ': `\hat{y}`, 'Ŷ': `\hat{Y}`, 'ẑ': `\hat{z}`, 'Ẑ': `\hat{Z}`, 'ŵ': `\hat{w}`, 'Ŵ': `\hat{W}`, 'ĥ': `\hat{h}`, 'Ĥ': `\hat{H}`,
		'ĉ': `\hat{c}`, 'Ĉ': `\hat{C}`, 'ŝ': `\hat{s}`, 'Ŝ': `\hat{S}`, 'ĝ': `\hat{g}`, 'Ĝ': `\hat{G}`, 'ĵ': `\hat{\jmath}`, 'Ĵ': `\hat{J}`,
		'ȳ': `\bar{y}`, 'Ȳ': `\bar{Y}`, 'ḡ': `\bar{g}`, 'ā': `\bar{a}`, 'Ā': `\bar{A}`, 'ē': `\bar{e}`, 'Ē': `\bar{E}`, 'ī': `\bar{\imath}`, 'ō': `\bar{o}`,
		'ū': `\bar{u}`, 'Ū': `\bar{U}`, 'ẋ': `\dot{x}`, 'ẏ': `\dot{y}`, 'ż': `\dot{z}`, 'ḣ': `\dot{h}`, 'ċ': `\dot{c}`, 'ġ': `\dot{g}`, 'ẇ': `\dot{w}`,
		'ũ': `\tilde{u}`, 'Ũ': `\tilde{U}`, 'ỹ': `\tilde{y}`, 'Ỹ': `\tilde{Y}`, 'ṽ': `\tilde{v}`, 'ẽ': `\tilde{e}`, 'ĩ': `\tilde{\imath}`,
	}
)

// western are the letters of fonts in the encoding T1.
const western = "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿĂăĄąĆćČčĎďĐđĘęĚěĞğİıĹĺĽľŁłŃńŇňŐőŒœŔŕŘřŚśŞşŠšŢţŤťŮůŰűŸŹźŻŽž¡¿£"

// alphabet is the encoding of the fonts that have a letter beyond ASCII, "" if none has.
func alphabet(r rune) string {
	switch {
	case r >= 'А' && r <= 'я' || strings.ContainsRune("ЁёЄєІіЇїЎўҐґ", r):
		return "T2A"
	case strings.ContainsRune(western, r):
		return "T1"
	}
	return ""
}

const (
	subscripts   = "₀₁₂₃₄₅₆₇₈₉"
	superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹"
)

// words is words for LaTeX to print as they are.
func (t tex) words(s string) string {
	var b strings.Builder
	run, foreign := 0, "" // letters since the last space, and the encoding that is switched to
	for i, r := range s {
		e := alphabet(r)
		if e == t.main {
			e = ""
		}
		if e != foreign && foreign != "" {
			b.WriteByte('}')
		}
		if run++; unicode.IsSpace(r) {
			run = 0
		} else if run > longWord && run%3 == 0 && accents[r] == "" {
			b.WriteString(`\cut{}`)
		}
		if e != foreign && e != "" {
			b.WriteString(`{\fontencoding{` + e + `}\selectfont `)
		}
		foreign = e
		b.WriteString(t.letter(r, follows(s, i, r)))
	}
	if foreign != "" {
		b.WriteByte('}')
	}
	return b.String()
}

// letter is a character within words. A combining mark is printed with the letter before it.
func (t tex) letter(r, next rune) string {
	if said, ok := special[r]; ok {
		return said
	}
	if mark := accents[next]; mark != "" {
		if name, ok := greek[r]; ok {
			return `\ensuremath{` + mark + "{" + name + "}}"
		}
		if r < 0x80 && unicode.IsLetter(r) {
			return `\ensuremath{` + mark + "{" + string(r) + "}}"
		}
	}
	if r < 0x80 && unicode.IsPrint(r) {
		return string(r)
	}
	return symbol(r)
}

// follows is the character behind r, which is at i.
func follows(s string, i int, r rune) rune {
	for _, next := range s[i+len(string(r)):] {
		return next
	}
	return 0
}

// math is a formula with its characters beyond ASCII in a form that pdflatex reads.
func (t tex) math(m notation.Math) string {
	var b strings.Builder
	letters := "" // that no font of formulas has
	for _, r := range notation.TeX(m) + "\x00" {
		if alphabet(r) != "" {
			letters += string(r)
			continue
		}
		if letters != "" {
			b.WriteString(`\text{` + t.words(letters) + "}")
			letters = ""
		}
		switch {
		case r == 0:
		case r < 0x80:
			b.WriteRune(r)
		default:
			b.WriteString(symbol(r))
		}
	}
	return b.String()
}

// symbol is a character beyond ASCII; one that is in no font is written by its number.
func symbol(r rune) string {
	if said, ok := beyond[r]; ok {
		return said
	}
	if name, ok := greek[r]; ok {
		return `\ensuremath{` + name + "}"
	}
	if name, ok := over[r]; ok {
		return `\ensuremath{` + name + "}"
	}
	if i := strings.IndexRune(subscripts, r); i >= 0 {
		return fmt.Sprintf(`\ensuremath{_%d}`, i/len("₀"))
	}
	if i := strings.IndexRune(superscripts, r); i >= 0 {
		return fmt.Sprintf(`\ensuremath{^%d}`, len([]rune(superscripts[:i])))
	}
	if alphabet(r) != "" {
		return string(r)
	}
	if accents[r] != "" {
		return ""
	}
	return fmt.Sprintf("[U+%04X]", r)
}
