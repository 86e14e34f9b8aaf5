package notation

// Terms are the pieces of a formula between which a line may be broken: at the plus and minus signs
// of a sum, each later piece beginning with its sign. Where the formula isn't a sum but ends in one
// between brackets, as a function's argument, it is broken there: such pieces have a bracket open.
func Terms(m Math) []Math {
	row := pieces(m)
	if out := split(row); len(out) > 1 || len(row) == 0 {
		return out
	}
	last := len(row) - 1
	f, ok := row[last].(Fenced)
	if !ok {
		return []Math{m}
	}
	out := split(pieces(f.X))
	if len(out) == 1 {
		return []Math{m}
	}
	end := len(out) - 1
	out[0] = joined(row[:last], Fenced{Open: f.Open, X: out[0]})
	out[end] = Fenced{Close: f.Close, X: out[end]}
	return out
}

// split cuts a row before each plus and minus between terms.
func split(row []Math) []Math {
	var out []Math
	from := 0
	for i, p := range row {
		if i > from && isTerm(p) {
			out = append(out, joined(row[from:i], nil))
			from = i
		}
	}
	return append(out, joined(row[from:], nil))
}

// joined is a part of a row, with one more piece behind it.
func joined(part []Math, more Math) Math {
	return row(flat(append(Row{}, part...), more), Row{})
}
