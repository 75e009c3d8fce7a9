package main

import (
	"io"
	"strings"

	"leerkring/internal/search/dutch/internal/lexicon"
)

// addEnglish takes in the English words that are not Dutch too. What -s, -ed and
// -ing make of a word belongs to its family; other affixes make other words.
func (c collection) addEnglish(affixes *rules, list io.Reader) error {
	return each(list, func(line string) {
		affixes.expand(line, func(f form) {
			text, base := key(f.text), key(f.prefix+f.listed)
			if text == "" || len(text) < 2 {
				return
			}
			if w := c[text]; w != nil && w.flags&lexicon.English == 0 {
				return
			}
			w := c.at(text)
			w.flags |= lexicon.English | written(f.text)
			switch f.flag {
			case "S", "D", "G", "J", "M":
				w.flags |= lexicon.Inflected
				w.english = append(w.english, base)
			default:
				w.flags |= lexicon.Base
			}
		})
	})
}

// undouble gives the word of which an English word is a form with a doubled
// consonant: plan for planned.
func (c collection) undouble(text string) []string {
	one, ok := strings.CutSuffix(text, "ed")
	if !ok {
		one, ok = strings.CutSuffix(text, "ing")
	}
	n := len(one)
	if !ok || n < 4 || one[n-1] != one[n-2] || c[one[:n-1]] == nil {
		return nil
	}
	return []string{one[:n-1]}
}
