package kb_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

// extraction gives how far the reading of a file is.
func (w *filesWorld) extraction(id kb.ID) *kb.Extraction {
	w.t.Helper()
	found, err := w.files.Open(context.Background(), w.expert, []kb.ID{id})
	check(w.t, err)
	return found[id].Extraction
}

func TestEqualBytesAreReadOnce(t *testing.T) {
	w := newFilesWorld(t)
	material := w.draft("Wonen")
	a, b := w.add(material.ID, "a.txt", "tekst"), w.add(w.draft("Ander").ID, "b.txt", "tekst")
	w.read()
	x, y := w.extraction(a.ID), w.extraction(b.ID)
	if x.ID != y.ID || x.State != kb.ExtractionRead || x.Pictures != kb.PicturesMade || w.extractor.reads != 1 {
		t.Errorf("%s, %s: %s, %s, read %d times", x.ID, y.ID, x.State, x.Pictures, w.extractor.reads)
	}
	if x.Name != "a.txt" || y.Name != "b.txt" {
		t.Errorf("named %q and %q", x.Name, y.Name) // the name of another's file is not told
	}
	w.read()
	if w.extractor.reads != 1 {
		t.Error("read again")
	}
}

// What fails is tried again after 1 minute, 2, 4 and 8, and then parked; a file that
// is too much for its bounds is tried twice.
func TestFailedReadingsArePutOff(t *testing.T) {
	for _, tt := range []struct {
		name string
		err  error
		want kb.ExtractionState
		due  []time.Duration
	}{
		{"a crash", &kb.Unread{Reason: kb.ExtractionFailed, Detail: "signal"}, kb.ExtractionFailed, []time.Duration{time.Minute, 2 * time.Minute, 4 * time.Minute, 8 * time.Minute}},
		{"too slow", &kb.Unread{Reason: kb.ExtractionTimedOut, Detail: "30s"}, kb.ExtractionTimedOut, []time.Duration{time.Minute}},
		{"too large", &kb.Unread{Reason: kb.ExtractionTooLarge, Detail: "1 GB"}, kb.ExtractionTooLarge, []time.Duration{time.Minute}},
		{"a fault of ours", errors.New("no such program"), kb.ExtractionFailed, []time.Duration{time.Minute, 2 * time.Minute, 4 * time.Minute, 8 * time.Minute}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			ctx := context.Background()
			w := newFilesWorld(t)
			w.extractor.err = tt.err
			f := w.add(w.draft("Wonen").ID, "a.txt", "tekst")
			for i, wait := range tt.due {
				w.read()
				x := w.extraction(f.ID)
				if x.State != kb.ExtractionWaiting || x.Tries != i+1 || !x.NextTry.Equal(w.now.Add(wait)) {
					t.Fatalf("try %d: %s, %d, in %s", i+1, x.State, x.Tries, x.NextTry.Sub(w.now))
				}
				w.now = w.now.Add(wait - time.Second)
				w.read()
				if w.extractor.reads != i+1 {
					t.Fatalf("tried too early")
				}
				w.now = w.now.Add(time.Second)
			}
			w.read()
			x := w.extraction(f.ID)
			if diff := cmp.Diff([]kb.SeriousFinding{{Key: kb.UncheckedKey}}, x.Serious); x.State != tt.want || diff != "" {
				t.Fatalf("%s: %s", x.State, diff)
			}
			w.now = w.now.Add(24 * time.Hour)
			w.read()
			if w.extractor.reads != len(tt.due)+1 {
				t.Error("tried on")
			}
			res, err := w.files.Parked(ctx, w.admin, 10, "")
			check(t, err)
			if parked := len(res.Hits) == 1; parked != (tt.want == kb.ExtractionFailed) {
				t.Errorf("%d parked", len(res.Hits))
			}
			w.extractor.err = nil
			_, err = w.files.Retry(ctx, w.expert, f.ID)
			check(t, err)
			w.read()
			if x := w.extraction(f.ID); x.State != kb.ExtractionRead || x.Error != "" {
				t.Errorf("%s, %q", x.State, x.Error)
			}
			_, err = w.files.Retry(ctx, w.expert, f.ID)
			w.refused(kb.Conflict, err)
		})
	}
}

// A process that is gone holds a file for five minutes, and then another one reads it.
func TestLeaseRunsOut(t *testing.T) {
	w := newFilesWorld(t)
	f := w.add(w.draft("Wonen").ID, "a.txt", "tekst")
	x := *w.extraction(f.ID)
	x.State, x.Attempt, x.LeaseUntil, x.Name = kb.ExtractionReading, kb.DeriveID("attempt", "x"), w.now.Add(5*time.Minute), "a.txt"
	w.put(&x)
	w.read()
	if w.extractor.reads != 0 {
		t.Fatal("read by two")
	}
	w.now = w.now.Add(5 * time.Minute)
	w.read()
	if got := w.extraction(f.ID); got.State != kb.ExtractionRead {
		t.Errorf("%s", got.State)
	}
}

func TestTextInPicturesIsRecognised(t *testing.T) {
	ctx := context.Background()
	w := newFilesWorld(t)
	f := w.add(w.draft("Wonen").ID, "scan.txt", "gewoon\fpicture\fpicture")
	w.extractor.recognises = true
	w.read()
	if x := w.extraction(f.ID); x.State != kb.ExtractionRead || x.Pictures != kb.PicturesMade {
		t.Fatalf("%s, %s", x.State, x.Pictures)
	}
	pages, err := w.files.Pages(ctx, w.expert, f.ID, 2, 2)
	check(t, err)
	want := []kb.ReadPage{{Number: 2, Text: "herkende woorden op 2", Picture: true}, {Number: 3, Text: "herkende woorden op 3", Picture: true}}
	if diff := cmp.Diff(want, pages); diff != "" {
		t.Error(diff)
	}
}

func TestRedoReadsAgainWhatIsOlder(t *testing.T) {
	ctx := context.Background()
	w := newFilesWorld(t)
	material := w.draft("Wonen")
	f := w.add(material.ID, "a.txt", "tekst")
	w.read()
	n, err := w.readers.Redo(ctx, false, nil)
	if err != nil || n != 0 {
		t.Fatalf("%d, %v", n, err)
	}
	w.extractor.edition = 2
	var told []int
	n, err = w.readers.Redo(ctx, false, func(done, total int) { told = append(told, done, total) })
	check(t, err)
	if diff := cmp.Diff([]int{1, 1}, told); n != 1 || diff != "" {
		t.Fatalf("%d: %s", n, diff)
	}
	w.done(w.Submit(ctx, w.expert, w.target(material.ID), "")) // what was read before serves
	w.read()
	if x := w.extraction(f.ID); x.Edition != 2 || x.State != kb.ExtractionRead || w.extractor.reads != 2 {
		t.Errorf("%d, %s, %d", x.Edition, x.State, w.extractor.reads)
	}
}

// Every page of a published file is found as part of its material, by those who may
// read the file, and without the pages that are hidden.
func TestPagesAreFound(t *testing.T) {
	ctx := context.Background()
	w := newFilesWorld(t)
	material := w.draft("Wonen")
	w.add(material.ID, "a.txt", "niets\fzonnepanelen op daken")
	members := w.add(material.ID, "b.txt", "warmtepompen in kelders", func(q *kb.UploadRequest) { q.Visibility = kb.VisibilityMembers })
	found := func(a kb.Actor, text string) bool {
		t.Helper()
		w.follow()
		res, err := w.index.Search(ctx, a, kb.SearchRequest{Text: text, First: 10, AsTyped: true})
		check(t, err)
		return len(res.Hits) == 1 && res.Total == 1
	}
	w.read()
	if found(w.expert, "zonnepanelen") {
		t.Error("a draft is not found by its files")
	}
	w.publish(material.ID)
	if !found(kb.Visitor(), "zonnepanelen") || !found(w.member, "zonnepanelen") || !found(w.expert, "zonnepanelen") {
		t.Error("not found")
	}
	if found(kb.Visitor(), "warmtepompen") || !found(w.member, "warmtepompen") || !found(w.editor, "warmtepompen") {
		t.Error("not found by those for whom it is")
	}
	hidden := []int{1}
	_, _, err := w.files.Change(ctx, w.expert, kb.Target{ID: members.ID}, kb.FileChanges{Hidden: &hidden})
	check(t, err)
	if found(w.member, "warmtepompen") || found(w.editor, "warmtepompen") {
		t.Error("found on a hidden page")
	}
}

// Run reads what is uploaded while it runs, and ends with its context.
func TestRunReadsWhatComes(t *testing.T) {
	w := newFilesWorld(t)
	f := w.add(w.draft("Wonen").ID, "a.txt", strings.Repeat("tekst ", 100))
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { defer close(ended); w.readers.Run(ctx) }()
	last := kb.Seq(0)
	for done := false; !done; {
		wait, cancel := context.WithTimeout(ctx, 20*time.Second)
		check(t, w.store.Wait(wait, last))
		cancel()
		var err error
		last, err = w.store.Last(ctx)
		check(t, err)
		x := w.extraction(f.ID)
		done = x.State == kb.ExtractionRead && x.Pictures == kb.PicturesMade
	}
	stop()
	<-ended
}
