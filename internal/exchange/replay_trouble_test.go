package exchange_test

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/exchange"
	"leerkring/internal/kb"
)

// troubled is a store in which one call fails, or the log stands still.
type troubled struct {
	kb.Store
	call  string
	still bool
}

func (s troubled) fail(call string) error {
	if s.call == call {
		return kb.Errorf(kb.Unavailable, kb.Text{NL: "weg", EN: "gone"})
	}
	return nil
}

func (s troubled) Last(ctx context.Context) (kb.Seq, error) {
	if err := s.fail("Last"); err != nil {
		return 0, err
	}
	return s.Store.Last(ctx)
}

func (s troubled) Log(ctx context.Context, after kb.Seq, limit int) (kb.Changes, error) {
	if s.still {
		return kb.Changes{Position: after}, nil
	}
	if err := s.fail("Log"); err != nil {
		return kb.Changes{Position: after}, err
	}
	return s.Store.Log(ctx, after, limit)
}

func (s troubled) Get(ctx context.Context, ids []kb.ID) (map[kb.ID]kb.Record, error) {
	if err := s.fail("Get"); err != nil {
		return nil, err
	}
	return s.Store.Get(ctx, ids)
}

func (s troubled) Put(ctx context.Context, records []kb.Record) ([]kb.Result, error) {
	if err := s.fail("Put"); err != nil {
		return nil, err
	}
	return s.Store.Put(ctx, records)
}

func (s troubled) Revisions(ctx context.Context, id kb.ID, before, limit int) ([]kb.Record, error) {
	if err := s.fail("Revisions"); err != nil {
		return nil, err
	}
	return s.Store.Revisions(ctx, id, before, limit)
}

// An export of a store that fails, or that has lost writes, is no export: it has
// no end, so that nobody takes it for a whole one.
func TestAnExportOfAStoreInTrouble(t *testing.T) {
	store := open(t)
	imported(t, store, strings.NewReader(many(3)), exchange.Options{})
	for name, c := range map[string]struct {
		store kb.Store
		want  kb.Code
	}{
		"Last fails":           {troubled{Store: store, call: "Last"}, kb.Unavailable},
		"Log fails":            {troubled{Store: store, call: "Log"}, kb.Unavailable},
		"the log stands still": {troubled{Store: store, still: true}, kb.Damaged},
	} {
		var out bytes.Buffer
		if n, err := exchange.Export(t.Context(), c.store, &out); kb.CodeOf(err) != c.want || n != 0 || strings.Contains(out.String(), `"end"`) {
			t.Errorf("%s: %d %v %s", name, n, err, &out)
		}
	}
}

// A replay that the store breaks off writes nothing twice when it is done again.
func TestAReplayThatTheStoreBreaksOff(t *testing.T) {
	from := open(t)
	imported(t, from, strings.NewReader(many(20)), exchange.Options{})
	export := exported(t, from)
	store := open(t)
	for _, call := range []string{"Get", "Put"} {
		if report, _, err := run(t, troubled{Store: store, call: call}, bytes.NewReader(export), exchange.Options{}); kb.CodeOf(err) != kb.Unavailable || report.Created != 0 {
			t.Errorf("%s: %+v %v", call, report, err)
		}
	}
	imported(t, store, bytes.NewReader(export), exchange.Options{})
	if _, _, err := run(t, troubled{Store: store, call: "Revisions"}, bytes.NewReader(export), exchange.Options{}); kb.CodeOf(err) != kb.Unavailable {
		t.Errorf("Revisions: %v", err)
	}
	if diff := cmp.Diff(string(export), string(exported(t, store))); diff != "" {
		t.Error(diff)
	}
}

// Lines of an export that no store of ours wrote.
func TestVersionsThatAreNone(t *testing.T) {
	from := open(t)
	imported(t, from, strings.NewReader(`{"id":"1","title":"a"}`), exchange.Options{})
	lines := strings.SplitAfter(string(exported(t, from)), "\n")
	good := lines[1]
	change := func(old, new string) string {
		if !strings.Contains(good, old) {
			t.Fatalf("no %s in %s", old, good)
		}
		return strings.Replace(good, old, new, 1)
	}
	for name, bad := range map[string]string{
		"no JSON":            "{\"id\":\n",
		"empty":              "{}\n",
		"a version of zero":  change(`"version":1`, `"version":0`),
		"less than zero":     change(`"version":1`, `"version":-1`),
		"an id of ours none": change(`"id":"`+string(kb.DeriveID("import", "1")), `"id":"1`),
		"deleted, with text": change(`"version":1`, `"version":1,"deleted":true`),
		"nothing in it":      change(`"live":`, `"dood":`),
		"a copy of nothing":  change(`"live":`, `"copy":`),
		"a key too many":     change(`"keys":["`, `"keys":["slug:material/b","`),
		"a text as number":   change(`"title":"a"`, `"title":7`),
		"no title":           change(`"title":"a"`, `"title":""`),
		"another status":     change(`"status":"PUBLISHED"`, `"status":"LIVE"`),
		"longer than a line": change(`"title":"a"`, `"title":"`+strings.Repeat("a", exchange.MaxLine)+`"`),
	} {
		store := open(t)
		text := lines[0] + bad + good + strings.Replace(lines[2], `"records":1`, `"records":2`, 1)
		report, problems := imported(t, store, strings.NewReader(text), exchange.Options{})
		if report.Refused != 1 || report.Created != 1 || len(problems) != 1 || problems[0].Line != 2 || !problems[0].Refused {
			t.Errorf("%s: %+v %.200v", name, report, problems)
		}
	}
}

// A report counts every line once, whatever became of it.
func TestTheReportCountsEveryLine(t *testing.T) {
	store := open(t)
	imported(t, store, strings.NewReader("{\"id\":\"1\",\"title\":\"blijft\"}\n{\"id\":\"2\",\"title\":\"wijzigt\"}\n"), exchange.Options{})
	report, problems := imported(t, store, strings.NewReader(`{"id":"1","title":"blijft"}
{"id":"2","title":"gewijzigd"}

{"id":"3","title":"nieuw","gemeente":"Atlantis"}
{"id":"3","title":"nieuw","gemeente":"Atlantis"}
{"id":"4"}
`), exchange.Options{})
	want := exchange.Report{Created: 1, Updated: 1, Unchanged: 1, Repeated: 1, Refused: 1, Remarks: 1, Last: report.Last, Themes: map[string]int{}, Unused: map[string]int{}}
	if diff := cmp.Diff(want, report); diff != "" || report.Done() != 4 || report.Last != 4 || len(problems) != 2 {
		t.Errorf("%s, done %d, last %d, %v", diff, report.Done(), report.Last, problems)
	}
}

// Names of fields are foreign input: a file with a million of them fills no memory.
func TestCountsOfForeignNamesAreBounded(t *testing.T) {
	var text strings.Builder
	for i := range 500 {
		fmt.Fprintf(&text, `{"id":"%d","title":"x","veld%d":1,"themes":["thema %d"],"steeds":1}`+"\n", i, i, i)
	}
	report, _ := imported(t, open(t), strings.NewReader(text.String()), exchange.Options{})
	if len(report.Unused) > 200 || len(report.Themes) > 200 || len(report.Unused) < 100 || report.Created != 500 {
		t.Errorf("%d unused names, %d themes, %d created", len(report.Unused), len(report.Themes), report.Created)
	}
}

// A map names fields that exist, by any spelling; one that does not is told of
// before anything is written.
func TestMapIsCheckedFirst(t *testing.T) {
	for field, want := range map[string]kb.Code{
		"title": "", "Title": "", "publication_kind": "", "publicationKind": "", "source": "", "type": "", "organisation": "", "taal": kb.Invalid, "titel": kb.Invalid, "slug!": "", "": kb.Invalid,
	} {
		store := open(t)
		_, _, err := run(t, store, strings.NewReader(`{"title":"x"}`), exchange.Options{Map: map[string]string{field: "kolom"}})
		if kb.CodeOf(err) != want || (len(stored(t, store)) == 0) != (want != "") {
			t.Errorf("%q: %v", field, err)
		}
	}
}
