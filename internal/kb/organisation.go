package kb

// Organisation is a municipality, a partnership, a knowledge institute, a company …
type Organisation struct {
	Head
	Name             string   `json:"name"`
	Also             []string `json:"also,omitempty"` // abbreviations and other names
	OrganisationKind string   `json:"organisationKind,omitempty"`
	TOOI             string   `json:"tooi,omitempty"`
	CBSCode          string   `json:"cbsCode,omitempty"`
	City             string   `json:"city,omitempty"`
	Website          string   `json:"website,omitempty"`
	// Members are organisations that make up a partnership.
	Members   []ID `json:"members,omitempty"`
	ValidFrom Date `json:"validFrom,omitempty"`
	ValidTo   Date `json:"validTo,omitempty"`
}

// Kind is KindOrganisation.
func (*Organisation) Kind() Kind { return KindOrganisation }

// Label is the name.
func (o *Organisation) Label() string { return o.Name }

func (o *Organisation) check(c *checker) {
	c.line("name", o.Name)
	c.lines("also", o.Also)
	c.text("organisationKind", o.OrganisationKind, MaxLine)
	c.url("tooi", o.TOOI)
	if o.CBSCode != "" {
		c.region("cbsCode", o.CBSCode)
	}
	c.text("city", o.City, MaxLine)
	c.url("website", o.Website)
	c.ids("members", o.Members)
	c.date("validFrom", o.ValidFrom)
	c.date("validTo", o.ValidTo)
}
