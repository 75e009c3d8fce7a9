package kb

import "testing"

// Documents hold what the built-in regions say, so an index of a release with
// other regions has to be made anew.
func TestEditionChangesWithTheRegions(t *testing.T) {
	edition := func(change func(*Region)) string {
		t.Helper()
		places := NewGazetteer()
		change(places.byCode["GM0344"])
		e, err := NewDescriber(nil, places).Edition()
		if err != nil {
			t.Fatal(err)
		}
		return e
	}
	seen := map[string]string{edition(func(*Region) {}): "as it is"}
	for name, change := range map[string]func(*Region){
		"another name":     func(r *Region) { r.Name = "Utreg" },
		"one more name":    func(r *Region) { r.Also = append(r.Also, "Utreg") },
		"another province": func(r *Region) { r.Parents = []string{"PV27"} },
		"merged away":      func(r *Region) { r.SucceededBy, r.ValidTo = []string{"GM0363"}, "2026-12-31" },
	} {
		e := edition(change)
		if other, taken := seen[e]; taken {
			t.Errorf("%s: the same edition as %s", name, other)
		}
		seen[e] = name
	}
}
