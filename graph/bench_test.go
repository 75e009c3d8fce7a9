package graph_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"leerkring/internal/kb"
)

// prepared answers every search with one page that was made before, and every
// look-up of records from memory.
type prepared struct {
	kb.Searcher
	kb.Store
	page    *kb.SearchResult
	records map[kb.ID]kb.Record
	keys    map[string]kb.ID
}

func (p prepared) Search(context.Context, kb.Actor, kb.SearchRequest) (*kb.SearchResult, error) {
	return p.page, nil
}

func (p prepared) Get(context.Context, []kb.ID) (map[kb.ID]kb.Record, error) { return p.records, nil }

func (p prepared) Find(context.Context, []string) (map[string]kb.ID, error) { return p.keys, nil }

const cards = `{ search(query: "terrein", first: 20) { totalCount pageInfo { hasNextPage endCursor }
	edges { score highlights { field text ranges { start end } } node { id slug type title summary url language publishedAt
		themes { slug label } regions { code name } organisations { id name } } }
	facets(fields: [TYPE, THEME, PROVINCE, YEAR]) { field buckets { value label count selected } } } }`

// BenchmarkPageOfCards compares a page of 20 cards over HTTP with what of it is
// the index's own search ("index") and with an answer whose 20 cards were made
// before ("prepared"). What the edge adds is "http" minus "index".
func BenchmarkPageOfCards(b *testing.B) {
	w := newWorld(b, manyCases(2_000)...)
	req := kb.SearchRequest{
		Text: "terrein", Sort: kb.SortRelevance, First: 20, Highlights: true,
		Facets: []kb.FacetField{kb.FacetType, kb.FacetTheme, kb.FacetProvince, kb.FacetYear},
	}
	page, err := w.index.Search(b.Context(), kb.Visitor(), req)
	must(b, err)
	b.Run("index", func(b *testing.B) {
		for b.Loop() {
			_, err := w.index.Search(b.Context(), kb.Visitor(), req)
			must(b, err)
		}
	})
	b.Run("http", func(b *testing.B) { askOverHTTP(b, w.handler) })
	p := prepared{Searcher: w.index, Store: w.store, page: page}
	p.keys, err = w.store.Find(b.Context(), cardKeys())
	must(b, err)
	ids := []kb.ID{}
	for _, owner := range p.keys {
		ids = append(ids, owner)
	}
	for i := range 2_000 {
		ids = append(ids, id(fmt.Sprint("org-", i)))
	}
	p.records, err = w.store.Get(b.Context(), ids[:min(len(ids), 60)])
	must(b, err)
	w.config.Library = kb.NewLibrary(p, p, nil)
	b.Run("prepared", func(b *testing.B) { askOverHTTP(b, handlerOf(w.config)) })
}

func manyCases(n int) []kb.Entity {
	var out []kb.Entity
	for i := range n {
		m := &kb.Case{Common: text(fmt.Sprint("casus-", i), fmt.Sprint("Terrein ", i))}
		m.Themes = []string{[]string{"economie", "bedrijventerreinen"}[i%2]}
		m.Regions = []string{[]string{"GM0363", "GM0518"}[i%2]}
		m.Organisations = []kb.ID{id(fmt.Sprint("org-", i%20))}
		m.Body = strings.Repeat("Een tekst over het terrein en wat daar gebeurde. ", 40)
		out = append(out, m)
	}
	for i := range 20 {
		out = append(out, &kb.Organisation{Head: published(fmt.Sprint("org-", i)), Name: fmt.Sprint("Organisatie ", i)})
	}
	return out
}

func cardKeys() []string {
	return []string{
		kb.SlugKey(kb.KindTheme, "economie"), kb.SlugKey(kb.KindTheme, "bedrijventerreinen"),
		"region:GM0363", "region:GM0518", "region:PV27", "region:PV28",
	}
}

func askOverHTTP(b *testing.B, h http.Handler) {
	server := httptest.NewServer(h)
	defer server.Close()
	body := `{"query":` + fmt.Sprintf("%q", strings.ReplaceAll(strings.ReplaceAll(cards, "\n", " "), "\t", " ")) + `}`
	for b.Loop() {
		resp, err := http.Post(server.URL, typeJSON, strings.NewReader(body))
		must(b, err)
		var size int
		buf := make([]byte, 64<<10)
		for {
			n, err := resp.Body.Read(buf)
			size += n
			if err != nil {
				break
			}
		}
		must(b, resp.Body.Close())
		if resp.StatusCode != http.StatusOK || size < 8_000 {
			b.Fatalf("status %d, %d bytes", resp.StatusCode, size)
		}
	}
}
