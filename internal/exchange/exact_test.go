package exchange_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/exchange"
	"leerkring/internal/kb"
)

// Ids of more than 15 digits were read as floating point: different records got
// one id, and what was kept as their key was no id of theirs.
func TestNumbersAreKeptAsTheyAreWritten(t *testing.T) {
	var keys, titles []string
	for _, e := range every(t, `{"id":12345678901234567890,"title":17}
{"id":12345678901234567891,"title":1.50}
{"id":7.0,"title":"b","versie":null}
{"id":1e3,"title":"c"}
{"id":0,"title":true}
`, exchange.Options{}) {
		keys = append(keys, e.Base().Origin.Key)
		titles = append(titles, e.Label())
		if e.Base().ID != kb.DeriveID("import", e.Base().Origin.Key) {
			t.Errorf("%s: the id is of another key", e.Label())
		}
	}
	if diff := cmp.Diff([]string{"12345678901234567890", "12345678901234567891", "7", "1000", "0"}, keys); diff != "" {
		t.Errorf("keys (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"17", "1.5", "b", "c", "true"}, titles); diff != "" {
		t.Errorf("titles (-want +got):\n%s", diff)
	}
}

// Two spellings of one name inside a nested value: which one counted changed from
// run to run, so that the same file made new revisions.
func TestSpellingsInsideNestedValues(t *testing.T) {
	line := `{"type":"case","title":"x","period":{"from":"2020","From":"2021","FROM":"2022","vanaf":"1"},"partners":[{"organisation":"a","Organisation":"b"}]}`
	store := open(t)
	for i := range 12 {
		report, _ := imported(t, store, strings.NewReader(line), exchange.Options{})
		if (i == 0) != (report.Created == 1) || report.Updated > 0 || report.Unused["period.vanaf"] != 1 {
			t.Fatalf("time %d: %+v", i+1, report)
		}
	}
}

// A line holds one object, whole; what stands behind it would be lost in silence.
func TestALineIsOneObject(t *testing.T) {
	for text, created := range map[string]int{
		`{"title":"a"}`: 1, "  {\"title\":\"a\"}\t": 1, `{"title":"a"}{"title":"b"}`: 0, `{"title":"a"} onzin`: 0, `{"title":"a"},`: 0, `{"title":"a",}`: 0,
		`{"title":1e999}`: 1, `{"title":"a","pages":1e999}`: 0, `{"title":"a","pages":12.0}`: 1, `{"title":"a","pages":12.5}`: 0, `{"title":"a","pages":99999999999999999999}`: 0,
	} {
		report, problems := imported(t, open(t), strings.NewReader(text), exchange.Options{})
		if report.Created != created || report.Refused != 1-created {
			t.Errorf("%s: %+v %v", text, report, problems)
		}
	}
}
