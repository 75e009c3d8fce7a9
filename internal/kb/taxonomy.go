package kb

// Taxonomy knows by which words people call the themes. It never changes and may
// be used by many goroutines.
type Taxonomy struct {
	bySlug map[string]*Theme
	byName map[string]string
}

// NewTaxonomy makes the taxonomy of a list of themes. Of two themes that claim
// one word, the one that has it as its label wins, and then the first of the list.
func NewTaxonomy(themes []*Theme) *Taxonomy {
	x := &Taxonomy{bySlug: map[string]*Theme{}, byName: map[string]string{}}
	for _, t := range themes {
		x.bySlug[t.Slug] = t
		x.claim(t.Slug, t.Slug, t.PrefLabel.NL, t.PrefLabel.EN)
	}
	for _, t := range themes {
		x.claim(t.Slug, t.Synonyms...)
	}
	return x
}

func (x *Taxonomy) claim(slug string, names ...string) {
	for _, name := range names {
		key := Fold(name)
		if _, taken := x.byName[key]; !taken && key != "" {
			x.byName[key] = slug
		}
	}
}

// Resolve gives the slug of the theme that a text means: its slug, its label in
// Dutch or English or one of its synonyms, whatever case, hyphens and diacritics.
func (x *Taxonomy) Resolve(text string) (slug string, ok bool) {
	slug, ok = x.byName[Fold(text)]
	return slug, ok
}

// Theme gives the theme with a slug. It is shared: it must not be changed.
func (x *Taxonomy) Theme(slug string) (*Theme, bool) {
	t, ok := x.bySlug[slug]
	return t, ok
}
