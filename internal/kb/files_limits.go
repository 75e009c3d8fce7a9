package kb

import (
	"context"
	"fmt"
	"time"
)

// maxFiles is how many files one material has at most.
const maxFiles = 200

func tooMany(n, most int) Text {
	return Text{fmt.Sprintf("heeft te veel bestanden: %d, hoogstens %d", n, most), fmt.Sprintf("has too many files: %d, at most %d", n, most)}
}

// room refuses what is over a limit; pending says that it is an upload that others
// may be under way beside. The limits of an account and of all go by what the index
// knows and by a count of up to a minute ago: several uploads that begin at the same
// moment may come a little over them.
func (f *Files) room(ctx context.Context, actor Actor, size int64, pending bool) error {
	if size > f.Limits.File {
		return Errorf(TooLarge, Text{"Dit bestand is te groot: %s, hoogstens %s.", "This file is too large: %s, at most %s."}, megabytes(size), megabytes(f.Limits.File))
	}
	if err := f.roomInAll(ctx, size); err != nil {
		return err
	}
	if actor.Account == "" {
		return nil // the operator has no limit of their own
	}
	if err := f.Own.Wait(ctx, actor); err != nil {
		return err
	}
	used, uploads, err := f.used(ctx, actor.Account)
	if err != nil {
		return err
	}
	if pending && uploads >= f.Limits.Pending {
		return Errorf(TooMany, Text{"Er lopen al %d uploads van u. Maak er eerst een af, of breek er een af.", "%d uploads of yours are under way. First finish one, or give one up."}, uploads)
	}
	if used+size > f.Limits.Account {
		return Errorf(TooLarge, Text{"Uw bestanden zijn samen te groot: met dit bestand %s, hoogstens %s. Verwijder er een, of vraag een beheerder om meer ruimte.", "Your files are too large together: %s with this one, at most %s. Remove one, or ask an admin for more space."}, megabytes(used+size), megabytes(f.Limits.Account))
	}
	return nil
}

// used gives how many bytes the files of an account have, with those that are still
// to come of its uploads, and how many uploads those are.
func (f *Files) used(ctx context.Context, account ID) (bytes int64, uploads int, err error) {
	req := SearchRequest{Kinds: []Kind{KindFile}, Filter: Filter{States: []string{StateOwner(account)}}, Sort: SortTitle, First: MaxPage, Passing: true}
	err = eachPage(ctx, f.Search, req, func(hits []Hit) error {
		for _, hit := range hits {
			if file, ok := hit.Entity.(*File); ok && file.CreatedBy == account {
				bytes += file.Size
			}
		}
		return nil
	})
	if err != nil {
		return 0, 0, err
	}
	now := f.Now()
	req.Kinds, req.Filter.States = []Kind{KindUpload}, []string{StateOwner(account), StateUnderWay}
	err = eachPage(ctx, f.Search, req, func(hits []Hit) error {
		for _, hit := range hits {
			if u, ok := hit.Entity.(*Upload); ok && u.ExpiresAt.After(now) {
				bytes, uploads = bytes+u.Size, uploads+1
			}
		}
		return nil
	})
	return bytes, uploads, err
}

// countedFor is how long a count of all bytes is good for.
const countedFor = time.Minute

// roomInAll refuses what does not fit in all that may be stored.
func (f *Files) roomInAll(ctx context.Context, size int64) error {
	if f.Limits.Total == 0 {
		return nil
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if now := f.Now(); f.storedAt.IsZero() || now.Sub(f.storedAt) > countedFor {
		var stored int64
		err := f.Blobs.Walk(ctx, func(s Stored) error {
			stored += s.Size
			return nil
		})
		if err != nil {
			return err
		}
		f.stored, f.storedAt = stored, now
	}
	if f.stored+size > f.Limits.Total {
		return Errorf(TooLarge, Text{"De ruimte voor bestanden is vol. Vraag een beheerder om meer ruimte.", "The space for files is full. Ask an admin for more space."})
	}
	f.stored += size
	return nil
}

func megabytes(n int64) string {
	const mb = 1_000_000
	return fmt.Sprintf("%d MB", (n+mb-1)/mb)
}
