package kb_test

import (
	"regexp"
	"strings"
	"testing"

	"leerkring/internal/kb"
)

func TestSlugify(t *testing.T) {
	for _, c := range []struct {
		title string
		max   int
		want  string
	}{
		{"'s-Hertogenbosch", 80, "s-hertogenbosch"},
		{"Één regio, één plan: wonen & werken!", 80, "een-regio-een-plan-wonen-werken"},
		{"Große Straße", 80, "grosse-strasse"},
		{"Woningbouw in de regio", 16, "woningbouw-in-de"},
		{"Woningbouw in de regio", 15, "woningbouw-in"},
		{"Arbeidsmarktregio", 10, "arbeidsmar"},
		{"Москва 2030", 80, "2030"},
		{"", 80, "record"},
		{"— ? —", 80, "record"},
		{"北京", 80, "record"},
		{"wonen", 0, "record"},
		{strings.Repeat("regio ", 100), 500, strings.TrimSuffix(strings.Repeat("regio-", 20), "-")},
	} {
		if got := kb.Slugify(c.title, c.max); got != c.want {
			t.Errorf("Slugify(%q, %d) = %q, want %q", c.title, c.max, got, c.want)
		}
	}
}

func FuzzSlugify(f *testing.F) {
	f.Add("'s-Hertogenbosch", 80)
	f.Add("éß ĳ", 3)
	f.Add("", -1)
	f.Add(strings.Repeat("a", 300), 1000)
	form := regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	f.Fuzz(func(t *testing.T, title string, max int) {
		slug := kb.Slugify(title, max)
		if !form.MatchString(slug) || len(slug) > kb.MaxSlug {
			t.Errorf("Slugify(%q, %d) = %q: not a slug", title, max, slug)
		}
		if max >= 1 && slug != "record" && len(slug) > max {
			t.Errorf("Slugify(%q, %d) = %q: %d bytes", title, max, slug, len(slug))
		}
		if again := kb.Slugify(slug, max); slug != "record" && again != slug {
			t.Errorf("Slugify(%q) = %q, and of that %q", title, slug, again)
		}
		theme := &kb.Theme{Head: kb.Head{ID: kb.DeriveID("test", "x"), Slug: slug, Status: kb.StatusDraft, Visibility: kb.VisibilityPublic}, PrefLabel: kb.Label{NL: "x"}}
		if err := kb.Validate(theme); err != nil {
			t.Errorf("Slugify(%q, %d) = %q: %v", title, max, slug, err)
		}
	})
}
