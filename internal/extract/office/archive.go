package office

import (
	"archive/zip"
	"cmp"
	"errors"
	"io"
	"path"
	"slices"
	"strings"

	"leerkring/internal/extract/format"
	"leerkring/internal/kb"
)

const (
	// directoryBytes bounds what is read to open an archive: ten thousand entries with
	// long names take less. The number of entries that an archive claims is no bound.
	directoryBytes = 8 << 20
	// ratioFloor is how much a part may unpack to before its ratio counts: a small part
	// does no harm, and a small sheet of equal rows packs very well.
	ratioFloor = 1 << 20
	// flagEncrypted marks an entry of a ZIP archive with a password.
	flagEncrypted = 1
)

// archive gives the parts of a document within the limits.
type archive struct {
	limits format.Limits
	parts  map[string]*zip.File  // by partKey
	names  []string              // as they are written, in the order of the directory
	known  map[string][]relation // that were read, by the name of their part
	unread int64                 // bytes that may still be unpacked
	tokens int                   // that may still be read
}

// openArchive reads the directory of an archive. Errors: BROKEN, ENCRYPTED, TOO_LARGE.
func openArchive(in format.Input) (*archive, error) {
	source := &directoryReader{ReaderAt: in.ReaderAt, left: directoryBytes}
	z, err := zip.NewReader(source, in.Size)
	switch {
	case source.left < 0:
		return nil, format.Problemf(kb.ExtractionTooLarge, "the directory of the archive is over %d bytes", directoryBytes)
	case err != nil:
		return nil, format.Problemf(kb.ExtractionBroken, "not a ZIP archive: %v", err)
	case len(z.File) > in.Limits.Entries:
		return nil, format.Problemf(kb.ExtractionTooLarge, "%d entries in the archive", len(z.File))
	case overlap(z.File):
		return nil, format.Problemf(kb.ExtractionBroken, "entries of the archive overlap")
	}
	source.opened = true
	a := &archive{limits: in.Limits, parts: map[string]*zip.File{}, known: map[string][]relation{}, unread: in.Limits.Total, tokens: in.Limits.Tokens}
	for _, f := range z.File {
		if f.Flags&flagEncrypted != 0 {
			return nil, format.Problemf(kb.ExtractionEncrypted, "entry %q has a password", f.Name)
		}
		if key := partKey(f.Name); a.parts[key] == nil && !strings.HasSuffix(f.Name, "/") {
			a.parts[key] = f
			a.names = append(a.names, strings.TrimPrefix(path.Clean("/"+slashed(f.Name)), "/"))
		}
	}
	return a, nil
}

// directoryReader counts what is read until the archive is open.
type directoryReader struct {
	io.ReaderAt
	left   int
	opened bool
}

func (r *directoryReader) ReadAt(b []byte, at int64) (int, error) {
	if !r.opened {
		if r.left -= len(b); r.left < 0 {
			return 0, errors.New("the directory is too large")
		}
	}
	return r.ReaderAt.ReadAt(b, at)
}

// overlap reports whether two entries share bytes, which only a bomb does.
func overlap(files []*zip.File) bool {
	type span struct{ from, to int64 }
	var spans []span
	for _, f := range files {
		from, err := f.DataOffset()
		if err == nil && f.CompressedSize64 > 0 {
			spans = append(spans, span{from, from + int64(min(f.CompressedSize64, 1<<62))})
		}
	}
	slices.SortFunc(spans, func(a, b span) int { return cmp.Compare(a.from, b.from) })
	for i := 1; i < len(spans); i++ {
		if spans[i].from < spans[i-1].to {
			return true
		}
	}
	return false
}

// partKey is by what a part is found: names of parts differ in no case, and some
// writers put the separators of Windows in them.
func partKey(name string) string {
	return strings.ToLower(strings.TrimPrefix(path.Clean("/"+slashed(name)), "/"))
}

func slashed(name string) string { return strings.ReplaceAll(name, `\`, "/") }

func (a *archive) has(name string) bool { return a.parts[partKey(name)] != nil }

// open opens a part. Errors: BROKEN when it is not there.
func (a *archive) open(name string) (io.ReadCloser, error) {
	f := a.parts[partKey(name)]
	if f == nil {
		return nil, format.Problemf(kb.ExtractionBroken, "no part %q", name)
	}
	r, err := f.Open()
	if err != nil {
		return nil, format.Problemf(kb.ExtractionBroken, "part %q: %v", name, err)
	}
	return &part{ReadCloser: r, archive: a, name: name, packed: int64(min(f.CompressedSize64, 1<<40))}, nil
}

// part reads one part within the limits.
type part struct {
	io.ReadCloser
	archive *archive
	name    string
	packed  int64 // bytes
	read    int64 // bytes, unpacked
}

func (p *part) Read(b []byte) (int, error) {
	n, err := p.ReadCloser.Read(b)
	p.read += int64(n)
	p.archive.unread -= int64(n)
	switch limits := p.archive.limits; {
	case p.read > limits.Part:
		return 0, format.Problemf(kb.ExtractionTooLarge, "part %q is over %d bytes", p.name, limits.Part)
	case p.archive.unread < 0:
		return 0, format.Problemf(kb.ExtractionTooLarge, "all parts are over %d bytes", limits.Total)
	case p.read > ratioFloor && p.read/int64(limits.Ratio) > p.packed:
		return 0, format.Problemf(kb.ExtractionTooLarge, "part %q unpacks to over %d times its size", p.name, limits.Ratio)
	}
	return n, err
}

// all reads a small part whole, of at most so many bytes.
func (a *archive) all(name string, most int64) ([]byte, error) {
	r, err := a.open(name)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	b, err := io.ReadAll(io.LimitReader(r, most+1))
	switch problem, ok := errors.AsType[*format.Problem](err); {
	case ok:
		return nil, problem
	case err != nil:
		return nil, format.Problemf(kb.ExtractionBroken, "part %q: %v", name, err)
	case int64(len(b)) > most:
		return nil, format.Problemf(kb.ExtractionTooLarge, "part %q is over %d bytes", name, most)
	}
	return b, nil
}
