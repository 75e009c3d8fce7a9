package kb_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

func TestRulesOfSynonyms(t *testing.T) {
	checkChanges(t, []change[*kb.Synonyms]{
		{"as they are", func(*kb.Synonyms) {}, nil},
		{"a name of several words", func(e *kb.Synonyms) { e.Terms = []string{"VNG", "Vereniging van Nederlandse Gemeenten"} }, nil},
		{"one word", func(e *kb.Synonyms) { e.Terms = e.Terms[:1] }, []string{"terms"}},
		{"a word twice", func(e *kb.Synonyms) { e.Terms = []string{"café", "bar", "Cafe"} }, []string{"terms[2]"}},
		{"a word without letters", func(e *kb.Synonyms) { e.Terms[1] = " -" }, []string{"terms[1]"}},
		{"two words in one", func(e *kb.Synonyms) { e.Terms[1] = "huis, tent" }, []string{"terms[1]"}},
		{"an arrow in a word", func(e *kb.Synonyms) { e.Terms[1] = "a=>b" }, []string{"terms[1]"}},
		{"a line break in a word", func(e *kb.Synonyms) { e.Terms[1] = "a\nb" }, []string{"terms[1]"}},
		{"a word too long", func(e *kb.Synonyms) { e.Terms[0] = strings.Repeat("a", kb.MaxTerm+1) }, []string{"terms[0]"}},
		{"too many", func(e *kb.Synonyms) {
			for n := range kb.MaxSynonyms - 1 {
				e.Terms = append(e.Terms, strings.Repeat("x", n+1))
			}
		}, []string{"terms"}},
	})
}

func TestRulesOfJudgements(t *testing.T) {
	query := func(change func(*kb.JudgedQuery)) func(*kb.JudgementList) {
		return func(e *kb.JudgementList) { change(&e.Queries[0]) }
	}
	checkChanges(t, []change[*kb.JudgementList]{
		{"as they are", func(*kb.JudgementList) {}, nil},
		{"without a query", func(e *kb.JudgementList) { e.Queries = nil }, []string{"queries"}},
		{"a query of nothing", query(func(q *kb.JudgedQuery) { q.Text = " " }), []string{"queries[0].text"}},
		{"that wants nothing", query(func(q *kb.JudgedQuery) { q.Wanted = nil }), []string{"queries[0].wanted"}},
		{"that wants it twice", query(func(q *kb.JudgedQuery) { q.Wanted = append(q.Wanted, q.Wanted[0]) }), []string{"queries[0].wanted[1].record"}},
		{"a grade of nothing", query(func(q *kb.JudgedQuery) { q.Wanted[0].Grade = 0 }), []string{"queries[0].wanted[0].grade"}},
		{"a grade too high", query(func(q *kb.JudgedQuery) { q.Wanted[0].Grade = 4 }), []string{"queries[0].wanted[0].grade"}},
		{"a record that is no id", query(func(q *kb.JudgedQuery) { q.Wanted[0].Record = "x" }), []string{"queries[0].wanted[0].record"}},
	})
}

// Synonyms are found by editors under each of their terms, and judgement lists by
// nobody else.
func TestTheDocumentsOfEditorialLists(t *testing.T) {
	store := openStore(t)
	synonyms, judgements := sample[*kb.Synonyms](t), sample[*kb.JudgementList](t)
	synonyms.Head, judgements.Head = head("s"), head("j")
	got := described(t, store, synonyms)
	want := kb.Document{
		Record: synonyms.ID, Kind: kb.KindSynonyms, Version: 1, Access: []string{kb.AccessPublic}, States: []string{"PUBLISHED"},
		Title: "woning", Keywords: []string{"woning", "huis"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("synonyms (-want +got):\n%s", diff)
	}
	got = described(t, store, judgements)
	want = kb.Document{Record: judgements.ID, Kind: kb.KindJudgements, Version: 1, Access: []string{kb.AccessEditors}, States: []string{"PUBLISHED"}, Title: "Wonen"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("judgements (-want +got):\n%s", diff)
	}
}
