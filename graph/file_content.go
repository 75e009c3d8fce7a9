package graph

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"leerkring/graph/internal/exec"
	"leerkring/graph/model"
	"leerkring/internal/kb"
)

// Pages is the resolver of pages. The cursor of a page is its number.
func (r fileResolver) Pages(ctx context.Context, f *kb.File, first *int, after *string) (*model.FilePageConnection, error) {
	n, err := size(first, 20, kb.MaxPage)
	if err != nil {
		return nil, err
	}
	from := 1
	if text := deref(after); text != "" {
		last, err := strconv.Atoi(text)
		if err != nil || last < 1 {
			return nil, kb.Errorf(kb.CursorInvalid, kb.Text{NL: "Deze cursor hoort niet bij deze lijst.", EN: "This cursor does not belong to this list."})
		}
		from = last + 1
	}
	reading := readingOf(ctx)
	v, err := reading.file(ctx, f.ID)
	if err != nil {
		return nil, err
	}
	out := &model.FilePageConnection{PageInfo: &model.PageInfo{HasPreviousPage: from > 1}}
	whole, err := r.files.Reading(ctx, reading.actor, f.ID)
	if err != nil {
		return nil, err
	}
	out.TotalCount = len(whole.Pages)
	pages, err := r.files.Pages(ctx, reading.actor, f.ID, from, n+1) // one more, to know whether there is
	if err != nil {
		return nil, err
	}
	out.PageInfo.HasNextPage = len(pages) > n
	for _, p := range pages[:min(n, len(pages))] {
		node := r.page(v, p, reading.lang)
		out.Nodes = append(out.Nodes, node)
		out.Edges = append(out.Edges, &model.FilePageEdge{Cursor: strconv.Itoa(p.Number), Node: node})
	}
	if n := len(out.Edges); n > 0 {
		out.PageInfo.StartCursor, out.PageInfo.EndCursor = &out.Edges[0].Cursor, &out.Edges[n-1].Cursor
	}
	return out, nil
}

// Page is the resolver of page.
func (r fileResolver) Page(ctx context.Context, f *kb.File, number int) (*model.FilePage, error) {
	reading := readingOf(ctx)
	v, err := reading.file(ctx, f.ID)
	if err != nil {
		return nil, err
	}
	pages, err := r.files.Pages(ctx, reading.actor, f.ID, number, 1)
	if err != nil || len(pages) == 0 || pages[0].Number != number {
		return nil, err
	}
	return r.page(v, pages[0], reading.lang), nil
}

func (r fileResolver) page(v kb.FileView, p kb.ReadPage, lang string) *model.FilePage {
	out := &model.FilePage{
		Number: p.Number, Label: placeText(unitOf(v), p.Number).In(lang), Title: p.Title, Text: p.Text, Notes: p.Notes,
		Hidden: slices.Contains(v.File.Hidden, p.Number), HiddenInDocument: p.Hidden, Recognised: p.Picture && p.Text != "",
		URL: r.fileURL(v.File.ID, p.Number),
	}
	if pictured(v, p.Number) {
		out.Picture = filled(fmt.Sprintf("%s/files/%s/pages/%d.png", r.baseURL, v.File.ID, p.Number))
	}
	return out
}

func unitOf(v kb.FileView) kb.PageUnit {
	if v.Extraction == nil {
		return ""
	}
	return v.Extraction.Unit
}

// Outline is the resolver of outline.
func (r fileResolver) Outline(ctx context.Context, f *kb.File) ([]*kb.OutlineEntry, error) {
	whole, err := r.files.Reading(ctx, readingOf(ctx).actor, f.ID)
	if err != nil {
		return nil, err
	}
	out := make([]*kb.OutlineEntry, len(whole.Outline))
	for i := range whole.Outline {
		out[i] = &whole.Outline[i]
	}
	return out, nil
}

// Findings is the resolver of findings.
func (r fileResolver) Findings(ctx context.Context, f *kb.File) ([]*model.Finding, error) {
	reading := readingOf(ctx)
	v, err := reading.file(ctx, f.ID)
	if err != nil || !v.Works {
		return nil, err
	}
	found, err := r.files.Findings(ctx, reading.actor, f.ID)
	if err != nil {
		return nil, err
	}
	out := make([]*model.Finding, len(found))
	for i, x := range found {
		out[i] = &model.Finding{
			Key: x.Key, Type: x.Type, Severity: x.Severity, Message: findingText(x.Type).In(reading.lang), Page: positive(x.Page),
			Passage: x.Passage, Ranges: x.Ranges, Count: max(x.Count, 1), Hidden: slices.Contains(v.File.Hidden, x.Page),
		}
		if at := slices.IndexFunc(v.File.Explained, func(e kb.Explained) bool { return e.Finding == x.Key }); at >= 0 {
			out[i].Explained = &v.File.Explained[at]
			reading.names.expect(v.File.Explained[at].By)
		}
	}
	return out, nil
}

type findingExplanationResolver struct{ *Resolver }

// FindingExplanation resolves the fields of explanations of findings.
func (r *Resolver) FindingExplanation() exec.FindingExplanationResolver {
	return findingExplanationResolver{r}
}

// By is the resolver of by.
func (findingExplanationResolver) By(ctx context.Context, x *kb.Explained) (*model.AccountName, error) {
	return accountName(ctx, x.By)
}

// Suggestions is the resolver of suggestions.
func (r fileResolver) Suggestions(ctx context.Context, f *kb.File) ([]*model.FileSuggestion, error) {
	reading := readingOf(ctx)
	v, err := reading.file(ctx, f.ID)
	if err != nil || !v.Works {
		return nil, err
	}
	found, err := r.files.Suggestions(ctx, reading.actor, f.ID)
	if err != nil {
		return nil, err
	}
	out := make([]*model.FileSuggestion, len(found))
	for i, s := range found {
		out[i] = &model.FileSuggestion{
			Key: s.Key, Field: schemaName(v.Record.Kind(), s.Field), Value: s.Value, Label: s.Label, Confidence: s.Confidence,
			Page: positive(s.Page), Passage: s.Passage, Source: placeText(unitOf(v), s.Page).In(reading.lang),
		}
		for at := range s.Ranges {
			out[i].Ranges = append(out[i].Ranges, &s.Ranges[at])
		}
	}
	return out, nil
}

// Similar is the resolver of similar.
func (r fileResolver) Similar(ctx context.Context, f *kb.File) ([]*model.SimilarFile, error) {
	reading := readingOf(ctx)
	found, err := r.files.Similar(ctx, reading.actor, f.ID)
	if err != nil {
		return nil, err
	}
	out := make([]*model.SimilarFile, len(found))
	for i, s := range found {
		reading.fileViews.expect(s.File.ID)
		m, _ := s.Record.(kb.Material)
		percent := int(s.Likeness*100 + 0.5)
		out[i] = &model.SimilarFile{File: s.File, Record: m, Likeness: s.Likeness, Text: fmt.Sprintf("%d\u00a0%%", percent)}
	}
	return out, nil
}

type searchEdgeResolver struct{ *Resolver }

// SearchEdge resolves the fields of hits.
func (r *Resolver) SearchEdge() exec.SearchEdgeResolver { return searchEdgeResolver{r} }

// Passage is the resolver of passage. A file that went meanwhile has none.
func (searchEdgeResolver) Passage(ctx context.Context, e *model.SearchEdge) (*kb.FilePassage, error) {
	if e.Passage == nil {
		return nil, nil
	}
	v, err := readingOf(ctx).file(ctx, e.Passage.File)
	if err != nil || v.File == nil || !v.Works && slices.Contains(v.File.Hidden, e.Passage.Page) {
		return nil, err
	}
	return e.Passage, nil
}

type filePassageResolver struct{ *Resolver }

// FilePassage resolves the fields of passages.
func (r *Resolver) FilePassage() exec.FilePassageResolver { return filePassageResolver{r} }

// File is the resolver of file.
func (filePassageResolver) File(ctx context.Context, p *kb.FilePassage) (*kb.File, error) {
	v, err := readingOf(ctx).file(ctx, p.File)
	return v.File, err
}

// Label is the resolver of label.
func (filePassageResolver) Label(ctx context.Context, p *kb.FilePassage) (string, error) {
	reading := readingOf(ctx)
	v, err := reading.file(ctx, p.File)
	return placeText(unitOf(v), p.Page).In(reading.lang), err
}

// URL is the resolver of url.
func (r filePassageResolver) URL(_ context.Context, p *kb.FilePassage) (string, error) {
	return r.fileURL(p.File, p.Page), nil
}
