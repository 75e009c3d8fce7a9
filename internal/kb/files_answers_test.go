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

// Each of these is for who works on the material: readers may not know what was found,
// and to those who may not read it the file is not there.
func TestWhoMayDoWhatWithAFile(t *testing.T) {
	ctx := context.Background()
	w := newFilesWorld(t)
	draft, shown := w.draft("Concept"), w.draft("Getoond")
	hidden, public := w.add(draft.ID, "a.txt", "eerste 123456782"), w.add(shown.ID, "b.txt", "tweede")
	w.read()
	w.publish(shown.ID)
	name := "c.txt"
	for what, do := range map[string]func(kb.Actor, kb.ID) error{
		"change": func(a kb.Actor, id kb.ID) error {
			_, _, err := w.files.Change(ctx, a, kb.Target{ID: id}, kb.FileChanges{Name: &name})
			return err
		},
		"explain": func(a kb.Actor, id kb.ID) error {
			_, _, err := w.files.Explain(ctx, a, kb.Target{ID: id}, "x", "y")
			return err
		},
		"findings": func(a kb.Actor, id kb.ID) error { _, err := w.files.Findings(ctx, a, id); return err },
		"suggest":  func(a kb.Actor, id kb.ID) error { _, err := w.files.Suggestions(ctx, a, id); return err },
		"refuse":   func(a kb.Actor, id kb.ID) error { _, _, err := w.files.Refuse(ctx, a, id, []string{"k"}); return err },
		"take": func(a kb.Actor, id kb.ID) error {
			_, err := w.files.Take(ctx, a, kb.Target{ID: shown.ID}, id, []string{"k"})
			return err
		},
		"similar": func(a kb.Actor, id kb.ID) error { _, err := w.files.Similar(ctx, a, id); return err },
		"retry":   func(a kb.Actor, id kb.ID) error { _, err := w.files.Retry(ctx, a, id); return err },
		"remove": func(a kb.Actor, id kb.ID) error {
			_, err := w.files.Remove(ctx, a, kb.Target{ID: id, Version: 1000})
			return err
		},
	} {
		for who, tt := range map[string]struct {
			actor kb.Actor
			id    kb.ID
			want  kb.Code
		}{
			"a visitor, a draft":         {kb.Visitor(), hidden.ID, kb.NotFound},
			"a member, a draft":          {w.member, hidden.ID, kb.NotFound},
			"another expert, a draft":    {w.other, hidden.ID, kb.NotFound},
			"a visitor, published":       {kb.Visitor(), public.ID, kb.Unauthenticated},
			"a member, published":        {w.member, public.ID, kb.Forbidden},
			"another expert, published":  {w.other, public.ID, kb.Forbidden},
			"an editor, nothing":         {w.editor, kb.DeriveID("no", "file"), kb.NotFound},
			"an editor, no id":           {w.editor, "x", kb.NotFound},
			"an editor, another's kinds": {w.editor, shown.ID, kb.NotFound},
		} {
			if err := do(tt.actor, tt.id); kb.CodeOf(err) != tt.want {
				t.Errorf("%s by %s: %v, want %s", what, who, err, tt.want)
			}
		}
	}
}

func TestChangesOfAFile(t *testing.T) {
	ctx := context.Background()
	w := newFilesWorld(t)
	f := w.add(w.draft("Wonen").ID, "a.txt", "een\ftwee\fdrie")
	name, none, team, members := `..\nieuw.txt`, kb.Visibility("NOBODY"), kb.VisibilityTeam, kb.VisibilityMembers
	circle, pages, zero := kb.DeriveID("team", "a"), []int{3, 1, 3}, []int{0}
	change := func(version int, c kb.FileChanges) (kb.FileView, kb.Seq, error) {
		return w.files.Change(ctx, w.expert, kb.Target{ID: f.ID, Version: version}, c)
	}
	v, seq, err := change(f.Version, kb.FileChanges{Name: &name, Visibility: &team, Team: &circle, Hidden: &pages})
	check(t, err)
	if v.File.Name != "nieuw.txt" || v.File.Team != circle || v.File.Version != f.Version+1 || seq == 0 {
		t.Errorf("%+v", v.File)
	}
	if diff := cmp.Diff([]int{1, 3}, v.File.Hidden); diff != "" {
		t.Error(diff)
	}
	_, _, err = change(f.Version, kb.FileChanges{Name: &name})
	w.refused(kb.Conflict, err)
	same, _, err := change(0, kb.FileChanges{Name: &name})
	check(t, err)
	if same.File.Version != v.File.Version {
		t.Error("written without a change")
	}
	v, _, err = change(0, kb.FileChanges{Visibility: &members})
	check(t, err)
	if v.File.Team != "" {
		t.Error("a team of nothing")
	}
	for problem, c := range map[string]kb.FileChanges{"visibility": {Visibility: &none}, "team": {Visibility: &team}, "hidden": {Hidden: &zero}} {
		_, _, err = change(0, c)
		if diff := cmp.Diff([]string{problem}, problemFields(w.refused(kb.Invalid, err))); diff != "" {
			t.Error(diff)
		}
	}
	empty := []int{}
	v, _, err = change(0, kb.FileChanges{Hidden: &empty})
	check(t, err)
	if v.File.Hidden != nil {
		t.Errorf("%v", v.File.Hidden)
	}
}

// An explanation holds who gave it and when, can be given anew and be taken back, and
// is not shown to readers.
func TestExplanations(t *testing.T) {
	ctx := context.Background()
	w := newFilesWorld(t)
	material := w.draft("Wonen")
	f := w.add(material.ID, "a.txt", "123456782")
	_, _, err := w.files.Explain(ctx, w.expert, kb.Target{ID: f.ID}, "bsn-1", "te vroeg")
	w.refused(kb.Invalid, err)
	w.read()
	_, _, err = w.files.Explain(ctx, w.expert, kb.Target{ID: f.ID}, "bsn-1", strings.Repeat("x", kb.MaxText+1))
	w.refused(kb.Invalid, err)
	for _, reason := range []string{"een voorbeeld", "een verzonnen nummer"} {
		v, _, err := w.files.Explain(ctx, w.editor, kb.Target{ID: f.ID}, "bsn-1", reason)
		check(t, err)
		want := []kb.Explained{{Finding: "bsn-1", Reason: reason, By: w.editor.Account, At: w.now}}
		if diff := cmp.Diff(want, v.File.Explained); diff != "" {
			t.Error(diff)
		}
	}
	w.publish(material.ID)
	found, err := w.files.Open(ctx, w.member, []kb.ID{f.ID})
	check(t, err)
	v := found[f.ID]
	if v.File.Explained != nil || v.Extraction.Serious != nil || v.Extraction.Findings != 0 || v.Extraction.Bands != nil || v.Works {
		t.Errorf("a reader is told: %+v, %+v", v.File, v.Extraction)
	}
	back, _, err := w.files.Explain(ctx, w.expert, kb.Target{ID: f.ID}, "bsn-1", "")
	check(t, err)
	if len(back.File.Explained) != 0 || back.Extraction.Findings != 1 {
		t.Errorf("%+v, %+v", back.File, back.Extraction)
	}
}

// A suggestion is taken at the version that was read, of a file of that material.
func TestTakeRefusals(t *testing.T) {
	ctx := context.Background()
	w := newFilesWorld(t, func(c *kb.FilesConfig) {
		c.Suggest = suggester{{Key: "k", Field: "keywords", Value: "woondeal"}, {Key: "bad", Field: "themes", Value: "geen thema"}}
	})
	one, other := w.draft("Een"), w.draft("Ander")
	f := w.add(one.ID, "a.txt", "tekst")
	if list, err := w.files.Suggestions(ctx, w.expert, f.ID); err != nil || list != nil {
		t.Errorf("before it is read: %v, %v", list, err)
	}
	w.read()
	_, err := w.files.Take(ctx, w.expert, w.target(other.ID), f.ID, []string{"k"})
	w.refused(kb.NotFound, err)
	_, err = w.files.Take(ctx, w.expert, w.target(one.ID), f.ID, []string{"bad"})
	w.refused(kb.Invalid, err)
	_, err = w.files.Take(ctx, w.expert, w.target(one.ID), f.ID, []string{"unknown"})
	w.refused(kb.Invalid, err)
	read := w.target(one.ID)
	w.done(w.Update(ctx, w.editor, read, kb.Fields{"title": "Anders"}, false))
	_, err = w.files.Take(ctx, w.expert, read, f.ID, []string{"k"})
	w.refused(kb.Conflict, err)
	w.done(w.files.Take(ctx, w.expert, w.target(one.ID), f.ID, []string{"k"}))
	_, err = w.files.Take(ctx, w.expert, w.target(one.ID), f.ID, []string{"k"})
	w.refused(kb.Invalid, err) // it was taken
	v, _, err := w.files.Refuse(ctx, w.expert, f.ID, []string{"bad", "bad"})
	check(t, err)
	if diff := cmp.Diff([]string{"bad"}, v.File.Refused); diff != "" {
		t.Error(diff)
	}
	if list, err := w.files.Suggestions(ctx, w.editor, f.ID); err != nil || len(list) != 0 {
		t.Errorf("answered by another: %v, %v", list, err)
	}
}

// A link gives what its maker may have at the moment that it is used.
func TestLinksFollowTheirMaker(t *testing.T) {
	ctx := context.Background()
	for name, tt := range map[string]struct {
		meanwhile func(*filesWorld, kb.ID, *kb.File)
		want      kb.Code
	}{
		"nothing": {func(*filesWorld, kb.ID, *kb.File) {}, ""},
		"a page was hidden": {func(w *filesWorld, _ kb.ID, f *kb.File) {
			hidden := []int{1}
			_, _, err := w.files.Change(ctx, w.expert, kb.Target{ID: f.ID}, kb.FileChanges{Hidden: &hidden})
			check(w.t, err)
		}, kb.Forbidden},
		"it is for editors now": {func(w *filesWorld, id kb.ID, _ *kb.File) {
			w.done(w.Withdraw(ctx, w.editor, w.target(id), "verouderd", ""))
		}, kb.NotFound},
		"she may not sign in": {func(w *filesWorld, _ kb.ID, _ *kb.File) {
			found, err := w.store.Get(ctx, []kb.ID{w.member.Account})
			check(w.t, err)
			live, _, err := kb.DecodeRecord(found[w.member.Account])
			check(w.t, err)
			live.(*kb.Account).Disabled = true
			w.put(live)
		}, kb.NotFound},
	} {
		t.Run(name, func(t *testing.T) {
			w := newFilesWorld(t)
			material := w.draft("Wonen")
			f := w.add(material.ID, "a.txt", "tekst", func(q *kb.UploadRequest) { q.Visibility = kb.VisibilityMembers })
			w.read()
			w.publish(material.ID)
			secret, expires, err := w.files.Link(ctx, w.member, f.ID)
			check(t, err)
			if !expires.Equal(w.now.Add(10 * time.Minute)) {
				t.Errorf("until %s", expires)
			}
			tt.meanwhile(w, material.ID, f)
			d, err := w.files.Redeem(ctx, secret)
			if kb.CodeOf(err) != tt.want {
				t.Fatal(err)
			}
			if err == nil {
				data, read := io.ReadAll(io.NewSectionReader(d.Blob, 0, d.Blob.Size()))
				check(t, errors.Join(read, d.Blob.Close()))
				if string(data) != "tekst" || d.Name != "a.txt" || d.SHA256 != f.SHA256 {
					t.Errorf("%q of %+v", data, d)
				}
			}
			_, err = w.files.Redeem(ctx, secret)
			w.refused(kb.NotFound, err) // once, whatever came of it
		})
	}
}

// Only admins see what was given up, and may have any bytes read again.
func TestParkedIsForAdmins(t *testing.T) {
	ctx := context.Background()
	w := newFilesWorld(t)
	f := w.add(w.draft("Wonen").ID, "a.txt", "tekst")
	w.read()
	x := w.extraction(f.ID)
	for name, tt := range map[string]struct {
		actor kb.Actor
		want  kb.Code
	}{"a visitor": {kb.Visitor(), kb.Unauthenticated}, "an expert": {w.expert, kb.Forbidden}, "an editor": {w.editor, kb.Forbidden}, "an admin": {w.admin, ""}} {
		_, err := w.files.Parked(ctx, tt.actor, 10, "")
		if got := kb.CodeOf(err); got != tt.want {
			t.Errorf("%s lists: %v", name, err)
		}
		_, err = w.files.Retry(ctx, tt.actor, x.ID)
		if got := kb.CodeOf(err); got != tt.want {
			t.Errorf("%s tries again: %v", name, err)
		}
	}
	w.read()
	if w.extractor.reads != 2 {
		t.Errorf("read %d times", w.extractor.reads)
	}
}

// Files of drafts of others, and pages that are hidden, are like nothing.
func TestSimilarTellsNoSecrets(t *testing.T) {
	ctx := context.Background()
	w := newFilesWorld(t)
	var words []string
	for i := range 300 {
		words = append(words, "woord"+strings.Repeat("a", i%7)+strings.Repeat("b", i%11)+strings.Repeat("c", i%13))
	}
	text := strings.Join(words, " ")
	own := w.add(w.draft("Eigen").ID, "eigen.txt", text)
	others := w.draft("Van een ander")
	same := w.add(others.ID, "zelfde.txt", text)
	w.read()
	other := func(a kb.Actor) (out []kb.ID) {
		list, err := w.files.Similar(ctx, a, own.ID)
		check(t, err)
		for _, s := range list {
			out = append(out, s.File.ID)
		}
		return out
	}
	if diff := cmp.Diff([]kb.ID{same.ID}, other(w.editor)); diff != "" {
		t.Errorf("an editor: %s", diff)
	}
	stranger := w.done(w.Create(ctx, w.other, kb.KindLesson, lessonFields("Vreemd"), ""))
	v, _, err := w.files.Add(ctx, w.other, kb.UploadRequest{Record: stranger.ID, Name: "v.txt", Size: int64(len(text))}, strings.NewReader(text))
	check(t, err)
	w.follow()
	if list, err := w.files.Similar(ctx, w.other, v.File.ID); err != nil || len(list) != 0 {
		t.Errorf("like files of drafts of others: %v, %v", list, err)
	}
	w.publish(others.ID)
	if list, err := w.files.Similar(ctx, w.other, v.File.ID); err != nil || len(list) != 1 || list[0].File.ID != same.ID || list[0].Likeness != 1 {
		t.Errorf("published: %v, %v", list, err)
	}
	hidden := []int{1}
	_, _, err = w.files.Change(ctx, w.expert, kb.Target{ID: same.ID}, kb.FileChanges{Hidden: &hidden})
	check(t, err)
	if list, err := w.files.Similar(ctx, w.other, v.File.ID); err != nil || len(list) != 0 {
		t.Errorf("by a page that is hidden: %v, %v", list, err)
	}
}
