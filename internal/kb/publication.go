package kb

import "strings"

// Publication is a written work: a report, a policy text, a guide, an article.
type Publication struct {
	Common
	// PublicationKind is free text, like "rapport" or "handreiking".
	PublicationKind string   `json:"publicationKind,omitempty"`
	Authors         []string `json:"authors,omitempty"`
	Publisher       string   `json:"publisher,omitempty"`
	Issued          Date     `json:"issued,omitempty"`
	Edition         string   `json:"edition,omitempty"`
	Series          string   `json:"series,omitempty"`
	Pages           int      `json:"pages,omitempty"`
	ISBN            string   `json:"isbn,omitempty"`
	DOI             string   `json:"doi,omitempty"`
	Abstract        string   `json:"abstract,omitempty"`
	// Replaces is the publication that this one takes the place of.
	Replaces ID `json:"replaces,omitempty"`
}

// Kind is KindPublication.
func (*Publication) Kind() Kind { return KindPublication }

// Sections gives the running text beyond summary and body.
func (p *Publication) Sections() []string {
	return append([]string{p.Abstract, p.PublicationKind, p.Publisher, p.Series}, p.Authors...)
}

func (p *Publication) check(c *checker) {
	p.Common.check(c)
	c.text("publicationKind", p.PublicationKind, MaxLine)
	c.lines("authors", p.Authors)
	c.text("publisher", p.Publisher, MaxLine)
	c.date("issued", p.Issued)
	c.text("edition", p.Edition, MaxLine)
	c.text("series", p.Series, MaxLine)
	if p.Pages < 0 {
		c.add("pages", Text{"kan niet negatief zijn", "cannot be negative"})
	}
	if p.ISBN != "" && !validISBN(p.ISBN) {
		c.add("isbn", Text{"is geen geldig ISBN (10 of 13 cijfers met controlecijfer)", "is not a valid ISBN (10 or 13 digits with a check digit)"})
	}
	if p.DOI != "" && (!strings.HasPrefix(p.DOI, "10.") || !strings.Contains(p.DOI, "/")) {
		c.add("doi", Text{"is geen DOI zoals 10.1000/182", "is not a DOI like 10.1000/182"})
	}
	c.text("doi", p.DOI, MaxLine)
	c.text("abstract", p.Abstract, MaxText)
	if p.Replaces != "" {
		c.id("replaces", p.Replaces)
	}
}

// validISBN checks the check digit of ISO 2108, hyphens and spaces aside.
func validISBN(s string) bool {
	var d []int
	for _, r := range s {
		switch {
		case r == '-' || r == ' ':
		case r >= '0' && r <= '9':
			d = append(d, int(r-'0'))
		case (r == 'X' || r == 'x') && len(d) == 9:
			d = append(d, 10)
		default:
			return false
		}
	}
	sum := 0
	switch len(d) {
	case 10:
		for i, v := range d {
			sum += (10 - i) * v
		}
		return sum%11 == 0
	case 13:
		for i, v := range d {
			sum += v * (1 + 2*(i%2))
		}
		return sum%10 == 0
	}
	return false
}
