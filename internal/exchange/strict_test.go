package exchange_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/exchange"
	"leerkring/internal/kb"
)

// A strict import stopped at a line that breaks a rule, and told so, but had
// already written the lines after it in the same batch.
func TestStrictWritesNothingAfterTheFirstBadLine(t *testing.T) {
	for name, bad := range map[string]string{
		"no JSON":               `{"title":`,
		"a value of other form": `{"title":"x","date":"gisteren"}`,
		"a rule that is broken": `{"title":""}`,
		"another status":        `{"title":"x","status":"MISSCHIEN"}`,
		"no theme without name": `{"type":"thema","id":"t"}`,
	} {
		store := open(t)
		text := "{\"title\":\"een\"}\n{\"title\":\"twee\",\"slug\":\"Geen Slug!\"}\n" + bad + "\n{\"title\":\"drie\"}\n"
		report, problems, err := run(t, store, strings.NewReader(text), exchange.Options{Strict: true})
		if kb.CodeOf(err) != kb.Invalid || !strings.Contains(err.Error(), "line 3") || len(problems) != 1 || problems[0].Line != 3 {
			t.Errorf("%s: %v %v", name, err, problems)
		}
		var titles []string
		for _, e := range stored(t, store) {
			titles = append(titles, e.Label())
		}
		if diff := cmp.Diff([]string{"een", "twee"}, titles); diff != "" || report.Created != 2 || report.Refused != 1 {
			t.Errorf("%s: %s %+v", name, diff, report)
		}
	}
}

// Strict or not, a good file makes the same records.
func TestStrictMakesTheSameRecords(t *testing.T) {
	text := "{\"title\":\"Zelfde\"}\n{\"title\":\"Zelfde\",\"body\":\"b\"}\n{\"title\":\"x\",\"slug\":\"eigen\"}\n{\"title\":\"x\",\"body\":\"b\",\"slug\":\"Geen!\"}\n"
	var all [2][]string
	for i, strict := range []bool{false, true} {
		store := open(t)
		imported(t, store, strings.NewReader(text), exchange.Options{Strict: strict})
		for _, e := range stored(t, store) {
			all[i] = append(all[i], fmt.Sprintf("%s %s %s", e.Base().ID, e.Base().Slug, e.Label()))
		}
	}
	if diff := cmp.Diff(all[0], all[1]); diff != "" {
		t.Error(diff)
	}
}

// An export is replayed up to its first bad line too.
func TestStrictReplayStopsAtTheFirstBadLine(t *testing.T) {
	from := open(t)
	imported(t, from, strings.NewReader("{\"id\":\"1\",\"title\":\"a\"}\n{\"id\":\"2\",\"title\":\"b\"}\n{\"id\":\"3\",\"title\":\"c\"}\n"), exchange.Options{})
	lines := strings.SplitAfter(string(exported(t, from)), "\n")
	lines[2] = strings.Replace(lines[2], `"kind":"publication"`, `"kind":"gedicht"`, 1)
	store := open(t)
	report, problems, err := run(t, store, strings.NewReader(strings.Join(lines, "")), exchange.Options{Strict: true})
	if kb.CodeOf(err) != kb.Invalid || report.Created != 1 || len(problems) != 1 || problems[0].Line != 3 || len(stored(t, store)) != 1 {
		t.Errorf("%v %+v %v", err, report, problems)
	}
	report, problems = imported(t, store, strings.NewReader(strings.Join(lines, "")), exchange.Options{})
	if report.Created != 1 || report.Unchanged != 1 || report.Refused != 1 || len(problems) != 1 || len(stored(t, store)) != 2 {
		t.Errorf("not strict: %+v %v", report, problems)
	}
}
