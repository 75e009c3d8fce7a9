package graph

import (
	"context"
	"net/url"
	"slices"
	"strconv"

	"leerkring/graph/internal/exec"
	"leerkring/graph/model"
	"leerkring/internal/kb"
)

// file gives a file as who asks sees it; one without File when they may not know of it.
func (r *reading) file(ctx context.Context, id kb.ID) (kb.FileView, error) {
	if id == "" {
		return kb.FileView{}, nil
	}
	return r.fileViews.one(ctx, id)
}

// record gives what an id names, a record or a file; nil when there is none, or it
// may not be read.
func (r *reading) record(ctx context.Context, id kb.ID) (kb.Entity, error) {
	if e, err := r.records.one(ctx, id); e != nil || err != nil {
		return e, err
	}
	v, err := r.file(ctx, id)
	if err != nil || v.File == nil {
		return nil, err
	}
	return v.File, nil
}

// File is the resolver of file.
func (queryResolver) File(ctx context.Context, id kb.ID) (*kb.File, error) {
	v, err := readingOf(ctx).file(ctx, id)
	return v.File, err
}

type fileResolver struct{ noun[*kb.File] }

// File resolves the fields of files.
func (r *Resolver) File() exec.FileResolver { return fileResolver{noun[*kb.File]{r}} }

// Sha256 is the resolver of sha256.
func (fileResolver) Sha256(ctx context.Context, f *kb.File) (string, error) {
	v, err := readingOf(ctx).file(ctx, f.ID)
	if err != nil || !v.Original {
		return "", err
	}
	return f.SHA256, nil
}

// URL is the resolver of url.
func (r fileResolver) URL(ctx context.Context, f *kb.File) (*string, error) {
	v, err := readingOf(ctx).file(ctx, f.ID)
	if err != nil || !v.Original {
		return nil, err
	}
	return filled(r.baseURL + "/files/" + string(f.ID) + "/original/" + url.PathEscape(f.Name)), nil
}

// PageURL is the resolver of pageUrl.
func (r fileResolver) PageURL(_ context.Context, f *kb.File) (string, error) {
	return r.fileURL(f.ID, 0), nil
}

// fileURL is the address of the page that shows a file, opened at one of its pages
// unless that is 0.
func (r *Resolver) fileURL(id kb.ID, page int) string {
	address := r.baseURL + "/bestand/" + string(id)
	if page > 0 {
		address += "/" + strconv.Itoa(page)
	}
	return address
}

// Thumbnail is the resolver of thumbnail.
func (r fileResolver) Thumbnail(ctx context.Context, f *kb.File) (*string, error) {
	v, err := readingOf(ctx).file(ctx, f.ID)
	if err != nil || !pictured(v, 1) {
		return nil, err
	}
	return filled(r.baseURL + "/files/" + string(f.ID) + "/thumbnail.png"), nil
}

// pictured reports whether who sees a file so has a picture of a page.
func pictured(v kb.FileView, page int) bool {
	return v.Extraction != nil && v.Extraction.Pictures == kb.PicturesMade && (v.Works || !slices.Contains(v.File.Hidden, page))
}

// extraction gives how far a file was read; one that waits when there is none yet.
func extraction(ctx context.Context, f *kb.File) (*kb.Extraction, error) {
	v, err := readingOf(ctx).file(ctx, f.ID)
	if err != nil {
		return nil, err
	}
	if v.Extraction == nil {
		return &kb.Extraction{State: kb.ExtractionWaiting}, nil
	}
	return v.Extraction, nil
}

// Unit is the resolver of unit.
func (fileResolver) Unit(ctx context.Context, f *kb.File) (*kb.PageUnit, error) {
	x, err := extraction(ctx, f)
	if err != nil || x.Unit == "" {
		return nil, err
	}
	return &x.Unit, nil
}

// PageCount is the resolver of pageCount.
func (fileResolver) PageCount(ctx context.Context, f *kb.File) (int, error) {
	x, err := extraction(ctx, f)
	if err != nil {
		return 0, err
	}
	return x.Pages, nil
}

// Language is the resolver of language.
func (fileResolver) Language(ctx context.Context, f *kb.File) (string, error) {
	x, err := extraction(ctx, f)
	if err != nil {
		return "", err
	}
	return x.Language, nil
}

// State is the resolver of state.
func (fileResolver) State(ctx context.Context, f *kb.File) (kb.ExtractionState, error) {
	x, err := extraction(ctx, f)
	if err != nil {
		return "", err
	}
	return x.State, nil
}

// Message is the resolver of message.
func (fileResolver) Message(ctx context.Context, f *kb.File) (string, error) {
	x, err := extraction(ctx, f)
	if err != nil {
		return "", err
	}
	return stateText(x.State).In(readingOf(ctx).lang), nil
}

// Record is the resolver of record. Who works on the material gets its working half.
func (fileResolver) Record(ctx context.Context, f *kb.File) (kb.Material, error) {
	v, err := readingOf(ctx).file(ctx, f.ID)
	m, _ := v.Record.(kb.Material)
	return m, err
}

// Replaces is the resolver of replaces.
func (fileResolver) Replaces(ctx context.Context, f *kb.File) (*kb.File, error) {
	v, err := readingOf(ctx).file(ctx, f.Replaces)
	return v.File, err
}

// HiddenPages is the resolver of hiddenPages.
func (fileResolver) HiddenPages(ctx context.Context, f *kb.File) ([]int, error) {
	v, err := readingOf(ctx).file(ctx, f.ID)
	if err != nil || !v.Works {
		return nil, err
	}
	return f.Hidden, nil
}

// ViewerCan is the resolver of viewerCan. kb.Files decides again.
func (fileResolver) ViewerCan(ctx context.Context, f *kb.File) ([]model.FileAction, error) {
	reading := readingOf(ctx)
	v, err := reading.file(ctx, f.ID)
	if err != nil {
		return nil, err
	}
	d, err := reading.draft(ctx, f.Record)
	changes := v.Works && slices.Contains(d.Can, kb.CanEdit)
	may := map[model.FileAction]bool{
		model.FileActionDownload: v.Original, model.FileActionChange: changes, model.FileActionRemove: changes,
		model.FileActionRetry: changes && v.Extraction != nil && v.Extraction.State.Settled() && v.Extraction.State != kb.ExtractionRead,
	}
	return slices.DeleteFunc(slices.Clone(model.AllFileAction), func(a model.FileAction) bool { return !may[a] }), err
}

// UploadLimits is the resolver of uploadLimits.
func (r queryResolver) UploadLimits(context.Context) (*model.UploadLimits, error) {
	return &model.UploadLimits{File: int(r.files.Limits.File), Request: int(r.files.Limits.Request)}, nil
}

// ParkedFiles is the resolver of parkedFiles.
func (r queryResolver) ParkedFiles(ctx context.Context, first *int, after *string) (*model.ParkedFileConnection, error) {
	var req kb.SearchRequest
	if err := (page{first, after, 20}).into(&req); err != nil {
		return nil, err
	}
	reading := readingOf(ctx)
	res, err := r.files.Parked(ctx, reading.actor, req.First, req.After)
	if err != nil {
		return nil, err
	}
	out := &model.ParkedFileConnection{PageInfo: pageInfo(res), TotalCount: res.Total}
	for _, h := range res.Hits {
		x := h.Entity.(*kb.Extraction) // kb.Files lists nothing else
		node := &model.ParkedFile{
			ID: x.ID, Name: x.Name, MediaType: x.MediaType, Size: int(x.Size), Sha256: x.SHA256, State: x.State,
			Message: stateText(x.State).In(reading.lang), Error: x.Error, Tries: x.Tries, UpdatedAt: x.UpdatedAt,
		}
		out.Nodes = append(out.Nodes, node)
		out.Edges = append(out.Edges, &model.ParkedFileEdge{Cursor: h.Cursor, Node: node})
	}
	return out, nil
}
