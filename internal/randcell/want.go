package randcell

import (
	"fmt"
	"strings"
)

// kinds are the features that are not rows, families or feeds.
var kinds = strings.Split("window,window with start,lead,lead window,known lead,missing,unequal lengths,"+
	"per series weight,per series input,learnt start,start of t,start of input,input state,direct forecast,"+
	"left side /,left side -,cell,backward,nested cell,lag argument,size argument,when,loss term,"+
	"loss constant,first,last,total,average,pooled,unwindow,observed,mean reduce,stop feedback,vector state,"+
	"matrix state,windows of vectors,slice,component,component of t,integer input,training,size,"+
	"input alone lag,second score,derivative helper fill,undefined side,lag beyond 1,lead beyond 1,"+
	"one series,several series,missing with teacher,missing with free,missing with observed,missing with sampled", ",")

// large are the kinds that only a Large cell holds.
var large = strings.Split("wide vector,wide matrix,many series,long,missing input", ",")

// Features lists what a cell of a mode may hold; each stands in Cell.Features of those that do.
func Features(mode Mode) []string {
	out := []string{"feed teacher", "feed free", "feed observed", "feed sampled"}
	for _, k := range kinds {
		if mode != Analytic || k != "stop feedback" && k != "undefined side" {
			out = append(out, k)
		}
	}
	if mode != Rational {
		out = append(out, "left side log")
	}
	if mode == Large {
		out = append(out, large...)
	}
	for _, r := range rows(mode) {
		out = append(out, feature(r))
	}
	for _, f := range families(mode) {
		out = append(out, "family "+f.Name)
	}
	return out
}

// chooseWants picks the features that this cell shall hold. Feed and family are drawn evenly anyway.
func (b *builder) chooseWants() {
	var rare []string
	for _, f := range Features(b.mode) {
		if !strings.HasPrefix(f, "feed ") && !strings.HasPrefix(f, "family ") {
			rare = append(rare, f)
		}
	}
	for range b.between(5, 8) {
		b.wanted[oneOf(b, rare...)] = true
	}
}

// chooseRun chooses what a run decides and the file doesn't.
func (b *builder) chooseRun() {
	b.chooseSeries()
	b.maxLag = b.between(1, 3)
	if b.wanted["lag beyond 1"] || b.wanted["lead beyond 1"] {
		b.maxLag = b.between(2, 3)
	}
	b.chooseFeed()
	b.fed = b.feed != "teacher" || b.missing
	b.cell.Stop = b.mode != Analytic && b.has("stop feedback", 20)
	b.cell.Mean = b.has("mean reduce", 20)
	b.cell.Training = b.feed == "sampled" || b.has("training", 30)
	if b.mode == Rational && b.wanted["row noise"] {
		b.cell.Training = false // a drawn noise is not rational
	}
	for f, is := range map[string]bool{"stop feedback": b.cell.Stop, "mean reduce": b.cell.Mean, "training": b.cell.Training} {
		if is {
			b.feat(f)
		}
	}
	if b.has("size", 40) {
		b.size()
	}
}

// chooseFeed chooses what is fed back, and whether values of y are missing.
func (b *builder) chooseFeed() {
	feeds := []string{"teacher", "free", "observed", "sampled"}
	b.feed = oneOf(b, feeds...)
	for _, f := range feeds {
		if b.wanted["missing with "+f] && b.chance(50) {
			b.feed = f
		}
	}
	b.feat("feed " + b.feed)
	percent := 30
	if b.mode == Analytic {
		percent = 15 // so that not all is fed back, where the mode of a class isn't smooth
	}
	b.missing = b.has("missing", percent) || b.wanted["missing with "+b.feed]
}

// chooseSeries chooses how many series there are.
func (b *builder) chooseSeries() {
	b.nSeries = b.between(1, 3)
	switch {
	case b.mode == Large && b.has("many series", 15):
		b.nSeries = b.between(4, 9)
		b.feat("many series")
	case b.wanted["unequal lengths"] || b.wanted["several series"]:
		b.nSeries = b.between(2, 3)
	case b.wanted["one series"]:
		b.nSeries = 1
	}
	b.feat(map[bool]string{true: "one series", false: "several series"}[b.nSeries == 1])
}

// size declares a size of the file; half of the time the run gives another than its default.
func (b *builder) size() {
	name := b.name("H")
	n := b.between(2, 3)
	b.cell.Sizes[name] = n
	b.sizes = append(b.sizes, name)
	b.feat("size")
	b.declare("size %s = %s", name, oneOf(b, fmt.Sprint(n), "5"))
}
