package kb_test

import (
	"slices"
	"strings"
	"testing"

	"leerkring/internal/kb"
)

func themesBySlug() map[string]*kb.Theme {
	bySlug := map[string]*kb.Theme{}
	for _, theme := range kb.BuiltinThemes() {
		bySlug[theme.Slug] = theme
	}
	return bySlug
}

func TestThemesAreTold(t *testing.T) {
	for slug, theme := range themesBySlug() {
		if theme.PrefLabel.NL == "" || theme.PrefLabel.EN == "" || len(theme.Synonyms) < 3 {
			t.Errorf("%s: labels %v with %d synonyms", slug, theme.PrefLabel, len(theme.Synonyms))
		}
		if strings.Count(theme.Definition, ".") != 1 || !strings.HasSuffix(theme.Definition, ".") {
			t.Errorf("%s: the definition is not one sentence: %q", slug, theme.Definition)
		}
		if (theme.TOOI == "") != (theme.TOOIMatch == "") {
			t.Errorf("%s: TOOI %q with match %q", slug, theme.TOOI, theme.TOOIMatch)
		}
	}
}

func TestThemesHaveTwoLevels(t *testing.T) {
	bySlug := themesBySlug()
	for slug, theme := range bySlug {
		if len(theme.Broader) > 1 {
			t.Errorf("%s lies under %v", slug, theme.Broader)
		}
		for _, b := range theme.Broader {
			if len(bySlug[b].Broader) != 0 {
				t.Errorf("%s lies three levels deep", slug)
			}
			if !slices.Contains(bySlug[b].Narrower, slug) {
				t.Errorf("%s does not name %s below it", b, slug)
			}
		}
		for _, n := range theme.Narrower {
			if !slices.Contains(bySlug[n].Broader, slug) {
				t.Errorf("%s names %s below it, which does not name it above", slug, n)
			}
		}
	}
}

func TestRelatedThemesNameEachOther(t *testing.T) {
	bySlug := themesBySlug()
	for slug, theme := range bySlug {
		if slices.Contains(theme.Related, slug) {
			t.Errorf("%s is related to itself", slug)
		}
		for _, other := range theme.Related {
			if !slices.Contains(bySlug[other].Related, slug) {
				t.Errorf("%s names %s, which does not name it back", slug, other)
			}
			if slices.Contains(theme.Broader, other) || slices.Contains(theme.Narrower, other) {
				t.Errorf("%s and %s are related and above each other as well", slug, other)
			}
		}
	}
}

func TestThemesAgainstTOOI(t *testing.T) {
	var concepts []struct{ ID, Label string }
	readJSON(t, "vocabularies/toplijst_themas.json", &concepts)
	known := map[string]bool{}
	for _, c := range concepts {
		known[c.ID] = true
	}
	for slug, theme := range themesBySlug() {
		if theme.TOOI != "" && !known[theme.TOOI] {
			t.Errorf("%s: %s is not in the TOOI list", slug, theme.TOOI)
		}
	}
}
