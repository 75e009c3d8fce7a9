package kb

import (
	"context"
	"time"
)

func comes() error { return Errorf(Unavailable, Text{"Dit is er nog niet.", "This is not there yet."}) }

// Creatable gives the kinds of records that the actor may make.
func (d *Desk) Creatable(actor Actor) []Kind { return nil }

// Open is to come.
func (d *Desk) Open(ctx context.Context, actor Actor, id ID) (Draft, error) { return Draft{}, comes() }

// OpenAll is to come.
func (d *Desk) OpenAll(ctx context.Context, actor Actor, ids []ID) (map[ID]Draft, error) { return nil, comes() }

// Create is to come.
func (d *Desk) Create(ctx context.Context, actor Actor, k Kind, f Fields, idempotencyKey string) (Saved, error) { return Saved{}, comes() }

// Update is to come.
func (d *Desk) Update(ctx context.Context, actor Actor, t Target, f Fields, autosave bool) (Saved, error) { return Saved{}, comes() }

// Submit is to come.
func (d *Desk) Submit(ctx context.Context, actor Actor, t Target, note string) (Saved, error) { return Saved{}, comes() }

// Retract is to come.
func (d *Desk) Retract(ctx context.Context, actor Actor, t Target) (Saved, error) { return Saved{}, comes() }

// AssignReviewer is to come.
func (d *Desk) AssignReviewer(ctx context.Context, actor Actor, t Target, reviewer ID) (Saved, error) { return Saved{}, comes() }

// RequestChanges is to come.
func (d *Desk) RequestChanges(ctx context.Context, actor Actor, t Target, note string) (Saved, error) { return Saved{}, comes() }

// Approve is to come.
func (d *Desk) Approve(ctx context.Context, actor Actor, t Target, publishAt *time.Time) (Saved, error) { return Saved{}, comes() }

// Unschedule is to come.
func (d *Desk) Unschedule(ctx context.Context, actor Actor, t Target) (Saved, error) { return Saved{}, comes() }

// DiscardCopy is to come.
func (d *Desk) DiscardCopy(ctx context.Context, actor Actor, t Target) (Saved, error) { return Saved{}, comes() }

// Confirm is to come.
func (d *Desk) Confirm(ctx context.Context, actor Actor, t Target, next Date) (Saved, error) { return Saved{}, comes() }

// Withdraw is to come.
func (d *Desk) Withdraw(ctx context.Context, actor Actor, t Target, reason string, replacedBy ID) (Saved, error) { return Saved{}, comes() }

// Restore is to come.
func (d *Desk) Restore(ctx context.Context, actor Actor, t Target) (Saved, error) { return Saved{}, comes() }

// Delete is to come.
func (d *Desk) Delete(ctx context.Context, actor Actor, t Target) (Saved, error) { return Saved{}, comes() }

// RestoreRevision is to come.
func (d *Desk) RestoreRevision(ctx context.Context, actor Actor, t Target, revision int) (Saved, error) { return Saved{}, comes() }

// PublishDue is to come.
func (d *Desk) PublishDue(ctx context.Context) (int, error) { return 0, comes() }

// AddComment is to come.
func (d *Desk) AddComment(ctx context.Context, actor Actor, record ID, field, text string) (*Comment, Seq, error) { return nil, 0, comes() }

// ChangeComment is to come.
func (d *Desk) ChangeComment(ctx context.Context, actor Actor, id ID, version int, text string) (*Comment, Seq, error) { return nil, 0, comes() }

// ResolveComment is to come.
func (d *Desk) ResolveComment(ctx context.Context, actor Actor, id ID, version int, resolved bool) (*Comment, Seq, error) { return nil, 0, comes() }

// DeleteComment is to come.
func (d *Desk) DeleteComment(ctx context.Context, actor Actor, id ID, version int) (Seq, error) { return 0, comes() }

// Comments is to come.
func (d *Desk) Comments(ctx context.Context, actor Actor, record ID, first int, after string) (*SearchResult, error) { return nil, comes() }

// Drafts is to come.
func (d *Desk) Drafts(ctx context.Context, actor Actor, first int, after string) (*SearchResult, error) { return nil, comes() }

// Queue is to come.
func (d *Desk) Queue(ctx context.Context, actor Actor, f QueueFilter, first int, after string) (*SearchResult, error) { return nil, comes() }

// Revisions is to come.
func (d *Desk) Revisions(ctx context.Context, actor Actor, id ID, before, limit int) ([]Revision, error) { return nil, comes() }

// Compare is to come.
func (d *Desk) Compare(ctx context.Context, actor Actor, id ID, from, to int) ([]FieldChange, error) { return nil, comes() }

// Audit is to come.
func (d *Desk) Audit(ctx context.Context, actor Actor, req AuditRequest) (AuditPage, error) { return AuditPage{}, comes() }

// Tombstone is to come.
func (d *Desk) Tombstone(ctx context.Context, actor Actor, k Kind, slug string) (*Tombstone, error) { return nil, comes() }
