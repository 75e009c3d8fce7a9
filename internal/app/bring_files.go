package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"leerkring/internal/extract"
	"leerkring/internal/kb"
)

// Brought is how files of a folder are brought in.
type Brought struct {
	// Owner is who adds them; kb.System() for the operator.
	Owner kb.Actor
	// Record is the material that gets all of them; empty makes a draft for each.
	Record kb.ID
	// As is the kind of those drafts; empty is a presentation for a deck and a
	// publication for all else.
	As kb.Kind
	// Themes are those of the drafts.
	Themes []string
}

// BroughtFile is what became of one file of a folder.
type BroughtFile struct {
	Path string
	// Skipped says why the file was passed by; File is then empty.
	Skipped kb.Text
	// File is what was made of it, or, with Known, the file that has its bytes already.
	File  kb.ID
	Known bool
	// Err is why it could not be added.
	Err error
}

// BringFiles adds the regular files of a folder, and of the folders in it, to materials,
// and calls told for each in the order of their names. A file whose bytes are there
// already is not added again, so a run that broke off is simply done again. It goes on
// after what is wrong with one file; its errors are those of the folder, the store and ctx.
func (a *App) BringFiles(ctx context.Context, dir string, b Brought, told func(BroughtFile)) error {
	last, err := a.Store.Last(ctx)
	if err != nil {
		return err
	}
	if err := a.Settle(ctx, last); err != nil {
		return err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return kb.Wrap(err, kb.NotFound, kb.Text{NL: "De map %s is niet te lezen.", EN: "The folder %s cannot be read."}, dir)
	}
	defer func() { _ = root.Close() }() // only read
	in := &bringing{App: a, Brought: b, root: root, seen: map[string]kb.ID{}, desk: kb.NewDesk(a.Store, a.Index, a.Own, a.config.Now, newID)}
	return fs.WalkDir(root.FS(), ".", func(name string, entry fs.DirEntry, err error) error {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		out := BroughtFile{Path: name}
		switch {
		case name == "." && err == nil:
			return nil
		case err != nil:
			out.Err = unreadable(err, name)
		case leftOut(entry) != kb.Text{}:
			out.Skipped = leftOut(entry)
		case entry.IsDir():
			return nil
		default:
			out.File, out.Known, out.Err = in.bring(ctx, name)
		}
		if stops(out.Err) {
			return out.Err
		}
		told(out)
		if entry != nil && entry.IsDir() {
			return fs.SkipDir
		}
		return nil
	})
}

// stops reports whether an error is of this machine, so that the next file would fail too.
func stops(err error) bool {
	switch kb.CodeOf(err) {
	case kb.DiskFull, kb.ReadOnly, kb.Unavailable, kb.Damaged:
		return true
	}
	return errors.Is(err, context.Canceled)
}

// leftOut says why an entry of a folder is passed by, empty when it is not.
func leftOut(entry fs.DirEntry) kb.Text {
	name := entry.Name()
	switch {
	case strings.HasPrefix(name, "~$"), strings.HasPrefix(name, ".~lock."):
		return kb.Text{NL: "hoort bij een document dat open stond", EN: "belongs to a document that was open"}
	case strings.HasPrefix(name, "."), slices.Contains([]string{"thumbs.db", "desktop.ini"}, strings.ToLower(name)):
		return kb.Text{NL: "verborgen", EN: "hidden"}
	case entry.Type()&fs.ModeSymlink != 0:
		return kb.Text{NL: "een verwijzing, die niet wordt gevolgd", EN: "a link, which is not followed"}
	case !entry.IsDir() && !entry.Type().IsRegular():
		return kb.Text{NL: "geen gewoon bestand", EN: "no regular file"}
	}
	return kb.Text{}
}

func unreadable(err error, name string) error {
	return kb.Wrap(err, kb.NotFound, kb.Text{
		NL: "%s is niet te lezen. Mag u het lezen?", EN: "%s cannot be read. May you read it?",
	}, name)
}

// bringing is a run under way.
type bringing struct {
	*App
	Brought
	root *os.Root
	desk *kb.Desk
	// seen are the bytes that this run met, which the index may not know yet.
	seen map[string]kb.ID
}

func (b *bringing) bring(ctx context.Context, name string) (file kb.ID, known bool, err error) {
	f, err := b.root.Open(name)
	if err != nil {
		return "", false, unreadable(err, name)
	}
	defer func() { _ = f.Close() }() // only read
	hash := sha256.New()
	size, err := io.Copy(hash, f)
	if err != nil {
		return "", false, unreadable(err, name)
	}
	if size == 0 { // before a draft is made for it
		return "", false, kb.Errorf(kb.Invalid, kb.Text{NL: "Het bestand is leeg.", EN: "The file is empty."})
	}
	if most := b.Files.Limits.File; size > most {
		const mb = 1_000_000
		return "", false, kb.Errorf(kb.TooLarge, kb.Text{
			NL: "Het bestand is te groot: %d MB, hoogstens %d MB. Verhoog --max-file, of maak het kleiner.",
			EN: "The file is too large: %d MB, at most %d MB. Raise --max-file, or make it smaller.",
		}, (size+mb-1)/mb, most/mb)
	}
	sum := hex.EncodeToString(hash.Sum(nil))
	if file, err = b.there(ctx, sum); err != nil || file != "" {
		return file, file != "", err
	}
	material, err := b.material(ctx, f, name, sum)
	if err != nil {
		return "", false, err
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return "", false, unreadable(err, name)
	}
	v, _, err := b.Files.Add(ctx, b.Owner, kb.UploadRequest{Record: material, Name: filepath.Base(name), Size: size}, f)
	if err != nil {
		return "", false, err
	}
	b.seen[sum] = v.File.ID
	return v.File.ID, false, nil
}

// there gives a file with these bytes: of the material that gets all files, or of any.
func (b *bringing) there(ctx context.Context, sum string) (kb.ID, error) {
	if id := b.seen[sum]; id != "" {
		return id, nil
	}
	states := []string{kb.StateBytes(sum)}
	if b.Record != "" {
		states = append(states, kb.StateAbout(b.Record))
	}
	found, err := b.Index.Search(ctx, kb.System(), kb.SearchRequest{
		Kinds: []kb.Kind{kb.KindFile}, Filter: kb.Filter{States: states}, Sort: kb.SortTitle, First: kb.MaxPage,
	})
	if err != nil {
		return "", err
	}
	for _, hit := range found.Hits {
		if f, ok := hit.Entity.(*kb.File); ok && f.SHA256 == sum && (b.Record == "" || f.Record == b.Record) {
			return f.ID, nil
		}
	}
	return "", nil
}

// material gives the material of a file: the one for all, or a draft. The draft of the
// same bytes is made once, also when a run broke off before it had its file.
func (b *bringing) material(ctx context.Context, f io.ReaderAt, name, sum string) (kb.ID, error) {
	if b.Record != "" {
		return b.Record, nil
	}
	kind := b.As
	if kind == "" {
		kind = kindOf(f, name)
	}
	fields := kb.Fields{"title": titleOf(name)}
	if len(b.Themes) > 0 {
		fields["themes"] = b.Themes
	}
	saved, err := b.desk.Create(ctx, b.Owner, kind, fields, "import-files "+string(kind)+" "+sum)
	if err != nil {
		return "", err
	}
	return saved.Entity.Base().ID, nil
}

// kindOf makes a presentation of a deck and a publication of all else.
func kindOf(f io.ReaderAt, name string) kb.Kind {
	media, err := extract.MediaType(f, name)
	deck := err == nil && (strings.Contains(media, "presentation") || strings.Contains(media, "powerpoint"))
	if deck || slices.Contains([]string{".pptx", ".pptm", ".ppsx", ".odp", ".ppt", ".pps"}, strings.ToLower(filepath.Ext(name))) {
		return kb.KindPresentation
	}
	return kb.KindPublication
}

// titleOf makes a title of the name of a file.
func titleOf(name string) string {
	base := filepath.Base(name)
	if stem := strings.TrimSuffix(base, filepath.Ext(base)); stem != "" {
		base = stem
	}
	return strings.Join(strings.Fields(strings.ReplaceAll(base, "_", " ")), " ")
}
