package graph

import (
	"context"
	"sync/atomic"

	"leerkring/internal/kb"
)

// counted tells what of an operation was counted already: it opens one record and
// asks one question at most, however many of its fields do.
type counted struct{ view, search atomic.Bool }

// opened counts that a reader opened a published record. What is read on the way,
// in a list or by reference, is not opened.
func (r *reading) opened(ctx context.Context, e kb.Entity) {
	if e != nil && e.Base().Status == kb.StatusPublished && r.counted.view.CompareAndSwap(false, true) {
		r.counting.View(ctx, e.Base().ID)
	}
}

// searched counts a question with how many materials answer it. Who narrows an answer
// down, orders it or goes on in it asks the same question.
func (r *reading) searched(ctx context.Context, req kb.SearchRequest, found int) {
	f := req.Filter
	narrowed := len(req.Kinds)+len(f.Themes)+len(f.Regions)+len(f.Organisations)+len(f.People)+len(f.Collaboration)+len(f.Languages) > 0 ||
		f.YearFrom != 0 || f.YearTo != 0
	again := req.After != "" || req.Sort != kb.SortRelevance || req.AsTyped
	if req.Text != "" && !narrowed && !again && r.counted.search.CompareAndSwap(false, true) {
		r.counting.Search(ctx, req.Text, found)
	}
}
