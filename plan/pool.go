package plan

import (
	"runtime"
	"sync/atomic"

	"unroll/kernel"
)

// pool runs a phase's shards on several cores: the caller's and those of workers that wait between runs.
// Where there is but one shard, they share in its large products.
type pool[T kernel.Real] struct {
	workers int
	phase   *phase[T]
	cut     cut // a product that is being shared, nil if shards are
	parts   int
	next    atomic.Int64
	start   chan struct{}
	done    chan struct{}
}

// cut is work in parts that don't depend on each other.
type cut interface {
	// part does the i-th of so many parts.
	part(i, parts int)
}

// worthwhile is how many multiplications of a run, or of a product, are worth waking another core for:
// that takes some microseconds, in which a core does about so many.
const worthwhile = 1 << 19

// newPool starts the workers of a bound plan, as many as it can use. They end with the plan.
func newPool[T kernel.Real](b *Bound[T], cores int) *pool[T] {
	p := &pool[T]{workers: cores - 1, start: make(chan struct{}), done: make(chan struct{})}
	if n := len(b.shards); n > 1 {
		p.workers = min(cores, n) - 1
	}
	if b.work() < worthwhile {
		p.workers = 0
	}
	for range p.workers {
		go p.wait()
	}
	runtime.AddCleanup(b, func(start chan struct{}) { close(start) }, p.start)
	return p
}

// work is about how many multiplications a run takes; an operation on an entry counts as some.
func (b *Bound[T]) work() float64 {
	const anEntry = 8
	sum := b.Flops() / 2
	for _, g := range b.plan.l.groups {
		for _, op := range g.ops {
			for _, in := range op.program {
				sum += anEntry * float64(in.width) * b.times(g.scope)
			}
		}
	}
	return sum
}

func (p *pool[T]) wait() {
	for range p.start {
		p.work()
		p.done <- struct{}{}
	}
}

// run computes all shards of a phase.
func (p *pool[T]) run(ph *phase[T]) {
	p.phase = ph
	switch {
	case len(ph.shards[0]) == 0:
	case len(ph.shards) == 1:
		p.shard(0)
	default:
		p.together(len(ph.shards))
	}
	p.phase = nil
}

// share does a product in parts, one a core.
func (p *pool[T]) share(c cut) {
	p.cut = c
	p.together(p.workers + 1)
	p.cut = nil
}

// together does parts on all cores.
func (p *pool[T]) together(parts int) {
	p.parts = parts
	p.next.Store(0)
	for range p.workers {
		p.start <- struct{}{}
	}
	p.work()
	for range p.workers {
		<-p.done
	}
}

// work takes parts as long as there are any.
func (p *pool[T]) work() {
	for {
		i := int(p.next.Add(1)) - 1
		switch {
		case i >= p.parts:
			return
		case p.cut != nil:
			p.cut.part(i, p.parts)
		default:
			p.shard(i)
		}
	}
}

func (p *pool[T]) shard(i int) {
	if p.phase.walks != nil {
		p.phase.walks[i].run()
		return
	}
	for _, lp := range p.phase.shards[i] {
		lp.run()
	}
}
