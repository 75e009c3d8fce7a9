package kb

import "strings"

// Region is a municipality or a division that municipalities make up.
type Region struct {
	Head
	Name string `json:"name"`
	// Also are other names: the Frisian one, an old spelling, an abbreviation.
	Also       []string   `json:"also,omitempty"`
	RegionKind RegionKind `json:"regionKind"`
	// Code is the CBS code: GM, PV, CR or AM and digits.
	Code string `json:"code"`
	// Parents are the codes of the divisions that a municipality is part of: its
	// province, COROP region and labour-market region. The three are independent.
	Parents []string `json:"parents,omitempty"`
	// Municipalities are the codes of the municipalities that make up a division.
	Municipalities []string `json:"municipalities,omitempty"`
	ValidFrom      Date     `json:"validFrom,omitempty"`
	ValidTo        Date     `json:"validTo,omitempty"`
	// SucceededBy are the codes of what a municipality that is no more became part of.
	SucceededBy []string `json:"succeededBy,omitempty"`
	Population  int      `json:"population,omitempty"`
}

// RegionKind is the kind of a region.
type RegionKind string

// The kinds of regions.
const (
	Municipality       RegionKind = "MUNICIPALITY"
	Province           RegionKind = "PROVINCE"
	LabourMarketRegion RegionKind = "LABOUR_MARKET_REGION"
	COROP              RegionKind = "COROP"
)

// regionPrefixes are the letters of the CBS codes.
func regionPrefixes() map[string]RegionKind {
	return map[string]RegionKind{"GM": Municipality, "PV": Province, "AM": LabourMarketRegion, "CR": COROP}
}

// RegionKindOf tells the kind from the letters of a code; ok is false for a text that is no code.
func RegionKindOf(code string) (kind RegionKind, ok bool) {
	if !validRegionCode(code) {
		return "", false
	}
	return regionPrefixes()[code[:2]], true
}

func validRegionCode(code string) bool {
	if len(code) < 4 || len(code) > 6 {
		return false
	}
	_, known := regionPrefixes()[code[:2]]
	return known && strings.Trim(code[2:], "0123456789") == ""
}

// Kind is KindRegion.
func (*Region) Kind() Kind { return KindRegion }

// Label is the name.
func (r *Region) Label() string { return r.Name }

func (r *Region) check(c *checker) {
	c.line("name", r.Name)
	c.lines("also", r.Also)
	oneOf(c, "regionKind", r.RegionKind, Municipality, Province, LabourMarketRegion, COROP)
	if k, ok := RegionKindOf(r.Code); (!ok || k != r.RegionKind) && (r.Code != "" || !c.draft) {
		c.add("code", Text{"is geen code van deze soort regio", "is not a code of this kind of region"})
	}
	c.regions("parents", r.Parents)
	c.regions("municipalities", r.Municipalities)
	c.regions("succeededBy", r.SucceededBy)
	c.date("validFrom", r.ValidFrom)
	c.date("validTo", r.ValidTo)
	if r.Population < 0 {
		c.add("population", Text{"kan niet negatief zijn", "cannot be negative"})
	}
}
