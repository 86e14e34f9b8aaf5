package lang

// list reads the items of a declaration, and lets each that has nothing of its own share what the
// next has.
func list[T any](p *parser, item func() T, bare func(*T) bool, share func(to, from *T)) []T {
	var out []T
	for {
		out = append(out, item())
		if !p.accept(",") {
			break
		}
	}
	for i := len(out) - 2; i >= 0; i-- {
		if bare(&out[i]) && !bare(&out[i+1]) {
			share(&out[i], &out[i+1])
		}
	}
	return out
}

func (p *parser) sizes() []SizeItem { return list(p, p.size, (*SizeItem).bare, (*SizeItem).share) }

func (s *SizeItem) bare() bool { return s.Default == nil }

func (s *SizeItem) share(from *SizeItem) { s.Default, s.Shared = from.Default, true }

func (p *parser) size() (s SizeItem) {
	s.At, s.Name = p.define()
	if k := p.tok(); k.is("[") {
		p.fail(k.at, "a size is a number and has no shape", "write size "+s.Name+" = 16")
	}
	if p.accept("=") {
		s.Default = p.expr()
	}
	return s
}

func (p *parser) inputs() []InputItem {
	return list(p, p.input, (*InputItem).bare, (*InputItem).share)
}

func (in *InputItem) bare() bool { return in.In == nil && !in.Known && !in.PerSeries }

func (in *InputItem) share(from *InputItem) {
	in.In, in.Known, in.PerSeries, in.Shared = from.In, from.Known, from.PerSeries, true
}

func (p *parser) input() (in InputItem) {
	in.At, in.Name = p.define()
	in.Shape = p.shape()
	if p.accept("in") {
		in.In = p.binary(sum)
	}
	in.Known = p.accept("known")
	in.PerSeries = p.perSeries()
	switch k := p.tok(); {
	case k.is("="):
		p.fail(k.at, "an input has no value in the file", "its values come from the data; for a number of the file write weight "+in.Name+" fixed = …")
	case k.is("in") || k.is("known") || k.is("per"):
		p.fail(k.at, k.text+" stands too late", "the parts of an input stand in the order in V, known, per series")
	}
	return in
}

// perSeries reads `per series` if it is there.
func (p *parser) perSeries() bool {
	if !p.accept("per") {
		return false
	}
	p.expect("series", "write per series")
	return true
}

func (p *parser) states() []StateItem {
	items := list(p, p.state, (*StateItem).bare, (*StateItem).share)
	if last := items[len(items)-1]; last.Start == nil && p.tok().kind == end {
		p.fail(last.At, "a state needs its start", "write state "+last.Name+" = 0")
	}
	return items
}

func (s *StateItem) bare() bool { return s.Start == nil }

func (s *StateItem) share(from *StateItem) { s.Start, s.Shared = from.Start, true }

func (p *parser) state() (s StateItem) {
	s.At, s.Name = p.define()
	s.Shape = p.shape()
	if k := p.tok(); k.is("~") {
		p.fail(k.at, "a state starts with =", "for a learnt start write weight "+s.Name+"0 and state "+s.Name+" = "+s.Name+"0")
	}
	if p.accept("=") {
		s.Start = p.expr()
	}
	return s
}

func (p *parser) weights() []WeightItem {
	return list(p, p.weight, (*WeightItem).bare, (*WeightItem).share)
}

func (w *WeightItem) bare() bool {
	return w.Lo == nil && w.Hi == nil && !w.PerSeries && !w.Fixed && w.Start == nil && w.Draw == nil
}

func (w *WeightItem) share(from *WeightItem) {
	at, name, shape := w.At, w.Name, w.Shape
	*w = *from
	w.At, w.Name, w.Shape, w.Shared = at, name, shape, true
}

const weightOrder = "the parts of a weight stand in the order in (lo, hi), per series, fixed, = start"

func (p *parser) weight() (w WeightItem) {
	w.At, w.Name = p.define()
	w.Shape = p.shape()
	p.bounds(&w)
	w.PerSeries = p.perSeries()
	w.Fixed = p.accept("fixed")
	switch {
	case p.accept("="):
		w.Start = p.binary(sum)
	case p.accept("~"):
		w.Draw = p.draw()
	}
	switch k := p.tok(); {
	case k.is("in"), k.is("per"), k.is("fixed"), k.is("="), k.is("~"), k.level() == comparison:
		p.fail(k.at, k.text+" stands too late", weightOrder)
	case k.is("known"):
		p.fail(k.at, "only inputs are known", "delete it")
	}
	return w
}

// bounds reads the interval that a weight is kept in: `in (lo, hi)`, `> lo` or `< hi`.
func (p *parser) bounds(w *WeightItem) {
	switch k := p.tok(); {
	case p.accept("in"):
		p.expect("(", "an interval is written in (0, 1)")
		w.Lo = p.expr()
		p.expect(",", "an interval is written in (0, 1)")
		w.Hi = p.expr()
		p.expect(")", "an interval is written in (0, 1)")
	case p.accept(">"):
		w.Lo = p.binary(sum)
	case p.accept("<"):
		w.Hi = p.binary(sum)
	case k.level() == comparison:
		p.fail(k.at, "an interval of a weight is open", "write > 0, < 1 or in (0, 1)")
	}
	if k := p.tok(); k.level() == comparison && (w.Lo != nil || w.Hi != nil) {
		p.fail(k.at, "a weight has one constraint", "write an interval: in (0, 1)")
	}
}

// draw reads a random start: `glorot`, `normal(0, 1)`.
func (p *parser) draw() *Call {
	k := p.tok()
	if k.kind != name {
		p.expected("a distribution", "write ~ glorot, ~ normal(0, 1) or another")
		return nil
	}
	p.next()
	if p.tok().is("(") {
		return p.call(k)
	}
	return &Call{At: k.at, Fn: k.text, Text: k.text}
}

func (p *parser) uses() []UseItem {
	return list(p, p.use, func(*UseItem) bool { return false }, nil)
}

func (p *parser) use() UseItem {
	k := p.tok()
	switch {
	case k.kind == quoted && k.text == "":
		p.fail(k.at, "the path is empty", `write use "mine.cell"`)
	case k.kind == quoted:
		p.next()
	case isDotted(k.text) && k.kind == name:
		p.fail(k.at, "the path of a file stands in quotes", `write use "`+k.raw+`"`)
	default:
		at, name := p.define()
		return UseItem{At: at, Name: name}
	}
	return UseItem{At: k.at, Name: k.text, Path: true}
}
