package compound

import (
	"slices"
	"strings"

	"leerkring/internal/search/dutch/internal/lexicon"
	"leerkring/internal/search/dutch/internal/spelling"
)

// Weights are the prices. A cover costs the sum of its parts; leaving the word
// whole costs Whole and what follows it here. Default has those in use.
type Weights struct {
	Part float64 // of every part

	// What the family of a part takes off, for each doubling of the number of
	// compounds in the list that it begins or ends.
	FamilyFirst, FamilyLast float64

	// What short parts cost more, by letters.
	Two, Three, Four float64

	// What the word list takes off when it has the part as a first or last part.
	Marked float64

	// What a part costs more that is not the last and not a noun.
	RootFirst, AdjectiveFirst, FormFirst, PlainFirst float64
	NameFirst, AbbreviationFirst, EnglishFirst       float64
	Particle, Prefix, Numeral                        float64

	// What linking letters cost: -s- where none is known to be, no -s- where one
	// ought to be, -e- and others that are rare.
	LinkOdd, LinkMissing, LinkRare float64

	// What the last part costs more that is not a noun.
	AdjectiveLast, ParticipleLast, RootLast, PlainLast, AbbreviationLast, EnglishLast, Tail, Deverbal float64

	// Hyphen is the price of a hyphen inside a part and the gain of one between
	// parts; Strange of an unknown part beside a hyphen, Unknown of one in front
	// of a noun.
	Hyphen, Strange, StrangeLetter, Unknown float64

	// Leaving a word whole: of any, of each letter, of one that is listed, listed
	// as a noun, an adjective, the first person of a verb, a name, an English word.
	Whole, Letter, Listed, Noun, Adjective, Verb, Name, English float64

	// Lexical is what a word with a particle or a prefix is likelier to be whole for
	// each doubling of its own family: voorbeeld and voorraad begin many compounds,
	// voorstad none.
	Lexical float64
}

// Default gives the prices in use. TestSearchPrices of the package dutch found
// them and says how.
func Default() Weights {
	return Weights{
		Part: 10.4, FamilyFirst: .9, FamilyLast: .9, Two: 6, Three: 1.2, Four: .9, Marked: 2,
		RootFirst: 1.3, AdjectiveFirst: -.5, FormFirst: 5.7, PlainFirst: 1.5,
		NameFirst: 2, AbbreviationFirst: 4, EnglishFirst: 5, Particle: 1.4, Prefix: 0, Numeral: 1.9,
		LinkOdd: 5, LinkMissing: 3, LinkRare: 4,
		AdjectiveLast: 5, ParticipleLast: -2, RootLast: 4, PlainLast: 2, AbbreviationLast: 3, EnglishLast: 5, Tail: -4, Deverbal: 3,
		Hyphen: .5, Strange: 2, StrangeLetter: .8, Unknown: 21,
		Whole: 17.2, Letter: .4, Listed: -4, Noun: -2, Adjective: -.8, Verb: -6, Name: -8, English: -6, Lexical: 2,
	}
}

// Counting gives the prices by which the families of the word list are counted:
// those in use, but keener to split. A family that is counted strictly makes its
// own members dearer, so that each round of counting finds fewer.
func Counting() Weights {
	w := Default()
	w.Whole += 3
	return w
}

// rootlike is the size of the family from which a form of a verb is as good a first
// part as its root: eet begins three compounds of the list or more.
const rootlike = 2 * steps

// length gives what a part costs more for being short.
func (w *Weights) length(word string) float64 {
	switch len(word) {
	case 1, 2:
		return w.Two
	case 3:
		return w.Three
	case 4:
		return w.Four
	}
	return 0
}

// first gives the price of a word as a part that is not the last, and whether it
// can be one.
func (s *Splitter) first(word, link string, e lexicon.Entry, z Size) (float64, bool) {
	class := s.closed.classes[word]
	if class == ending {
		class = 0
	}
	if class == function || len(word) < 2 || link != "" && class != 0 {
		return 0, false
	}
	if len(word) == 2 && class == 0 && !e.Is(lexicon.Begin|lexicon.Abbreviation) && !s.closed.short[word] {
		return 0, false
	}
	linked, ok := s.link(word, link, e, z)
	if !ok {
		return 0, false
	}
	w := &s.price
	price := w.Part + w.length(word) - w.FamilyFirst*z.doublings(z.First) + linked
	switch {
	case class == particle:
		price += w.Particle
	case class == prefix:
		price += w.Prefix
	case class == numeral:
		price += w.Numeral
	case e.Is(lexicon.Noun | lexicon.Bound):
	case e.Is(lexicon.Root), e.Is(lexicon.Verb) && z.First >= rootlike:
		price += w.RootFirst
	case e.Is(lexicon.Adjective) && e.Is(lexicon.Base):
		price += w.AdjectiveFirst
	case e.Is(lexicon.Abbreviation):
		price += w.AbbreviationFirst
	case e.Is(lexicon.Name):
		price += w.NameFirst
	case e.Is(lexicon.Verb | lexicon.Adjective):
		price += w.FormFirst
	case e.Is(lexicon.English):
		price += w.EnglishFirst
	default:
		price += w.PlainFirst
	}
	return price, true
}

// link gives the price of linking letters after a word, and whether they can be.
func (s *Splitter) link(word, link string, e lexicon.Entry, z Size) (float64, bool) {
	switch link {
	case "":
		price := 0.0
		if e.Is(lexicon.Begin) {
			price -= s.price.Marked
		}
		if s.closed.wantsS(word) {
			price += s.price.LinkMissing
		}
		return price, true
	case "s":
		switch {
		case !e.Is(lexicon.Noun|lexicon.Name) && !(e.Is(lexicon.Verb) && e.Is(lexicon.Base)):
			return 0, false
		case e.Is(lexicon.LinkS):
			return -s.price.Marked, true
		case z.First > 0 || s.closed.wantsS(word):
			return 0, true
		}
		return s.price.LinkOdd, true
	}
	if !e.Is(lexicon.Noun) || e.Is(lexicon.Plural|lexicon.Diminutive) {
		return 0, false
	}
	if _, listed := s.words.Find(word + link); listed {
		return 0, false
	}
	return s.price.LinkRare, true
}

// end gives the price of a word as the last part, and whether it can be one.
func (s *Splitter) end(word string, e lexicon.Entry, z Size) (float64, bool) {
	if !s.closed.ends(word, e) {
		return 0, false
	}
	w := &s.price
	size := z.Last
	if lemma := e.Lemma(word); lemma != word {
		size = max(size, s.families[lemma].Last)
	}
	price := w.Part + w.length(word) - w.FamilyLast*z.doublings(size)
	if e.Is(lexicon.End) {
		price -= w.Marked
	}
	switch {
	case e.Is(lexicon.Noun), s.plural(word, e):
	case e.Is(lexicon.Adjective) && !e.Is(lexicon.Verb):
		price += w.AdjectiveLast
	case e.Is(lexicon.Adjective), e.Is(lexicon.Verb) && (strings.HasSuffix(word, "nd") || strings.HasSuffix(word, "nde")):
		price += w.ParticipleLast
	case e.Is(lexicon.Root):
		price += w.RootLast
	case e.Is(lexicon.Verb|lexicon.Name) && !e.Is(lexicon.End):
		return 0, false
	case e.Is(lexicon.Abbreviation):
		price += w.AbbreviationLast
	case e.Is(lexicon.English):
		price += w.EnglishLast
	default:
		price += w.PlainLast
	}
	return price, true
}

// plural tells whether a form of a verb is the plural of a noun too, as the list
// does not always say: spieren.
func (s *Splitter) plural(word string, e lexicon.Entry) bool {
	lemma := e.Lemma(word)
	if lemma == word || !slices.Contains(spelling.Singulars(word), lemma) {
		return false
	}
	f, listed := s.words.Find(lemma)
	return listed && f.Is(lexicon.Noun)
}

// fits tells whether the last part from i can follow what is before it: no
// participle follows a particle (toegedamd), for that is a form of a verb.
func (c *cover) fits(i int, word string, e lexicon.Entry) bool {
	if c.cells[i].class != particle || e.Is(lexicon.Noun) {
		return true
	}
	return !e.Is(lexicon.Verb)
}

// whole gives the price of not splitting.
func (s *Splitter) whole(word string, e lexicon.Entry, listed bool) float64 {
	w := &s.price
	price := w.Whole + w.Letter*float64(len(word))
	if !listed {
		return price
	}
	price += w.Listed
	switch {
	case e.Is(lexicon.Noun):
		price += w.Noun
	case e.Is(lexicon.Adjective):
		price += w.Adjective
	case e.Is(lexicon.Verb):
		price += w.Verb
	case e.Is(lexicon.Name | lexicon.Abbreviation):
		price += w.Name
	case e.Is(lexicon.English):
		price += w.English
	}
	return price
}

// lexical gives what the family of a word itself takes off the price of leaving it
// whole.
func (s *Splitter) lexical(word string) float64 {
	z := s.families[word]
	return s.price.Lexical * z.doublings(max(z.First, z.Last, s.families[word+"s"].First))
}

// afterUnknown splits a word that cannot be covered into an unknown first part
// and a noun: lauruswinkel.
func (s *Splitter) afterUnknown(word string, whole float64) []Part {
	best, at, lemma := whole, 0, ""
	for i := 4; i <= len(word)-4; i++ {
		e, ok := s.words.Find(word[i:])
		if !ok || !e.Is(lexicon.Noun) || !vowel(word[:i]) {
			continue
		}
		price, ok := s.end(word[i:], e, s.families[word[i:]])
		if price += s.price.Unknown; ok && price < best {
			best, at, lemma = price, i, s.lemma(word[i:], e)
		}
	}
	if at == 0 {
		return nil
	}
	return []Part{{Surface: word[:at], Lemma: word[:at]}, {Surface: word[at:], Lemma: lemma}}
}

func vowel(s string) bool { return strings.ContainsAny(s, "aeiouy") }
