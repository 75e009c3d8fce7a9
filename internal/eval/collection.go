package eval

import (
	"context"
	"errors"
	"time"

	"leerkring/internal/exchange"
	"leerkring/internal/kb"
	"leerkring/internal/search"
)

// Collection is a set in an index, ready to be searched any number of times.
type Collection struct {
	Index *search.Index
	set   *Set
	names map[kb.ID]string
}

// batch is how many documents are committed at a time, as in an import.
const batch = 1_000

// Open indexes the documents of a set in an empty folder, or finds them there as
// it left them; without options as production does. The errors are those of the
// index.
func Open(ctx context.Context, set *Set, dir string, opts search.Options) (*Collection, error) {
	index, _, err := search.Open(dir, opts)
	if err != nil {
		return nil, err
	}
	c := &Collection{Index: index, set: set, names: make(map[kb.ID]string, len(set.Documents))}
	for _, d := range set.Documents {
		c.names[idOf(d)] = d.ID
	}
	if index.Position() == c.last() {
		return c, nil
	}
	if err := c.fill(ctx); err != nil {
		return nil, errors.Join(err, index.Close())
	}
	return c, nil
}

// last is the position of a filled index: the records that come with the program
// are one step, each document of the set another.
func (c *Collection) last() kb.Seq { return kb.Seq(1 + len(c.set.Documents)) }

// fill describes the themes and regions that come with the program, which every
// production index holds, and the documents as publications. None refers to other
// records, so the describer has no store to ask.
func (c *Collection) fill(ctx context.Context) error {
	describer := kb.NewDescriber(nil, kb.NewGazetteer())
	if err := c.commit(ctx, describer, kb.Builtin(), 1); err != nil {
		return err
	}
	for i := 0; i < len(c.set.Documents); i += batch {
		part := c.set.Documents[i:min(i+batch, len(c.set.Documents))]
		entities := make([]kb.Entity, len(part))
		for j, d := range part {
			entities[j] = publication(d)
		}
		if err := c.commit(ctx, describer, entities, kb.Seq(1+i+len(part))); err != nil {
			return err
		}
	}
	return c.Index.Flush(ctx)
}

func (c *Collection) commit(ctx context.Context, describer *kb.Describer, entities []kb.Entity, position kb.Seq) error {
	records := make([]kb.Record, len(entities))
	for i, e := range entities {
		var err error
		if records[i], err = kb.NewRecord(e, nil); err != nil {
			return err
		}
	}
	docs, err := describer.Describe(ctx, records)
	if err != nil {
		return err
	}
	return c.Index.Commit(ctx, kb.Step{Documents: docs, Position: position})
}

// publication is what an import makes of a text: published, for everyone, in Dutch,
// with a summary.
func publication(d Document) *kb.Publication {
	id := idOf(d)
	var p kb.Publication
	p.Head = kb.Head{ID: id, Slug: string(id), Status: kb.StatusPublished, Visibility: kb.VisibilityPublic}
	p.Title, p.Summary, p.Body, p.Language = oneLine(d.Title), exchange.Summarise(d.Text), d.Text, "nl"
	return &p
}

func idOf(d Document) kb.ID { return kb.DeriveID("eval", d.ID) }

// Close closes the index; its folder is the caller's.
func (c *Collection) Close() error { return c.Index.Close() }

// deep is how many hits a query is judged by.
const deep = 100

// Outcome is what became of one query.
type Outcome struct {
	Query
	// Found are the ids of the hits, best first, at most 100.
	Found []string
	Took  time.Duration
}

// Run searches for queries one after the other, as a visitor, and gives what was
// found for each in the same order. The errors are those of the index and of ctx.
func (c *Collection) Run(ctx context.Context, queries []Query) ([]Outcome, error) {
	out := make([]Outcome, len(queries))
	for i, q := range queries {
		start := time.Now()
		found, err := c.Index.Search(ctx, kb.Visitor(), kb.SearchRequest{Text: q.Text, First: deep})
		if err != nil {
			return nil, err
		}
		out[i] = Outcome{Query: q, Took: time.Since(start), Found: make([]string, len(found.Hits))}
		for j, h := range found.Hits {
			out[i].Found[j] = c.names[h.Entity.Base().ID]
		}
	}
	return out, nil
}
