package search

import (
	"context"
	"slices"

	index "github.com/blevesearch/bleve_index_api"

	"leerkring/internal/kb"
)

// maxPagesBatch is how much text of pages, in bytes, goes into the index at once:
// while that is analysed it takes some forty times as much memory.
const maxPagesBatch = 256 << 10

// stepWriter writes the documents of one step. Their pages may be far more than
// fits in memory, and go before them, some at a time; the documents and the position
// go together at the end.
type stepWriter struct {
	g     *generation
	batch *index.Batch
	size  int          // of the batch, in bytes of text
	pages int          // of the text of pages in it
	texts []*textField // of which leaves are in it
}

// commit makes one step of the feed visible: documents, removals and position
// together. When it ends before that, as in a crash, the records of the step may be
// missing, with leaves of no document that no search finds; the position is still that
// of before, and the step that is followed again replaces them.
func (g *generation) commit(ctx context.Context, step kb.Step) error {
	w := stepWriter{g: g, batch: index.NewBatch()}
	// All documents of a record are replaced: it may have had others.
	gone := slices.Clone(step.Removed)
	for i := range step.Documents {
		gone = append(gone, step.Documents[i].Record)
	}
	if err := g.remove(w.batch, gone); err != nil {
		return err
	}
	var documents []index.Document
	for i := range step.Documents {
		d := &step.Documents[i]
		out, text := bleveDocument(d, g.words, g.ranking)
		documents = append(documents, out)
		if err := w.leaves(ctx, d, text); err != nil {
			return err
		}
		w.size += len(d.Body) + len(d.Card) + 1000
	}
	for _, d := range documents {
		w.batch.Update(d)
	}
	w.batch.SetInternal(keyPosition, encodePosition(step.Position))
	return w.write(ctx)
}

// leaves adds the leaves of a document.
func (w *stepWriter) leaves(ctx context.Context, d *kb.Document, text *textField) error {
	name := documentID(d.Record, d.Copy, d.Variant)
	for i, l := range leavesOf(d, w.g.words, w.g.ranking) {
		n := l.size()
		if w.pages+n > maxPagesBatch {
			if err := w.write(ctx); err != nil {
				return err
			}
		}
		if len(text.leaves) == 0 {
			w.texts = append(w.texts, text)
		}
		text.leaves = append(text.leaves, l)
		w.batch.Update(l.document(name, i))
		w.pages, w.size = w.pages+n, w.size+n
	}
	return nil
}

// write writes the batch, and begins the next one.
func (w *stepWriter) write(ctx context.Context) error {
	size, unpersisted := w.size, w.g.unpersisted
	if err := unpersisted.take(ctx, size); err != nil {
		return err
	}
	w.batch.SetPersistedCallback(func(error) { unpersisted.give(size) })
	if err := w.g.index.Batch(w.batch); err != nil {
		unpersisted.give(size) // it is not introduced, and will not be persisted
		return err
	}
	for _, text := range w.texts {
		text.takeIn()
	}
	*w = stepWriter{g: w.g, batch: index.NewBatch()}
	return nil
}
