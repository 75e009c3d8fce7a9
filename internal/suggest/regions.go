package suggest

import (
	"slices"
	"strings"

	"leerkring/internal/kb"
)

// The shares of municipalities that were right, by whether the word "gemeente" stands
// before them; see TestMeasured.
const (
	sureRegion    = .84
	perhapsRegion = .46
	leastRegion   = 3 // points
	nameWords     = 5 // of the longest name of a region
)

// regions are the municipalities, provinces and labour-market regions that the text names. A name alone is
// one point, after "in" or "te" two, after a word for its kind three, and it
// takes three: Best, Bergen, Buren and Stein are words and surnames too, so that for
// those a name alone is none, and neither is one after what belongs to a name of a person.
func (g *gathering) regions(places *kb.Gazetteer) {
	points, named := map[string]*counted{}, map[string]bool{}
	words := g.text.words
	for i := 0; i < len(words); i++ {
		if !words[i].capital && words[i].folded != "s" && words[i].folded != "den" || !places.Begins(words[i].folded) {
			continue
		}
		before := ""
		if i > 0 && words[i-1].index == words[i].index {
			before = words[i-1].folded
		}
		n, region := g.longest(places, i, kindAfter(before))
		if region == nil {
			continue
		}
		p := pointsFor(before, words[i], n)
		if p > 0 {
			at := words[i].span
			at.end = words[i+n-1].end
			x := points[region.Code]
			if x == nil {
				x = &counted{value: region.Code, label: region.Name, at: at}
				points[region.Code] = x
			}
			x.n += p
			named[region.Code] = named[region.Code] || p == 3
		}
		i += n - 1
	}
	var found []counted
	for code, x := range points {
		if x.n >= leastRegion && !slices.Contains(g.common.Regions, code) {
			found = append(found, *x)
		}
	}
	slices.SortFunc(found, func(a, b counted) int { return strings.Compare(a.value, b.value) })
	for i, x := range most(found) {
		sure := perhapsRegion
		if i == 0 && named[x.value] {
			sure = sureRegion
		}
		g.add("regions", x.value, x.label, sure, x.at)
	}
}

// kindAfter is the kind of region that a word announces, or none.
func kindAfter(word string) kb.RegionKind {
	switch word {
	case "provincie", "province":
		return kb.Province
	case "arbeidsmarktregio":
		return kb.LabourMarketRegion
	}
	return ""
}

// longest gives the region with the longest name that begins at a word: one of the kind
// that is announced, else a municipality or province.
func (g *gathering) longest(places *kb.Gazetteer, i int, kind kb.RegionKind) (n int, region *kb.Region) {
	for n = min(nameWords, len(g.text.words)-i); n > 0; n-- {
		if g.text.words[i].index != g.text.words[i+n-1].index {
			continue
		}
		body := g.text.pages[g.text.words[i].index].Text
		name := body[g.text.words[i].start:g.text.words[i+n-1].end]
		if strings.ContainsAny(name, ".,;:()\n/") {
			continue
		}
		found := places.Named(name)
		for _, r := range found {
			if r.RegionKind == kind {
				return n, r
			}
		}
		if len(found) > 0 && (found[0].RegionKind == kb.Municipality || found[0].RegionKind == kb.Province) {
			return n, found[0]
		}
	}
	return 0, nil
}

func pointsFor(before string, w word, n int) int {
	switch before {
	case "gemeente", "gemeenten", "provincie", "province", "arbeidsmarktregio", "gemeenteraad", "municipality":
		return 3
	case "in", "te", "uit", "regio", "stad":
		if !w.opens {
			return 2
		}
	case "van", "de", "der", "den", "ten", "ter", "heer", "mevrouw", "dhr", "mevr", "mw", "wethouder", "burgemeester", "raadslid", "minister":
		return 0
	}
	if len(before) == 1 || n == 1 && common(w.folded) {
		return 0
	}
	return 1
}

// common reports whether a place is also a word or a frequent surname.
func common(folded string) bool {
	return strings.Contains(" best bergen beek buren borne dalen echt ede elst geel goes haren heel hoorn houten kampen laren leek loon losser meppel mill oss putten rijssen sluis soest someren son steen "+
		"stein tiel veere vlieland voorst weert wierden wijk winkel zeist zundert urk asten baarn boekel boxmeer bunnik dongen duiven epe ermelo hulst huizen lisse loppersum maasdriel nuth raalte renkum rheden vaals ", " "+folded+" ")
}
