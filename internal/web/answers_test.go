package web_test

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

// scripted is an index that makes more of a query than the index behind it, as it
// was told, and keeps what it was asked.
type scripted struct {
	kb.Searcher
	corrected   string
	meant       string
	recognised  []kb.Recognised
	explanation *kb.Explanation
	suggestions []kb.Suggestion
	// hold, if any, is called before a suggestion is given.
	hold    func(ctx context.Context, prefix string)
	related []kb.Related
	fault   error

	mu    sync.Mutex // pages ask for several lists at once
	asked kb.SearchRequest
}

func (s *scripted) Search(ctx context.Context, actor kb.Actor, req kb.SearchRequest) (*kb.SearchResult, error) {
	s.mu.Lock()
	s.asked = req
	s.mu.Unlock()
	if s.corrected != "" && !req.AsTyped {
		req.Text = s.corrected
	}
	res, err := s.Searcher.Search(ctx, actor, req)
	if err != nil {
		return nil, err
	}
	if !req.AsTyped {
		res.SearchedFor, res.DidYouMean = s.corrected, s.meant
	}
	res.Recognised = s.recognised
	for i := range res.Hits {
		res.Hits[i].Explanation = s.explanation
	}
	return res, nil
}

func (s *scripted) Suggest(ctx context.Context, _ kb.Actor, prefix string, _ int) ([]kb.Suggestion, error) {
	if s.hold != nil {
		s.hold(ctx, prefix)
	}
	return s.suggestions, s.fault
}

func (s *scripted) Related(context.Context, kb.Actor, kb.ID, int) ([]kb.Related, error) {
	return s.related, s.fault
}

// answering puts a scripted index before the records of a world.
func (w *world) answering(tb testing.TB, s *scripted) {
	tb.Helper()
	s.Searcher = w.index
	w.search = s
	w.serve(tb, false)
}

func TestACorrectionCanBeUndone(t *testing.T) {
	w := newWorld(t, many()...)
	w.answering(t, &scripted{corrected: "kathedraal"})
	d := w.page(t, "/?q=kathedreel&type=casus")
	if got := text(d.one("h1", "", "")); got != "45 resultaten voor kathedraal" {
		t.Errorf("heading %q", got)
	}
	line := d.one("p", "class", "corrected")
	if got := text(line); got != "Gezocht naar kathedraal. Zoek toch naar kathedreel" {
		t.Errorf("the page says %q", got)
	}
	undo := href(d.one("p", "class", "corrected").LastChild)
	if want := "/?q=kathedreel&type=casus&letterlijk=1"; undo != want {
		t.Fatalf("undo leads to %s, want %s", undo, want)
	}
	if value, _ := attr(d.one("input", "id", "q"), "value"); value != "kathedreel" {
		t.Errorf("the search box holds %q", value)
	}
	d = w.page(t, undo)
	if got := text(d.one("h1", "", "")); got != "Geen resultaten voor kathedreel" {
		t.Errorf("heading %q", got)
	}
	var loosen []string
	for _, a := range d.all("a", "", "") {
		if strings.Contains(text(a), "woorden die") {
			loosen = append(loosen, href(a))
		}
	}
	if diff := cmp.Diff([]string{"/?q=kathedreel&type=casus"}, loosen); diff != "" {
		t.Errorf("ways back to corrections (-want +got):\n%s", diff)
	}
	if value, _ := attr(d.one("input", "name", "letterlijk"), "value"); value != "kathedreel" {
		t.Errorf("the form searches as typed for %q only", value)
	}
}

func TestDidYouMean(t *testing.T) {
	w := newWorld(t, many()...)
	w.answering(t, &scripted{meant: "woningen bouwen"})
	d := w.page(t, "/en/?q=wonigen+bouwen&thema=wonen")
	line := d.one("p", "class", "corrected")
	if got := text(line); got != "Did you mean woningen bouwen?" {
		t.Errorf("the page says %q", got)
	}
	if got, want := href(line.FirstChild.NextSibling), "/en/?q=woningen+bouwen&thema=wonen"; got != want {
		t.Errorf("it leads to %s, want %s", got, want)
	}
}

// TestNamesBecomeFilters: what is recognised is a filter with one click, beside
// those that are set, and the words that named it leave the query.
func TestNamesBecomeFilters(t *testing.T) {
	w := newWorld(t, many()...)
	w.answering(t, &scripted{recognised: []kb.Recognised{
		{Field: kb.FacetMunicipality, Value: "GM0344", Text: "utrecht", Rest: "casussen wonen"},
		{Field: kb.FacetTheme, Value: "wonen", Text: "wonen", Rest: "casussen utrecht"},
		{Field: kb.FacetType, Value: string(kb.KindCase), Text: "casussen", Rest: "wonen utrecht"},
		{Field: kb.FacetYear, Value: "2024", Text: "2024", Rest: "x"},
		{Field: kb.FacetLanguage, Value: "nl", Text: "nederlands", Rest: "x"},
		{Field: kb.FacetProvince, Value: "PV20", Text: "groningen", Rest: "x"},
		{Field: kb.FacetMunicipality, Value: "GM0014", Text: "groningen", Rest: "x"},
		{Field: kb.FacetTheme, Value: "arbeidsmarkt", Text: "arbeidsmarkt", Rest: "x"},
	}})
	d := w.page(t, "/?q=casussen+wonen+utrecht&thema=arbeidsmarkt&uitleg=1")
	got := map[string]string{}
	for _, a := range d.all("a", "class", "add") {
		got[text(a)] = href(a)
	}
	want := map[string]string{
		"Alleen in Utrecht":  "/?q=casussen+wonen&thema=arbeidsmarkt&gemeente=GM0344&uitleg=1",
		"Alleen thema Wonen": "/?q=casussen+utrecht&thema=arbeidsmarkt&thema=wonen&uitleg=1",
		"Alleen casussen":    "/?q=wonen+utrecht&type=casus&thema=arbeidsmarkt&uitleg=1",
		"Alleen Nederlands":  "/?q=x&thema=arbeidsmarkt&taal=nl&uitleg=1",

		"Alleen in provincie Groningen": "/?q=x&thema=arbeidsmarkt&provincie=PV20&uitleg=1",
		"Alleen in gemeente Groningen":  "/?q=x&thema=arbeidsmarkt&gemeente=GM0014&uitleg=1",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestWhyIsThisHere: an editor sees how a score was made, and nobody pays for it
// who does not ask.
func TestWhyIsThisHere(t *testing.T) {
	w := newWorld(t, many()...)
	s := &scripted{explanation: &kb.Explanation{Name: "score", Kind: "sum", Value: 1234.5, Factors: []kb.Explanation{
		{Name: "kathedraal", Kind: "product", Value: 3, Factors: []kb.Explanation{{Name: "rarity", Factors: []kb.Explanation{{Name: "b", Factors: []kb.Explanation{{Name: "c", Factors: []kb.Explanation{{Name: "d"}}}}}}}}},
	}}}
	w.answering(t, s)
	d := w.page(t, "/?q=kathedraal&uitleg=1")
	lists := d.all("details", "class", "explanation")
	if len(lists) != 20 {
		t.Fatalf("%d explanations of 20 hits", len(lists))
	}
	if got, want := text(lists[0]), "Waarom staat dit hier? score: 1234,500 (som van) kathedraal: 3,000 (product van) hoe zeldzaam het is: 0,000 b: 0,000 c: 0,000 d: 0,000"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if n := len(d.all("li", "class", "depth-4")); n != 40 {
		t.Errorf("%d lines at the deepest indent, want 40", n)
	}
	if value, _ := attr(d.one("input", "name", "uitleg"), "value"); value != "1" {
		t.Error("the form loses the explanations")
	}
	if got := text(w.page(t, "/en/?q=kathedraal&uitleg=1").all("details", "class", "explanation")[0]); !strings.HasPrefix(got, "Why is this here? score: 1234.500 (sum of)") {
		t.Errorf("in English: %q", got)
	}
	w.page(t, "/?q=kathedraal")
	if s.asked.Explain {
		t.Error("every search is explained")
	}
}

// suggested reads an answer to the search box.
func suggested(t *testing.T, d document) []map[string]any {
	t.Helper()
	out := []map[string]any{}
	must(t, json.Unmarshal([]byte(d.raw), &out))
	if got := d.header.Get("Content-Type"); got != "application/json; charset=utf-8" || d.header.Get("Cache-Control") != "no-store" {
		t.Errorf("header %v", d.header)
	}
	return out
}

func TestSuggestionsForTheSearchBox(t *testing.T) {
	w := newWorld(t)
	theme, region := &kb.Theme{Head: published("wonen"), PrefLabel: kb.Label{NL: "Wonen"}}, &kb.Region{Head: published("gemeente-utrecht"), Name: "Utrecht"}
	lesson := &kb.Lesson{Common: kb.Common{Head: published("vroeg"), Title: "Begin vroeg </script>"}}
	s := &scripted{suggestions: []kb.Suggestion{
		{Kind: kb.SuggestQuery, Text: "wonen & zorg"},
		{Kind: kb.SuggestTheme, Text: "Wonen", Entity: theme},
		{Kind: kb.SuggestRegion, Text: "Utrecht", Entity: region},
		{Kind: kb.SuggestMaterial, Text: lesson.Title, Entity: lesson},
		{Kind: kb.SuggestOrganisation, Text: "O", Entity: &kb.Organisation{Head: published("o")}},
		{Kind: kb.SuggestPerson, Text: "P", Entity: &kb.Person{Head: published("p")}},
	}}
	w.answering(t, s)
	row := func(text, kind, url string, query bool) map[string]any {
		return map[string]any{"text": text, "kind": kind, "url": url, "query": query}
	}
	want := []map[string]any{
		row("wonen & zorg", "Zoekvraag", "/?q=wonen+%26+zorg", true),
		row("Wonen", "Thema", "/thema/wonen", false),
		row("Utrecht", "Regio", "/regio/gemeente-utrecht", false),
		row("Begin vroeg </script>", "Geleerde les", "/les/vroeg", false),
		row("O", "Organisatie", "/organisatie/o", false),
		row("P", "Persoon", "/persoon/p", false),
	}
	if diff := cmp.Diff(want, suggested(t, w.page(t, "/suggesties?q=wo"))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := suggested(t, w.page(t, "/en/suggesties?q=wo"))[3]; got["kind"] != "Lesson learned" || got["url"] != "/en/les/vroeg" {
		t.Errorf("in English: %v", got)
	}
	for _, target := range []string{"/suggesties", "/suggesties?q=", "/suggesties?q=+%20"} {
		if got := suggested(t, w.page(t, target)); len(got) != 0 {
			t.Errorf("%s: %v", target, got)
		}
	}
}

// TestSuggestionsThatCannotBe are a status and an empty list, since a script reads it.
func TestSuggestionsThatCannotBe(t *testing.T) {
	w := newWorld(t)
	s := &scripted{}
	w.answering(t, s)
	for _, c := range []struct {
		method, target string
		fault          error
		status         int
	}{
		{http.MethodPost, "/suggesties?q=wo", nil, http.StatusMethodNotAllowed},
		{http.MethodGet, "/suggesties?q=" + strings.Repeat("a", 10_000), nil, http.StatusOK},
		{http.MethodGet, "/suggesties?q=" + strings.Repeat("a", 140_000), nil, http.StatusRequestURITooLong},
		{http.MethodGet, "/suggesties?q=%ff%00wo", nil, http.StatusOK},
		{http.MethodGet, "/suggesties?q=wo", kb.Errorf(kb.Unavailable, kb.Text{NL: "weg", EN: "away"}), http.StatusServiceUnavailable},
		{http.MethodGet, "/suggesties?q=wo", context.Canceled, http.StatusServiceUnavailable},
	} {
		s.fault = c.fault
		d := send(t, w.handler, request(c.method, c.target))
		if got := suggested(t, d); d.status != c.status || len(got) != 0 {
			t.Errorf("%s %.40s: status %d, want %d: %v", c.method, c.target, d.status, c.status, got)
		}
	}
}

// TestWhatIsAlike stands under a material with the reason, but for what it was
// linked with by hand.
func TestWhatIsAlike(t *testing.T) {
	linked := &kb.Lesson{Common: kb.Common{Head: published("gekoppeld"), Title: "Gekoppeld", Language: "nl"}}
	other := &kb.Lesson{Common: kb.Common{Head: published("ander"), Title: "Ander", Language: "nl"}}
	m := &kb.Case{Common: kb.Common{Head: published("x"), Title: "X", Language: "nl", Related: []kb.ID{linked.ID}}}
	w := newWorld(t, linked, other, m)
	why := []kb.Reason{{Field: kb.FacetTheme, Values: []string{"wonen"}}, {Field: kb.FacetLabourMarketRegion, Values: []string{"AM25"}}}
	s := &scripted{related: []kb.Related{{Hit: kb.Hit{Entity: linked}, Reasons: why}, {Hit: kb.Hit{Entity: other}, Reasons: why}}}
	w.answering(t, s)
	d := w.page(t, "/casus/x")
	if diff := cmp.Diff([]string{"Hoort bij elkaar", "Lijkt hierop", "Gegevens"}, texts(d.all("h2", "", ""))); diff != "" {
		t.Errorf("headings (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"zelfde thema en arbeidsmarktregio"}, texts(d.all("p", "class", "card-why"))); diff != "" {
		t.Errorf("reasons (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"Gekoppeld", "Ander"}, texts(d.all("h3", "class", "card-title"))); diff != "" {
		t.Errorf("cards (-want +got):\n%s", diff)
	}
	s.related = append(s.related, s.related[1], s.related[1], s.related[1], s.related[1])
	if n := len(w.page(t, "/casus/x").all("p", "class", "card-why")); n != 4 {
		t.Errorf("%d materials are shown as alike, want 4", n)
	}
	s.related = s.related[:1]
	if got := texts(w.page(t, "/en/casus/x").all("h2", "", "")); got[0] != "Related material" || got[1] != "Details" {
		t.Errorf("with nothing else alike: %q", got)
	}
	s.fault = kb.Errorf(kb.Unavailable, kb.Text{NL: "weg", EN: "away"})
	w.page(t, "/casus/x")
	if !strings.Contains(w.log.String(), "what is alike is left out") {
		t.Errorf("an index that is away leaves no trace: %s", w.log)
	}
}
