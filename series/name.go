package series

// Nearest is the name among those given that name was probably meant to be: the least number of
// letters added, dropped, changed or swapped (optimal string alignment), at most a third of the
// letters, the first of equals. It is "" if none is near.
func Nearest(name string, among []string) string {
	best, least := "", (len([]rune(name))+2)/3
	for _, other := range among {
		if d := distance([]rune(name), []rune(other)); other != name && (d < least || d == least && best == "") {
			best, least = other, d
		}
	}
	return best
}

// distance is the optimal string alignment distance, by rows of its table.
func distance(a, b []rune) int {
	before, above, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range above {
		above[j] = j
	}
	for i := range a {
		row[0] = i + 1
		for j := range b {
			change := above[j]
			if a[i] != b[j] {
				change++
			}
			row[j+1] = min(change, above[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, above, row = above, row, before
	}
	return above[len(b)]
}
