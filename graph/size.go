package graph

import (
	"math/big"

	"unroll/lang"
)

// bindSizes gives each size of the file its value: as given, its default, or from the data.
func (p *program) bindSizes(top *env) {
	for name := range p.choices.Sizes {
		if !HasSize(p.file, name) {
			p.errorf(lang.Pos{}, "--size %s: the file has no size of that name%s", name, maybeOf(name, "its sizes", p.sizeNames()))
		}
	}
	for _, s := range p.file.Stmts {
		if in, ok := s.(*lang.Input); ok {
			for _, it := range in.Items {
				p.sizeFromData(top, it)
			}
		}
	}
	for _, s := range p.file.Stmts {
		if sz, ok := s.(*lang.Size); ok {
			for _, it := range sz.Items {
				if p.sizes[it.Name] != nil {
					p.sizeOf(top, p.sizes[it.Name])
				}
			}
		}
	}
}

// sizeNames are the sizes of the file, with those that only inputs name.
func (p *program) sizeNames() []string {
	all := map[string]bool{}
	for name := range p.sizes {
		all[name] = true
	}
	for _, s := range p.file.Stmts {
		if in, ok := s.(*lang.Input); ok {
			for _, it := range in.Items {
				for _, e := range inputSizes(it) {
					if n, ok := lang.Unparen(e).(*lang.Name); ok {
						all[n.Name] = true
					}
				}
			}
		}
	}
	return keys(all)
}

func inputSizes(it lang.InputItem) []lang.Expr {
	var all []lang.Expr
	if it.Shape != nil {
		all = append(all, it.Shape.Dims...)
	}
	if it.In != nil {
		all = append(all, it.In)
	}
	return all
}

// sizeFromData makes the sizes that an input names known, if nothing else says what they are.
func (p *program) sizeFromData(v *env, it lang.InputItem) {
	take := func(e lang.Expr, fact int) {
		n, ok := lang.Unparen(e).(*lang.Name)
		if !ok || n.Name == "t" {
			return
		}
		s := p.sizes[n.Name]
		if _, other := v.names[n.Name]; other && s == nil {
			return // which is reported as not being a size
		}
		if s == nil {
			s = &size{name: n.Name, at: n.At}
			p.sizes[n.Name] = s
		}
		if s.value == 0 && s.deflt == nil && p.choices.Sizes[n.Name] == 0 {
			s.value = fact
		}
		if s.value > maxSize {
			p.errorf(n.At, "the data make size %s %d, and the most is %d; look for a value that isn't meant", s.name, s.value, maxSize)
			s.value, p.shaky = 1, true
		}
	}
	facts := p.choices.Facts
	if it.Shape != nil && len(it.Shape.Dims) > 0 {
		take(it.Shape.Dims[0], facts.Width[it.Name])
	}
	if it.In != nil {
		take(it.In, facts.Classes[it.Name])
	}
}

// assumptions stand in for sizes that only data can tell: distinct, so that shapes that meet by
// chance don't pass for shapes that must.
var assumptions = []int{5, 7, 11, 13, 17, 19, 23}

func (p *program) sizeOf(v *env, s *size) int {
	if s.value != 0 {
		return s.value
	}
	if s.busy {
		p.errorf(s.at, "size %s is defined by itself; give it a number", s.name)
		return 1
	}
	s.busy = true
	defer func() { s.busy = false }()
	given, ok := p.choices.Sizes[s.name]
	faults := len(p.errs)
	defer func() { p.shaky = p.shaky || len(p.errs) > faults }()
	switch {
	case ok:
		s.value = p.wholeSize(big.NewRat(int64(given), 1), s.at, s.name)
	case s.deflt != nil:
		if val, ok := v.static(s.deflt); ok {
			s.value = p.wholeSize(val, s.deflt.Pos(), s.name)
		} else {
			p.errorf(s.deflt.Pos(), "%s is not a size%s", lang.PrintExpr(s.deflt), v.sizeHelp(s.deflt))
			s.value = 1
		}
	case p.choices.Assume:
		s.value = assumptions[len(p.assumed)%len(assumptions)]
		p.assumed[s.name] = s.value
	default:
		p.errorf(s.at, "size %s is not known; the data would tell it, or give --size %s=16", s.name, s.name)
		s.value = 1
	}
	return s.value
}

func (p *program) wholeSize(v *big.Rat, at lang.Pos, name string) int {
	if !v.IsInt() || v.Sign() <= 0 {
		p.errorf(at, "size %s would be %s; a size is a whole number of at least 1", name, v.RatString())
		return 1
	}
	if !v.Num().IsInt64() || v.Num().Int64() > maxSize {
		p.errorf(at, "size %s is too large; the most is %d", name, maxSize)
		return 1
	}
	return int(v.Num().Int64())
}

// dims are the dimensions of a declared shape.
func (v *env) dims(s *lang.Shape, by string) []dimension {
	out := []dimension{}
	entries := 1
	for _, e := range s.Dims {
		d := dimension{n: 1, at: e.Pos(), by: by}
		if n, ok := v.static(e); ok {
			faults := len(v.p.errs)
			if d.n = v.p.wholeSize(n, e.Pos(), "of "+by); len(v.p.errs) > faults {
				d.n = 0
			}
		} else {
			v.p.errorf(e.Pos(), "%s is not a size%s", lang.PrintExpr(e), v.sizeHelp(e))
			d.n = 0
		}
		entries *= max(1, d.n)
		out = append(out, d)
	}
	if len(out) > 2 {
		v.p.errorf(s.At, "a value is a number, a vector or a matrix; give at most two dimensions")
		return []dimension{{by: by, at: s.At}, {by: by, at: s.At}}
	}
	if entries > maxEntries {
		v.p.errorf(s.At, "%s would have %d entries; the most is %d", by, entries, maxEntries)
	}
	return out
}

// sizeHelp says what may stand where a size is wanted: the size that was meant, most likely.
func (v *env) sizeHelp(e lang.Expr) string {
	n, ok := lang.Unparen(e).(*lang.Name)
	if !ok {
		return "; a size is a whole number, or made of sizes"
	}
	var sizes []string
	for name, b := range v.names {
		if b.static != nil {
			sizes = append(sizes, name)
		}
	}
	if near := maybe(n.Name, append(sizes, keys(v.p.sizes)...)); near != "" {
		return near
	}
	if _, other := v.names[n.Name]; other || n.Name == "t" {
		return "; a size is a whole number, or made of sizes"
	}
	return "; give a whole number, or write size " + n.Name + " = 16"
}
