package kb

// Theme is a concept of the taxonomy by which material is ordered.
type Theme struct {
	Head
	PrefLabel Label `json:"prefLabel"`
	// Synonyms feed the search: what people type who mean this theme.
	Synonyms   []string `json:"synonyms,omitempty"`
	Definition string   `json:"definition,omitempty"`
	// Broader, Narrower and Related are slugs of themes.
	Broader  []string `json:"broader,omitempty"`
	Narrower []string `json:"narrower,omitempty"`
	Related  []string `json:"related,omitempty"`
	// TOOI is the uri of the nearest concept of the TOOI list of government themes.
	TOOI string `json:"tooi,omitempty"`
	// TOOIMatch says how near: exact, close, broad or narrow, as in SKOS.
	TOOIMatch string `json:"tooiMatch,omitempty"`
}

// Label is a name in Dutch and, where there is one, in English.
type Label struct {
	NL string `json:"nl"`
	EN string `json:"en,omitempty"`
}

// Kind is KindTheme.
func (*Theme) Kind() Kind { return KindTheme }

// Label is the preferred label in Dutch.
func (t *Theme) Label() string { return t.PrefLabel.NL }

func (t *Theme) check(c *checker) {
	c.line("prefLabel.nl", t.PrefLabel.NL)
	c.text("prefLabel.en", t.PrefLabel.EN, MaxLine)
	c.lines("synonyms", t.Synonyms)
	c.text("definition", t.Definition, MaxText)
	c.slugs("broader", t.Broader)
	c.slugs("narrower", t.Narrower)
	c.slugs("related", t.Related)
	c.url("tooi", t.TOOI)
	optional(c, "tooiMatch", t.TOOIMatch, "exact", "close", "broad", "narrow")
}
