package web_test

import (
	"context"
	"encoding/json"
	"log/slog"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"leerkring/internal/kb"
	"leerkring/internal/web"
)

// names gives what a list page lists, with where it leads.
func names(d document) map[string]string {
	out := map[string]string{}
	for n := range d.one("ul", "class", "names").Descendants() {
		if n.Type == html.ElementNode && n.Data == "a" {
			out[href(n)] = text(n)
		}
	}
	return out
}

// TestListsGoOn: the pages of a list hold every region of a kind that exists now, once.
func TestListsGoOn(t *testing.T) {
	w := newWorld(t)
	seen := map[string]bool{}
	pages := 0
	for at := "/regios?soort=gemeente"; at != ""; pages++ {
		d := w.page(t, at)
		for to := range names(d) {
			if seen[to] {
				t.Errorf("%s stands on two pages", to)
			}
			seen[to] = true
			if !strings.HasPrefix(to, "/regio/gemeente-") {
				t.Errorf("%s is no municipality", to)
			}
		}
		next := d.all("a", "class", "next")
		if at = ""; len(next) == 1 {
			at = href(next[0])
			if !strings.Contains(at, "soort=gemeente") {
				t.Errorf("the next page is at %s", at)
			}
		}
	}
	want := 0
	for _, e := range kb.Builtin() {
		if r, ok := e.(*kb.Region); ok && r.RegionKind == kb.Municipality && r.ValidTo == "" {
			want++
		}
	}
	if len(seen) != want || pages != (want+99)/100 {
		t.Errorf("%d municipalities on %d pages, want %d", len(seen), pages, want)
	}
}

func TestKindsOfRegions(t *testing.T) {
	w := newWorld(t)
	for soort, count := range map[string]int{"provincie": 12, "corop": 40, "arbeidsmarktregio": 35, "onzin": 100} {
		d := w.page(t, "/en/regios?soort="+soort)
		if got := len(names(d)); got != count {
			t.Errorf("%s: %d regions, want %d", soort, got, count)
		}
		current := d.all("a", "aria-current", "page")
		want := "/en/regios?soort=" + soort
		if soort == "onzin" {
			want = "/en/regios"
		}
		if last := current[len(current)-1]; href(last) != want {
			t.Errorf("%s: the current choice is %s", soort, href(last))
		}
	}
}

func TestListsOfPeopleAndOrganisations(t *testing.T) {
	w := newWorld(t, append(circle(), &kb.Person{Head: published("zwijger"), Name: "Zonder Toestemming"})...)
	people := w.page(t, "/personen")
	if got := names(people)["/persoon/spreker"]; got != "Sam de Spreker" {
		t.Errorf("the speaker is listed as %q", got)
	}
	if strings.Contains(people.raw, "Zonder Toestemming") {
		t.Error("a person who did not agree is listed")
	}
	if got := names(w.page(t, "/organisaties"))["/organisatie/gastheer"]; got != "Gastheer BV" {
		t.Errorf("the host is listed as %q", got)
	}
	if cards := text(w.page(t, "/bijeenkomsten").one("main", "", "")); !strings.Contains(cards, "1 1 juli 2024 · Goes Dag één Leerkring: Kring van de test") {
		t.Errorf("the meeting is not on its list: %s", cards)
	}
	if cards := text(w.page(t, "/leerkringen").one("main", "", "")); !strings.Contains(cards, "vanaf februari 2024 · U kunt zich aanmelden Kring van de test") {
		t.Errorf("the circle is not on its list: %s", cards)
	}
}

// TestOperationsAreWhatClientsMaySend: a page asks GraphQL in its own language,
// by name, and leaves out what is not set: an explicit null would beat a default.
func TestOperationsAreWhatClientsMaySend(t *testing.T) {
	var asked []web.Operation
	w := newWorld(t)
	h := pages(t, web.Config{
		Execute: func(ctx context.Context, op web.Operation) (json.RawMessage, error) {
			asked = append(asked, op)
			return w.execute(ctx, op)
		},
		Log:       slog.New(slog.DiscardHandler),
		Reference: func(context.Context) string { return "ref-web" },
	})
	get(t, h, "/en/?q=wonen&thema=wonen")
	get(t, h, "/?jaar_van=2020")
	get(t, h, "/regios")
	type short struct{ Language, Name, Variables string }
	var got []short
	for _, op := range asked {
		got = append(got, short{op.Language, op.Name, string(op.Variables)})
		if !strings.Contains(op.Query, "query "+op.Name) {
			t.Errorf("the document of %s does not hold it", op.Name)
		}
	}
	want := []short{
		{"en", "Search", `{"query":"wonen","filter":{"themes":["wonen"]},"sort":"RELEVANCE","asTyped":false,"explain":false}`},
		{"nl", "Search", `{"query":"","filter":{"years":{"from":2020}},"sort":"RELEVANCE","asTyped":false,"explain":false}`},
		{"nl", "Regions", `{}`},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
