package kb

import (
	"context"
	"time"
)

// Editorial is what editors may do with the lists that steer and judge the search,
// and with redirects. Every method with an actor answers Forbidden to one who may
// not edit (Unauthenticated when nobody is signed in).
type Editorial struct {
	store  Store
	search Searcher
	own    *OwnWrites
	now    func() time.Time
}

// NewEditorial keeps the lists in a store, and reads and tries them by the index
// over it. Its writes are noted in own, which may be nil.
func NewEditorial(store Store, search Searcher, own *OwnWrites, now func() time.Time) *Editorial {
	return &Editorial{store: store, search: search, own: own, now: now}
}

// Synonyms gives all synonyms as far as the index has followed, by their first term.
func (ed *Editorial) Synonyms(ctx context.Context, actor Actor) ([]*Synonyms, error) {
	return lists[*Synonyms](ctx, ed, actor, KindSynonyms)
}

// JudgementLists gives all judgement lists as far as the index has followed, by name.
func (ed *Editorial) JudgementLists(ctx context.Context, actor Actor) ([]*JudgementList, error) {
	return lists[*JudgementList](ctx, ed, actor, KindJudgements)
}

// Page gives one page of the lists of a kind, KindSynonyms, KindJudgements or
// KindRedirect, as far as the index has followed, by name. first and after are as in SearchRequest.
func (ed *Editorial) Page(ctx context.Context, actor Actor, kind Kind, first int, after string) (*SearchResult, error) {
	if err := mayEdit(actor); err != nil {
		return nil, err
	}
	if err := ed.own.Wait(ctx, actor); err != nil {
		return nil, err
	}
	return ed.search.Search(ctx, actor, SearchRequest{Kinds: []Kind{kind}, Sort: SortTitle, First: first, After: after})
}

// lists reads all records of a kind, page by page.
func lists[T Entity](ctx context.Context, ed *Editorial, actor Actor, kind Kind) ([]T, error) {
	var out []T
	after := ""
	for {
		page, err := ed.Page(ctx, actor, kind, MaxPage, after)
		if err != nil {
			return nil, err
		}
		for _, h := range page.Hits {
			if list, ok := h.Entity.(T); ok {
				out = append(out, list)
			}
		}
		if !page.HasNextPage || len(page.Hits) == 0 {
			return out, nil
		}
		after = page.Hits[len(page.Hits)-1].Cursor
	}
}

// SynonymsID is the id of the synonyms that begin with a term, so that who brings
// them in again replaces them.
func SynonymsID(term string) ID { return DeriveID("synonyms", Fold(term)) }

// JudgementListID is the id of the judgement list with a name.
func JudgementListID(name string) ID { return DeriveID("judgements", Fold(name)) }

// PutSynonyms writes synonyms as the version after s.Version; 0 makes them, under
// the id of their first term unless they have one. It completes the head. Invalid
// with what is wrong, Conflict when that version is not the stored one.
func (ed *Editorial) PutSynonyms(ctx context.Context, actor Actor, s *Synonyms) (Seq, error) {
	if s.ID == "" {
		s.ID = SynonymsID(s.Label())
	}
	return ed.put(ctx, actor, s, VisibilityPublic)
}

// PutJudgements writes a judgement list as PutSynonyms does.
func (ed *Editorial) PutJudgements(ctx context.Context, actor Actor, l *JudgementList) (Seq, error) {
	if l.ID == "" {
		l.ID = JudgementListID(l.Name)
	}
	return ed.put(ctx, actor, l, VisibilityMembers)
}

// RedirectID is the id of the redirect from a path.
func RedirectID(from string) ID { return DeriveID("redirects", from) }

// PutRedirect writes a redirect as PutSynonyms does. A path has at most one.
func (ed *Editorial) PutRedirect(ctx context.Context, actor Actor, r *Redirect) (Seq, error) {
	if r.ID == "" {
		r.ID = RedirectID(r.From)
	}
	seq, err := ed.put(ctx, actor, r, VisibilityPublic)
	if CodeOf(err) == KeyTaken {
		err = invalid([]Problem{{"from", Text{"heeft al een doorverwijzing", "has a redirect already"}}})
	}
	return seq, err
}

// Redirect gives where an old address leads to, for everyone; NotFound for an
// address without a redirect.
func (ed *Editorial) Redirect(ctx context.Context, path string) (*Redirect, error) {
	key := RedirectKey(path)
	owners, err := ed.store.Find(ctx, []string{key})
	if err != nil {
		return nil, err
	}
	r, _, err := ed.current(ctx, owners[key])
	if err != nil {
		return nil, err
	}
	e, err := decodeLive(r)
	if err != nil {
		return nil, err
	}
	if redirect, ok := e.(*Redirect); ok {
		return redirect, nil
	}
	return nil, notFound()
}

func (ed *Editorial) put(ctx context.Context, actor Actor, e Entity, visibility Visibility) (Seq, error) {
	if err := mayEdit(actor); err != nil {
		return 0, err
	}
	h := e.Base()
	old, exists, err := ed.current(ctx, h.ID)
	if err != nil {
		return 0, err
	}
	if !h.ID.Valid() || exists && old.Kind != e.Kind() {
		return 0, notFound()
	}
	now := ed.now().UTC().Truncate(time.Millisecond)
	*h = Head{
		ID: h.ID, Slug: suffixed(Slugify(e.Label(), MaxSlug), h.ID), Status: StatusPublished, Visibility: visibility, Version: h.Version,
		CreatedAt: now, CreatedBy: actor.Account, UpdatedAt: now, UpdatedBy: actor.Account, PublishedAt: &now, PublishedBy: actor.Account,
	}
	switch {
	case old.Deleted && h.Version == 0: // it is made again, and its versions go on
		h.Version = old.Version
	case exists && h.Version == 0:
		return 0, Errorf(Conflict, Text{"Deze lijst bestaat al: %s.", "This list exists already: %s."}, e.Label())
	case exists && !old.Deleted:
		if err := h.keepBirth(old); err != nil {
			return 0, err
		}
	}
	if err := Validate(e); err != nil {
		return 0, err
	}
	r, err := NewRecord(e, nil)
	if err != nil {
		return 0, err
	}
	r.Event = Event{Type: EventListChanged, Token: actor.Token}
	if r.Event.Fields, err = changedFields(old.Live, r.Live); err != nil {
		return 0, err
	}
	seq, err := ed.write(ctx, r)
	if err == nil {
		h.Version = r.Version
	}
	return seq, err
}

// keepBirth carries over who made the record, when, and under which slug.
func (h *Head) keepBirth(old Record) error {
	was, err := decodeLive(old)
	if err != nil {
		return err
	}
	b := was.Base()
	h.Slug, h.CreatedAt, h.CreatedBy, h.PublishedAt, h.PublishedBy = b.Slug, b.CreatedAt, b.CreatedBy, b.PublishedAt, b.PublishedBy
	return nil
}

// DeleteSynonyms takes synonyms away. NotFound when there are none with this id,
// Conflict when version is not the stored one.
func (ed *Editorial) DeleteSynonyms(ctx context.Context, actor Actor, id ID, version int) (Seq, error) {
	return ed.remove(ctx, actor, KindSynonyms, id, version)
}

// DeleteJudgements takes a judgement list away as DeleteSynonyms does.
func (ed *Editorial) DeleteJudgements(ctx context.Context, actor Actor, id ID, version int) (Seq, error) {
	return ed.remove(ctx, actor, KindJudgements, id, version)
}

// DeleteRedirect takes a redirect away as DeleteSynonyms does.
func (ed *Editorial) DeleteRedirect(ctx context.Context, actor Actor, id ID, version int) (Seq, error) {
	return ed.remove(ctx, actor, KindRedirect, id, version)
}

func (ed *Editorial) remove(ctx context.Context, actor Actor, k Kind, id ID, version int) (Seq, error) {
	if err := mayEdit(actor); err != nil {
		return 0, err
	}
	old, exists, err := ed.current(ctx, id)
	if err != nil {
		return 0, err
	}
	if !exists || old.Deleted || old.Kind != k {
		return 0, notFound()
	}
	at := ed.now().UTC().Truncate(time.Millisecond)
	return ed.write(ctx, Record{ID: id, Kind: old.Kind, Version: version + 1, At: at, By: actor.Account, Deleted: true, Event: Event{Type: EventListDeleted, Token: actor.Token}})
}

func (ed *Editorial) current(ctx context.Context, id ID) (r Record, exists bool, err error) {
	if !id.Valid() {
		return Record{}, false, nil
	}
	found, err := ed.store.Get(ctx, []ID{id})
	r, exists = found[id]
	return r, exists, err
}

func (ed *Editorial) write(ctx context.Context, r Record) (Seq, error) {
	results, err := ed.store.Put(ctx, []Record{r})
	if err != nil {
		return 0, err
	}
	if results[0].Err == nil {
		ed.own.Note(r.By, results[0].Seq)
	}
	return results[0].Seq, results[0].Err
}

func mayEdit(actor Actor) error {
	if actor.CanEdit() {
		return nil
	}
	return forbidden(actor, Text{"Dit mogen alleen redacteuren.", "Only editors may do this."})
}
