package graph

// checkEach refuses what would tie together series that are each to have a loss of their own.
func (b *builder) checkEach() {
	if !b.p.choices.Each {
		return
	}
	seen := map[*expr]bool{}
	b.p.eachExpr(func(e *expr) {
		walk(e, seen, func(e *expr) {
			if e.kind == xSeriesSum && e.name == "pooled" {
				b.errorf(e.at, "pooled adds over the series, and here each series is fitted on its own; leave it out, or fit them together")
			}
		})
	})
}
