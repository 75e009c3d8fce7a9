package search

import (
	"encoding/base64"
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"leerkring/internal/kb"
)

func anyCursor(t *rapid.T) cursor {
	c := cursor{
		process: rapid.Uint64().Draw(t, "process"), view: rapid.Uint64().Draw(t, "view"), request: rapid.Uint64().Draw(t, "request"),
		key: key{
			score: float64(rapid.Float32Range(0, 1e9).Draw(t, "score")), date: rapid.Int64().Draw(t, "date"),
			title: titleKey(rapid.String().Draw(t, "title")), copy: rapid.Bool().Draw(t, "copy"),
		},
	}
	copy(c.key.id[:], rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, "id"))
	return c
}

func TestCursorsComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := anyCursor(t)
		got, err := decodeCursor(c.encode(), c.request)
		if err != nil || *got != c {
			t.Fatalf("%+v came back as %+v, %v", c, got, err)
		}
		if _, err := decodeCursor(c.encode(), c.request+1); kb.CodeOf(err) != kb.CursorInvalid {
			t.Fatalf("for another request: %v", err)
		}
	})
}

// Whatever happens to a cursor on its way, it is refused, or it is a cursor that
// encode could have written.
func TestChangedCursors(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := anyCursor(t)
		b := []byte(c.encode())
		i := rapid.IntRange(0, len(b)-1).Draw(t, "place")
		for v := range 256 {
			changed := slices.Clone(b)
			changed[i] = byte(v)
			checkCursor(t, string(changed), c.request)
			checkCursor(t, string(slices.Insert(slices.Clone(b), i, byte(v))), c.request)
		}
		checkCursor(t, string(b[:i]), c.request)
	})
}

func checkCursor(t *rapid.T, text string, request uint64) {
	got, err := decodeCursor(text, request)
	if err != nil {
		if kb.CodeOf(err) != kb.CursorInvalid {
			t.Fatalf("%q: %v", text, err)
		}
		return
	}
	if again := got.encode(); again != text {
		t.Fatalf("%q is taken for %q", text, again)
	}
}

func TestCursorsThatAreRefused(t *testing.T) {
	whole := cursor{request: 1, key: key{title: strings.Repeat("a", 60)}}
	raw, err := base64.RawURLEncoding.DecodeString(whole.encode())
	if err != nil {
		t.Fatal(err)
	}
	with := func(change func(b []byte) []byte) string {
		return base64.RawURLEncoding.EncodeToString(change(slices.Clone(raw)))
	}
	if _, err := decodeCursor(with(func(b []byte) []byte { return b }), 1); err != nil {
		t.Fatalf("unchanged: %v", err)
	}
	for name, text := range map[string]string{
		"empty":           "",
		"other version":   with(func(b []byte) []byte { b[0]++; return b }),
		"copy of two":     with(func(b []byte) []byte { b[57] = 2; return b }),
		"not a number":    with(func(b []byte) []byte { b[25], b[26] = 0x7f, 0xf8; return b }),
		"title of bytes":  with(func(b []byte) []byte { b[60] = 0xff; return b }),
		"title too long":  with(func(b []byte) []byte { return append(b, strings.Repeat("a", 5)...) }),
		"cut off":         with(func(b []byte) []byte { return b[:cursorFixed-1] }),
		"with padding":    whole.encode() + "=",
		"with a new line": whole.encode()[:10] + "\n" + whole.encode()[10:],
		"loose bits":      strings.TrimSuffix(whole.encode(), "Q") + "R",
	} {
		if got, err := decodeCursor(text, 1); kb.CodeOf(err) != kb.CursorInvalid {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
	endless := cursor{request: 1, key: key{score: math.Inf(1)}}
	if _, err := decodeCursor(endless.encode(), 1); err != nil {
		t.Errorf("a score without end is in order, but: %v", err)
	}
}
