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
	'~': `\textasciitilde{}`, '^': `\textasciicircum{}`, '\\': `\textbackslash{}`,
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

// cyrillic tells whether a letter is in fonts in the encoding T2A.
func cyrillic(r rune) bool {
	return r >= 'А' && r <= 'я' || strings.ContainsRune("ЁёЄєІіЇїЎўҐґ", r)
}

const (
	subscripts   = "₀₁₂₃₄₅₆₇₈₉"
	superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹"
)

// words is words for LaTeX to print as they are.
func (t tex) words(s string) string {
	var b strings.Builder
	run := 0 // letters since the last space
	for i, r := range s {
		if run++; unicode.IsSpace(r) {
			run = 0
		} else if run > longWord && run%8 == 0 && !strings.ContainsRune("\u0302\u0303\u0304\u0307", r) {
			b.WriteString(`\allowbreak{}`)
		}
		switch said, ok := special[r]; {
		case ok:
			b.WriteString(said)
		case accents[follows(s, i, r)] != "" && r < 0x2000:
			b.WriteString(`\ensuremath{` + accents[follows(s, i, r)] + "{" + inMath(r) + "}}")
		case r < 0x80 && unicode.IsPrint(r):
			b.WriteRune(r)
		default:
			b.WriteString(t.symbol(r))
		}
	}
	return b.String()
}

// follows is the character behind r, which is at i.
func follows(s string, i int, r rune) rune {
	for _, next := range s[i+len(string(r)):] {
		return next
	}
	return 0
}

func inMath(r rune) string {
	if name, ok := greek[r]; ok {
		return name
	}
	return string(r)
}

// math is a formula with its characters beyond ASCII in a form that pdflatex reads.
func (t tex) math(m notation.Math) string {
	var b strings.Builder
	letters := "" // that no font of formulas has
	for _, r := range notation.TeX(m) + "\x00" {
		if cyrillic(r) || strings.ContainsRune(western, r) {
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
			b.WriteString(t.symbol(r))
		}
	}
	return b.String()
}

// symbol is a character beyond ASCII; one that is in no font is written by its number.
func (t tex) symbol(r rune) string {
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
	switch {
	case accents[r] != "":
		return "" // printed with the letter before
	case cyrillic(r):
		return t.letter("T2A", r)
	case strings.ContainsRune(western, r):
		return t.letter("T1", r)
	}
	return fmt.Sprintf("[U+%04X]", r)
}

// letter is a letter from a font in an encoding, in words or in a formula.
func (t tex) letter(encoding string, r rune) string {
	if encoding == t.main {
		return string(r)
	}
	return fmt.Sprintf(`{\fontencoding{%s}\selectfont %c}`, encoding, r)
}
