package graph_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

// Appingedam (GM0003) became part of Eemsdelta (GM1979) in 2021: who asks for the
// one that is no more finds both, and asking for the one of now does too.
func TestAMunicipalityThatIsNoMoreFindsItsSuccessor(t *testing.T) {
	before, after, elsewhere := text("voor", "Voor"), text("na", "Na"), text("elders", "Elders")
	before.Regions, after.Regions, elsewhere.Regions = []string{"GM0003"}, []string{"GM1979"}, []string{"GM0363"}
	w := newWorld(t, &kb.Case{Common: before}, &kb.Case{Common: after}, &kb.Case{Common: elsewhere})
	for _, asked := range []string{`["GM0003"]`, `["gm0003"]`, `["Appingedam"]`, `["GM1979"]`, `["GM0003","GM1979"]`, `["GM0003","PV20"]`} {
		got := w.ask(t, `query ($r: [String!]) { search(filter: {regions: $r}, sort: TITLE) { nodes { slug } } }`, `{"r":`+asked+`}`)
		var data struct {
			Search struct{ Nodes []struct{ Slug string } }
		}
		if err := json.Unmarshal(got.Data, &data); err != nil {
			t.Fatal(got.Raw)
		}
		var slugs []string
		for _, n := range data.Search.Nodes {
			slugs = append(slugs, n.Slug)
		}
		if diff := cmp.Diff([]string{"na", "voor"}, slugs); diff != "" {
			t.Errorf("%s: %s", asked, diff)
		}
	}
}
