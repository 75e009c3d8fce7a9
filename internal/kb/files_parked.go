package kb

import "context"

// Parked lists, for admins, the extractions that were given up, newest first. first
// and after are as in SearchRequest.
func (f *Files) Parked(ctx context.Context, actor Actor, first int, after string) (*SearchResult, error) {
	if err := mayAdminister(actor); err != nil {
		return nil, err
	}
	return f.desk.list(ctx, actor, actor, SearchRequest{
		Kinds: []Kind{KindExtraction}, Filter: Filter{States: []string{string(ExtractionFailed)}}, Sort: SortNewest, First: first, After: after,
	})
}

// Retry has bytes read again: of an extraction for admins, of a file that could not be
// read for who works on its material.
func (f *Files) Retry(ctx context.Context, actor Actor, id ID) (Seq, error) {
	x, ok, err := liveOf[*Extraction](ctx, f.Store, id)
	if err != nil {
		return 0, err
	}
	if ok {
		err = mayAdminister(actor)
	} else {
		x, err = f.toRetry(ctx, actor, id)
	}
	if err != nil {
		return 0, err
	}
	x.State, x.Tries, x.Error, x.NextTry = ExtractionWaiting, 0, "", f.clock()
	x.Attempt, x.LeaseUntil = "", x.NextTry
	return f.write(ctx, actor, x, Event{Type: EventInternal})
}

// toRetry gives the extraction of a file that could not be read.
func (f *Files) toRetry(ctx context.Context, actor Actor, id ID) (*Extraction, error) {
	v, err := f.working(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	if v.Extraction == nil || !v.Extraction.State.unread() {
		return nil, Errorf(Conflict, Text{"Dit bestand is gelezen, of wordt nu gelezen.", "This file was read, or is being read."})
	}
	x, ok, err := liveOf[*Extraction](ctx, f.Store, v.Extraction.ID)
	if err == nil && !ok {
		err = noFile()
	}
	return x, err
}
