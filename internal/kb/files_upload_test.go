package kb_test

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

func (w *filesWorld) start(actor kb.Actor, q kb.UploadRequest) string {
	w.t.Helper()
	secret, _, err := w.files.Start(context.Background(), actor, q)
	check(w.t, err)
	return secret
}

func TestUploadGoesOnWhereItBrokeOff(t *testing.T) {
	ctx := context.Background()
	w := newFilesWorld(t)
	material := w.draft("Wonen")
	secret := w.start(w.expert, kb.UploadRequest{Record: material.ID, Name: "dia's.txt", Size: 10})

	cut := io.MultiReader(strings.NewReader("01234"), iotest.ErrReader(errors.New("connection cut")))
	s, err := w.files.Append(ctx, secret, 0, cut)
	if err == nil || s.Offset != 5 {
		t.Fatalf("offset %d, error %v", s.Offset, err)
	}
	s, err = w.files.Append(ctx, secret, 3, strings.NewReader("34"))
	w.refused(kb.Conflict, err)
	s, err = w.files.Upload(ctx, secret)
	check(t, err)
	if s.Offset != 5 || s.File != "" {
		t.Fatalf("%+v", s)
	}
	s, err = w.files.Append(ctx, secret, 5, strings.NewReader("56789"))
	check(t, err)
	if s.File == "" || s.Offset != 10 {
		t.Fatalf("not finished: %+v", s)
	}
	again, err := w.files.Upload(ctx, secret)
	check(t, err)
	if again.File != s.File {
		t.Errorf("another file: %s, %s", again.File, s.File)
	}
	got := w.open(w.expert, material.ID).Work().(kb.Material).Shared().Files
	if diff := cmp.Diff([]kb.ID{s.File}, got); diff != "" {
		t.Error(diff)
	}
	d, err := w.files.Original(ctx, w.expert, s.File)
	check(t, err)
	data, err := io.ReadAll(io.NewSectionReader(d.Blob, 0, d.Blob.Size()))
	check(t, errors.Join(err, d.Blob.Close()))
	if string(data) != "0123456789" || d.Name != "dia's.txt" {
		t.Errorf("%q as %q", data, d.Name)
	}
}

func TestUploadRefusesWhatWasNotAnnounced(t *testing.T) {
	ctx := context.Background()
	w := newFilesWorld(t)
	material := w.draft("Wonen")
	secret := w.start(w.expert, kb.UploadRequest{Record: material.ID, Name: "x", Size: 3})
	_, err := w.files.Append(ctx, secret, 0, strings.NewReader("four"))
	w.refused(kb.Invalid, err)
	s, err := w.files.Upload(ctx, secret)
	check(t, err)
	if s.Offset != 0 || s.File != "" {
		t.Errorf("something was kept: %+v", s)
	}
	check(t, w.files.Abandon(ctx, secret))
	_, err = w.files.Upload(ctx, secret)
	w.refused(kb.NotFound, err)
}

func TestUploadLimits(t *testing.T) {
	ctx := context.Background()
	w := newFilesWorld(t, func(c *kb.FilesConfig) {
		c.Limits = kb.FileLimits{File: 100, Account: 150, Pending: 2, Total: 1_000}
	})
	material := w.draft("Wonen")
	refused := func(want kb.Code, actor kb.Actor, q kb.UploadRequest) {
		t.Helper()
		if q.Record == "" {
			q.Record = material.ID
		}
		_, _, err := w.files.Start(ctx, actor, q)
		w.refused(want, err)
	}
	refused(kb.TooLarge, w.expert, kb.UploadRequest{Name: "x", Size: 101})
	refused(kb.Invalid, w.expert, kb.UploadRequest{Name: "x", Size: 0})
	refused(kb.Invalid, w.expert, kb.UploadRequest{Name: "x", Size: 1, Visibility: "NOBODY"})
	refused(kb.Invalid, w.expert, kb.UploadRequest{Name: "x", Size: 1, Visibility: kb.VisibilityTeam})
	refused(kb.Invalid, w.expert, kb.UploadRequest{Name: "x", Size: 1, Replaces: kb.DeriveID("no", "file")})
	refused(kb.NotFound, w.other, kb.UploadRequest{Name: "x", Size: 1}) // a draft that is not theirs
	refused(kb.Unauthenticated, kb.Visitor(), kb.UploadRequest{Name: "x", Size: 1})
	_, _, err := w.files.Add(ctx, w.expert, kb.UploadRequest{Record: material.ID, Name: "x", Size: -1}, strings.NewReader(strings.Repeat("x", 101)))
	w.refused(kb.TooLarge, err)

	w.add(material.ID, "one", strings.Repeat("1", 80))
	refused(kb.TooLarge, w.expert, kb.UploadRequest{Name: "x", Size: 71})
	w.start(w.expert, kb.UploadRequest{Record: material.ID, Name: "x", Size: 20})
	w.start(w.expert, kb.UploadRequest{Record: material.ID, Name: "x", Size: 20})
	refused(kb.TooMany, w.expert, kb.UploadRequest{Name: "x", Size: 1})
	w.now = w.now.Add(25 * time.Hour) // both are over
	w.start(w.expert, kb.UploadRequest{Record: material.ID, Name: "x", Size: 60})
}

// An upload whose bytes are all there when the server is killed is finished at the
// next look, and nothing half shows before. Each name is a place to be killed.
func TestUploadSurvivesKills(t *testing.T) {
	places := map[string]func(*brokenStore) bool{
		"before the sum is written":       func(s *brokenStore) bool { return s.kind == kb.KindUpload && s.n == 1 },
		"before the file is written":      func(s *brokenStore) bool { return s.kind == kb.KindFile },
		"before its reading is asked for": func(s *brokenStore) bool { return s.kind == kb.KindExtraction },
		"before the material lists it":    func(s *brokenStore) bool { return s.kind == kb.KindLesson },
		"before the upload is marked":     func(s *brokenStore) bool { return s.kind == kb.KindUpload && s.n > 3 },
	}
	for name, at := range places {
		t.Run(name, func(t *testing.T) {
			ctx := context.Background()
			w := newFilesWorld(t)
			material := w.draft("Wonen")
			secret := w.start(w.expert, kb.UploadRequest{Record: material.ID, Name: "a.txt", Size: 4})
			c := w.files.FilesConfig
			c.Store = &brokenStore{Store: w.store, at: at}
			_, err := kb.NewFiles(c).Append(ctx, secret, 0, strings.NewReader("text"))
			if kb.CodeOf(err) != kb.Unavailable {
				t.Fatalf("not killed: %v", err)
			}
			w.follow()
			n, err := w.files.Sweep(ctx)
			check(t, err)
			if n != 1 {
				t.Fatalf("%d finished", n)
			}
			s, err := w.files.Upload(ctx, secret)
			check(t, err)
			if diff := cmp.Diff([]kb.ID{s.File}, w.open(w.expert, material.ID).Work().(kb.Material).Shared().Files); diff != "" || s.File == "" {
				t.Error(diff)
			}
			if n, err = w.files.Sweep(ctx); err != nil || n != 0 {
				t.Errorf("again: %d, %v", n, err)
			}
		})
	}
}

// brokenStore dies at the first write that at names, and stays dead.
type brokenStore struct {
	kb.Store
	at   func(*brokenStore) bool
	kind kb.Kind
	n    int
	dead bool
}

func (s *brokenStore) Put(ctx context.Context, rs []kb.Record) ([]kb.Result, error) {
	s.n++
	s.kind = rs[0].Kind
	if s.dead = s.dead || s.at(s); s.dead {
		return nil, kb.Errorf(kb.Unavailable, kb.Text{NL: "dood", EN: "dead"})
	}
	return s.Store.Put(ctx, rs)
}

type scanner struct {
	virus string
	err   error
}

func (s scanner) Scan(context.Context, kb.Blob) (string, error) { return s.virus, s.err }

func TestVirusIsNotKept(t *testing.T) {
	ctx := context.Background()
	for _, tt := range []struct {
		name     string
		scan     scanner
		required bool
		want     kb.Code
	}{
		{"a virus", scanner{virus: "Eicar"}, false, kb.Invalid},
		{"no scanner, and none required", scanner{err: errors.New("gone")}, false, ""},
		{"no scanner", scanner{err: errors.New("gone")}, true, kb.Unavailable},
		{"clean", scanner{}, true, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := newFilesWorld(t, func(c *kb.FilesConfig) { c.Scan, c.ScanRequired = tt.scan, tt.required })
			material := w.draft("Wonen")
			_, _, err := w.files.Add(ctx, w.expert, kb.UploadRequest{Record: material.ID, Name: "a", Size: 1}, strings.NewReader("a"))
			if got := kb.CodeOf(err); got != tt.want {
				t.Errorf("Add: %v, want %q", err, tt.want)
			}
			secret := w.start(w.expert, kb.UploadRequest{Record: material.ID, Name: "b", Size: 1})
			_, err = w.files.Append(ctx, secret, 0, strings.NewReader("b"))
			if got := kb.CodeOf(err); got != tt.want {
				t.Errorf("Append: %v, want %q", err, tt.want)
			}
			n := len(w.open(w.expert, material.ID).Work().(kb.Material).Shared().Files)
			if kept := n == 2; kept != (tt.want == "") {
				t.Errorf("%d files", n)
			}
		})
	}
}

func TestReplacedInPlace(t *testing.T) {
	w := newFilesWorld(t)
	material := w.draft("Wonen")
	a, b := w.add(material.ID, "a", "a"), w.add(material.ID, "b", "b")
	c := w.add(material.ID, `C:\map\..\c`+"\u202etxt.exe", "c", func(q *kb.UploadRequest) { q.Replaces = a.ID })
	if c.Name != "ctxt.exe" || c.Replaces != a.ID {
		t.Errorf("%q replaces %s", c.Name, c.Replaces)
	}
	if diff := cmp.Diff([]kb.ID{c.ID, b.ID}, w.open(w.expert, material.ID).Work().(kb.Material).Shared().Files); diff != "" {
		t.Error(diff)
	}
}
