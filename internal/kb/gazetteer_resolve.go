package kb

import "strings"

// Resolve gives the code of the region that a text means: a code in any case
// ("gm0363", "0363", "GM9925"), or a name, whatever its case, diacritics and
// hyphens ("den bosch", "Fryslan"). A word before or after the name may say the
// kind ("provincie Utrecht", "Utrecht (gemeente)"). Of a bare name that several
// kinds have, the municipality is meant, then the province, the labour-market
// region and the COROP region; a municipality that is no more comes last.
func (g *Gazetteer) Resolve(text string) (code string, ok bool) {
	if r, known := g.Region(text); known {
		return r.Code, true
	}
	name := Fold(text)
	if code, ok = g.named(name, RegionKinds()); ok {
		return code, true
	}
	name, kinds := cutKind(name)
	return g.named(name, kinds)
}

// ResolveAs is Resolve for a text that means a region of one kind.
func (g *Gazetteer) ResolveAs(kind RegionKind, text string) (code string, ok bool) {
	if r, known := g.Region(text); known && r.RegionKind == kind {
		return r.Code, true
	}
	name := Fold(text)
	if code, ok = g.named(name, []RegionKind{kind}); ok {
		return code, true
	}
	name, _ = cutKind(name)
	return g.named(name, []RegionKind{kind})
}

// Named gives the regions that a bare name can mean, whatever its case, diacritics
// and hyphens: those of now that have it, one of each kind in the order of
// RegionKinds; if there are none, what became of the municipality of that name.
// They are shared: they must not be changed.
func (g *Gazetteer) Named(name string) []*Region {
	name = Fold(name)
	var out []*Region
	for _, k := range RegionKinds() {
		if code, ok := g.byName[k][name]; ok {
			out = append(out, g.byCode[code])
		}
	}
	if code, ok := g.former[name]; ok && len(out) == 0 {
		return g.successors(g.byCode[code])
	}
	return out
}

// Begins reports whether the name of a region or a place begins with a folded word.
func (g *Gazetteer) Begins(word string) bool { return g.begins[word] }

// named finds a folded name among kinds, the first one first.
func (g *Gazetteer) named(name string, kinds []RegionKind) (code string, ok bool) {
	for _, k := range kinds {
		if code, ok = g.byName[k][name]; ok {
			return code, true
		}
	}
	if len(kinds) > 0 && kinds[0] == Municipality {
		code, ok = g.former[name]
	}
	return code, ok
}

// kindWord is a folded word that says the kind of the region beside it.
type kindWord struct {
	word  string
	kinds []RegionKind
}

func kindWords() []kindWord {
	region := []RegionKind{LabourMarketRegion, COROP, Province}
	return []kindWord{
		{"gemeente", []RegionKind{Municipality}},
		{"gem", []RegionKind{Municipality}},
		{"municipality of", []RegionKind{Municipality}},
		{"provincie", []RegionKind{Province}},
		{"prov", []RegionKind{Province}},
		{"province of", []RegionKind{Province}},
		{"arbeidsmarktregio", []RegionKind{LabourMarketRegion}},
		{"labour market region", []RegionKind{LabourMarketRegion}},
		{"coropgebied", []RegionKind{COROP}},
		{"corop gebied", []RegionKind{COROP}},
		{"coropregio", []RegionKind{COROP}},
		{"corop regio", []RegionKind{COROP}},
		{"corop", []RegionKind{COROP}},
		{"regio", region},
	}
}

// cutKind takes the word that says the kind from before or after a folded name;
// kinds is empty when there is none.
func cutKind(name string) (rest string, kinds []RegionKind) {
	for _, w := range kindWords() {
		if rest, ok := strings.CutPrefix(name, w.word+" "); ok {
			return rest, w.kinds
		}
		if rest, ok := strings.CutSuffix(name, " "+w.word); ok {
			return rest, w.kinds
		}
	}
	return name, nil
}
