package kb_test

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

// The limit of all files counts what is stored, whoever stored it, and what was
// promised since the count.
func TestLimitOfAllFiles(t *testing.T) {
	ctx := context.Background()
	w := newFilesWorld(t, func(c *kb.FilesConfig) { c.Limits.Total = 100 })
	material := w.draft("Wonen")
	w.add(material.ID, "een", strings.Repeat("1", 60))
	_, _, err := w.files.Start(ctx, w.editor, kb.UploadRequest{Record: material.ID, Name: "x", Size: 41})
	w.refused(kb.TooLarge, err)
	w.start(w.editor, kb.UploadRequest{Record: material.ID, Name: "x", Size: 40})
	_, _, err = w.files.Start(ctx, w.editor, kb.UploadRequest{Record: material.ID, Name: "x", Size: 1})
	w.refused(kb.TooLarge, err) // promised to the one before
	w.now = w.now.Add(2 * time.Minute)
	w.start(w.editor, kb.UploadRequest{Record: material.ID, Name: "x", Size: 1}) // counted anew: nothing came
}

// What an account has counts with what is still to come of its uploads; those of
// others do not, and what is taken out gives room again.
func TestLimitOfAnAccount(t *testing.T) {
	ctx := context.Background()
	w := newFilesWorld(t, func(c *kb.FilesConfig) { c.Limits = kb.FileLimits{File: 100, Account: 100} })
	material := w.draft("Wonen")
	first := w.add(material.ID, "een", strings.Repeat("1", 50))
	add := func(actor kb.Actor, n int) error {
		_, _, err := w.files.Add(ctx, actor, kb.UploadRequest{Record: material.ID, Name: "x", Size: int64(n)}, strings.NewReader(strings.Repeat("x", n)))
		return err
	}
	secret := w.start(w.expert, kb.UploadRequest{Record: material.ID, Name: "x", Size: 40})
	w.refused(kb.TooLarge, add(w.expert, 11))
	check(t, add(w.editor, 100))
	check(t, w.files.Abandon(ctx, secret))
	check(t, add(w.expert, 11))
	w.refused(kb.TooLarge, add(w.expert, 40))
	_, err := w.files.Remove(ctx, w.expert, kb.Target{ID: first.ID})
	check(t, err)
	check(t, add(w.expert, 40))

	_, _, err = w.files.Add(ctx, w.expert, kb.UploadRequest{Record: material.ID, Name: "x", Size: -1}, strings.NewReader(strings.Repeat("x", 50)))
	w.refused(kb.TooLarge, err) // the size is known only now
	check(t, w.blobs.Walk(ctx, func(s kb.Stored) error {
		if s.Stage != "" {
			t.Errorf("a stage of %d bytes is left", s.Size)
		}
		return nil
	}))
}

func TestAddOfUnknownAndWrongSizes(t *testing.T) {
	ctx := context.Background()
	for name, tt := range map[string]struct {
		size int64
		text string
		cut  bool
		want kb.Code
	}{
		"unknown, at the limit":   {-1, "0123456789", false, ""},
		"unknown, over the limit": {-1, "0123456789a", false, kb.TooLarge},
		"unknown, nothing":        {-1, "", false, kb.Invalid},
		"as announced":            {4, "vier", false, ""},
		"more than announced":     {3, "vier", false, kb.Invalid},
		"less than announced":     {5, "vier", false, kb.Invalid},
		"over the limit":          {11, "0123456789a", false, kb.TooLarge},
		"cut off":                 {10, "0123", true, kb.Internal},
	} {
		t.Run(name, func(t *testing.T) {
			w := newFilesWorld(t, func(c *kb.FilesConfig) { c.Limits.File = 10 })
			material := w.draft("Wonen")
			q := kb.UploadRequest{Record: material.ID, Name: "x", Size: tt.size}
			var err error
			if tt.cut {
				_, _, err = w.files.Add(ctx, w.expert, q, iotest.TimeoutReader(iotest.OneByteReader(strings.NewReader(tt.text))))
				if !errors.Is(err, iotest.ErrTimeout) {
					t.Fatal(err)
				}
			} else {
				_, _, err = w.files.Add(ctx, w.expert, q, strings.NewReader(tt.text))
				if kb.CodeOf(err) != tt.want {
					t.Fatalf("%v, want %q", err, tt.want)
				}
			}
			kept := 0
			check(t, w.blobs.Walk(ctx, func(kb.Stored) error { kept++; return nil }))
			if want := map[bool]int{true: 1}[tt.want == ""]; kept != want || len(w.listed(material.ID)) != want {
				t.Errorf("%d blobs and stages, %v listed", kept, w.listed(material.ID))
			}
		})
	}
}

// A material lists at most 200 files; a newer version of one is no more than that.
func TestMostFilesOfAMaterial(t *testing.T) {
	ctx := context.Background()
	w := newFilesWorld(t)
	material := w.draft("Wonen")
	first := w.add(material.ID, "een", "een")
	var ids []any
	for i := range 200 { // written at once: what counts is the list
		f := *first
		f.Head = first.Head
		f.ID, f.Version = kb.DeriveID("many", strconv.Itoa(i)), 0
		f.Slug = string(f.ID)
		w.put(&f)
		ids = append(ids, string(f.ID))
	}
	last := w.done(w.Update(ctx, w.expert, w.target(material.ID), kb.Fields{"files": ids}, false))
	_, _, err := w.files.Start(ctx, w.expert, kb.UploadRequest{Record: material.ID, Name: "x", Size: 1})
	if diff := cmp.Diff([]string{"files"}, problemFields(w.refused(kb.Invalid, err))); diff != "" {
		t.Error(diff)
	}
	newer := w.add(material.ID, "twee", "twee", func(q *kb.UploadRequest) { q.Replaces = kb.ID(ids[199].(string)) })
	got := w.listed(last.ID)
	if len(got) != 200 || got[199] != newer.ID {
		t.Errorf("%d files", len(got))
	}
}

// An upload that filled its material up meanwhile is given up, with all it left.
func TestUploadThatItsMaterialDoesNotTakeIsGivenUp(t *testing.T) {
	ctx := context.Background()
	for name, tt := range map[string]struct {
		meanwhile func(*filesWorld, kb.Target)
		want      kb.Code
	}{
		"it was deleted":   {func(w *filesWorld, at kb.Target) { w.done(w.Delete(ctx, w.admin, w.target(at.ID))) }, kb.NotFound},
		"it was withdrawn": {withdrawn, kb.NotFound},
		"she has gone": {func(w *filesWorld, _ kb.Target) {
			found, err := w.store.Get(ctx, []kb.ID{w.expert.Account})
			check(w.t, err)
			live, _, err := kb.DecodeRecord(found[w.expert.Account])
			check(w.t, err)
			live.(*kb.Account).Disabled = true
			w.put(live)
		}, kb.NotFound},
	} {
		t.Run(name, func(t *testing.T) {
			w := newFilesWorld(t)
			material := w.draft("Wonen")
			secret := w.start(w.expert, kb.UploadRequest{Record: material.ID, Name: "x", Size: 4})
			_, err := w.files.Append(ctx, secret, 0, strings.NewReader("vi"))
			check(t, err)
			tt.meanwhile(w, material)
			_, err = w.files.Append(ctx, secret, 2, strings.NewReader("er"))
			if got := kb.CodeOf(err); got != tt.want && got != kb.Conflict && got != kb.Forbidden {
				t.Fatal(err)
			}
			_, err = w.files.Upload(ctx, secret)
			w.refused(kb.NotFound, err)
			check(t, w.blobs.Walk(ctx, func(s kb.Stored) error {
				t.Errorf("%d bytes are left", s.Size)
				return nil
			}))
		})
	}
}

func withdrawn(w *filesWorld, at kb.Target) {
	w.publish(at.ID)
	w.done(w.Withdraw(context.Background(), w.editor, w.target(at.ID), "verouderd", ""))
}

// An address works for a day, and for who has it whole.
func TestAddressesOfUploadsEnd(t *testing.T) {
	ctx := context.Background()
	w := newFilesWorld(t)
	material := w.draft("Wonen")
	secret := w.start(w.expert, kb.UploadRequest{Record: material.ID, Name: "x", Size: 4})
	for name, wrong := range map[string]string{"none": "", "another": strings.Repeat("x", len(secret)), "cut": secret[1:], "longer": secret + "x"} {
		_, err := w.files.Upload(ctx, wrong)
		if kb.CodeOf(err) != kb.NotFound {
			t.Errorf("%s: %v", name, err)
		}
	}
	w.now = w.now.Add(24*time.Hour - time.Second)
	_, err := w.files.Append(ctx, secret, 0, strings.NewReader("vi"))
	check(t, err)
	w.now = w.now.Add(time.Second)
	_, err = w.files.Append(ctx, secret, 2, strings.NewReader("er"))
	w.refused(kb.NotFound, err)
	w.refused(kb.NotFound, w.files.Abandon(ctx, secret))
	w.follow()
	if n, err := w.files.Sweep(ctx); err != nil || n != 0 {
		t.Errorf("%d, %v", n, err)
	}
	check(t, w.blobs.Walk(ctx, func(s kb.Stored) error {
		t.Errorf("%d bytes are left", s.Size)
		return nil
	}))
}

// To give up what is finished takes nothing away.
func TestAFinishedUploadIsNotGivenUp(t *testing.T) {
	ctx := context.Background()
	w := newFilesWorld(t)
	material := w.draft("Wonen")
	secret := w.start(w.expert, kb.UploadRequest{Record: material.ID, Name: "x", Size: 4})
	s, err := w.files.Append(ctx, secret, 0, strings.NewReader("vier"))
	check(t, err)
	check(t, w.files.Abandon(ctx, secret))
	again, err := w.files.Append(ctx, secret, 4, strings.NewReader(""))
	check(t, err)
	if again.File != s.File || !w.sees(w.expert, s.File) {
		t.Errorf("%+v", again)
	}
	_, err = w.files.Append(ctx, secret, 0, strings.NewReader("vier"))
	w.refused(kb.Conflict, err)
	_, err = w.files.Append(ctx, secret, -1, strings.NewReader("vier"))
	w.refused(kb.Conflict, err)
	w.now = w.now.Add(25 * time.Hour)
	w.follow()
	if _, err := w.files.Sweep(ctx); err != nil || !w.sees(w.expert, s.File) {
		t.Errorf("the file went with its upload: %v", err)
	}
}

// Only material has files, and only for who may write there.
func TestWhoMayAddFiles(t *testing.T) {
	ctx := context.Background()
	w := newFilesWorld(t)
	draft, shown := w.draft("Concept"), w.published("Gepubliceerd")
	reading := w.expert
	reading.Token, reading.Scopes = kb.DeriveID("token", "x"), []kb.Scope{kb.ScopeRead}
	for name, tt := range map[string]struct {
		actor  kb.Actor
		record kb.ID
		want   kb.Code
	}{
		"its author":          {w.expert, draft.ID, ""},
		"an editor":           {w.editor, draft.ID, ""},
		"an admin":            {w.admin, shown.ID, ""},
		"its author, later":   {w.expert, shown.ID, ""},
		"another expert":      {w.other, draft.ID, kb.NotFound},
		"another, published":  {w.other, shown.ID, kb.Forbidden},
		"a member":            {w.member, shown.ID, kb.Forbidden},
		"a visitor":           {kb.Visitor(), shown.ID, kb.Unauthenticated},
		"nothing":             {w.expert, kb.DeriveID("no", "thing"), kb.NotFound},
		"no id":               {w.expert, "x", kb.NotFound},
		"an account":          {w.admin, w.expert.Account, kb.NotFound},
		"by a reading token":  {reading, draft.ID, kb.Forbidden},
		"a theme has no file": {w.admin, kb.DeriveID("theme", "wonen"), kb.NotFound},
	} {
		_, _, err := w.files.Start(ctx, tt.actor, kb.UploadRequest{Record: tt.record, Name: "x", Size: 1})
		if got := kb.CodeOf(err); got != tt.want {
			t.Errorf("%s: %v, want %q", name, err, tt.want)
		}
	}
}
