package explain

import (
	"unroll/eval"
	"unroll/grad"
	"unroll/graph"
	"unroll/series"
	"unroll/words"
)

// figure is the network as a picture; none for a cell without steps.
func (l *teller) figure() ([]Part, error) {
	if l.v.Series() == 0 || l.v.T(0) <= l.Graph.T0 {
		return nil, nil
	}
	net, err := l.network(l.may(1))
	if err != nil {
		return nil, err
	}
	caption := l.say("The network, unrolled over its steps.")
	if l.p.many {
		caption = l.say("The network, unrolled over the steps of series {id}.", words.A("id", l.ids()[0]))
	}
	if l.d != nil {
		caption = append(caption, l.say(" Values run forward, derivatives of the loss come back.")...)
	}
	return []Part{Figure{SVG: net.SVG(), Alt: net.Desc, Caption: caption}}, nil
}

// contributions finds what comes back along each edge.
func (d *drawing) contributions() error {
	edges := grad.Contributions(d.d, d.Choices.Table)
	v, err := eval.Eval(edges.Graph, d.Run)
	if err != nil {
		return err
	}
	sums := map[string]series.Array{}
	for reader, all := range edges.Of {
		for _, e := range all {
			if e.Reads.Kind != graph.Name || e.At != graph.Steps || e.Summed || e.Reads.Scope < graph.Steps {
				continue
			}
			for t := range d.columns {
				if t < d.Graph.T0 {
					continue
				}
				key := d.p.mark(e.Reads, d.series, t-e.Lag) + " " + d.p.mark(reader, d.series, t)
				a := v.At(e.Back, d.series, t)
				if old, ok := sums[key]; ok {
					a = add(old, a)
				}
				sums[key] = a
			}
		}
	}
	for key, a := range sums {
		d.back[key] = d.short(a)
	}
	return nil
}
