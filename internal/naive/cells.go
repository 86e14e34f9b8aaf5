package naive

import (
	"strconv"

	"unroll/lang"
)

// cellCalls are the calls of cells in an expression.
func (n *names) cellCalls(e lang.Expr) []*lang.Call {
	var calls []*lang.Call
	lang.Walk(e, func(e lang.Expr) bool {
		if c, ok := e.(*lang.Call); ok && n.cells[c.Fn] != nil {
			calls = append(calls, c)
		}
		return true
	})
	return calls
}

// instantiate makes a call's own names, all with the prefix, and gives the results.
func (n *names) instantiate(call *lang.Call, from *scope, prefix string) []*def {
	cell := n.cells[call.Fn]
	if from.depth > 30 {
		fail("%s calls itself", call.Fn)
	}
	if len(call.Args) != len(cell.Params) {
		fail("%s wants %d arguments", call.Fn, len(cell.Params))
	}
	sc := &scope{prefix: prefix, flip: from.flip != call.Backward, depth: from.depth + 1,
		sizes: map[string]lang.Named{}, caller: from}
	for _, s := range call.Sizes {
		sc.sizes[s.Name] = s
	}
	for i, p := range cell.Params {
		n.add(&def{name: prefix + p.Name, kind: isEquation, expr: call.Args[i], sc: from, argument: true})
	}
	n.body(cell.Body, sc)
	for name := range sc.sizes {
		fail("%s has no size %s", call.Fn, name)
	}
	return n.results(cell, sc)
}

func (n *names) results(cell *lang.Cell, sc *scope) []*def {
	var out []*def
	for _, r := range cell.Results {
		d := n.byKey[sc.prefix+r.Name]
		if d == nil {
			fail("the cell %s has no equation for its result %s", cell.Name, r.Name)
		}
		if r.Shape != nil {
			d.shape, d.shapeSc = r.Shape, sc
		}
		out = append(out, d)
	}
	return out
}

// nameDraws gives each dropout and zoneout its id, innermost first, in order of the text.
func (n *names) nameDraws() {
	count := map[string]int{}
	for _, tx := range n.texts {
		for _, call := range drawCalls(tx.e) {
			id := tx.d.name + "_keep"
			count[id]++
			if count[id] > 1 {
				id += strconv.Itoa(count[id])
			}
			n.draws[site{call, tx.sc}] = id
		}
	}
}

// drawCalls are the calls that draw, what is inside an argument before the call itself.
func drawCalls(e lang.Expr) []lang.Expr {
	var out []lang.Expr
	for _, part := range lang.Parts(e) {
		out = append(out, drawCalls(part)...)
	}
	if c, ok := e.(*lang.Call); ok && (c.Fn == "dropout" || c.Fn == "zoneout") {
		out = append(out, e)
	}
	return out
}
