package graph

import (
	"context"
	"slices"

	"leerkring/graph/internal/exec"
	"leerkring/graph/model"
	"leerkring/internal/kb"
)

// commented is the payload of the mutations that leave a comment.
type commented struct {
	Comment    *kb.Comment
	UserErrors []*model.UserError
	Sequence   *int
}

// remark is a comment as it was written, and under which number.
type remark struct {
	comment *kb.Comment
	seq     kb.Seq
}

// comment does something with a comment and gives what came of it.
func comment(ctx context.Context, do func(actor kb.Actor) (*kb.Comment, kb.Seq, error)) (*commented, error) {
	done, err := attempt(readingOf(ctx), func(actor kb.Actor) (remark, error) {
		c, seq, err := do(actor)
		return remark{c, seq}, err
	})
	if wrong := userErrors(ctx, err); len(wrong) > 0 {
		return &commented{UserErrors: wrong}, nil
	}
	if err != nil {
		return nil, err
	}
	return &commented{Comment: done.comment, Sequence: sequence(ctx, done.seq)}, nil
}

// AddComment is the resolver of addComment.
func (r mutationResolver) AddComment(ctx context.Context, input model.AddCommentInput) (*model.AddCommentPayload, error) {
	p, err := comment(ctx, func(actor kb.Actor) (*kb.Comment, kb.Seq, error) {
		kind, err := kindOfRecord(ctx, input.Record)
		if err != nil {
			return nil, 0, err
		}
		return r.desk.AddComment(ctx, actor, input.Record, domainName(kind, deref(input.Field)), input.Text)
	})
	return (*model.AddCommentPayload)(p), err
}

// UpdateComment is the resolver of updateComment.
func (r mutationResolver) UpdateComment(ctx context.Context, input model.UpdateCommentInput) (*model.UpdateCommentPayload, error) {
	p, err := comment(ctx, func(actor kb.Actor) (*kb.Comment, kb.Seq, error) {
		return r.desk.ChangeComment(ctx, actor, input.ID, input.Version, input.Text)
	})
	return (*model.UpdateCommentPayload)(p), err
}

// ResolveComment is the resolver of resolveComment.
func (r mutationResolver) ResolveComment(ctx context.Context, input model.ResolveCommentInput) (*model.ResolveCommentPayload, error) {
	p, err := comment(ctx, func(actor kb.Actor) (*kb.Comment, kb.Seq, error) {
		return r.desk.ResolveComment(ctx, actor, input.ID, input.Version, input.Resolved)
	})
	return (*model.ResolveCommentPayload)(p), err
}

// DeleteComment is the resolver of deleteComment.
func (r mutationResolver) DeleteComment(ctx context.Context, input model.DeleteCommentInput) (*model.DeleteCommentPayload, error) {
	p, err := comment(ctx, func(actor kb.Actor) (*kb.Comment, kb.Seq, error) {
		seq, err := r.desk.DeleteComment(ctx, actor, input.ID, input.Version)
		return nil, seq, err
	})
	if err != nil {
		return nil, err
	}
	out := &model.DeleteCommentPayload{UserErrors: p.UserErrors, Sequence: p.Sequence}
	if len(p.UserErrors) == 0 {
		out.ID = &input.ID
	}
	return out, nil
}

type commentResolver struct{ *Resolver }

// Comment resolves the fields of comments.
func (r *Resolver) Comment() exec.CommentResolver { return commentResolver{r} }

// Record is the resolver of record.
func (commentResolver) Record(ctx context.Context, c *kb.Comment) (kb.Entity, error) {
	return reference[kb.Entity](ctx, c.Record)
}

// By is the resolver of by.
func (commentResolver) By(ctx context.Context, c *kb.Comment) (*model.AccountName, error) {
	return accountName(ctx, c.CreatedBy)
}

// ResolvedBy is the resolver of resolvedBy.
func (commentResolver) ResolvedBy(ctx context.Context, c *kb.Comment) (*model.AccountName, error) {
	return accountName(ctx, c.ResolvedBy)
}

// Field is the resolver of field.
func (commentResolver) Field(ctx context.Context, c *kb.Comment) (string, error) {
	if c.Field == "" {
		return "", nil
	}
	kind, err := kindOfRecord(ctx, c.Record)
	return schemaName(kind, c.Field), err
}

// ViewerMayChange is the resolver of viewerMayChange.
func (commentResolver) ViewerMayChange(ctx context.Context, c *kb.Comment) (bool, error) {
	reading := readingOf(ctx)
	d, err := reading.draft(ctx, c.Record)
	return c.CreatedBy == reading.actor.Account && slices.Contains(d.Can, kb.CanComment), err
}
