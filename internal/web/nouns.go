package web

import (
	"net/http"
	"strings"

	"leerkring/internal/web/operations"
)

// theme is the page of a theme.
func theme(v *visit) (answer, error) {
	r, err := operations.Theme(v.Context(), v.client, v.PathValue("slug"))
	if err != nil {
		return answer{}, err
	}
	t := r.Theme
	if t == nil {
		return answer{}, statusError{http.StatusNotFound}
	}
	return v.record(t.Url, t.Id, t.Label, "/themas", func(p *recordPage) error {
		p.Kind, p.Lead = p.T("noun.theme"), v.site.markdown.html(t.Definition)
		p.links("fact.broader", themeLinks(t.Broader)...)
		p.links("fact.narrower", themeLinks(t.Narrower)...)
		p.links("fact.relatedThemes", themeLinks(t.Related)...)
		p.fact("fact.synonyms", strings.Join(t.Synonyms, ", "))
		return p.about(v, "thema", t.Slug)
	})
}

// region is the page of a region, found by its slug or its code.
func region(v *visit) (answer, error) {
	r, err := operations.Region(v.Context(), v.client, v.PathValue("slug"))
	if err != nil {
		return answer{}, err
	}
	g := r.Region
	if g == nil {
		return answer{}, statusError{http.StatusNotFound}
	}
	return v.record(g.Url, g.Id, g.Name, "/regios", func(p *recordPage) error {
		p.Kind = p.T(message("region." + string(g.Kind)))
		p.fact("fact.also", strings.Join(g.Also, ", "))
		p.links("fact.parents", v.regionsWithKind(g.Parents)...)
		p.links("fact.successor", regionLinks(g.SucceededBy)...)
		p.fact("fact.ended", p.Lang.date(g.ValidTo))
		p.number("fact.population", g.Population)
		p.fact("fact.code", g.Code)
		p.links("fact.municipalities", regionLinks(g.Municipalities)...)
		return p.about(v, paramOfRegion(g.Kind), g.Code)
	})
}

// paramOfRegion is the parameter of the search page for a kind of region.
func paramOfRegion(k operations.RegionKind) string {
	return map[operations.RegionKind]string{
		operations.RegionKindMunicipality: "gemeente", operations.RegionKindProvince: "provincie",
		operations.RegionKindLabourMarketRegion: "arbeidsmarktregio", operations.RegionKindCorop: "corop",
	}[k]
}

// regionsWithKind names regions of several kinds.
func (v *visit) regionsWithKind(regions []operations.RegionLink) []link {
	out := regionLinks(regions)
	for i, r := range regions {
		out[i].Note = strings.ToLower(v.text(message("region." + string(r.Kind))))
	}
	return out
}

// organisation is the page of an organisation.
func organisation(v *visit) (answer, error) {
	r, err := operations.Organisation(v.Context(), v.client, v.PathValue("slug"))
	if err != nil {
		return answer{}, err
	}
	o := r.Organisation
	if o == nil {
		return answer{}, statusError{http.StatusNotFound}
	}
	return v.record(o.Url, o.Id, o.Name, "/organisaties", func(p *recordPage) error {
		p.Kind = p.T("noun.organisation")
		p.fact("fact.kind", o.Kind)
		p.fact("fact.also", strings.Join(o.Also, ", "))
		p.fact("fact.city", o.City)
		if o.Region != nil {
			p.links("fact.region", regionLinks([]operations.RegionLink{*o.Region})...)
		}
		if o.Website != "" {
			p.links("fact.website", link{Text: o.Website, URL: o.Website})
		}
		p.links("fact.members", organisationLinks(o.Members)...)
		p.period("fact.exists", o.ValidFrom, o.ValidTo)
		return p.about(v, "organisatie", o.Id)
	})
}

// person is the page of a person who agreed to be listed.
func person(v *visit) (answer, error) {
	r, err := operations.Person(v.Context(), v.client, v.PathValue("slug"))
	if err != nil {
		return answer{}, err
	}
	w := r.Person
	if w == nil {
		return answer{}, statusError{http.StatusNotFound}
	}
	return v.record(w.Url, w.Id, w.Name, "/personen", func(p *recordPage) error {
		p.Kind, p.Lead = p.T("noun.person"), v.site.markdown.html(w.Bio)
		p.fact("fact.function", w.Function)
		if w.Organisation != nil {
			p.links("fact.organisation", organisationLinks([]operations.OrganisationLink{*w.Organisation})...)
		}
		p.fact("fact.expertise", strings.Join(w.Expertise, ", "))
		p.links("fact.regions", regionLinks(w.Regions)...)
		if w.Email != "" {
			p.links("fact.email", link{Text: w.Email, URL: "mailto:" + w.Email})
		}
		p.fact("fact.phone", w.Phone)
		return p.about(v, "persoon", w.Id)
	})
}
