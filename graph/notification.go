package graph

import (
	"context"

	"leerkring/graph/internal/exec"
	"leerkring/graph/model"
	"leerkring/internal/kb"
)

// Notifications is the resolver of notifications.
func (r queryResolver) Notifications(ctx context.Context, unreadOnly *bool, first *int, after *string) (*model.NotificationConnection, error) {
	var req kb.SearchRequest
	if err := (page{first, after, 20}).into(&req); err != nil {
		return nil, err
	}
	reading := readingOf(ctx)
	res, err := r.notifications.List(ctx, reading.actor, req.First, req.After, deref(unreadOnly))
	if err != nil {
		return nil, err
	}
	nodes, edges := listed(res, func(cursor string, n *kb.Notification) *model.NotificationEdge {
		return &model.NotificationEdge{Cursor: cursor, Node: n}
	})
	for _, n := range nodes {
		reading.names.expect(n.By)
		reading.records.expect(n.Record)
	}
	return &model.NotificationConnection{Nodes: nodes, Edges: edges, PageInfo: pageInfo(res), TotalCount: res.Total}, nil
}

// MarkNotificationsRead is the resolver of markNotificationsRead.
func (r mutationResolver) MarkNotificationsRead(ctx context.Context, input model.MarkNotificationsReadInput) (*model.MarkNotificationsReadPayload, error) {
	seq, err := r.markRead(ctx, input.Ids)
	wrong, err := mendable(ctx, err)
	if err != nil {
		return nil, err
	}
	return &model.MarkNotificationsReadPayload{UserErrors: wrong, Sequence: sequence(ctx, seq)}, nil
}

func (r mutationResolver) markRead(ctx context.Context, ids []kb.ID) (kb.Seq, error) {
	actor := readingOf(ctx).actor
	if ids == nil {
		return r.notifications.MarkAllRead(ctx, actor)
	}
	return r.notifications.MarkRead(ctx, actor, ids)
}

type notificationResolver struct{ *Resolver }

// Notification resolves the fields of notifications.
func (r *Resolver) Notification() exec.NotificationResolver { return notificationResolver{r} }

// Text is the resolver of text.
func (notificationResolver) Text(ctx context.Context, n *kb.Notification) (string, error) {
	return n.Text().In(readingOf(ctx).lang), nil
}

// Record is the resolver of record.
func (notificationResolver) Record(ctx context.Context, n *kb.Notification) (kb.Entity, error) {
	return reference[kb.Entity](ctx, n.Record)
}

// By is the resolver of by.
func (notificationResolver) By(ctx context.Context, n *kb.Notification) (*model.AccountName, error) {
	return accountName(ctx, n.By)
}
