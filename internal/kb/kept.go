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

// kept holds live halves, decoded, of the records whose names stand in nearly every
// answer: themes, regions, organisations and people.
//
// What is kept is current as of a position in the store's log. Before an operation
// reads, follow asks the store for the number of its last write, and drops what was
// written after the position. So every write that was acknowledged before, by
// whatever process, is seen. Nobody was asked who may read what is kept: a Reader
// asks that for each actor and each time.
type kept struct {
	store Store
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

func newKept(store Store, most int) *kept {
	return &kept{store: store, most: most, byID: map[ID]keptEntry{}, byKey: map[string]Entity{}}
}

func isKept(k Kind) bool {
	return k == KindTheme || k == KindRegion || k == KindOrganisation || k == KindPerson
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
	read = slices.DeleteFunc(read, func(e keptEntry) bool { return !isKept(e.entity.Kind()) || e.size > k.most/100 })
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
