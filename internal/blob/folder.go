// Package blob keeps the bytes of files in a folder of its own.
//
// The invariant that a newcomer must know: a blob comes into being by a rename of bytes
// that are on the disk already, so its name is never there without all of its bytes,
// whenever the machine stops. Names are checked before they become paths, and paths are
// opened beneath one os.Root, so that nothing outside of the folder can be named.
//
// The folder:
//
//	ab/<sha256>          a blob; ab are the first two digits of its name
//	ab/<sha256>.d/<name> what was derived from it
//	stages/<id>          an upload that is under way
//
// One process writes: the one that holds the lock of the embedded store. Others may read
// (a backup does). File systems that grow a file before its bytes are on the disk (ext4
// mounted with data=writeback) are not for this: after a power loss a stage could hold
// bytes that never came.
package blob

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"leerkring/internal/kb"
)

// stagesDir is the folder of stages. It is longer than the folders of blobs.
const stagesDir = "stages"

// Folder implements kb.Blobs on a folder.
type Folder struct {
	root *os.Root
	now  func() time.Time

	mu     sync.Mutex
	stages map[kb.ID]*stage
	// deriving is held to write what is derived, and alone to delete, so that nothing
	// derived outlives its blob.
	deriving sync.RWMutex
	// drafts numbers the files that become derived things.
	drafts atomic.Uint64
}

var _ kb.Blobs = (*Folder)(nil)

// Open opens a folder of blobs, and makes it where there is none. now dates what is
// written, for Walk.
//
// Errors: ReadOnly, DiskFull, Unavailable.
func Open(dir string, now func() time.Time) (*Folder, error) {
	if err := makeRoot(dir); err != nil {
		return nil, coded(err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, coded(err)
	}
	return &Folder{root: root, now: now, stages: map[kb.ID]*stage{}}, nil
}

// makeRoot makes the folder, and puts its entry in the one above on disk.
func makeRoot(dir string) error {
	if _, err := os.Stat(dir); err == nil {
		return nil
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	above, err := os.Open(filepath.Dir(filepath.Clean(dir)))
	if err != nil {
		return err
	}
	return errors.Join(above.Sync(), above.Close())
}

// Close lets go of the folder; calls after it fail.
func (f *Folder) Close() error { return f.root.Close() }

func blobPath(sha256 string) string { return path.Join(sha256[:2], sha256) }

func derivedDir(sha256 string) string { return blobPath(sha256) + ".d" }

func stagePath(id kb.ID) string { return path.Join(stagesDir, string(id)) }

// makeDir makes a folder whose name is on disk when it returns.
func (f *Folder) makeDir(name string) error {
	err := f.root.Mkdir(name, 0o700)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return f.syncDir(path.Dir(name))
}

// syncDir puts the names in a folder on disk.
func (f *Folder) syncDir(name string) error {
	dir, err := f.root.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}

// opened is an open file as a kb.Blob.
type opened struct {
	*os.File
	size int64
}

// Size is how many bytes there were when it was opened.
func (o opened) Size() int64 { return o.size }

// open opens a regular file.
func (f *Folder) open(name string) (kb.Blob, error) {
	file, err := f.root.Open(name)
	if err != nil {
		return nil, coded(err)
	}
	info, err := file.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = errors.New("not a regular file")
	}
	if err != nil {
		return nil, errors.Join(coded(err), file.Close())
	}
	return opened{file, info.Size()}, nil
}
