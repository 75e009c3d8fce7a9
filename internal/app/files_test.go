package app_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"
	"time"

	"leerkring/internal/app"
	"leerkring/internal/kb"
)

// pageWord makes a word that stands on one page only.
func pageWord(n int) string {
	parts := []string{"bro", "kwi", "vla", "dremp", "stui", "gren", "plo", "zwa"}
	return parts[n/8%8] + parts[n%8] + "zel"
}

// deck makes a PPTX with a slide for each text.
func deck(t *testing.T, texts []string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	part := func(name, content string) {
		w, err := z.Create(name)
		if err == nil {
			_, err = io.WriteString(w, content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	part("[Content_Types].xml", `<Types><Override PartName="/ppt/presentation.xml" ContentType="application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"/></Types>`)
	const relation = `<Relationship Id="r%d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/slide" Target="slides/slide%d.xml"/>`
	ids, relations := "", ""
	for i, text := range texts {
		n := i + 1
		ids += fmt.Sprintf(`<p:sldId id="%d" r:id="r%d"/>`, 255+n, n)
		relations += fmt.Sprintf(relation, n, n)
		part(fmt.Sprintf("ppt/slides/slide%d.xml", n), `<p:sld><p:cSld><p:spTree><p:sp><p:txBody><a:p><a:r><a:t>`+text+`</a:t></a:r></a:p></p:txBody></p:sp></p:spTree></p:cSld></p:sld>`)
	}
	part("ppt/presentation.xml", `<p:presentation><p:sldIdLst>`+ids+`</p:sldIdLst></p:presentation>`)
	part("ppt/_rels/presentation.xml.rels", `<Relationships>`+relations+`</Relationships>`)
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// pdf makes a PDF with a page for each text, of ASCII.
func pdf(texts []string) []byte {
	var b bytes.Buffer
	var at []int
	object := func(content string) {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", len(at), content)
	}
	b.WriteString("%PDF-1.7\n")
	kids := ""
	for i := range texts {
		kids += fmt.Sprintf("%d 0 R ", 4+2*i)
	}
	object("<< /Type /Catalog /Pages 2 0 R >>")
	object(fmt.Sprintf("<< /Type /Pages /Kids [ %s] /Count %d >>", kids, len(texts)))
	object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
	for i, text := range texts {
		drawn := "BT /F1 24 Tf 72 700 Td (" + text + ") Tj ET"
		object(fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>", 5+2*i))
		object(fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(drawn), drawn))
	}
	table := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, offset := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, table)
	return b.Bytes()
}

// library is a site that is served, with an editor who asks it things.
type library struct {
	t      *testing.T
	app    *app.App
	url    string
	secret string
	editor kb.Actor
	desk   *kb.Desk
}

func serveLibrary(t *testing.T) *library {
	t.Helper()
	a := open(t, config(t, t.TempDir()))
	begun, stop := begin(t, a, app.Site{Addr: "127.0.0.1:0"})
	t.Cleanup(stop)
	id := kb.DeriveID("account", "Rian")
	account := &kb.Account{
		Head: kb.Head{ID: id, Slug: string(id), Status: kb.StatusPublished, Visibility: kb.VisibilityMembers, CreatedAt: time.Now(), UpdatedAt: time.Now()},
		Name: "Rian", Email: "rian@leerkring.example", Role: kb.RoleEditor, Language: "nl", Mails: kb.MailNone,
	}
	r, err := kb.NewRecord(account, nil)
	if err != nil {
		t.Fatal(err)
	}
	if results, err := a.Store.Put(t.Context(), []kb.Record{r}); err != nil || results[0].Err != nil {
		t.Fatal(err, results)
	}
	l := &library{t: t, app: a, url: begun.URL, editor: account.Actor()}
	n := 0
	l.desk = kb.NewDesk(a.Store, a.Index, a.Own, time.Now, func() kb.ID { n++; return kb.DeriveID("library", fmt.Sprint(n)) })
	people := app.NewAccounts(config(t, ""), a.Store, kb.AccountsConfig{Search: a.Index, Own: a.Own, BaseURL: begun.URL})
	if l.secret, _, _, err = people.CreateToken(t.Context(), l.editor, kb.TokenRequest{Name: "test", Scopes: []kb.Scope{kb.ScopeRead, kb.ScopeWrite, kb.ScopeReview}}); err != nil {
		t.Fatal(err)
	}
	return l
}

// do sends a request, with the editor's token when it says so, and gives the answer.
func (l *library) do(method, url, kind string, body []byte, signedIn bool, into any) {
	l.t.Helper()
	r, err := http.NewRequestWithContext(l.t.Context(), method, url, bytes.NewReader(body))
	if err != nil {
		l.t.Fatal(err)
	}
	r.Header.Set("Content-Type", kind)
	r.Header.Set("Apollo-Require-Preflight", "true")
	if signedIn {
		r.Header.Set("Authorization", "Bearer "+l.secret)
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		l.t.Fatal(err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode >= 300 {
		l.t.Fatalf("%s: %s %s, %v", url, res.Status, raw, err)
	}
	if into == nil {
		return
	}
	if err := json.Unmarshal(raw, into); err != nil || bytes.Contains(raw, []byte(`"errors"`)) {
		l.t.Fatalf("%v: %s", err, raw)
	}
}

func (l *library) ask(query string, variables map[string]any, signedIn bool, into any) {
	l.t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		l.t.Fatal(err)
	}
	l.do(http.MethodPost, l.url+"/graphql", "application/json", body, signedIn, into)
}

// draft makes a complete lesson.
func (l *library) draft(title string) kb.ID {
	l.t.Helper()
	saved, err := l.desk.Create(l.t.Context(), l.editor, kb.KindLesson, kb.Fields{
		"title": title, "summary": "Kort gezegd.", "statement": "Begin klein.", "themes": []any{"wonen"}, "visibility": "PUBLIC",
	}, "")
	if err != nil {
		l.t.Fatal(err)
	}
	return saved.Entity.Base().ID
}

// byForm uploads a file as a form of GraphQL does.
func (l *library) byForm(record kb.ID, name string, content []byte) {
	l.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	query := `mutation ($r: ID!, $f: Upload!) { uploadFile(input: {record: $r, file: $f}) { file { id } userErrors { message } } }`
	operations, err := json.Marshal(map[string]any{"query": query, "variables": map[string]any{"r": record, "f": nil}})
	if err != nil {
		l.t.Fatal(err)
	}
	_ = w.WriteField("operations", string(operations))
	_ = w.WriteField("map", `{"0":["variables.f"]}`)
	file, err := w.CreateFormFile("0", name)
	if err == nil {
		_, err = file.Write(content)
	}
	if err != nil || w.Close() != nil {
		l.t.Fatal(err)
	}
	var got struct {
		Data struct {
			UploadFile struct{ File *struct{ ID kb.ID } }
		}
	}
	l.do(http.MethodPost, l.url+"/graphql", w.FormDataContentType(), b.Bytes(), true, &got)
	if got.Data.UploadFile.File == nil {
		l.t.Fatal("no file")
	}
}

// byAddress uploads a file to a one-time address.
func (l *library) byAddress(record kb.ID, name string, content []byte) {
	l.t.Helper()
	var got struct {
		Data struct{ StartUpload struct{ URL string } }
	}
	query := `mutation ($r: ID!, $n: String!, $s: Int!) { startUpload(input: {record: $r, name: $n, size: $s}) { url userErrors { message } } }`
	l.ask(query, map[string]any{"r": record, "n": name, "s": len(content)}, true, &got)
	url := got.Data.StartUpload.URL
	if strings.HasPrefix(url, "/") {
		url = l.url + url
	}
	l.do(http.MethodPut, url, "application/octet-stream", content, false, nil)
}

// publish waits until the files of a record are read, and publishes it.
func (l *library) publish(record kb.ID) {
	l.t.Helper()
	ctx := l.t.Context()
	for {
		last, err := l.app.Store.Last(ctx)
		if err != nil {
			l.t.Fatal(err)
		}
		d, err := l.desk.Open(ctx, l.editor, record)
		if err != nil {
			l.t.Fatal(err)
		}
		files := d.Work().(kb.Material).Shared().Files
		found, err := l.app.Files.Open(ctx, l.editor, files)
		if err != nil {
			l.t.Fatal(err)
		}
		read := 0
		for _, v := range found {
			if v.Extraction != nil && v.Extraction.State.Settled() {
				read++
			}
			if v.Extraction != nil && v.Extraction.State.Settled() && v.Extraction.State != kb.ExtractionRead {
				l.t.Fatalf("%s is %s: %s", v.File.Name, v.Extraction.State, v.Extraction.Error)
			}
		}
		if read == len(files) {
			if _, err := l.desk.Approve(ctx, l.editor, kb.Target{ID: record, Version: d.Version}, nil); err != nil {
				l.t.Fatal(err)
			}
			break
		}
		if err := l.app.Store.Wait(ctx, last); err != nil {
			l.t.Fatal(err)
		}
	}
	last, err := l.app.Store.Last(ctx)
	if err == nil {
		err = l.app.Settle(ctx, last)
	}
	if err != nil {
		l.t.Fatal(err)
	}
}

// passage is where a visitor finds a word: the title of the record, the place and the text.
type passage struct {
	Title, Label, Text, URL string
	Page, Total             int
}

func (l *library) find(text string) passage {
	l.t.Helper()
	var got struct {
		Data struct {
			Search struct {
				TotalCount int
				Edges      []struct {
					Node    struct{ Title string }
					Passage *passage
				}
			}
		}
	}
	l.ask(`query ($q: String) { search(query: $q) { totalCount edges { node { title } passage { label page text url } } } }`, map[string]any{"q": text}, false, &got)
	s := got.Data.Search
	if len(s.Edges) == 0 || s.Edges[0].Passage == nil {
		return passage{Total: s.TotalCount}
	}
	p := *s.Edges[0].Passage
	p.Title, p.Total = s.Edges[0].Node.Title, s.TotalCount
	return p
}

// A deck of forty slides and a report are uploaded, read by real children, published,
// and each slide and page is found by its own words. A page that is hidden afterwards
// is found no more.
func TestEverySlideIsFound(t *testing.T) {
	if testing.Short() {
		t.Skip("child processes read files: not in short runs")
	}
	l := serveLibrary(t)
	var slides, pages []string
	for n := range 40 {
		slides = append(slides, fmt.Sprintf("Over het %s in de wijk en wat daar gebeurt", pageWord(n)))
	}
	for n := range 5 {
		pages = append(pages, fmt.Sprintf("Een bladzijde met %s voor iedereen", pageWord(40+n)))
	}
	byForm, byAddress := l.draft("Dia's"), l.draft("Rapport")

	start := time.Now()
	l.byForm(byForm, "dias.pptx", deck(t, slides))
	sent := time.Now()
	l.publish(byForm)
	published := time.Now()
	for n := range slides {
		got := l.find(pageWord(n))
		if got.Total != 1 || got.Title != "Dia's" || got.Page != n+1 || !strings.Contains(got.Text, pageWord(n)) || !strings.Contains(got.URL, fmt.Sprint(n+1)) {
			t.Errorf("%s: %+v", pageWord(n), got)
		}
	}
	t.Logf("a deck of %d slides: %s from the upload until all can be found (sent in %s), %s for the searches",
		len(slides), published.Sub(start).Round(time.Millisecond), sent.Sub(start).Round(time.Millisecond), time.Since(published).Round(time.Millisecond))

	start = time.Now()
	l.byAddress(byAddress, "rapport.pdf", pdf(pages))
	l.publish(byAddress)
	for n := range pages {
		if got := l.find(pageWord(40 + n)); got.Title != "Rapport" || got.Page != n+1 || !strings.Contains(got.Text, pageWord(40+n)) {
			t.Errorf("%s: %+v", pageWord(40+n), got)
		}
	}
	t.Logf("a report of %d pages: %s", len(pages), time.Since(start).Round(time.Millisecond))

	d, err := l.desk.Open(t.Context(), l.editor, byForm)
	if err != nil {
		t.Fatal(err)
	}
	hidden := []int{7}
	file := kb.Target{ID: d.Live.(kb.Material).Shared().Files[0]}
	_, seq, err := l.app.Files.Change(t.Context(), l.editor, file, kb.FileChanges{Hidden: &hidden})
	if err == nil {
		err = l.app.Settle(t.Context(), seq)
	}
	if err != nil {
		t.Fatal(err)
	}
	if got := l.find(pageWord(6)); got.Page == 7 || strings.Contains(got.Text, pageWord(6)) {
		t.Errorf("a hidden slide is found: %+v", got)
	}
	if got := l.find(pageWord(7)); got.Page != 8 {
		t.Errorf("the slide after it: %+v", got)
	}
}
