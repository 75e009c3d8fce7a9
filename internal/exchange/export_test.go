package exchange_test

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/exchange"
	"leerkring/internal/kb"
)

func exported(t *testing.T, store kb.Store) []byte {
	t.Helper()
	var b bytes.Buffer
	if _, err := exchange.Export(context.Background(), store, &b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// lived gives a store in which everything has happened that can: built-in
// records, drafts, several versions, a working copy, a withdrawal, a tombstone
// and a slug that was used again after it.
func lived(t *testing.T) kb.Store {
	t.Helper()
	ctx, store := context.Background(), open(t)
	if err := kb.Seed(ctx, store); err != nil {
		t.Fatal(err)
	}
	imported(t, store, strings.NewReader(`{"id":"1","type":"case","title":"A & <b> \u2028","body":"één","status":"DRAFT"}
{"id":"2","title":"Weg","visibility":"TEAM","team":"ploeg"}
{"id":"3","title":"Terug","status":"WITHDRAWN","visibility":"MEMBERS"}
`), exchange.Options{})
	imported(t, store, strings.NewReader(`{"id":"1","type":"case","title":"A & <b>","body":"twee","date":"2024-05"}`), exchange.Options{})
	current, err := store.Get(ctx, []kb.ID{kb.DeriveID("import", "1"), kb.DeriveID("import", "2")})
	if err != nil {
		t.Fatal(err)
	}
	live, _, err := kb.DecodeRecord(current[kb.DeriveID("import", "1")])
	if err != nil {
		t.Fatal(err)
	}
	copy := *live.(*kb.Case)
	copy.Title, copy.Slug = "A, herzien", "a-herzien"
	edited, err := kb.NewRecord(live, &copy)
	if err != nil {
		t.Fatal(err)
	}
	gone := current[kb.DeriveID("import", "2")]
	put(t, store, edited, kb.Record{ID: gone.ID, Kind: gone.Kind, Version: gone.Version + 1, At: today(), Deleted: true, By: kb.DeriveID("x", "y")})
	imported(t, store, strings.NewReader(`{"id":"4","title":"Weg"}`), exchange.Options{})
	return store
}

func put(t *testing.T, store kb.Store, records ...kb.Record) {
	t.Helper()
	results, err := store.Put(context.Background(), records)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range results {
		if r.Err != nil {
			t.Fatal(r.Err)
		}
	}
}

func TestAnExportMakesAnEqualStore(t *testing.T) {
	want := exported(t, lived(t))
	for name, seeded := range map[string]bool{"empty store": false, "store with the built-in records": true} {
		t.Run(name, func(t *testing.T) {
			ctx, store := context.Background(), open(t)
			if seeded {
				if err := kb.Seed(ctx, store); err != nil {
					t.Fatal(err)
				}
			}
			report, problems := imported(t, store, bytes.NewReader(want), exchange.Options{})
			if len(problems) > 0 || report.Refused > 0 {
				t.Fatal(problems)
			}
			if err := kb.Seed(ctx, store); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), string(exported(t, store))); diff != "" {
				t.Fatal(diff)
			}
			again, problems := imported(t, store, bytes.NewReader(zip(t, string(want))), exchange.Options{})
			if len(problems) > 0 || again.Created > 0 || again.Last > 0 || again.Unchanged != bytes.Count(want, []byte("\n"))-2 {
				t.Errorf("again: %+v %v", again, problems)
			}
		})
	}
}

func TestAnExportThatIsNotWholeOrNotOurs(t *testing.T) {
	store := open(t)
	imported(t, store, strings.NewReader("{\"id\":\"1\",\"title\":\"a\"}\n{\"id\":\"2\",\"title\":\"b\",\"url\":\"https://example.nl\"}"), exchange.Options{})
	whole := string(exported(t, store))
	lines := strings.SplitAfter(whole, "\n")
	for _, c := range []struct {
		name, text string
		created    int
		refused    int // line, 0 for none
		broken     bool
	}{
		{"end missing", strings.Join(lines[:3], ""), 2, 0, true},
		{"half a line", whole[:len(lines[0])+len(lines[1])+40], 1, 3, true},
		{"line missing", lines[0] + lines[2] + lines[3], 1, 0, true},
		{"a script for a web address", strings.Replace(whole, "https://example.nl", "javascript:alert(1)", 1), 1, 3, false},
		{"another slug than its key", strings.Replace(whole, `"slug:material/a"`, `"slug:material/q"`, 1), 1, 2, false},
		{"content of another record", strings.Replace(whole, `"id":"`+string(kb.DeriveID("import", "1")), `"id":"`+string(kb.DeriveID("import", "9")), 1), 1, 2, false},
		{"unknown kind", strings.Replace(whole, `"kind":"publication"`, `"kind":"spaceship"`, 1), 1, 2, false},
		{"version that comes too early", strings.Replace(whole, `"version":1`, `"version":5`, 1), 1, 2, false},
	} {
		report, problems, err := run(t, open(t), strings.NewReader(c.text), exchange.Options{})
		if report.Created != c.created || (err != nil) != c.broken || (c.refused > 0) != (len(problems) > 0) {
			t.Errorf("%s: %+v %v %v", c.name, report, problems, err)
		}
		if c.refused > 0 && len(problems) > 0 && (problems[0].Line != c.refused || !problems[0].Refused) {
			t.Errorf("%s: %v", c.name, problems)
		}
	}
}

func TestAVersionWithOtherContentIsRefused(t *testing.T) {
	a, b := open(t), open(t)
	imported(t, a, strings.NewReader(`{"id":"1","title":"a"}`), exchange.Options{})
	imported(t, b, strings.NewReader(`{"id":"1","title":"anders"}`), exchange.Options{})
	report, problems := imported(t, b, bytes.NewReader(exported(t, a)), exchange.Options{})
	if report.Refused != 1 || len(problems) != 1 || problems[0].Line != 2 || stored(t, b)[0].Label() != "anders" {
		t.Errorf("%+v %v", report, problems)
	}
}
