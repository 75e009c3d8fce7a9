package web_test

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

// TestWritingACase writes a draft, goes on with it, and finds what was typed.
func TestWritingACase(t *testing.T) {
	w := newWorld(t, circle()...)
	p := w.as(t, expert())
	d := p.then(p.submit(p.page("/nieuw/casus"), "opslaan", url.Values{
		"title": {"Een nieuwe casus"}, "summary": {"Kort gezegd."}, "themes": {"wonen", "arbeidsmarkt"}, "regions": {"Utrecht\nGM0344"},
		"organisations": {"gastheer bv"}, "partners.0.organisation": {"/organisatie/gastheer"}, "partners.0.role": {"trekker"},
		"period.from": {"3-2024"}, "lessons": {"Een\n\n Twee "}, "background": {"Regel 1\r\n\r\nRegel 2"}, "phase": {"RUNNING"},
	}))
	if got := text(d.one("h1", "", "")); got != "Bewerken: Een nieuwe casus" {
		t.Errorf("heading %q", got)
	}
	got := d.filled(d.mainForm())
	for name, want := range map[string]string{
		"title": "Een nieuwe casus", "summary": "Kort gezegd.", "partners.0.role": "trekker", "partners.0.organisation": "Gastheer BV",
		"organisations": "Gastheer BV", "period.from": "2024-03", "lessons": "Een\nTwee", "background": "Regel 1\n\nRegel 2", "phase": "RUNNING",
		"language": "nl", "visibility": "PUBLIC", "versie": "1",
	} {
		if got.Get(name) != want {
			t.Errorf("%s is %q, want %q", name, got.Get(name), want)
		}
	}
	if diff := cmp.Diff([]string{"arbeidsmarkt", "wonen"}, got["themes"]); diff != "" {
		t.Errorf("themes (-want +got):\n%s", diff)
	}
	d = p.then(p.submit(d, "indienen", url.Values{"title": {"Een betere titel"}}))
	if d.target != "/mijn/concepten?gelukt=submitted" {
		t.Errorf("at %s", d.target)
	}
	if other := w.as(t, another()).get(d.target); other.status != http.StatusOK {
		t.Errorf("status %d", other.status)
	}
}

// TestAFormThatIsSentTwice makes one record, in which what was typed last is kept.
func TestAFormThatIsSentTwice(t *testing.T) {
	w := newWorld(t)
	p := w.as(t, expert())
	d := p.page("/nieuw/les")
	first := p.submit(d, "opslaan", url.Values{"title": {"Eén keer"}})
	second := p.submit(d, "opslaan", url.Values{"title": {"Eén keer"}})
	third := p.submit(d, "opslaan", url.Values{"title": {"Nu anders"}, "advice": {"Doe zo."}})
	for _, again := range []document{second, third} {
		if got, want := again.header.Get("Location"), first.header.Get("Location"); got != want {
			t.Errorf("leads to %q, want %q", got, want)
		}
	}
	form := p.then(third)
	if got := form.filled(form.mainForm()); got.Get("title") != "Nu anders" || got.Get("advice") != "Doe zo." {
		t.Errorf("kept %q and %q", got.Get("title"), got.Get("advice"))
	}
	if rows := p.page("/mijn/concepten").table(); len(rows) != 1 {
		t.Errorf("drafts %q", rows)
	}
}

// TestRowsAreAddedWithoutAScript: the button adds an empty group, what was typed
// stays, and groups that stay empty are dropped.
func TestRowsAreAddedWithoutAScript(t *testing.T) {
	w := newWorld(t, circle()...)
	p := w.as(t, expert())
	d := p.page("/nieuw/casus")
	typed := url.Values{"title": {"T"}, "partners.0.organisation": {"Gastheer BV"}, "erbij": {"partners"}}
	d = p.submit(d, "", typed)
	if d.status != http.StatusOK || d.filled(d.mainForm()).Get("title") != "T" {
		t.Fatalf("status %d", d.status)
	}
	if _, focus := attr(d.one("input", "name", "partners.1.organisation"), "autofocus"); !focus {
		t.Error("the new group has no focus")
	}
	typed = url.Values{"partners.1.organisation": {""}, "partners.2.role": {"zonder"}, "partners.2.organisation": {"gastheer"}}
	d = p.then(p.submit(d, "opslaan", typed))
	if got := d.filled(d.mainForm()); got.Get("partners.1.role") != "zonder" || got.Has("partners.2.role") {
		t.Errorf("groups %v", got)
	}
}

// TestTwoPeopleAtOnce: who comes second sees both texts and chooses; what only one of
// them changed is kept of both.
func TestTwoPeopleAtOnce(t *testing.T) {
	w := newWorld(t, circle()...)
	p, e := w.as(t, expert()), w.as(t, editor())
	d := p.then(p.submit(p.page("/nieuw/casus"), "opslaan", url.Values{"title": {"Eerst"}, "summary": {"Eerst"}, "lessons": {"a"}}))
	e.then(e.submit(e.page(d.target), "opslaan", url.Values{"title": {"Van de redactie"}, "summary": {"Ook van de redactie"}}))
	mine := p.submit(d, "opslaan", url.Values{"title": {"Van mij"}, "lessons": {"a\nb"}})
	if mine.status != http.StatusUnprocessableEntity || len(mine.wrong()) != 1 || mine.wrong()[0] != "Redacteur heeft dit op 12 maart 2024, 10:30 ook gewijzigd. Er is nog niets opgeslagen." {
		t.Fatalf("status %d: %q", mine.status, mine.wrong())
	}
	if diff := cmp.Diff([]string{"Van mij", "Van de redactie", "Eerst", "Ook van de redactie"}, texts(mine.all("pre", "", ""))); diff != "" {
		t.Errorf("both texts (-want +got):\n%s", diff)
	}
	undecided := p.submit(mine, "opslaan", url.Values{"kies.title": {"mijn"}})
	if diff := cmp.Diff([]string{"Kies bij elk veld welke tekst moet blijven."}, undecided.wrong()); diff != "" {
		t.Errorf("not chosen (-want +got):\n%s", diff)
	}
	chosen := p.then(p.submit(mine, "opslaan", url.Values{"kies.title": {"mijn"}, "kies.summary": {"hun"}}))
	got := chosen.filled(chosen.mainForm())
	if got.Get("title") != "Van mij" || got.Get("summary") != "Ook van de redactie" || got.Get("lessons") != "a\nb" {
		t.Errorf("kept %q, %q, %q", got.Get("title"), got.Get("summary"), got.Get("lessons"))
	}
}

// TestASessionThatEndsLosesNothing: who was signed out meanwhile gets the form back
// with all that was typed.
func TestASessionThatEndsLosesNothing(t *testing.T) {
	w := newWorld(t)
	p, gone := w.as(t, expert()), w.as(t, kb.Actor{})
	d := p.then(p.submit(p.page("/nieuw/les"), "opslaan", url.Values{"title": {"T"}}))
	for _, page := range []document{d, p.page("/nieuw/les")} {
		back := gone.submit(page, "opslaan", url.Values{"advice": {"Lang getypt"}})
		if back.status != http.StatusUnprocessableEntity || back.filled(back.mainForm()).Get("advice") != "Lang getypt" {
			t.Errorf("%s: status %d", page.target, back.status)
		}
		if !back.has("Inloggen (nieuw tabblad)") {
			t.Errorf("%s: no way to sign in", page.target)
		}
	}
	back := gone.submit(d, "opslaan", url.Values{"advice": {"Lang getypt"}})
	again := p.then(p.submit(back, "opslaan", nil))
	if got := again.filled(again.mainForm()); got.Get("advice") != "Lang getypt" || got.Get("title") != "T" {
		t.Errorf("after signing in again: %v", got)
	}
	if d := gone.submit(page(p), "", url.Values{"vanzelf": {"1"}}); !strings.Contains(d.raw, `"stop":true`) {
		t.Errorf("the script is told %s", d.raw)
	}
}

func page(p *person) document { return p.page("/nieuw/les") }

// TestSubmittingTellsWhatIsMissing keeps the draft and names the fields.
func TestSubmittingTellsWhatIsMissing(t *testing.T) {
	w := newWorld(t)
	p := w.as(t, expert())
	d := p.submit(p.page("/nieuw/casus"), "indienen", url.Values{"title": {"Nog niet af"}})
	if d.status != http.StatusUnprocessableEntity || len(d.wrong()) < 3 || d.wrong()[0] != "De tekst is opgeslagen, maar kan nog niet worden ingediend." {
		t.Fatalf("status %d: %q", d.status, d.wrong())
	}
	if action, _ := attr(d.mainForm(), "action"); !strings.HasPrefix(action, "/bewerken/") {
		t.Errorf("the form goes to %s", action)
	}
	for _, li := range d.all("div", "id", "fouten") {
		for a := range li.Descendants() {
			if anchor, ok := strings.CutPrefix(href(a), "#"); ok && len(d.all("", "id", anchor)) != 1 {
				t.Errorf("the error leads to %q", anchor)
			}
		}
	}
	if rows := p.page("/mijn/concepten").table(); len(rows) != 1 || rows[0][2] != "concept" {
		t.Errorf("drafts %q", rows)
	}
}

// TestSavingAndViewing leads to the page of the draft, with where it stands.
func TestSavingAndViewing(t *testing.T) {
	w := newWorld(t)
	p := w.as(t, expert())
	d := p.then(p.submit(p.page("/en/nieuw/les"), "bekijken", url.Values{"title": {"Een les"}, "advice": {"Doe *zo*."}}))
	if d.target != "/en/les/een-les" || text(d.one("h2", "id", "standing")) != "Status: draft" {
		t.Errorf("at %s: %s", d.target, text(d.one("main", "", "")))
	}
	if got := w.as(t, another()).get("/les/een-les"); got.status != http.StatusNotFound {
		t.Errorf("someone else gets status %d", got.status)
	}
}

// TestFormsAreBounded: what no form of ours sends is refused, and nothing panics.
func TestFormsAreBounded(t *testing.T) {
	w := newWorld(t)
	p := w.as(t, expert())
	for name, c := range map[string]struct {
		kind, body string
		status     int
	}{
		"of another kind": {"application/json", `{"title":"x"}`, http.StatusUnsupportedMediaType},
		"with files":      {"multipart/form-data; boundary=x", "--x--", http.StatusUnsupportedMediaType},
		"without a kind":  {"", "title=x", http.StatusUnsupportedMediaType},
		"too long":        {"application/x-www-form-urlencoded", "title=" + strings.Repeat("a", 5<<20), http.StatusRequestEntityTooLarge},
		"too many":        {"application/x-www-form-urlencoded", strings.Repeat("a=1&", 5_000), http.StatusRequestEntityTooLarge},
		"not encoded":     {"application/x-www-form-urlencoded", "title=%zz", http.StatusBadRequest},
		"strange rows":    {"application/x-www-form-urlencoded", "title=T&partners.-1.role=x&partners.99999999999999999999.role=x&partners.x.role=y&partners.=z&sleutel=k", http.StatusSeeOther},
	} {
		r := request(http.MethodPost, "/nieuw/casus")
		r.Body = io.NopCloser(strings.NewReader(c.body))
		r.Header.Set("Content-Type", c.kind)
		if d := p.send(r); d.status != c.status {
			t.Errorf("%s: status %d, want %d", name, d.status, c.status)
		}
	}
}
