package kb_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

// Whoever looks for names in a text need only look where one can begin.
func TestBegins(t *testing.T) {
	g := kb.NewGazetteer()
	for _, k := range kb.RegionKinds() {
		for _, r := range g.Regions(k) {
			for _, name := range append([]string{r.Name}, r.Also...) {
				if word := strings.Fields(kb.Fold(name))[0]; !g.Begins(word) {
					t.Errorf("%s does not begin with %s", name, word)
				}
			}
		}
	}
	if !g.Begins("maasdonk") || g.Begins("mordor") || g.Begins("") {
		t.Error("a name that was, a name that is none, or nothing")
	}
}

func TestNamed(t *testing.T) {
	g := kb.NewGazetteer()
	for name, want := range map[string][]string{
		"Amsterdam":    {"GM0363"},
		"DEN HAAG":     {"GM0518"},
		"zuid-holland": {"PV28"},
		"Utrecht":      {"GM0344", "PV26", "CR17"},
		"Maasdonk":     {"GM0796", "GM0828"}, // divided in 2015
		"Mordor":       nil,
		"":             nil,
	} {
		var got []string
		for _, r := range g.Named(name) {
			got = append(got, r.Code)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
