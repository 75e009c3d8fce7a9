package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

// act takes a step with a record by its page.
func (p *person) act(id kb.ID, word string, set url.Values) document {
	p.tb.Helper()
	return p.then(p.submit(p.page("/actie/"+string(id)+"/"+word), "", set))
}

// TestWithdrawing leaves a page that says why, in the place of the record, to those
// who could read it; and it can be undone.
func TestWithdrawing(t *testing.T) {
	hidden := &kb.Case{Common: kb.Common{Head: published("besloten"), Title: "Besloten", Language: "nl"}}
	hidden.Visibility = kb.VisibilityMembers
	w := newWorld(t, append(circle(), hidden)...)
	e, visitor, colleague := w.as(t, editor()), w.as(t, kb.Actor{}), w.as(t, member())
	id := kb.DeriveID("test", "de-casus")
	if d := e.submit(e.page("/actie/"+string(id)+"/intrekken"), "", url.Values{"replacedBy": {"Bestaat niet"}}); len(d.wrong()) != 2 {
		t.Errorf("without a reason: %q", d.wrong())
	}
	d := e.act(id, "intrekken", url.Values{"reason": {"Niet meer <juist>."}, "replacedBy": {"De les"}})
	if !strings.Contains(text(d.one("h2", "id", "standing")), "ingetrokken") {
		t.Errorf("then it is %q", text(d.one("h2", "id", "standing")))
	}
	gone := visitor.get("/en/casus/de-casus")
	if gone.status != http.StatusGone || text(gone.one("h1", "", "")) != "De casus" || !strings.Contains(text(gone.root), "Niet meer <juist>.") || gone.link("De les") != "/en/les/de-les" {
		t.Errorf("status %d: %s", gone.status, text(gone.root))
	}
	e.act(hidden.ID, "intrekken", url.Values{"reason": {"Geheim."}})
	if a, b := visitor.get("/casus/besloten"), colleague.get("/casus/besloten"); a.status != http.StatusNotFound || strings.Contains(a.raw, "Geheim") || b.status != http.StatusGone {
		t.Errorf("what was for members: a visitor gets %d, a member %d", a.status, b.status)
	}
	e.act(id, "terugzetten", nil)
	if d := visitor.get("/casus/de-casus"); d.status != http.StatusOK {
		t.Errorf("given back: status %d", d.status)
	}
}

// TestChangingWhatIsPublished: readers see the old text until the new one is approved;
// an editor sees what changes, field by field.
func TestChangingWhatIsPublished(t *testing.T) {
	w := newWorld(t, circle()...)
	e, visitor := w.as(t, editor()), w.as(t, kb.Actor{})
	id := kb.DeriveID("test", "de-casus")
	d := e.then(e.submit(e.page("/bewerken/"+string(id)), "opslaan", url.Values{"title": {"De casus, herzien"}, "lessons": {"Een\nDrie"}}))
	if !strings.Contains(text(d.one("section", "class", "standing")), "Lezers zien nog de gepubliceerde tekst.") {
		t.Errorf("standing: %s", text(d.one("section", "class", "standing")))
	}
	if got := text(visitor.page("/casus/de-casus").one("h1", "", "")); got != "De casus" {
		t.Errorf("readers see %q", got)
	}
	d = e.page("/redactie/" + string(id))
	if diff := cmp.Diff([]string{"De casus", "De casus, herzien"}, texts(d.all("pre", "", ""))[:2]); diff != "" {
		t.Errorf("changes (-want +got):\n%s", diff)
	}
	e.act(id, "weggooien", nil)
	if got := e.page("/bewerken/" + string(id)); got.filled(got.mainForm()).Get("title") != "De casus" {
		t.Error("the new version is still there")
	}
	e.then(e.submit(e.page("/bewerken/"+string(id)), "opslaan", url.Values{"title": {"De casus, herzien"}}))
	e.act(id, "publiceren", nil)
	if got := text(visitor.page("/casus/de-casus").one("h1", "", "")); got != "De casus, herzien" {
		t.Errorf("readers see %q", got)
	}
	d = e.page("/geschiedenis/" + string(id))
	rows := d.table()
	first, last := rows[len(rows)-1][2], rows[0][2]
	d = e.page("/geschiedenis/" + string(id) + "?van=" + last + "&tot=" + first)
	if diff := cmp.Diff([]string{"De casus", "De casus, herzien"}, texts(d.all("pre", "", ""))); diff != "" {
		t.Errorf("compared (-want +got):\n%s", diff)
	}
	restore := ""
	for _, a := range d.all("a", "", "") {
		if strings.Contains(href(a), "versie_terug="+first) {
			restore = href(a)
		}
	}
	e.then(e.submit(e.page(restore), "", nil))
	if got := e.page("/bewerken/" + string(id)); got.filled(got.mainForm()).Get("title") != "De casus" {
		t.Error("the old version was not restored")
	}
	if d := visitor.get("/geschiedenis/" + string(id)); d.status != http.StatusSeeOther {
		t.Errorf("a visitor sees the history: status %d", d.status)
	}
	if d := e.get("/geschiedenis/bestaat-niet"); d.status != http.StatusNotFound {
		t.Errorf("status %d", d.status)
	}
}

// TestPlanning: what is approved for later waits in its part of the queue until the
// planning is undone.
func TestPlanning(t *testing.T) {
	w := newWorld(t)
	p, e := w.as(t, expert()), w.as(t, editor())
	p.then(p.submit(p.page("/nieuw/casus"), "indienen", whole("Voor later")))
	d := e.page("/redactie")
	d = e.page(d.link("Voor later"))
	assign := e.page(d.link("Toewijzen"))
	e.then(e.submit(assign, "", url.Values{"reviewer": {string(editor().Account)}}))
	if row := e.page("/redactie?mij=1").row("Voor later"); row[4] != "Redacteur" {
		t.Errorf("asked of me: %q", row)
	}
	e.then(e.submit(e.page(d.link("Publiceren")), "", url.Values{"publishAt": {"2024-04-01T09:00"}}))
	if got := w.as(t, kb.Actor{}).get("/casus/voor-later"); got.status != http.StatusNotFound {
		t.Errorf("readers get status %d", got.status)
	}
	d = e.page("/redactie?deel=gepland")
	if row := d.row("Voor later"); row[3] != "Wordt gepubliceerd op 1 april 2024, 09:00" {
		t.Errorf("planned: %q", row)
	}
	d = e.page(d.link("Voor later"))
	e.then(e.submit(e.page(d.link("Planning opheffen")), "", nil))
	if rows := e.page("/redactie?deel=gepland").table(); len(rows) != 0 {
		t.Errorf("still planned: %q", rows)
	}
	d = p.page("/mijn/concepten")
	d = p.page(d.link("Voor later"))
	p.then(p.submit(p.page(d.link("Terugnemen")), "", nil))
	d = p.page("/mijn/concepten")
	d = p.page(d.link("Voor later"))
	p.then(p.submit(p.page(d.link("Verwijderen")), "", nil))
	if rows := p.page("/mijn/concepten").table(); len(rows) != 0 {
		t.Errorf("still there: %q", rows)
	}
}

// TestLookingAgain: what is to be looked at again is found in its part of the queue,
// and is gone from it when someone says that it is still correct.
func TestLookingAgain(t *testing.T) {
	old := &kb.Case{Common: kb.Common{Head: published("oud"), Title: "Oude tekst", Language: "nl", ReviewBy: "2024-01"}}
	w := newWorld(t, old)
	e := w.as(t, editor())
	d := e.page("/redactie?deel=herzien")
	d = e.page(d.link("Oude tekst"))
	confirm := e.page(d.link("Klopt nog"))
	if d := e.submit(confirm, "", url.Values{"reviewBy": {"ooit"}}); len(d.wrong()) == 0 {
		t.Error("a date that is none is taken")
	}
	e.then(e.submit(confirm, "", url.Values{"reviewBy": {"1-2026"}}))
	if rows := e.page("/redactie?deel=herzien").table(); len(rows) != 0 {
		t.Errorf("still to be looked at: %q", rows)
	}
}

// TestStepsThatAreNotAllowed are refused in plain words, and what one may not know is not there.
func TestStepsThatAreNotAllowed(t *testing.T) {
	w := newWorld(t, circle()...)
	writer, other := w.as(t, expert()), w.as(t, another())
	writer.then(writer.submit(writer.page("/nieuw/les"), "opslaan", url.Values{"title": {"Van mij"}}))
	d := writer.page("/mijn/concepten")
	mine := strings.TrimPrefix(d.link("Van mij"), "/bewerken/")
	for target, status := range map[string]int{
		"/bewerken/" + mine: http.StatusNotFound, "/redactie/" + mine: http.StatusNotFound, "/geschiedenis/" + mine: http.StatusNotFound,
		"/actie/" + mine + "/verwijderen": http.StatusNotFound, "/actie/" + mine + "/bestaat-niet": http.StatusNotFound, "/actie/x/publiceren": http.StatusNotFound,
		"/actie/" + string(kb.DeriveID("test", "de-casus")) + "/publiceren": http.StatusForbidden, "/nieuw/bestaat-niet": http.StatusNotFound,
	} {
		d := other.get(target)
		if d.status != status || strings.Contains(d.raw, "Van mij") {
			t.Errorf("%s: status %d, want %d", target, d.status, status)
		}
		if sent := other.post(target, url.Values{"versie": {"1"}}); sent.status == http.StatusSeeOther || strings.Contains(sent.raw, "Van mij") {
			t.Errorf("sending %s: status %d", target, sent.status)
		}
	}
	if d := writer.page(d.link("Van mij")); d.has("Publiceren") {
		t.Error("a writer is offered to publish")
	}
}

// TestHostileDrafts: whatever people type is shown as they typed it, on every page.
func TestHostileDrafts(t *testing.T) {
	w := newWorld(t)
	p, e := w.as(t, expert()), w.as(t, editor())
	for _, bad := range hostileTexts() {
		form := whole(bad)
		form.Set("lessons", bad)
		d := p.submit(p.page("/nieuw/casus"), "opslaan", form)
		if d.status != http.StatusSeeOther {
			checkOwn(t, "a form that is refused", d)
			continue // too long for a title
		}
		d = p.then(d)
		checkOwn(t, d.target, d)
		if got := d.filled(d.mainForm()).Get("title"); got != strings.TrimSpace(bad) {
			t.Errorf("%q is shown as %q", bad, got)
		}
		id := strings.TrimPrefix(strings.TrimSuffix(d.target, "?gelukt=saved"), "/bewerken/")
		said := e.then(e.submit(e.page("/redactie/"+id), "", url.Values{"veld": {"title"}, "tekst": {bad}}))
		if len(said.all("div", "class", "remark")) != 1 {
			t.Errorf("%q: no remark", bad)
		}
		for _, target := range []string{"/redactie/" + id, "/geschiedenis/" + id, "/actie/" + id + "/verwijderen", "/mijn/concepten", "/meldingen", "/redactie?gelukt=" + url.QueryEscape(bad)} {
			d := e.page(target)
			checkOwn(t, target, d)
		}
	}
}
