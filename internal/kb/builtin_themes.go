package kb

import (
	"bytes"
	_ "embed" // the taxonomy
	"encoding/json"
	"fmt"
	"slices"
)

//go:embed data/themes.json
var themesJSON []byte

// BuiltinThemes gives the first taxonomy, in two levels. Editors own it from then
// on. The list names each relation once; here it stands at both ends.
func BuiltinThemes() []*Theme {
	var themes []*Theme
	dec := json.NewDecoder(bytes.NewReader(themesJSON))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&themes); err != nil {
		panic(fmt.Sprintf("kb: embedded themes: %v", err))
	}
	bySlug := make(map[string]*Theme, len(themes))
	for _, t := range themes {
		t.Head = builtinHead("leerkring-theme", t.Slug, t.Slug)
		bySlug[t.Slug] = t
	}
	for _, t := range themes {
		for _, b := range t.Broader {
			bySlug[b].Narrower = append(bySlug[b].Narrower, t.Slug)
		}
		for _, r := range slices.Clone(t.Related) {
			bySlug[r].Related = appendNew(bySlug[r].Related, t.Slug)
		}
	}
	return themes
}
