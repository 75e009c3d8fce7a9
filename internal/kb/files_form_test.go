package kb_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

// listed gives the files of the working half of a material.
func (w *filesWorld) listed(material kb.ID) []kb.ID {
	w.t.Helper()
	return w.open(w.editor, material).Work().(kb.Material).Shared().Files
}

// An expert had the form of her lesson open while her slides came in, and could not
// save: the upload had made a version, and her text clashed with it.
func TestAFormThatIsOpenSurvivesAnUpload(t *testing.T) {
	ctx := context.Background()
	for name, tt := range map[string]struct {
		published, autosave bool
		form                func(before []kb.ID) kb.Fields
	}{
		"a form without files": {false, false, func([]kb.ID) kb.Fields { return kb.Fields{"title": "Nieuw"} }},
		"a form with the files of before": {false, false, func(before []kb.ID) kb.Fields {
			return kb.Fields{"title": "Nieuw", "files": []any{string(before[0])}}
		}},
		"by itself":       {false, true, func([]kb.ID) kb.Fields { return kb.Fields{"title": "Nieuw"} }},
		"published, ids":  {true, false, func(before []kb.ID) kb.Fields { return kb.Fields{"title": "Nieuw", "files": before} }},
		"published alone": {true, false, func([]kb.ID) kb.Fields { return kb.Fields{"title": "Nieuw"} }},
	} {
		t.Run(name, func(t *testing.T) {
			w := newFilesWorld(t)
			material := w.draft("Oud")
			first := w.add(material.ID, "a.txt", "eerste")
			w.read()
			if tt.published {
				w.publish(material.ID)
			}
			form := w.target(material.ID)
			second := w.add(material.ID, "b.txt", "tweede")
			third := w.add(material.ID, "c.txt", "derde")
			_, err := w.files.Remove(ctx, w.expert, kb.Target{ID: second.ID})
			check(t, err)
			fields := tt.form([]kb.ID{first.ID})
			given := len(fields)
			saved, err := w.Update(ctx, w.expert, form, fields, tt.autosave)
			check(t, err)
			if got := w.open(w.expert, material.ID).Work(); got.Label() != "Nieuw" || saved.Entity.Label() != "Nieuw" {
				t.Errorf("titled %q", got.Label())
			}
			if diff := cmp.Diff([]kb.ID{first.ID, third.ID}, w.listed(material.ID)); diff != "" {
				t.Errorf("the upload is undone: %s", diff)
			}
			if len(fields) != given {
				t.Error("the caller's fields were changed")
			}
		})
	}
}

// What a form changes of the files itself, and what somebody else wrote, still clash.
func TestAFormStillClashes(t *testing.T) {
	ctx := context.Background()
	for name, tt := range map[string]struct {
		meanwhile func(*filesWorld, kb.Target)
		form      kb.Fields
		want      []string
	}{
		"its own list of files": {
			func(w *filesWorld, at kb.Target) { w.add(at.ID, "b.txt", "tweede") },
			kb.Fields{"title": "Nieuw", "files": []any{}},
			[]string{"files"},
		},
		"no list at all": {
			func(w *filesWorld, at kb.Target) { w.add(at.ID, "b.txt", "tweede") },
			kb.Fields{"files": nil},
			[]string{"files"},
		},
		"another's text beside a file": {
			func(w *filesWorld, at kb.Target) {
				w.add(at.ID, "b.txt", "tweede")
				w.done(w.Update(ctx, w.editor, w.target(at.ID), kb.Fields{"summary": "Anders gezegd."}, false))
			},
			kb.Fields{"title": "Nieuw"},
			[]string{"files", "summary"},
		},
		"text and files in one write": {
			func(w *filesWorld, at kb.Target) {
				w.done(w.Update(ctx, w.editor, w.target(at.ID), kb.Fields{"summary": "Anders gezegd.", "files": []any{}}, false))
			},
			kb.Fields{"title": "Nieuw"},
			[]string{"files", "summary"},
		},
		"a step": {
			func(w *filesWorld, at kb.Target) {
				w.done(w.Submit(ctx, w.expert, w.target(at.ID), ""))
				w.done(w.RequestChanges(ctx, w.editor, w.target(at.ID), "Korter."))
			},
			kb.Fields{"title": "Nieuw"},
			nil,
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newFilesWorld(t)
			material := w.draft("Oud")
			w.add(material.ID, "a.txt", "eerste")
			w.read()
			form := w.target(material.ID)
			tt.meanwhile(w, material)
			_, err := w.Update(ctx, w.expert, form, tt.form, false)
			w.refused(kb.Conflict, err)
			clash, ok := errors.AsType[*kb.Clash](err)
			if !ok {
				t.Fatalf("no clash: %v", err)
			}
			if diff := cmp.Diff(tt.want, clash.Fields); diff != "" {
				t.Error(diff)
			}
			if got := w.open(w.expert, material.ID).Work().Label(); got != "Oud" {
				t.Errorf("titled %q", got)
			}
		})
	}
}

// Approving is for what was read: an upload in between is something to look at.
func TestApprovalDoesNotPassOverAnUpload(t *testing.T) {
	ctx := context.Background()
	w := newFilesWorld(t)
	material := w.draft("Wonen")
	read := w.target(material.ID)
	w.add(material.ID, "a.txt", "tekst")
	w.read()
	for name, step := range map[string]func() (kb.Saved, error){
		"approve": func() (kb.Saved, error) { return w.Approve(ctx, w.editor, read, nil) },
		"submit":  func() (kb.Saved, error) { return w.Submit(ctx, w.expert, read, "") },
		"delete":  func() (kb.Saved, error) { return w.Delete(ctx, w.expert, read) },
	} {
		if _, err := step(); kb.CodeOf(err) != kb.Conflict {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A version of the time of a file that is gone comes back without it.
func TestRestoredVersionLeavesOutFilesThatAreGone(t *testing.T) {
	ctx := context.Background()
	w := newFilesWorld(t)
	material := w.draft("Wonen")
	kept, gone := w.add(material.ID, "blijft", "blijft"), w.add(material.ID, "gaat", "gaat")
	both := w.target(material.ID)
	_, err := w.files.Remove(ctx, w.expert, kb.Target{ID: gone.ID})
	check(t, err)
	w.done(w.Update(ctx, w.expert, w.target(material.ID), kb.Fields{"title": "Anders"}, false))
	w.done(w.RestoreRevision(ctx, w.expert, w.target(material.ID), both.Version))
	if diff := cmp.Diff([]kb.ID{kept.ID}, w.listed(material.ID)); diff != "" {
		t.Error(diff)
	}
	_, err = w.files.Remove(ctx, w.expert, kb.Target{ID: kept.ID})
	check(t, err)
	w.done(w.RestoreRevision(ctx, w.expert, w.target(material.ID), both.Version))
	if got := w.listed(material.ID); len(got) != 0 {
		t.Errorf("still names %v", got)
	}
	w.read()
	w.publish(material.ID)
}

// Who only could see it keeps the file that the published half lists, also when its
// working copy is thrown away.
func TestDiscardedCopyKeepsWhatIsPublished(t *testing.T) {
	ctx := context.Background()
	w := newFilesWorld(t)
	material := w.draft("Wonen")
	shown := w.add(material.ID, "a.txt", "getoond")
	w.read()
	w.publish(material.ID)
	fresh := w.add(material.ID, "b.txt", "nieuw", func(q *kb.UploadRequest) { q.Replaces = shown.ID })
	if w.sees(w.member, fresh.ID) || !w.sees(w.expert, fresh.ID) {
		t.Error("a file of a working copy is for who works on it")
	}
	w.done(w.DiscardCopy(ctx, w.expert, w.target(material.ID)))
	if diff := cmp.Diff([]kb.ID{shown.ID}, w.listed(material.ID)); diff != "" || !w.sees(w.member, shown.ID) {
		t.Errorf("not what was published: %s", diff)
	}
	w.now = w.now.Add(25 * time.Hour)
	report, err := w.files.Scrub(ctx)
	check(t, err)
	if report.Files != 1 || w.sees(w.editor, fresh.ID) || !w.sees(w.editor, shown.ID) {
		t.Errorf("%+v", report)
	}
}
