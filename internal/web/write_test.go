package web_test

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"
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
