package kb_test

import (
	"context"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

// filesRoles are those whom the tables below name by a letter: a visitor (V), a member
// (M), an expert of another material (E), a guest in the circle (G), a member in it (C),
// the author (A), a token of the author that may only read (T), an editor (R) and an
// admin (B).
const filesRoles = "VMEGCATRB"

func (w *filesWorld) roles(team kb.ID) map[rune]kb.Actor {
	w.t.Helper()
	token := w.expert
	token.Token, token.Scopes = kb.DeriveID("token", "lezen"), []kb.Scope{kb.ScopeRead}
	circle := kb.Membership{Team: team, Role: kb.TeamParticipant}
	return map[rune]kb.Actor{
		'V': kb.Visitor(), 'M': w.member, 'E': w.account("Ander", kb.RoleExpert),
		'G': w.account("Gast", kb.RoleVisitor, circle), 'C': w.account("Kring", kb.RoleMember, circle),
		'A': w.expert, 'T': token, 'R': w.editor, 'B': w.account("Beheerder", kb.RoleAdmin),
	}
}

// reads are the ways in which somebody reads a file, or something of it.
func (w *filesWorld) reads(a kb.Actor, f *kb.File) map[string]error {
	ctx := context.Background()
	found, err := w.files.Open(ctx, a, []kb.ID{f.ID})
	check(w.t, err)
	got := map[string]error{}
	if found[f.ID].File == nil {
		got["open"] = kb.Errorf(kb.NotFound, kb.Text{})
	} else {
		got["open"] = nil
	}
	_, got["reading"] = w.files.Reading(ctx, a, f.ID)
	_, got["pages"] = w.files.Pages(ctx, a, f.ID, 1, 10)
	_, got["similar"] = w.files.Similar(ctx, a, f.ID)
	_, got["findings"] = w.files.Findings(ctx, a, f.ID)
	_, got["suggestions"] = w.files.Suggestions(ctx, a, f.ID)
	_, _, got["link"] = w.files.Link(ctx, a, f.ID)
	for name, fetch := range map[string]func() (kb.Download, error){
		"original":  func() (kb.Download, error) { return w.files.Original(ctx, a, f.ID) },
		"thumbnail": func() (kb.Download, error) { return w.files.Picture(ctx, a, f.ID, 0) },
		"picture":   func() (kb.Download, error) { return w.files.Picture(ctx, a, f.ID, 2) },
	} {
		d, err := fetch()
		if err == nil {
			check(w.t, d.Blob.Close())
		}
		got[name] = err
	}
	return got
}

// Who may read what of a file: for each way the letters of those for whom it works. All
// others are told that there is no such file, or to sign in; no answer tells more.
func TestWhoReadsAFile(t *testing.T) {
	team := kb.DeriveID("team", "a")
	const all, workers = "VMEGCATRB", "ATRB"
	own := func(read, original string) map[string]string {
		m := map[string]string{"findings": workers, "suggestions": workers, "similar": workers, "original": original, "link": strings.ReplaceAll(original, "V", "")}
		for _, name := range []string{"open", "reading", "pages", "thumbnail", "picture"} {
			m[name] = read
		}
		return m
	}
	for name, tt := range map[string]struct {
		ask  func(*kb.UploadRequest)
		hide []int
		live bool
		want map[string]string
	}{
		"of a draft":                    {want: own(workers, workers)},
		"of a draft, for members":       {ask: forCircle(kb.VisibilityMembers, ""), want: own(workers, workers)},
		"published":                     {live: true, want: own(all, all)},
		"published, for members":        {ask: forCircle(kb.VisibilityMembers, ""), live: true, want: own("MECATRB", "MECATRB")},
		"published, for a circle":       {ask: forCircle(kb.VisibilityTeam, team), live: true, want: own("GCATRB", "GCATRB")},
		"published, with a hidden page": {hide: []int{3}, live: true, want: own(all, workers)},
		"published, without page 2": {hide: []int{2}, live: true, want: func() map[string]string {
			m := own(all, workers)
			m["picture"] = workers
			return m
		}()},
		"published, without page 1": {hide: []int{1}, live: true, want: func() map[string]string {
			m := own(all, workers)
			m["thumbnail"] = workers // it is the picture of page 1
			return m
		}()},
	} {
		t.Run(name, func(t *testing.T) {
			w := newFilesWorld(t)
			m := w.draft("Wonen").ID
			var ask []func(*kb.UploadRequest)
			if tt.ask != nil {
				ask = append(ask, tt.ask)
			}
			f := w.add(m, "a.txt", "een\ftwee\fdrie", ask...)
			w.read()
			if tt.hide != nil {
				_, _, err := w.files.Change(context.Background(), w.expert, kb.Target{ID: f.ID}, kb.FileChanges{Hidden: &tt.hide})
				check(t, err)
			}
			if tt.live {
				w.publish(m)
			}
			got := map[string]string{}
			actors := w.roles(team)
			for _, letter := range filesRoles {
				for way, err := range w.reads(actors[letter], f) {
					if got[way] += ""; err == nil {
						got[way] += string(letter)
					} else if code := kb.CodeOf(err); code != kb.NotFound && code != kb.Forbidden && code != kb.Unauthenticated {
						t.Errorf("%s of %c: %v", way, letter, err)
					}
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Who may change what of a file.
func TestWhoChangesAFile(t *testing.T) {
	ctx := context.Background()
	team := kb.DeriveID("team", "a")
	changes := map[string]func(w *filesWorld, a kb.Actor, m kb.ID, f *kb.File) error{
		"add": func(w *filesWorld, a kb.Actor, m kb.ID, _ *kb.File) error {
			_, _, err := w.files.Add(ctx, a, kb.UploadRequest{Record: m, Name: "b.txt", Size: 3}, strings.NewReader("abc"))
			return err
		},
		"start": func(w *filesWorld, a kb.Actor, m kb.ID, _ *kb.File) error {
			_, _, err := w.files.Start(ctx, a, kb.UploadRequest{Record: m, Name: "b.txt", Size: 3})
			return err
		},
		"rename": func(w *filesWorld, a kb.Actor, _ kb.ID, f *kb.File) error {
			name := "ander.txt"
			_, _, err := w.files.Change(ctx, a, kb.Target{ID: f.ID}, kb.FileChanges{Name: &name})
			return err
		},
		"hide": func(w *filesWorld, a kb.Actor, _ kb.ID, f *kb.File) error {
			_, _, err := w.files.Change(ctx, a, kb.Target{ID: f.ID}, kb.FileChanges{Hidden: &[]int{2}})
			return err
		},
		"explain": func(w *filesWorld, a kb.Actor, _ kb.ID, f *kb.File) error {
			_, _, err := w.files.Explain(ctx, a, kb.Target{ID: f.ID}, "bsn-1", "een voorbeeld, van niemand")
			return err
		},
		"refuse": func(w *filesWorld, a kb.Actor, _ kb.ID, f *kb.File) error {
			_, _, err := w.files.Refuse(ctx, a, f.ID, []string{"title:x"})
			return err
		},
		"remove": func(w *filesWorld, a kb.Actor, _ kb.ID, f *kb.File) error {
			_, err := w.files.Remove(ctx, a, kb.Target{ID: f.ID})
			return err
		},
		"parked": func(w *filesWorld, a kb.Actor, _ kb.ID, _ *kb.File) error {
			_, err := w.files.Parked(ctx, a, 10, "")
			return err
		},
	}
	got := map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(changes)) {
		var w *filesWorld
		var m kb.ID
		var f *kb.File
		var actors map[rune]kb.Actor
		for _, letter := range filesRoles {
			if w == nil {
				w = newFilesWorld(t)
				m = w.draft("Wonen").ID
				f = w.add(m, "a.txt", "123456782\ftwee")
				w.read()
				actors = w.roles(team)
			}
			before := w.stored(f.ID).Version
			switch err := changes[name](w, actors[letter], m, f); {
			case err == nil || kb.CodeOf(err) == kb.Invalid: // whoever is told what is wrong was let in
				got[name] += string(letter)
				w = nil // it is another file now
			case kb.CodeOf(err) != kb.NotFound && kb.CodeOf(err) != kb.Forbidden && kb.CodeOf(err) != kb.Unauthenticated:
				t.Errorf("%s by %c: %v", name, letter, err)
			case w.stored(f.ID).Version != before:
				t.Errorf("%s by %c was refused, and changed the file", name, letter)
			}
		}
	}
	const workers = "ARB"
	want := map[string]string{
		"add": workers, "start": workers, "rename": workers, "hide": workers, "explain": workers, "refuse": workers, "remove": workers, "parked": "B",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// A link fetches a file once, and only while its maker may read it.
func TestLinksToFiles(t *testing.T) {
	ctx := context.Background()
	for name, tt := range map[string]struct {
		between func(w *filesWorld, m kb.ID, f *kb.File)
		want    string // the bytes; none when there is no file
	}{
		"at once":            {want: "een\ftwee"},
		"after nine minutes": {between: func(w *filesWorld, _ kb.ID, _ *kb.File) { w.now = w.now.Add(9 * 60e9) }, want: "een\ftwee"},
		"after ten minutes":  {between: func(w *filesWorld, _ kb.ID, _ *kb.File) { w.now = w.now.Add(10 * 60e9) }},
		"of what is withdrawn": {between: func(w *filesWorld, m kb.ID, _ *kb.File) {
			w.done(w.Withdraw(ctx, w.editor, w.target(m), "verouderd", ""))
		}},
		"of what is narrowed": {between: func(w *filesWorld, _ kb.ID, f *kb.File) {
			team, only := kb.DeriveID("team", "a"), kb.VisibilityTeam
			w.change(f, kb.FileChanges{Visibility: &only, Team: &team})
		}},
		"with a page that is hidden since": {between: func(w *filesWorld, _ kb.ID, f *kb.File) {
			w.change(f, kb.FileChanges{Hidden: &[]int{1}})
		}},
	} {
		t.Run(name, func(t *testing.T) {
			w := newFilesWorld(t)
			m := w.draft("Wonen").ID
			f := w.add(m, "a.txt", "een\ftwee")
			w.read()
			w.publish(m)
			secret, _, err := w.files.Link(ctx, w.member, f.ID)
			check(t, err)
			if tt.between != nil {
				tt.between(w, m, f)
			}
			got := ""
			d, err := w.files.Redeem(ctx, secret)
			if err == nil {
				data, err := io.ReadAll(io.NewSectionReader(d.Blob, 0, d.Blob.Size()))
				check(t, err)
				check(t, d.Blob.Close())
				got = string(data)
			} else if code := kb.CodeOf(err); code != kb.NotFound && code != kb.Forbidden {
				t.Error(err)
			}
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			if _, err := w.files.Redeem(ctx, secret); kb.CodeOf(err) != kb.NotFound {
				t.Errorf("the second time: %v", err)
			}
			if _, err := w.files.Redeem(ctx, secret[1:]+"x"); kb.CodeOf(err) != kb.NotFound {
				t.Errorf("another secret: %v", err)
			}
		})
	}
}
