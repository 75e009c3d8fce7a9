package search

import (
	"context"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"leerkring/internal/kb"
)

// Inspect looks at an index that is not open, reading every byte of it, and
// changes nothing. What it calls Current, Open may still find Damaged or Outdated
// by its contents. The error is InUse when another process has the index, and
// says what is damaged otherwise; that is for the operator.
func Inspect(dir string) (State, error) {
	if _, err := os.Stat(dir); errors.Is(err, os.ErrNotExist) {
		return Missing, nil
	}
	lock, err := hold(dir)
	if err != nil {
		return "", err
	}
	defer func() { _ = lock.Unlock() }()
	name, err := os.ReadFile(filepath.Join(dir, currentName))
	if errors.Is(err, os.ErrNotExist) {
		return Missing, nil
	}
	if err != nil {
		return Damaged, err
	}
	base := strings.TrimSpace(string(name))
	if base == "" || base != filepath.Base(base) {
		return Damaged, errors.New("CURRENT names no folder")
	}
	if err := examine(filepath.Join(dir, base)); err != nil {
		return Damaged, err
	}
	return Current, nil
}

// Differences are the records for which the index does not hold what the store
// says, and how far the index is.
type Differences struct {
	// Missing have a document too few, Extra one too many, Different another one.
	Missing, Extra, Different []kb.ID
	Position                  kb.Seq
}

// None reports whether index and store agree.
func (d *Differences) None() bool {
	return len(d.Missing)+len(d.Extra)+len(d.Different) == 0
}

// Compare compares what searches see with the documents that each should be
// called with.
func (x *Index) Compare(ctx context.Context, each func(yield func(kb.Document) error) error) (*Differences, error) {
	v := x.views.acquire()
	if v == nil {
		return nil, stopping()
	}
	defer x.views.release(v)
	sums, twice, err := v.checksums(ctx)
	if err != nil {
		return nil, ioError(err, x.dir)
	}
	out := &Differences{Position: kb.Seq(v.position.Load()), Extra: twice}
	err = each(func(d kb.Document) error {
		out.take(&d, sums)
		return ctx.Err()
	})
	for id := range sums {
		out.Extra = append(out.Extra, parseName(id).record)
	}
	for _, list := range []*[]kb.ID{&out.Missing, &out.Extra, &out.Different} {
		slices.Sort(*list)
		*list = slices.Compact(*list)
	}
	return out, err
}

// take compares a document and its leaves with what is there, and takes them out of
// that.
func (diff *Differences) take(d *kb.Document, sums map[string]uint64) {
	name := documentID(d.Record, d.Copy, d.Variant)
	compare := func(name string, want uint64) {
		got, ok := sums[name]
		delete(sums, name)
		switch {
		case !ok:
			diff.Missing = append(diff.Missing, d.Record)
		case got != want:
			diff.Different = append(diff.Different, d.Record)
		}
	}
	compare(name, newParts(d).checksum())
	for i, l := range leavesOf(d, nil, nil) {
		compare(leafName(name, i), l.checksum())
	}
}

// checksums gives the checksum of each live document, and those that are there twice.
func (v *view) checksums(ctx context.Context) (sums map[string]uint64, twice []kb.ID, err error) {
	sums = map[string]uint64{}
	for s := range v.segments {
		p := &v.segments[s]
		live := p.DocNumbersLive()
		for it := live.Iterator(); it.HasNext(); {
			doc := it.Next()
			if err := ctx.Err(); err != nil {
				return nil, nil, err
			}
			id, err := p.DocID(uint64(doc))
			if err != nil {
				return nil, nil, err
			}
			if _, ok := sums[string(id)]; ok {
				twice = append(twice, parseName(string(id)).record)
			}
			sums[string(id)] = 0
			err = p.VisitDocument(uint64(doc), func(field string, _ byte, value []byte, _ []uint64) bool {
				if field == storedSum && len(value) == 8 {
					sums[string(id)] = binary.BigEndian.Uint64(value)
				}
				return field != storedSum
			})
			if err != nil {
				return nil, nil, err
			}
		}
	}
	return sums, twice, nil
}

// Referring gives the records whose documents refer to any of these ids and keys.
func (x *Index) Referring(refs []string) ([]kb.ID, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.current == nil {
		return nil, stopping()
	}
	return x.current.referring(refs)
}

func (g *generation) referring(refs []string) ([]kb.ID, error) {
	r, err := g.index.Reader()
	if err != nil {
		return nil, err
	}
	defer func() { _ = r.Close() }()
	seen := map[kb.ID]bool{}
	for _, ref := range refs {
		reader, err := r.TermFieldReader(context.Background(), []byte(string(letterRefers)+ref), fieldValues, false, false, false)
		if err != nil {
			return nil, err
		}
		for {
			p, err := reader.Next(nil)
			if err != nil {
				return nil, errors.Join(err, reader.Close())
			}
			if p == nil {
				break
			}
			name, err := r.ExternalID(p.ID)
			if err != nil {
				return nil, errors.Join(err, reader.Close())
			}
			seen[parseName(name).record] = true
		}
		if err := reader.Close(); err != nil {
			return nil, err
		}
	}
	out := make([]kb.ID, 0, len(seen))
	for id := range seen {
		out = append(out, id)
	}
	slices.Sort(out)
	return out, nil
}
