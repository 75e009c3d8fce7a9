package graph_test

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"strings"
	"testing"
	"time"

	"leerkring/internal/kb"
)

// slides reads a text as a deck: a slide for each piece between form feeds, and a
// citizen service number where the word is.
type slides struct{}

func (slides) Edition() int { return 1 }

func (slides) Read(_ context.Context, f kb.Source) (*kb.Reading, error) {
	text, err := io.ReadAll(io.NewSectionReader(f.Blob, 0, f.Blob.Size()))
	if err != nil {
		return nil, err
	}
	r := &kb.Reading{Format: "pptx", MediaType: "text/plain", State: kb.ExtractionRead, Unit: kb.UnitSlide, Language: "nl", Title: "Geheime eigenschap"}
	if strings.HasPrefix(string(text), "%locked") {
		return &kb.Reading{Format: "pdf", State: kb.ExtractionEncrypted}, nil
	}
	for i, page := range strings.Split(string(text), "\f") {
		title, _, _ := strings.Cut(page, "\n")
		r.Pages = append(r.Pages, kb.ReadPage{Number: i + 1, Title: title, Text: page})
		r.Outline = append(r.Outline, kb.OutlineEntry{Title: title, Page: i + 1, Level: 1})
		if at := strings.Index(page, "BSN"); at >= 0 {
			r.Findings = append(r.Findings, kb.Finding{Key: "bsn-1", Type: kb.FindingBSN, Severity: kb.Serious, Page: i + 1, Passage: page})
		}
	}
	return r, nil
}

func (slides) Pictures(_ context.Context, _ kb.Source, _ *kb.Reading, pages []int, _ int, put func(int, []byte) error) error {
	for _, p := range pages {
		if err := put(p, []byte("\x89PNG\r\n\x1a\n")); err != nil {
			return err
		}
	}
	return nil
}

func (slides) Recognises() bool { return false }

func (slides) Recognise(context.Context, kb.Source, *kb.Reading, []int, func(int, string) error) error {
	return nil
}

// filler suggests the text of page 1 for what a material lacks.
type filler struct{}

func (filler) Suggest(_ context.Context, r *kb.Reading, _ *kb.File, _ kb.Material) (out []kb.Suggested, err error) {
	for _, field := range []string{"body", "summary"} {
		text := strings.Join(strings.Fields(r.Pages[0].Text), " ")
		out = append(out, kb.Suggested{Key: field, Field: field, Value: text, Label: text, Confidence: 0.9, Page: 1, Passage: text})
	}
	return out, nil
}

// read reads all files that wait, and lets the index follow.
func (p *play) read(t testing.TB) {
	t.Helper()
	x := kb.NewExtractions(kb.ExtractionsConfig{
		Store: p.store, Search: p.index, Blobs: p.blobs, Extractor: slides{}, Follow: p.indexer.WaitFor,
		Now: func() time.Time { return p.clock.now }, NewID: newID, Log: slog.New(slog.NewTextHandler(p.log, nil)),
	})
	must(t, x.Drain(t.Context()))
	p.follow(t)
}

// file is what a test asks of a file.
type file struct {
	ID             kb.ID
	Version        int
	Name, State    string
	Message        string
	URL, Thumbnail *string
	Unit           *string
	PageCount      int
	HiddenPages    []int
	ViewerCan      []string
	Pages          struct {
		TotalCount int
		Nodes      []struct {
			Number             int
			Label, Title, Text string
			Hidden             bool
		}
	}
	Outline  []struct{ Title string }
	Findings []struct {
		Key, Type, Severity string
		Explained           *struct {
			Reason string
			By     name
		}
	}
}

const fileFields = `id version name state message url thumbnail unit pageCount hiddenPages viewerCan
	pages { totalCount nodes { number label title text hidden } } outline { title } findings { key type severity explained { reason by { id name } } }`

// upload sends a file as someone, which must be taken.
func (p *play) upload(t testing.TB, who kb.Actor, record kb.ID, name, body string) file {
	t.Helper()
	query := strings.Replace(uploadOne, "id name size state message url", fileFields, 1)
	got := p.as(who).send(t, form(t, operations(t, query, record, nil), part{name: "map", body: `{"0":["variables.f"]}`}, part{"0", name, body}))
	var data struct{ UploadFile struct{ File *file } }
	must(t, json.Unmarshal(got.Data, &data))
	if data.UploadFile.File == nil {
		t.Fatal(got.Raw)
	}
	p.follow(t)
	return *data.UploadFile.File
}

// open asks for a file as someone; nil when it is not there for them.
func (p *play) open(t testing.TB, who kb.Actor, id kb.ID) *file {
	t.Helper()
	data := answer[struct{ File *file }](t, p.as(who), `query ($id: ID!) { file(id: $id) { `+fileFields+` } }`, jsonOf(t, input{"id": id}))
	return data.File
}

// onTheFile does a mutation of a file that must be possible, and gives it as it is then.
func (p *play) onTheFile(t testing.TB, who kb.Actor, mutation, inputType string, in input) file {
	t.Helper()
	data := answer[struct {
		R struct {
			File       *file
			UserErrors []userError
		}
	}](t, p.as(who), `mutation ($in: `+inputType+`!) { r: `+mutation+`(input: $in) { file { `+fileFields+` } userErrors { field code message } } }`, jsonOf(t, input{"in": in}))
	if data.R.File == nil {
		t.Fatalf("%s: %v", mutation, data.R.UserErrors)
	}
	p.follow(t)
	return *data.R.File
}
