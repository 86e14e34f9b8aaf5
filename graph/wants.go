package graph

import "unroll/lang"

// Wants lists the inputs of a file before anything is known of its data: the rows of a vector are 0
// where the data tells them. Forecast is set for those that a `~` is about, Counts for those that are
// in V, or counted by a `~`.
func Wants(f *lang.File) []*Column {
	var all []*Column
	byName := map[string]*Column{}
	for _, s := range f.Stmts {
		in, ok := s.(*lang.Input)
		if !ok {
			continue
		}
		for _, it := range in.Items {
			c := &Column{Name: it.Name, Known: it.Known, PerSeries: it.PerSeries, Pos: it.At}
			c.Shape.R, c.Shape.C = 1, 1
			if c.Counts = it.In != nil; c.Counts {
				c.Classes = wholeOf(it.In)
			}
			if it.Shape != nil && len(it.Shape.Dims) > 0 {
				c.Shape.R = wholeOf(it.Shape.Dims[0])
			}
			all = append(all, c)
			byName[it.Name] = c
		}
	}
	for _, s := range f.Stmts {
		if o, ok := s.(*lang.Observe); ok {
			if c := firstInput(o.Left, byName); c != nil {
				c.Forecast = true
				c.Counts = c.Counts || counting[o.Family.Fn] && plain(o.Left)
			}
		}
	}
	return all
}

// counting are the families of whole numbers from 0 on.
var counting = map[string]bool{"poisson": true, "negbinomial": true}

// plain tells whether a left side is an input as it stands, now or at another time.
func plain(e lang.Expr) bool {
	e = lang.Unparen(e)
	if at, ok := e.(*lang.Index); ok && len(at.Items) == 1 {
		_, time := lang.TimeOf(at.Items[0].Lo)
		return time && plain(at.X)
	}
	_, name := e.(*lang.Name)
	return name
}

func wholeOf(e lang.Expr) int {
	if n, ok := lang.Unparen(e).(*lang.Num); ok && smallWhole(n.Val) {
		return int(n.Val.Num().Int64())
	}
	return 0
}

// firstInput is the input that a left side is about: the first that stands in it.
func firstInput(e lang.Expr, inputs map[string]*Column) *Column {
	var found *Column
	lang.Walk(e, func(e lang.Expr) bool {
		if n, ok := e.(*lang.Name); ok && found == nil {
			found = inputs[n.Name]
		}
		return found == nil
	})
	return found
}

// HasSize tells whether a file declares a size, or names one as the dimension of an input.
func HasSize(f *lang.File, name string) bool {
	for _, s := range f.Stmts {
		switch s := s.(type) {
		case *lang.Size:
			for _, it := range s.Items {
				if it.Name == name {
					return true
				}
			}
		case *lang.Input:
			for _, it := range s.Items {
				for _, e := range inputSizes(it) {
					if n, ok := lang.Unparen(e).(*lang.Name); ok && n.Name == name {
						return true
					}
				}
			}
		}
	}
	return false
}
