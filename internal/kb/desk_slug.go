package kb

import (
	"context"
	"slices"
)

// namedByLabel reports whether a slug was made of the name of its record.
func namedByLabel(e Entity) bool {
	h, own := e.Base(), Slugify(e.Label(), MaxSlug)
	return h.Slug == own || h.Slug == suffixed(own, h.ID)
}

// rename lets the slug of a record that was never published follow its name,
// unless somebody chose another one. earlier is nil for a new record.
func rename(earlier, e Entity) {
	h, own := e.Base(), Slugify(e.Label(), MaxSlug)
	switch {
	case h.Slug == "":
		h.Slug = own
	case earlier == nil || h.Slug != earlier.Base().Slug:
		// chosen just now
	case namedByLabel(earlier) && !namedByLabel(e):
		h.Slug = own
	}
}

// checkSlug tells when a slug changes that readers know.
func checkSlug(earlier, e Entity, known bool) []Problem {
	if !known || earlier.Base().Slug == e.Base().Slug {
		return nil
	}
	return []Problem{{"slug", Text{"ligt vast sinds de publicatie", "is fixed since it was published"}}}
}

// freeKey changes the slug of an entity whose key another record holds, or tells
// that what was chosen is taken. Its error is also that of the store.
func (d *Desk) freeKey(ctx context.Context, e Entity) error {
	h := e.Base()
	holders, err := d.store.Find(ctx, Keys(e))
	if err != nil {
		return err
	}
	for key, holder := range holders {
		if holder == h.ID {
			continue
		}
		if key != SlugKey(e.Kind(), h.Slug) {
			return invalid([]Problem{{"code", Text{"is al in gebruik", "is in use already"}}})
		}
		if next := suffixed(Slugify(e.Label(), MaxSlug), h.ID); namedByLabel(e) && h.Slug != next {
			h.Slug = next
			continue
		}
		return invalid([]Problem{{"slug", Text{"is al in gebruik", "is in use already"}}})
	}
	return nil
}

// keyTries bounds how often a write is tried against others that take its keys.
const keyTries = 3

// put writes one version of a record and notes it for its reader. A key that is
// taken is replaced where it can be, and build called again.
func (d *Desk) put(ctx context.Context, actor Actor, named Entity, build func() (Record, error)) (Record, error) {
	for try := 1; ; try++ {
		r, err := build()
		if err != nil {
			return Record{}, err
		}
		results, err := d.store.Put(ctx, []Record{r})
		if err != nil {
			return Record{}, err
		}
		err = results[0].Err
		if err == nil {
			r.Seq = results[0].Seq
			d.own.Note(actor.Account, r.Seq)
			return r, nil
		}
		if CodeOf(err) != KeyTaken || try == keyTries {
			return Record{}, err
		}
		if err := d.freeKey(ctx, named); err != nil {
			return Record{}, err
		}
	}
}

// accepts reports whether a target may be of a kind.
func (t Target) accepts(k Kind) bool {
	return slices.Contains(ContentKinds(), k) && (t.Kind == "" || t.Kind == k)
}
