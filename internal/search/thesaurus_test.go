package search

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

// A change of the lists counts with the commit that brings it, in that view and
// in no other.
func TestNamesAreOfTheirView(t *testing.T) {
	x := named1(t)
	before := x.views.acquire()
	defer x.views.release(before)
	put(t, x, 2, card(t, &kb.Synonyms{Terms: []string{"huis", "pand"}}, "s1", nil))
	if diff := cmp.Diff([]string{"huis ~ pand"}, mean(t, x, "huis woning")); diff != "" {
		t.Errorf("after the change (-want +got):\n%s", diff)
	}
	if found := before.meanings(x, []string{"woning"}, nil); len(found) != 1 {
		t.Errorf("in the view before it: %v", found)
	}
	if err := x.Commit(t.Context(), kb.Step{Removed: []kb.ID{kb.DeriveID("test", "s1")}, Position: 3}); err != nil {
		t.Fatal(err)
	}
	if got := mean(t, x, "huis pand"); got != nil {
		t.Errorf("after they were removed: %v", got)
	}
}

// Views that differ in other records share one lexicon: making it for each commit
// would cost more than the search.
func TestViewsShareTheirLexicon(t *testing.T) {
	x := named1(t)
	lexiconNow := func() *lexicon {
		v := x.views.acquire()
		defer x.views.release(v)
		return x.lexicon(v)
	}
	first := lexiconNow()
	put(t, x, 2, publicCase("a", nil))
	if lexiconNow() != first {
		t.Error("another case made another lexicon")
	}
	put(t, x, 3, card(t, &kb.Organisation{Name: "Nieuw"}, "nieuw", nil))
	if lexiconNow() == first {
		t.Error("a new organisation made none")
	}
}

// A name is worth a walk through the tries only when something can be found by it.
func TestNamesThatSayNothing(t *testing.T) {
	x := openIndex(t, t.TempDir(), Options{})
	put(t, x, 1,
		card(t, &kb.Theme{PrefLabel: kb.Label{NL: "Wonen"}, Synonyms: []string{"de het een", "  ", "Wonen"}}, "wonen", nil),
		card(t, &kb.Synonyms{Terms: []string{"en", "plus"}}, "s", nil),
	)
	if diff := cmp.Diff([]string{"wonen = THEME wonen"}, mean(t, x, "de het een en wonen")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
