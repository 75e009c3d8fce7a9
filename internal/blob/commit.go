package blob

import (
	"context"
	"errors"
	"os"

	"leerkring/internal/kb"
)

// Commit makes a stage a blob. It takes the place of one with the same bytes, which
// mends that one when the disk has damaged it, and makes it young again for Walk.
func (f *Folder) Commit(ctx context.Context, id kb.ID) (string, int64, error) {
	if err := CheckStage(id); err != nil {
		return "", 0, err
	}
	s := f.hold(id)
	defer s.mu.Unlock()
	s.turn++ // who is still adding to it is too late
	file, err := f.root.OpenFile(stagePath(id), os.O_RDWR, 0)
	if err != nil {
		f.forget(id, s)
		return "", 0, coded(err)
	}
	sum, err := f.commit(ctx, id, s, file)
	if err := errors.Join(err, file.Close()); err != nil {
		return "", 0, err
	}
	f.forget(id, s)
	return sum, s.size, nil
}

func (f *Folder) commit(ctx context.Context, id kb.ID, s *stage, file *os.File) (string, error) {
	info, err := file.Stat()
	if err != nil {
		return "", coded(err)
	}
	s.size = info.Size()
	sum, err := s.sum(ctx, file)
	if err != nil {
		return "", err
	}
	now := f.now()
	if err := errors.Join(f.root.Chtimes(stagePath(id), now, now), file.Sync()); err != nil {
		return "", coded(err)
	}
	if err := f.makeDir(sum[:2]); err != nil {
		return "", coded(err)
	}
	if err := f.root.Rename(stagePath(id), blobPath(sum)); err != nil {
		return "", coded(err)
	}
	return sum, coded(errors.Join(f.syncDir(sum[:2]), f.syncDir(stagesDir)))
}

// Open opens a blob.
func (f *Folder) Open(_ context.Context, sha256 string) (kb.Blob, error) {
	if err := CheckSum(sha256); err != nil {
		return nil, err
	}
	return f.open(blobPath(sha256))
}

// Delete takes a blob away, after what was derived from it: should the machine stop in
// between, the blob is still there to be deleted again.
func (f *Folder) Delete(_ context.Context, sha256 string) error {
	if err := CheckSum(sha256); err != nil {
		return err
	}
	f.deriving.Lock()
	defer f.deriving.Unlock()
	if err := f.root.RemoveAll(derivedDir(sha256)); err != nil {
		return coded(err)
	}
	if err := f.root.Remove(blobPath(sha256)); err != nil {
		return coded(err)
	}
	return coded(f.syncDir(sha256[:2]))
}
