package data

import (
	"fmt"
	"math"
	"math/big"
	"slices"
	"strings"

	"unroll/series"
)

// filler makes values for a gap.
type filler int

const (
	refuse filler = iota // a gap is an error
	leave
	forward
	linear
	zeros
	means
)

func fillOf(word string) (filler, error) {
	switch word {
	case "":
		return refuse, nil
	case "none", "masked":
		return leave, nil
	case "forward", "previous":
		return forward, nil
	case "linear":
		return linear, nil
	case "0", "zero":
		return zeros, nil
	case "mean":
		return means, nil
	}
	return refuse, &Error{File: "--fill " + word, Msg: "no way of filling", Help: "expected one of " + strings.Join(series.Fills, ", ")}
}

// gap is times that are missing between i and the time before it.
type gap struct {
	piece *piece
	i, n  int
}

// gaps finds missing times, and fills them.
func (f *finisher) gaps() error {
	if f.pieces[0].times == nil {
		return nil
	}
	how, err := fillOf(f.Fill)
	if err != nil {
		return err
	}
	var first *gap
	in, times := 0, 0
	for i := range f.pieces {
		p := &f.pieces[i]
		g, missing, err := f.close(p, how)
		if err != nil {
			return err
		}
		if g == nil {
			continue
		}
		if first == nil {
			first = g
		}
		in, times = in+1, times+missing
	}
	switch {
	case first == nil:
		return nil
	case how == refuse:
		return f.refuseGap(first, times, in)
	}
	f.notes = append(f.notes, fmt.Sprintf("%s in %s filled: %s", count(times, "missing time", "missing times"), count(in, "series", "series"), f.Fill))
	return nil
}

// close fills the gaps of a series, if they may be, and returns the first, with how many times are
// missing in all.
func (f *finisher) close(p *piece, how filler) (*gap, int, error) {
	positions := p.positions()
	g := firstGap(p, positions)
	if g == nil {
		return nil, 0, nil
	}
	missing := positions[len(positions)-1] + 1 - len(positions)
	if missing > 100*len(positions)+1000 {
		between := fmt.Sprintf("%s and %s", p.calendar.Label(0), f.label(p.times[len(p.times)-1]))
		return nil, 0, f.fault(p, g.i, fmt.Sprintf("series %s: %s come between %s", p.id, count(missing, "missing time", "missing times"), between), "look for a time that isn't meant")
	}
	for k := range p.stores {
		if how != refuse && !f.Want[k].PerSeries {
			n := p.stores[k].len()
			p.stores[k] = p.stores[k].spread(positions[:n], how)
		}
	}
	return g, missing, nil
}

// refuseGap is the error of a gap.
func (f *finisher) refuseGap(g *gap, times, in int) error {
	at := g.piece.times[g.i-1]
	i, _ := g.piece.calendar.position(at)
	what := g.piece.calendar.Label(i + 1)
	if g.n > 1 {
		what += " to " + g.piece.calendar.Label(i+g.n)
	}
	msg := fmt.Sprintf("series %s comes %s, and has no row for %s", g.piece.id, g.piece.calendar, what)
	if times > g.n {
		msg += fmt.Sprintf("; in all, %s in %s", count(times, "time is missing", "times are missing"), count(in, "series", "series"))
	}
	return f.fault(g.piece, g.i, msg, "fill them with --fill forward, linear or 0, or leave their values missing with --fill none; or name another column of times with --time")
}

// positions are the places of the times in the calendar, from 0.
func (p *piece) positions() []int {
	all := make([]int, len(p.times))
	for i, t := range p.times {
		all[i], _ = p.calendar.position(t)
	}
	return all
}

func firstGap(p *piece, positions []int) *gap {
	for i := 1; i < len(positions); i++ {
		if n := positions[i] - positions[i-1] - 1; n > 0 {
			return &gap{p, i, n}
		}
	}
	return nil
}

// spread puts each time at its position, and fills what lies between.
func (s *store) spread(positions []int, how filler) store {
	out := store{rows: s.rows, exact: s.exact}
	n := 0
	if len(positions) > 0 {
		n = positions[len(positions)-1] + 1
	}
	if s.exact {
		out.rats = make([]*big.Rat, n*s.rows)
	} else {
		out.floats = slices.Repeat([]float64{math.NaN()}, n*s.rows)
	}
	for i, at := range positions {
		for k := range s.rows {
			out.set(at*s.rows+k, s.at(i*s.rows+k))
		}
	}
	for i := 1; i < len(positions); i++ {
		for at := positions[i-1] + 1; at < positions[i]; at++ {
			for k := range s.rows {
				share := big.NewRat(int64(at-positions[i-1]), int64(positions[i]-positions[i-1]))
				out.set(at*s.rows+k, s.between((i-1)*s.rows+k, i*s.rows+k, share, how))
			}
		}
	}
	return out
}

// at is an entry.
func (s *store) at(k int) number {
	if s.exact {
		return exactly(s.rats[k])
	}
	return number{float: s.floats[k]}
}

func (s *store) set(k int, n number) {
	if s.exact {
		s.rats[k] = n.exact
	} else {
		s.floats[k] = n.float
	}
}

// between is what a gap between entries a and b has after a share of the way.
func (s *store) between(a, b int, share *big.Rat, how filler) number {
	from, to := s.at(a), s.at(b)
	switch {
	case how == zeros:
		return number{0, new(big.Rat)}
	case how == means:
		return s.mean(a % s.rows)
	case how == leave || from.missing():
		return absent
	case how == forward:
		return from
	case to.missing():
		return absent
	case s.exact:
		way := new(big.Rat).Sub(to.exact, from.exact)
		return exactly(way.Mul(way, share).Add(way, from.exact))
	}
	part, _ := share.Float64()
	return number{float: from.float + part*(to.float-from.float)}
}

// mean is the mean of an entry over the times that have it.
func (s *store) mean(k int) number {
	sum, exact, n := 0.0, new(big.Rat), 0
	for ; k < len(s.floats)+len(s.rats); k += s.rows {
		v := s.at(k)
		if v.missing() {
			continue
		}
		if n++; s.exact {
			exact.Add(exact, v.exact)
		} else {
			sum += v.float
		}
	}
	switch {
	case n == 0:
		return absent
	case s.exact:
		return exactly(exact.Quo(exact, big.NewRat(int64(n), 1)))
	}
	return number{float: sum / float64(n)}
}
