package blob

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"os"
	"sync"

	"leerkring/internal/kb"
)

// bufferSize is what one Append holds in memory.
const bufferSize = 256 << 10

// stage is what this process knows of a stage.
type stage struct {
	// mu is held while bytes are written, and never while they are awaited: a client
	// that went silent must not keep the one that comes back for it waiting.
	mu sync.Mutex
	// turn numbers those who wrote. Only the last may write on.
	turn int
	size int64
	// hash is of the first hashed bytes: of all, unless a part was written by another
	// process or before a failure.
	hash   hash.Hash
	hashed int64
	// dropped says that the stage is not in Folder.stages any more.
	dropped bool
}

// hold gives a stage with its lock.
func (f *Folder) hold(id kb.ID) *stage {
	for {
		f.mu.Lock()
		s := f.stages[id]
		if s == nil {
			s = &stage{hash: sha256.New()}
			f.stages[id] = s
		}
		f.mu.Unlock()
		s.mu.Lock()
		if !s.dropped {
			return s
		}
		s.mu.Unlock()
	}
}

// forget drops what is known of a stage, whose lock is held.
func (f *Folder) forget(id kb.ID, s *stage) {
	s.dropped = true
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.stages, id)
}

// sum gives the SHA-256 of the stage: the one that was kept, or by reading it.
func (s *stage) sum(ctx context.Context, file io.ReaderAt) (string, error) {
	if s.hashed != s.size {
		s.hash.Reset()
		s.hashed = 0
		n, err := io.CopyBuffer(onlyWriter{s.hash}, reader{ctx, io.NewSectionReader(file, 0, s.size)}, make([]byte, bufferSize))
		s.hashed = n
		if err != nil {
			return "", err
		}
	}
	return hex.EncodeToString(s.hash.Sum(nil)), nil
}

// onlyWriter and reader have no other methods, so that io.CopyBuffer uses its buffer
// and the context is asked before each of them.
type onlyWriter struct{ io.Writer }

type reader struct {
	ctx context.Context // of the one copy that this is for
	r   io.Reader
}

func (r reader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.r.Read(p)
}

// Staged gives how much a stage holds.
func (f *Folder) Staged(_ context.Context, id kb.ID) (int64, error) {
	if err := CheckStage(id); err != nil {
		return 0, err
	}
	info, err := f.root.Stat(stagePath(id))
	if errors.Is(err, os.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, coded(err)
	}
	return info.Size(), nil
}

// OpenStage reads what a stage holds now.
func (f *Folder) OpenStage(_ context.Context, id kb.ID) (kb.Blob, error) {
	if err := CheckStage(id); err != nil {
		return nil, err
	}
	return f.open(stagePath(id))
}

// Discard takes a stage away. Who is still adding to it gets Conflict.
func (f *Folder) Discard(_ context.Context, id kb.ID) error {
	if err := CheckStage(id); err != nil {
		return err
	}
	s := f.hold(id)
	defer s.mu.Unlock()
	s.turn++
	err := f.root.Remove(stagePath(id))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return coded(err)
	}
	f.forget(id, s)
	return nil
}
