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

// Of records with one name the order does not depend on which was written first.
func TestNamesDoNotDependOnWhereTheyLie(t *testing.T) {
	docs := []kb.Document{publicCase("huis", func(d *kb.Document) {
		d.Organisations = []kb.ID{kb.DeriveID("test", "a"), kb.DeriveID("test", "b"), kb.DeriveID("test", "c")}
	})}
	for _, id := range []string{"a", "b", "c"} {
		docs = append(docs, card(t, &kb.Organisation{Name: "Vereniging Samen"}, id, nil))
	}
	forth, back := openIndex(t, t.TempDir(), Options{}), openIndex(t, t.TempDir(), Options{})
	for i := range docs {
		put(t, forth, kb.Seq(i+1), docs[i])
		put(t, back, kb.Seq(i+1), docs[len(docs)-1-i])
	}
	req := kb.SearchRequest{Text: "vereniging samen", First: 1}
	got := ask(t, forth, req).Recognised
	if diff := cmp.Diff(got, ask(t, back, req).Recognised); diff != "" || len(got) != 3 {
		t.Errorf("%d names (-forth +back):\n%s", len(got), diff)
	}
}
