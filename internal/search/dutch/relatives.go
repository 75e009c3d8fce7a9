package dutch

import (
	"slices"
	"strings"

	"leerkring/internal/search/dutch/internal/lexicon"
)

// suffixes make words of one family, longest first where one ends another.
func suffixes() []string {
	return []string{
		"elijk", "eling", "ering", "achtig", "schap", "heid", "atie", "eren", "isch", "isme", "ator",
		"lijk", "baar", "zaam", "loos", "ster", "elen", "aar", "ing", "ist", "ief", "eel", "aal", "iek", "ant", "ent",
		"eur", "age", "sel", "tie", "er", "en", "ig", "ie", "e",
	}
}

// minRoot is how many letters are left of a word at least: shorter roots are
// shared by words that have nothing to do with each other.
const minRoot = 5

// Relatives gives the terms of words of the same family as a word (betaalbaar:
// betaalbaarheid, betalen), those that the word list knows and that are no
// compounds; none for names, abbreviations and short words.
func (a *Analyzer) Relatives(word string) []string {
	term := a.Term(word)
	if len(term) < minRoot || strings.Trim(term, "abcdefghijklmnopqrstuvwxyz") != "" || len(a.Parts(word)) > 0 {
		return nil
	}
	if e, ok := a.words.Find(term); !ok || e.Is(lexicon.Name|lexicon.Abbreviation|lexicon.English) {
		return nil
	}
	root := rootOf(term)
	var out []string
	for _, stem := range spellings(root) {
		for _, suffix := range append(suffixes(), "") {
			e, ok := a.words.Find(stem + suffix)
			if !ok || e.Is(lexicon.Name|lexicon.Abbreviation|lexicon.English) {
				continue
			}
			other := e.Lemma(stem + suffix)
			if other != term && rootOf(other) == root && !slices.Contains(out, other) {
				out = append(out, other)
			}
		}
	}
	return out
}

// rootOf takes suffixes off a word, and writes what is left in one way.
func rootOf(word string) string {
	for cut := true; cut; {
		cut = false
		for _, s := range suffixes() {
			if rest, ok := strings.CutSuffix(word, s); ok && len(rest) >= minRoot {
				word, cut = rest, true
				break
			}
		}
	}
	return plainEnd(word)
}

// plainEnd writes the last syllable of a root in one way: betaal and betal, huiz
// and huis, plann and plan.
func plainEnd(word string) string {
	n := len(word)
	if n > 2 && word[n-1] == word[n-2] && !vowel(word[n-1]) {
		word = word[:n-1]
		n--
	}
	switch word[n-1] {
	case 'z':
		word = word[:n-1] + "s"
	case 'v':
		word = word[:n-1] + "f"
	}
	if n > 3 && !vowel(word[n-1]) && word[n-2] == word[n-3] && vowel(word[n-2]) && word[n-2] != 'i' {
		word = word[:n-2] + word[n-1:]
	}
	return word
}

// spellings gives the ways in which a root is written before a suffix.
func spellings(root string) []string {
	n := len(root)
	out := []string{root}
	last := root[n-1]
	if vowel(last) {
		return out
	}
	switch last {
	case 's':
		out = append(out, root[:n-1]+"z")
	case 'f':
		out = append(out, root[:n-1]+"v")
	}
	if v := root[n-2]; vowel(v) && !vowel(root[n-3]) {
		out = append(out, root+string(last), root[:n-1]+string(v)+string(last))
	}
	return out
}

func vowel(c byte) bool { return strings.IndexByte("aeiouy", c) >= 0 }
