package kb

import (
	"slices"
	"strings"
)

// Gazetteer knows the regions: by code, by what people call them, and how they
// lie in each other. It holds the regions that come with the program, never
// changes, and may be used by many goroutines.
type Gazetteer struct {
	regions []*Region
	byCode  map[string]*Region
	// byName finds codes by folded name. Former municipalities are apart, so that
	// a name that lives on means what it means now.
	byName map[RegionKind]map[string]string
	former map[string]string
	// places are the names of the places of each municipality; around finds the
	// codes of the municipalities by the folded name of a place.
	places map[string][]string
	around map[string][]string
	// begins holds the first folded word of every name.
	begins map[string]bool
}

// NewGazetteer makes the gazetteer of the built-in regions.
func NewGazetteer() *Gazetteer {
	g := &Gazetteer{
		regions: builtinRegions(),
		byCode:  map[string]*Region{},
		byName:  map[RegionKind]map[string]string{},
		former:  map[string]string{},
		places:  map[string][]string{},
		around:  map[string][]string{},
		begins:  map[string]bool{},
	}
	for _, k := range RegionKinds() {
		g.byName[k] = map[string]string{}
	}
	for _, r := range g.regions {
		g.byCode[r.Code] = r
		names := g.byName[r.RegionKind]
		if r.ValidTo != "" {
			names = g.former
		}
		for _, name := range append([]string{r.Name}, r.Also...) {
			folded := Fold(name)
			names[folded] = r.Code
			g.begin(folded)
		}
	}
	g.addPlaces()
	return g
}

func (g *Gazetteer) begin(folded string) {
	first, _, _ := strings.Cut(folded, " ")
	g.begins[first] = true
}

// RegionKinds are the kinds of regions, in the order in which a name that
// belongs to several of them is understood.
func RegionKinds() []RegionKind {
	return []RegionKind{Municipality, Province, LabourMarketRegion, COROP}
}

// Region gives the region with a code, as Resolve writes codes. The region is
// shared: it must not be changed.
func (g *Gazetteer) Region(code string) (*Region, bool) {
	r, ok := g.byCode[canonicalCode(code)]
	return r, ok
}

// Regions gives the regions of one kind that exist now, in order of code. They
// are shared: they must not be changed.
func (g *Gazetteer) Regions(kind RegionKind) []*Region {
	var out []*Region
	for _, r := range g.regions {
		if r.RegionKind == kind && r.ValidTo == "" {
			out = append(out, r)
		}
	}
	return out
}

// Names gives what people call the regions with these codes: each name and its
// other names, without duplicates. Unknown codes have none.
func (g *Gazetteer) Names(codes []string) []string {
	var names []string
	for _, code := range codes {
		if r, ok := g.Region(code); ok {
			names = appendNew(names, r.Name)
			names = appendNew(names, r.Also...)
		}
	}
	return names
}

// Expand gives the codes under which something about these regions is found:
// each code itself and, for a municipality, what it is part of now (the
// municipalities that succeeded it, however often, and their province, COROP
// region and labour-market region). No code comes twice; the order follows the
// order of codes. A code that is not known stays.
func (g *Gazetteer) Expand(codes []string) []string {
	var out []string
	for _, code := range codes {
		out = appendNew(out, code)
		r, ok := g.Region(code)
		if !ok {
			continue
		}
		out = appendNew(out, r.Code)
		for _, now := range g.successors(r) {
			out = appendNew(out, now.Code)
			out = appendNew(out, now.Parents...)
		}
	}
	return out
}

// successors gives what a region is now: itself, or the last of its chains of successors.
func (g *Gazetteer) successors(r *Region) []*Region {
	if len(r.SucceededBy) == 0 {
		return []*Region{r}
	}
	var out []*Region
	for _, code := range r.SucceededBy {
		out = append(out, g.successors(g.byCode[code])...)
	}
	return out
}

func appendNew(list []string, values ...string) []string {
	for _, v := range values {
		if !slices.Contains(list, v) {
			list = append(list, v)
		}
	}
	return list
}

// canonicalCode writes a code in capitals and with its letters: "gm0363" and
// "0363" are GM0363. Spatial plans write a province as a municipality, GM99nn for
// PVnn. A text that has not the form of a code is given back.
func canonicalCode(text string) string {
	code := strings.ToUpper(strings.TrimSpace(text))
	if len(code) == 4 && strings.Trim(code, "0123456789") == "" {
		code = "GM" + code
	}
	if !validRegionCode(code) {
		return text
	}
	if province, ok := strings.CutPrefix(code, "GM99"); ok {
		return "PV" + province
	}
	return code
}
