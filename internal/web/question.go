package web

import (
	"net/http"

	"leerkring/internal/web/operations"
)

// question is the page of a question with its answers.
func question(v *visit) (answer, error) {
	r, err := operations.Question(v.Context(), v.client, v.PathValue("slug"))
	if err != nil {
		return answer{}, err
	}
	q := r.Question
	if q == nil {
		return answer{}, statusError{http.StatusNotFound}
	}
	return v.record(q.Url, q.Id, q.Title, "/vraagstukken", func(p *recordPage) error {
		p.Kind, p.Lead = v.in(kindOf("Question").name), v.site.markdown.html(q.Text)
		p.Date, p.DateISO = v.moment(q.CreatedAt)
		if q.AskedBy != nil {
			p.links("fact.asker", personLinks([]operations.PersonLink{*q.AskedBy})...)
		}
		p.links("fact.themes", themeLinks(q.Themes)...)
		for _, a := range q.Answers {
			s := section{Title: p.T("part.answer"), HTML: v.site.markdown.html(a.Text)}
			if a.By != nil {
				s.Title = p.T("part.answer.by", a.By.Name)
			}
			for _, m := range a.Material {
				s.Cards = append(s.Cards, v.cardOf(m, nil))
			}
			p.Sections = append(p.Sections, s)
		}
		return nil
	})
}

func listQuestions(v *visit, p *listPage, after string) (operations.Page, error) {
	r, err := operations.Questions(v.Context(), v.client, after)
	if err != nil {
		return operations.Page{}, err
	}
	p.Total, p.CatchingUp = r.Questions.TotalCount, !r.IndexStatus.Ready
	for _, q := range r.Questions.Nodes {
		date, _ := v.moment(q.CreatedAt)
		p.Links = append(p.Links, link{Text: q.Title, URL: pathOf(q.Url), Note: date})
	}
	return r.Questions.PageInfo, nil
}
