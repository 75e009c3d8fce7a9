package eval

import (
	"math/rand/v2"
	"slices"
	"unicode"
)

// Typos gives a change that makes n typing errors, each in one longer word: a
// random one of at least 6 letters, else the longest of at least 4. An error
// inserts, leaves out or replaces a letter, or swaps two neighbours.
func Typos(n int) Change {
	return func(text string, random *rand.Rand) string {
		for range n {
			text = typo(text, random)
		}
		return text
	}
}

func typo(text string, random *rand.Rand) string {
	w, ok := longer(text, random)
	if !ok {
		return text
	}
	old := []rune(text[w.start:w.end])
	edited := edit(old, random)
	for slices.Equal(edited, old) {
		edited = edit(old, random)
	}
	return text[:w.start] + string(edited) + text[w.end:]
}

// longer picks the word that gets the error. Words with anything but letters in
// them are not picked.
func longer(text string, random *rand.Rand) (chosen word, ok bool) {
	var long []word
	most := 3
	for _, w := range words(text) {
		letters := lettersOf(text[w.start:w.end])
		if letters >= 6 {
			long = append(long, w)
		}
		if letters > most {
			most, chosen, ok = letters, w, true
		}
	}
	if len(long) > 0 {
		return long[random.IntN(len(long))], true
	}
	return chosen, ok
}

// lettersOf counts the letters of a word that is all letters, else 0.
func lettersOf(w string) int {
	n := 0
	for _, r := range w {
		if !unicode.IsLetter(r) {
			return 0
		}
		n++
	}
	return n
}

// edit makes one of the four errors, all equally likely, at a random place. It may
// leave the word as it was, when it swaps or replaces equal letters.
func edit(w []rune, random *rand.Rand) []rune {
	letter := rune('a' + random.IntN(26))
	at := random.IntN(len(w))
	out := slices.Clone(w)
	switch random.IntN(4) {
	case 0:
		return slices.Insert(out, random.IntN(len(w)+1), letter)
	case 1:
		return slices.Delete(out, at, at+1)
	case 2:
		out[at] = letter
		return out
	}
	at = random.IntN(len(w) - 1)
	out[at], out[at+1] = out[at+1], out[at]
	return out
}
