package web_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"leerkring/internal/kb"
)

// someone is a person with an account of a role and places in teams.
func someone(name string, role kb.Role, teams ...kb.Membership) kb.Actor {
	return kb.Actor{Account: kb.DeriveID("test", "account "+name), Name: name, Role: role, Teams: teams}
}

// The people of the tests.
func guest() kb.Actor   { return someone("Gast", kb.RoleVisitor) }
func member() kb.Actor  { return someone("Lid", kb.RoleMember) }
func expert() kb.Actor  { return someone("Expert", kb.RoleExpert) }
func another() kb.Actor { return someone("Andere Expert", kb.RoleExpert) }
func editor() kb.Actor  { return someone("Redacteur", kb.RoleEditor) }
func admin() kb.Actor   { return someone("Beheerder", kb.RoleAdmin) }
func organiser() kb.Actor {
	return someone("Organisator", kb.RoleMember, kb.Membership{Team: kb.DeriveID("test", "kring"), Role: kb.TeamOrganiser})
}

func everyone() []kb.Actor {
	return []kb.Actor{guest(), member(), organiser(), expert(), another(), editor(), admin()}
}

// accounts are the accounts of everyone.
func accounts() []kb.Entity {
	var out []kb.Entity
	for _, a := range everyone() {
		h := published(string(a.Account))
		h.ID, h.Visibility = a.Account, kb.VisibilityMembers
		out = append(out, &kb.Account{
			Head: h, Name: a.Name, Email: strings.ReplaceAll(strings.ToLower(a.Name), " ", ".") + "@leerkring.example", Role: a.Role, Teams: a.Teams,
			ConfirmedAt: &h.CreatedAt, Language: "nl", Mails: kb.MailNone,
		})
	}
	return out
}

// person is someone before the pages, known by name or not at all.
type person struct {
	tb testing.TB
	w  *world
	kb.Actor
}

// as is someone who is signed in; the zero actor is a visitor.
func (w *world) as(tb testing.TB, actor kb.Actor) *person { return &person{tb, w, actor} }

func (p *person) send(r *http.Request) document {
	p.tb.Helper()
	if p.SignedIn() {
		r = r.WithContext(kb.WithActor(r.Context(), p.Actor))
	}
	return send(p.tb, p.w.inside, r)
}

// get asks for a page.
func (p *person) get(target string) document {
	p.tb.Helper()
	return p.send(httptest.NewRequest(http.MethodGet, target, nil))
}

// page asks for a page that must be there.
func (p *person) page(target string) document {
	p.tb.Helper()
	d := p.get(target)
	if d.status != http.StatusOK {
		p.tb.Fatalf("%s for %s: status %d to %q: %s", target, p.Name, d.status, d.header.Get("Location"), text(d.root))
	}
	return d
}

// post sends a form.
func (p *person) post(target string, values url.Values) document {
	p.tb.Helper()
	r := httptest.NewRequest(http.MethodPost, target, strings.NewReader(values.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return p.send(r)
}

// submit fills in the form on a page, as a browser does, and sends it by the button
// with a value. What is set replaces what stands in the form.
func (p *person) submit(d document, button string, set url.Values) document {
	p.tb.Helper()
	form := d.mainForm()
	values := d.filled(form)
	for name, v := range set {
		values[name] = v
	}
	if button != "" {
		values.Set("doe", button)
	}
	target, _ := attr(form, "action")
	if target == "" {
		target = d.target
	}
	return p.post(target, values)
}

// then follows where an answer leads, after it was checked that it does.
func (p *person) then(d document) document {
	p.tb.Helper()
	if d.status != http.StatusSeeOther {
		p.tb.Fatalf("status %d, want a way on: %s\n%s", d.status, text(d.one("main", "", "")), p.w.log)
	}
	return p.page(d.header.Get("Location"))
}

// mainForm is the form of the page itself.
func (d document) mainForm() *html.Node {
	d.tb.Helper()
	for n := range d.one("main", "", "").Descendants() {
		if n.Data == "form" {
			return n
		}
	}
	d.tb.Fatalf("no form on the page: %s", text(d.root))
	return nil
}

// filled gives what a browser would send of a form.
func (d document) filled(form *html.Node) url.Values {
	values := url.Values{}
	for n := range form.Descendants() {
		name, ok := attr(n, "name")
		if n.Type != html.ElementNode || !ok {
			continue
		}
		value, _ := attr(n, "value")
		kind, _ := attr(n, "type")
		_, checked := attr(n, "checked")
		switch {
		case n.Data == "textarea":
			values.Add(name, strings.TrimPrefix(raw(n), "\n"))
		case n.Data == "select":
			values.Add(name, selected(n))
		case n.Data == "input" && (kind != "checkbox" && kind != "radio" || checked):
			values.Add(name, value)
		}
	}
	return values
}

func selected(n *html.Node) string {
	first, found := "", false
	for o := range n.Descendants() {
		if o.Data != "option" {
			continue
		}
		value, _ := attr(o, "value")
		if _, on := attr(o, "selected"); on {
			return value
		}
		if !found {
			first, found = value, true
		}
	}
	return first
}

// raw is the text of a node as it stands.
func raw(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}

// wrong gives what the page says is wrong.
func (d document) wrong() []string {
	var out []string
	for _, n := range d.all("div", "id", "fouten") {
		for li := range n.Descendants() {
			if li.Data == "li" {
				out = append(out, text(li))
			}
		}
	}
	return out
}
