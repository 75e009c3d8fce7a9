package web

import (
	"net/http"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"leerkring/internal/kb"
	"leerkring/internal/web/operations"
)

// material is the page of a case, publication, presentation or lesson.
func material(v *visit) (answer, error) {
	r, err := operations.Material(v.Context(), v.client, v.PathValue("slug"))
	if err != nil {
		return answer{}, err
	}
	if r.Material == nil {
		return answer{}, statusError{http.StatusNotFound}
	}
	m := r.Material
	return v.record(m.GetUrl(), m.GetId(), m.GetTitle(), "/", func(p *recordPage) error {
		p.Kind, p.Colour = p.T(kindText(m.GetType())), typeWords()[string(m.GetType())]
		p.NameLang, p.TextLang = m.GetLanguage(), m.GetLanguage()
		p.Date, p.DateISO = v.moment(m.GetPublishedAt())
		p.parts(v, m)
		if len(p.Sections) > 0 || !beginsWith(m.GetBody(), m.GetSummary()) {
			p.Lead = v.site.markdown.html(m.GetSummary())
		}
		p.text(v, "part.body", m.GetBody())
		if err := p.files(v); err != nil {
			return err
		}
		p.common(v, m)
		return p.alike(v, m.GetSeeAlso())
	})
}

// beginsWith reports whether a text begins with the words of another, whatever
// the signs between them: a summary that an import took from the text would stand
// on the page twice.
func beginsWith(text, start string) bool {
	for _, want := range start {
		if !unicode.IsLetter(want) && !unicode.IsDigit(want) {
			continue
		}
		i := strings.IndexFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
		if i < 0 {
			return false
		}
		got, size := utf8.DecodeRuneInString(text[i:])
		if got != want {
			return false
		}
		text = text[i+size:]
	}
	return true
}

// parts adds what only one kind of material has.
func (p *recordPage) parts(v *visit, m operations.MaterialMaterial) {
	switch m := m.(type) {
	case *operations.MaterialMaterialCase:
		p.caseParts(v, &m.CaseParts)
	case *operations.MaterialMaterialPublication:
		p.publicationParts(v, &m.PublicationParts)
	case *operations.MaterialMaterialPresentation:
		p.presentationParts(&m.PresentationParts)
	case *operations.MaterialMaterialLesson:
		p.lessonParts(v, &m.LessonParts)
	}
}

func (p *recordPage) caseParts(v *visit, c *operations.CaseParts) {
	p.enum("fact.phase", "phase.", string(c.Phase))
	if c.Period != nil {
		p.period("fact.period", c.Period.From, c.Period.To)
	}
	var partners []link
	for _, partner := range c.Partners {
		partners = append(partners, link{Text: partner.Organisation.Name, URL: pathOf(partner.Organisation.Url), Note: partner.Role})
	}
	p.links("fact.partners", partners...)
	p.links("fact.contacts", personLinks(c.Contacts)...)
	p.text(v, "part.background", c.Background)
	p.text(v, "part.objective", c.Objective)
	p.text(v, "part.approach", c.Approach)
	p.text(v, "part.collaboration", c.CollaborationForm)
	p.text(v, "part.resources", c.Resources)
	p.text(v, "part.results", c.Results)
	p.items("part.indicators", c.Indicators)
	p.items("part.success", c.SuccessFactors)
	p.items("part.obstacles", c.Obstacles)
	p.items("part.lessons", c.Lessons)
	p.text(v, "part.transferability", c.Transferability)
	p.text(v, "part.next", c.NextSteps)
}

func (p *recordPage) publicationParts(v *visit, w *operations.PublicationParts) {
	p.fact("fact.kind", w.PublicationKind)
	p.links("fact.authors", texts(w.Authors)...)
	p.fact("fact.publisher", w.Publisher)
	p.fact("fact.issued", p.Lang.date(w.Issued))
	p.fact("fact.edition", w.Edition)
	p.fact("fact.series", w.Series)
	p.number("fact.pages", w.Pages)
	p.fact("fact.isbn", w.Isbn)
	if w.Doi != "" {
		p.links("fact.doi", link{Text: w.Doi, URL: "https://doi.org/" + w.Doi})
	}
	if w.Replaces != nil {
		p.links("fact.replaces", link{Text: w.Replaces.Title, URL: pathOf(w.Replaces.Url)})
	}
	p.text(v, "part.abstract", w.Abstract)
}

func (p *recordPage) presentationParts(t *operations.PresentationParts) {
	p.links("fact.speakers", personLinks(t.Speakers)...)
	p.fact("fact.given", p.Lang.date(t.GivenAt))
	if t.Meeting != nil {
		p.links("fact.meeting", link{Text: t.Meeting.Name, URL: pathOf(t.Meeting.Url)})
	}
	p.enum("fact.pillar", "pillar.", string(t.Pillar))
	p.number("fact.slides", t.Slides)
	p.items("part.takeaways", t.Takeaways)
}

func (p *recordPage) lessonParts(v *visit, l *operations.LessonParts) {
	p.enum("fact.outcome", "outcome.", string(l.Outcome))
	if from := l.LearnedFrom; from != nil {
		p.links("fact.from", link{Text: from.Record.Label(), URL: pathOf(from.Record.URL)})
	}
	p.text(v, "part.statement", l.Statement)
	p.text(v, "part.context", l.Context)
	p.text(v, "part.explanation", l.Explanation)
	p.text(v, "part.advice", l.Advice)
	if l.LearnedFrom != nil {
		p.text(v, "part.quote", l.LearnedFrom.Quote)
	}
	p.items("part.applies", l.AppliesTo)
}

// common adds what all kinds of material have: where it belongs, who made it,
// where it came from.
func (p *recordPage) common(v *visit, m operations.Common) {
	p.links("fact.themes", themeLinks(m.GetThemes())...)
	p.links("fact.regions", regionLinks(m.GetRegions())...)
	p.links("fact.organisations", p.unseen(organisationLinks(m.GetOrganisations()))...)
	p.links("fact.people", p.unseen(personLinks(m.GetPeople()))...)
	p.enum("fact.collaboration", "collaboration.", collaborationWords()[string(m.GetCollaboration())])
	keywords := texts(m.GetKeywords())
	for i, word := range keywords {
		keywords[i].URL = state{query: word.Text}.address()
	}
	p.links("fact.keywords", keywords...)
	p.fact("fact.licence", m.GetLicence())
	if s := m.GetSource(); s != nil {
		p.source(s)
	}
	changed, _ := v.moment(m.GetUpdatedAt())
	p.fact("fact.updated", changed)
	p.fact("fact.review", p.Lang.date(m.GetReviewBy()))
	if others := m.GetSeeAlso(); len(others) > 0 {
		s := section{Title: p.T("part.related")}
		for _, r := range others {
			s.Cards = append(s.Cards, v.cardOf(r, nil))
		}
		p.Sections = append(p.Sections, s)
	}
}

// maxAlike is how many materials a page shows that are like its own.
const maxAlike = 4

// alike adds what is like the material, but for what it was linked with by hand.
// An index that is away takes nothing else from the page.
func (p *recordPage) alike(v *visit, linked []operations.Card) error {
	r, err := operations.Alike(v.Context(), v.client, v.PathValue("slug"))
	if code := codeOf(err); code == kb.Unavailable || code == kb.Timeout {
		v.site.config.Log.WarnContext(v.Context(), "web: what is alike is left out", "path", v.URL.Path, "error", err)
		return nil
	}
	if err != nil || r.Material == nil {
		return err
	}
	s := section{Title: p.T("part.alike")}
	for _, other := range (*r.Material).GetRelated() {
		if len(s.Cards) == maxAlike {
			break
		}
		if slices.ContainsFunc(linked, func(c operations.Card) bool { return c.GetUrl() == other.Node.GetUrl() }) {
			continue
		}
		c := v.cardOf(other.Node, nil)
		c.Why = other.Text
		s.Cards = append(s.Cards, c)
	}
	if len(s.Cards) > 0 {
		p.Sections = append(p.Sections, s)
	}
	return nil
}

func (p *recordPage) source(s *operations.CommonSource) {
	text := s.Name
	if text == "" {
		text = s.Url
	}
	if text != "" {
		p.links("fact.source", link{Text: text, URL: s.Url})
	}
}
