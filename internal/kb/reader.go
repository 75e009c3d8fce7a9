package kb

import (
	"context"
	"slices"
	"sync"
)

// Reader looks records up for one actor during one operation, such as a request.
// Every look-up sees all writes that were acknowledged before the first one. What
// it gives is shared with other readers and must not be changed. It may be used by
// many goroutines.
type Reader struct {
	library *Library
	actor   Actor

	mu       sync.Mutex
	followed bool
}

// Reader begins to look up for an actor.
func (l *Library) Reader(actor Actor) *Reader { return &Reader{library: l, actor: actor} }

// follow brings what the library keeps up to date, once.
func (r *Reader) follow(ctx context.Context) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.followed {
		return nil
	}
	err := r.library.kept.follow(ctx)
	r.followed = err == nil
	return err
}

// Get gives the live entities that exist and that the actor may read, by id.
func (r *Reader) Get(ctx context.Context, ids []ID) (map[ID]Entity, error) {
	valid := slices.DeleteFunc(slices.Clone(ids), func(id ID) bool { return !id.Valid() })
	if len(valid) == 0 {
		return map[ID]Entity{}, nil
	}
	if err := r.follow(ctx); err != nil {
		return nil, err
	}
	found, err := r.live(ctx, valid)
	if err != nil {
		return nil, err
	}
	return readableOf(r.actor, found), nil
}

// ByKeys gives the live entities that hold unique keys and that the actor may read, by key.
func (r *Reader) ByKeys(ctx context.Context, keys []string) (map[string]Entity, error) {
	if err := r.follow(ctx); err != nil {
		return nil, err
	}
	found := make(map[string]Entity, len(keys))
	missing := r.library.kept.getByKeys(keys, found)
	if len(missing) > 0 {
		if err := r.find(ctx, missing, found); err != nil {
			return nil, err
		}
	}
	return readableOf(r.actor, found), nil
}

// find adds the live entities that hold keys, whoever may read them.
func (r *Reader) find(ctx context.Context, keys []string, found map[string]Entity) error {
	owners, err := r.library.store.Find(ctx, keys)
	if err != nil || len(owners) == 0 {
		return err
	}
	ids := make([]ID, 0, len(owners))
	for _, id := range owners {
		ids = append(ids, id)
	}
	live, err := r.live(ctx, ids)
	if err != nil {
		return err
	}
	for key, id := range owners {
		// A working copy holds keys too, and its new slug is nobody's to know.
		if e, ok := live[id]; ok && slices.Contains(Keys(e), key) {
			found[key] = e
		}
	}
	return nil
}

// live gives live entities, whoever may read them: those that are kept, and the
// others from the store.
func (r *Reader) live(ctx context.Context, ids []ID) (map[ID]Entity, error) {
	found := make(map[ID]Entity, len(ids))
	missing, at := r.library.kept.get(ids, found)
	if len(missing) == 0 {
		return found, nil
	}
	records, err := r.library.store.Get(ctx, missing)
	if err != nil {
		return nil, err
	}
	read := make([]keptEntry, 0, len(records))
	for id, record := range records {
		e, err := decodeLive(record)
		if err != nil {
			return nil, err
		}
		if e != nil {
			found[id] = e
			read = append(read, keptEntry{e, len(record.Live)})
		}
	}
	r.library.kept.add(read, at)
	return found, nil
}

// readableOf leaves out what the actor may not read.
func readableOf[K comparable](actor Actor, found map[K]Entity) map[K]Entity {
	for key, e := range found {
		if actor.CanRead(e) {
			found[key] = Redact(actor, e)
		} else {
			delete(found, key)
		}
	}
	return found
}
