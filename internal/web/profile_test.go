package web_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

// change opens one of the short forms, sends it with these values and follows.
func (p *person) change(target string, set url.Values) document {
	p.tb.Helper()
	return p.then(p.submit(p.page(target), "", set))
}

// TestProfile: a person says who they are and who sees it, comes into the list and
// goes out of it again.
func TestProfile(t *testing.T) {
	w := newWorld(t, circle()...)
	p, visitor, colleague := w.as(t, expert()), w.as(t, kb.Actor{}), w.as(t, member())
	d := p.change("/profiel/gegevens", url.Values{
		"name": {"Eva Expert"}, "function": {"Adviseur"}, "organisation": {"Gastheer BV"}, "expertise": {"wonen"}, "regions": {"Utrecht"}, "bio": {"Over *mij*"},
		"email.value": {"eva@gastheer.example"}, "email.visibility": {"PUBLIC"}, "phone.value": {"0612345678"}, "phone.visibility": {"MEMBERS"}, "consent": {"ja"},
	})
	if got := text(d.one("main", "", "")); !strings.Contains(got, "eva@gastheer.example (Voor iedereen)") || !strings.Contains(got, "0612345678 (Voor leden)") || !strings.Contains(got, "U staat in de lijst") {
		t.Errorf("the profile: %s", got)
	}
	form := p.page("/profiel/gegevens")
	values := form.filled(form.mainForm())
	for name, want := range map[string]string{"function": "Adviseur", "organisation": "Gastheer BV", "email.visibility": "PUBLIC", "phone.value": "0612345678", "consent": "ja"} {
		if values.Get(name) != want {
			t.Errorf("%s is %q, want %q", name, values.Get(name), want)
		}
	}
	public := d.link("Zo zien anderen u")
	if diff := cmp.Diff([]string{"eva@gastheer.example", ""}, []string{facts(visitor.page(public))["E-mail"], facts(visitor.page(public))["Telefoon"]}); diff != "" {
		t.Errorf("a visitor reads (-want +got):\n%s", diff)
	}
	if got := facts(colleague.page(public))["Telefoon"]; got == "" {
		t.Error("a member does not read the telephone number")
	}
	d = p.change("/profiel/gegevens", url.Values{"function": {""}, "bio": {"Kort"}})
	if got := text(d.one("main", "", "")); strings.Contains(got, "Adviseur") || !strings.Contains(got, "Kort") {
		t.Errorf("changed: %s", got)
	}
	d = p.change("/profiel/intrekken", nil)
	if got := visitor.get(public); got.status != http.StatusNotFound || !strings.Contains(text(d.root), "U staat niet in de lijst") {
		t.Errorf("without consent: status %d", got.status)
	}
	p.change("/profiel/toestaan", nil)
	if got := visitor.get(public); got.status != http.StatusOK {
		t.Errorf("with consent again: status %d", got.status)
	}
}

// TestOwnAccount: name, mail, password, sessions and tokens, all stored data, and the end of it.
func TestOwnAccount(t *testing.T) {
	w := newWorld(t)
	w.withPasswords(t)
	p := w.as(t, expert())
	p.change("/profiel/account", url.Values{"name": {"Andere Naam"}, "language": {"en"}})
	d := p.change("/profiel/mail", url.Values{"mails": {"DAILY"}})
	if got := text(d.one("main", "", "")); !strings.Contains(got, "Andere Naam") || !strings.Contains(got, "één keer per dag") {
		t.Errorf("the account: %s", got)
	}
	if d := p.submit(p.page("/profiel/account"), "", url.Values{"name": {" "}}); d.status != http.StatusUnprocessableEntity || !cmp.Equal(d.wrong(), []string{"Naam: Vul dit in."}) {
		t.Errorf("without a name: %q", d.wrong())
	}
	if d := p.submit(p.page("/profiel/wachtwoord"), "", url.Values{"current": {"verkeerd"}, "password": {"een nieuw lang wachtwoord"}}); d.status != http.StatusUnprocessableEntity {
		t.Errorf("with a wrong password: status %d", d.status)
	}
	in := p.through(http.MethodPost, "/inloggen", url.Values{"email": {"expert@leerkring.example"}, "password": {secret}})
	session := cookies(in)
	changed := p.through(http.MethodPost, "/profiel/wachtwoord", url.Values{"current": {secret}, "password": {"een nieuw lang wachtwoord"}}, session...)
	if changed.status != http.StatusSeeOther || len(cookies(changed)) == 0 {
		t.Errorf("another password: status %d %q", changed.status, changed.wrong())
	}
	if old := p.through(http.MethodGet, "/profiel", nil, session...); old.status != http.StatusSeeOther {
		t.Errorf("the session of before: status %d", old.status)
	}

	shown := p.submit(p.page("/profiel/token"), "", url.Values{"name": {"Mijn app"}, "scopes": {"READ", "WRITE"}, "days": {"30"}})
	token, _ := attr(shown.one("input", "id", "getoond"), "value")
	if len(token) < 20 || !strings.Contains(shown.header.Get("Cache-Control"), "no-store") {
		t.Errorf("the token is %q", token)
	}
	d = p.page("/profiel")
	if strings.Contains(d.raw, token) || !strings.Contains(text(d.root), "lezen, schrijven") {
		t.Error("the token is shown again, or not listed")
	}
	d = p.then(p.press(d, "Intrekken"))
	if strings.Contains(text(d.one("main", "", "")), "Mijn app") {
		t.Error("the token is still there")
	}
	d = p.then(p.press(d, "Overal uitloggen"))
	if strings.Contains(text(d.one("main", "", "")), "deze browser") {
		t.Error("there is still a session")
	}

	data := p.get("/profiel/gegevens.json")
	if got := data.header.Get("Content-Disposition"); !strings.Contains(got, "leerkring-gegevens.json") || !json.Valid([]byte(data.raw)) || !strings.Contains(data.raw, "Andere Naam") {
		t.Errorf("the data: %q %s", got, data.raw)
	}
	if d := p.submit(p.page("/profiel/verwijderen"), "", url.Values{"password": {"verkeerd"}}); d.status != http.StatusUnprocessableEntity {
		t.Errorf("deleted with a wrong password: status %d", d.status)
	}
	gone := p.submit(p.page("/profiel/verwijderen"), "", url.Values{"password": {"een nieuw lang wachtwoord"}})
	if gone.header.Get("Location") != "/?gelukt=deleted" {
		t.Errorf("deleted: status %d %q", gone.status, gone.wrong())
	}
	if d := p.through(http.MethodPost, "/inloggen", url.Values{"email": {"expert@leerkring.example"}, "password": {"een nieuw lang wachtwoord"}}); d.status != http.StatusUnprocessableEntity {
		t.Errorf("signing in after that: status %d", d.status)
	}
}
