package kb

import "slices"

// addPlaces reads the embedded table of places. A place that is named as a region
// of today is left out: who says Zeeland means
// the province.
func (g *Gazetteer) addPlaces() {
	for _, row := range tableRows("places", placesTable, 2) {
		code := row[0]
		for _, name := range list(row[1]) {
			folded := Fold(name)
			if g.namesRegion(folded) {
				continue
			}
			g.places[code] = append(g.places[code], name)
			g.around[folded] = appendNew(g.around[folded], code)
			g.begin(folded)
		}
	}
}

func (g *Gazetteer) namesRegion(folded string) bool {
	return slices.ContainsFunc(RegionKinds(), func(k RegionKind) bool { return g.byName[k][folded] != "" })
}

// PlacesIn gives the names of the places (woonplaatsen) of a municipality of today,
// without those that a region has too, its own name among them; none for other
// regions. The list is shared: it must not be changed.
func (g *Gazetteer) PlacesIn(code string) []string { return g.places[canonicalCode(code)] }

// Around gives the municipalities of today in which a place of this name lies,
// whatever its case, diacritics and hyphens: a few at most. A name that a region of
// today has too is none of a place. They are shared: they must not be changed.
func (g *Gazetteer) Around(place string) []*Region {
	var out []*Region
	for _, code := range g.around[Fold(place)] {
		out = append(out, g.byCode[code])
	}
	return out
}
