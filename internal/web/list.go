package web

import (
	"net/url"

	"leerkring/internal/web/operations"
)

// listPage is a list of all records of a kind, one page of it.
type listPage struct {
	*layout
	About string
	// TextLang is the language of what records say of themselves.
	TextLang string
	Notice   message
	Total    int
	Kinds    []menuItem // lists of one kind of region
	Links    []link
	// Meetings and Circles are lists that show more than names.
	Meetings []meetingCard
	Circles  []circleCard
	pager
}

// circleCard is one learning circle in a list.
type circleCard struct {
	Name         string
	URL          string
	Summary      string
	Period       string
	Registration string
	Themes       []link
}

// list is one of the list pages.
type list struct {
	path  string
	title message
	about message
	fill  func(v *visit, p *listPage, after string) (operations.Page, error)
}

func lists() []list {
	return []list{
		{"/themas", "list.themes", "list.themes.about", listThemes},
		{"/regios", "list.regions", "list.regions.about", listRegions},
		{"/organisaties", "list.organisations", "list.organisations.about", listOrganisations},
		{"/personen", "list.people", "list.people.about", listPeople},
		{"/leerkringen", "list.circles", "list.circles.about", listCircles},
		{"/bijeenkomsten", "list.meetings", "list.meetings.about", listMeetings},
		{"/vraagstukken", "list.questions", "list.questions.about", listQuestions},
	}
}

// show makes one page of the list. A cursor that does not work gives the first
// page, with a notice.
func (l list) show(v *visit) (answer, error) {
	query := url.Values{}
	if kind := v.URL.Query().Get(paramKind); regionKinds()[kind] != "" && l.path == "/regios" {
		query.Set(paramKind, kind)
	}
	after := v.URL.Query().Get(paramAfter)
	p, page, err := l.page(v, after)
	if notice := cursorNotice(err); after != "" && notice != "" {
		after = ""
		if p, page, err = l.page(v, ""); err == nil {
			p.Notice = notice
		}
	}
	if err != nil {
		return answer{}, err
	}
	if after != "" {
		p.First = address(l.path, query)
	}
	if page.HasNextPage {
		query.Set(paramAfter, page.EndCursor)
		p.Next = address(l.path, query)
		query.Del(paramAfter)
	}
	if after != "" {
		query.Set(paramAfter, after)
	}
	p.Here = address(l.path, query)
	return answer{template: "list", page: p}, nil
}

func (l list) page(v *visit, after string) (*listPage, operations.Page, error) {
	p := &listPage{layout: v.layout(v.text(l.title)), About: v.text(l.about), TextLang: textLanguage}
	page, err := l.fill(v, p, after)
	return p, page, err
}

func address(path string, query url.Values) string {
	if len(query) == 0 {
		return path
	}
	return path + "?" + query.Encode()
}

// paramKind limits the list of regions to one kind.
const paramKind = "soort"

func regionKinds() map[string]operations.RegionKind {
	return map[string]operations.RegionKind{
		"gemeente": operations.RegionKindMunicipality, "provincie": operations.RegionKindProvince,
		"arbeidsmarktregio": operations.RegionKindLabourMarketRegion, "corop": operations.RegionKindCorop,
	}
}

func listThemes(v *visit, p *listPage, after string) (operations.Page, error) {
	r, err := operations.Themes(v.Context(), v.client, after)
	if err != nil {
		return operations.Page{}, err
	}
	p.Total, p.CatchingUp = r.Themes.TotalCount, !r.IndexStatus.Ready
	for _, t := range r.Themes.Nodes {
		p.Links = append(p.Links, link{Text: t.Label, URL: pathOf(t.Url), Note: t.Definition, NoteLang: textLanguage})
	}
	return r.Themes.PageInfo, nil
}

func listRegions(v *visit, p *listPage, after string) (operations.Page, error) {
	asked := v.URL.Query().Get(paramKind)
	r, err := operations.Regions(v.Context(), v.client, regionKinds()[asked], after)
	if err != nil {
		return operations.Page{}, err
	}
	p.Total, p.CatchingUp = r.Regions.TotalCount, !r.IndexStatus.Ready
	p.Kinds = []menuItem{p.kind("list.regions.all", "/regios", asked == "")}
	for _, word := range []string{"gemeente", "provincie", "arbeidsmarktregio", "corop"} {
		to := address("/regios", url.Values{paramKind: {word}})
		p.Kinds = append(p.Kinds, p.kind(message("regions."+word), to, asked == word))
	}
	for _, g := range r.Regions.Nodes {
		l := link{Text: g.Name, URL: pathOf(g.Url)}
		if asked == "" {
			l.Note = v.text(message("region." + string(g.Kind)))
		}
		p.Links = append(p.Links, l)
	}
	return r.Regions.PageInfo, nil
}

// kind is a link to the regions of one kind, or to all.
func (p *listPage) kind(label message, to string, current bool) menuItem {
	item := menuItem{Text: p.T(label), URL: p.Link(to)}
	if current {
		item.Current = "page"
	}
	return item
}

func listOrganisations(v *visit, p *listPage, after string) (operations.Page, error) {
	r, err := operations.Organisations(v.Context(), v.client, after)
	if err != nil {
		return operations.Page{}, err
	}
	p.Total, p.CatchingUp = r.Organisations.TotalCount, !r.IndexStatus.Ready
	for _, o := range r.Organisations.Nodes {
		p.Links = append(p.Links, link{Text: o.Name, URL: pathOf(o.Url), Note: joined(o.Kind, o.City)})
	}
	return r.Organisations.PageInfo, nil
}

func listPeople(v *visit, p *listPage, after string) (operations.Page, error) {
	r, err := operations.People(v.Context(), v.client, after)
	if err != nil {
		return operations.Page{}, err
	}
	p.Total, p.CatchingUp = r.People.TotalCount, !r.IndexStatus.Ready
	for _, w := range r.People.Nodes {
		employer := ""
		if w.Organisation != nil {
			employer = w.Organisation.Name
		}
		p.Links = append(p.Links, link{Text: w.Name, URL: pathOf(w.Url), Note: joined(w.Function, employer)})
	}
	return r.People.PageInfo, nil
}

func listCircles(v *visit, p *listPage, after string) (operations.Page, error) {
	r, err := operations.LearningCircles(v.Context(), v.client, after)
	if err != nil {
		return operations.Page{}, err
	}
	p.Total, p.CatchingUp = r.LearningCircles.TotalCount, !r.IndexStatus.Ready
	for _, c := range r.LearningCircles.Nodes {
		card := circleCard{Name: c.Name, URL: pathOf(c.Url), Summary: c.Summary, Themes: themeLinks(c.Themes), Period: v.span(c.Period.From, c.Period.To)}
		if c.Registration != "" {
			card.Registration = v.text(message("registration." + string(c.Registration)))
		}
		p.Circles = append(p.Circles, card)
	}
	return r.LearningCircles.PageInfo, nil
}

func listMeetings(v *visit, p *listPage, after string) (operations.Page, error) {
	r, err := operations.Meetings(v.Context(), v.client, after)
	if err != nil {
		return operations.Page{}, err
	}
	p.Total, p.CatchingUp = r.Meetings.TotalCount, !r.IndexStatus.Ready
	for _, m := range r.Meetings.Nodes {
		p.Meetings = append(p.Meetings, v.meetingCardOf(m))
	}
	return r.Meetings.PageInfo, nil
}

// joined puts a comma between two texts that are both known.
func joined(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + ", " + b
}
