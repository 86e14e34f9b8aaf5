package plan

import (
	"runtime"
	"sync/atomic"

	"unroll/kernel"
)

// pool runs a phase's shards on several cores: the caller's and those of workers that wait between runs.
type pool[T kernel.Real] struct {
	workers int
	phase   *phase[T]
	next    atomic.Int64
	start   chan struct{}
	done    chan struct{}
}

// newPool starts the workers of a bound plan, as many as shards can use. They end with the plan.
func newPool[T kernel.Real](b *Bound[T], cores int) *pool[T] {
	p := &pool[T]{workers: min(cores, len(b.shards)) - 1, start: make(chan struct{}), done: make(chan struct{})}
	for range p.workers {
		go p.wait()
	}
	runtime.AddCleanup(b, func(start chan struct{}) { close(start) }, p.start)
	return p
}

func (p *pool[T]) wait() {
	for range p.start {
		p.work()
		p.done <- struct{}{}
	}
}

// run computes all shards of a phase.
func (p *pool[T]) run(ph *phase[T]) {
	if len(ph.shards[0]) == 0 {
		return
	}
	p.phase = ph
	p.next.Store(0)
	for range p.workers {
		p.start <- struct{}{}
	}
	p.work()
	for range p.workers {
		<-p.done
	}
	p.phase = nil
}

// work takes shards as long as there are any.
func (p *pool[T]) work() {
	for {
		i := int(p.next.Add(1)) - 1
		if i >= len(p.phase.shards) {
			return
		}
		for _, lp := range p.phase.shards[i] {
			lp.run()
		}
	}
}
