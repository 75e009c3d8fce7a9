package graph

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"leerkring/graph/internal/scalar"
	"leerkring/graph/model"
	"leerkring/internal/kb"
)

// written is a file as it was written, and under which number.
type written struct {
	view kb.FileView
	seq  kb.Seq
}

// filed is the payload of every mutation that writes one file.
type filed struct {
	File       *kb.File
	UserErrors []*model.UserError
	Sequence   *int
}

// onFile does something with a file and gives what came of it.
func onFile(ctx context.Context, do func(actor kb.Actor) (kb.FileView, kb.Seq, error)) (*filed, error) {
	done, err := attempt(readingOf(ctx), func(actor kb.Actor) (written, error) {
		v, seq, err := do(actor)
		return written{v, seq}, err
	})
	wrong, err := mendable(ctx, err)
	if err != nil || len(wrong) > 0 {
		return &filed{UserErrors: wrong}, err
	}
	return &filed{File: done.view.File, Sequence: sequence(ctx, done.seq)}, nil
}

// UploadFile is the resolver of uploadFile.
func (r mutationResolver) UploadFile(ctx context.Context, input model.UploadFileInput) (*model.UploadFilePayload, error) {
	q := kb.UploadRequest{
		Record: input.Record, Name: deref(input.Name), Size: -1,
		Visibility: deref(input.Visibility), Team: deref(input.Team), Replaces: deref(input.Replaces), Key: deref(input.IdempotencyKey),
	}
	p, err := onFile(ctx, func(actor kb.Actor) (kb.FileView, kb.Seq, error) { return r.receive(ctx, actor, q, input.File) })
	return (*model.UploadFilePayload)(p), err
}

// UploadFiles is the resolver of uploadFiles.
func (r mutationResolver) UploadFiles(ctx context.Context, input model.UploadFilesInput) (*model.UploadFilesPayload, error) {
	out := &model.UploadFilesPayload{}
	for i, file := range input.Files {
		q := kb.UploadRequest{Record: input.Record, Size: -1, Visibility: deref(input.Visibility), Team: deref(input.Team)}
		p, err := onFile(ctx, func(actor kb.Actor) (kb.FileView, kb.Seq, error) { return r.receive(ctx, actor, q, *file) })
		if err != nil {
			return nil, err
		}
		if len(p.UserErrors) > 0 {
			for _, wrong := range p.UserErrors {
				wrong.Field = filled(fmt.Sprintf("files[%d]", i))
			}
			out.UserErrors = p.UserErrors
			return out, nil
		}
		out.Files, out.Sequence = append(out.Files, p.File), p.Sequence
	}
	return out, nil
}

// receive adds a file that comes with the request. Who may not add one is told so
// before a byte of it is taken.
func (r *Resolver) receive(ctx context.Context, actor kb.Actor, q kb.UploadRequest, file scalar.Upload) (kb.FileView, kb.Seq, error) {
	d, err := readingOf(ctx).draft(ctx, q.Record)
	if err != nil {
		return kb.FileView{}, 0, err
	}
	name, bytes := "", io.Reader(strings.NewReader(""))
	if slices.Contains(d.Can, kb.CanEdit) {
		if name, bytes, err = file.Open(ctx); err != nil {
			return kb.FileView{}, 0, err
		}
	}
	if q.Name == "" {
		q.Name = name
	}
	return r.files.Add(ctx, actor, q, bytes)
}

// StartUpload is the resolver of startUpload.
func (r mutationResolver) StartUpload(ctx context.Context, input model.StartUploadInput) (*model.StartUploadPayload, error) {
	secret, state, err := r.files.Start(ctx, readingOf(ctx).actor, kb.UploadRequest{
		Record: input.Record, Name: input.Name, Size: int64(input.Size),
		Visibility: deref(input.Visibility), Team: deref(input.Team), Replaces: deref(input.Replaces),
	})
	wrong, err := mendable(ctx, err)
	if err != nil || len(wrong) > 0 {
		return &model.StartUploadPayload{UserErrors: wrong}, err
	}
	return &model.StartUploadPayload{URL: filled(r.baseURL + "/uploads/" + secret), ExpiresAt: &state.Upload.ExpiresAt, Offset: int(state.Offset)}, nil
}

// ChangeFile is the resolver of changeFile.
func (r mutationResolver) ChangeFile(ctx context.Context, input model.ChangeFileInput) (*model.ChangeFilePayload, error) {
	c := kb.FileChanges{Name: input.Name, Visibility: input.Visibility, Team: input.Team, Replaces: input.Replaces}
	if input.HiddenPages != nil {
		c.Hidden = &input.HiddenPages
	}
	p, err := onFile(ctx, func(actor kb.Actor) (kb.FileView, kb.Seq, error) {
		return r.files.Change(ctx, actor, fileTarget(input.ID, input.Version), c)
	})
	return (*model.ChangeFilePayload)(p), err
}

func fileTarget(id kb.ID, version int) kb.Target {
	return kb.Target{Kind: kb.KindFile, ID: id, Version: chosen(version)}
}

// RemoveFile is the resolver of removeFile.
func (r mutationResolver) RemoveFile(ctx context.Context, input model.RemoveFileInput) (*model.RemoveFilePayload, error) {
	p, err := onFile(ctx, func(actor kb.Actor) (kb.FileView, kb.Seq, error) {
		seq, err := r.files.Remove(ctx, actor, fileTarget(input.ID, input.Version))
		return kb.FileView{}, seq, err
	})
	if err != nil || len(p.UserErrors) > 0 {
		return &model.RemoveFilePayload{UserErrors: p.UserErrors}, err
	}
	return &model.RemoveFilePayload{ID: &input.ID, Sequence: p.Sequence}, nil
}

// ExplainFinding is the resolver of explainFinding.
func (r mutationResolver) ExplainFinding(ctx context.Context, input model.ExplainFindingInput) (*model.ExplainFindingPayload, error) {
	p, err := onFile(ctx, func(actor kb.Actor) (kb.FileView, kb.Seq, error) {
		return r.files.Explain(ctx, actor, fileTarget(input.File, input.Version), input.Finding, input.Reason)
	})
	return (*model.ExplainFindingPayload)(p), err
}

// TakeSuggestions is the resolver of takeSuggestions.
func (r mutationResolver) TakeSuggestions(ctx context.Context, input model.TakeSuggestionsInput) (*model.TakeSuggestionsPayload, error) {
	target := kb.Target{ID: input.Record, Version: input.Version}
	p, err := write[kb.Material](ctx, target, func(actor kb.Actor) (kb.Saved, error) {
		return r.files.Take(ctx, actor, target, input.File, input.Keys)
	})
	return (*model.TakeSuggestionsPayload)(p), err
}

// RefuseSuggestions is the resolver of refuseSuggestions.
func (r mutationResolver) RefuseSuggestions(ctx context.Context, input model.RefuseSuggestionsInput) (*model.RefuseSuggestionsPayload, error) {
	p, err := onFile(ctx, func(actor kb.Actor) (kb.FileView, kb.Seq, error) {
		return r.files.Refuse(ctx, actor, input.File, input.Keys)
	})
	return (*model.RefuseSuggestionsPayload)(p), err
}

// CreateDownloadLink is the resolver of createDownloadLink.
func (r mutationResolver) CreateDownloadLink(ctx context.Context, input model.CreateDownloadLinkInput) (*model.CreateDownloadLinkPayload, error) {
	secret, expires, err := r.files.Link(ctx, readingOf(ctx).actor, input.File)
	wrong, err := mendable(ctx, err)
	if err != nil || len(wrong) > 0 {
		return &model.CreateDownloadLinkPayload{UserErrors: wrong}, err
	}
	return &model.CreateDownloadLinkPayload{URL: filled(r.baseURL + "/downloads/" + secret), ExpiresAt: &expires}, nil
}

// RetryFile is the resolver of retryFile.
func (r mutationResolver) RetryFile(ctx context.Context, input model.RetryFileInput) (*model.RetryFilePayload, error) {
	p, err := onFile(ctx, func(actor kb.Actor) (kb.FileView, kb.Seq, error) {
		seq, err := r.files.Retry(ctx, actor, input.ID)
		return kb.FileView{}, seq, err
	})
	if err != nil || len(p.UserErrors) > 0 {
		return &model.RetryFilePayload{UserErrors: p.UserErrors}, err
	}
	return &model.RetryFilePayload{ID: &input.ID, Sequence: p.Sequence}, nil
}
