package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"leerkring/internal/kb"
)

// writer makes, changes and deletes records.
// Every record has a word that no other record has, by which it must be found.
type writer struct {
	store  kb.Store
	rng    *rand.Rand
	number uint64
	// acknowledged is told of each write that the store answered for.
	acknowledged func(r kb.Record, seq kb.Seq)
	mine         []*kb.Case
}

func newWriter(s kb.Store, seed uint64, acknowledged func(kb.Record, kb.Seq)) *writer {
	return &writer{store: s, rng: rand.New(rand.NewPCG(seed, 7)), number: seed, acknowledged: acknowledged}
}

// word is what a record is found by. It holds digits, so that it is no other
// word's plural.
func word(run uint64, n int) string { return fmt.Sprintf("w%xn%d", run, n) }

func (w *writer) run(ctx context.Context) error {
	for n := 0; ctx.Err() == nil; n++ {
		var err error
		switch k := w.rng.IntN(10); {
		case k < 6 || len(w.mine) == 0:
			err = w.create(ctx, n)
		case k < 9:
			err = w.change(ctx)
		default:
			err = w.remove(ctx)
		}
		if err != nil {
			return err
		}
	}
	return ctx.Err()
}

func (w *writer) create(ctx context.Context, n int) error {
	name := word(w.number, n)
	now := time.Now().UTC().Truncate(time.Millisecond)
	c := &kb.Case{Common: kb.Common{
		Head: kb.Head{
			ID: kb.DeriveID("crash", name), Slug: name, Status: kb.StatusPublished, Visibility: kb.VisibilityPublic,
			CreatedAt: now, UpdatedAt: now, PublishedAt: &now,
		},
		Title: "Casus " + name, Body: "Wij werkten samen aan woningbouw.", Language: "nl", Regions: []string{"GM0363"},
	}}
	if err := w.put(ctx, c, nil); err != nil {
		return err
	}
	w.mine = append(w.mine, c)
	return nil
}

// change edits a record; now and then into a working copy.
func (w *writer) change(ctx context.Context) error {
	c := w.mine[w.rng.IntN(len(w.mine))]
	c.UpdatedAt = time.Now().UTC().Truncate(time.Millisecond)
	c.Body = fmt.Sprintf("Wij werkten samen aan woningbouw, versie %d.", c.Version+1)
	if w.rng.IntN(3) > 0 {
		return w.put(ctx, c, nil)
	}
	draft := *c
	draft.Status, draft.Title = kb.StatusDraft, c.Title+" (wordt gewijzigd)"
	return w.put(ctx, c, &draft)
}

func (w *writer) put(ctx context.Context, c *kb.Case, draft *kb.Case) error {
	var copied kb.Entity
	if draft != nil {
		copied = draft
	}
	r, err := kb.NewRecord(c, copied)
	if err != nil {
		return err
	}
	if err := w.write(ctx, r); err != nil {
		return err
	}
	c.Version = r.Version
	return nil
}

func (w *writer) remove(ctx context.Context) error {
	i := w.rng.IntN(len(w.mine))
	c := w.mine[i]
	w.mine = append(w.mine[:i], w.mine[i+1:]...)
	return w.write(ctx, kb.Record{ID: c.ID, Kind: kb.KindCase, Version: c.Version + 1, At: time.Now().UTC().Truncate(time.Millisecond), Deleted: true})
}

func (w *writer) write(ctx context.Context, r kb.Record) error {
	results, err := w.store.Put(ctx, []kb.Record{r})
	if err != nil {
		return err
	}
	if results[0].Err != nil {
		return results[0].Err
	}
	w.acknowledged(r, results[0].Seq)
	return nil
}
