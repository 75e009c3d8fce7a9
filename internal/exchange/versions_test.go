package exchange_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/exchange"
	"leerkring/internal/kb"
	"leerkring/internal/store/sqlite"
)

// What a store holds comes out as it went in: events, authors, keys and tombstones, and
// what no rule would take today.
func TestVersionsAreWhatWasStored(t *testing.T) {
	store, err := sqlite.Open(t.Context(), t.TempDir(), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	at := time.Date(2026, 11, 1, 12, 0, 0, 5_000_000, time.UTC)
	one, by := kb.DeriveID("test", "1"), kb.DeriveID("test", "writer")
	large := `{"body":"` + strings.Repeat("<é\u2028&", 1_500_000) + `"}`
	want := []kb.Record{
		{ID: one, Kind: "oldKind", Version: 1, At: at, By: by, Event: kb.Event{Type: "OLD", Fields: []string{"a"}, Note: "x"}, Keys: []string{"k:1", "k:2"}, Live: []byte(large)},
		{ID: one, Kind: "oldKind", Version: 2, At: at, Event: kb.Event{Type: "GONE", About: by, Token: by}, Deleted: true},
	}
	results, err := store.Put(t.Context(), want)
	if err != nil || results[0].Err != nil || results[1].Err != nil {
		t.Fatal(err, results)
	}
	var out bytes.Buffer
	if _, err := exchange.Export(t.Context(), store, &out); err != nil {
		t.Fatal(err)
	}
	var got []kb.Record
	for r, err := range exchange.Versions(&out) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, r)
	}
	texts := cmp.Comparer(func(a, b json.RawMessage) bool { return bytes.Equal(a, b) })
	if diff := cmp.Diff(want, got, texts); diff != "" {
		t.Errorf("%.500s", diff)
	}
}

func TestVersionsOfWhatIsNoExport(t *testing.T) {
	const head, end = `{"leerkring":1}` + "\n", `{"end":true,"records":1}`
	version := `{"id":"` + string(kb.DeriveID("test", "1")) + `","kind":"case","version":1,"at":"2026-11-01T12:00:00Z","event":{"type":"CREATED"}}` + "\n"
	for name, c := range map[string]struct {
		text  string
		whole int // versions before the error
		ok    bool
	}{
		"whole":                  {head + version + end + "\n", 1, true},
		"without its last break": {head + version + end, 1, true},
		"nothing":                {},
		"a collection":           {`{"title":"x"}` + "\n", 0, false},
		"a newer export":         {`{"leerkring":2}` + "\n" + version + end, 0, false},
		"no end":                 {head + version, 1, false},
		"half a line":            {head + version + version[:40], 1, false},
		"fewer than it says":     {head + end, 0, false},
		"more than it says":      {head + version + version + end, 2, false},
		"something after it":     {head + version + end + "\n" + version, 1, false},
		"no id":                  {head + `{"kind":"case","version":1}` + "\n" + end, 0, false},
	} {
		whole, failed := 0, error(nil)
		for _, err := range exchange.Versions(strings.NewReader(c.text)) {
			if failed != nil {
				t.Errorf("%s: something comes after the error", name)
			}
			if failed = err; err == nil {
				whole++
			}
		}
		if whole != c.whole || (failed == nil) != c.ok || failed != nil && kb.CodeOf(failed) != kb.Invalid {
			t.Errorf("%s: %d versions, %v", name, whole, failed)
		}
	}
}

func TestVersionsGivesTheErrorOfTheReader(t *testing.T) {
	broken := errors.New("broken")
	for _, err := range exchange.Versions(io.MultiReader(strings.NewReader("{\"leerkring\":1}\n"), iotest.ErrReader(broken))) {
		if !errors.Is(err, broken) {
			t.Errorf("got %v", err)
		}
	}
}

// FuzzVersions: no text makes it crash, and what passes has its end.
func FuzzVersions(f *testing.F) {
	f.Add([]byte("{\"leerkring\":1}\n{\"end\":true,\"records\":0}\n"))
	f.Add([]byte("{\"leerkring\":1}\n{\"id\":\"00000000000000000000000000\",\"version\":1}\n{\"end\":true,\"records\":1}\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, err := range exchange.Versions(bytes.NewReader(data)) {
			if err != nil {
				return
			}
		}
		if !bytes.Contains(data, []byte(`{"end":`)) {
			t.Error("a text without an end passes")
		}
	})
}
