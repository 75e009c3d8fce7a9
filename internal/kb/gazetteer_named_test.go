package kb_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

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
