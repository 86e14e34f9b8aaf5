package prove

import (
	"errors"
	"math/big"
	"math/rand/v2"

	"unroll/graph"
	"unroll/lang"
)

// choice is what one run chooses.
type choice struct {
	feed     graph.Feed
	stop     bool // a forecast that is fed back is a number to the derivative
	training bool // what the cell draws is drawn
	gaps     bool // some of the data is missing
	fed      bool // forecasts are fed back, so that stop makes a difference
}

func (c choice) String() string {
	text := c.feed.String()
	for _, also := range []struct {
		is   bool
		said string
	}{{c.stop, ", stop"}, {c.gaps, ", gaps"}, {c.training, ", training"}} {
		if also.is {
			text += also.said
		}
	}
	return text
}

// all makes every run that makes a difference.
func (p *prover) all() error {
	choices := p.runsOf()
	for i, c := range choices {
		if err := p.run(c, uint64(i)); err != nil {
			return err
		}
	}
	return nil
}

// runsOf are the runs: what is observed; with gaps; and where equations read what is forecast, the
// forecasts fed back, both ways; and in training what is drawn.
func (p *prover) runsOf() []choice {
	out := []choice{{}}
	add := func(c choice) {
		c.fed = p.stops(c)
		out = append(out, c)
		if c.fed {
			c.stop = true
			out = append(out, c)
		}
	}
	fed := p.feeds()
	gaps := p.mayMiss()
	if _, err := p.build(choice{gaps: gaps}); err != nil {
		gaps, fed = false, err // a missing value is fed its forecast
	}
	if gaps {
		add(choice{gaps: true})
	}
	switch {
	case fed == nil:
		add(choice{feed: graph.Feed{Mode: graph.Free}})
		add(choice{feed: graph.Feed{Mode: graph.ObservedTo, K: p.cutOff()}, gaps: gaps})
		out = append(out, choice{feed: graph.Feed{Mode: graph.Sampled, P: big.NewRat(1, 2)}, training: true, fed: true})
	case errors.Is(fed, errNoFeed):
		p.note("No equation reads what is forecast, so --feed and --feedback make no difference.")
	default:
		p.note("Forecasts can't be fed back, neither by --feed nor where a value is missing: %s.", said(fed))
	}
	if p.draws() {
		out = append(out, choice{training: true})
	}
	return out
}

// said is what is wrong, without what to do.
func said(err error) string {
	if list, ok := err.(lang.Errors); ok && len(list) > 0 {
		return list[0].Msg
	}
	return err.Error()
}

var errNoFeed = errors.New("nothing is fed back")

// feeds finds out whether equations may see a forecast in place of what is observed.
func (p *prover) feeds() error {
	g, err := p.build(choice{feed: graph.Feed{Mode: graph.Free}})
	if err != nil {
		return err
	}
	if len(reached(g.Loss)) == len(reached(p.probe.Loss)) {
		return errNoFeed
	}
	return nil
}

// stops tells whether it makes a difference that a forecast which is fed back is a number to the
// derivative.
func (p *prover) stops(c choice) bool {
	g, err := p.build(c)
	c.stop = true
	s, errStop := p.build(c)
	return err == nil && errStop == nil && len(reached(g.Loss)) != len(reached(s.Loss))
}

// draws tells whether the cell draws in training.
func (p *prover) draws() bool {
	g, err := p.build(choice{training: true})
	if err != nil {
		return false
	}
	for n := range reached(g.Loss) {
		if n.Kind == graph.Draw {
			return true
		}
	}
	return false
}

// mayMiss tells whether some value may be missing.
func (p *prover) mayMiss() bool {
	for _, in := range p.probe.Inputs {
		if !in.PerSeries && (in.Forecast || in.Asked) {
			return true
		}
	}
	return false
}

// cutOff is a time in the midst of the runs.
func (p *prover) cutOff() int {
	far := 0
	for _, s := range p.probe.Scores {
		if s.Forecast != nil {
			far = max(far, s.Ahead)
		}
	}
	return p.probe.T0 + far + 2
}

// build makes the graph of a run.
func (p *prover) build(c choice) (*graph.Graph, error) {
	choices := p.choices
	choices.Feed, choices.Stop, choices.Training = c.feed, c.stop, c.training
	choices.Facts = p.facts(c)
	return graph.Build(p.file, choices)
}

// facts are what a graph must know of the data of a run.
func (p *prover) facts(c choice) graph.Facts {
	f := graph.Facts{Missing: map[string]bool{}}
	if p.probe == nil {
		return f
	}
	for _, in := range p.probe.Inputs {
		f.Missing[in.Name] = c.gaps && !in.PerSeries && (in.Forecast || in.Asked)
	}
	f.Longest = p.shortest() + mostMore
	return f
}

const (
	fewest   = 5 // steps of a series
	mostMore = 3 // steps that some have more
	farthest = 30
)

// shortest is how many times the shortest series has: as many as the lags need, and some steps.
func (p *prover) shortest() int {
	far := p.cutOff() - 2
	return max(far, min(span(p.probe), farthest)) + fewest
}

// lengths are those of the series of a run; with few steps where numbers grow long.
func (p *prover) lengths(r *rand.Rand, few bool) []int {
	low := p.shortest()
	if few || entries(p.probe) > manyEntries {
		low = p.cutOff() + 1
		return []int{low + 1, low}
	}
	if len(p.probe.Inputs) == 0 {
		return []int{low}
	}
	return []int{low + mostMore, low, low + 1 + r.IntN(mostMore)}
}

// reached are the nodes that a node is made of.
func reached(n *graph.Node) map[*graph.Node]bool {
	seen := map[*graph.Node]bool{}
	queue := []*graph.Node{n}
	for len(queue) > 0 {
		n := queue[0]
		queue = queue[1:]
		if n != nil && !seen[n] {
			seen[n] = true
			queue = append(queue, n.Args...)
		}
	}
	return seen
}
