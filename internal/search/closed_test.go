package search

import (
	"errors"
	"path/filepath"
	"testing"

	"leerkring/internal/kb"
)

// After Close every use answered with a nil pointer, or started an index that
// nobody closed; a server that stops while a command still writes met both.
func TestUseAfterClose(t *testing.T) {
	for name, use := range map[string]func(x *Index) error{
		"commit":    func(x *Index) error { return x.Commit(t.Context(), kb.Step{Position: 2}) },
		"flush":     func(x *Index) error { return x.Flush(t.Context()) },
		"referring": func(x *Index) error { _, err := x.Referring([]string{"a"}); return err },
		"search": func(x *Index) error {
			_, err := x.Search(t.Context(), kb.Visitor(), kb.SearchRequest{First: 1})
			return err
		},
		"compare": func(x *Index) error {
			_, err := x.Compare(t.Context(), func(func(kb.Document) error) error { return nil })
			return err
		},
		"rebuild": func(x *Index) error { _, err := x.Rebuild(); return err },
	} {
		x := openIndex(t, t.TempDir(), Options{})
		put(t, x, 1, publicCase("huis", nil))
		if err := errors.Join(x.Close(), x.Close()); err != nil {
			t.Fatal(err)
		}
		if err := use(x); kb.CodeOf(err) != kb.Unavailable {
			t.Errorf("%s after closing: %v", name, err)
		}
	}
}

func TestSwapAfterClose(t *testing.T) {
	dir := t.TempDir()
	x := openIndex(t, dir, Options{})
	put(t, x, 1, publicCase("huis", nil))
	r, err := x.Rebuild()
	if err != nil {
		t.Fatal(err)
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	if err := r.Swap(); kb.CodeOf(err) != kb.Unavailable {
		t.Errorf("got %v", err)
	}
	if err := r.Discard(); err != nil {
		t.Error(err)
	}
	if y := openIndex(t, dir, Options{}); y.Position() != 1 {
		t.Errorf("the index is at %d", y.Position())
	}
}

// When the folder of the old generation could not be removed, Swap failed after
// the new one was current; its caller then discarded what searches were on.
func TestSwapWhenTheOldFolderStays(t *testing.T) {
	dir := t.TempDir()
	x := openIndex(t, dir, Options{})
	put(t, x, 1, publicCase("oud", nil))
	x.current.dir += string(filepath.Separator) + "." // RemoveAll refuses such a path
	r, err := x.Rebuild()
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Commit(t.Context(), kb.Step{Documents: []kb.Document{publicCase("nieuw", nil)}, Position: 2}); err != nil {
		t.Fatal(err)
	}
	if err := r.Swap(); err != nil {
		t.Fatalf("the new generation is current, but: %v", err)
	}
	if got := ask(t, x, kb.SearchRequest{Text: "nieuw", First: 1}); got.Total != 1 || x.Position() != 2 {
		t.Errorf("%d found at %d", got.Total, x.Position())
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	if y := openIndex(t, dir, Options{}); y.Position() != 2 || len(generations(t, dir)) != 1 {
		t.Errorf("opened again at %d with %v", y.Position(), generations(t, dir))
	}
}
