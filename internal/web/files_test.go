package web_test

import (
	"bytes"
	"context"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

// deck reads every file as the same deck: what extractors give is tested with them.
type deck struct{}

func (deck) Edition() int     { return 1 }
func (deck) Recognises() bool { return false }

func (deck) Recognise(context.Context, kb.Source, *kb.Reading, []int, func(int, string) error) error {
	return nil
}

func (deck) Read(context.Context, kb.Source) (*kb.Reading, error) {
	return &kb.Reading{
		Format: "pptx", MediaType: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
		State: kb.ExtractionRead, Unit: kb.UnitSlide, Language: "nl",
		Outline: []kb.OutlineEntry{{Title: "Opening", Page: 1, Level: 1}},
		Pages: []kb.ReadPage{
			{Number: 1, Title: "Opening", Text: "Welkom in Zwolle"},
			{Number: 2, Title: "Cijfers", Text: "Het burgerservicenummer 111222333 staat hier <b>", Notes: "Vertel over kwartiermakers"},
			{Number: 3, Text: "Wat wij leerden van kwartiermakers"},
		},
		Findings: []kb.Finding{{
			Key: "bsn-1", Type: kb.FindingBSN, Severity: kb.Serious, Page: 2, Passage: "nummer 111222333 staat", Ranges: []kb.TextRange{{Start: 7, End: 16}},
		}},
	}, nil
}

func (deck) Pictures(_ context.Context, _ kb.Source, _ *kb.Reading, pages []int, _ int, put func(int, []byte) error) error {
	for _, n := range append([]int{0}, pages...) {
		if err := put(n, []byte("\x89PNG\r\n\x1a\n plaatje")); err != nil {
			return err
		}
	}
	return nil
}

// suggester finds one place in every file.
type suggester struct{}

func (suggester) Suggest(_ context.Context, _ *kb.Reading, _ *kb.File, m kb.Material) ([]kb.Suggested, error) {
	if m.Shared().Summary != "" {
		return nil, nil
	}
	return []kb.Suggested{{
		Key: "s1", Field: "summary", Value: "Welkom in Zwolle", Label: "Welkom in Zwolle", Confidence: 0.95, Page: 1,
		Passage: "Welkom in Zwolle", Ranges: []kb.TextRange{{Start: 10, End: 16}},
	}}, nil
}

// read reads what was uploaded.
func (w *world) read(tb testing.TB) {
	tb.Helper()
	w.follow(tb)
	x := kb.NewExtractions(kb.ExtractionsConfig{
		Store: w.store, Search: w.index, Blobs: w.blobs, Extractor: deck{}, Now: func() time.Time { return w.now }, NewID: newID,
		Log: slog.New(slog.NewTextHandler(w.log, nil)), Follow: func(context.Context, kb.Seq) error {
			w.follow(tb)
			return nil
		},
	})
	must(tb, x.Drain(tb.Context()))
	w.follow(tb)
}

// talk is a presentation that an expert writes.
func talk() *kb.Presentation {
	h := published("de-presentatie")
	h.Status, h.PublishedAt, h.CreatedBy = kb.StatusDraft, nil, expert().Account
	return &kb.Presentation{Common: kb.Common{Head: h, Title: "De presentatie", Language: "nl", Themes: []string{"wonen"}}}
}

// attach sends files by the form of a page, without a script.
func (p *person) attach(target string, controls url.Values, names ...string) document {
	p.tb.Helper()
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	for name, values := range controls {
		must(p.tb, form.WriteField(name, values[0]))
	}
	for _, name := range names {
		part, err := form.CreateFormFile("bestand", name)
		must(p.tb, err)
		_, err = part.Write([]byte("de bytes van " + name))
		must(p.tb, err)
	}
	must(p.tb, form.Close())
	r := httptest.NewRequest(http.MethodPost, target, &b)
	r.Header.Set("Content-Type", form.FormDataContentType())
	return p.send(r)
}

// worked gives the address of the page of the only file of a list.
func (d document) worked() string {
	d.tb.Helper()
	for n := range d.one("p", "class", "file-name").Descendants() {
		if n.Data == "a" {
			return href(n)
		}
	}
	d.tb.Fatal("no file in the list")
	return ""
}

// TestAFileBecomesKnowledge: an expert uploads a deck without any script, answers what
// was found in it, and readers leaf through it and find its slides.
func TestAFileBecomesKnowledge(t *testing.T) {
	w := newWorld(t, talk())
	e, visitor := w.as(t, expert()), w.as(t, kb.Actor{})
	id := talk().ID
	at := "/bewerken/" + string(id) + "/bestanden"
	d := e.then(e.attach(at, url.Values{"visibility": {"PUBLIC"}}, "één deck.pptx"))
	if list := text(d.one("ul", "class", "files")); !strings.Contains(list, "één deck.pptx") || !strings.Contains(list, "wordt nog gelezen") || len(d.all("li", "data-busy", "")) != 1 {
		t.Errorf("just uploaded: %s", list)
	}
	w.read(t)
	list := e.page(at)
	for _, want := range []string{"3 dia's", "voordat u kunt indienen: 1", "velden te vullen: 1"} {
		if got := text(list.one("ul", "class", "files")); !strings.Contains(got, want) {
			t.Errorf("no %q in %s", want, got)
		}
	}
	work := list.worked()
	d = e.page(work)
	if diff := cmp.Diff([]string{"Zwolle", "111222333"}, texts(d.all("mark", "", ""))); diff != "" {
		t.Error(diff)
	}
	if main := text(d.one("main", "", "")); !strings.Contains(main, "Samenvatting: Welkom in Zwolle") || !strings.Contains(main, "vrijwel zeker · dia 1") {
		t.Errorf("suggestions: %s", main)
	}
	if got := e.post(work, url.Values{"doe": {"overnemen"}}).wrong(); len(got) != 1 {
		t.Errorf("none chosen: %q", got)
	}
	version := func(d document, button string) string {
		t.Helper()
		form := d.all("button", "value", button)[0].Parent
		for form.Data != "form" {
			form = form.Parent
		}
		return d.filled(form).Get("versie")
	}
	d = e.then(e.post(work, url.Values{"doe": {"overnemen"}, "versie": {version(d, "overnemen")}, "voorstel": {"s1"}}))
	if got := text(d.one("textarea", "id", "summary")); got != "Welkom in Zwolle" {
		t.Errorf("the summary is %q", got)
	}
	d = e.page(work)
	if got := e.post(work, url.Values{"doe": {"verbergen"}, "versie": {"99"}, "pagina": {"2"}}).wrong(); len(got) != 1 {
		t.Errorf("another version: %q", got)
	}
	d = e.then(e.post(work, url.Values{"doe": {"verbergen"}, "versie": {version(d, "verbergen")}, "pagina": {"2"}}))
	if main := text(d.one("main", "", "")); !strings.Contains(main, "De pagina is verborgen voor lezers.") {
		t.Errorf("hidden: %s", main)
	}

	r := w.as(t, editor())
	e.act(id, "indienen", nil)
	if review := text(r.page("/redactie/"+string(id)).one("main", "", "")); !strings.Contains(review, "Moet opgelost") || !strings.Contains(review, "één deck.pptx") {
		t.Errorf("editors see %s", review)
	}
	r.act(id, "publiceren", nil)
	w.follow(t)
	d = visitor.page("/presentatie/de-presentatie")
	leaf := d.worked()
	d = visitor.page(leaf)
	if got := texts(d.all("span", "class", "leaf-label")); !cmp.Equal(got, []string{"dia 1", "dia 3"}) {
		t.Errorf("readers leaf through %q", got)
	}
	d = visitor.page(leaf + "/1")
	if next := href(d.one("a", "rel", "next")); next != leaf+"/3" || text(d.one("h2", "id", "blad")) != "Opening" {
		t.Errorf("after slide 1 comes %q", next)
	}
	for _, path := range []string{"/2", "/4", "/0", "/01", "/x"} {
		if d := visitor.get(leaf + path); d.status != http.StatusNotFound || strings.Contains(d.raw, "111222333") {
			t.Errorf("%s: %d", path, d.status)
		}
	}
	d = visitor.page("/?q=kwartiermakers")
	if got := text(d.one("p", "class", "card-passage")); !strings.HasPrefix(got, "dia 3") || !strings.Contains(got, "kwartiermakers") {
		t.Errorf("found: %q", got)
	}
	if en := visitor.page("/en" + leaf + "/3"); !strings.Contains(text(en.one("span", "class", "counter")), "slide 3 of 3") {
		t.Errorf("in English: %s", text(en.one("span", "class", "counter")))
	}
}

// TestAnswersToFiles: explaining, changing, replacing and removing, and who may not.
func TestAnswersToFiles(t *testing.T) {
	w := newWorld(t, talk())
	e := w.as(t, expert())
	at := "/bewerken/" + string(talk().ID) + "/bestanden"
	if got := e.attach(at, nil).wrong(); len(got) != 1 {
		t.Errorf("without a file: %q", got)
	}
	if d := e.post(at, url.Values{}); d.status != http.StatusMethodNotAllowed && d.status != http.StatusUnsupportedMediaType {
		t.Errorf("a form without files: %d", d.status)
	}
	e.then(e.attach(at, url.Values{"visibility": {"MEMBERS"}}, "a.pptx"))
	w.read(t)
	list := e.page(at)
	work := list.worked()
	if !strings.Contains(text(list.root), "alleen leden") {
		t.Error("for whom the file is, is not said")
	}
	for name, p := range map[string]*person{"a visitor": w.as(t, kb.Actor{}), "another": w.as(t, another())} {
		for _, path := range []string{at, work} {
			if d := p.get(path); d.status == http.StatusOK || strings.Contains(d.raw, "a.pptx") {
				t.Errorf("%s sees %s: %d", name, path, d.status)
			}
		}
		if d := p.attach(at, nil, "b.pptx"); d.status == http.StatusOK && len(d.wrong()) == 0 {
			t.Errorf("%s uploads", name)
		}
	}
	d := e.then(e.post(work, url.Values{"doe": {"uitleggen"}, "versie": {"1"}, "punt": {"bsn-1"}, "reden": {"Dit is een <voorbeeld>."}}))
	if main := text(d.one("main", "", "")); !strings.Contains(main, "Uitleg van Expert") || !strings.Contains(main, "Dit is een <voorbeeld>.") {
		t.Errorf("explained: %s", main)
	}
	if got := e.post(work, url.Values{"doe": {"wijzigen"}, "versie": {"2"}, "name": {"b.pptx"}, "visibility": {"PUBLIC"}, "hidden": {"twee"}}); len(got.wrong()) != 1 {
		t.Errorf("pages that are no numbers: %q", got.wrong())
	}
	d = e.then(e.post(work, url.Values{"doe": {"wijzigen"}, "versie": {"2"}, "name": {"b.pptx"}, "visibility": {"PUBLIC"}, "hidden": {"3, 1,3"}}))
	if got, _ := attr(d.one("input", "id", "hidden"), "value"); text(d.one("h1", "", "")) != "b.pptx" || got != "1, 3" {
		t.Errorf("changed: %s, hidden %q", text(d.one("h1", "", "")), got)
	}
	old := work[strings.LastIndexByte(work, '/')+1:]
	e.then(e.attach(at, url.Values{"vervangt": {old}}, "nieuw.pptx"))
	list = e.page(at)
	if got := texts(list.all("p", "class", "file-name")); !cmp.Equal(got, []string{"nieuw.pptx"}) {
		t.Errorf("replaced: %q", got)
	}
	d = e.then(e.post(list.worked(), url.Values{"doe": {"weghalen"}, "versie": {"1"}}))
	if !strings.Contains(text(d.root), "Er zijn nog geen bestanden.") {
		t.Errorf("removed: %s", text(d.one("main", "", "")))
	}
	if d := e.post(work, url.Values{"doe": {"iets"}}); d.status != http.StatusNotFound {
		t.Errorf("the file that is gone: %d", d.status)
	}
}
