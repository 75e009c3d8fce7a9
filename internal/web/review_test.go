package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

// link gives where the link with a text leads.
func (d document) link(label string) string {
	d.tb.Helper()
	for _, a := range d.all("a", "", "") {
		if text(a) == label {
			return href(a)
		}
	}
	d.tb.Fatalf("no link %q on %s: %s", label, d.target, text(d.one("main", "", "")))
	return ""
}

// has reports whether a page has a link with a text.
func (d document) has(label string) bool {
	for _, a := range d.all("a", "", "") {
		if text(a) == label {
			return true
		}
	}
	return false
}

// press sends the form whose button has a text.
func (p *person) press(d document, label string) document {
	p.tb.Helper()
	for _, form := range d.all("form", "method", "post") {
		for n := range form.Descendants() {
			if n.Type == html.ElementNode && n.Data == "button" && text(n) == label {
				target, _ := attr(form, "action")
				if target == "" {
					target = d.target
				}
				return p.post(target, d.filled(form))
			}
		}
	}
	p.tb.Fatalf("no button %q on %s", label, d.target)
	return document{}
}

// whole is a case that can be submitted.
func whole(title string) url.Values {
	return url.Values{
		"title": {title}, "summary": {"Kort gezegd."}, "themes": {"wonen"}, "language": {"nl"}, "background": {"De aanleiding."}, "approach": {"De aanpak."},
		"objective": {"Het doel."}, "results": {"Het resultaat."}, "lessons": {"Een les"}, "body": {"De tekst."}, "phase": {"RUNNING"}, "collaboration": {"REGIONAL"}, "regions": {"GM0344"},
	}
}

// TestFromDraftToReader: an expert writes and submits, an editor sends it back with a
// comment, the expert mends it, the editor publishes, and a visitor finds it.
func TestFromDraftToReader(t *testing.T) {
	w := newWorld(t, circle()...)
	writer, reviewer, visitor := w.as(t, expert()), w.as(t, editor()), w.as(t, kb.Actor{})
	d := writer.then(writer.submit(writer.page("/nieuw/casus"), "indienen", whole("Warmtenet in de wijk")))
	if got := text(d.one("div", "class", "done")); !strings.Contains(got, "ingediend") {
		t.Errorf("told %q", got)
	}
	if diff := cmp.Diff([][]string{{"Warmtenet in de wijk", "Casus", "bij de redactie", "12 maart 2024, 10:30"}}, d.table()); diff != "" {
		t.Errorf("drafts (-want +got):\n%s", diff)
	}

	d = reviewer.page("/redactie")
	d = reviewer.page(d.link("Warmtenet in de wijk"))
	d = reviewer.then(reviewer.submit(d, "", url.Values{"veld": {"background"}, "tekst": {"Wie begon hiermee?"}}))
	d = reviewer.page(d.link("Wijzigingen vragen"))
	if d = reviewer.submit(d, "", nil); d.status != http.StatusUnprocessableEntity || !cmp.Equal(d.wrong(), []string{"Wat moet er anders?: Vul dit in."}) {
		t.Errorf("without a note: %d %q", d.status, d.wrong())
	}
	reviewer.then(reviewer.submit(d, "", url.Values{"note": {"Noem de wijk."}}))

	d = writer.page("/mijn/concepten")
	d = writer.page(d.link("Warmtenet in de wijk"))
	if got := text(d.one("div", "class", "asked")); !strings.Contains(got, "Noem de wijk.") {
		t.Errorf("asked %q", got)
	}
	if got := texts(d.all("p", "class", "remark")); len(got) != 1 || !strings.Contains(got[0], "Redacteur") || !strings.Contains(got[0], "Wie begon hiermee?") {
		t.Errorf("remarks %q", got)
	}
	writer.then(writer.submit(d, "indienen", url.Values{"title": {"Warmtenet in Overvecht"}}))

	d = reviewer.page("/redactie")
	d = reviewer.page(d.link("Warmtenet in Overvecht"))
	d = reviewer.then(reviewer.press(d, "Afgehandeld"))
	d = reviewer.page(d.link("Publiceren"))
	reviewer.then(reviewer.submit(d, "", nil))

	d = visitor.page("/?q=overvecht+warmtenet")
	d = visitor.page(d.link("Warmtenet in Overvecht"))
	if got := text(d.one("h1", "", "")); got != "Warmtenet in Overvecht" {
		t.Errorf("heading %q", got)
	}
	if d.has("Bewerken") || len(d.all("section", "class", "standing")) > 0 {
		t.Error("a visitor is offered what they may not do")
	}
	d = writer.page("/casus/warmtenet-in-overvecht")
	d = writer.page(d.link("Geschiedenis"))
	if first, last := d.table()[0], d.table()[len(d.table())-1]; first[5] != "gepubliceerd" || !strings.HasPrefix(last[5], "gemaakt") {
		t.Errorf("history from %q to %q", first, last)
	}
}

// table gives the texts of the first table of a page.
func (d document) table() [][]string {
	var out [][]string
	for _, tr := range d.all("tr", "", "") {
		var row []string
		for td := range tr.Descendants() {
			if td.Type == html.ElementNode && td.Data == "td" {
				row = append(row, text(td))
			}
		}
		if row != nil {
			out = append(out, row)
		}
	}
	return out
}
