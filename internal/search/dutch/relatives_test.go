package dutch

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRelatives(t *testing.T) {
	a := New()
	for word, want := range map[string]string{
		"betaalbaarheid": "betaalbaar betaler betalen",
		"samenwerking":   "samenwerken samenwerker",
		"Samenwerken":    "samenwerking samenwerker",
		"economisch":     "economie economist econoom",
		"ondernemers":    "ondernemen onderneming",
		"duurzaam":       "duurzaamheid",
		"vergunningen":   "vergunnen",
		"gezondheid":     "gezond",
		"plezierig":      "plezier",
	} {
		got := a.Relatives(word)
		for other := range strings.FieldsSeq(want) {
			if !slices.Contains(got, other) {
				t.Errorf("%s has no relative %s, but %q", word, other, got)
			}
		}
	}
}

// Names, abbreviations, numbers, compounds, foreign and short words have no family.
func TestWordsWithoutRelatives(t *testing.T) {
	a := New()
	for _, word := range []string{"", "de", "huis", "wonen", "Utrecht", "VNG", "2024", "GM0363", "arbeidsmarktregio", "housing", "zzzzzzzz", "шшшшшш", "ééééééé", "a-b", "🙂"} {
		if got := a.Relatives(word); got != nil {
			t.Errorf("%q has relatives %q", word, got)
		}
	}
}

// Relatives are terms, or nothing would be found by them, each once, and never the
// word itself; going on from one to the next stays among them.
func TestRelativesAreTerms(t *testing.T) {
	a := New()
	queue := strings.Fields(`betaalbaarheid samenwerking economisch ondernemers bestuurlijk duurzaamheid vergunning
		subsidiëren verzekeraar leefbaarheid opleiding werkgever deelnemen inwoner maatschappelijk verandering beweging
		onderzoeker verduurzaming gezondheid stedelijk regionaal voorziening planning ontwikkelaar vrijwilliger`)
	seen := map[string]bool{}
	for len(queue) > 0 {
		word := queue[0]
		queue = queue[1:]
		if seen[word] {
			continue
		}
		seen[word] = true
		got := a.Relatives(word)
		for _, other := range got {
			if term := a.Term(other); term != other || term == a.Term(word) {
				t.Errorf("%s has the relative %q, of which the term is %q", word, other, term)
			}
		}
		if sorted := slices.Sorted(slices.Values(got)); len(slices.Compact(sorted)) != len(got) {
			t.Errorf("%s has a relative twice: %q", word, got)
		}
		queue = append(queue, got...)
	}
	if len(seen) < 60 || len(seen) > 1000 {
		t.Errorf("%d words are of these families", len(seen))
	}
}

func TestRoots(t *testing.T) {
	for word, want := range map[string]string{
		"betaalbaarheid": "betal", "betaler": "betal", "betalen": "betal",
		"verhuizing": "verhuis", "verhuizen": "verhuis", "verhuis": "verhuis",
		"bewoner": "bewon", "bewoonster": "bewon", "schrijven": "schrijf",
		"geven": "geven", "e": "e",
	} {
		if diff := cmp.Diff(want, rootOf(word)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", word, diff)
		}
	}
}

// However a root is written before a suffix, it is the same root.
func TestSpellingsHaveOneRoot(t *testing.T) {
	for _, root := range []string{"betal", "verhuis", "schrijf", "bewon", "ondernem", "econom", "vergun"} {
		for _, written := range spellings(root) {
			if got := plainEnd(written); got != root {
				t.Errorf("%s of %s is taken for %s", written, root, got)
			}
		}
	}
}
