package app_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/app"
	"leerkring/internal/kb"
)

// folder makes a folder with files.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// broughtIn brings a folder in and gives what became of each file, by its path.
func broughtIn(t *testing.T, a *app.App, dir string, b app.Brought) (map[string]string, map[string]kb.ID) {
	t.Helper()
	said, ids := map[string]string{}, map[string]kb.ID{}
	err := a.BringFiles(t.Context(), dir, b, func(f app.BroughtFile) {
		word := "added"
		switch {
		case f.Err != nil:
			word = string(kb.CodeOf(f.Err))
		case f.File == "":
			word = f.Skipped.EN
		case f.Known:
			word = "known"
		}
		said[f.Path], ids[f.Path] = word, f.File
	})
	if err != nil {
		t.Fatal(err)
	}
	return said, ids
}

func TestAFolderOfFilesComesInOnce(t *testing.T) {
	c := config(t, t.TempDir())
	c.Files.File = 40
	a := open(t, c)
	dir := folder(t, map[string]string{
		"Plan_van aanpak.txt": "Wonen boven winkels.", "dia's/dek.odp": "geen echt dek", "dia's/zelfde.txt": "Wonen boven winkels.",
		".git/config": "x", ".verborgen": "x", "~$slot.docx": "x", ".~lock.dek.odp#": "x", "Thumbs.db": "x", "leeg.txt": "",
		"groot.txt": "Dit bestand heeft meer dan veertig tekens, en dat mag hier niet.",
	})
	if err := os.Symlink("/etc/passwd", filepath.Join(dir, "link.txt")); err != nil {
		t.Fatal(err)
	}
	said, ids := broughtIn(t, a, dir, app.Brought{Owner: kb.System()})
	const open = "belongs to a document that was open"
	want := map[string]string{
		"Plan_van aanpak.txt": "added", "dia's/dek.odp": "added", "dia's/zelfde.txt": "known",
		".git": "hidden", ".verborgen": "hidden", "~$slot.docx": open, ".~lock.dek.odp#": open, "Thumbs.db": "hidden",
		"leeg.txt": string(kb.Invalid), "groot.txt": "TOO_LARGE", "link.txt": "a link, which is not followed",
	}
	if diff := cmp.Diff(want, said); diff != "" {
		t.Fatal(diff)
	}
	views, err := a.Files.Open(t.Context(), kb.System(), []kb.ID{ids["Plan_van aanpak.txt"], ids["dia's/dek.odp"]})
	if err != nil {
		t.Fatal(err)
	}
	plan, deck := views[ids["Plan_van aanpak.txt"]], views[ids["dia's/dek.odp"]]
	if plan.Record.Kind() != kb.KindPublication || plan.Record.Label() != "Plan van aanpak" || plan.Record.Base().Status != kb.StatusDraft {
		t.Errorf("%s %q %s", plan.Record.Kind(), plan.Record.Label(), plan.Record.Base().Status)
	}
	if deck.Record.Kind() != kb.KindPresentation || deck.File.Name != "dek.odp" {
		t.Errorf("%s %q", deck.Record.Kind(), deck.File.Name)
	}
	before, err := a.Store.Last(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	said, again := broughtIn(t, a, dir, app.Brought{Owner: kb.System()})
	if said["Plan_van aanpak.txt"] != "known" || said["dia's/dek.odp"] != "known" || again["dia's/dek.odp"] != ids["dia's/dek.odp"] {
		t.Error(said)
	}
	if after, err := a.Store.Last(t.Context()); err != nil || after != before {
		t.Errorf("the second time made %d writes, %v", after-before, err)
	}
}

func TestAllFilesToOneRecord(t *testing.T) {
	a := open(t, config(t, t.TempDir()))
	saved, err := kb.NewDesk(a.Store, a.Index, a.Own, time.Now, func() kb.ID { return kb.DeriveID("test", "casus") }).Create(t.Context(), kb.System(), kb.KindCase, kb.Fields{"title": "Een casus"}, "")
	if err != nil {
		t.Fatal(err)
	}
	record := saved.Entity.Base().ID
	dir := folder(t, map[string]string{"a.txt": "Een", "b.txt": "Twee"})
	for _, want := range []string{"added", "known"} {
		said, _ := broughtIn(t, a, dir, app.Brought{Owner: kb.System(), Record: record})
		if diff := cmp.Diff(map[string]string{"a.txt": want, "b.txt": want}, said); diff != "" {
			t.Error(diff)
		}
	}
	records, err := a.Store.Get(t.Context(), []kb.ID{record})
	if err != nil {
		t.Fatal(err)
	}
	live, _, err := kb.DecodeRecord(records[record])
	if err != nil {
		t.Fatal(err)
	}
	if files := live.(kb.Material).Shared().Files; len(files) != 2 {
		t.Errorf("%d files", len(files))
	}
	// The same bytes are there already for no other record.
	said, _ := broughtIn(t, a, dir, app.Brought{Owner: kb.System(), Record: kb.DeriveID("test", "gone")})
	if diff := cmp.Diff(map[string]string{"a.txt": "NOT_FOUND", "b.txt": "NOT_FOUND"}, said); diff != "" {
		t.Error(diff)
	}
}

func TestAFolderThatIsNotThere(t *testing.T) {
	a := open(t, config(t, t.TempDir()))
	told := func(f app.BroughtFile) { t.Error(f) }
	if err := a.BringFiles(t.Context(), filepath.Join(t.TempDir(), "niet"), app.Brought{Owner: kb.System()}, told); kb.CodeOf(err) != kb.NotFound {
		t.Error(err)
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if err := a.BringFiles(stopped, folder(t, map[string]string{"a.txt": "Een"}), app.Brought{Owner: kb.System()}, told); err == nil {
		t.Error("a run that was stopped gives no error")
	}
}

func TestVerifyReadsTheBytesOfFiles(t *testing.T) {
	c := config(t, t.TempDir())
	a := open(t, c)
	_, ids := broughtIn(t, a, folder(t, map[string]string{"a.txt": "Een", "b.txt": "Twee", "c.txt": "Drie"}), app.Brought{Owner: kb.System()})
	views, err := a.Files.Open(t.Context(), kb.System(), []kb.ID{ids["a.txt"], ids["b.txt"]})
	if err != nil {
		t.Fatal(err)
	}
	lost, changed := views[ids["a.txt"]].File.SHA256, views[ids["b.txt"]].File.SHA256
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	v, err := app.Verify(t.Context(), c)
	if err != nil || !v.Agrees() || v.Files.Contents != 3 {
		t.Fatalf("%+v %v", v, err)
	}
	bytesOf := func(sum string) string { return filepath.Join(c.Data, "files", sum[:2], sum) }
	if err := os.Remove(bytesOf(lost)); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(bytesOf(changed), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(bytesOf(changed), []byte("Anders"), 0o600); err != nil {
		t.Fatal(err)
	}
	v, err = app.Verify(t.Context(), c)
	if err != nil || v.Agrees() {
		t.Fatalf("%+v %v", v, err)
	}
	if diff := cmp.Diff(app.FilesVerdict{Contents: 1, Missing: []string{lost}, Damaged: []string{changed}}, v.Files); diff != "" {
		t.Error(diff)
	}
}
