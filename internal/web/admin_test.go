package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"leerkring/internal/kb"
)

// row gives the row of the first table that begins with a text.
func (d document) row(first string) []string {
	d.tb.Helper()
	for _, row := range d.table() {
		if row[0] == first {
			return row
		}
	}
	d.tb.Fatalf("no row %q on %s: %q", first, d.target, d.table())
	return nil
}

// TestAccounts: an admin invites someone, gives a role and teams, and takes it all away again.
func TestAccounts(t *testing.T) {
	w := newWorld(t, circle()...)
	p, visitor := w.as(t, admin()), w.as(t, kb.Actor{})
	d := p.submit(p.page("/beheer/uitnodigen"), "", url.Values{
		"name": {"Noor Nieuw"}, "email": {"noor@leerkring.example"}, "role": {"EXPERT"}, "teams.0.team": {"Kring van de test"}, "teams.0.role": {"FACILITATOR"},
	})
	link, _ := attr(d.one("input", "id", "getoond"), "value")
	if page := visitor.get(strings.TrimPrefix(link, "https://leerkring.example")); page.status != http.StatusOK {
		t.Errorf("the link %s: status %d", link, page.status)
	}
	d = p.page("/beheer/accounts")
	row := d.row("Noor Nieuw")
	if row[2] != "expert" || row[3] != "Kring van de test (begeleider)" || row[4] != "uitgenodigd" {
		t.Errorf("invited: %q", row)
	}
	account := d.link("Noor Nieuw")
	p.change(account+"/rol", url.Values{"role": {"EDITOR"}})
	form := p.page(account + "/teams")
	if got := form.filled(form.mainForm()); got.Get("teams.0.team") != "/leerkring/kring" || got.Get("teams.0.role") != "FACILITATOR" {
		t.Errorf("teams %v", got)
	}
	p.then(p.submit(form, "", url.Values{"teams.0.team": {""}, "teams.0.role": {""}, "teams.1.team": {"/organisatie/gastheer"}, "teams.1.role": {"PARTICIPANT"}}))
	p.change(account+"/uitzetten", nil)
	if row := p.page("/beheer/accounts").row("Noor Nieuw"); row[2] != "redacteur" || row[3] != "Gastheer BV (deelnemer)" || row[4] != "uitgezet" {
		t.Errorf("changed: %q", row)
	}
	p.change(account+"/aanzetten", nil)
	again := p.submit(p.page(account+"/uitnodigen"), "", nil)
	if second, _ := attr(again.one("input", "id", "getoond"), "value"); second == link || second == "" {
		t.Errorf("the second link is %q", second)
	}
	if page := visitor.get(strings.TrimPrefix(link, "https://leerkring.example")); page.status != http.StatusNotFound {
		t.Errorf("the first link still works: status %d", page.status)
	}
	stale := p.page(account + "/rol")
	p.change(account+"/rol", url.Values{"role": {"MEMBER"}})
	if d := p.submit(stale, "", url.Values{"role": {"ADMIN"}}); d.status != http.StatusUnprocessableEntity || len(d.wrong()) != 1 {
		t.Errorf("a form of before: status %d %q", d.status, d.wrong())
	}
	if d := p.submit(p.page("/beheer/uitnodigen"), "", url.Values{"name": {""}, "email": {"geen adres"}, "teams.0.team": {"Onbekend"}}); len(d.wrong()) < 2 || d.filled(d.mainForm()).Get("email") != "geen adres" {
		t.Errorf("wrong: %q", d.wrong())
	}
}

// TestApps: a program has an account without a password, and a token.
func TestApps(t *testing.T) {
	w := newWorld(t)
	p := w.as(t, admin())
	p.change("/beheer/apps", url.Values{"name": {"Website"}, "role": {"MEMBER"}})
	d := p.page("/beheer/accounts")
	if row := d.row("Website"); row[4] != "programma" {
		t.Errorf("the program: %q", row)
	}
	d = p.page(d.link("Website"))
	shown := p.submit(p.page(d.link("Token maken")), "", url.Values{"name": {"Sleutel"}})
	if token, _ := attr(shown.one("input", "id", "getoond"), "value"); len(token) < 20 {
		t.Errorf("the token is %q", token)
	}
	d = p.page("/beheer/tokens")
	if row := d.table()[0]; row[0] != "SleutelWebsite" {
		t.Errorf("tokens: %q", row)
	}
	if d = p.then(p.press(d, "Intrekken")); len(d.table()) != 0 {
		t.Errorf("revoked: %q", d.table())
	}
}

// TestTeams: an organiser adds people to their own team and takes them away, and no
// one to another team.
func TestTeams(t *testing.T) {
	w := newWorld(t, circle()...)
	p := w.as(t, organiser())
	d := p.page("/beheer")
	d = p.page(d.link("Kring van de test"))
	add := d.link("Iemand toevoegen")
	if bad := p.submit(p.page(add), "", url.Values{"email": {"niemand@leerkring.example"}, "role": {"PARTICIPANT"}}); bad.status != http.StatusUnprocessableEntity {
		t.Errorf("nobody: status %d", bad.status)
	}
	d = p.change(add, url.Values{"email": {"lid@leerkring.example"}, "role": {"PARTICIPANT"}})
	if row := d.row("Lid"); row[1] != "deelnemer" {
		t.Errorf("added: %q", row)
	}
	account := string(member().Account)
	d = p.then(p.post("/beheer/teams/"+string(kb.DeriveID("test", "kring")), url.Values{"account": {account}}))
	if len(d.table()) != 1 {
		t.Errorf("taken away: %q", d.table())
	}
	other := w.as(t, member())
	if d := other.post("/beheer/teams/"+string(kb.DeriveID("test", "kring"))+"/erbij", url.Values{"email": {"gast@leerkring.example"}, "role": {"ORGANISER"}}); d.status == http.StatusSeeOther {
		t.Error("who does not keep the team adds someone")
	}
}

// TestRedirectsOfEditors: an old address leads to the new one, until the redirect is deleted.
func TestRedirectsOfEditors(t *testing.T) {
	w := newWorld(t)
	p, visitor := w.as(t, editor()), w.as(t, kb.Actor{})
	d := p.change("/beheer/doorverwijzingen/bewerken", url.Values{"from": {"/regio/oud-haren"}, "to": {"/regio/gemeente-groningen"}, "why": {"samengevoegd"}})
	for _, lang := range []string{"", "/en"} {
		moved := visitor.get(lang + "/regio/oud-haren")
		if moved.status != http.StatusMovedPermanently || moved.header.Get("Location") != lang+"/regio/gemeente-groningen" {
			t.Errorf("moved: status %d to %q", moved.status, moved.header.Get("Location"))
		}
	}
	d = p.then(p.submit(p.page(d.link("/regio/oud-haren")), "", url.Values{"to": {"/themas"}}))
	if moved := visitor.get("/regio/oud-haren"); moved.header.Get("Location") != "/themas" || len(d.table()) != 1 {
		t.Errorf("changed: %q %q", moved.header.Get("Location"), d.table())
	}
	for _, bad := range []string{"https://evil.example/", "//evil.example", "themas"} {
		if d := p.submit(p.page("/beheer/doorverwijzingen/bewerken"), "", url.Values{"from": {"/x"}, "to": {bad}}); d.status != http.StatusUnprocessableEntity {
			t.Errorf("to %q: status %d", bad, d.status)
		}
	}
	p.then(p.press(d, "Verwijderen"))
	if moved := visitor.get("/regio/oud-haren"); moved.header.Get("Location") == "/themas" {
		t.Error("the redirect still works")
	}
}

// TestSynonyms are tried, kept, changed and deleted.
func TestSynonyms(t *testing.T) {
	w := newWorld(t, many()...)
	p := w.as(t, editor())
	tried := p.submit(p.page("/beheer/synoniemen/bewerken"), "", url.Values{"terms": {"dom\nkathedraal"}, "queries": {"dom"}})
	if got := texts(tried.all("h2", "", "")); len(got) != 1 || !strings.HasPrefix(got[0], "dom: nu ") || len(tried.table()) == 0 {
		t.Errorf("tried: %q %s", got, text(tried.one("main", "", "")))
	}
	if got := tried.filled(tried.mainForm()).Get("terms"); got != "dom\nkathedraal" || len(p.page("/beheer/synoniemen").table()) != 0 {
		t.Errorf("trying keeps something, or forgets %q", got)
	}
	d := p.then(p.submit(tried, "", url.Values{"queries": nil}))
	d = p.then(p.submit(p.page(d.link("dom, kathedraal")), "", url.Values{"note": {"zo heet die hier"}}))
	if row := d.row("dom, kathedraal"); row[1] != "zo heet die hier" {
		t.Errorf("changed: %q", row)
	}
	if d = p.then(p.press(d, "Verwijderen")); len(d.table()) != 0 {
		t.Errorf("deleted: %q", d.table())
	}
	if d := p.submit(p.page("/beheer/synoniemen/bewerken"), "", url.Values{"terms": {"alleen"}}); d.status != http.StatusUnprocessableEntity {
		t.Errorf("one word: status %d", d.status)
	}
}

// TestJudgements: a list is made by address and title, judged, changed and deleted.
func TestJudgements(t *testing.T) {
	w := newWorld(t, circle()...)
	p := w.as(t, editor())
	form := "/beheer/oordelen/bewerken"
	bad := p.submit(p.page(form), "", url.Values{"name": {"Proef"}, "queries.0.text": {"casus"}, "queries.0.wanted": {"De casus\n3 Bestaat niet"}})
	if bad.status != http.StatusUnprocessableEntity || len(bad.wrong()) != 2 {
		t.Errorf("wrong: status %d %q", bad.status, bad.wrong())
	}
	d := p.then(p.submit(bad, "", url.Values{"queries.0.wanted": {"3 /casus/de-casus | precies dit\n1 De les"}, "queries.1.text": {"les"}, "queries.1.wanted": {"3 De les"}}))
	edit := p.page(d.link("Proef"))
	values := edit.filled(edit.mainForm())
	if got := values.Get("queries.0.wanted"); got != "3 /casus/de-casus | precies dit\n1 /les/de-les" {
		t.Errorf("the list holds %q", got)
	}
	report := p.page(d.link("2"))
	if rows := report.table(); len(rows) != 2 || rows[0][0] != "casus" || !strings.Contains(text(report.one("main", "", "")), "MRR") {
		t.Errorf("judged: %q", rows)
	}
	d = p.then(p.submit(edit, "", url.Values{"queries.1.text": {""}, "queries.1.wanted": {""}}))
	if d.row("Proef")[1] != "1" {
		t.Errorf("changed: %q", d.table())
	}
	if d = p.then(p.press(d, "Verwijderen")); len(d.table()) != 0 {
		t.Errorf("deleted: %q", d.table())
	}
}

// TestAuditTrail tells who did what, narrowed down.
func TestAuditTrail(t *testing.T) {
	w := newWorld(t)
	p, e := w.as(t, expert()), w.as(t, editor())
	p.then(p.submit(p.page("/nieuw/les"), "opslaan", url.Values{"title": {"Een les"}}))
	d := e.page("/beheer/spoor?wat=CREATED")
	row := d.table()[0]
	if row[1] != "Expert" || row[2] != "gemaakt" || !strings.HasPrefix(row[3], "Een les") {
		t.Errorf("the trail begins with %q", row)
	}
	d = e.page(d.link("Expert"))
	for _, row := range d.table() {
		if row[1] != "Expert" {
			t.Errorf("of one account: %q", row)
		}
	}
	if d := e.get("/beheer/spoor?record=%00&account=x&voor=y&wat=z"); d.status != http.StatusOK && d.status != http.StatusBadRequest && d.status != http.StatusNotFound {
		t.Errorf("status %d", d.status)
	}
}

// TestStatisticsPage asks for a period, and says what is wrong with one.
func TestStatisticsPage(t *testing.T) {
	w := newWorld(t)
	e := w.as(t, editor())
	d := e.page("/beheer/statistiek?from=1-1-2024&to=2024-03-12")
	if got := text(d.one("p", "class", "lead")); !strings.HasPrefix(got, "Van 1 januari 2024 tot en met 12 maart 2024:") {
		t.Errorf("about %q", got)
	}
	d = e.page("/en/beheer/statistiek?from=gisteren")
	if got := texts(d.all("p", "class", "wrong")); len(got) != 1 {
		t.Errorf("wrong %q", got)
	}
}
