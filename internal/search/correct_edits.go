package search

import "strings"

// What one slip of the fingers costs. Letters that changed places, a letter typed
// twice or once too few, and the key beside the right one are slips; another
// letter, one too many or one missing are less likely, and at the start of a word
// more so, since people look at what they begin to type.
const (
	costSwap      = 0.6
	costDoubled   = 0.6
	costNeighbour = 0.7
	costOther     = 1.0
	costFirst     = 0.5 // added
)

// edits is the cost of the cheapest edits that turn what was typed into a word:
// the optimal string alignment distance (Damerau 1964, restricted) with a cost
// for each kind of edit. Both are folded.
func edits(typed, word string) float64 {
	a, b := []rune(typed), []rune(word)
	before, above, row := make([]float64, len(b)+1), make([]float64, len(b)+1), make([]float64, len(b)+1)
	for j := 1; j <= len(b); j++ {
		above[j] = above[j-1] + oneLetter(b, j)
	}
	for i := 1; i <= len(a); i++ {
		row[0] = above[0] + oneLetter(a, i)
		for j := 1; j <= len(b); j++ {
			row[j] = min(above[j]+oneLetter(a, i), row[j-1]+oneLetter(b, j), above[j-1]+replaced(a, b, i, j))
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+costSwap+first(min(i, j)-1))
			}
		}
		before, above, row = above, row, before
	}
	return above[len(b)]
}

// oneLetter is the cost of leaving out or putting in the ith letter of a word.
func oneLetter(word []rune, i int) float64 {
	doubled := i > 1 && word[i-2] == word[i-1] || i < len(word) && word[i] == word[i-1]
	if doubled {
		return costDoubled
	}
	return costOther + first(i)
}

// replaced is the cost of the ith letter of a standing for the jth of b.
func replaced(a, b []rune, i, j int) float64 {
	switch {
	case a[i-1] == b[j-1]:
		return 0
	case neighbours(a[i-1], b[j-1]):
		return costNeighbour + first(min(i, j))
	}
	return costOther + first(min(i, j))
}

func first(i int) float64 {
	if i == 1 {
		return costFirst
	}
	return 0
}

// neighbours reports whether two letters touch on a keyboard. Its rows stand a
// quarter and three quarters of a key to the right of the first.
func neighbours(a, b rune) bool {
	xa, ya, oka := keyPlace(a)
	xb, yb, okb := keyPlace(b)
	dx, dy := xa-xb, ya-yb
	return oka && okb && dx*dx+dy*dy < 1.7
}

func keyPlace(r rune) (x, y float64, ok bool) {
	for row, keys := range [...]string{"qwertyuiop", "asdfghjkl", "zxcvbnm"} {
		if i := strings.IndexRune(keys, r); i >= 0 {
			return float64(i) + [...]float64{0, 0.25, 0.75}[row], float64(row), true
		}
	}
	return 0, 0, false
}
