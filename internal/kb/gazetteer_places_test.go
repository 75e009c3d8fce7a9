package kb_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

func TestAround(t *testing.T) {
	g := kb.NewGazetteer()
	for name, want := range map[string][]string{
		"Soesterberg":           {"GM0342"},
		"SOESTERBERG":           {"GM0342"},
		"egmond aan zee":        {"GM0373"},
		"harkstede":             {"GM0014", "GM1952"}, // the register has a suffix for one of the two
		"Bergen":                {"GM0373", "GM0893"},
		"Alteveer":              {"GM0037", "GM1690", "GM1699"},
		"tweede exloermond":     {"GM1681"},
		"2e Exloërmond":         {"GM1681"},
		"sint annaparochie":     {"GM1949"},
		"St.-Annaparochie":      {"GM1949"},
		"Utrecht":               nil, // regions themselves
		"Zeeland":               nil,
		"Hoorn":                 nil,
		"Nederland":             nil, // also a village in Steenwijkerland
		"Laren":                 nil,
		"Soest":                 nil,
		"Haren Gn":              nil,
		"provincie Soesterberg": nil,
		"Mordor":                nil,
		"":                      nil,
	} {
		var got []string
		for _, r := range g.Around(name) {
			got = append(got, r.Code)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestPlacesIn(t *testing.T) {
	g := kb.NewGazetteer()
	for code, want := range map[string][]string{
		"GM0342": {"Soesterberg"},
		"gm0342": {"Soesterberg"},
		"GM0034": nil,                         // Almere is one place
		"GM0060": {"Ballum", "Hollum", "Nes"}, // and Buren, which is a municipality elsewhere
		"PV26":   nil,
		"GM0457": nil, // was Weesp
		"XX":     nil,
	} {
		if diff := cmp.Diff(want, g.PlacesIn(code)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", code, diff)
		}
	}
}

// Each place is found by its name, and each row of the table is of a municipality.
func TestEveryPlaceLiesInItsMunicipality(t *testing.T) {
	g := kb.NewGazetteer()
	places := 0
	for _, m := range g.Regions(kb.Municipality) {
		for _, name := range g.PlacesIn(m.Code) {
			places++
			if !slices.Contains(g.Around(name), m) {
				t.Errorf("%s does not lie in %s", name, m.Name)
			}
			if len(g.Around(name)) > 4 {
				t.Errorf("%s lies in so many municipalities that it tells nothing", name)
			}
			if slices.ContainsFunc(g.Regions(kb.Municipality), func(r *kb.Region) bool { return kb.Fold(r.Name) == kb.Fold(name) }) {
				t.Errorf("%s is a municipality itself", name)
			}
		}
	}
	if places < 2_000 {
		t.Errorf("only %d places", places)
	}
}
