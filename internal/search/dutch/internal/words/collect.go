package main

import (
	"bufio"
	"io"
	"slices"
	"strings"
	"unicode"

	"leerkring/internal/search/dutch/internal/lexicon"
	"leerkring/internal/search/dutch/internal/spelling"
)

// word is all that the lists tell of one folded spelling.
type word struct {
	flags lexicon.Flags
	// counts is a noun of which the list makes a plural or a diminutive.
	counts bool
	// plain is a noun with a plural in -s, as adjectives that became nouns have not.
	plain bool
	// person is a name that the list has as one, rather than as a form of one.
	person bool
	// adjective is an adjective by itself, not as the participle of a verb.
	adjective bool
	// infinitive and root are forms of a verb, as the list marks them.
	infinitive, root bool
	// past is a past participle that the list marks as one.
	past bool
	// small is a word that is written without a capital too.
	small bool
	// Of what words it is a form, by the affixes of the list.
	noun, degree, verb, name, english []string
	// verbs are the infinitives of which it is a form, with how likely that is.
	verbs map[string]rank
}

// collection is the words of both lists, by their folded spelling.
type collection map[string]*word

func (c collection) at(text string) *word {
	w := c[text]
	if w == nil {
		w = &word{}
		c[text] = w
	}
	return w
}

// onlyName tells whether a word is written with a capital, or with full stops,
// wherever the list has it.
func (w *word) onlyName() bool {
	return w.flags&(lexicon.Name|lexicon.Abbreviation) != 0 && !w.small
}

// key folds a spelling; it is empty for what is not one word of letters.
func key(text string) string {
	folded := spelling.Fold(strings.ReplaceAll(text, ".", ""))
	for _, r := range folded {
		if r < 'a' || r > 'z' {
			return ""
		}
	}
	return folded
}

// each gives the lines of a list of words, without its first, which is their number.
func each(r io.Reader, yield func(line string)) error {
	lines := bufio.NewScanner(r)
	lines.Scan()
	for lines.Scan() {
		yield(lines.Text())
	}
	return lines.Err()
}

// addDutch takes in the list of OpenTaal.
func (c collection) addDutch(affixes *rules, list io.Reader) error {
	return each(list, func(line string) {
		affixes.expand(line, func(f form) {
			if text := key(f.text); text != "" && !slices.Contains(f.flags, "Fw") {
				base := key(f.prefix + f.listed)
				c.addForm(text, base, f)
			}
		})
	})
}

func (c collection) addForm(text, base string, f form) {
	switch f.flag {
	case "Ch", "Cd": // the form is the word with its linking letter
		c.at(base).flags |= lexicon.LinkS
		return
	case "CA", "CB", "Ce", "Cl", "Cw": // the same with a hyphen
		return
	}
	w := c.at(text)
	w.flags |= written(f.text) | parts(f.flags)
	w.small = w.small || written(f.text) == 0
	switch {
	case f.flag == "":
		w.flags |= lexicon.Base
		w.read(f.flags, written(f.text) != 0)
	case f.flag == "Zm", f.flag == "Xe", f.flag == "PJ", f.flag == "PK", f.flag[0] == 'G':
		w.derive(text, f)
	case len(base) < 2: // i's
	case f.flag[0] == 'Z':
		w.flags |= lexicon.Noun | lexicon.Plural
		w.noun = append(w.noun, base)
	case f.flag[0] == 'Y':
		w.flags |= lexicon.Noun | lexicon.Diminutive
		w.noun = append(w.noun, base)
	case f.flag[0] == 'V':
		w.flags |= lexicon.Verb
		w.verb = append(w.verb, base)
	case f.flag[0] == 'A':
		w.flags |= lexicon.Adjective
		w.degree = append(w.degree, base)
	case f.flag == "PN", f.flag == "PI":
		w.name = append(w.name, base)
	}
}

// derive takes in a word that an affix makes and that has a meaning of its own: a
// quality (-heid), a woman (-e), an inhabitant (-er), a street.
func (w *word) derive(text string, f form) {
	w.flags |= lexicon.Noun
	if one, ok := strings.CutSuffix(text, "heden"); ok && f.flag == "Zm" {
		w.flags |= lexicon.Plural
		w.noun = append(w.noun, one+"heid")
		return
	}
	w.flags |= lexicon.Base
	w.counts = w.counts || w.small
}

// written tells what the capitals and full stops of a spelling say.
func written(text string) lexicon.Flags {
	capitals := 0
	for _, r := range text {
		if unicode.IsUpper(r) {
			capitals++
		}
	}
	first := []rune(text)[0]
	switch {
	case strings.Contains(text, ".") || capitals > 1 && !strings.ContainsAny(text, "-Ĳ"):
		return lexicon.Abbreviation
	case unicode.IsUpper(first):
		return lexicon.Name
	}
	return 0
}

// parts tells what the flags say of a word in compounds.
func parts(flags []string) lexicon.Flags {
	var out lexicon.Flags
	for _, f := range flags {
		switch f {
		case "Ca", "Cb", "Ce", "CA", "CB", "Cl":
			out |= lexicon.Begin
		case "Cc":
			out |= lexicon.End
		case "Ch":
			out |= lexicon.LinkS
		case "Cd":
			out |= lexicon.LinkS | lexicon.End
		case "Cx":
			out |= lexicon.Bound
		}
	}
	return out
}

// read takes in what the flags of a listed word tell of its kind.
func (w *word) read(flags []string, name bool) {
	w.flags |= parts(flags)
	var noun, verb, adjective, participle bool
	for _, f := range flags {
		switch {
		case f[0] == 'P' && f[1] >= 'a' && f[1] <= 'z':
			verb = true // takes aan-, af-, op-
		case f == "PN":
			w.person = true
		case f[0] == 'Z' && f != "Zm" || f[0] == 'Y':
			noun = true
			w.plain = w.plain || f == "Za"
		case f == "V3" || f == "Vp" || f == "Vq":
			verb = true
			w.root = true
			w.flags |= lexicon.Root
		case f == "Vi":
			verb = true
			w.infinitive = true
		case f == "Ve":
			participle = true
			w.past = true
		case f == "Va" || f == "Vb":
			verb = true
		case f[0] == 'A' || f == "Zm":
			adjective = true
		}
	}
	if verb && noun && !w.root { // ging takes the -en of a noun
		noun = slices.ContainsFunc(flags, func(f string) bool { return f[0] == 'Y' })
	}
	w.counts = w.counts || noun && !name
	end := slices.Contains(flags, "Cc") || slices.Contains(flags, "Cd") || slices.Contains(flags, "Ch")
	switch {
	case noun, end && !verb && !participle && !adjective:
		w.flags |= lexicon.Noun
	}
	if verb || participle {
		w.flags |= lexicon.Verb
	}
	if adjective {
		w.flags |= lexicon.Adjective
		w.adjective = w.adjective || !participle
	}
}
