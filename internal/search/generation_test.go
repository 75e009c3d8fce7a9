package search

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"
	"testing"

	"pgregory.net/rapid"

	"leerkring/internal/kb"
)

func TestBudget(t *testing.T) {
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	b := newBudget(10)
	for _, n := range []int{6, 4} {
		if err := b.take(t.Context(), n); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.take(cancelled, 1); !errors.Is(err, context.Canceled) || b.free != 0 {
		t.Errorf("with nothing free: %v, %d free", err, b.free)
	}
	waiting := make(chan error)
	go func() { waiting <- b.take(t.Context(), 5) }()
	b.give(4) // not enough
	b.give(6)
	if err := <-waiting; err != nil || b.free != 5 {
		t.Errorf("after giving back: %v, %d free", err, b.free)
	}
	b.give(5)
}

// One step larger than the whole budget passes when nothing else is out, since
// it would wait for ever otherwise, and holds up all others.
func TestBudgetLetsOneLargeClaimThrough(t *testing.T) {
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	b := newBudget(10)
	if err := b.take(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	if err := b.take(cancelled, 1000); !errors.Is(err, context.Canceled) {
		t.Errorf("with something out: %v", err)
	}
	b.give(1)
	if err := b.take(t.Context(), 1000); err != nil {
		t.Fatal(err)
	}
	if err := b.take(cancelled, 0); !errors.Is(err, context.Canceled) {
		t.Errorf("beside the large one: %v", err)
	}
	b.give(1000)
	if err := b.take(t.Context(), 10); err != nil || b.free != 0 {
		t.Errorf("after it: %v, %d free", err, b.free)
	}
}

// The budget is whole again when all is on disk.
func TestCommitsGiveTheirBudgetBack(t *testing.T) {
	x := openIndex(t, t.TempDir(), Options{})
	for i := range 20 {
		put(t, x, kb.Seq(i+1), publicCase("huis", func(d *kb.Document) { d.Body = strings.Repeat("a ", 1000) }))
	}
	if err := x.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	b := x.current.unpersisted
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.free != b.full {
		t.Errorf("%d of %d free with everything on disk", b.free, b.full)
	}
}

func TestPositionsComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := kb.Seq(rapid.Int64Min(0).Draw(t, "position"))
		b := encodePosition(p)
		if got, err := decodePosition(b); err != nil || got != p {
			t.Fatalf("%d came back as %d, %v", p, got, err)
		}
		b[rapid.IntRange(0, len(b)-1).Draw(t, "byte")] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
		if got, err := decodePosition(b); err == nil {
			t.Fatalf("%x is read as %d", b, got)
		}
	})
	for _, b := range [][]byte{nil, {}, make([]byte, 8), append(encodePosition(1), 0)} {
		if got, err := decodePosition(b); err == nil {
			t.Errorf("%x is read as %d", b, got)
		}
	}
}

func TestCardsComeBack(t *testing.T) {
	d := publicCase("huis", func(d *kb.Document) { d.Version = 12 })
	e, err := decodeCard(encodeCard(&d))
	if err != nil || e.Kind() != kb.KindCase || e.Label() != "huis" || e.Base().Version != 12 {
		t.Errorf("%+v, %v", e, err)
	}
	for _, s := range []string{"", "CASE", "CASE\x00", "CASE\x001", "CASE\x00x\x00{}", "ONZIN\x001\x00{}", string(kb.KindCase) + "\x001\x00{"} {
		if e, err := decodeCard([]byte(s)); err == nil {
			t.Errorf("%q is read as %+v", s, e)
		}
	}
}

func TestCountWords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOfN(rapid.RuneFrom([]rune("aé \t\n🙂-")), 0, 40, -1).Draw(t, "text")
		if got, want := countWords(s), len(strings.Fields(s)); got != want {
			t.Fatalf("%q has %d words, want %d", s, got, want)
		}
	})
}

func TestErrorsOfTheDisk(t *testing.T) {
	coded := kb.Errorf(kb.Conflict, kb.Text{NL: "x", EN: "x"})
	for _, c := range []struct {
		err  error
		code kb.Code
		says string
	}{
		{&fs.PathError{Op: "write", Path: "/geheim", Err: syscall.ENOSPC}, kb.DiskFull, "/data/index"},
		{fmt.Errorf("bolt: %w", syscall.EDQUOT), kb.DiskFull, "/data/index"},
		{&fs.PathError{Op: "open", Path: "/geheim", Err: syscall.EACCES}, kb.ReadOnly, "--data"},
		{syscall.EPERM, kb.ReadOnly, "--data"},
		{syscall.EROFS, kb.ReadOnly, "/data/index"},
		{syscall.EIO, kb.Unavailable, ""},
		{errors.New("iets"), kb.Unavailable, ""},
		{coded, kb.Conflict, ""},
		{fmt.Errorf("om: %w", coded), kb.Conflict, ""},
		{context.Canceled, kb.Internal, ""},
		{fmt.Errorf("om: %w", context.DeadlineExceeded), kb.Internal, ""},
		{nil, "", ""},
	} {
		got := ioError(c.err, "/data/index")
		if kb.CodeOf(got) != c.code || !errors.Is(got, c.err) {
			t.Errorf("%v became %v", c.err, got)
		}
		var e *kb.Error
		if !errors.As(got, &e) {
			continue
		}
		for _, text := range []string{e.Text.NL, e.Text.EN} {
			if !strings.Contains(text, c.says) || strings.Contains(text, "geheim") || text == "" {
				t.Errorf("%v: people read %q", c.err, text)
			}
		}
	}
}

func TestIDsOfDocuments(t *testing.T) {
	id := kb.DeriveID("test", "a")
	want := map[string]documentName{
		string(id):             {record: id},
		string(id) + "~":       {record: id, copied: true},
		string(id) + "+2":      {record: id, variant: 2},
		string(id) + "~+12":    {record: id, copied: true, variant: 12},
		string(id) + "/0":      {record: id, leaf: true},
		string(id) + "~+3/140": {record: id, copied: true, variant: 3, leaf: true},
	}
	for name, n := range want {
		if got := parseName(name); got != n {
			t.Errorf("%s is read as %+v", name, got)
		}
		if got := documentID(n.record, n.copied, n.variant); !n.leaf && got != name {
			t.Errorf("%+v is named %s", n, got)
		}
	}
}
