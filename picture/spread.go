package picture

// spread puts things in a row, each as near as can be to where it wants to be, at least gap[i]
// between the i-th and the next: the least squares with these weights, found by pooling.
func spread(want, weight, gap []float64) []float64 {
	type pool struct {
		at, weight float64
		n          int
	}
	var pools []pool
	shift := 0.0 // how far the gaps have moved the present one
	for i, w := range want {
		if i > 0 {
			shift += gap[i-1]
		}
		p := pool{w - shift, weight[i], 1}
		for len(pools) > 0 && pools[len(pools)-1].at > p.at {
			q := pools[len(pools)-1]
			pools = pools[:len(pools)-1]
			p = pool{(p.at*p.weight + q.at*q.weight) / (p.weight + q.weight), p.weight + q.weight, p.n + q.n}
		}
		pools = append(pools, p)
	}
	out, shift := make([]float64, 0, len(want)), 0.0
	for _, p := range pools {
		for range p.n {
			if len(out) > 0 {
				shift += gap[len(out)-1]
			}
			out = append(out, p.at+shift)
		}
	}
	return out
}

// within moves what spread has put outside of lo to hi back in, if there is room.
func within(at, gap []float64, lo, hi float64) {
	for i := range at {
		at[i] = max(at[i], lo)
		if i < len(gap) {
			lo = at[i] + gap[i]
		}
	}
	for i := len(at) - 1; i >= 0; i-- {
		at[i] = min(at[i], hi)
		if i > 0 {
			hi = at[i] - gap[i-1]
		}
	}
}
