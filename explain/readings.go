package explain

import (
	"slices"

	"unroll/graph"
	"unroll/notation"
	"unroll/series"
	"unroll/words"
)

// fedValue is an own forecast that an equation was given in place of an observed value.
type fedValue struct {
	node       *graph.Node // what the equations see
	input, own *graph.Node // own: what was fed, with its lag
	series     int
	at, of     int // the step that read it, and the time that the value is about
}

// fed are the forecasts that were fed, by series and step.
func (l *teller) fed() []fedValue {
	var all []fedValue
	for _, n := range l.Graph.Nodes {
		if n.Fed == "" || n.Args[1].Kind == graph.Window {
			continue
		}
		input, k := n.Args[1], 0
		if input.Kind == graph.Shift {
			input, k = input.Args[0], input.K
		}
		first := 0
		if l.stated(n.Fed) {
			first = l.Graph.T0 // before it the equations see the state
		}
		for i := range l.v.Series() {
			for t := max(l.Graph.T0, first+k); t < l.v.T(i); t++ {
				if c := l.v.At(n.Args[0], i, t); c.Len() == 1 && c.Float64(0) == 0 {
					all = append(all, fedValue{n, input, unstopped(n.Args[2]), i, t, t - k})
				}
			}
		}
	}
	return all
}

// stated tells whether an input has a state.
func (l *teller) stated(input string) bool {
	return slices.ContainsFunc(l.Graph.States, func(s *graph.State) bool { return s.Node.Kind == graph.Input && s.Node.Name == input })
}

// readings says which y the equations saw, and what the other ways of feeding give.
func (l *teller) readings() ([]Part, error) {
	if !l.feedMatters() {
		return nil, nil
	}
	box := Box{Kind: Remark, Title: l.say("How the sheet is read: {feed}", words.A("feed", typed("--feed "+l.Choices.Feed.String())))}
	if fed := l.fed(); len(fed) > 0 {
		box.Parts = append(box.Parts, l.fedSentences(fed)...)
	} else {
		box.Parts = append(box.Parts, l.para("The equations were given the observed values throughout."))
	}
	table, differ := l.otherReadings()
	if !differ {
		return nil, nil
	}
	box.Parts = append(box.Parts, l.para("The equations do not say so: it is a choice, and it changes the answer. All readings:"), table)
	if l.inReadings() == nil {
		box.Parts = append(box.Parts, l.para("The derivatives differ with the reading too, and with `--feedback`; there is no room for them here."))
	}
	return []Part{box}, nil
}

// feedMatters tells whether the equations read what the cell also forecasts.
func (l *teller) feedMatters() bool {
	return l.Graph.Loss != nil && !l.draws() && l.Rebind != nil && l.readsForecast() && l.may(maxReadings)
}

const (
	maxReadings = 6 // that a cell has
	maxFed      = 4 // forecasts that are told one by one
)

func (l *teller) fedSentences(fed []fedValue) []Part {
	var all []Part
	for i, f := range fed {
		if i == maxFed && len(fed) > maxFed+1 {
			all = append(all, l.para("And so at {n} further {n|step|steps}.", words.A("n", len(fed)-maxFed)))
			break
		}
		own := l.p.formula(f.own, moment{series: f.series, t: f.at})
		value := l.v.At(f.own, f.series, f.at)
		if f.own.Kind == graph.Shift {
			value = l.v.At(f.own.Args[0], f.series, f.at-f.own.K)
		}
		if datum := l.datum(f.input.Name, f.series, f.of); !datum.HasAll() {
			all = append(all, l.para("{y} is missing: at {t} the equations were given the cell's own forecast {own}.",
				words.A("t", l.atIn(f.series, f.at)), words.A("own", relationOf(own, l.p.relation(value))), words.A("y", notation.At(notation.Symbol(f.input.Name), notation.Int(f.of)))))
			continue
		}
		seen := notation.Fill(template(`#1 = #2`), notation.At(notation.Symbol(f.input.Name), notation.Int(f.of)), l.p.write(l.datum(f.input.Name, f.series, f.of), decimals))
		all = append(all, l.para("At {t} the equations were given the cell's own forecast {own}, not the observed {y}.",
			words.A("t", l.atIn(f.series, f.at)), words.A("own", relationOf(own, l.p.relation(value))), words.A("y", seen)))
	}
	if l.Choices.Stop {
		all = append(all, l.para("To the derivative such a forecast is a number (`--feedback stop`): nothing goes back through it."))
	} else {
		all = append(all, l.para("The derivative goes back through such a forecast too (`--feedback grad`)."))
	}
	return all
}

// atIn is a time as it is said, with the series where there are several.
func (l *teller) atIn(series, t int) Text {
	if !l.p.many {
		return formula(at(t))
	}
	return append(formula(at(t)), l.say(" of series {id}", words.A("id", l.ids()[series]))...)
}

// relationOf is a name and its first relation: ŷ_2 = 1/4.
func relationOf(left notation.Math, links []Link) notation.Math {
	return notation.Row{left, notation.Sign{Text: links[0].Sign, Kind: notation.Relation}, links[0].X}
}

// reading is one way of feeding.
type reading struct {
	feed graph.Feed
	stop bool
}

// otherReadings solves the cell in every reading, and tells whether they differ.
func (l *teller) otherReadings() (Table, bool) {
	k := l.Choices.Feed
	if k.Mode != graph.ObservedTo {
		k = graph.Feed{Mode: graph.ObservedTo, K: l.Graph.T0}
	}
	var rows []readingRow
	for _, r := range []reading{{}, {stop: true}, {feed: graph.Feed{Mode: graph.Free}}, {graph.Feed{Mode: graph.Free}, true}, {feed: k}, {k, true}} {
		if r.stop && l.inReadings() == nil {
			continue // it has the same loss, and there is no room for the derivatives
		}
		row, err := l.read(r)
		if err != nil {
			continue // a reading that the cell doesn't allow, or that leads to what is undefined
		}
		if n := len(rows); n > 0 && rows[n-1].feed == row.feed && rows[n-1].same(row) {
			rows[n-1].feedback = Text{{Words: "–"}}
			continue
		}
		rows = append(rows, row)
	}
	differ := false
	for _, r := range rows {
		differ = differ || !r.same(rows[0])
	}
	return l.readingTable(rows), differ
}

// readingRow is what a reading gives.
type readingRow struct {
	feed     string
	feedback Text
	values   []series.Array // that the table has room for: the loss, and the derivatives by weights that are numbers
	all      []series.Array // the loss and every derivative by a weight
}

func (r readingRow) same(o readingRow) bool {
	return slices.EqualFunc(r.all, o.all, series.Array.Equal)
}

func (l *teller) read(r reading) (readingRow, error) {
	choices := l.Choices
	choices.Feed, choices.Stop = r.feed, r.stop
	c, err := l.Rebind(choices)
	if err != nil {
		return readingRow{}, err
	}
	s, err := solve(c)
	if err != nil {
		return readingRow{}, err
	}
	row := readingRow{feed: r.feed.String(), feedback: Text{typed("grad")}, values: []series.Array{s.v.At(s.Graph.Loss, 0, 0)}}
	switch {
	case r.stop:
		row.feedback = Text{typed("stop")}
	}
	for _, w := range l.inReadings() {
		row.values = append(row.values, s.v.At(s.d.Weight[w.Name], 0, 0))
	}
	row.all = append(row.all, row.values[0])
	for _, w := range l.trained() {
		for i := range s.v.Series() {
			row.all = append(row.all, s.v.At(s.d.Weight[w.Name], i, 0))
		}
	}
	return row, nil
}

// numbersOf are the weights whose derivatives a small table has room for.
func (l *teller) numbersOf() []*graph.Param {
	var all []*graph.Param
	for _, w := range l.trained() {
		if w.Node.Shape.Len() <= maxShown && !w.PerSeries && len(all) < maxShown {
			all = append(all, w)
		}
	}
	return all
}

// inReadings are the weights of the table of readings: all of them, if it has room for all.
func (l *teller) inReadings() []*graph.Param {
	if all := l.numbersOf(); len(all) == len(l.trained()) {
		return all
	}
	return nil
}

func (l *teller) readingTable(rows []readingRow) Table {
	t := Table{Head: []Text{{typed("--feed")}}}
	gradients := len(l.inReadings()) > 0
	if gradients {
		t.Head = append(t.Head, Text{typed("--feedback")})
	}
	t.Head = append(t.Head, formula(l.p.loss()))
	for _, w := range l.inReadings() {
		t.Head = append(t.Head, formula(l.slope(w, -1)))
	}
	for _, r := range rows {
		cells := []Cell{{Text: Text{typed(r.feed)}}}
		if gradients {
			cells = append(cells, Cell{Text: r.feedback})
		}
		for i := range r.values {
			cells = append(cells, Cell{Text: l.p.number(r.values[i])})
		}
		t.Rows = append(t.Rows, cells)
	}
	return t
}
