package kb

import (
	_ "embed" // the tables
	"fmt"
	"strconv"
)

//go:embed data/municipalities.tsv
var municipalitiesTable string

//go:embed data/former_municipalities.tsv
var formerMunicipalitiesTable string

//go:embed data/places.tsv
var placesTable string

//go:embed data/divisions.tsv
var divisionsTable string

// builtinRegions reads the embedded tables: provinces, COROP regions,
// labour-market regions, municipalities and former municipalities.
func builtinRegions() []*Region {
	divisions := builtinDivisions()
	byCode := make(map[string]*Region, len(divisions))
	for _, d := range divisions {
		byCode[d.Code] = d
	}
	municipalities := builtinMunicipalities()
	for _, m := range municipalities {
		for _, parent := range m.Parents {
			byCode[parent].Municipalities = append(byCode[parent].Municipalities, m.Code)
		}
	}
	return append(append(divisions, municipalities...), builtinFormerMunicipalities()...)
}

func builtinDivisions() []*Region {
	var regions []*Region
	for _, row := range tableRows("divisions", divisionsTable, 3) {
		regions = append(regions, newBuiltinRegion(row[0], row[1], row[2]))
	}
	return regions
}

func builtinMunicipalities() []*Region {
	var regions []*Region
	for _, row := range tableRows("municipalities", municipalitiesTable, 8) {
		r := newBuiltinRegion(row[0], row[1], row[7])
		r.Parents = []string{row[2], row[3], row[4]}
		r.Population = population(row[0], row[5])
		r.ValidFrom = Date(row[6])
		regions = append(regions, r)
	}
	return regions
}

func builtinFormerMunicipalities() []*Region {
	var regions []*Region
	for _, row := range tableRows("former municipalities", formerMunicipalitiesTable, 6) {
		r := newBuiltinRegion(row[0], row[1], row[5])
		r.ValidFrom, r.ValidTo = Date(row[2]), Date(row[3])
		r.SucceededBy = list(row[4])
		regions = append(regions, r)
	}
	return regions
}

func newBuiltinRegion(code, name, also string) *Region {
	kind, ok := RegionKindOf(code)
	if !ok {
		panic(fmt.Sprintf("kb: embedded region %q has no code of a region", code))
	}
	return &Region{
		Head:       builtinHead("cbs", code, Slugify(slugPrefix(kind)+" "+name, MaxSlug)),
		Name:       name,
		Also:       list(also),
		RegionKind: kind,
		Code:       code,
	}
}

func slugPrefix(k RegionKind) string {
	switch k {
	case Municipality:
		return "gemeente"
	case Province:
		return "provincie"
	case LabourMarketRegion:
		return "arbeidsmarktregio"
	default:
		return "corop"
	}
}

// population is 0 where it is not known.
func population(code, column string) int {
	if column == "" {
		return 0
	}
	n, err := strconv.Atoi(column)
	if err != nil {
		panic(fmt.Sprintf("kb: embedded municipality %s has no number of inhabitants but %q", code, column))
	}
	return n
}
