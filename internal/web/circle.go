package web

import (
	"html/template"
	"net/http"
	"time"

	"leerkring/internal/web/operations"
)

// meetingCard is one meeting in a list.
type meetingCard struct {
	Number  string
	Name    string
	URL     string
	Date    string
	DateISO string
	Place   string
	Circle  *link
	Summary string
	// Parts are what is done in it, by pillar.
	Parts []pillar
}

// pillar is one of the four parts of a meeting with what is done in it.
type pillar struct {
	Name  string
	Items []programmeItem
}

type programmeItem struct {
	Title    string
	Text     template.HTML
	Speakers []link
	Material []link
}

// learningCircle is the page of a learning circle with its meetings.
func learningCircle(v *visit) (answer, error) {
	r, err := operations.LearningCircle(v.Context(), v.client, v.PathValue("slug"))
	if err != nil {
		return answer{}, err
	}
	c := r.LearningCircle
	if c == nil {
		return answer{}, statusError{http.StatusNotFound}
	}
	return v.record(c.Url, c.Id, c.Name, "/leerkringen", func(p *recordPage) error {
		p.Kind, p.Lead = p.T("noun.circle"), v.site.markdown.html(c.Summary)
		if c.Period != nil {
			p.period("fact.period", c.Period.From, c.Period.To)
		}
		p.enum("fact.registration", "registration.", string(c.Registration))
		p.number("fact.capacity", c.Capacity)
		p.links("fact.themes", themeLinks(c.Themes)...)
		p.links("fact.regions", regionLinks(c.Regions)...)
		p.links("fact.organisers", organisationLinks(c.Organisers)...)
		p.links("fact.facilitators", personLinks(c.Facilitators)...)
		p.links("fact.participants", personLinks(c.Participants)...)
		p.text(v, "part.goal", c.Goal)
		p.items("part.questions", c.LearningQuestions)
		if len(c.Meetings.Nodes) > 0 {
			s := section{Title: p.T("part.meetings")}
			for _, m := range c.Meetings.Nodes {
				s.Meetings = append(s.Meetings, v.meetingOf(m))
			}
			p.Sections = append(p.Sections, s)
		}
		p.text(v, "part.outcomes", c.Outcomes)
		return nil
	})
}

// meetingOf makes the card of a meeting within the page of its learning circle.
func (v *visit) meetingOf(m operations.LearningCircleLearningCircleMeetingsMeetingConnectionNodesMeeting) meetingCard {
	card := v.meetingCardOf(m.MeetingCard)
	card.Circle = nil
	var items []pillarItem
	for _, it := range m.Programme {
		items = append(items, pillarItem{it.Pillar, programmeItem{Title: it.Title}})
	}
	card.Parts = v.byPillar(items)
	return card
}

func (v *visit) meetingCardOf(m operations.MeetingCard) meetingCard {
	card := meetingCard{Number: ordinal(m.Number), Name: m.Name, URL: pathOf(m.Url), Summary: m.Summary}
	card.Date, card.DateISO = v.moment(m.Start)
	if m.HostCity != nil {
		card.Place = m.HostCity.Name
	}
	if m.LearningCircle != nil {
		card.Circle = &link{Text: m.LearningCircle.Name, URL: pathOf(m.LearningCircle.Url)}
	}
	return card
}

// pillarItem is an item with the pillar that it belongs to.
type pillarItem struct {
	pillar operations.Pillar
	item   programmeItem
}

// byPillar groups items, in the order in which the pillars come first.
func (v *visit) byPillar(items []pillarItem) []pillar {
	var out []pillar
	place := map[operations.Pillar]int{}
	for _, it := range items {
		i, ok := place[it.pillar]
		if !ok {
			i = len(out)
			place[it.pillar] = i
			out = append(out, pillar{Name: v.text(message("pillar." + string(it.pillar)))})
		}
		out[i].Items = append(out[i].Items, it.item)
	}
	return out
}

// meeting is the page of a meeting with its programme.
func meeting(v *visit) (answer, error) {
	r, err := operations.Meeting(v.Context(), v.client, v.PathValue("slug"))
	if err != nil {
		return answer{}, err
	}
	m := r.Meeting
	if m == nil {
		return answer{}, statusError{http.StatusNotFound}
	}
	return v.record(m.Url, m.Id, m.Name, "/bijeenkomsten", func(p *recordPage) error {
		p.Kind, p.Lead = p.T("noun.meeting"), v.site.markdown.html(m.Summary)
		if m.LearningCircle != nil {
			p.links("fact.circle", link{Text: m.LearningCircle.Name, URL: pathOf(m.LearningCircle.Url)})
		}
		p.fact("fact.number", ordinal(m.Number))
		p.fact("fact.when", v.times(m.Start, m.End))
		if m.HostCity != nil {
			p.links("fact.city", regionLinks([]operations.RegionLink{*m.HostCity})...)
		}
		p.fact("fact.venue", m.Venue)
		if m.Host != nil {
			p.links("fact.host", organisationLinks([]operations.OrganisationLink{*m.Host})...)
		}
		p.links("fact.themes", themeLinks(m.Themes)...)
		p.programme(v, m.Programme)
		return nil
	})
}

// programme adds the parts of a meeting by pillar.
func (p *recordPage) programme(v *visit, programme []operations.Programme) {
	var items []pillarItem
	for _, it := range programme {
		item := programmeItem{Title: it.Title, Text: v.site.markdown.html(it.Description), Speakers: personLinks(it.Speakers)}
		for _, m := range it.Material {
			item.Material = append(item.Material, link{Text: m.GetTitle(), URL: pathOf(m.GetUrl()), Note: p.T(kindText(m.GetType()))})
		}
		items = append(items, pillarItem{it.Pillar, item})
	}
	if len(items) > 0 {
		p.Sections = append(p.Sections, section{Title: p.T("part.programme"), Programme: v.byPillar(items)})
	}
}

// times writes when a meeting is, in Dutch time: "12 maart 2024, 09:30 – 16:00".
func (v *visit) times(start, end time.Time) string {
	if start.IsZero() {
		return ""
	}
	start, end = start.In(v.site.zone), end.In(v.site.zone)
	text := v.lang.day(start) + ", " + start.Format("15:04")
	switch {
	case end.Year() <= 1:
		return text
	case end.Format(time.DateOnly) == start.Format(time.DateOnly):
		return text + " – " + end.Format("15:04")
	}
	return text + " – " + v.lang.day(end) + ", " + end.Format("15:04")
}
