package search

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"

	bolt "go.etcd.io/bbolt"
)

// examine reads every byte of an index that is not open and reports what does
// not hold together. Neither scorch nor bolt does so on opening: a flipped byte
// in a segment would make documents vanish from searches without an error, one
// in root.bolt would end the process.
//
// Only segments that root.bolt names count: others are what a crash left of a
// write or a merge, and scorch removes them.
func examine(dir string) error {
	segments, err := examineRoot(filepath.Join(dir, "root.bolt"))
	if err != nil {
		return err
	}
	for name := range segments {
		if err := examineSegment(filepath.Join(dir, filepath.Base(name))); err != nil {
			return fmt.Errorf("segment %q: %w", name, err)
		}
	}
	return nil
}

// examineSegment compares a segment file with the checksum at its end: CRC-32
// (IEEE) over all that stands before, big endian.
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

// examineRoot walks all of root.bolt and gives the segments that it names. A
// damaged page panics in bolt or, where the file is cut off, faults; both are
// caught here, on a walk of our own, rather than in scorch's goroutines, where
// nothing could catch them.
func examineRoot(name string) (segments map[string]bool, err error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	if info.Size() < 4*int64(os.Getpagesize()) {
		return nil, fmt.Errorf("root.bolt of %d bytes is too short", info.Size())
	}
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("root.bolt: %v", p)
		}
	}()
	db, err := bolt.Open(name, 0o600, &bolt.Options{ReadOnly: true, PreLoadFreelist: true, Timeout: lockTimeout})
	if err != nil {
		return nil, err
	}
	defer func() { _ = db.Close() }()
	segments = map[string]bool{}
	err = db.View(func(tx *bolt.Tx) error {
		if size := tx.Size(); size > info.Size() {
			return fmt.Errorf("root.bolt has %d bytes of %d", info.Size(), size)
		}
		if err := tx.ForEach(func(_ []byte, b *bolt.Bucket) error { return walkBucket(b, segments, 0) }); err != nil {
			return err
		}
		if err := examinePages(tx, name); err != nil {
			return err
		}
		// Every page is now known to be readable and to be the one it should be, so
		// that bolt's own check, which runs where no panic can be caught, can look
		// at how they hang together.
		for problem := range tx.Check() {
			err = errors.Join(err, problem)
		}
		return err
	})
	return segments, err
}

// examinePages compares what the pages in use say of themselves, in the 16 bytes
// at their start (bbolt/internal/common/page.go), with where they lie: bolt's own
// check panics on a page with another number, and walks for ever over one that
// says it goes on for billions of pages.
func examinePages(tx *bolt.Tx, name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	size := int64(tx.DB().Info().PageSize)
	pages := tx.Size() / size
	for id := int64(0); id < pages; {
		info, err := tx.Page(int(id))
		if err != nil {
			return err
		}
		if info.Type == "free" {
			id++
			continue
		}
		var header [16]byte
		if _, err := f.ReadAt(header[:], id*size); err != nil {
			return err
		}
		number, more := binary.NativeEndian.Uint64(header[:]), int64(binary.NativeEndian.Uint32(header[12:]))
		longest := pages - id
		if info.Type == "meta" {
			longest = 1
		}
		if number != uint64(id) || more >= longest || strings.HasPrefix(info.Type, "unknown") {
			return fmt.Errorf("root.bolt: page %d of %d says it is page %d, %s, with %d more", id, pages, number, info.Type, more)
		}
		id += 1 + more
	}
	return nil
}

// walkBucket reads every key and value below a bucket.
func walkBucket(b *bolt.Bucket, segments map[string]bool, depth int) error {
	if depth > 16 {
		return errors.New("root.bolt: buckets nested too deep")
	}
	return b.ForEach(func(k, v []byte) error {
		if v != nil {
			if value := string(v); strings.HasSuffix(value, ".zap") {
				segments[value] = true
			}
			return nil
		}
		child := b.Bucket(k)
		if child == nil {
			return errors.New("root.bolt: a bucket is gone")
		}
		return walkBucket(child, segments, depth+1)
	})
}
