package backup

import (
	"archive/tar"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"leerkring/internal/kb"
)

// Bounds of an archive that is read. It may be anybody's.
const (
	maxManifest = 256 << 20 // bytes
	maxMembers  = 5_000_000
)

// The names of members that are ours.
var (
	fileForm    = regexp.MustCompile(`^files/[0-9a-f]{64}$`)
	derivedForm = regexp.MustCompile(`^derived/[0-9a-f]{64}/[a-z0-9][a-z0-9.-]{0,99}$`)
)

// Check reads a whole archive and gives Damaged unless it is one, complete and with the
// bytes that its manifest says. It writes nothing.
func Check(ctx context.Context, file io.Reader) (Report, error) {
	var report Report
	c := &check{}
	err := each(ctx, file, func(h *tar.Header, r io.Reader) error {
		if h.Name != manifestName {
			return c.member(h, r)
		}
		var err error
		report, err = compare(c.found, h, r)
		return err
	})
	return report, err
}

// check is what was seen of an archive.
type check struct {
	found []member
	file  string // SHA-256 of the last file
}

// member looks at one member: the records come first, files in order of their names,
// and what was derived from a file after it.
func (c *check) member(h *tar.Header, r io.Reader) error {
	if len(c.found) == maxMembers {
		return damaged("more than %d members", maxMembers)
	}
	if (h.Name == recordsName) != (len(c.found) == 0) {
		return damaged("the records are not where they belong")
	}
	hash := sha256.New()
	if _, err := io.Copy(hash, r); err != nil {
		return damaged("%s: %w", h.Name, err)
	}
	sum := hex.EncodeToString(hash.Sum(nil))
	if own, ok := strings.CutPrefix(h.Name, filesDir); ok {
		if own != sum || own <= c.file {
			return damaged("%s has other bytes or comes twice", h.Name)
		}
		c.file = own
	}
	if strings.HasPrefix(h.Name, derivedDir) && !strings.HasPrefix(h.Name, derivedDir+c.file+"/") {
		return damaged("%s belongs to no file", h.Name)
	}
	c.found = append(c.found, member{h.Name, h.Size, sum})
	return nil
}

// compare holds what was found against the manifest.
func compare(found []member, h *tar.Header, r io.Reader) (Report, error) {
	if h.Size > maxManifest {
		return Report{}, damaged("the manifest has %d bytes", h.Size)
	}
	var m manifest
	if err := json.NewDecoder(r).Decode(&m); err != nil {
		return Report{}, damaged("the manifest: %w", err)
	}
	if m.Format > format {
		return Report{}, kb.Errorf(kb.Unavailable, kb.Text{
			NL: "Deze back-up is gemaakt met een nieuwere versie van Leerkring. Installeer die versie.",
			EN: "This backup was made by a newer version of Leerkring. Install that version.",
		})
	}
	if m.Format != format || !slices.Equal(found, m.Members) || len(found) == 0 {
		return Report{}, damaged("the members are not those of the manifest")
	}
	report := Report{Versions: m.Versions, Missing: m.Missing}
	for _, f := range found {
		if strings.HasPrefix(f.Name, filesDir) {
			report.Files++
			report.Bytes += f.Size
		}
	}
	return report, nil
}

// each visits the members of an archive, up to the manifest and with it. A file that
// ends before, a name that is not ours, or anything but a regular file is Damaged.
func each(ctx context.Context, file io.Reader, visit func(*tar.Header, io.Reader) error) error {
	in := tar.NewReader(file)
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		h, err := in.Next()
		if err != nil {
			return damaged("the archive breaks off or is none: %w", err)
		}
		if h.Typeflag != tar.TypeReg || h.Name != recordsName && h.Name != manifestName && !fileForm.MatchString(h.Name) && !derivedForm.MatchString(h.Name) {
			return damaged("a member that is not ours: %.100q", h.Name)
		}
		for key := range h.PAXRecords {
			if strings.HasPrefix(key, "GNU.sparse") {
				return damaged("a file with holes: %s", h.Name) // a short archive could hold exabytes
			}
		}
		if err := visit(h, in); err != nil || h.Name == manifestName {
			return err
		}
	}
}

// Target is what is restored into.
type Target struct {
	Store kb.Store
	Blobs kb.Blobs
}

// Restore makes a store equal to the one of an archive: it checks all of the archive,
// writes the bytes of files, and then the records. Only an empty store is taken, or one
// that holds the beginning of this very archive: a restore that was cut off can be repeated.
//
// Errors: Conflict when the store holds something else or all of it, or is written by
// another, Damaged for an archive that is not whole (nothing was written then), and those
// of store and blobs.
func Restore(ctx context.Context, file io.ReadSeeker, to Target) (Report, error) {
	last, err := to.Store.Last(ctx)
	if err != nil {
		return Report{}, err
	}
	report, err := Check(ctx, file)
	if err != nil {
		return report, err
	}
	if last > 0 {
		if err := again(ctx, file, only(recordsName, to.begun)); err != nil {
			return report, err
		}
	}
	if err := again(ctx, file, to.blob); err != nil {
		return report, err
	}
	return report, again(ctx, file, only(recordsName, func(ctx context.Context, r io.Reader) error {
		return to.records(ctx, r, last, report.Versions)
	}))
}

// only visits the member of one name.
func only(name string, visit func(context.Context, io.Reader) error) func(context.Context, *tar.Header, io.Reader) error {
	return func(ctx context.Context, h *tar.Header, r io.Reader) error {
		if h.Name != name {
			return nil
		}
		return visit(ctx, r)
	}
}

// again reads the archive once more.
func again(ctx context.Context, file io.ReadSeeker, visit func(context.Context, *tar.Header, io.Reader) error) error {
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	return each(ctx, file, func(h *tar.Header, r io.Reader) error { return visit(ctx, h, r) })
}

// blob stores the bytes of a member that holds any.
func (t Target) blob(ctx context.Context, h *tar.Header, r io.Reader) error {
	if sum, ok := strings.CutPrefix(h.Name, filesDir); ok {
		return t.file(ctx, sum, r)
	}
	if rest, ok := strings.CutPrefix(h.Name, derivedDir); ok {
		sum, name, _ := strings.Cut(rest, "/")
		return t.Blobs.PutDerived(ctx, sum, name, r)
	}
	return nil
}

func (t Target) file(ctx context.Context, sum string, r io.Reader) error {
	stage := kb.DeriveID("restore", sum)
	if err := t.Blobs.Discard(ctx, stage); err != nil { // of a restore that was cut off
		return err
	}
	if _, err := t.Blobs.Append(ctx, stage, 0, r); err != nil {
		return err
	}
	got, _, err := t.Blobs.Commit(ctx, stage)
	if err == nil && got != sum {
		return damaged("%s changed while it was read", sum)
	}
	return err
}

func damaged(format string, args ...any) error {
	return kb.Wrap(fmt.Errorf(format, args...), kb.Damaged, kb.Text{
		NL: "Deze back-up is beschadigd of niet volledig. Neem een andere.",
		EN: "This backup is damaged or not complete. Take another one.",
	})
}
