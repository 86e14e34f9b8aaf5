package spell

import (
	"strings"
	"unicode"
)

// Nearest is the name among the given ones that a mistyped name most likely means, "" if none is
// near: a third of its letters may be wrong, two neighbours exchanged counting once. For a name of one
// letter it is the one of one letter and the same case that is nearest in the alphabet. The earliest
// of equals wins.
func Nearest(name string, among []string) string {
	for _, a := range among {
		if a != name && strings.EqualFold(a, name) {
			return a
		}
	}
	if letter := []rune(name); len(letter) == 1 {
		return nearestLetter(letter[0], among)
	}
	best, least := "", (len([]rune(name))+2)/3+1
	for _, a := range among {
		if d := distance([]rune(name), []rune(a), least); d < least && d < len([]rune(a)) && a != name {
			best, least = a, d
		}
	}
	return best
}

// alphabet is more letters than an alphabet has: names further apart are of different ones.
const alphabet = 32

// nearestLetter is the name of one letter that is nearest in the alphabet.
func nearestLetter(name rune, among []string) string {
	best, least := "", alphabet
	for _, a := range among {
		letter := []rune(a)
		if len(letter) != 1 || letter[0] == name || unicode.IsUpper(letter[0]) != unicode.IsUpper(name) {
			continue
		}
		if d := max(letter[0]-name, name-letter[0]); int(d) < least {
			best, least = a, int(d)
		}
	}
	return best
}

// distance is the number of letters to insert, delete, replace or exchange with their neighbour that
// turns a into b (Damerau and Levenshtein, each place edited once); limit if that many or more.
func distance(a, b []rune, limit int) int {
	if len(a)-len(b) >= limit || len(b)-len(a) >= limit {
		return limit
	}
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return min(last[len(b)], limit)
}
