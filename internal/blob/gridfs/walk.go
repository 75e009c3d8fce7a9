package gridfs

import (
	"context"
	"strings"
	"time"

	"leerkring/internal/kb"
)

// abandoned is how old what is being derived must be to count as left by a crash.
const abandoned = 24 * time.Hour

// visit shows one document to a visitor of Walk, or clears it.
func (b *Bucket) visit(ctx context.Context, d document, visit func(kb.Stored) error) error {
	kind, name, _ := strings.Cut(d.Key, ":")
	found := kb.Stored{Size: d.Length, Changed: d.UploadDate}
	switch kind {
	case "stage":
		found.Stage = kb.ID(name)
		return visit(found)
	case "blob":
		found.SHA256 = name
		return visit(found)
	case "gone":
		return b.clear(ctx, d.ID)
	case "new":
		if b.opts.Now().Sub(d.UploadDate) > abandoned {
			_, err := b.remove(ctx, is("key", d.Key))
			return err
		}
	}
	return nil
}
