package web

import (
	"encoding/json"
	"net/http"
	"strings"

	"leerkring/internal/web/operations"
)

// suggestion is one way to go on, as the script of the search box reads it.
type suggestion struct {
	Text string `json:"text"`
	Kind string `json:"kind"` // in words
	URL  string `json:"url"`
	// Query tells a query, which goes into the form, from what is opened.
	Query bool `json:"query"`
}

// suggestions answers the search box while someone types, in JSON. What keeps it
// from doing so is a status without suggestions.
func (s *site) suggestions(lang language) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := s.visit(r, lang)
		status, found := http.StatusOK, []suggestion{}
		if _, err := v.answer(w, route{get: func(*visit) (answer, error) {
			var err error
			found, err = v.suggest(clean(r.URL.Query().Get(paramQuery)))
			return answer{}, err
		}}); err != nil {
			status, found = v.failed(err).page.base().status, []suggestion{}
		}
		body, err := json.Marshal(found)
		if err != nil {
			panic("web: suggestions are no JSON: " + err.Error())
		}
		h := w.Header()
		h.Set("Content-Type", "application/json; charset=utf-8")
		h.Set("Cache-Control", "no-store")
		h.Set("X-Content-Type-Options", "nosniff")
		w.WriteHeader(status)
		v.send(w, body)
	})
}

// suggest gives the suggestions for what was typed so far.
func (v *visit) suggest(typed string) ([]suggestion, error) {
	out := []suggestion{}
	if strings.TrimSpace(typed) == "" {
		return out, nil
	}
	r, err := operations.Suggest(v.Context(), v.client, typed)
	if err != nil {
		return nil, err
	}
	for _, found := range r.Suggest {
		one := suggestion{Text: found.Text, Query: found.Kind == operations.SuggestionKindQuery}
		switch {
		case one.Query:
			one.Kind, one.URL = v.text("suggest.QUERY"), v.lang.prefix()+state{query: found.Text}.address()
		case found.Kind == operations.SuggestionKindMaterial:
			one.Kind, one.URL = v.text(kindText(found.Type)), v.lang.prefix()+pathOf(found.Url)
		default:
			one.Kind, one.URL = v.text(message("suggest."+string(found.Kind))), v.lang.prefix()+pathOf(found.Url)
		}
		out = append(out, one)
	}
	return out, nil
}
