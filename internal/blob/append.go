package blob

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"

	"leerkring/internal/kb"
)

// Append adds bytes to a stage. Of two at the same time the later one that names the
// right offset wins, and the other gets Conflict: so an upload goes on at once whose
// old connection is dead without anybody knowing.
func (f *Folder) Append(ctx context.Context, id kb.ID, offset int64, r io.Reader) (int64, error) {
	if err := CheckStage(id); err != nil {
		return 0, err
	}
	a, size, err := f.begin(id, offset)
	if err != nil {
		return size, err
	}
	defer a.file.Close() // what counts was synced
	err = a.copy(ctx, r)
	size, ended := a.end()
	if ended != nil {
		return size, ended
	}
	return size, err
}

// appending is one Append that is under way.
type appending struct {
	f      *Folder
	id     kb.ID
	s      *stage
	turn   int
	offset int64
	file   *os.File
}

// begin takes the turn of a stage.
func (f *Folder) begin(id kb.ID, offset int64) (*appending, int64, error) {
	s := f.hold(id)
	defer s.mu.Unlock()
	file, size, err := f.openStage(id, offset)
	if err == nil && size == offset {
		_, err = file.Seek(size, io.SeekStart) // Write says how much of a buffer a full disk took, WriteAt does not
	}
	if err != nil || size != offset {
		if s.turn == 0 {
			f.forget(id, s)
		}
		if err != nil {
			return nil, size, coded(err)
		}
		return nil, size, errors.Join(Conflict(size), file.Close())
	}
	s.turn++
	s.size = size
	return &appending{f, id, s, s.turn, offset, file}, size, nil
}

// openStage opens the file of a stage, and makes it for the first bytes.
func (f *Folder) openStage(id kb.ID, offset int64) (*os.File, int64, error) {
	file, err := f.root.OpenFile(stagePath(id), os.O_RDWR, 0)
	if errors.Is(err, fs.ErrNotExist) {
		if offset != 0 {
			return nil, 0, Conflict(0)
		}
		return f.makeStage(id)
	}
	if err != nil {
		return nil, 0, err
	}
	info, err := file.Stat()
	if err != nil {
		return nil, 0, errors.Join(err, file.Close())
	}
	return file, info.Size(), nil
}

func (f *Folder) makeStage(id kb.ID) (*os.File, int64, error) {
	if err := f.makeDir(stagesDir); err != nil {
		return nil, 0, err
	}
	file, err := f.root.OpenFile(stagePath(id), os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, 0, err
	}
	if err := f.syncDir(stagesDir); err != nil {
		return nil, 0, errors.Join(err, file.Close())
	}
	return file, 0, nil
}

// copy writes what r gives. Its error is r's, or why nothing could be written.
func (a *appending) copy(ctx context.Context, r io.Reader) error {
	buffer := make([]byte, bufferSize)
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		n, err := r.Read(buffer)
		if n > 0 {
			if err := a.write(buffer[:n]); err != nil {
				return err
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

func (a *appending) write(p []byte) error {
	a.s.mu.Lock()
	defer a.s.mu.Unlock()
	if a.turn != a.s.turn {
		return Conflict(a.s.size)
	}
	n, err := a.file.Write(p)
	if a.s.hashed == a.s.size {
		a.s.hash.Write(p[:n])
		a.s.hashed += int64(n)
	}
	a.s.size += int64(n)
	return coded(err)
}

// end puts what was written on disk. What cannot be brought there never came.
func (a *appending) end() (size int64, err error) {
	a.s.mu.Lock()
	defer a.s.mu.Unlock()
	if a.turn != a.s.turn {
		return a.s.size, Conflict(a.s.size)
	}
	now := a.f.now()
	if err := errors.Join(a.f.root.Chtimes(stagePath(a.id), now, now), a.file.Sync()); err != nil {
		_ = a.file.Truncate(a.offset) // what failed already is told
		a.s.size, a.s.hashed = a.offset, -1
		return a.offset, coded(err)
	}
	return a.s.size, nil
}
