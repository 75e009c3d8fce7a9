package kb_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

// A material waits for its files to be read, and for an answer to what was found.
func TestReviewWaitsForFiles(t *testing.T) {
	ctx := context.Background()
	w := newFilesWorld(t)
	material := w.draft("Wonen")
	f := w.add(material.ID, "lijst.txt", "schone dia\fBSN 123456782")

	_, err := w.Submit(ctx, w.expert, w.target(material.ID), "")
	if diff := cmp.Diff([]string{"files"}, problemFields(w.refused(kb.Invalid, err))); diff != "" {
		t.Fatalf("while it is read: %s", diff)
	}
	w.read()
	_, err = w.Submit(ctx, w.expert, w.target(material.ID), "")
	w.refused(kb.Invalid, err)
	_, err = w.Approve(ctx, w.editor, w.target(material.ID), nil)
	w.refused(kb.Invalid, err)

	found, err := w.files.Findings(ctx, w.expert, f.ID)
	check(t, err)
	if len(found) != 1 || found[0].Type != kb.FindingBSN || found[0].Page != 2 {
		t.Fatalf("%+v", found)
	}
	_, _, err = w.files.Explain(ctx, w.expert, kb.Target{ID: f.ID}, "not there", "x")
	w.refused(kb.Invalid, err)
	v, _, err := w.files.Explain(ctx, w.expert, kb.Target{ID: f.ID, Version: f.Version}, found[0].Key, "een voorbeeld uit de wet")
	check(t, err)
	w.done(w.Submit(ctx, w.expert, w.target(material.ID), ""))

	_, _, err = w.files.Explain(ctx, w.expert, kb.Target{ID: f.ID, Version: f.Version}, found[0].Key, "")
	w.refused(kb.Conflict, err) // at the version before
	_, _, err = w.files.Explain(ctx, w.expert, kb.Target{ID: f.ID, Version: v.File.Version}, found[0].Key, "")
	check(t, err)
	_, err = w.Approve(ctx, w.editor, w.target(material.ID), nil)
	w.refused(kb.Invalid, err)
	hidden := []int{2}
	_, _, err = w.files.Change(ctx, w.expert, kb.Target{ID: f.ID}, kb.FileChanges{Hidden: &hidden})
	check(t, err)
	w.publish(material.ID)
}

// What is to be published later by itself waits for its files too, and goes back to
// who reviews it when something was found.
func TestScheduledWaitsForFiles(t *testing.T) {
	ctx := context.Background()
	w := newFilesWorld(t)
	material := w.draft("Wonen")
	later := w.now.Add(time.Hour)
	w.done(w.Approve(ctx, w.editor, w.target(material.ID), &later))
	_, _, err := w.files.Add(ctx, w.editor, kb.UploadRequest{Record: material.ID, Name: "a.txt", Size: 9}, strings.NewReader("123456782"))
	check(t, err)
	w.now = w.now.Add(2 * time.Hour)
	w.follow()
	if n, err := w.PublishDue(ctx); err != nil || n != 0 {
		t.Fatalf("%d, %v", n, err)
	}
	if got := w.open(w.editor, material.ID).Live.Base(); got.Review.PublishAt == nil {
		t.Error("no longer scheduled while a file is read")
	}
	w.read()
	if n, err := w.PublishDue(ctx); err != nil || n != 0 {
		t.Fatalf("%d, %v", n, err)
	}
	if got := w.open(w.editor, material.ID).Live.Base(); got.Status != kb.StatusInReview || got.Review.PublishAt != nil {
		t.Errorf("%s, %+v", got.Status, got.Review)
	}
}

// A file that nobody could read must be explained, whatever it is.
func TestUnreadFileMustBeExplained(t *testing.T) {
	ctx := context.Background()
	w := newFilesWorld(t)
	material := w.draft("Wonen")
	f := w.add(material.ID, "geheim.pdf", "encrypted")
	w.read()
	_, err := w.Submit(ctx, w.expert, w.target(material.ID), "")
	w.refused(kb.Invalid, err)
	found, err := w.files.Findings(ctx, w.editor, f.ID)
	check(t, err)
	if len(found) != 1 || found[0].Type != kb.FindingUnchecked || found[0].Severity != kb.Serious {
		t.Fatalf("%+v", found)
	}
	_, _, err = w.files.Explain(ctx, w.expert, kb.Target{ID: f.ID}, kb.UncheckedKey, "alleen een formulier")
	check(t, err)
	w.done(w.Submit(ctx, w.expert, w.target(material.ID), ""))
}

func TestReadersSeeNoHiddenPages(t *testing.T) {
	ctx := context.Background()
	w := newFilesWorld(t)
	material := w.draft("Wonen")
	f := w.add(material.ID, "dias.txt", "eerste\ftweede\fderde")
	w.read()
	if w.sees(w.member, f.ID) || w.sees(w.other, f.ID) || !w.sees(w.editor, f.ID) || !w.sees(w.expert, f.ID) {
		t.Error("a file of a draft is for who works on it")
	}
	w.publish(material.ID)
	hidden := []int{1}
	_, _, err := w.files.Change(ctx, w.expert, kb.Target{ID: f.ID}, kb.FileChanges{Hidden: &hidden})
	check(t, err)

	pages, err := w.files.Pages(ctx, kb.Visitor(), f.ID, 1, 10)
	check(t, err)
	if len(pages) != 2 || pages[0].Text != "tweede" {
		t.Errorf("%+v", pages)
	}
	r, err := w.files.Reading(ctx, kb.Visitor(), f.ID)
	check(t, err)
	if len(r.Pages) != 2 || r.Title != "" || r.Findings != nil {
		t.Errorf("%+v", r)
	}
	_, err = w.files.Original(ctx, kb.Visitor(), f.ID)
	w.refused(kb.Unauthenticated, err)
	_, err = w.files.Original(ctx, w.member, f.ID)
	w.refused(kb.Forbidden, err)
	for page, want := range map[int]kb.Code{0: kb.NotFound, 1: kb.NotFound, 2: "", 4: kb.NotFound, -1: kb.NotFound} {
		d, err := w.files.Picture(ctx, w.member, f.ID, page)
		if kb.CodeOf(err) != want {
			t.Errorf("picture %d: %v", page, err)
		}
		if err == nil {
			check(t, d.Blob.Close())
		}
	}
	for _, refused := range []func() error{
		func() error { _, err := w.files.Findings(ctx, w.member, f.ID); return err },
		func() error { _, err := w.files.Suggestions(ctx, w.member, f.ID); return err },
		func() error { _, err := w.files.Similar(ctx, w.member, f.ID); return err },
		func() error { _, err := w.files.Remove(ctx, w.member, kb.Target{ID: f.ID}); return err },
	} {
		w.refused(kb.Forbidden, refused())
	}
	// Who wrote it cannot show more of it than an editor published.
	none := []int{}
	_, _, err = w.files.Change(ctx, w.expert, kb.Target{ID: f.ID}, kb.FileChanges{Hidden: &none})
	w.refused(kb.Forbidden, err)
	members, public := kb.VisibilityMembers, kb.VisibilityPublic
	_, _, err = w.files.Change(ctx, w.expert, kb.Target{ID: f.ID}, kb.FileChanges{Visibility: &members})
	check(t, err)
	if w.sees(kb.Visitor(), f.ID) || !w.sees(w.member, f.ID) {
		t.Error("not for members")
	}
	_, _, err = w.files.Change(ctx, w.expert, kb.Target{ID: f.ID}, kb.FileChanges{Visibility: &public})
	w.refused(kb.Forbidden, err)
	_, _, err = w.files.Change(ctx, w.editor, kb.Target{ID: f.ID}, kb.FileChanges{Visibility: &public, Hidden: &none})
	check(t, err)
	if !w.sees(kb.Visitor(), f.ID) {
		t.Error("an editor may")
	}
}

// Of a file that was taken out readers keep what was published, until the copy is.
func TestRemoveWaitsForThePublication(t *testing.T) {
	ctx := context.Background()
	w := newFilesWorld(t)
	material := w.draft("Wonen")
	kept, gone := w.add(material.ID, "blijft", "blijft"), w.add(material.ID, "gaat", "gaat")
	w.read()
	w.publish(material.ID)
	_, err := w.files.Remove(ctx, w.expert, kb.Target{ID: gone.ID, Version: gone.Version})
	check(t, err)
	if !w.sees(kb.Visitor(), gone.ID) {
		t.Error("gone before it was reviewed")
	}
	w.publish(material.ID)
	if w.sees(kb.Visitor(), gone.ID) || !w.sees(kb.Visitor(), kept.ID) {
		t.Error("not as it was published")
	}
	w.now = w.now.Add(25 * time.Hour)
	report, err := w.files.Scrub(ctx)
	check(t, err)
	if report.Files != 1 || report.Blobs != 0 {
		t.Errorf("%+v", report)
	}
	report, err = w.files.Scrub(ctx)
	check(t, err)
	if report.Files != 0 || report.Blobs != 1 {
		t.Errorf("the second time: %+v", report)
	}
	d, err := w.files.Original(ctx, w.member, kept.ID)
	check(t, err)
	check(t, d.Blob.Close())

	w.done(w.Withdraw(ctx, w.editor, w.target(material.ID), "verouderd", ""))
	if w.sees(w.member, kept.ID) || !w.sees(w.editor, kept.ID) {
		t.Error("a file follows its material when that is withdrawn")
	}
	w.done(w.Delete(ctx, w.admin, w.target(material.ID)))
	if w.sees(w.admin, kept.ID) {
		t.Error("a file of nothing")
	}
}

func TestScrubKeepsWhatIsUnderWay(t *testing.T) {
	ctx := context.Background()
	w := newFilesWorld(t)
	material := w.draft("Wonen")
	secret := w.start(w.expert, kb.UploadRequest{Record: material.ID, Name: "a", Size: 2})
	_, err := w.files.Append(ctx, secret, 0, strings.NewReader("1"))
	check(t, err)
	_, err = w.blobs.Append(ctx, kb.DeriveID("stage", "of nothing"), 0, strings.NewReader("2"))
	check(t, err)
	report, err := w.files.Scrub(ctx)
	check(t, err)
	if report != (kb.ScrubReport{}) {
		t.Errorf("too young: %+v", report)
	}
	w.now = w.now.Add(25 * time.Hour)
	report, err = w.files.Scrub(ctx)
	check(t, err)
	if report.Stages != 1 {
		t.Errorf("%+v", report)
	}
	w.follow()
	_, err = w.files.Sweep(ctx) // the upload is over
	check(t, err)
	if n, err := w.blobs.Staged(ctx, kb.DeriveID("files", "1")); err != nil || n != 0 {
		t.Errorf("%d bytes are left, %v", n, err)
	}
}

func TestLinkWorksOnce(t *testing.T) {
	ctx := context.Background()
	w := newFilesWorld(t)
	f := w.add(w.draft("Wonen").ID, "a.txt", "tekst")
	_, _, err := w.files.Link(ctx, kb.Visitor(), f.ID)
	w.refused(kb.Unauthenticated, err)
	_, _, err = w.files.Link(ctx, w.member, f.ID)
	w.refused(kb.NotFound, err)
	secret, _, err := w.files.Link(ctx, w.expert, f.ID)
	check(t, err)
	d, err := w.files.Redeem(ctx, secret)
	check(t, err)
	check(t, d.Blob.Close())
	_, err = w.files.Redeem(ctx, secret)
	w.refused(kb.NotFound, err)
	secret, _, err = w.files.Link(ctx, w.expert, f.ID)
	check(t, err)
	w.now = w.now.Add(10 * time.Minute)
	_, err = w.files.Redeem(ctx, secret)
	w.refused(kb.NotFound, err)
}

// A material may name its own files only.
func TestMaterialListsItsOwnFiles(t *testing.T) {
	ctx := context.Background()
	w := newFilesWorld(t)
	one, other := w.draft("Een"), w.draft("Ander")
	f := w.add(one.ID, "a.txt", "tekst")
	_, err := w.Update(ctx, w.expert, w.target(other.ID), kb.Fields{"files": []any{string(f.ID)}}, false)
	if diff := cmp.Diff([]string{"files[0]"}, problemFields(w.refused(kb.Invalid, err))); diff != "" {
		t.Error(diff)
	}
	w.done(w.Update(ctx, w.expert, w.target(one.ID), kb.Fields{"files": []any{}}, false))
	w.done(w.Update(ctx, w.expert, w.target(one.ID), kb.Fields{"files": []any{string(f.ID)}}, false))
}

type suggester []kb.Suggested

func (s suggester) Suggest(context.Context, *kb.Reading, *kb.File, kb.Material) ([]kb.Suggested, error) {
	return append([]kb.Suggested(nil), s...), nil
}

func TestSuggestionsAreTakenAndRefused(t *testing.T) {
	ctx := context.Background()
	w := newFilesWorld(t, func(c *kb.FilesConfig) {
		c.Suggest = suggester{
			{Key: "title", Field: "title", Value: "Uit de dia"},
			{Key: "same", Field: "themes", Value: "wonen"},
			{Key: "keyword", Field: "keywords", Value: "woondeal"},
			{Key: "other", Field: "keywords", Value: "huur"},
			{Key: "licence", Field: "licence", Value: "CC BY 4.0"},
		}
	})
	material := w.draft("dias")
	f := w.add(material.ID, "dias.txt", "tekst")
	w.read()
	keys := func() (out []string) {
		t.Helper()
		list, err := w.files.Suggestions(ctx, w.expert, f.ID)
		check(t, err)
		for _, s := range list {
			out = append(out, s.Key)
		}
		return out
	}
	if diff := cmp.Diff([]string{"title", "keyword", "other", "licence"}, keys()); diff != "" {
		t.Fatal(diff)
	}
	_, _, err := w.files.Refuse(ctx, w.expert, f.ID, []string{"licence"})
	check(t, err)
	_, err = w.files.Take(ctx, w.expert, w.target(material.ID), f.ID, []string{"licence"})
	w.refused(kb.Invalid, err)
	w.done(w.files.Take(ctx, w.expert, w.target(material.ID), f.ID, []string{"title", "keyword", "other"}))
	got := w.open(w.expert, material.ID).Work().(kb.Material).Shared()
	if diff := cmp.Diff([]string{"woondeal", "huur"}, got.Keywords); diff != "" || got.Title != "Uit de dia" || got.Licence != "" {
		t.Errorf("%q: %s", got.Title, diff)
	}
	if left := keys(); left != nil {
		t.Errorf("left: %v", left)
	}
}

func TestSimilarFiles(t *testing.T) {
	ctx := context.Background()
	w := newFilesWorld(t)
	var words []string
	for i := range 400 {
		words = append(words, fmt.Sprintf("woord%d", i*7919%1009))
	}
	text := strings.Join(words, " ")
	own := w.add(w.draft("Een").ID, "a.txt", text)
	public := w.draft("Ander")
	near := w.add(public.ID, "b.txt", text+" en nog wat meer aan het einde van de tekst")
	w.add(w.draft("Nog een").ID, "c.txt", strings.Repeat("heel iets anders dan dat andere ", 60))
	w.read()
	w.publish(public.ID)
	got, err := w.files.Similar(ctx, w.expert, own.ID)
	check(t, err)
	if len(got) != 1 || got[0].File.ID != near.ID || got[0].Likeness < .9 || got[0].Record.Label() != "Ander" {
		t.Errorf("%+v", got)
	}
}
