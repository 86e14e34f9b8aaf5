package notation

import "strings"

// times is a product that is written by standing beside each other (the invisible times of Unicode).
const times = "\u2062"

// signs are the operators, relations and commas that can be printed and read, with their TeX.
var signs = []struct {
	text, tex string
	kind      SignKind
}{
	{"+", "+", Binary},
	{"−", "-", Binary},
	{"±", `\pm`, Binary},
	{"·", `\cdot`, Binary},
	{times, `\,`, Binary},
	{"×", `\times`, Binary},
	{"⊙", `\odot`, Binary},
	{"mod", `\bmod`, Binary},
	{"=", "=", Relation},
	{"≠", `\ne`, Relation},
	{"≈", `\approx`, Relation},
	{"<", "<", Relation},
	{"≤", `\le`, Relation},
	{">", ">", Relation},
	{"≥", `\ge`, Relation},
	{"∼", `\sim`, Relation},
	{"←", `\leftarrow`, Relation},
	{"→", `\to`, Relation},
	{"∝", `\propto`, Relation},
	{"∈", `\in`, Relation},
	{"|", `\mid`, Relation},
	{":", ":", Relation},
	{"∂", `\partial`, Prefix},
	{",", ",", Comma},
	{";", ";", Comma},
	{"…", `\ldots`, Dots},
	{"⋯", `\cdots`, Dots},
	{"⋮", `\vdots`, Dots},
	{"′", `\prime`, Dots},
}

// signTeX is the TeX of a sign; one that isn't known is set upright.
func signTeX(s Sign) string {
	if letter, ok := greekTeX(s.Text); ok {
		return letter
	}
	for _, g := range signs {
		if g.text == s.Text {
			return g.tex
		}
	}
	return `\mathbin{\text{` + escapeTeX(s.Text) + `}}`
}

// signOf is the sign that a piece of TeX stands for.
func signOf(tex string) (Sign, bool) {
	for _, g := range signs {
		if g.tex == tex {
			return Sign{g.text, g.kind}, true
		}
	}
	return Sign{}, false
}

type fence struct{ open, close, texOpen, texClose string }

// fences are the brackets, with their TeX. Those of a norm and of an absolute value have an opening
// and a closing form, so that no bare | stands in a table of Markdown.
var fences = []fence{
	{"(", ")", "(", ")"},
	{"[", "]", "[", "]"},
	{"|", "|", `\lvert`, `\rvert`},
	{"‖", "‖", `\lVert`, `\rVert`},
	{"⌊", "⌋", `\lfloor`, `\rfloor`},
	{"⌈", "⌉", `\lceil`, `\rceil`},
	{"{", "}", `\{`, `\}`},
}

// openTeX and closeTeX are the TeX of a bracket, "." where there is none.
func openTeX(s string) string {
	for _, f := range fences {
		if f.open == s {
			return f.texOpen
		}
	}
	return "."
}

func closeTeX(s string) string {
	for _, f := range fences {
		if f.close == s {
			return f.texClose
		}
	}
	return "."
}

// greek are the letters that have a name in TeX.
var greek = []struct{ letter, tex string }{
	{"α", "alpha"}, {"β", "beta"}, {"γ", "gamma"}, {"δ", "delta"}, {"ε", "varepsilon"},
	{"ζ", "zeta"}, {"η", "eta"}, {"θ", "theta"}, {"ι", "iota"}, {"κ", "kappa"},
	{"λ", "lambda"}, {"μ", "mu"}, {"ν", "nu"}, {"ξ", "xi"}, {"π", "pi"}, {"ρ", "rho"},
	{"σ", "sigma"}, {"τ", "tau"}, {"υ", "upsilon"}, {"φ", "varphi"}, {"χ", "chi"}, {"ψ", "psi"},
	{"ω", "omega"}, {"ϵ", "epsilon"}, {"ϕ", "phi"}, {"ϑ", "vartheta"}, {"ϱ", "varrho"},
	{"ς", "varsigma"}, {"ϖ", "varpi"},
	{"Γ", "Gamma"}, {"Δ", "Delta"}, {"Θ", "Theta"}, {"Λ", "Lambda"}, {"Ξ", "Xi"}, {"Π", "Pi"},
	{"Σ", "Sigma"}, {"Υ", "Upsilon"}, {"Φ", "Phi"}, {"Ψ", "Psi"}, {"Ω", "Omega"},
	{"⊤", "top"}, {"∞", "infty"}, {"ℓ", "ell"},
}

func greekTeX(letter string) (string, bool) {
	for _, g := range greek {
		if g.letter == letter {
			return `\` + g.tex, true
		}
	}
	return "", false
}

func greekLetter(tex string) (string, bool) {
	for _, g := range greek {
		if g.tex == tex {
			return g.letter, true
		}
	}
	return "", false
}

// functions are the functions that TeX has a command for.
var functions = strings.Fields("log exp sin cos tan sinh cosh tanh max min arg sup inf lim det dim gcd ln")

// marks are the accents: their command, their combining character, what stands above in MathML, and
// the letters that Unicode has in one piece, each followed by what it becomes.
var marks = []struct {
	name, combining, above string
	composed               string
}{
	Hat:   {"hat", "\u0302", "ˆ", "AÂCĈEÊGĜHĤIÎJĴOÔSŜUÛWŴYŶZẐaâcĉeêgĝhĥiîjĵoôsŝuûwŵyŷzẑ"},
	Bar:   {"bar", "\u0304", "¯", "AĀEĒGḠIĪOŌUŪYȲaāeēgḡiīoōuūyȳΑᾹΙῙΥῩαᾱιῑυῡ"},
	Tilde: {"tilde", "\u0303", "˜", "AÃEẼIĨNÑOÕUŨVṼYỸaãeẽiĩnñoõuũvṽyỹ"},
	Dot: {"dot", "\u0307", "˙",
		"AȦBḂCĊDḊEĖFḞGĠHḢIİMṀNṄOȮPṖRṘSṠTṪWẆXẊYẎZŻaȧbḃcċdḋeėfḟgġhḣmṁnṅoȯpṗrṙsṡtṫwẇxẋyẏzż"},
}

// markOf is the mark of a name, -1 if there is none.
func markOf(name string) Mark {
	for m := range marks {
		if marks[m].name == name {
			return Mark(m)
		}
	}
	return -1
}

// accented is a letter with its mark, in one piece where Unicode has it (NFC).
func accented(base string, m Mark) string {
	letters := []rune(marks[m].composed)
	for i := 0; i+1 < len(letters); i += 2 {
		if string(letters[i]) == base {
			return string(letters[i+1])
		}
	}
	return base + marks[m].combining
}

// unaccented takes a letter and its mark apart.
func unaccented(s string) (base string, m Mark, ok bool) {
	for m := range marks {
		if base, ok := strings.CutSuffix(s, marks[m].combining); ok && len([]rune(base)) == 1 {
			return base, Mark(m), true
		}
		letters := []rune(marks[m].composed)
		for i := 0; i+1 < len(letters); i += 2 {
			if string(letters[i+1]) == s {
				return string(letters[i]), Mark(m), true
			}
		}
	}
	return "", 0, false
}
