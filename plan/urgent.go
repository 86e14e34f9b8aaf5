package plan

// urgent finds what a loop's products, and all else that isn't entry by entry, wait for. What is entry by entry and not
// urgent is done behind them: then it is one program with what reads it, and needn't be kept in between.
func urgent(tasks []*task, next map[*task][]*task) map[*task]bool {
	out := map[*task]bool{}
	for again := true; again; {
		again = false
		for _, t := range tasks {
			if out[t] {
				continue
			}
			for _, n := range next[t] {
				if out[n] || !n.inProgram() {
					out[t], again = true, true
					break
				}
			}
		}
	}
	return out
}

// inProgram tells whether a task is done entry by entry.
func (t *task) inProgram() bool { return t.way == entries || t.way == summed }

// outside is how many tasks aren't done in programs.
func outside(tasks []*task) int {
	n := 0
	for _, t := range tasks {
		if !t.inProgram() {
			n++
		}
	}
	return n
}
