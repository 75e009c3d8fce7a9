package kb

import (
	"context"
	"slices"
	"sync"
)

const (
	// keptBytes is how much text of records one library keeps;
	// decoded it takes two to three times as much memory.
	keptBytes = 16 << 20
	// keptBehind is how many writes are looked at one by one; after more of them
	// everything is forgotten, which costs less.
	keptBehind = 200
)

// kept holds live halves, decoded, of the kinds of records that nearly every answer
// needs: for a library themes, regions, organisations and people, for accounts those
// who ask.
//
// What is kept is current as of a position in the store's log. Before an operation
// reads, follow asks the store for the number of its last write, and drops what was
// written after the position. So every write that was acknowledged before, by
// whatever process, is seen. Nobody was asked who may read what is kept: a Reader
// asks that for each actor and each time.
type kept struct {
	store Store
	kinds []Kind
	most  int // bytes, as keptBytes

	following sync.Mutex // held while the log is read; taken before mu

	mu       sync.RWMutex
	position Seq
	byID     map[ID]keptEntry
	byKey    map[string]Entity
	size     int
}

// keptEntry is an entity with the size of its text.
type keptEntry struct {
	entity Entity
	size   int
}

func newKept(store Store, most int, kinds ...Kind) *kept {
	return &kept{store: store, kinds: kinds, most: most, byID: map[ID]keptEntry{}, byKey: map[string]Entity{}}
}

// live gives live entities, whoever may read them: those that are kept, and the
// others from the store.
func (k *kept) live(ctx context.Context, ids []ID) (map[ID]Entity, error) {
	found := make(map[ID]Entity, len(ids))
	missing, at := k.get(ids, found)
	if len(missing) == 0 {
		return found, nil
	}
	records, err := k.store.Get(ctx, missing)
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
	k.add(read, at)
	return found, nil
}

// liveByKeys is live with unique keys.
func (k *kept) liveByKeys(ctx context.Context, keys []string) (map[string]Entity, error) {
	found := make(map[string]Entity, len(keys))
	missing := k.getByKeys(keys, found)
	if len(missing) == 0 {
		return found, nil
	}
	owners, err := k.store.Find(ctx, missing)
	if err != nil || len(owners) == 0 {
		return found, err
	}
	ids := make([]ID, 0, len(owners))
	for _, id := range owners {
		ids = append(ids, id)
	}
	live, err := k.live(ctx, ids)
	if err != nil {
		return nil, err
	}
	for key, id := range owners {
		// A working copy holds keys too, and its new slug is nobody's to know.
		if e, ok := live[id]; ok && slices.Contains(Keys(e), key) {
			found[key] = e
		}
	}
	return found, nil
}

// follow drops what was written since it was read. Its errors are those of the store.
func (k *kept) follow(ctx context.Context) error {
	last, err := k.store.Last(ctx)
	if err != nil || k.current(last) {
		return err
	}
	k.following.Lock()
	defer k.following.Unlock()
	for !k.current(last) {
		from, empty := k.state()
		if empty || last-from > keptBehind {
			k.forget(last)
			return nil
		}
		step, err := k.store.Log(ctx, from, keptBehind)
		if err != nil {
			return err
		}
		if step.Position == from { // the log ends before what the store called its last write
			k.forget(last)
			return nil
		}
		k.drop(step)
	}
	return nil
}

func (k *kept) current(last Seq) bool {
	k.mu.RLock()
	defer k.mu.RUnlock()
	return k.position >= last
}

func (k *kept) state() (position Seq, empty bool) {
	k.mu.RLock()
	defer k.mu.RUnlock()
	return k.position, len(k.byID) == 0
}

func (k *kept) forget(position Seq) {
	k.mu.Lock()
	defer k.mu.Unlock()
	clear(k.byID)
	clear(k.byKey)
	k.size, k.position = 0, position
}

func (k *kept) drop(step Changes) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, r := range step.Records {
		k.remove(r.ID)
	}
	k.position = step.Position
}

// remove takes a record out; mu is held.
func (k *kept) remove(id ID) {
	e, ok := k.byID[id]
	if !ok {
		return
	}
	for _, key := range Keys(e.entity) {
		delete(k.byKey, key)
	}
	delete(k.byID, id)
	k.size -= e.size
}

// get adds what is kept of some ids to found, and gives the other ids. at is for add.
func (k *kept) get(ids []ID, found map[ID]Entity) (missing []ID, at Seq) {
	k.mu.RLock()
	defer k.mu.RUnlock()
	for _, id := range ids {
		if e, ok := k.byID[id]; ok {
			found[id] = e.entity
		} else {
			missing = append(missing, id)
		}
	}
	return missing, k.position
}

// getByKeys is get with unique keys.
func (k *kept) getByKeys(keys []string, found map[string]Entity) (missing []string) {
	k.mu.RLock()
	defer k.mu.RUnlock()
	for _, key := range keys {
		if e, ok := k.byKey[key]; ok {
			found[key] = e
		} else {
			missing = append(missing, key)
		}
	}
	return missing
}

// add keeps entities that were read from records after get gave a position. When
// the position has moved since, they may be older than it, and are not kept.
func (k *kept) add(read []keptEntry, at Seq) {
	read = slices.DeleteFunc(read, func(e keptEntry) bool { return !slices.Contains(k.kinds, e.entity.Kind()) || e.size > k.most/100 })
	if len(read) == 0 {
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.position != at {
		return
	}
	for _, e := range read {
		id := e.entity.Base().ID
		k.remove(id)
		k.makeRoom(e.size)
		k.byID[id] = e
		k.size += e.size
		for _, key := range Keys(e.entity) {
			k.byKey[key] = e.entity
		}
	}
}

// makeRoom removes any entries until there is room for one of some size; mu is held.
func (k *kept) makeRoom(size int) {
	for id := range k.byID {
		if k.size+size <= k.most {
			return
		}
		k.remove(id)
	}
}
