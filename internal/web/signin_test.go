package web_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"leerkring/graph"
	"leerkring/internal/kb"
)

// through sends a request by the gate, with the cookies of a browser.
func (p *person) through(method, target string, values url.Values, cookies ...*http.Cookie) document {
	p.tb.Helper()
	r := httptest.NewRequest(method, target, strings.NewReader(values.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for _, c := range cookies {
		r.AddCookie(c)
	}
	return send(p.tb, p.w.handler, r)
}

func cookies(d document) []*http.Cookie { return (&http.Response{Header: d.header}).Cookies() }

// TestSigningInAndOut: the right password gives a session and leads back, a wrong one
// says so and keeps the address that was typed, and signing out ends the session.
func TestSigningInAndOut(t *testing.T) {
	w := newWorld(t)
	w.withPasswords(t)
	p := w.as(t, kb.Actor{})
	d := p.page("/inloggen?terug=%2Fmijn%2Fconcepten")
	if password := d.one("input", "type", "password"); password == nil {
		t.Fatal("no password is asked")
	}
	wrong := p.submit(d, "", url.Values{"email": {"expert@leerkring.example"}, "password": {"verkeerd"}})
	if wrong.status != http.StatusUnprocessableEntity || len(wrong.wrong()) != 1 {
		t.Errorf("a wrong password: status %d, %q", wrong.status, wrong.wrong())
	}
	form := wrong.filled(wrong.mainForm())
	if form.Get("email") != "expert@leerkring.example" || form.Get("password") != "" || form.Get("terug") != "/mijn/concepten" {
		t.Errorf("then the form holds %v", form)
	}
	unknown := p.submit(d, "", url.Values{"email": {"niemand@leerkring.example"}, "password": {"verkeerd"}})
	if got, want := text(unknown.one("div", "id", "fouten")), text(wrong.one("div", "id", "fouten")); got != want {
		t.Errorf("an address that nobody has: %q, want %q", got, want)
	}
	form.Set("password", secret)
	in := p.through(http.MethodPost, "/inloggen", form)
	if in.status != http.StatusSeeOther || in.header.Get("Location") != "/mijn/concepten?gelukt=welcome" {
		t.Fatalf("status %d to %q: %s", in.status, in.header.Get("Location"), text(in.root))
	}
	session := cookies(in)
	if d := p.through(http.MethodGet, "/mijn/concepten", nil, session...); d.status != http.StatusOK || !strings.Contains(text(d.root), "Uitloggen") {
		t.Errorf("signed in: status %d", d.status)
	}
	if d := p.through(http.MethodGet, "/inloggen?terug=%2Fthemas", nil, session...); d.header.Get("Location") != "/themas" {
		t.Errorf("who is signed in is led to %q", d.header.Get("Location"))
	}
	out := p.through(http.MethodPost, "/en/uitloggen", nil, session...)
	if out.header.Get("Location") != "/en/?gelukt=signedout" {
		t.Errorf("signed out to %q", out.header.Get("Location"))
	}
	if d := p.through(http.MethodGet, "/mijn/concepten", nil, session...); d.status != http.StatusSeeOther {
		t.Errorf("the session goes on: status %d", d.status)
	}
	if d := p.get("/uitloggen"); d.status != http.StatusMethodNotAllowed || d.header.Get("Allow") != "POST" {
		t.Errorf("a link signs out: status %d, Allow %q", d.status, d.header.Get("Allow"))
	}
}

// TestComingBack: after signing in one goes on within this site and nowhere else.
func TestComingBack(t *testing.T) {
	w := newWorld(t)
	p := w.as(t, expert())
	for back, want := range map[string]string{
		"/themas": "/themas", "/?q=wonen&thema=x": "/?q=wonen&thema=x", "": "/", "//evil.example/x": "/", "https://evil.example/": "/", `/\evil.example`: "/evil.example",
		"javascript:alert(1)": "/", "evil.example": "/", "/%2f%2fevil.example": "/evil.example", "/uitnodiging/geheim": "/", "http:/evil.example": "/", "/\t/evil.example": "/",
		"\x00": "/", "/%0d%0aSet-Cookie:x=y": "/%0D%0ASet-Cookie:x=y",
	} {
		d := p.get("/inloggen?" + url.Values{"terug": {back}}.Encode())
		if got := d.header.Get("Location"); d.status != http.StatusSeeOther || got != want {
			t.Errorf("%q leads to %d %q, want %q", back, d.status, got, want)
		}
	}
}

// TestOtherWaysIn: the sign-ins of organisations and open sign-up are offered where
// they are switched on.
func TestOtherWaysIn(t *testing.T) {
	w := newWorld(t)
	p := w.as(t, kb.Actor{})
	if d := p.page("/inloggen"); d.has("Nog geen account? Meld u aan") {
		t.Error("sign-up is offered")
	}
	if d := p.get("/aanmelden"); d.status != http.StatusNotFound {
		t.Errorf("sign-up: status %d", d.status)
	}
	w.open, w.providers = true, []graph.Provider{{Name: "gemeente", Label: "Gemeente Goes", URL: "https://leerkring.example/aanmelden/gemeente"}}
	w.serve(t, false)
	d := p.page("/en/inloggen?terug=%2Fthemas")
	if got := d.link("Sign in through Gemeente Goes"); got != "/aanmelden/gemeente?naar=%2Fen%2Fthemas" {
		t.Errorf("the organisation is at %q", got)
	}
	d = p.page(d.link("No account yet? Sign up"))
	if bad := p.submit(d, "", url.Values{"name": {"Nieuw"}, "email": {"geen adres"}}); bad.status != http.StatusUnprocessableEntity || bad.filled(bad.mainForm()).Get("name") != "Nieuw" {
		t.Errorf("a wrong address: status %d", bad.status)
	}
	good := p.submit(d, "", url.Values{"name": {"Nieuw"}, "email": {"nieuw@leerkring.example"}})
	taken := p.submit(d, "", url.Values{"name": {"Nieuw"}, "email": {"expert@leerkring.example"}})
	if got := good.header.Get("Location"); got != "/en/inloggen?gelukt=mailed" || taken.header.Get("Location") != got {
		t.Errorf("a new address leads to %q, one that is taken to %q", got, taken.header.Get("Location"))
	}
	d = p.page("/wachtwoord-vergeten")
	for _, address := range []string{"expert@leerkring.example", "niemand@leerkring.example"} {
		if got := p.submit(d, "", url.Values{"email": {address}}).header.Get("Location"); got != "/inloggen?gelukt=mailed" {
			t.Errorf("forgotten by %s leads to %q", address, got)
		}
	}
}

// TestLinksThatWorkOnce: an invitation and a reset set a password and sign in, once;
// their pages tell nobody their address.
func TestLinksThatWorkOnce(t *testing.T) {
	w := newWorld(t)
	p := w.as(t, kb.Actor{})
	_, invited, _, err := w.people.Invite(context.Background(), kb.System(), kb.Invitation{Name: "Nieuw Lid", Email: "nieuw@leerkring.example", Role: kb.RoleMember})
	must(t, err)
	reset, err := w.people.IssueTicket(context.Background(), expert().Account, kb.TicketReset)
	must(t, err)
	for _, c := range []struct{ link, heading, name string }{{invited, "Welkom bij Leerkring", "Nieuw Lid"}, {reset, "Kies een nieuw wachtwoord", ""}} {
		path := strings.TrimPrefix(c.link, "https://leerkring.example")
		d := p.page(path)
		if got := text(d.one("h1", "", "")); got != c.heading || d.filled(d.mainForm()).Get("name") != c.name {
			t.Errorf("%s: heading %q", path, got)
		}
		if d.header.Get("Referrer-Policy") != "no-referrer" || !strings.Contains(d.header.Get("Cache-Control"), "no-store") || strings.Contains(href(d.one("a", "rel", "nofollow")), "terug") {
			t.Errorf("%s: %v", path, d.header)
		}
		short := p.submit(d, "", url.Values{"password": {"kort"}})
		if short.status != http.StatusUnprocessableEntity || len(short.wrong()) == 0 || strings.Contains(short.raw, "kort\"") {
			t.Errorf("%s: a short password: status %d %q", path, short.status, short.wrong())
		}
		in := p.through(http.MethodPost, path, url.Values{"password": {"een heel lang wachtwoord"}, "name": {c.name}})
		if in.header.Get("Location") != "/?gelukt=welcome" || len(cookies(in)) == 0 {
			t.Errorf("%s: status %d to %q: %s", path, in.status, in.header.Get("Location"), text(in.root))
		}
		for _, again := range []document{p.get(path), p.post(path, url.Values{"password": {"nog een lang wachtwoord"}})} {
			if again.status != http.StatusNotFound || text(again.one("h1", "", "")) != "Deze link werkt niet meer" {
				t.Errorf("%s again: status %d", path, again.status)
			}
		}
	}
	for _, path := range []string{"/uitnodiging/x", "/begin/x", "/en/wachtwoord/%00", "/bevestigen/" + strings.Repeat("a", 2000)} {
		if d := p.get(path); d.status != http.StatusNotFound || d.header.Get("Referrer-Policy") != "no-referrer" {
			t.Errorf("%s: status %d", path, d.status)
		}
	}
}
