package graph_test

import (
	"strings"
	"testing"

	"leerkring/internal/kb"
)

func TestSuggestions(t *testing.T) {
	w := newWorld(t, library()...)
	theme := &kb.Theme{Head: published("wonen"), PrefLabel: kb.Label{NL: "Wonen"}}
	card := &kb.Case{Common: text("terrein", "Bedrijventerrein vernieuwen")}
	card.Body = "" // as in the index
	s := &scripted{suggestions: []kb.Suggestion{
		{Kind: kb.SuggestQuery, Text: "wonen & zorg"},
		{Kind: kb.SuggestTheme, Text: "Wonen", Entity: theme},
		{Kind: kb.SuggestMaterial, Text: "Bedrijventerrein vernieuwen", Entity: card},
	}}
	w.answering(s)
	got := w.ask(t, `{ suggest(prefix: "wo") { kind text url type node { id ... on Material { body } } } }`, "")
	wants(t, got, `{"data":{"suggest":[`+
		`{"kind":"QUERY","text":"wonen & zorg","url":"https://leerkring.example/?q=wonen+%26+zorg","type":null,"node":null},`+
		`{"kind":"THEME","text":"Wonen","url":"https://leerkring.example/thema/wonen","type":null,"node":null},`+ // is not in the store
		`{"kind":"MATERIAL","text":"Bedrijventerrein vernieuwen","url":"https://leerkring.example/casus/terrein","type":"CASE",`+
		`"node":{"id":"`+string(id("terrein"))+`","body":"De tekst van Bedrijventerrein vernieuwen"}}]}}`)
	if s.first != 8 {
		t.Errorf("%d suggestions were asked for, want 8", s.first)
	}
}

// TestHowManySuggestions: both lists are bounded, and say so.
func TestHowManySuggestions(t *testing.T) {
	w := newWorld(t, library()...)
	s := &scripted{}
	w.answering(s)
	for _, c := range []struct {
		query string
		first int // -1: refused
	}{
		{`{ suggest(prefix: "w", first: 20) { text } }`, 20},
		{`{ suggest(prefix: "w", first: 0) { text } }`, 0},
		{`{ suggest(prefix: "w", first: null) { text } }`, 8},
		{`{ suggest(prefix: "w", first: 21) { text } }`, -1},
		{`{ suggest(prefix: "w", first: -1) { text } }`, -1},
		{`{ material(slug: "les") { related { text } } }`, 4},
		{`{ material(slug: "les") { related(first: 20) { text } } }`, 20},
		{`{ material(slug: "les") { related(first: 21) { text } } }`, -1},
	} {
		s.first = -1
		got := w.ask(t, c.query, "")
		refused := got.code() == "BAD_USER_INPUT" && got.Errors[0].Extensions["argument"] == "first" && strings.Contains(got.Raw, "20")
		if s.first != c.first || refused != (c.first < 0) || !refused && len(got.Errors) > 0 {
			t.Errorf("%s: asked for %d: %s", c.query, s.first, got.Raw)
		}
	}
}

// TestSuggestionsHideContacts: a suggested person shows no more than a person does.
func TestSuggestionsHideContacts(t *testing.T) {
	w := newWorld(t, append(secrets(), open()...)...)
	var person kb.Entity
	for _, e := range open() {
		if p, ok := e.(*kb.Person); ok {
			person = p
		}
	}
	w.answering(&scripted{suggestions: []kb.Suggestion{{Kind: kb.SuggestPerson, Text: "Noor de Vries", Entity: person}}})
	got := w.ask(t, `{ suggest(prefix: "noor") { node { ... on Person { name email phone } } } }`, "")
	wants(t, got, `{"data":{"suggest":[{"node":{"name":"Noor de Vries","email":null,"phone":"0101234567"}}]}}`)
}
