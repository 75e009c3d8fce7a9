package graph

import (
	"context"
	"errors"

	"leerkring/graph/internal/exec"
	"leerkring/graph/model"
	"leerkring/internal/kb"
)

type mutationResolver struct{ *Resolver }

// Mutation resolves what an editor can change.
func (r *Resolver) Mutation() exec.MutationResolver { return mutationResolver{r} }

// PutSynonyms is the resolver of putSynonyms.
func (r mutationResolver) PutSynonyms(ctx context.Context, input model.SynonymsInput) (*model.PutSynonymsPayload, error) {
	s := synonymsOf(input)
	seq, err := r.editorial.PutSynonyms(ctx, readingOf(ctx).actor, s)
	if wrong := userErrors(ctx, err); len(wrong) > 0 {
		return &model.PutSynonymsPayload{UserErrors: wrong}, nil
	}
	if err != nil {
		return nil, err
	}
	return &model.PutSynonymsPayload{Record: s, Sequence: sequence(ctx, seq)}, nil
}

// DeleteSynonyms is the resolver of deleteSynonyms.
func (r mutationResolver) DeleteSynonyms(ctx context.Context, input model.DeleteSynonymsInput) (*model.DeleteSynonymsPayload, error) {
	seq, err := r.editorial.DeleteSynonyms(ctx, readingOf(ctx).actor, input.ID, input.Version)
	if wrong := userErrors(ctx, err); len(wrong) > 0 {
		return &model.DeleteSynonymsPayload{UserErrors: wrong}, nil
	}
	if err != nil {
		return nil, err
	}
	return &model.DeleteSynonymsPayload{ID: &input.ID, Sequence: sequence(ctx, seq)}, nil
}

// synonymsOf gives what an input says. What is absent or null has its default.
func synonymsOf(in model.SynonymsInput) *kb.Synonyms {
	s := &kb.Synonyms{Terms: in.Terms}
	if in.ID != nil {
		s.ID = *in.ID
	}
	if in.Version != nil {
		s.Version = *in.Version
	}
	if in.OneWay != nil {
		s.OneWay = *in.OneWay
	}
	if in.Note != nil {
		s.Note = *in.Note
	}
	return s
}

// userErrors gives what people can mend of an error; nothing for any other error,
// which is one of the whole answer.
func userErrors(ctx context.Context, err error) []*model.UserError {
	e, ok := errors.AsType[*kb.Error](err)
	if !ok {
		return nil
	}
	code, ok := map[kb.Code]model.UserErrorCode{
		kb.Invalid: model.UserErrorCodeBadUserInput, kb.Conflict: model.UserErrorCodeConflict,
		kb.KeyTaken: model.UserErrorCodeConflict, kb.NotFound: model.UserErrorCodeNotFound,
		kb.TooLarge: model.UserErrorCodeTooLarge,
	}[e.Code]
	if !ok {
		return nil
	}
	lang := readingOf(ctx).lang
	if len(e.Problems) == 0 {
		return []*model.UserError{{Code: code, Message: e.Text.In(lang), Conflict: conflictOf(err)}}
	}
	var out []*model.UserError
	for _, p := range e.Problems {
		out = append(out, &model.UserError{Field: filled(p.Field), Code: code, Message: p.Text.In(lang)})
	}
	return out
}

// conflictOf tells who changed a record first; nil when an error is something else.
func conflictOf(err error) *model.Conflict {
	clash, ok := errors.AsType[*kb.Clash](err)
	if !ok {
		return nil
	}
	c := &model.Conflict{Version: clash.Version, At: clash.At, Fields: clash.Fields}
	if clash.By != "" {
		c.By = &model.AccountName{ID: clash.By, Name: clash.ByName}
	}
	return c
}
