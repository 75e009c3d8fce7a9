package blobtest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

// testNames: no name but a right one is a path or a key.
func testNames(t *testing.T, fresh Fresh) {
	b := opened(t, fresh)
	name := stored(t, b, []byte("abc"))
	for _, bad := range []string{
		"", ".", "..", "stages", "../" + name, name[:63], name + "0", strings.ToUpper(name), name[:2] + "/" + name, "/etc/passwd", name + ".d", name + "\n", name + "\x00",
	} {
		hasNot(t, b, bad)
		code(t, "Delete "+bad, b.Delete(t.Context(), bad), kb.NotFound)
		code(t, "PutDerived "+bad, b.PutDerived(t.Context(), bad, "a", strings.NewReader("x")), kb.NotFound)
		code(t, "DropDerived "+bad, b.DropDerived(t.Context(), bad, ""), kb.NotFound)
	}
	for _, bad := range []string{"", ".", "..", "../x", "a/b", ".hidden", "-a", "A.png", "a~1", "a\\b", "a\n", "a*", strings.Repeat("a", 101)} {
		code(t, "PutDerived "+bad, b.PutDerived(t.Context(), name, bad, strings.NewReader("x")), kb.NotFound)
		_, err := b.OpenDerived(t.Context(), name, bad)
		code(t, "OpenDerived "+bad, err, kb.NotFound)
		if bad != "" {
			code(t, "DropDerived "+bad, b.DropDerived(t.Context(), name, bad), kb.NotFound)
		}
	}
	for _, bad := range []kb.ID{"", ".", "..", "../" + kb.ID(name), kb.ID(strings.ToUpper(string(id("s")))), id("s") + "x", "stages/" + id("s")} {
		_, err := b.Append(t.Context(), bad, 0, strings.NewReader("x"))
		code(t, "Append "+string(bad), err, kb.NotFound)
		_, err = b.Staged(t.Context(), bad)
		code(t, "Staged "+string(bad), err, kb.NotFound)
		_, err = b.OpenStage(t.Context(), bad)
		code(t, "OpenStage "+string(bad), err, kb.NotFound)
		_, _, err = b.Commit(t.Context(), bad)
		code(t, "Commit "+string(bad), err, kb.NotFound)
		code(t, "Discard "+string(bad), b.Discard(t.Context(), bad), kb.NotFound)
	}
	has(t, b, []byte("abc"))
	if got := walked(t, b); len(got) != 1 {
		t.Errorf("Walk: %v", got)
	}
}

func testDeleted(t *testing.T, fresh Fresh) {
	b := opened(t, fresh)
	name, other := stored(t, b, random(8, 10_000)), stored(t, b, []byte("other"))
	for _, n := range []string{name, other} {
		if err := b.PutDerived(t.Context(), n, "a", strings.NewReader(n)); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.Delete(t.Context(), name); err != nil {
		t.Fatal(err)
	}
	hasNot(t, b, name)
	code(t, "Delete again", b.Delete(t.Context(), name), kb.NotFound)
	_, err := b.OpenDerived(t.Context(), name, "a")
	code(t, "what was derived from it", err, kb.NotFound)
	code(t, "deriving from it", b.PutDerived(t.Context(), name, "a", strings.NewReader("x")), kb.NotFound)
	has(t, b, []byte("other"))
	derived, err := b.OpenDerived(t.Context(), other, "a")
	holds(t, derived, err, []byte(other))
	// The same bytes may come again, and have nothing derived then.
	stored(t, b, random(8, 10_000))
	_, err = b.OpenDerived(t.Context(), name, "a")
	code(t, "what was derived before", err, kb.NotFound)
}

func testDerived(t *testing.T, fresh Fresh) {
	b := opened(t, fresh)
	name := stored(t, b, []byte("abc"))
	things := map[string][]byte{
		kb.ReadingName: random(9, 1<<20+3), kb.ThumbnailName: random(10, 5_000), kb.PictureName(1): nil, kb.PictureName(4999): []byte("x"),
	}
	for thing, data := range things {
		_, err := b.OpenDerived(t.Context(), name, thing)
		code(t, thing+" before", err, kb.NotFound)
		if err := b.PutDerived(t.Context(), name, thing, bytes.NewReader(data)); err != nil {
			t.Fatal(err)
		}
	}
	for thing, data := range things {
		derived, err := b.OpenDerived(t.Context(), name, thing)
		holds(t, derived, err, data)
	}
	if got := walked(t, b); len(got) != 1 {
		t.Errorf("Walk visits what is derived: %v", got)
	}
}

// testDerivedAnew: a derived thing is replaced whole, at any number of times at once.
func testDerivedAnew(t *testing.T, fresh Fresh) {
	b := opened(t, fresh)
	name := stored(t, b, []byte("abc"))
	put := func(data []byte) {
		if err := b.PutDerived(t.Context(), name, "a", bytes.NewReader(data)); err != nil {
			t.Error(err)
		}
	}
	put(random(0, 10_000))
	for i := range 3 {
		put(random(uint64(i), 10_000+i))
		derived, err := b.OpenDerived(t.Context(), name, "a")
		holds(t, derived, err, random(uint64(i), 10_000+i))
	}
	var all sync.WaitGroup
	for i := range 6 {
		all.Go(func() { put(random(uint64(i), 10_000+i)) })
	}
	all.Wait()
	derived, err := b.OpenDerived(t.Context(), name, "a")
	if err != nil {
		t.Fatal(err)
	}
	holds(t, derived, nil, random(uint64(derived.Size()-10_000), int(derived.Size())))
}

// testDerivedCutOff: a maker that fails leaves what was there.
func testDerivedCutOff(t *testing.T, fresh Fresh) {
	b := opened(t, fresh)
	name := stored(t, b, []byte("abc"))
	broken := errors.New("it could not be made")
	half := func() io.Reader {
		return io.MultiReader(bytes.NewReader(random(11, 700_000)), iotest.ErrReader(broken))
	}
	if err := b.PutDerived(t.Context(), name, "a", half()); !errors.Is(err, broken) {
		t.Fatalf("got %v", err)
	}
	_, err := b.OpenDerived(t.Context(), name, "a")
	code(t, "OpenDerived", err, kb.NotFound)
	if err := b.PutDerived(t.Context(), name, "a", strings.NewReader("whole")); err != nil {
		t.Fatal(err)
	}
	if err := b.PutDerived(t.Context(), name, "a", half()); !errors.Is(err, broken) {
		t.Fatalf("got %v", err)
	}
	derived, err := b.OpenDerived(t.Context(), name, "a")
	holds(t, derived, err, []byte("whole"))
}

func testDerivedDropped(t *testing.T, fresh Fresh) {
	b := opened(t, fresh)
	name, other := stored(t, b, []byte("abc")), stored(t, b, []byte("other"))
	for _, n := range []string{name, other} {
		for _, thing := range []string{"page-000001.png", "page-000002.png", "page", "pagf", "thumbnail.png"} {
			if err := b.PutDerived(t.Context(), n, thing, strings.NewReader(thing)); err != nil {
				t.Fatal(err)
			}
		}
	}
	left := func(n string) (things []string) {
		for _, thing := range []string{"page", "page-000001.png", "page-000002.png", "pagf", "thumbnail.png"} {
			derived, err := b.OpenDerived(t.Context(), n, thing)
			if kb.CodeOf(err) != kb.NotFound {
				holds(t, derived, err, []byte(thing))
				things = append(things, thing)
			}
		}
		return things
	}
	for _, step := range []struct {
		prefix string
		want   []string
	}{
		{"x", []string{"page", "page-000001.png", "page-000002.png", "pagf", "thumbnail.png"}},
		{"page-", []string{"page", "pagf", "thumbnail.png"}},
		{"page", []string{"pagf", "thumbnail.png"}},
		{"", nil},
		{"", nil},
	} {
		if err := b.DropDerived(t.Context(), name, step.prefix); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(step.want, left(name)); diff != "" {
			t.Fatalf("after dropping %q (-want +got):\n%s", step.prefix, diff)
		}
	}
	if got := left(other); len(got) != 5 {
		t.Errorf("of the other blob are left %v", got)
	}
}

func testReadAt(t *testing.T, fresh Fresh) {
	b := opened(t, fresh)
	data := random(12, 3<<20+1234)
	blob, err := b.Open(t.Context(), stored(t, b, data))
	if err != nil {
		t.Fatal(err)
	}
	defer blob.Close()
	var all sync.WaitGroup
	for seed := range uint64(8) {
		all.Go(func() {
			dice := rand.New(rand.NewPCG(seed, 1))
			for range 30 {
				from, n := dice.IntN(len(data)+10), dice.IntN(1<<dice.IntN(22))
				if err := readsAt(blob, data, from, n); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	if _, err := blob.ReadAt(make([]byte, 1), -1); err == nil {
		t.Error("ReadAt before the beginning gives no error")
	}
}

// readsAt compares one ReadAt with what io.ReaderAt asks.
func readsAt(blob kb.Blob, data []byte, from, n int) error {
	got := make([]byte, n)
	read, err := blob.ReadAt(got, int64(from))
	want := data[min(from, len(data)):min(from+n, len(data))]
	if !bytes.Equal(got[:read], want) {
		return fmt.Errorf("ReadAt %d of %d: %d other bytes", from, n, read)
	}
	if short := len(want) < n; short != errors.Is(err, io.EOF) && !(len(want) == n && from+n == len(data)) {
		return fmt.Errorf("ReadAt %d of %d: %d, %w", from, n, read, err)
	}
	return nil
}

// testWalk: everything once, with its size and the moment of its last change. Bytes
// that come a second time make a blob young again: somebody is about to use it.
func testWalk(t *testing.T, fresh Fresh) {
	at := noon()
	b := fresh(t, func() time.Time { return at })()
	defer b.Close()
	old, both := []byte("old"), []byte("both")
	stored(t, b, old)
	stored(t, b, both)
	add(t, b, id("quiet"), 0, []byte("q"))
	add(t, b, id("busy"), 0, []byte("b"))
	add(t, b, id("late"), 0, []byte("late"))
	at = at.Add(48 * time.Hour)
	stored(t, b, both)
	add(t, b, id("busy"), 1, []byte("usy"))
	commit(t, b, id("late"), []byte("late"))
	want := map[string]kb.Stored{
		sum(old):            {SHA256: sum(old), Size: 3, Changed: noon()},
		sum(both):           {SHA256: sum(both), Size: 4, Changed: at},
		sum([]byte("late")): {SHA256: sum([]byte("late")), Size: 4, Changed: at},
		string(id("quiet")): {Stage: id("quiet"), Size: 1, Changed: noon()},
		string(id("busy")):  {Stage: id("busy"), Size: 4, Changed: at},
	}
	got := walked(t, b)
	for name, s := range got {
		s.Changed = s.Changed.UTC()
		got[name] = s
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func testWalkCutOff(t *testing.T, fresh Fresh) {
	b := opened(t, fresh)
	if got := walked(t, b); len(got) != 0 {
		t.Errorf("Walk of nothing: %v", got)
	}
	for i := range 3 {
		stored(t, b, []byte{byte(i)})
	}
	enough, visits := errors.New("enough"), 0
	err := b.Walk(t.Context(), func(kb.Stored) error {
		visits++
		return enough
	})
	if !errors.Is(err, enough) || visits != 1 {
		t.Errorf("got %v after %d visits", err, visits)
	}
	// What is visited may be taken away.
	if err := b.Walk(t.Context(), func(s kb.Stored) error { return b.Delete(t.Context(), s.SHA256) }); err != nil {
		t.Error(err)
	}
	if got := walked(t, b); len(got) != 0 {
		t.Errorf("left: %v", got)
	}
}
