package app

import (
	"context"
	"errors"
	"time"

	"leerkring/internal/kb"
)

// FilesVerdict is what Verify found of the bytes of files.
type FilesVerdict struct {
	// Contents is how many different contents were read, Readings how many texts of them.
	Contents, Readings int
	// Missing are the SHA-256 of bytes that a file names and that are not there, Damaged
	// of bytes that are not what they were, Unread of those whose text should be there
	// and is not, or is damaged.
	Missing, Damaged, Unread []string
	// Orphans is how many contents and uploads belong to nothing, and OldOrphans how many
	// of them are older than a day: the server takes those away at its next look.
	Orphans, OldOrphans int
}

// Agrees reports whether nothing is wrong. Orphans are waste and no harm.
func (v *FilesVerdict) Agrees() bool {
	return len(v.Missing) == 0 && len(v.Damaged) == 0 && len(v.Unread) == 0
}

// orphanAge is how old something without an owner is before it is told of.
const orphanAge = 24 * time.Hour

// verifyFiles reads all bytes of files, and what was read from them.
func (a *App) verifyFiles(ctx context.Context, v *FilesVerdict) error {
	named, stages := map[string]bool{}, map[kb.ID]bool{} // SHA-256: named by a file
	var settled []string
	err := kb.Walk(ctx, a.Store.Changes, func(records []kb.Record) error {
		for _, r := range records {
			live, _, err := kb.DecodeRecord(r)
			if err != nil {
				continue // Unreadable tells
			}
			switch x := live.(type) {
			case *kb.File:
				named[x.SHA256] = true
			case *kb.Upload:
				stages[x.ID] = true
				if x.SHA256 != "" && !named[x.SHA256] {
					named[x.SHA256] = false
				}
			case *kb.Extraction:
				if x.Edition > 0 {
					settled = append(settled, x.SHA256)
				}
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for sum, owned := range named {
		if err := v.content(ctx, a.Blobs, sum, owned); err != nil {
			return err
		}
	}
	for _, sum := range settled {
		if err := v.reading(ctx, a.Blobs, sum, named[sum]); err != nil {
			return err
		}
	}
	return a.Blobs.Walk(ctx, func(s kb.Stored) error {
		if _, known := named[s.SHA256]; (s.Stage != "" && stages[s.Stage]) || (s.Stage == "" && known) {
			return nil
		}
		v.Orphans++
		if a.config.Now().Sub(s.Changed) > orphanAge {
			v.OldOrphans++
		}
		return nil
	})
}

// content reads the bytes of a file. Those that only an upload names may not be there yet.
func (v *FilesVerdict) content(ctx context.Context, blobs kb.Blobs, sum string, owned bool) error {
	err := blobs.Check(ctx, sum)
	switch kb.CodeOf(err) {
	case "":
		v.Contents++
	case kb.NotFound:
		if owned {
			v.Missing = append(v.Missing, sum)
		}
	case kb.Damaged:
		v.Damaged = append(v.Damaged, sum)
	default:
		return err
	}
	return nil
}

// reading reads the text that was kept of some bytes. Bytes that no file has any more
// may be gone with their text.
func (v *FilesVerdict) reading(ctx context.Context, blobs kb.Blobs, sum string, owned bool) error {
	b, err := blobs.OpenDerived(ctx, sum, kb.ReadingName)
	if err == nil {
		_, err = kb.ReadReading(b)
		err = errors.Join(err, b.Close())
	}
	switch kb.CodeOf(err) {
	case "":
		v.Readings++
	case kb.NotFound, kb.Damaged:
		if owned {
			v.Unread = append(v.Unread, sum)
		}
	default:
		return err
	}
	return nil
}
