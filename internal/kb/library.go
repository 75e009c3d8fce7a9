package kb

import (
	"context"
	"unicode/utf8"
)

// Library is what readers of the knowledge base may do. Everything that leaves
// it has passed Actor.CanRead, so that what calls it cannot leak.
type Library struct {
	store  Store
	search Searcher
	own    *OwnWrites
	kept   *kept
}

// NewLibrary serves readers from a store and the index over it. Searches wait for
// what the actor wrote as own knows it, which may be nil.
func NewLibrary(store Store, search Searcher, own *OwnWrites) *Library {
	return &Library{store: store, search: search, own: own, kept: newKept(store, keptBytes, KindTheme, KindRegion, KindOrganisation, KindPerson)}
}

// Get gives the live entities that exist and that the actor may read, by id.
func (l *Library) Get(ctx context.Context, actor Actor, ids []ID) (map[ID]Entity, error) {
	return l.Reader(actor).Get(ctx, ids)
}

// One gives one live entity, or NotFound.
func (l *Library) One(ctx context.Context, actor Actor, id ID) (Entity, error) {
	found, err := l.Get(ctx, actor, []ID{id})
	if err != nil {
		return nil, err
	}
	if e, ok := found[id]; ok {
		return e, nil
	}
	return nil, notFound()
}

func notFound() error {
	return Errorf(NotFound, Text{"Dit record bestaat niet, of u mag het niet zien.", "This record does not exist, or you may not see it."})
}

// BySlug gives the live entity of a kind with a slug, or NotFound. Any kind of
// material finds every kind of material.
func (l *Library) BySlug(ctx context.Context, actor Actor, k Kind, slug string) (Entity, error) {
	key := SlugKey(k, slug)
	found, err := l.ByKeys(ctx, actor, []string{key})
	if err != nil {
		return nil, err
	}
	if e, ok := found[key]; ok {
		return e, nil
	}
	return nil, notFound()
}

// ByKeys gives the live entities that hold unique keys and that the actor may read, by key.
func (l *Library) ByKeys(ctx context.Context, actor Actor, keys []string) (map[string]Entity, error) {
	return l.Reader(actor).ByKeys(ctx, keys)
}

// Search gives one page of what the actor may read. Of a long text only what
// CutQuery leaves is searched for.
func (l *Library) Search(ctx context.Context, actor Actor, req SearchRequest) (*SearchResult, error) {
	if err := atMost(req.First, MaxPage); err != nil {
		return nil, err
	}
	req.Text = CutQuery(req.Text)
	if err := l.own.Wait(ctx, actor); err != nil {
		return nil, err
	}
	res, err := l.search.Search(ctx, actor, req)
	if err != nil {
		return nil, err
	}
	for i := range res.Hits {
		res.Hits[i].Entity = Redact(actor, res.Hits[i].Entity)
	}
	return res, nil
}

// Suggest gives ways to go on from what was typed so far. Invalid for more than
// MaxSuggestions.
func (l *Library) Suggest(ctx context.Context, actor Actor, prefix string, first int) ([]Suggestion, error) {
	if err := atMost(first, MaxSuggestions); err != nil {
		return nil, err
	}
	if err := l.own.Wait(ctx, actor); err != nil {
		return nil, err
	}
	out, err := l.search.Suggest(ctx, actor, CutQuery(prefix), first)
	for i := range out {
		if out[i].Entity != nil {
			out[i].Entity = Redact(actor, out[i].Entity)
		}
	}
	return out, err
}

// Related gives materials that are like one, with why. Invalid for more than
// MaxSuggestions.
func (l *Library) Related(ctx context.Context, actor Actor, id ID, first int) ([]Related, error) {
	if err := atMost(first, MaxSuggestions); err != nil {
		return nil, err
	}
	if err := l.own.Wait(ctx, actor); err != nil {
		return nil, err
	}
	return l.search.Related(ctx, actor, id, first)
}

func atMost(first, most int) error {
	if first < 0 || first > most {
		return Errorf(Invalid, Text{"Vraag hoogstens %d resultaten per keer (first van 0 tot en met %d).", "Ask for at most %d results at a time (first from 0 up to %d)."}, most, most)
	}
	return nil
}

// MaxQuery is how many bytes of a text are searched for; people type at most a
// paragraph.
const MaxQuery = 4_000

// CutQuery gives the first part of a text, of at most MaxQuery bytes and whole signs.
func CutQuery(text string) string {
	if len(text) <= MaxQuery {
		return text
	}
	end := MaxQuery
	for end > MaxQuery-utf8.UTFMax && !utf8.RuneStart(text[end]) {
		end--
	}
	return text[:end]
}

// MaxSuggestions is the most that suggestions and related materials give at a time.
const MaxSuggestions = 20

// MaxPage is the most that one page of a list holds.
const MaxPage = 100

func decodeLive(r Record) (Entity, error) {
	if len(r.Live) == 0 {
		return nil, nil // a tombstone has no live half
	}
	return Decode(r.Kind, r.Version, r.Live)
}

// liveOf reads the live half of one record, whoever may read it; ok is false when
// there is none, or one of another kind.
func liveOf[T Entity](ctx context.Context, store Store, id ID) (e T, ok bool, err error) {
	found, err := store.Get(ctx, validIDs([]ID{id}))
	if err != nil {
		return e, false, err
	}
	live, err := decodeLive(found[id])
	e, ok = live.(T)
	return e, ok, err
}

// Redact takes out the fields that have a visibility of their own and that the
// actor may not read, and the hashes of secrets, which nobody reads.
func Redact(actor Actor, e Entity) Entity {
	switch x := e.(type) {
	case *Account:
		return x.shown()
	case *Session:
		return x.shown()
	case *Token:
		return x.shown()
	}
	p, ok := e.(*Person)
	if !ok {
		return e
	}
	shown := *p
	shown.Email = readable(actor, p, p.Email)
	shown.Phone = readable(actor, p, p.Phone)
	return &shown
}

// readable gives a contact to those for whom it is, to the person, and to who keeps
// the record. One for a team is for that of the record.
func readable(actor Actor, p *Person, c *Contact) *Contact {
	if c == nil {
		return nil
	}
	keepers := []string{AccessEditors, AccessAccount(p.Account), AccessAccount(p.CreatedBy)}
	if !actor.holds(append(keepers, visibleTo(c.Visibility, p.Team)...)) {
		return nil
	}
	return c
}
