package kb_test

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

// bytesKept gives how many blobs and stages there are.
func (w *filesWorld) bytesKept() (blobs, stages int) {
	w.t.Helper()
	check(w.t, w.blobs.Walk(context.Background(), func(s kb.Stored) error {
		if s.Stage != "" {
			stages++
		} else {
			blobs++
		}
		return nil
	}))
	return blobs, stages
}

// Bytes that two materials have stay until neither names them.
func TestScrubKeepsBytesOfAnother(t *testing.T) {
	ctx := context.Background()
	w := newFilesWorld(t)
	one, other := w.draft("Een"), w.draft("Ander")
	a, b := w.add(one.ID, "a.txt", "dezelfde tekst"), w.add(other.ID, "b.txt", "dezelfde tekst")
	w.read()
	if n, _ := w.bytesKept(); a.SHA256 != b.SHA256 || n != 1 {
		t.Fatalf("%d blobs of the same bytes", n)
	}
	_, err := w.files.Remove(ctx, w.expert, kb.Target{ID: a.ID})
	check(t, err)
	for range 2 {
		w.now = w.now.Add(25 * time.Hour)
		report, err := w.files.Scrub(ctx)
		check(t, err)
		if report != (kb.ScrubReport{}) {
			t.Errorf("%+v", report)
		}
	}
	d, err := w.files.Original(ctx, w.editor, b.ID)
	check(t, err)
	data, err := io.ReadAll(io.NewSectionReader(d.Blob, 0, d.Blob.Size()))
	check(t, errors.Join(err, d.Blob.Close()))
	pages, err := w.files.Pages(ctx, w.expert, b.ID, 1, 1)
	check(t, err)
	if string(data) != "dezelfde tekst" || len(pages) != 1 || pages[0].Text != "dezelfde tekst" {
		t.Errorf("%q, %+v", data, pages)
	}
	w.done(w.Delete(ctx, w.expert, w.target(other.ID)))
	report, err := w.files.Scrub(ctx)
	check(t, err)
	if diff := cmp.Diff(kb.ScrubReport{Blobs: 1, Bytes: int64(len("dezelfde tekst"))}, report); diff != "" {
		t.Error(diff)
	}
	if n, stages := w.bytesKept(); n+stages != 0 {
		t.Errorf("%d blobs, %d stages", n, stages)
	}

	again := w.add(one.ID, "c.txt", "dezelfde tekst") // what was taken away can come back
	w.read()
	if x := w.extraction(again.ID); x.State != kb.ExtractionRead || w.extractor.reads != 2 {
		t.Errorf("%s, read %d times", x.State, w.extractor.reads)
	}
}

// What is younger than a day may be an upload that is being finished.
func TestScrubLeavesTheYoung(t *testing.T) {
	ctx := context.Background()
	w := newFilesWorld(t)
	f := w.add(w.draft("Wonen").ID, "a.txt", "tekst")
	_, err := w.files.Remove(ctx, w.expert, kb.Target{ID: f.ID})
	check(t, err)
	w.now = w.now.Add(24*time.Hour - time.Second)
	if report, err := w.files.Scrub(ctx); err != nil || report != (kb.ScrubReport{}) {
		t.Errorf("%+v, %v", report, err)
	}
	w.now = w.now.Add(2 * time.Second)
	if report, err := w.files.Scrub(ctx); err != nil || report.Blobs != 1 {
		t.Errorf("%+v, %v", report, err)
	}
	if _, ok := w.records(kb.KindExtraction); ok {
		t.Error("what was read of bytes that are gone is still known")
	}
}

// records gives the first live record of a kind.
func (w *filesWorld) records(k kb.Kind) (kb.Record, bool) {
	w.t.Helper()
	changes, err := w.store.Changes(context.Background(), 0, 10_000)
	check(w.t, err)
	for _, r := range changes.Records {
		if r.Kind == k && !r.Deleted {
			return r, true
		}
	}
	return kb.Record{}, false
}

// A sweep goes on where one upload cannot be finished, and says so.
func TestSweepGoesOn(t *testing.T) {
	ctx := context.Background()
	w := newFilesWorld(t)
	material := w.draft("Wonen")
	half := w.start(w.expert, kb.UploadRequest{Record: material.ID, Name: "half", Size: 4})
	_, err := w.files.Append(ctx, half, 0, strings.NewReader("ha"))
	check(t, err)
	c := w.files.FilesConfig
	c.Scan, c.ScanRequired = scanner{err: errors.New("clamd is away")}, true
	for _, text := range []string{"een", "twee"} {
		secret := w.start(w.expert, kb.UploadRequest{Record: material.ID, Name: text, Size: int64(len(text))})
		_, err := kb.NewFiles(c).Append(ctx, secret, 0, strings.NewReader(text))
		w.refused(kb.Unavailable, err)
	}
	w.follow()
	if n, err := kb.NewFiles(c).Sweep(ctx); n != 0 || err == nil {
		t.Errorf("%d, %v", n, err)
	}
	if n, err := w.files.Sweep(ctx); n != 2 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
	if got := w.listed(material.ID); len(got) != 2 {
		t.Errorf("%d files", len(got))
	}
	if s, err := w.files.Upload(ctx, half); err != nil || s.Offset != 2 || s.File != "" {
		t.Errorf("%+v, %v", s, err)
	}
}

// What is published at a moment waits for its files, and comes when they are read.
func TestScheduledIsPublishedWithItsFiles(t *testing.T) {
	ctx := context.Background()
	w := newFilesWorld(t)
	material := w.draft("Wonen")
	f := w.add(material.ID, "a.txt", "schone tekst")
	w.read()
	at := w.now.Add(time.Hour)
	w.done(w.Approve(ctx, w.editor, w.target(material.ID), &at))
	w.now = w.now.Add(2 * time.Hour)
	w.follow()
	if w.sees(kb.Visitor(), f.ID) {
		t.Error("before its time")
	}
	if n, err := w.PublishDue(ctx); err != nil || n != 1 {
		t.Fatalf("%d, %v", n, err)
	}
	w.follow()
	if !w.sees(kb.Visitor(), f.ID) {
		t.Error("published without its file")
	}
	res, err := w.index.Search(ctx, kb.Visitor(), kb.SearchRequest{Text: "schone tekst", First: 1})
	check(t, err)
	if res.Total != 1 {
		t.Errorf("%d found", res.Total)
	}
}

// How far a file is decides whether its material can be offered: what a person must
// answer is told apart from what ends by itself.
func TestStatesOfFilesAndReview(t *testing.T) {
	ctx := context.Background()
	for state, want := range map[kb.ExtractionState]string{
		kb.ExtractionWaiting:     "still being read",
		kb.ExtractionReading:     "still being read",
		kb.ExtractionRecognising: "still being read",
		kb.ExtractionRead:        "",
		kb.ExtractionEmpty:       "",
		kb.ExtractionNoText:      "look at what was found",
		kb.ExtractionEncrypted:   "look at what was found",
		kb.ExtractionBroken:      "look at what was found",
		kb.ExtractionLegacy:      "look at what was found",
		kb.ExtractionUnsupported: "look at what was found",
		kb.ExtractionTooLarge:    "look at what was found",
		kb.ExtractionTimedOut:    "look at what was found",
		kb.ExtractionFailed:      "look at what was found",
	} {
		w := newFilesWorld(t)
		material := w.draft("Wonen")
		f := w.add(material.ID, "a.txt", "tekst")
		x := *w.extraction(f.ID)
		x.State = state
		if want != "" && state.Settled() {
			x.Serious, x.Findings = []kb.SeriousFinding{{Key: kb.UncheckedKey}}, 1
		}
		w.put(&x)
		_, err := w.Submit(ctx, w.expert, w.target(material.ID), "")
		if want == "" {
			check(t, err)
			continue
		}
		refusal := w.refused(kb.Invalid, err)
		if len(refusal.Problems) != 1 || !strings.Contains(refusal.Problems[0].Text.EN, want) || !strings.Contains(refusal.Problems[0].Text.NL, "‘a.txt’") {
			t.Errorf("%s: %+v", state, refusal.Problems)
		}
		found, err := w.files.Findings(ctx, w.expert, f.ID)
		check(t, err)
		if unchecked := len(found) == 1 && found[0].Type == kb.FindingUnchecked; unchecked != state.Settled() {
			t.Errorf("%s: found %+v", state, found)
		}
	}
}

// Who reads a file, by the visibility of its material and its own: the smaller circle.
func TestVisibilityOfAFileNarrows(t *testing.T) {
	ctx := context.Background()
	w := newFilesWorld(t)
	team := kb.DeriveID("team", "a")
	guest := w.account("Gast", kb.RoleVisitor, kb.Membership{Team: team, Role: kb.TeamParticipant})
	inside := w.account("Lid", kb.RoleMember, kb.Membership{Team: team, Role: kb.TeamParticipant})
	who := map[string]kb.Actor{"visitor": kb.Visitor(), "guest": guest, "member": w.member, "inside": inside, "other": w.other, "author": w.expert, "editor": w.editor}
	for _, tt := range []struct {
		material, file kb.Visibility
		want           map[string]bool
	}{
		{kb.VisibilityPublic, kb.VisibilityPublic, map[string]bool{"visitor": true, "guest": true, "member": true, "inside": true, "other": true, "author": true, "editor": true}},
		{kb.VisibilityPublic, kb.VisibilityMembers, map[string]bool{"member": true, "inside": true, "other": true, "author": true, "editor": true}},
		{kb.VisibilityPublic, kb.VisibilityTeam, map[string]bool{"guest": true, "inside": true, "author": true, "editor": true}},
		{kb.VisibilityMembers, kb.VisibilityPublic, map[string]bool{"member": true, "inside": true, "other": true, "author": true, "editor": true}},
		{kb.VisibilityMembers, kb.VisibilityTeam, map[string]bool{"inside": true, "author": true, "editor": true}},
	} {
		material := w.draft(string(tt.material + tt.file))
		w.done(w.Update(ctx, w.expert, w.target(material.ID), kb.Fields{"visibility": string(tt.material)}, false))
		f := w.add(material.ID, "a.txt", "tekst", func(q *kb.UploadRequest) {
			if q.Visibility = tt.file; tt.file == kb.VisibilityTeam {
				q.Team = team
			}
		})
		w.read()
		w.publish(material.ID)
		for name, actor := range who {
			if got := w.sees(actor, f.ID); got != tt.want[name] {
				t.Errorf("a file for %s of material for %s: %s sees it: %t", tt.file, tt.material, name, got)
			}
			_, err := w.files.Original(ctx, actor, f.ID)
			if got := err == nil; got != tt.want[name] {
				t.Errorf("a file for %s of material for %s: %s fetches it: %v", tt.file, tt.material, name, err)
			}
		}
	}
}
