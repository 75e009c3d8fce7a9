// Package backup writes all of a Leerkring into one archive, and makes an equal one of it.
//
// The archive is a tar file: records.jsonl.gz (an export: every version of every record),
// files/<sha256> (the bytes of files), derived/<sha256>/<name> (what was read from them and
// their pictures, which would take hours to make again), and at the end manifest.json with
// the size and SHA-256 of each.
//
// The invariant that a newcomer must know: an archive counts only with its manifest, which
// is written last and read first. Restore holds every member against it before it writes
// anything, and writes the records last, so that a store never names bytes that are not
// there. Members are not compressed: bytes of files mostly are already.
package backup

import (
	"archive/tar"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"os"
	"slices"
	"strings"

	"leerkring/internal/exchange"
	"leerkring/internal/kb"
)

const (
	// format is the version of the archive; it stands in the manifest.
	format = 1

	recordsName  = "records.jsonl.gz"
	manifestName = "manifest.json"
	filesDir     = "files/"
	derivedDir   = "derived/"
)

// Source is what is backed up. Both may be written meanwhile.
type Source struct {
	Store kb.Store
	Blobs kb.Blobs
	// Scratch is a folder for the records until they are in the archive.
	Scratch string
}

// Report says what is in an archive.
type Report struct {
	Versions int // of records
	Files    int // different contents
	Bytes    int64
	// Missing are the SHA-256 of files that records name and that were not there.
	Missing []string
}

// manifest is the last member.
type manifest struct {
	Format   int      `json:"format"`
	Versions int      `json:"versions"`
	Members  []member `json:"members"`
	Missing  []string `json:"missing,omitempty"`
}

type member struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// Write writes an archive of what is there at the time of the call. Bytes are never
// changed, and those that records name now are not taken away within a day, so a server
// may go on meanwhile.
//
// Errors: those of the store, the blobs and the writer; Damaged for a store that misses
// writes. Blobs that are not there are no error: the report names them.
func Write(ctx context.Context, from Source, w io.Writer) (Report, error) {
	a := &archive{tar: tar.NewWriter(w), from: from}
	named, err := a.records(ctx)
	if err != nil {
		return a.report, err
	}
	for _, sum := range slices.Sorted(maps.Keys(named)) {
		if err := a.file(ctx, sum, named[sum]); err != nil {
			return a.report, err
		}
	}
	if err := a.end(); err != nil {
		return a.report, err
	}
	return a.report, nil
}

// archive is one that is being written.
type archive struct {
	tar     *tar.Writer
	from    Source
	members []member
	report  Report
}

// records writes the export, and gives the bytes that the records in it name, with how
// many pictures of pages each may have.
func (a *archive) records(ctx context.Context) (named map[string]int, err error) {
	scratch, err := os.CreateTemp(a.from.Scratch, ".leerkring-backup-*")
	if err != nil {
		return nil, err
	}
	defer func() {
		err = errors.Join(err, scratch.Close(), os.Remove(scratch.Name()))
	}()
	tap := &tap{Store: a.from.Store, files: map[kb.ID]string{}, pages: map[string]int{}}
	gz := gzip.NewWriter(scratch)
	if a.report.Versions, err = exchange.Export(ctx, tap, gz); err != nil {
		return nil, err
	}
	if err := gz.Close(); err != nil {
		return nil, err
	}
	size, err := scratch.Seek(0, io.SeekCurrent)
	if err != nil {
		return nil, err
	}
	return tap.named(), a.add(ctx, recordsName, size, io.NewSectionReader(scratch, 0, size))
}

// tap sees the records that an export reads, so that it names the same bytes.
type tap struct {
	kb.Store
	last  kb.Seq
	files map[kb.ID]string // SHA-256 by file, of those that are there
	pages map[string]int   // pages by SHA-256
}

// Last gives the number that the export ends at.
func (t *tap) Last(ctx context.Context) (kb.Seq, error) {
	var err error
	t.last, err = t.Store.Last(ctx)
	return t.last, err
}

// Log reads the feed and sees what is in it.
func (t *tap) Log(ctx context.Context, after kb.Seq, limit int) (kb.Changes, error) {
	step, err := t.Store.Log(ctx, after, limit)
	for _, r := range step.Records {
		if r.Seq <= t.last {
			t.see(r)
		}
	}
	return step, err
}

// see notes what a version names. One that cannot be read is for verify to tell.
func (t *tap) see(r kb.Record) {
	if r.Deleted {
		delete(t.files, r.ID)
		return
	}
	if r.Kind != kb.KindFile && r.Kind != kb.KindExtraction {
		return
	}
	live, _, err := kb.DecodeRecord(r)
	if err != nil {
		return
	}
	switch e := live.(type) {
	case *kb.File:
		t.files[r.ID] = e.SHA256
	case *kb.Extraction:
		t.pages[e.SHA256] = min(e.Pages, kb.MaxReadPages)
	}
}

// named gives the bytes that files have now, with how many pages they have.
func (t *tap) named() map[string]int {
	out := map[string]int{}
	for _, sum := range t.files {
		out[sum] = t.pages[sum]
	}
	return out
}

// file writes the bytes of a file and what was derived from them.
func (a *archive) file(ctx context.Context, sum string, pages int) error {
	b, err := a.from.Blobs.Open(ctx, sum)
	if kb.CodeOf(err) == kb.NotFound {
		a.report.Missing = append(a.report.Missing, sum)
		return nil
	}
	if err != nil {
		return err
	}
	if err := a.blob(ctx, filesDir+sum, b); err != nil {
		return err
	}
	a.report.Files++
	a.report.Bytes += b.Size()
	for _, name := range derivedNames(pages) {
		b, err := a.from.Blobs.OpenDerived(ctx, sum, name)
		if kb.CodeOf(err) == kb.NotFound {
			continue
		}
		if err != nil {
			return err
		}
		if err := a.blob(ctx, derivedDir+sum+"/"+name, b); err != nil {
			return err
		}
	}
	return nil
}

// derivedNames are the things that a file of some pages may have beside it.
func derivedNames(pages int) []string {
	names := []string{kb.ReadingName, kb.ThumbnailName}
	for page := range pages {
		names = append(names, kb.PictureName(page+1))
	}
	return names
}

func (a *archive) blob(ctx context.Context, name string, b kb.Blob) error {
	return errors.Join(a.add(ctx, name, b.Size(), io.NewSectionReader(b, 0, b.Size())), b.Close())
}

// add writes one member. What calls itself by its SHA-256 must have it.
func (a *archive) add(ctx context.Context, name string, size int64, r io.Reader) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := a.tar.WriteHeader(header(name, size)); err != nil {
		return err
	}
	hash := sha256.New()
	if _, err := io.Copy(io.MultiWriter(a.tar, hash), r); err != nil {
		return err
	}
	sum := hex.EncodeToString(hash.Sum(nil))
	if own, ok := strings.CutPrefix(name, filesDir); ok && own != sum {
		return kb.Errorf(kb.Damaged, kb.Text{
			NL: "De bytes van bestand %s zijn beschadigd. Draai eerst: leerkring verify",
			EN: "The bytes of file %s are damaged. First run: leerkring verify",
		}, own)
	}
	a.members = append(a.members, member{name, size, sum})
	return nil
}

func header(name string, size int64) *tar.Header {
	return &tar.Header{Typeflag: tar.TypeReg, Name: name, Size: size, Mode: 0o600}
}

// end writes the manifest.
func (a *archive) end() error {
	text, err := json.Marshal(manifest{Format: format, Versions: a.report.Versions, Members: a.members, Missing: a.report.Missing})
	if err != nil {
		return err
	}
	if err := a.tar.WriteHeader(header(manifestName, int64(len(text)))); err != nil {
		return err
	}
	if _, err := a.tar.Write(text); err != nil {
		return err
	}
	return a.tar.Close()
}
