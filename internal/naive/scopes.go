package naive

import "unroll/lang"

// How far a name reaches: one value for the file, one for each series, or one at each time.
const (
	ofFile = iota
	ofSeries
	ofTime
)

// read is one place where an expression reads a name: at time t + offsets, none meaning t itself.
// d is nil for the time `t`.
type read struct {
	d       *def
	offsets []int
}

func (r read) now() bool { return len(r.offsets) == 1 && r.offsets[0] == 0 }

// earliest is the smallest of the offsets.
func (r read) earliest() int {
	low := r.offsets[0]
	for _, k := range r.offsets {
		low = min(low, k)
	}
	return low
}

// overTime are the functions from steps to a constant.
var overTime = map[string]bool{"first": true, "last": true, "total": true, "average": true, "pooled": true}

// reads lists what an expression itself reads; into says whether to look into `total(...)` too.
func (r *run) reads(e lang.Expr, sc *scope, into bool) []read {
	now := []int{0}
	switch e := e.(type) {
	case *lang.Name:
		if e.Name == "t" {
			return []read{{nil, now}}
		}
		return []read{{r.resolved(e.Name, sc), now}}
	case *lang.Index:
		if offsets, ok := r.offsets(e, sc); ok {
			name, ok := lang.Unparen(e.X).(*lang.Name)
			if !ok {
				fail("a time stands behind what is not a name")
			}
			return []read{{r.resolved(name.Name, sc), offsets}}
		}
	case *lang.Call:
		if d := r.calls[site{e, sc}]; d != nil {
			return []read{{d, now}}
		}
		if overTime[e.Fn] && !into {
			return nil
		}
	}
	var out []read
	for _, part := range lang.Parts(e) {
		out = append(out, r.reads(part, sc, into)...)
	}
	return out
}

// resolved is the definition of a name; for an argument that is a bare name and has no state of
// its own, the definition of that name.
func (r *run) resolved(name string, sc *scope) *def {
	d := r.find(name, sc)
	for d.argument && d.state == nil {
		inner, ok := lang.Unparen(d.expr).(*lang.Name)
		if !ok || inner.Name == "t" {
			return d
		}
		d = r.find(inner.Name, d.sc)
	}
	return d
}

// offsets tells whether the brackets hold times, and which: in the order of the window.
// In a backward call they have the other sign.
func (r *run) offsets(e *lang.Index, sc *scope) ([]int, bool) {
	if len(e.Items) != 1 {
		return nil, false
	}
	lo, ok := r.offset(e.Items[0].Lo, sc)
	if !ok {
		return nil, false
	}
	if e.Items[0].Hi == nil {
		return []int{lo}, true
	}
	hi, ok := r.offset(e.Items[0].Hi, sc)
	if !ok {
		fail("a window has a time at one end only")
	}
	var out []int
	step := 1
	if sc.flip {
		step = -1
	}
	for k := lo; k != hi+step; k += step {
		if len(out) > 100000 {
			fail("a window ends before it begins")
		}
		out = append(out, k)
	}
	return out, true
}

func (r *run) offset(e lang.Expr, sc *scope) (int, bool) {
	off, ok := lang.TimeOf(e)
	if !ok {
		return 0, false
	}
	k := r.constant(off, sc)
	if sc.flip {
		k = -k
	}
	return k, true
}

// constant is a whole number from numbers, sizes and arguments.
func (r *run) constant(e lang.Expr, sc *scope) int {
	if r.reach(e, sc) != ofFile {
		fail("a constant is wanted")
	}
	return toInt(r.eval(e, at{sc: sc}))
}

// reach tells whether an expression is a constant of the file, of a series, or a series.
func (r *run) reach(e lang.Expr, sc *scope) int {
	most := ofFile
	for _, rd := range r.reads(e, sc, false) {
		most = max(most, r.reachOf(rd.d))
	}
	if r.drawsIn(e, sc) {
		return ofTime
	}
	if most < ofSeries && r.hasTotal(e, sc) {
		most = ofSeries
	}
	return most
}

// drawsIn tells whether e draws a number at each step: in training, outside of what is summed up.
func (r *run) drawsIn(e lang.Expr, sc *scope) bool {
	found := false
	lang.Walk(e, func(e lang.Expr) bool {
		c, ok := e.(*lang.Call)
		if !ok {
			return !found
		}
		found = found || r.opt.Training && (c.Fn == "dropout" || c.Fn == "zoneout")
		return !found && !overTime[c.Fn] && r.calls[site{c, sc}] == nil
	})
	return found
}

// hasTotal tells whether first, last, total or average stands in e, outside of pooled.
func (r *run) hasTotal(e lang.Expr, sc *scope) bool {
	found := false
	lang.Walk(e, func(e lang.Expr) bool {
		c, ok := e.(*lang.Call)
		if !ok {
			return !found
		}
		found = found || overTime[c.Fn] && c.Fn != "pooled"
		return !found && c.Fn != "pooled" && r.calls[site{c, sc}] == nil
	})
	return found
}

func (r *run) reachOf(d *def) int {
	switch {
	case d == nil:
		return ofTime
	case d.kind == isSize:
		return ofFile
	case d.kind == isWeight && d.weight.PerSeries, d.kind == isInput && d.input.PerSeries:
		return ofSeries
	case d.kind == isWeight:
		return ofFile
	case d.kind == isInput || d.state != nil:
		return ofTime
	}
	if known, ok := r.reached[d]; ok {
		return known
	}
	r.reached[d] = ofTime // what depends on itself is a series, or a loop
	r.reached[d] = r.reach(d.expr, d.sc)
	return r.reached[d]
}

// inputsAlone tells of an equation whether it has no state and holds only inputs, constants and t,
// so that its lag is the same expression of lagged inputs.
func (r *run) inputsAlone(d *def) bool { return r.alone(d, map[*def]bool{}) }

func (r *run) alone(d *def, seen map[*def]bool) bool {
	if d == nil || d.kind != isEquation || r.reachOf(d) != ofTime {
		return true
	}
	if d.state != nil || seen[d] {
		return false
	}
	seen[d] = true
	defer delete(seen, d)
	for _, rd := range r.reads(d.expr, d.sc, false) {
		if !r.alone(rd.d, seen) {
			return false
		}
	}
	return true
}

// plainInputs tells whether an expression holds only unlagged inputs, t and constants, also through
// equations, and at least one of the first two; it gives the inputs.
func (r *run) plainInputs(e lang.Expr, sc *scope) (inputs []*def, ok bool) {
	found, ok := r.plain(e, sc, map[*def]bool{}, &inputs)
	return inputs, found && ok
}

func (r *run) plain(e lang.Expr, sc *scope, seen map[*def]bool, inputs *[]*def) (found, ok bool) {
	for _, rd := range r.reads(e, sc, false) {
		switch {
		case rd.d == nil:
			found = true
		case r.reachOf(rd.d) != ofTime:
		case !rd.now() || seen[rd.d]:
			return found, false
		case rd.d.kind == isInput:
			found = true
			*inputs = append(*inputs, rd.d)
		default:
			seen[rd.d] = true
			f, ok := r.plain(rd.d.expr, rd.d.sc, seen, inputs)
			delete(seen, rd.d)
			if !ok {
				return found, false
			}
			found = found || f
		}
	}
	return found, true
}

// largestLag is the largest lag, taken in e read `shift` steps ago, of an input without a state.
func (r *run) largestLag(e lang.Expr, sc *scope, shift int, into bool) int {
	largest := 0
	for _, rd := range r.reads(e, sc, into) {
		if rd.d == nil || rd.d.state != nil || r.reachOf(rd.d) != ofTime {
			continue
		}
		lag := shift - rd.earliest()
		if rd.d.kind == isInput {
			largest = max(largest, lag)
		} else if r.inputsAlone(rd.d) {
			largest = max(largest, r.largestLag(rd.d.expr, rd.d.sc, lag, false))
		}
	}
	return largest
}
