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
		known, err := examinePages(tx, name)
		if err != nil {
			return err
		}
		if err := tx.ForEach(func(_ []byte, b *bolt.Bucket) error { return walkBucket(b, known, segments, 0) }); err != nil {
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

// pages are the pages in use of a root.bolt: whether each holds keys, as leaves
// and branches of its trees do, and what branch each is below.
type pages struct {
	tree   map[uint64]bool
	parent map[uint64]uint64
}

// Sizes in a page (bbolt/internal/common/page.go): the header is its number, its
// flags, its count of elements and how many further pages it takes; a branch
// element ends with the number of the page below, a leaf element has flags, the
// distance to its key, and the sizes of key and value; the value of a bucket is
// the number of its first page, or 0 and a leaf after the bucket's header.
const (
	pageHeader    = 16
	branchElement = 16
	leafElement   = 16
	bucketHeader  = 16
	leafPage      = 2 // flag of a page
	bucketLeaf    = 1 // flag of a leaf element
)

// examinePages compares what pages say of themselves with where they lie, and
// sees to it that no branch leads back to itself: bolt panics on the one, where
// nobody can catch it, and goes round for ever in the other.
func examinePages(tx *bolt.Tx, name string) (*pages, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	out := &pages{tree: map[uint64]bool{}, parent: map[uint64]uint64{}}
	size := int64(tx.DB().Info().PageSize)
	count := tx.Size() / size
	for id := int64(0); id < count; {
		info, err := tx.Page(int(id))
		if err != nil {
			return nil, err
		}
		if info.Type == "free" {
			id++
			continue
		}
		longest := count - id
		if info.Type == "meta" {
			longest = 1
		}
		pages := int64(info.OverflowCount) + 1
		if pages > longest || strings.HasPrefix(info.Type, "unknown") {
			return nil, fmt.Errorf("root.bolt: page %d of %d is %s and takes %d pages", id, count, info.Type, pages)
		}
		if err := out.examine(io.NewSectionReader(f, id*size, pages*size), uint64(id), info.Type); err != nil {
			return nil, err
		}
		id += pages
	}
	return out, out.hangTogether()
}

// examine takes in one page and those that follow it.
func (p *pages) examine(r *io.SectionReader, id uint64, kind string) error {
	b, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	if number := binary.NativeEndian.Uint64(b); number != id {
		return fmt.Errorf("root.bolt: page %d says it is page %d", id, number)
	}
	p.tree[id] = kind == "leaf" || kind == "branch"
	if kind == "leaf" {
		return examineLeaf(b)
	}
	if kind != "branch" {
		return nil
	}
	end := pageHeader + branchElement*int(binary.NativeEndian.Uint16(b[10:]))
	if end == pageHeader || end > len(b) {
		return fmt.Errorf("root.bolt: branch page %d of %d bytes has %d of elements", id, len(b), end-pageHeader)
	}
	for i := pageHeader; i < end; i += branchElement {
		child := binary.NativeEndian.Uint64(b[i+8:])
		if _, ok := p.parent[child]; ok {
			return fmt.Errorf("root.bolt: page %d is below two branches", child)
		}
		p.parent[child] = id
	}
	return nil
}

// examineLeaf sees to it that keys and values lie within their leaf, and that the
// small buckets among them, which have no page of their own, are leaves too.
func examineLeaf(b []byte) error {
	count := int(binary.NativeEndian.Uint16(b[10:]))
	if pageHeader+leafElement*count > len(b) {
		return fmt.Errorf("root.bolt: a leaf of %d bytes has %d elements", len(b), count)
	}
	for i := range count {
		at := pageHeader + leafElement*i
		number := func(n int) int { return int(binary.NativeEndian.Uint32(b[at+4*n:])) }
		value := at + number(1) + number(2)
		end := value + number(3)
		if end > len(b) {
			return fmt.Errorf("root.bolt: a value ends at byte %d of a leaf of %d", end, len(b))
		}
		if number(0)&bucketLeaf == 0 {
			continue
		}
		bucket := b[value:end]
		if len(bucket) >= bucketHeader && binary.NativeEndian.Uint64(bucket) != 0 {
			continue
		}
		if len(bucket) < bucketHeader+pageHeader || binary.NativeEndian.Uint16(bucket[bucketHeader+8:]) != leafPage {
			return errors.New("root.bolt: a small bucket that is no leaf")
		}
		if err := examineLeaf(bucket[bucketHeader:]); err != nil {
			return err
		}
	}
	return nil
}

// hangTogether reports whether branches lead to pages of keys, and never round.
func (p *pages) hangTogether() error {
	for child, id := range p.parent {
		if !p.tree[child] {
			return fmt.Errorf("root.bolt: page %d leads to page %d, which holds no keys", id, child)
		}
		for steps := 0; ; steps++ {
			above, ok := p.parent[id]
			if !ok {
				break
			}
			if steps > len(p.parent) {
				return fmt.Errorf("root.bolt: page %d leads back to itself", id)
			}
			id = above
		}
	}
	return nil
}

// walkBucket reads every key and value below a bucket.
func walkBucket(b *bolt.Bucket, known *pages, segments map[string]bool, depth int) error {
	if root := uint64(b.Root()); root != 0 && !known.tree[root] { // 0: within its parent
		return fmt.Errorf("root.bolt: a bucket begins at page %d, which holds no keys", root)
	}
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
		return walkBucket(child, known, segments, depth+1)
	})
}
