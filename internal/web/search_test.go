package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"leerkring/internal/kb"
)

// many are so many cases that a search for them has three pages.
func many() []kb.Entity {
	var out []kb.Entity
	for i := range 45 {
		k := &kb.Case{Common: kb.Common{
			Head: published(fmt.Sprintf("kathedraal-%02d", i)), Title: fmt.Sprintf("Kathedraal nummer %d", i),
			Summary: "Over een kathedraal.", Body: "Tekst.", Language: "nl", Themes: []string{"wonen"}, Regions: []string{"GM0344"},
			Collaboration: kb.CollaborationRegional,
		}}
		out = append(out, k)
	}
	return out
}

func TestSearchStateIsInTheAddress(t *testing.T) {
	w := newWorld(t, many()...)
	d := w.page(t, "/?q=kathedraal&type=casus&thema=wonen&provincie=PV26&samenwerking=regionaal&jaar_van=2020&jaar_tot=2024&sorteer=titel")

	if got := text(d.one("h1", "", "")); got != "45 resultaten voor kathedraal" {
		t.Errorf("heading %q", got)
	}
	var checked []string
	for _, box := range d.all("input", "type", "checkbox") {
		if _, on := attr(box, "checked"); on {
			name, _ := attr(box, "name")
			value, _ := attr(box, "value")
			checked = append(checked, name+"="+value)
		}
		if form, _ := attr(box, "form"); form != "zoek" {
			t.Errorf("a checkbox is not of the search form")
		}
	}
	if diff := cmp.Diff([]string{"type=casus", "thema=wonen", "provincie=PV26", "samenwerking=regionaal"}, checked); diff != "" {
		t.Errorf("checked boxes (-want +got):\n%s", diff)
	}
	chips := d.all("a", "class", "chip")
	want := []string{
		"Verwijder filter: Soort: Casus ×", "Verwijder filter: Thema: Wonen ×", "Verwijder filter: Provincie: Utrecht ×",
		"Verwijder filter: Samenwerking: Met buren in de regio ×", "Verwijder filter: Jaar: 2020 – 2024 ×",
	}
	if diff := cmp.Diff(want, texts(chips)); diff != "" {
		t.Errorf("chips (-want +got):\n%s", diff)
	}
	if got, want := href(chips[1]), "/?q=kathedraal&type=casus&provincie=PV26&samenwerking=regionaal&jaar_van=2020&jaar_tot=2024&sorteer=titel"; got != want {
		t.Errorf("the chip of the theme leads to %s, want %s", got, want)
	}
	if got, want := href(d.one("a", "class", "clear")), "/?q=kathedraal&sorteer=titel"; got != want {
		t.Errorf("clear leads to %s, want %s", got, want)
	}
	selected := d.one("option", "selected", "")
	if value, _ := attr(selected, "value"); value != "titel" {
		t.Errorf("selected order %q", value)
	}
	for name, want := range map[string]string{"q": "kathedraal", "jaar_van": "2020", "jaar_tot": "2024"} {
		if value, _ := attr(d.one("input", "name", name), "value"); value != want {
			t.Errorf("%s holds %q, want %q", name, value, want)
		}
	}
}

// TestBackAndForth: the third page leads to the second, and that one to the first.
func TestBackAndForth(t *testing.T) {
	w := newWorld(t, many()...)
	at := []string{"/?q=kathedraal&sorteer=titel"}
	for range 2 {
		at = append(at, href(w.page(t, at[len(at)-1]).one("a", "class", "next")))
	}
	third := w.page(t, at[2])
	if got := href(third.one("a", "rel", "prev")); got != at[1] {
		t.Errorf("before the third page comes %s, want %s", got, at[1])
	}
	second := w.page(t, at[1])
	if n := len(second.all("a", "rel", "prev")); n > 0 {
		t.Error("the second page has another way back than to the first")
	}
	if got := href(second.one("nav", "class", "pages").FirstChild.NextSibling); got != at[0] {
		t.Errorf("before the second page comes %s, want %s", got, at[0])
	}
}

func TestPagesFollowEachOther(t *testing.T) {
	w := newWorld(t, many()...)
	seen := map[string]bool{}
	at := "/?q=kathedraal&type=casus&sorteer=titel"
	for page := 1; at != ""; page++ {
		d := w.page(t, at)
		for _, title := range texts(d.all("h3", "class", "card-title")) {
			if seen[title] {
				t.Errorf("%q stands on two pages", title)
			}
			seen[title] = true
		}
		next := d.all("a", "class", "next")
		if want := page < 3; (len(next) == 1) != want {
			t.Fatalf("page %d: next page %v, want %v", page, !want, want)
		}
		if at = ""; len(next) == 1 {
			at = href(next[0])
		}
		if first := strings.Contains(text(d.root), "Eerste pagina"); first != (page > 1) {
			t.Errorf("page %d: link to the first page %v", page, first)
		}
	}
	if len(seen) != 45 {
		t.Errorf("%d titles on three pages, want 45", len(seen))
	}
}

func TestACursorThatDoesNotWorkGivesTheFirstPage(t *testing.T) {
	w := newWorld(t)
	for _, target := range []string{"/?q=wonen&na=geen-cursor", "/en/?q=wonen&na=%00", "/themas?na=x", "/en/bijeenkomsten?na=x"} {
		d := w.page(t, target)
		if notice := text(d.one("div", "class", "notice")); !strings.Contains(notice, "eerste pagina") && !strings.Contains(notice, "first page") {
			t.Errorf("%s: notice %q", target, notice)
		}
		if len(d.all("", "class", "card-title"))+len(d.all("ul", "class", "names")) == 0 {
			t.Errorf("%s shows no first page", target)
		}
	}
}

func TestNoResultsHelpsOn(t *testing.T) {
	w := newWorld(t)
	d := w.page(t, "/?q=qqxxzz&thema=wonen")
	if got := text(d.one("h1", "", "")); got != "Geen resultaten voor qqxxzz" {
		t.Errorf("heading %q", got)
	}
	help := d.one("div", "class", "help")
	var links []string
	for n := range help.Descendants() {
		if n.Data == "a" {
			links = append(links, href(n))
		}
	}
	if diff := cmp.Diff([]string{"/?q=qqxxzz", "/themas", "/?q=", "/help/zoeken"}, links); diff != "" {
		t.Errorf("ways on (-want +got):\n%s", diff)
	}
}

func TestHighlightsAreMarked(t *testing.T) {
	w := newWorld(t, many()...)
	for _, m := range w.page(t, "/?q=kathedraal").all("mark", "", "") {
		if got := strings.ToLower(text(m)); got != "kathedraal" {
			t.Errorf("marked %q", got)
		}
	}
	if n := len(w.page(t, "/?q=kathedraal").all("mark", "", "")); n < 20 {
		t.Errorf("%d marks on a page of 20 hits", n)
	}
}

// TestFiltersWithoutFacet: the page of a person or of a COROP region leads to a
// search that no facet shows; the form must keep it.
func TestFiltersWithoutFacet(t *testing.T) {
	w := newWorld(t)
	person := href(w.page(t, "/personen").one("ul", "class", "names").FirstChild.FirstChild)
	var all string
	for _, a := range w.page(t, person).all("a", "", "") {
		if strings.HasPrefix(href(a), "/?persoon=") {
			all = href(a)
		}
	}
	d := w.page(t, all)
	id, _ := attr(d.one("input", "type", "hidden"), "value")
	if want := strings.TrimPrefix(all, "/?persoon="); id != want {
		t.Errorf("the form keeps %q, want %q", id, want)
	}
	name := text(w.page(t, person).one("h1", "", ""))
	if got := text(d.one("a", "class", "chip")); got != "Verwijder filter: Persoon: "+name+" ×" {
		t.Errorf("chip %q, want the name %q", got, name)
	}
}

// TestValuesThatAreNotCounted: a filter whose value is unknown, or is not among
// the most frequent, must stay in the form.
func TestValuesThatAreNotCounted(t *testing.T) {
	w := newWorld(t)
	d := w.page(t, "/?q=&thema=bestaat-niet&gemeente=GM0014&corop=CR01&organisatie="+string(kb.DeriveID("x", "y")))
	got := texts(d.all("a", "class", "chip"))
	want := []string{
		"Verwijder filter: Thema: bestaat-niet ×", "Verwijder filter: Gemeente: Groningen ×",
		"Verwijder filter: Organisatie: " + string(kb.DeriveID("x", "y")) + " ×", "Verwijder filter: COROP-gebied: Oost-Groningen ×",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("chips (-want +got):\n%s", diff)
	}
	var checked []string
	for _, box := range d.all("input", "checked", "") {
		value, _ := attr(box, "value")
		checked = append(checked, value)
	}
	if diff := cmp.Diff([]string{"bestaat-niet", "GM0014", string(kb.DeriveID("x", "y"))}, checked); diff != "" {
		t.Errorf("checked (-want +got):\n%s", diff)
	}
}

func TestStartPage(t *testing.T) {
	w := newWorld(t)
	d := w.page(t, "/")
	if n := len(d.all("li", "class", "card")); n != 5 {
		t.Errorf("%d new materials, want 5", n)
	}
	var kinds []string
	for n := range d.one("ul", "class", "kinds").Descendants() {
		if n.Data == "a" {
			kinds = append(kinds, href(n))
		}
	}
	if diff := cmp.Diff([]string{"/?type=casus", "/?type=publicatie", "/?type=presentatie", "/?type=les"}, kinds); diff != "" {
		t.Errorf("kinds (-want +got):\n%s", diff)
	}
	if d := w.page(t, "/?q="); !strings.Contains(text(d.one("h1", "", "")), "resultaten") {
		t.Error("an empty search is not a search for everything")
	}
}

// TestOrderIsKeptOnlyWhenChosen: the order of an empty search is not carried into
// a search for words.
func TestOrderIsKeptOnlyWhenChosen(t *testing.T) {
	w := newWorld(t)
	first := func(target string) (label, value string) {
		o := w.page(t, target).one("option", "selected", "")
		value, _ = attr(o, "value")
		return text(o), value
	}
	for target, want := range map[string][2]string{
		"/?q=":                       {"Nieuwste eerst", ""},
		"/?q=wonen":                  {"Beste antwoord eerst", ""},
		"/?q=wonen&sorteer=nieuwste": {"Nieuwste eerst", "nieuwste"},
		"/?q=&sorteer=onzin":         {"Nieuwste eerst", ""},
		"/en/?q=wonen&sorteer=titel": {"By title", "titel"},
	} {
		if label, value := first(target); label != want[0] || value != want[1] {
			t.Errorf("%s: %q (%q), want %q", target, label, value, want)
		}
	}
}

// TestFormsWorkWithoutAScript sends the form of a page as a browser does.
func TestFormsWorkWithoutAScript(t *testing.T) {
	w := newWorld(t, many()...)
	d := w.page(t, "/?q=kathedraal&thema=wonen&jaar_van=2023")
	values := url.Values{}
	for _, n := range d.all("", "name", "") {
		form, _ := attr(n, "form")
		name, _ := attr(n, "name")
		value, _ := attr(n, "value")
		kind, _ := attr(n, "type")
		_, checked := attr(n, "checked")
		if n.Data != "input" || (form != "zoek" && name != "q") || (kind == "checkbox" && !checked) {
			continue
		}
		values.Add(name, value)
	}
	values.Add("type", "casus") // what the reader ticks
	again := w.page(t, "/?"+values.Encode())
	if diff := cmp.Diff([]string{
		"Verwijder filter: Soort: Casus ×", "Verwijder filter: Thema: Wonen ×", "Verwijder filter: Jaar: vanaf 2023 ×",
	}, texts(again.all("a", "class", "chip"))); diff != "" {
		t.Errorf("after sending the form (-want +got):\n%s", diff)
	}
}

func BenchmarkSearchPage(b *testing.B) {
	w := newWorld(b, many()...)
	for b.Loop() {
		w.page(b, "/?q=kathedraal&type=casus")
	}
}

func FuzzSearchAddress(f *testing.F) {
	w := newWorld(f)
	for _, seed := range []string{
		"q=wonen&thema=wonen", "jaar_van=9999999999999999999&jaar_tot=-1", "q=%ff%00&na=%ff", "type=casus&type=CASUS&type=",
		"gemeente=GM0344&provincie=GM0344", "sorteer=&q=\"a b\" -c OR (", "q=%F0%9F%92%A9%E2%80%AE&taal=nl&taal=xx", "organisatie=" + string(kb.DeriveID("a", "b")),
		strings.Repeat("thema=x&", 150), "q=" + strings.Repeat("a", 7_000), "%zz;;=&&q", "persoon=x&corop=CR99",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, query string) {
		for _, path := range []string{"/", "/en/", "/regios"} {
			r := &http.Request{Method: http.MethodGet, URL: &url.URL{Path: path, RawQuery: query}, Header: http.Header{}, Host: "leerkring.example"}
			d := send(t, w.handler, r.WithContext(t.Context()))
			if d.status >= 500 {
				t.Fatalf("%s?%s: status %d\n%s", path, query, d.status, w.log)
			}
			checkOwn(t, path+"?"+query, d)
			ids := map[string]bool{}
			for _, n := range d.all("", "id", "") {
				id, _ := attr(n, "id")
				if ids[id] {
					t.Fatalf("%s?%s: id %s twice", path, query, id)
				}
				ids[id] = true
			}
		}
	})
}

// headings gives the levels of the headings in order.
func headings(d document) []int {
	var out []int
	for n := range d.root.Descendants() {
		if n.Type == html.ElementNode && len(n.Data) == 2 && n.Data[0] == 'h' && slices.Contains([]byte("123456"), n.Data[1]) {
			out = append(out, int(n.Data[1]-'0'))
		}
	}
	return out
}
