package search

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"

	bolt "go.etcd.io/bbolt"
)

// examine reads every byte of an index that is not open and reports what does
// not hold together. Neither scorch nor bolt does so on opening: a flipped byte
// in a segment would make documents vanish from searches without an error, one
// in root.bolt would end the process.
func examine(dir string) error {
	if err := examineRoot(filepath.Join(dir, "root.bolt")); err != nil {
		return err
	}
	return examineSegments(dir)
}

// examineSegments compares each segment file with the checksum at its end: CRC-32
// (IEEE) over all that stands before, big endian.
func examineSegments(dir string) error {
	files, err := segmentFiles(dir)
	if err != nil {
		return err
	}
	for _, name := range files {
		if err := examineSegment(name); err != nil {
			return fmt.Errorf("segment %s: %w", filepath.Base(name), err)
		}
	}
	return nil
}

func examineSegment(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if info.Size() < 64 {
		return fmt.Errorf("%d bytes is too short", info.Size())
	}
	sum := crc32.NewIEEE()
	if _, err := io.CopyBuffer(struct{ io.Writer }{sum}, io.LimitReader(f, info.Size()-4), make([]byte, 1<<20)); err != nil {
		return err
	}
	var footer [4]byte
	if _, err := io.ReadFull(f, footer[:]); err != nil {
		return err
	}
	if got, want := sum.Sum32(), binary.BigEndian.Uint32(footer[:]); got != want {
		return fmt.Errorf("checksum %08x, not %08x", got, want)
	}
	return nil
}

// examineRoot walks all of root.bolt. A damaged page panics in bolt or, where
// the file is cut off, faults; both are caught here, on a walk of our own,
// rather than in scorch's goroutines, where nothing could catch them.
func examineRoot(name string) (err error) {
	info, err := os.Stat(name)
	if err != nil {
		return err
	}
	if info.Size() < 4*int64(os.Getpagesize()) {
		return fmt.Errorf("root.bolt of %d bytes is too short", info.Size())
	}
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("root.bolt: %v", p)
		}
	}()
	db, err := bolt.Open(name, 0o600, &bolt.Options{ReadOnly: true, Timeout: lockTimeout})
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	return db.View(func(tx *bolt.Tx) error {
		if size := tx.Size(); size > info.Size() {
			return fmt.Errorf("root.bolt has %d bytes of %d", info.Size(), size)
		}
		return tx.ForEach(func(_ []byte, b *bolt.Bucket) error { return walkBucket(b, 0) })
	})
}

func walkBucket(b *bolt.Bucket, depth int) error {
	if depth > 16 {
		return fmt.Errorf("root.bolt: buckets nested too deep")
	}
	return b.ForEach(func(k, v []byte) error {
		if v != nil {
			_ = crc32.ChecksumIEEE(k) ^ crc32.ChecksumIEEE(v) // touch every byte
			return nil
		}
		child := b.Bucket(k)
		if child == nil {
			return fmt.Errorf("root.bolt: a bucket is gone")
		}
		return walkBucket(child, depth+1)
	})
}
