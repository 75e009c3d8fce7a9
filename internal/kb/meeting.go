package kb

import (
	"fmt"
	"time"
)

// Meeting is one bijeenkomst of a learning circle.
type Meeting struct {
	Head
	Name     string     `json:"name"`
	Circle   ID         `json:"circle,omitempty"`
	Number   int        `json:"number,omitempty"` // 1 for the first of its circle
	Start    *time.Time `json:"start,omitempty"`
	End      *time.Time `json:"end,omitempty"`
	Host     ID         `json:"host,omitempty"`     // organisation
	HostCity string     `json:"hostCity,omitempty"` // code of the municipality
	Venue    string     `json:"venue,omitempty"`
	Summary  string     `json:"summary,omitempty"`
	Themes   []string   `json:"themes,omitempty"`
	// Programme holds the items in the order of the day.
	Programme []ProgrammeItem `json:"programme,omitempty"`
}

// ProgrammeItem is one part of a meeting under one of the four pillars.
type ProgrammeItem struct {
	Pillar      Pillar `json:"pillar"`
	Title       string `json:"title"`
	Description string `json:"description,omitempty"`
	Speakers    []ID   `json:"speakers,omitempty"`
	Material    []ID   `json:"material,omitempty"`
}

// Kind is KindMeeting.
func (*Meeting) Kind() Kind { return KindMeeting }

// Label is the name.
func (m *Meeting) Label() string { return m.Name }

func (m *Meeting) check(c *checker) {
	c.line("name", m.Name)
	if m.Circle != "" {
		c.id("circle", m.Circle)
	}
	if m.Number < 0 {
		c.add("number", Text{"kan niet negatief zijn", "cannot be negative"})
	}
	if m.Start != nil && m.End != nil && m.End.Before(*m.Start) {
		c.add("end", Text{"is vroeger dan het begin", "is before the start"})
	}
	if m.Host != "" {
		c.id("host", m.Host)
	}
	if m.HostCity != "" {
		c.region("hostCity", m.HostCity)
	}
	c.text("venue", m.Venue, MaxLine)
	c.text("summary", m.Summary, MaxText)
	c.slugs("themes", m.Themes)
	c.size("programme", len(m.Programme))
	for i, it := range m.Programme {
		field := fmt.Sprintf("programme[%d].", i)
		oneOf(c, field+"pillar", it.Pillar, PillarUpdates, PillarPeerConsultation, PillarDeepDive, PillarProjectVisit)
		c.line(field+"title", it.Title)
		c.text(field+"description", it.Description, MaxText)
		c.ids(field+"speakers", it.Speakers)
		c.ids(field+"material", it.Material)
	}
}
