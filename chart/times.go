package chart

import (
	"strconv"
	"unicode/utf8"
)

// A time axis has at least enough ticks, if there is room, and at most many.
const (
	enough = 3
	many   = 8
)

// timeTicks picks those of the times first to last that are written below the axis. They are such at which the label rolls
// over, as at a new year or a new day: there the times are round, whatever the calendar is. Room is the width of the axis
// in characters.
func timeTicks(label func(int) string, first, last int, room float64) []tick {
	all := make([]tick, 0, last-first+1)
	for i := first; i <= last; i++ {
		all = append(all, tick{float64(i), clean(label(i), longest)})
	}
	perStep := room / float64(last-first+1)
	var best []tick
	for _, level := range levels(all) {
		if ticks := thinned(level, perStep); len(ticks) > len(best) {
			best = ticks
		}
		if len(best) >= enough {
			break
		}
	}
	return best
}

// longest is how many characters of a time's label are written.
const longest = 24

// thinned keeps as many of some ticks as fit, at even distances.
func thinned(level []tick, perStep float64) []tick {
	for _, n := range distances(level) {
		ticks := every(level, n, roundest(level))
		if len(ticks) <= many && fits(ticks, perStep) && even(ticks) {
			return ticks
		}
	}
	return nil
}

// distances are round ones between ticks, in tens if the labels are whole numbers, and otherwise such as there are in calendars.
func distances(level []tick) []int {
	for _, t := range level {
		if _, err := strconv.Atoi(t.label); err != nil {
			return []int{1, 2, 3, 4, 5, 6, 10, 12, 20, 24, 48, 50, 100, 200, 500, 1000, 10000}
		}
	}
	return []int{1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10000, 100000}
}

// levels are the ticks at which the most characters of the label change, those at which fewer do, and so on down to all.
func levels(all []tick) [][]tick {
	var out [][]tick
	for least := longest; least > 0; least-- {
		var level []tick
		for i := 1; i < len(all); i++ {
			if rollover(all[i-1].label, all[i].label) >= least {
				level = append(level, all[i])
			}
		}
		if len(level) == len(all)-1 {
			break // the first has nothing before it that it could differ from
		}
		if len(level) > 0 && (len(out) == 0 || len(level) > len(out[len(out)-1])) {
			out = append(out, level)
		}
	}
	return append(out, all)
}

// rollover is how many characters at the end of a label are not those of the one before: 5 from 1959-12 to 1960-01.
func rollover(a, b string) int {
	from, to := []rune(a), []rune(b)
	if len(from) != len(to) {
		return max(len(from), len(to))
	}
	for i := range from {
		if from[i] != to[i] {
			return len(from) - i
		}
	}
	return 0
}

// roundest is the index of the tick that rolls over furthest.
func roundest(level []tick) int {
	at, most := 0, 0
	for i := 1; i < len(level); i++ {
		if r := rollover(level[i-1].label, level[i].label); r > most {
			at, most = i, r
		}
	}
	return at
}

// fits tells whether labels centred at their ticks stay two characters and a half apart.
func fits(ticks []tick, perStep float64) bool {
	for i := 1; i < len(ticks); i++ {
		wide := float64(utf8.RuneCountInString(ticks[i-1].label)+utf8.RuneCountInString(ticks[i].label)) / 2
		if (ticks[i].at-ticks[i-1].at)*perStep < wide+2.5 {
			return false
		}
	}
	return true
}

// even tells whether distances differ as little as those of months do.
func even(ticks []tick) bool {
	s := newSpread()
	for i := 1; i < len(ticks); i++ {
		s.add(ticks[i].at - ticks[i-1].at)
	}
	return s.empty() || s.hi <= 1.3*s.lo
}
