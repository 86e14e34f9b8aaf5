package page_test

import (
	"fmt"
	"strings"

	"unroll/explain"
	"unroll/notation"
)

// Formulas by hand, so that these tests don't hang on how names and templates are read.
var (
	plus  = notation.Sign{Text: "+", Kind: notation.Binary}
	minus = notation.Sign{Text: "−", Kind: notation.Binary}
	times = notation.Sign{Text: "·", Kind: notation.Binary}
	equal = notation.Sign{Text: "=", Kind: notation.Relation}
	neg   = notation.Sign{Text: "−", Kind: notation.Prefix}
	yhat  = notation.Accent{Base: notation.Ident{Name: "y"}, Mark: notation.Hat}
)

func ident(name string) notation.Math { return notation.Ident{Name: name} }
func num(text string) notation.Math   { return notation.Number{Text: text} }
func row(all ...notation.Math) notation.Math {
	return notation.Row(all)
}
func at(base notation.Math, sub string) notation.Math {
	return notation.Script{Base: base, Sub: num(sub)}
}
func over(a, b string) notation.Math { return notation.Frac{Above: num(a), Below: num(b)} }
func call(name string, x ...notation.Math) notation.Math {
	return row(ident(name), notation.Fenced{Open: "(", Close: ")", X: row(x...)})
}
func by(of, x notation.Math) notation.Math {
	d := notation.Sign{Text: "∂", Kind: notation.Prefix}
	return notation.Frac{Above: row(d, of), Below: row(d, x)}
}
func say(words ...any) explain.Text {
	var t explain.Text
	for _, w := range words {
		switch w := w.(type) {
		case string:
			t = append(t, explain.Inline{Words: w})
		case notation.Math:
			t = append(t, explain.Inline{Math: w})
		case explain.Inline:
			t = append(t, w)
		}
	}
	return t
}
func is(sign string, x notation.Math) explain.Link { return explain.Link{Sign: sign, X: x} }

// tongue picks what is said in a language.
type tongue string

func (l tongue) say(en, ru string) string {
	if l == "ru" {
		return ru
	}
	return en
}

const drawing = `<svg xmlns="http://www.w3.org/2000/svg" class="unrolled" viewBox="0 0 300 70" width="300">
<g class="edge" data-from="h.1" data-to="h.2"><path d="M86 35H206" stroke="#444" stroke-width="2"/></g>
<g class="node" data-mark="h.1"><title>h at 1</title><circle cx="60" cy="35" r="26" fill="#eef" stroke="#446"/><text x="60" y="40" text-anchor="middle">h₁ = 0</text></g>
<g class="node" data-mark="h.2"><title>h at 2</title><circle cx="232" cy="35" r="26" fill="#eef" stroke="#446"/><text x="232" y="40" text-anchor="middle">½</text></g>
</svg>`

// rich is a document with a part of every kind, as a neuron's worked solution has them.
func rich(lang string) *explain.Document {
	l := tongue(lang)
	h, y, w, v, u := ident("h"), ident("y"), ident("w"), ident("v"), ident("u")
	return &explain.Document{
		Lang:  lang,
		Title: "sheet_1.cell",
		Lead: say(l.say("Feed ", "Подача "), explain.Inline{Words: "--feed observed:1", Code: true},
			l.say("; the first step is ", "; первый шаг "), row(ident("t"), equal, num("1")),
			l.say(", because of ", " — из-за "), explain.Inline{Words: "y[t-1]", Code: true}, l.say(" in line 6.", " в строке 6.")),
		From: map[string][]string{"h.2": {"h.1", "y.1"}, "yhat.2": {"h.2"}, "</script>": {"<b>"}},
		Parts: []explain.Part{
			explain.Section{ID: "equations", Title: say(l.say("Equations", "Уравнения")), Level: 1, Parts: []explain.Part{
				explain.Code{Text: "# " + l.say("A neuron", "Нейрон: ŷ из h") + "\nstate  h = 0\nh    = relu(w*h[t-1] + v*y[t-1])\nyhat = relu(u*h)\ny ~ squared(yhat)\n"},
				explain.List{Items: []explain.Text{
					say(row(h), l.say(" is what the neuron remembers, ", " — то, что нейрон помнит, "), yhat, l.say(" its forecast of ", " — его прогноз "), y, l.say("; 100 % of_it & more.", "; 100 % того_же & ещё.")),
					say(l.say("Plain ŷ, σ, ∂L → −1 … «quotes» “and” — dashes.", "Просто ŷ, σ, ∂L → −1 … «кавычки» „и“ — тире.")),
					say("* not a list; _not_ a <b>tag</b> | no bar $5 #1 ~x^2 \\ `tick` [link](x) & {brace}"),
				}},
				explain.Figure{SVG: drawing, Alt: l.say("Two neurons, the first read by the second", "Два нейрона, второй читает первый"), Caption: say(l.say("Unrolled over time.", "Развёртка во времени."))},
			}},
			explain.Section{ID: "forward", Title: say(l.say("Forward", "Прямой проход")), Level: 1, Parts: []explain.Part{
				explain.Para{Text: say(l.say("Each step reads the one before. At ", "Каждый шаг читает предыдущий. При "), row(ident("t"), equal, num("2")),
					l.say(" the neuron sees the observed value, and from the next step on it sees its own forecast, ", " нейрон видит наблюдение, а со следующего шага — собственный прогноз, "),
					at(yhat, "2"), l.say(", as if it were data. This is ", ", как если бы это были данные. Это "), explain.Inline{Words: l.say("not", "не"), Strong: true}, l.say(" in the equations: it is a choice.", " записано в уравнениях: это выбор."))},
				explain.Chains{Lines: []explain.Chain{
					{Left: at(h, "1"), Mark: "h.1", Links: []explain.Link{is("=", num("0"))}, Say: say(l.say("given", "дано"))},
					{Left: at(h, "2"), Mark: "h.2", Links: []explain.Link{
						is("=", call("relu", w, times, at(h, "1"), plus, v, times, at(y, "1"))),
						is("=", call("relu", num("0.5"), times, num("0"), plus, num("0.5"), times, num("1"))),
						is("=", call("relu", over("1", "2"))), is("=", over("1", "2")), is("=", num("0.5"))},
						Say: say(l.say("positive, so relu passes it", "больше нуля, и relu его пропускает"))},
					{Left: at(yhat, "2"), Mark: "yhat.2", Links: []explain.Link{is("=", call("relu", u, times, at(h, "2"))), is("=", over("1", "4")), is("≈", num("0.25"))}},
				}},
				steps(l, 5, 0),
				steps(l, 8, 16),
			}},
			explain.Section{ID: "backward", Title: say(l.say("Backward", "Обратный проход")), Level: 1, Parts: []explain.Part{
				explain.Section{ID: "long", Title: say(l.say("Long formulas", "Длинные формулы")), Level: 2, Parts: []explain.Part{
					explain.Chains{Lines: []explain.Chain{long(l)}},
				}},
				explain.Box{Kind: explain.Remark, Title: say(l.say("Through ", "Через "), at(yhat, "2"), l.say(" nothing comes back", " ничего не возвращается")), Parts: []explain.Part{
					explain.Para{Text: say(l.say("The forecast was taken for a number.", "Прогноз считался числом."))},
					explain.Chains{Lines: []explain.Chain{{Left: by(ident("L"), at(yhat, "2")), Links: []explain.Link{is("=", row(neg, over("29", "8")))}}}},
					steps(l, 2, 0),
				}},
				explain.Box{Kind: explain.Check, Parts: []explain.Part{explain.Para{Text: say(l.say("The difference quotient agrees.", "Разностное отношение совпадает."))}}},
				explain.Box{Kind: explain.Warning, Title: say(l.say("Rounded", "Округлено")), Parts: []explain.Part{explain.List{Items: []explain.Text{say("1"), say("2")}}}},
				explain.Para{Text: say(strings.Repeat("0123456789", 12))},
			}},
		},
	}
}

// steps is a table of some steps and of 3 + more columns.
func steps(l tongue, n, more int) explain.Table {
	t := explain.Table{Caption: say(l.say("Every step", "Все шаги")), Head: []explain.Text{say(ident("t")), say(ident("h")), say(yhat), say(l.say("score of ", "оценка "), ident("y"))}}
	for i := range more {
		t.Head = append(t.Head, say(fmt.Sprintf("x%d|%d", i, i)))
	}
	for i := range n {
		r := []explain.Cell{
			{Text: say(fmt.Sprint(i + 1))}, {Text: say("1/2 = 0.5"), Mark: fmt.Sprintf("h.%d", i+1)},
			{Text: say(row(neg, over("3", "16"))), Mark: fmt.Sprintf("yhat.%d", i+1)}, {Text: say("841/256 = 3.28515625")},
		}
		for j := range more {
			r = append(r, explain.Cell{Text: say(notation.Fenced{Open: "|", Close: "|", X: num(fmt.Sprint(j * 111))})})
		}
		t.Rows = append(t.Rows, r)
	}
	if n > 4 {
		t.Left, t.LeftAt, t.LeftSay = 36, 2, say(l.say("36 steps left out", "пропущено 36 шагов"))
	}
	return t
}

// long is a derivative with more terms than a line has room for.
func long(l tongue) explain.Chain {
	var sum []notation.Math
	for i := range 14 {
		if i > 0 {
			sum = append(sum, []notation.Math{plus, minus}[i%2])
		}
		sum = append(sum, by(ident("L"), at(ident("h"), fmt.Sprint(i))), times, at(ident("y"), fmt.Sprint(i)))
	}
	return explain.Chain{Left: by(ident("L"), ident("w")), Mark: "d_w", Links: []explain.Link{is("=", row(sum...)), is("=", row(neg, over("29", "32"))), is("=", row(neg, num("0.90625")))},
		Say: say(l.say("the sum over all steps, each of which says how much the loss at that step changes when the weight does", "сумма по всем шагам; каждое слагаемое говорит, как меняется потеря на этом шаге, когда меняется вес"))}
}
