package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"leerkring/internal/kb"
)

// addresses of pages that are for some, with who may see them.
func guarded() map[string][]kb.Actor {
	staff := []kb.Actor{editor(), admin()}
	all := everyone()
	writers := []kb.Actor{expert(), another(), editor(), admin()}
	account := string(member().Account)
	return map[string][]kb.Actor{
		"/nieuw": all, "/mijn/concepten": all, "/meldingen": all, "/profiel": all, "/profiel/account": all, "/profiel/gegevens": all,
		"/profiel/wachtwoord": all, "/profiel/mail": all, "/profiel/token": all, "/profiel/toestaan": all, "/profiel/intrekken": all, "/profiel/verwijderen": all,
		"/profiel/gegevens.json": all, "/nieuw/casus": writers, "/nieuw/persoon": writers, "/nieuw/bijeenkomst": {organiser(), editor(), admin()}, "/nieuw/vraagstuk": all[1:],
		"/redactie": staff, "/redactie?deel=gepland": staff, "/redactie?deel=herzien": staff, "/redactie?mij=1": staff,
		"/beheer": {editor(), admin(), organiser()}, "/beheer/doorverwijzingen": staff, "/beheer/doorverwijzingen/bewerken": staff, "/beheer/synoniemen": staff,
		"/beheer/synoniemen/bewerken": staff, "/beheer/oordelen": staff, "/beheer/oordelen/bewerken": staff, "/beheer/spoor": staff, "/beheer/statistiek": staff,
		"/beheer/accounts": {admin()}, "/beheer/uitnodigen": {admin()}, "/beheer/apps": {admin()}, "/beheer/tokens": {admin()},
		"/beheer/accounts/" + account: {admin()}, "/beheer/accounts/" + account + "/rol": {admin()}, "/beheer/accounts/" + account + "/teams": {admin()},
		"/beheer/accounts/" + account + "/uitzetten": {admin()}, "/beheer/accounts/" + account + "/uitnodigen": {admin()}, "/beheer/accounts/" + account + "/token": {admin()},
		"/beheer/teams/" + string(kb.DeriveID("test", "kring")): {organiser(), admin()},
		"/redactie/" + string(kb.DeriveID("test", "de-casus")):  staff, "/bewerken/" + string(kb.DeriveID("test", "de-casus")): writers[2:],
	}
}

// TestWhoSeesWhichPage opens each page as everyone: it is shown to who may see it,
// a visitor is asked to sign in, and others are told that they may not.
func TestWhoSeesWhichPage(t *testing.T) {
	w := newWorld(t, circle()...)
	for target, may := range guarded() {
		signIn := "/inloggen?" + url.Values{"terug": {target}}.Encode()
		if d := w.as(t, kb.Actor{}).get(target); d.status != http.StatusSeeOther || d.header.Get("Location") != signIn {
			t.Errorf("%s for a visitor: status %d to %q", target, d.status, d.header.Get("Location"))
		}
		for _, actor := range everyone() {
			d := w.as(t, actor).get(target)
			want := false
			for _, a := range may {
				want = want || a.Account == actor.Account
			}
			if want != (d.status == http.StatusOK) || !want && d.status != http.StatusForbidden && d.status != http.StatusNotFound {
				t.Errorf("%s for %s: status %d: %s", target, actor.Name, d.status, text(d.root))
			}
			if got := d.header.Get("Cache-Control"); got != "private, no-store" {
				t.Errorf("%s for %s: Cache-Control %q", target, actor.Name, got)
			}
		}
	}
	if strings.Contains(w.log.String(), "ERROR") {
		t.Error(w.log)
	}
}

// TestPagesOfPeopleAreSound looks at the structure of each of these pages, in both languages.
func TestPagesOfPeopleAreSound(t *testing.T) {
	w := newWorld(t, circle()...)
	p := w.as(t, admin())
	for _, k := range []string{"casus", "publicatie", "presentatie", "les", "vraagstuk", "leerkring", "bijeenkomst", "organisatie", "persoon", "thema", "regio"} {
		p.sound(p.page("/nieuw/" + k))
		p.sound(p.page("/en/nieuw/" + k))
	}
	for target := range guarded() {
		if !strings.HasSuffix(target, ".json") && !strings.HasPrefix(target, "/beheer/teams") {
			p.sound(p.page(target))
			p.sound(p.page("/en" + target))
		}
	}
	for _, target := range []string{"/inloggen", "/wachtwoord-vergeten", "/en/inloggen"} {
		visitor := w.as(t, kb.Actor{})
		visitor.sound(visitor.page(target))
	}
}

// sound checks that a page has one heading, that every control has a name that is
// said, and that ids and what they are used for fit.
func (p *person) sound(d document) {
	p.tb.Helper()
	checkOwn(p.tb, d.target, d)
	ids := map[string]int{}
	for n := range d.root.Descendants() {
		if id, ok := attr(n, "id"); ok {
			ids[id]++
		}
	}
	for id, n := range ids {
		if n > 1 {
			p.tb.Errorf("%s: %d elements with id %q", d.target, n, id)
		}
	}
	if n := len(d.all("h1", "", "")); n != 1 {
		p.tb.Errorf("%s: %d headings", d.target, n)
	}
	labelled := map[string]bool{}
	for _, l := range d.all("label", "for", "") {
		id, _ := attr(l, "for")
		labelled[id] = true
	}
	for n := range d.one("main", "", "").Descendants() {
		for _, name := range []string{"aria-describedby", "aria-labelledby"} {
			list, _ := attr(n, name)
			for id := range strings.FieldsSeq(list) {
				if ids[id] == 0 {
					p.tb.Errorf("%s: %s is about %q, which is not there", d.target, name, id)
				}
			}
		}
		if n.Type != html.ElementNode || n.Data != "input" && n.Data != "select" && n.Data != "textarea" {
			continue
		}
		id, _ := attr(n, "id")
		kind, _ := attr(n, "type")
		_, said := attr(n, "aria-label")
		if _, unseen := attr(n, "aria-hidden"); unseen {
			continue // for the browser, which keeps passwords
		}
		if kind != "hidden" && !said && !labelled[id] && n.Parent.Data != "label" {
			p.tb.Errorf("%s: a control without a label: %v", d.target, n.Attr)
		}
	}
}
