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

// hostileTexts are what people with bad intentions, or bad luck, type.
func hostileTexts() []string {
	return []string{
		`<script>alert(1)</script>`,
		`"><img src=x onerror=alert(1)>`,
		`' onmouseover='alert(1)`,
		`{{.Secret}} ${alert(1)}`,
		`</title><svg/onload=alert(1)>`,
		"rechts \u202eskniL\u202c links \u0085 \u200b",
		strings.Repeat("W", 900),
		`&lt;b&gt; &amp; "aanhaling" – 5 < 6 > 4`,
		"<!-- --><![CDATA[ x ]]>",
	}
}

func TestHostileRecords(t *testing.T) {
	for _, bad := range hostileTexts() {
		person := &kb.Person{Head: published("p"), Name: bad, Function: bad, Bio: bad, Expertise: []string{bad}, Consent: true}
		body := bad + "\n\n" + `[klik](javascript:alert(1)) ![foto](https://elders.example/a.png) <iframe src="https://elders.example/"></iframe>` +
			"\n\n<div onclick=\"x\">\n\n[elders](https://elders.example/)\n\n<style>body{display:none}</style>\n\n[data](data:text/html;base64,xx)"
		w := newWorld(t, person, &kb.Case{
			Common: kb.Common{
				Head: published("x"), Title: bad, Summary: bad, Body: body, Language: "nl", Licence: bad, Keywords: []string{bad},
				People: []kb.ID{person.ID}, Regions: []string{"GM0344"},
			},
			Background: body, Lessons: []string{bad},
		})
		for _, target := range []string{"/casus/x", "/en/casus/x", "/persoon/p", "/personen", "/", "/?q=" + url.QueryEscape(bad), "/regio/gemeente-utrecht"} {
			d := w.page(t, target)
			checkOwn(t, target, d)
			for _, a := range d.all("a", "href", "") {
				if u, err := url.Parse(href(a)); err != nil || (u.Scheme != "" && u.Scheme != "http" && u.Scheme != "https") {
					t.Errorf("%s: link to %q", target, href(a))
				}
				if strings.Contains(href(a), "elders.example") {
					checkExternal(t, target, a)
				}
			}
		}
		if got, want := text(w.page(t, "/casus/x").one("h1", "", "")), strings.Join(strings.Fields(bad), " "); got != want {
			t.Errorf("the title is shown as %q, want %q", got, want)
		}
	}
}

func TestHostileQueries(t *testing.T) {
	w := newWorld(t)
	for _, bad := range append(hostileTexts(), strings.Repeat("woord ", 300), strings.Repeat("(", 500), "\x00\xff") {
		target := "/?q=" + url.QueryEscape(bad) + "&thema=" + url.QueryEscape(bad) + "&taal=" + url.QueryEscape(bad)
		d := w.page(t, target)
		checkOwn(t, "a hostile query", d)
		value, _ := attr(d.one("input", "id", "q"), "value")
		want := strings.ReplaceAll(strings.ToValidUTF8(strings.Join(strings.Fields(bad), " "), "\uFFFD"), "\x00", "")
		if value != want {
			t.Errorf("the search box holds %q, want %q", value, want)
		}
		for _, o := range d.all("link", "rel", "alternate") {
			if !strings.HasPrefix(href(o), "/") {
				t.Errorf("alternate %q", href(o))
			}
		}
	}
}

// TestStrayMarkdown: stray signs of imported texts may not swallow what follows.
func TestStrayMarkdown(t *testing.T) {
	body := "De tekst \"*in een plan*.\" en 65<sup>e</sup> jaar<br>nieuw\n\n# Te grote kop\n\n- 1. Planstatus\n- 2. Urgentie\n\n" +
		"| a | b |\n|---|---|\n| 1 | <b>2</b> |\n\n    ingesprongen door toeval\n\n<div>blok met tekst</div>\n\n5 < 6 en * los"
	w := newWorld(t, &kb.Case{Common: kb.Common{Head: published("x"), Title: "X", Summary: "**Vet** begin\n# kop", Body: body, Language: "nl"}})
	d := w.page(t, "/casus/x")
	got := text(d.one("main", "", ""))
	for _, want := range []string{
		"De tekst \"in een plan.\" en 65e jaar", "nieuw", "Te grote kop", "Planstatus", "Urgentie", "ingesprongen door toeval", "blok met tekst", "5 < 6 en * los",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not on the page: %s", want, got)
		}
	}
	if n := len(d.all("pre", "", "")); n > 0 {
		t.Error("stray spaces became code")
	}
	if n := len(d.all("td", "", "")); n != 2 {
		t.Errorf("%d cells of a table, want 2", n)
	}
	if n := len(d.all("h1", "", "")); n != 1 {
		t.Errorf("%d headings of level 1", n)
	}
	card := w.page(t, "/?q=&type=casus&sorteer=titel&jaar_van=2024&jaar_tot=2024")
	var summary string
	for _, c := range card.all("li", "class", "card") {
		if strings.Contains(text(c), "Vet") {
			summary = text(c)
		}
	}
	if !strings.Contains(summary, "Vet begin kop") {
		t.Errorf("the card shows %q", summary)
	}
}

// TestLanguageSwitchKeepsTheSearch: a reader who changes language stays where they are.
func TestLanguageSwitchKeepsTheSearch(t *testing.T) {
	w := newWorld(t, many()...)
	d := w.page(t, "/?q=kathedraal&thema=wonen&sorteer=titel")
	to := href(d.one("nav", "class", "language").FirstChild)
	if want := "/en/?q=kathedraal&thema=wonen&sorteer=titel"; to != want {
		t.Fatalf("English is at %s, want %s", to, want)
	}
	en := w.page(t, to)
	if got := text(en.one("h1", "", "")); got != "45 results for kathedraal" {
		t.Errorf("heading %q", got)
	}
	if got := text(en.one("a", "class", "chip")); got != "Remove filter: Theme: Housing ×" {
		t.Errorf("chip %q", got)
	}
	back := href(en.one("nav", "class", "language").FirstChild)
	if want := strings.TrimPrefix(to, "/en"); back != want {
		t.Errorf("Dutch is at %s, want %s", back, want)
	}
	for _, a := range en.all("a", "href", "") {
		to := href(a)
		if strings.HasPrefix(to, "/") && !strings.HasPrefix(to, "/en/") && a.Parent.Data != "nav" {
			t.Errorf("an English page leads to the Dutch %s", to)
		}
	}
	var hreflang []string
	for n := range en.root.Descendants() {
		if n.Type == html.ElementNode && n.Data == "link" {
			if l, ok := attr(n, "hreflang"); ok {
				hreflang = append(hreflang, l+" "+href(n))
			}
		}
	}
	if len(hreflang) != 2 || hreflang[0] != "nl /?q=kathedraal&thema=wonen&sorteer=titel" || hreflang[1] != "en "+to {
		t.Errorf("alternates %q", hreflang)
	}
}

// TestAddressesLeadNowhereElse: /%2Fevil.example/ was answered with the address
// //evil.example, which is another host.
func TestAddressesLeadNowhereElse(t *testing.T) {
	w := newWorld(t)
	for target, want := range map[string]string{
		"/%2Fevil.example/":           "/evil.example",
		"/%2f%2f%2Fevil.example/":     "/evil.example",
		"/%5Cevil.example/":           "/evil.example",
		"/%5C%2F%5Cevil.example/":     "/evil.example",
		"/%2F%5Cevil.example/":        "/evil.example",
		"/%09/evil.example/":          "/%09/evil.example",
		"/%2F%09/evil.example/":       "/%09/evil.example",
		"/%2e%2F%2Fevil.example/":     "/evil.example",
		"/en/%2Fevil.example/":        "/en/evil.example",
		"/%2Fevil.example%2F":         "/evil.example",
		"/themas/":                    "/themas",
		"/casus/een%2F..%2F%2Fa%20b/": "/casus/a%20b",
	} {
		answer := httptest.NewRecorder()
		w.handler.ServeHTTP(answer, request(http.MethodGet, target))
		if got := answer.Header().Get("Location"); got != want || answer.Code != http.StatusMovedPermanently {
			t.Errorf("%s: %d to %q, want %q", target, answer.Code, got, want)
		}
	}
}
