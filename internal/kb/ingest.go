package kb

import (
	"bytes"
	"context"
	"encoding/json"
	"time"
)

// Action is what became of one entity that was brought in.
type Action int

// The actions. Refused comes with an error that says why; the others never do.
const (
	Refused Action = iota
	Created
	Updated
	Unchanged
)

// Ingested is the answer to one entity of a batch.
type Ingested struct {
	Action Action
	// Seq is the number of the write, 0 when nothing was written.
	Seq Seq
	Err error
}

// Ingest brings entities in from elsewhere as System: it makes what is new,
// updates what differs and leaves the rest alone, so that doing it again is free.
//
// A record keeps its slug, its maker and its working copy. A record that someone
// deleted stays deleted, what someone changed here since is not written over, and a
// record never changes its kind: all of these are refused.
type Ingest struct {
	store Store
	now   func() time.Time
}

// NewIngest writes into a store.
func NewIngest(store Store, now func() time.Time) *Ingest {
	return &Ingest{store: store, now: now}
}

// ingestTries bounds how often one entity is tried against other writers.
const ingestTries = 5

// Write brings a batch in (about 1,000 is quick) and answers for each entity in
// order. It completes the heads of the entities. An id that comes twice in a
// batch is written twice, in order. The error is the store's and means that the
// batch was cut off; bringing it in again is safe.
func (in *Ingest) Write(ctx context.Context, entities []Entity) ([]Ingested, error) {
	b := &ingestBatch{
		now: in.now().UTC().Truncate(time.Millisecond), entities: entities,
		outcomes: make([]Ingested, len(entities)), tries: make([]int, len(entities)),
	}
	pending := make([]int, len(entities))
	for i := range pending {
		pending[i] = i
	}
	for len(pending) > 0 {
		var err error
		if pending, err = b.round(ctx, in.store, pending); err != nil {
			return nil, err
		}
	}
	return b.outcomes, nil
}

// ingestBatch is one call of Write under way.
type ingestBatch struct {
	now      time.Time
	entities []Entity
	outcomes []Ingested
	tries    []int
}

// round settles what it can and gives back what has to be tried again: what
// another writer changed meanwhile, and the second of two with one id.
func (b *ingestBatch) round(ctx context.Context, store Store, pending []int) (again []int, err error) {
	first := make(map[ID]bool, len(pending))
	ids := make([]ID, 0, len(pending))
	var turn []int
	for _, i := range pending {
		id := b.entities[i].Base().ID
		switch {
		case first[id]:
			again = append(again, i)
		case !id.Valid():
			b.refuse(i, Errorf(Invalid, Text{"Het kenmerk (id) is ongeldig.", "The id is not valid."}))
		default:
			first[id] = true
			ids = append(ids, id)
			turn = append(turn, i)
		}
	}
	current, err := store.Get(ctx, ids)
	if err != nil {
		return nil, err
	}
	if err := b.nameNew(ctx, store, turn, current); err != nil {
		return nil, err
	}
	records, from := b.plan(turn, current)
	if len(records) == 0 {
		return again, nil
	}
	results, err := store.Put(ctx, records)
	if err != nil {
		return nil, err
	}
	retry, err := b.settle(records, from, results)
	return append(retry, again...), err
}

// nameNew gives each new entity a slug that is free: its own wish or the one of
// its label, with the end of its id behind it when that is taken.
func (b *ingestBatch) nameNew(ctx context.Context, store Store, turn []int, current map[ID]Record) error {
	keys := make([]string, 0, len(turn))
	wishes := make(map[int]string, len(turn))
	for _, i := range turn {
		e := b.entities[i]
		if _, exists := current[e.Base().ID]; exists {
			continue
		}
		wish := e.Base().Slug
		if !validSlug(wish) {
			wish = Slugify(e.Label(), MaxSlug)
		}
		wishes[i] = wish
		keys = append(keys, SlugKey(e.Kind(), wish))
	}
	if len(keys) == 0 {
		return nil
	}
	owners, err := store.Find(ctx, keys)
	if err != nil {
		return err
	}
	for _, i := range turn {
		wish, isNew := wishes[i]
		if !isNew {
			continue
		}
		h := b.entities[i].Base()
		key := SlugKey(b.entities[i].Kind(), wish)
		if owner, taken := owners[key]; taken && owner != h.ID {
			wish = suffixed(wish, h.ID)
		}
		owners[key] = h.ID
		h.Slug = wish
	}
	return nil
}

// suffixed tells a slug apart by the last characters of an id: 40 bits.
func suffixed(slug string, id ID) string {
	const most = MaxSlug - 9
	if len(slug) > most {
		slug = slug[:most]
	}
	return slug + "-" + string(id[len(id)-8:])
}

// plan makes the records to write; from holds the entity behind each.
func (b *ingestBatch) plan(turn []int, current map[ID]Record) (records []Record, from []int) {
	for _, i := range turn {
		e := b.entities[i]
		old, exists := current[e.Base().ID]
		record, action, err := b.next(e, old, exists)
		b.outcomes[i] = Ingested{Action: action, Err: err}
		if err == nil && action != Unchanged {
			records = append(records, record)
			from = append(from, i)
		}
	}
	return records, from
}

// next makes the next version of a record, or says why there is none.
func (b *ingestBatch) next(e Entity, old Record, exists bool) (Record, Action, error) {
	h := e.Base()
	h.UpdatedAt, h.UpdatedBy, h.Version = b.now, "", old.Version
	if !exists {
		if h.CreatedAt.IsZero() {
			h.CreatedAt = b.now
		}
		return b.record(e, nil, Created)
	}
	if old.Deleted {
		return Record{}, Refused, Errorf(Conflict, Text{"Dit record is hier verwijderd; importeren brengt het niet terug.", "This record was deleted here; importing does not bring it back."})
	}
	if old.Kind != e.Kind() {
		return Record{}, Refused, Errorf(Conflict, Text{"Onder dit kenmerk (id) staat al een record van een andere soort: %s.", "A record of another kind already has this id: %s."}, string(old.Kind))
	}
	same, changedHere, err := keepHead(e, old)
	if err != nil {
		return Record{}, Refused, err
	}
	if same {
		return Record{}, Unchanged, nil
	}
	if changedHere {
		return Record{}, Refused, Errorf(Conflict, Text{"Dit record is hier gewijzigd; importeren schrijft daar niet overheen.", "This record was changed here; importing does not write over that."})
	}
	h.UpdatedAt, h.UpdatedBy = b.now, ""
	_, copy, err := DecodeRecord(Record{Kind: old.Kind, Version: old.Version, Copy: old.Copy})
	if err != nil {
		return Record{}, Refused, err
	}
	return b.record(e, copy, Updated)
}

// record encodes a valid entity as its next version.
func (b *ingestBatch) record(e, copy Entity, action Action) (Record, Action, error) {
	if err := Validate(e); err != nil {
		return Record{}, Refused, err
	}
	r, err := NewRecord(e, copy)
	if err != nil {
		return Record{}, Refused, err
	}
	r.Event.Type = EventImported
	return r, action, nil
}

// keepHead carries the bookkeeping of the stored version over and reports
// whether the entity then equals it, and whether a person changed the record since
// it was brought in: its last version, or the text that readers see.
func keepHead(e Entity, old Record) (same, changedHere bool, err error) {
	var was Head
	if err := json.Unmarshal(old.Live, &was); err != nil {
		return false, false, Wrap(err, Damaged, Text{"Een opgeslagen record is niet te lezen.", "A stored record cannot be read."})
	}
	h := e.Base()
	h.Slug, h.CreatedAt, h.CreatedBy = was.Slug, was.CreatedAt, was.CreatedBy
	h.UpdatedAt, h.UpdatedBy, h.PublishedBy = was.UpdatedAt, was.UpdatedBy, was.PublishedBy
	data, err := Encode(e)
	if err != nil {
		return false, false, err
	}
	return bytes.Equal(data, old.Live), old.By != "" || was.UpdatedBy != "", nil
}

// settle reads the answers of the store and gives back what to try again. Only
// the versions and the keys are about one record; any other error is the store's.
func (b *ingestBatch) settle(records []Record, from []int, results []Result) (again []int, err error) {
	for n, res := range results {
		i := from[n]
		switch CodeOf(res.Err) {
		case "":
			b.entities[i].Base().Version = records[n].Version
			b.outcomes[i].Seq = res.Seq
		case Conflict, KeyTaken:
			if b.tries[i]++; b.tries[i] < ingestTries {
				again = append(again, i)
				continue
			}
			b.refuse(i, res.Err)
		case TooLarge:
			b.refuse(i, res.Err)
		default:
			return nil, res.Err
		}
	}
	return again, nil
}

func (b *ingestBatch) refuse(i int, err error) {
	b.outcomes[i] = Ingested{Action: Refused, Err: err}
}
