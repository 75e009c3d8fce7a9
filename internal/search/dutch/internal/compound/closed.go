package compound

import (
	"strings"

	"leerkring/internal/search/dutch/internal/lexicon"
)

// class is what a word is of which there are few.
type class uint8

const (
	particle class = iota + 1 // voor, tegen: voorstad, tegenstem
	prefix                    // anti, vice
	numeral                   // drie, zestien
	function                  // een, de, ver: never a part
	ending                    // a suffix that may be a word too, and never ends a compound
)

// closed are the words of which there are few, and the rules that are about
// letters.
type closed struct {
	classes  map[string]class
	lemmas   map[string]string
	links    []string
	short    map[string]bool
	wantS    []string // the ends of words that take -s-
	suffixes []suffix
	tails    map[string]string // words that only end compounds, and their forms
}

// suffix makes words of others.
type suffix struct {
	suffix string
	base   string // what the other word has in its place
	verb   bool   // the other word is a verb
	lemma  string // the suffix of the lemma, when every verb can have the suffix
}

const (
	// Of the particles only those that say where or when a noun is; aan, op and uit
	// make nouns of verbs (uitspraak), which are whole.
	particles = `achter bij binnen boven buiten na naast onder tegen tussen voor`
	prefixes  = `anti ex vice mini multi semi bio kilo micro macro mega mede pseudo quasi super ultra non
tele fysio euro eco agro psycho thermo midden infra hyper elektro aarts opper neven eind inter intra extra`
	numerals = `een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien
zeventien achttien negentien twintig dertig veertig vijftig zestig zeventig tachtig negentig honderd duizend half`
	short         = `ei ui` // words of two letters that begin compounds without saying so
	functionWords = `de het en of ik je jij hij wij jullie hun hen zijn is ben bent er dat die dit deze
wat wie waar hoe niet geen wel ook nog al maar want dus te ten ter van met per dan als zo heel heeft had hebt
heb mag kan zal wil zou werd me we ze us u uw ons onze her on ont be ge ver mis dis re pre pro trans sub ander
aan af door in mee om op over terug toe uit samen voort heen best`
	suffixWords = `ing heid lijk baar ers ste st el es ie isme ist iteit teit atie tie aar lozer loos loze
loosheid zaam same achtig achtige schap dom matig matige ling lingen ingen heden ische isch eren erend ende end
den sen ren len nen ken gen pen se ses ne tje pje etje kje jes tjes ig ige iger ele eel erij nis sel
king ping ging der ders kers gers rende lende kende bare baars netje maatje ere ure aal anten eling luikend
ster air ier iers`
	tails     = `voudig vormig talig jarig ledig zijdig delig kleurig hoekig potig koppig armig daags schalig`
	irregular = `honds hond zonne zon scheep schip kinder kind eier ei runder rund lieder lied goeder goed gelede lid volker volk bladen blad`
)

func closedWords() closed {
	c := closed{
		classes: map[string]class{},
		lemmas:  map[string]string{},
		wantS:   []string{"heid", "teit", "schap", "ing"},
		links:   []string{"", "s", "e", "en", "n", "er"},
		suffixes: []suffix{
			{suffix: "heid"},
			{suffix: "heden"},
			{suffix: "ing", base: "en", verb: true, lemma: "ing"},
			{suffix: "ingen", base: "en", verb: true, lemma: "ing"},
			{suffix: "er", base: "en", verb: true, lemma: "er"},
			{suffix: "ers", base: "en", verb: true, lemma: "er"},
			{suffix: "aar", base: "en", verb: true},
			{suffix: "aars", base: "en", verb: true},
			{suffix: "ster", verb: true, lemma: "ster"},
			{suffix: "end", base: "en", verb: true, lemma: "end"},
			{suffix: "ende", base: "en", verb: true, lemma: "end"},
			{suffix: "baar", base: "en", verb: true},
			{suffix: "lijk"},
			{suffix: "lijke"},
			{suffix: "achtig"},
			{suffix: "achtige"},
		},
	}
	for class, list := range map[class]string{particle: particles, prefix: prefixes, numeral: numerals, function: functionWords, ending: suffixWords} {
		for w := range strings.FieldsSeq(list) {
			c.classes[w] = class
		}
	}
	c.tails = map[string]string{}
	for w := range strings.FieldsSeq(tails) {
		for _, ending := range []string{"", "e", "en", "s"} {
			c.tails[w+ending] = w
		}
	}
	c.tails["genote"], c.tails["genotes"] = "genote", "genote"
	c.short = map[string]bool{}
	for w := range strings.FieldsSeq(short) {
		c.short[w] = true
	}
	pairs := strings.Fields(irregular)
	for i := 0; i+1 < len(pairs); i += 2 {
		c.lemmas[pairs[i]] = pairs[i+1]
	}
	return c
}

// ends tells whether a word can be the last part by its class: bij is a bee too.
func (c *closed) ends(word string, e lexicon.Entry) bool {
	switch c.classes[word] {
	case 0:
		return len(word) >= 2
	case particle:
		return e.Is(lexicon.Noun)
	}
	return false
}

// wantsS tells whether a word takes -s- as a first part by its ending.
func (c *closed) wantsS(word string) bool {
	for _, e := range c.wantS {
		if len(word) > len(e)+2 && strings.HasSuffix(word, e) {
			return true
		}
	}
	return false
}
