package kb

import "fmt"

// Limits on synonyms.
const (
	MaxSynonyms = 50  // terms in one list
	MaxTerm     = 200 // bytes in one term
)

// Synonyms are words that mean the same to people who search: who types one of
// them also finds the others. They are public, since everyone's search uses them.
type Synonyms struct {
	Head
	// Terms are 2 to MaxSynonyms words or names of several words.
	Terms []string `json:"terms"`
	// OneWay means that the first term also finds the others, but not the other way
	// round: the others are narrower.
	OneWay bool `json:"oneWay,omitempty"`
	// Note says why, for other editors.
	Note string `json:"note,omitempty"`
}

// Kind is KindSynonyms.
func (*Synonyms) Kind() Kind { return KindSynonyms }

// Label is the first term.
func (s *Synonyms) Label() string {
	if len(s.Terms) == 0 {
		return ""
	}
	return s.Terms[0]
}

func (*Synonyms) access() []string { return []string{AccessPublic} }

func (s *Synonyms) check(c *checker) {
	if n := len(s.Terms); n < 2 || n > MaxSynonyms {
		c.add("terms", Text{
			fmt.Sprintf("noem 2 tot %d woorden die hetzelfde betekenen", MaxSynonyms),
			fmt.Sprintf("name 2 to %d words that mean the same", MaxSynonyms),
		})
	}
	first := map[string]int{}
	for i, term := range s.Terms {
		field := fmt.Sprintf("terms[%d]", i)
		c.text(field, term, MaxTerm)
		folded := Fold(term)
		before, twice := first[folded]
		switch {
		case folded == "":
			c.add(field, Text{"heeft geen letters of cijfers", "has no letters or digits"})
		case !fitsLine(term):
			c.add(field, Text{"heeft een komma, =>, een # na een spatie of een regeleinde", "has a comma, =>, a # after a blank or a line break"})
		case twice:
			c.add(field, Text{
				fmt.Sprintf("is hetzelfde woord als %q", s.Terms[before]),
				fmt.Sprintf("is the same word as %q", s.Terms[before]),
			})
		default:
			first[folded] = i
		}
	}
	c.text("note", s.Note, MaxText)
}
