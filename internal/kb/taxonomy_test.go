package kb_test

import (
	"slices"
	"testing"

	"leerkring/internal/kb"
)

func TestTaxonomyResolve(t *testing.T) {
	x := kb.NewTaxonomy(kb.BuiltinThemes())
	for text, want := range map[string]string{
		"arbeidsmarkt": "arbeidsmarkt", "Arbeidsmarkt": "arbeidsmarkt", "werk": "arbeidsmarkt", "Labour market": "arbeidsmarkt",
		"regionale samenwerking": "regionale-samenwerking", "Regionale-samenwerking": "regionale-samenwerking",
		"huisvesting": "wonen", "wonen": "wonen", "bedrijventerreinen": "bedrijventerreinen", "bedrijventerrein": "bedrijventerreinen",
		"economie": "economie", "RES": "energietransitie", "financiën": "financien", "finance": "financien",
		"data gedreven werken": "data-gedreven-werken", "datagedreven werken": "data-gedreven-werken", "CO₂": "duurzaamheid",
		"coöperatie": "", "": "", "—": "",
	} {
		if got, ok := x.Resolve(text); got != want || ok != (want != "") {
			t.Errorf("Resolve(%q) = %q, %v, want %q", text, got, ok, want)
		}
	}
}

// Editors may give two themes one word; a label then counts for more than a synonym.
func TestALabelWinsFromASynonym(t *testing.T) {
	x := kb.NewTaxonomy([]*kb.Theme{
		{Head: kb.Head{Slug: "wonen"}, PrefLabel: kb.Label{NL: "Wonen"}, Synonyms: []string{"zorg", "buurt"}},
		{Head: kb.Head{Slug: "zorg"}, PrefLabel: kb.Label{NL: "Zorg"}, Synonyms: []string{"buurt"}},
	})
	for text, want := range map[string]string{"zorg": "zorg", "buurt": "wonen"} {
		if got, _ := x.Resolve(text); got != want {
			t.Errorf("Resolve(%q) = %q, want %q", text, got, want)
		}
	}
	if theme, ok := x.Theme("zorg"); !ok || theme.Label() != "Zorg" {
		t.Errorf("Theme(zorg) = %v, %v", theme, ok)
	}
	if _, ok := x.Theme("Zorg"); ok {
		t.Error("Theme finds what is not a slug")
	}
}

func TestNoWordBelongsToTwoThemes(t *testing.T) {
	owner := map[string]string{}
	for _, theme := range kb.BuiltinThemes() {
		var own []string
		for _, name := range append([]string{theme.Slug, theme.PrefLabel.NL, theme.PrefLabel.EN}, theme.Synonyms...) {
			key := kb.Fold(name)
			if key == "" {
				t.Errorf("%s: %q says nothing", theme.Slug, name)
			}
			own = append(own, key)
		}
		slices.Sort(own)
		for _, key := range slices.Compact(own) {
			if other, taken := owner[key]; taken {
				t.Errorf("%q belongs to %s and to %s", key, other, theme.Slug)
			}
			owner[key] = theme.Slug
		}
	}
}
