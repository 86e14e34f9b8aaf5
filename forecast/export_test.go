package forecast

import "context"

// Draws are the random numbers of a path.
var Draws = draw

// Shortens tells whether a problem is run on the last times of the data alone.
func Shortens(p Problem) bool {
	r, err := p.ready(context.Background())
	if err != nil {
		panic(err)
	}
	r.shorten(r.ends())
	return r.since != nil
}
