package backup_test

import (
	"archive/tar"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"leerkring/internal/backup"
	"leerkring/internal/blob"
	"leerkring/internal/blob/gridfs"
	"leerkring/internal/exchange"
	"leerkring/internal/kb"
	"leerkring/internal/store/mongo"
	"leerkring/internal/store/mongo/mongotest"
	"leerkring/internal/store/sqlite"
)

func now() time.Time { return time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC) }

func sum(data string) string {
	s := sha256.Sum256([]byte(data))
	return hex.EncodeToString(s[:])
}

// place is a store with its blobs.
type place struct {
	store kb.Store
	blobs kb.Blobs
}

func embedded(t testing.TB, dir string) place {
	t.Helper()
	store, err := sqlite.Open(t.Context(), dir, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	blobs, err := blob.Open(filepath.Join(dir, "files"), now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = blobs.Close() })
	return place{store, blobs}
}

func inMongo(t *testing.T) place {
	t.Helper()
	uri := mongotest.URI(t)
	store, err := mongo.Open(t.Context(), uri, mongo.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	blobs, err := gridfs.Open(t.Context(), uri, gridfs.Options{Now: now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = blobs.Close() })
	return place{store, blobs}
}

// put writes a new version of an entity, or deletes it.
func (p place) put(t testing.TB, e kb.Entity, deleted bool) {
	t.Helper()
	found, err := p.store.Get(t.Context(), []kb.ID{e.Base().ID})
	if err != nil {
		t.Fatal(err)
	}
	r := kb.Record{ID: e.Base().ID, Kind: e.Kind(), Deleted: true, At: now()}
	if !deleted {
		if r, err = kb.NewRecord(e, nil); err != nil {
			t.Fatal(err)
		}
	}
	r.Version = found[r.ID].Version + 1
	results, err := p.store.Put(t.Context(), []kb.Record{r})
	if err != nil || results[0].Err != nil {
		t.Fatal(err, results)
	}
}

// upload stores the bytes of a file with what was derived from them, and its records.
func (p place) upload(t testing.TB, name, data string) *kb.File {
	t.Helper()
	stage := kb.DeriveID("stage", name)
	if _, err := p.blobs.Append(t.Context(), stage, 0, strings.NewReader(data)); err != nil {
		t.Fatal(err)
	}
	if _, _, err := p.blobs.Commit(t.Context(), stage); err != nil {
		t.Fatal(err)
	}
	for _, thing := range things() {
		if err := p.blobs.PutDerived(t.Context(), sum(data), thing, strings.NewReader(thing+data)); err != nil {
			t.Fatal(err)
		}
	}
	head := func(kind string) kb.Head {
		return kb.Head{ID: kb.DeriveID(kind, name), Slug: string(kb.DeriveID(kind, name)), Status: kb.StatusPublished, Visibility: kb.VisibilityPublic, Version: 1, CreatedAt: now(), UpdatedAt: now()}
	}
	f := &kb.File{Head: head("file"), Record: kb.DeriveID("case", "x"), Name: name, MediaType: "text/plain", Size: int64(len(data)), SHA256: sum(data)}
	p.put(t, f, false)
	x := &kb.Extraction{Head: head("x"), SHA256: f.SHA256, Name: name, State: kb.ExtractionRead, Pages: 2}
	x.ID = kb.ExtractionID(f.SHA256)
	if found, err := p.store.Get(t.Context(), []kb.ID{x.ID}); err != nil || len(found) == 0 {
		p.put(t, x, false)
	}
	return f
}

func things() []string {
	return []string{kb.ReadingName, kb.ThumbnailName, kb.PictureName(1), kb.PictureName(2)}
}

// fill makes a place in which files came, came twice, changed and went.
func fill(t testing.TB, p place) {
	t.Helper()
	if err := kb.Seed(t.Context(), p.store); err != nil {
		t.Fatal(err)
	}
	p.upload(t, "a.txt", "first")
	p.upload(t, "b.txt", strings.Repeat("second ", 100_000))
	p.upload(t, "again.txt", "first")
	p.upload(t, "empty.txt", "")
	gone := p.upload(t, "gone.txt", "gone")
	p.put(t, gone, true)
	if err := p.blobs.Delete(t.Context(), gone.SHA256); err != nil {
		t.Fatal(err)
	}
	if _, err := p.blobs.Append(t.Context(), kb.DeriveID("stage", "half"), 0, strings.NewReader("half")); err != nil {
		t.Fatal(err)
	}
}

func (p place) backup(t testing.TB) ([]byte, backup.Report) {
	t.Helper()
	var out bytes.Buffer
	report, err := backup.Write(t.Context(), backup.Source{Store: p.store, Blobs: p.blobs, Scratch: t.TempDir()}, &out)
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes(), report
}

func (p place) restore(t testing.TB, archive []byte) (backup.Report, error) {
	t.Helper()
	return backup.Restore(t.Context(), bytes.NewReader(archive), backup.Target{Store: p.store, Blobs: p.blobs})
}

func (p place) export(t testing.TB) string {
	t.Helper()
	var out bytes.Buffer
	if _, err := exchange.Export(t.Context(), p.store, &out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func (p place) empty(t testing.TB) {
	t.Helper()
	if last, err := p.store.Last(t.Context()); err != nil || last != 0 {
		t.Errorf("the store has %d writes, %v", last, err)
	}
	err := p.blobs.Walk(t.Context(), func(s kb.Stored) error { t.Errorf("there is %v", s); return nil })
	if err != nil {
		t.Error(err)
	}
}

// same compares two places: the records by their export, the archives by their bytes.
func same(t *testing.T, a, b place) {
	t.Helper()
	if a.export(t) != b.export(t) {
		t.Error("the records differ")
	}
	one, _ := a.backup(t)
	two, _ := b.backup(t)
	if !bytes.Equal(one, two) {
		t.Error("the archives differ")
	}
	for _, data := range []string{"first", ""} {
		if err := b.blobs.Check(t.Context(), sum(data)); err != nil {
			t.Errorf("%q: %v", data, err)
		}
		for _, thing := range things() {
			derived, err := b.blobs.OpenDerived(t.Context(), sum(data), thing)
			if err != nil {
				t.Fatal(err)
			}
			got, err := io.ReadAll(io.NewSectionReader(derived, 0, derived.Size()))
			if err != nil || string(got) != thing+data {
				t.Errorf("%s: %q, %v", thing, got, err)
			}
			_ = derived.Close()
		}
	}
}

// TestThereAndBack: embedded, to MongoDB, and back.
func TestThereAndBack(t *testing.T) {
	first := embedded(t, t.TempDir())
	fill(t, first)
	archive, report := first.backup(t)
	if report.Files != 3 || len(report.Missing) != 0 || report.Bytes != 5+700_000 || report.Versions == 0 {
		t.Errorf("%+v", report)
	}
	second := embedded(t, t.TempDir())
	if got, err := second.restore(t, archive); err != nil || got.Files != 3 || got.Versions != report.Versions {
		t.Fatalf("%+v, %v", got, err)
	}
	same(t, first, second)
	if _, err := second.restore(t, archive); kb.CodeOf(err) != kb.Conflict {
		t.Errorf("restoring into what is not empty: %v", err)
	}
	third, fourth := inMongo(t), embedded(t, t.TempDir())
	if _, err := third.restore(t, archive); err != nil {
		t.Fatal(err)
	}
	same(t, first, third)
	archive, _ = third.backup(t)
	if _, err := fourth.restore(t, archive); err != nil {
		t.Fatal(err)
	}
	same(t, first, fourth)
}

// TestWhatNoRuleTakesToday: versions that are over the limits of an import, of a kind that
// is no more, or would be refused today come back as they were, with event and author.
func TestWhatNoRuleTakesToday(t *testing.T) {
	first := embedded(t, t.TempDir())
	fill(t, first)
	by := kb.DeriveID("account", "1")
	id := kb.DeriveID("old", "1")
	large := []byte(`{"title":"","body":"` + strings.Repeat("x", 9<<20) + `"}`)
	results, err := first.store.Put(t.Context(), []kb.Record{
		{ID: id, Kind: "former", Version: 1, At: now(), By: by, Event: kb.Event{Type: "FORMER", Note: "as it was"}, Keys: []string{"slug:former/x"}, Live: large},
		{ID: id, Kind: "former", Version: 2, At: now(), By: by, Event: kb.Event{Type: kb.EventDeleted}, Deleted: true},
		{ID: kb.DeriveID("old", "2"), Kind: "former", Version: 1, At: now(), Keys: []string{"slug:former/x"}, Live: []byte(`{}`)},
		{ID: kb.DeriveID("a", "1"), Kind: kb.KindAccount, Version: 1, At: now(), Keys: []string{"email:x"}, Live: []byte(`{"email":"no address"}`)},
		{ID: kb.DeriveID("s", "1"), Kind: kb.KindSession, Version: 1, At: now(), Live: []byte(`{}`)},
		{ID: kb.DeriveID("c", "1"), Kind: kb.KindCase, Version: 1, At: now(), Live: []byte(`{"title":""}`), Copy: []byte(`{"title":"x"}`)},
	})
	for i, r := range results {
		if err != nil || r.Err != nil {
			t.Fatal(i, err, r.Err)
		}
	}
	archive, _ := first.backup(t)
	second := inMongo(t)
	if _, err := second.restore(t, archive); err != nil {
		t.Fatal(err)
	}
	back, _ := second.backup(t)
	third := embedded(t, t.TempDir())
	if _, err := third.restore(t, back); err != nil {
		t.Fatal(err)
	}
	if want := first.export(t); second.export(t) != want || third.export(t) != want {
		t.Error("the records differ")
	}
	got, err := third.store.Revisions(t.Context(), id, 0, 2)
	if err != nil || len(got) != 2 || got[1].By != by || got[1].Event.Note != "as it was" || !bytes.Equal(got[1].Live, large) || !got[0].Deleted {
		t.Errorf("%d versions, %v", len(got), err)
	}
	if first.store.Identity() == third.store.Identity() {
		t.Error("an index of the original would be taken for one of the copy, which goes on by itself")
	}
}

// TestGoesOn: a restore that was cut off among the records is repeated, and one into the
// beginning of something else is not.
func TestGoesOn(t *testing.T) {
	first := embedded(t, t.TempDir())
	fill(t, first)
	archive, report := first.backup(t)
	step, err := first.store.Log(t.Context(), 0, 40)
	if err != nil || len(step.Records) != 40 || report.Versions < 50 {
		t.Fatal(len(step.Records), report.Versions, err)
	}
	second, other := embedded(t, t.TempDir()), embedded(t, t.TempDir())
	for _, p := range []place{second, other} {
		if _, err := p.store.Put(t.Context(), step.Records); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := second.restore(t, archive); err != nil || got.Versions != report.Versions {
		t.Fatalf("%+v, %v", got, err)
	}
	same(t, first, second)
	other.upload(t, "mine.txt", "mine")
	before := other.export(t)
	if _, err := other.restore(t, archive); kb.CodeOf(err) != kb.Conflict {
		t.Errorf("into what went on by itself: %v", err)
	}
	if other.export(t) != before {
		t.Error("it was written to all the same")
	}
}

// TestAnotherWrites: who writes to a store that is being restored is noticed.
func TestAnotherWrites(t *testing.T) {
	first, second := embedded(t, t.TempDir()), embedded(t, t.TempDir())
	fill(t, first)
	archive, _ := first.backup(t)
	meddled := place{meddling{second.store, func() { second.upload(t, "mine.txt", "mine") }}, second.blobs}
	if _, err := meddled.restore(t, archive); kb.CodeOf(err) != kb.Conflict {
		t.Errorf("got %v", err)
	}
}

// meddling writes before each batch.
type meddling struct {
	kb.Store
	write func()
}

func (m meddling) Put(ctx context.Context, records []kb.Record) ([]kb.Result, error) {
	m.write()
	return m.Store.Put(ctx, records)
}

// TestMissingBytes: a file whose bytes are gone is told, and the rest is backed up.
func TestMissingBytes(t *testing.T) {
	p := embedded(t, t.TempDir())
	fill(t, p)
	if err := p.blobs.Delete(t.Context(), sum("first")); err != nil {
		t.Fatal(err)
	}
	archive, report := p.backup(t)
	if !slices.Equal(report.Missing, []string{sum("first")}) || report.Files != 2 {
		t.Errorf("%+v", report)
	}
	got, err := embedded(t, t.TempDir()).restore(t, archive)
	if err != nil || !slices.Equal(got.Missing, report.Missing) {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestDamagedBytesAreNotBackedUp(t *testing.T) {
	dir := t.TempDir()
	p := embedded(t, dir)
	p.upload(t, "a.txt", "first")
	if err := os.WriteFile(filepath.Join(dir, "files", sum("first")[:2], sum("first")), []byte("fIrst"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := backup.Write(t.Context(), backup.Source{Store: p.store, Blobs: p.blobs, Scratch: t.TempDir()}, io.Discard)
	if kb.CodeOf(err) != kb.Damaged {
		t.Errorf("got %v", err)
	}
}

// TestWhileTheServerWrites: records that come while the archive is written are not in it,
// and what is in it holds together. The store is read as by another process.
func TestWhileTheServerWrites(t *testing.T) {
	dir := t.TempDir()
	p := embedded(t, dir)
	fill(t, p)
	reading, err := sqlite.OpenReading(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer reading.Close()
	want := p.export(t)
	n := 0
	busy := writing{reading, func() {
		n++
		p.upload(t, "late"+strings.Repeat("x", n), "late"+strings.Repeat("x", n))
	}}
	var out bytes.Buffer
	report, err := backup.Write(t.Context(), backup.Source{Store: busy, Blobs: p.blobs, Scratch: t.TempDir()}, &out)
	if err != nil || n == 0 || report.Files != 3 {
		t.Fatalf("%+v, %v, %d late", report, err, n)
	}
	second := embedded(t, t.TempDir())
	if _, err := second.restore(t, out.Bytes()); err != nil {
		t.Fatal(err)
	}
	if second.export(t) != want {
		t.Error("the records are not those of the moment of the backup")
	}
}

// writing writes before each step of the log is read.
type writing struct {
	*sqlite.Store
	write func()
}

func (w writing) Log(ctx context.Context, after kb.Seq, limit int) (kb.Changes, error) {
	w.write()
	return w.Store.Log(ctx, after, limit)
}

// TestRestoredAgain: a restore that was cut off after the bytes is done again.
func TestRestoredAgain(t *testing.T) {
	first := embedded(t, t.TempDir())
	fill(t, first)
	archive, _ := first.backup(t)
	second := embedded(t, t.TempDir())
	if _, err := second.blobs.Append(t.Context(), kb.DeriveID("restore", sum("first")), 0, strings.NewReader("fir")); err != nil {
		t.Fatal(err)
	}
	stage := kb.DeriveID("s", "empty")
	if _, err := second.blobs.Append(t.Context(), stage, 0, strings.NewReader("")); err != nil {
		t.Fatal(err)
	}
	if _, _, err := second.blobs.Commit(t.Context(), stage); err != nil {
		t.Fatal(err)
	}
	if _, err := second.restore(t, archive); err != nil {
		t.Fatal(err)
	}
	same(t, first, second)
}

// TestTruncated: an archive that lacks its end anywhere is refused before anything is
// written.
func TestTruncated(t *testing.T) {
	first := embedded(t, t.TempDir())
	fill(t, first)
	archive, _ := first.backup(t)
	to := embedded(t, t.TempDir())
	end := len(archive) - 1024 // what tar ends with
	for _, n := range []int{0, 1, 511, 512, 5_000, len(archive) / 2, end - 4096, end - 513, end - 512} {
		if _, err := to.restore(t, archive[:n]); kb.CodeOf(err) != kb.Damaged {
			t.Errorf("%d of %d bytes: %v", n, len(archive), err)
		}
	}
	for at := 512; at < end; at += end / 40 {
		bad := slices.Clone(archive)
		bad[at] ^= 0x20
		if _, err := to.restore(t, bad); err != nil && kb.CodeOf(err) != kb.Damaged {
			t.Errorf("a changed byte at %d: %v", at, err)
		} else if err == nil {
			t.Fatalf("a changed byte at %d is not noticed", at)
		}
	}
	to.empty(t)
}

// entry is a member of an archive that is made by hand.
type entry struct {
	header tar.Header
	text   string
}

func archiveOf(t testing.TB, entries ...entry) []byte {
	t.Helper()
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	for _, e := range entries {
		e.header.Size = int64(len(e.text))
		if err := w.WriteHeader(&e.header); err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, e.text); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestHostile(t *testing.T) {
	to := embedded(t, t.TempDir())
	file := func(name, text string) entry { return entry{tar.Header{Typeflag: tar.TypeReg, Name: name}, text} }
	for name, archive := range map[string][]byte{
		"nothing":                    archiveOf(t),
		"text":                       []byte(strings.Repeat("x", 4096)),
		"a path upwards":             archiveOf(t, file("../../etc/passwd", "x")),
		"a path from the root":       archiveOf(t, file("/etc/passwd", "x")),
		"a path in a name":           archiveOf(t, file("records.jsonl.gz", "x"), file("files/"+sum("x"), "x"), file("derived/"+sum("x")+"/../x", "x")),
		"a link":                     archiveOf(t, entry{tar.Header{Typeflag: tar.TypeSymlink, Name: "files/" + sum("x"), Linkname: "/etc/passwd"}, ""}),
		"a folder":                   archiveOf(t, entry{tar.Header{Typeflag: tar.TypeDir, Name: "files/"}, ""}),
		"only a manifest":            archiveOf(t, file("manifest.json", `{"format":1}`)),
		"a manifest that is none":    archiveOf(t, file("records.jsonl.gz", "x"), file("manifest.json", `[`)),
		"a manifest of others":       archiveOf(t, file("records.jsonl.gz", "x"), file("manifest.json", `{"format":1,"members":[{"name":"records.jsonl.gz","size":1,"sha256":"`+sum("y")+`"}]}`)),
		"bytes of another name":      archiveOf(t, file("records.jsonl.gz", "x"), file("files/"+sum("x"), "y")),
		"a file twice":               archiveOf(t, file("records.jsonl.gz", "x"), file("files/"+sum("x"), "x"), file("files/"+sum("x"), "x")),
		"derived from nothing":       archiveOf(t, file("records.jsonl.gz", "x"), file("derived/"+sum("x")+"/a", "x")),
		"records twice":              archiveOf(t, file("records.jsonl.gz", "x"), file("records.jsonl.gz", "x")),
		"records that are none":      archiveOf(t, file("records.jsonl.gz", "x"), file("manifest.json", `{"format":1,"members":[{"name":"records.jsonl.gz","size":1,"sha256":"`+sum("x")+`"}]}`)),
		"records of somebody else":   archiveOf(t, file("records.jsonl.gz", `{"title":"x"}`), file("manifest.json", `{"format":1,"members":[{"name":"records.jsonl.gz","size":13,"sha256":"`+sum(`{"title":"x"}`)+`"}]}`)),
		"fewer records than it says": archiveOf(t, file("records.jsonl.gz", "{\"leerkring\":1}\n{\"end\":true,\"records\":0}\n"), file("manifest.json", `{"format":1,"versions":3,"members":[{"name":"records.jsonl.gz","size":41,"sha256":"`+sum("{\"leerkring\":1}\n{\"end\":true,\"records\":0}\n")+`"}]}`)),
	} {
		if _, err := to.restore(t, archive); kb.CodeOf(err) != kb.Damaged {
			t.Errorf("%s: %v", name, err)
		}
	}
	newer := archiveOf(t, file("records.jsonl.gz", "x"), file("manifest.json", `{"format":2}`))
	if _, err := to.restore(t, newer); kb.CodeOf(err) != kb.Unavailable {
		t.Errorf("of a newer version: %v", err)
	}
	to.empty(t)
}

// FuzzCheck: no archive makes Check crash, or pass without its manifest.
func FuzzCheck(f *testing.F) {
	p := embedded(f, f.TempDir())
	p.upload(f, "a.txt", "first")
	archive, _ := p.backup(f)
	f.Add(archive)
	f.Add(archive[:len(archive)/2])
	f.Fuzz(func(t *testing.T, data []byte) {
		if _, err := backup.Check(t.Context(), bytes.NewReader(data)); err == nil && !bytes.Contains(data, []byte("manifest.json")) {
			t.Error("an archive without a manifest passes")
		}
	})
}
