package train

// FirstEpoch is the loss that the batches of the first epoch come to at the weights' starts, how many entries
// they score, and the gradient by raw weights: all added up. With Mean a batch counts by what it scores.
func FirstEpoch(p Problem, o Options) (loss, count float64, gradient []float64, err error) {
	f, err := newFitting(p, o.filled())
	if err != nil {
		return 0, 0, nil, err
	}
	gradient = make([]float64, len(f.vec.raw))
	list := f.order.epoch(0)
	shares := newShares(f.order, list)
	for i := range list {
		m, err := f.bench.load(&list[i], f.run(&list[i], shares))
		if err != nil {
			return 0, 0, nil, err
		}
		m.Run()
		n := number(m, f.cut.count)
		for _, s := range f.collect(m, &list[i], n) {
			for i := s.lo; i < s.hi; i++ {
				gradient[i] += f.gradient[i] * n
			}
		}
		f.store.take(m, &list[i])
		part := number(m, f.cut.Loss)
		if p.Mean {
			part *= n
		}
		loss, count = loss+part, count+n
	}
	return loss, count, gradient, nil
}

// ValidLoss is the validation loss at the weights' starts.
func ValidLoss(p Problem, o Options) (float64, error) {
	f, err := newFitting(p, o.filled())
	if err != nil {
		return 0, err
	}
	return f.valid.loss(f.vec, f.vec.raw)
}
