package blob

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"strconv"
	"strings"

	"leerkring/internal/kb"
)

// draftMark divides the name of a derived thing from the number of a draft of it. It
// is in no name, so a draft that a crash left is never read; it goes with the name.
const draftMark = "~"

// PutDerived stores a derived thing. Readers of the one before it keep what they opened.
func (f *Folder) PutDerived(ctx context.Context, sha256, name string, r io.Reader) error {
	if err := CheckDerived(sha256, name); err != nil {
		return err
	}
	if _, err := f.root.Stat(blobPath(sha256)); err != nil {
		return coded(err)
	}
	dir := derivedDir(sha256)
	if err := f.makeDir(dir); err != nil {
		return coded(err)
	}
	draft := path.Join(dir, name+draftMark+strconv.FormatUint(f.drafts.Add(1), 10))
	err := f.writeDraft(ctx, draft, r)
	f.deriving.RLock()
	defer f.deriving.RUnlock()
	if _, gone := f.root.Stat(blobPath(sha256)); errors.Is(gone, fs.ErrNotExist) {
		return errors.Join(NotFound(), f.root.RemoveAll(dir))
	}
	if err != nil {
		return errors.Join(err, f.root.RemoveAll(draft))
	}
	if err := f.root.Rename(draft, path.Join(dir, name)); err != nil {
		return coded(err)
	}
	return coded(f.syncDir(dir))
}

func (f *Folder) writeDraft(ctx context.Context, draft string, r io.Reader) error {
	file, err := f.root.OpenFile(draft, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return coded(err)
	}
	_, err = io.CopyBuffer(draftWriter{file}, reader{ctx, r}, make([]byte, bufferSize))
	if err == nil {
		err = coded(file.Sync())
	}
	return errors.Join(err, coded(file.Close()))
}

// draftWriter gives errors of the disk their meaning, so that those of the reader
// stay what they are.
type draftWriter struct{ file *os.File }

func (d draftWriter) Write(p []byte) (int, error) {
	n, err := d.file.Write(p)
	return n, coded(err)
}

// OpenDerived opens a derived thing.
func (f *Folder) OpenDerived(_ context.Context, sha256, name string) (kb.Blob, error) {
	if err := CheckDerived(sha256, name); err != nil {
		return nil, err
	}
	return f.open(path.Join(derivedDir(sha256), name))
}

// DropDerived takes away derived things whose names begin with a prefix.
func (f *Folder) DropDerived(_ context.Context, sha256, prefix string) error {
	if err := CheckPrefix(sha256, prefix); err != nil {
		return err
	}
	dir := derivedDir(sha256)
	entries, err := fs.ReadDir(f.root.FS(), dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return coded(err)
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), prefix) {
			continue
		}
		if err := f.root.Remove(path.Join(dir, e.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return coded(err)
		}
	}
	return nil
}
