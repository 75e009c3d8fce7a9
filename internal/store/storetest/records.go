package storetest

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"leerkring/internal/kb"
)

func testEmpty(t *testing.T, fresh Fresh) {
	s := opened(t, fresh)
	last, err := s.Last(t.Context())
	if err != nil || last != 0 {
		t.Fatalf("Last: got %d, %v; want 0", last, err)
	}
	if _, ok := get(t, s, "nobody"); ok {
		t.Error("Get: an empty store knows a record")
	}
	got, err := s.Get(t.Context(), nil)
	if err != nil || len(got) != 0 {
		t.Errorf("Get of nothing: got %v, %v", got, err)
	}
	holders(t, s, nil, nil)
	holders(t, s, []string{"slug:case/x"}, nil)
	revisions, err := s.Revisions(t.Context(), id("nobody"), 0, 10)
	if err != nil || len(revisions) != 0 {
		t.Errorf("Revisions of nobody: got %v, %v", revisions, err)
	}
	results, err := s.Put(t.Context(), nil)
	if err != nil || len(results) != 0 {
		t.Errorf("Put of nothing: got %v, %v", results, err)
	}
	equal(t, "Changes", nil, feed(t, s.Changes, 0, 10))
}

// testRoundTrip writes what a careless store would change: white space in JSON,
// characters that escape, dates far away, every field filled or empty.
func testRoundTrip(t *testing.T, fresh Fresh) {
	s := opened(t, fresh)
	odd := "é ß 漢字 🚲 \u2028 \u202e ' \" \\ $ . % _ * ? {} \t\n\r\x01\x7f \ufeff"
	quoted, err := json.Marshal(odd)
	if err != nil {
		t.Fatal(err)
	}
	full := record("full", 1, "slug:case/"+odd, "$key.with.dots", "key", "Key", "key ", strings.Repeat("lang/", 200))
	full.Kind, full.By = kb.KindPublication, kb.ID("someone else")
	full.Event = kb.Event{Type: kb.EventWithdrawn, Fields: []string{"body", "title"}, Note: odd, About: "x", Token: "y"}
	full.Live = json.RawMessage(" { \"title\" :\t" + string(quoted) + ", \"n\": 1.0e2, \"big\": 12345678901234567890 }\n")
	full.Copy = json.RawMessage(`{"title":"\u00e9\/","html":"<b>&amp;</b>"}`)
	bare := kb.Record{ID: id("bare"), Kind: kb.KindTheme, Version: 1, At: time.Date(1931, 2, 3, 4, 5, 6, 789e6, time.UTC)}
	precise := record("precise", 1)
	precise.At = time.Date(2026, 7, 1, 12, 0, 0, 123_999_999, time.FixedZone("CEST", 7200))

	written := put(t, s, full, bare, precise)
	written[0].Keys = []string{"$key.with.dots", "Key", "key", "key ", strings.Repeat("lang/", 200), "slug:case/" + odd}
	written[2].At = time.Date(2026, 7, 1, 10, 0, 0, 123e6, time.UTC)
	got, err := s.Get(t.Context(), []kb.ID{full.ID, bare.ID, "unknown", precise.ID, full.ID})
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "Get", map[kb.ID]kb.Record{full.ID: written[0], bare.ID: written[1], precise.ID: written[2]}, got)
	equal(t, "Log", written, feed(t, s.Log, 0, 10))
	if at := got[precise.ID].At; at.Location() != time.UTC {
		t.Errorf("At is in %v, want UTC", at.Location())
	}
	holders(t, s, append(full.Keys, "KEY", " key"), map[string]string{
		full.Keys[0]: "full", full.Keys[1]: "full", full.Keys[2]: "full", full.Keys[3]: "full", full.Keys[4]: "full", full.Keys[5]: "full",
	})
}

func testVersions(t *testing.T, fresh Fresh) {
	s := opened(t, fresh)
	refused(t, s, record("a", 0), kb.Conflict)
	refused(t, s, record("a", 2), kb.Conflict)
	refused(t, s, record("a", -1), kb.Conflict)
	put(t, s, record("a", 1))
	refused(t, s, record("a", 1), kb.Conflict)
	refused(t, s, record("a", 3), kb.Conflict)
	second := put(t, s, record("a", 2))
	refused(t, s, record("a", 2), kb.Conflict)
	refused(t, s, record("a", 1), kb.Conflict)
	got, _ := get(t, s, "a")
	equal(t, "Get", second[0], got)
	if got.Seq != 2 {
		t.Errorf("a refused write used a number: the second write has number %d", got.Seq)
	}
}

func testRevisions(t *testing.T, fresh Fresh) {
	s := opened(t, fresh)
	var written []kb.Record
	for v := 1; v <= 5; v++ {
		put(t, s, record("other", v))
		written = append(put(t, s, record("a", v)), written...) // newest first
	}
	for _, test := range []struct {
		name          string
		before, limit int
		want          []kb.Record
	}{
		{"all", 0, 10, written},
		{"newest two", 0, 2, written[:2]},
		{"below four", 4, 10, written[2:]},
		{"two below four", 4, 2, written[2:4]},
		{"below the first", 1, 10, nil},
		{"none asked", 0, 0, nil},
		{"before the future", 99, 1, written[:1]},
	} {
		got, err := s.Revisions(t.Context(), id("a"), test.before, test.limit)
		if err != nil {
			t.Fatalf("%s: %v", test.name, err)
		}
		equal(t, test.name, test.want, got)
	}
}

func testTombstones(t *testing.T, fresh Fresh) {
	s := opened(t, fresh)
	put(t, s, record("a", 1, "k"))
	careless := tombstone("a", 2)
	careless.Keys, careless.Live = []string{"k"}, json.RawMessage(`{}`)
	put(t, s, careless)
	want := tombstone("a", 2)
	want.Seq = 2
	got, ok := get(t, s, "a")
	if !ok {
		t.Fatal("Get: a tombstone is absent")
	}
	equal(t, "Get", want, got)
	equal(t, "Changes", []kb.Record{want}, feed(t, s.Changes, 0, 10))
	holders(t, s, []string{"k"}, nil)
	refused(t, s, record("a", 1), kb.Conflict)
	put(t, s, record("a", 3, "k"))
	holders(t, s, []string{"k"}, map[string]string{"k": "a"})
}

// testLarge writes records near what one may hold, live text and working copy.
func testLarge(t *testing.T, fresh Fresh) {
	s := opened(t, fresh)
	big := record("big", 1)
	big.Live = json.RawMessage(`"` + strings.Repeat("lang ", 1_000_000) + `"`)
	big.Copy = json.RawMessage(`"` + strings.Repeat("é", 2_500_000) + `"`)
	over := record("over", 1)
	over.Live = json.RawMessage(`"` + strings.Repeat("a", 16<<20) + `"`)
	refused(t, s, over, kb.TooLarge)
	written := put(t, s, record("small", 1), big, record("after", 1))
	got, _ := get(t, s, "big")
	if string(got.Live) != string(big.Live) || string(got.Copy) != string(big.Copy) {
		t.Fatalf("got %d and %d bytes, want %d and %d, the same", len(got.Live), len(got.Copy), len(big.Live), len(big.Copy))
	}
	if n := len(feed(t, s.Changes, 0, 10)); n != len(written) {
		t.Errorf("Changes: got %d records, want %d", n, len(written))
	}
}
