package search

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

// mended is a collection in which some words stand often.
func mended(tb testing.TB) *Index {
	tb.Helper()
	x := texts1(tb, map[string]string{"m1": "bedrijventerrein en woningbouw", "m2": "samenwerking in de gemeente", "m3": "herstructurering"})
	return x
}

func TestSearchedFor(t *testing.T) {
	x := mended(t)
	type said struct {
		Found                   string
		SearchedFor, DidYouMean string
	}
	for text, want := range map[string]said{
		"woningbouw":                          {Found: "m1"},
		"wonigbouw":                           {"m1", "woningbouw", ""},
		"bedrijventerein samenwerknig":        {"m1 m2", "bedrijventerrein samenwerking", ""},
		"wonigbouw/samenwerknig":              {"m1 m2", "woningbouw/samenwerking", ""},
		"wonigbouw OF gemeente -samenwerking": {"m1", "woningbouw OF gemeente -samenwerking", ""},
		"wonigbouw thema:niets jaar:..2030":   {"", "woningbouw thema:niets jaar:..2030", ""},
		"+wonigbouw":                          {}, // who asks for just this word gets it
		`"wonigbouw"`:                         {SearchedFor: "wonigbouw"},
		"-wonigbouw gemeente":                 {Found: "m2"},
		"xqzzvw":                              {},
		"woningbouw xqzzvw":                   {Found: "m1"},
		"2024":                                {},
		"WONIGBOUW":                           {"m1", "woningbouw", ""},
	} {
		res := ask(t, x, kb.SearchRequest{Text: text, First: 10, Sort: kb.SortTitle})
		got := said{joined(res), res.SearchedFor, res.DidYouMean}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", text, diff)
		}
		if want.SearchedFor == "" || want.Found == "" {
			continue
		}
		typed := ask(t, x, kb.SearchRequest{Text: text, First: 10, Sort: kb.SortTitle, AsTyped: true})
		if typed.SearchedFor != "" || typed.DidYouMean != want.SearchedFor {
			t.Errorf("%s as typed: searched for %q, did you mean %q", text, typed.SearchedFor, typed.DidYouMean)
		}
		again := ask(t, x, kb.SearchRequest{Text: res.SearchedFor, First: 10, Sort: kb.SortTitle})
		if diff := cmp.Diff(said{Found: want.Found}, said{joined(again), again.SearchedFor, again.DidYouMean}); diff != "" {
			t.Errorf("%s, asked again (-want +got):\n%s", res.SearchedFor, diff)
		}
	}
}

// What the actor may not read corrects nothing and is no better word.
func TestHiddenWordsCorrectNothing(t *testing.T) {
	x := mended(t)
	put(t, x, 2, publicCase("geheim", func(d *kb.Document) { d.Body, d.Access = "kwartiermaker", []string{kb.AccessEditors} }))
	req := kb.SearchRequest{Text: "kwartiermaaker", First: 10}
	if res := ask(t, x, req); res.SearchedFor != "" || res.DidYouMean != "" || res.Total != 0 {
		t.Errorf("a visitor is told %q, %q of %d", res.SearchedFor, res.DidYouMean, res.Total)
	}
	if res := answer(t, x, editor(), req); res.SearchedFor != "kwartiermaker" || res.Total != 1 {
		t.Errorf("an editor is told %q of %d", res.SearchedFor, res.Total)
	}
}

// A bounded number of words is corrected, the first ones, and the others stay.
func TestManyErrors(t *testing.T) {
	x := mended(t)
	res := ask(t, x, kb.SearchRequest{Text: "wonigbouw samenwerknig bedrijventerein herstructurerng gemeennte xqa xqb", First: 10})
	if diff := cmp.Diff("woningbouw samenwerking bedrijventerrein herstructurering gemeennte xqa xqb", res.SearchedFor); diff != "" {
		t.Error(diff)
	}
}
