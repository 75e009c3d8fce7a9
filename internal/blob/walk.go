package blob

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"

	"leerkring/internal/kb"
)

// Walk visits blobs and stages. What comes or goes meanwhile may be visited or not.
func (f *Folder) Walk(ctx context.Context, visit func(kb.Stored) error) error {
	dirs, err := fs.ReadDir(f.root.FS(), ".")
	if err != nil {
		return coded(err)
	}
	for _, d := range dirs {
		if !d.IsDir() {
			continue
		}
		if err := f.walkDir(ctx, d.Name(), visit); err != nil {
			return err
		}
	}
	return nil
}

func (f *Folder) walkDir(ctx context.Context, dir string, visit func(kb.Stored) error) error {
	entries, err := fs.ReadDir(f.root.FS(), dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return coded(err)
	}
	for _, e := range entries {
		if err := ctx.Err(); err != nil {
			return err
		}
		found, ok := stored(dir, e.Name())
		if !ok || !e.Type().IsRegular() {
			continue
		}
		info, err := e.Info()
		if errors.Is(err, fs.ErrNotExist) {
			continue // taken away meanwhile
		}
		if err != nil {
			return coded(err)
		}
		found.Size, found.Changed = info.Size(), info.ModTime()
		if err := visit(found); err != nil {
			return err
		}
	}
	return nil
}

// stored says what a file is by its name; ok is false for what is neither.
func stored(dir, name string) (s kb.Stored, ok bool) {
	if dir == stagesDir {
		return kb.Stored{Stage: kb.ID(name)}, kb.ID(name).Valid()
	}
	return kb.Stored{SHA256: name}, CheckSum(name) == nil && name[:2] == dir
}

// Check reads all bytes of a blob.
func (f *Folder) Check(ctx context.Context, sum string) error {
	b, err := f.Open(ctx, sum)
	if err != nil {
		return err
	}
	return errors.Join(CheckBytes(ctx, sum, b), b.Close())
}

// CheckBytes gives Damaged unless bytes have a SHA-256.
func CheckBytes(ctx context.Context, sum string, b kb.Blob) error {
	hash := sha256.New()
	_, err := io.CopyBuffer(onlyWriter{hash}, reader{ctx, io.NewSectionReader(b, 0, b.Size())}, make([]byte, bufferSize))
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		return coded(err)
	}
	if hex.EncodeToString(hash.Sum(nil)) != sum {
		return Damaged(sum)
	}
	return nil
}
