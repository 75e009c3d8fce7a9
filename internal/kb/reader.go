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
	found, err := r.library.kept.live(ctx, valid)
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
	found, err := r.library.kept.liveByKeys(ctx, keys)
	if err != nil {
		return nil, err
	}
	return readableOf(r.actor, found), nil
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
