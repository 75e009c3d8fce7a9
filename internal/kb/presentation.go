package kb

// Presentation is what an expert showed at a meeting.
type Presentation struct {
	Common
	Speakers []ID   `json:"speakers,omitempty"`
	Meeting  ID     `json:"meeting,omitempty"`
	Pillar   Pillar `json:"pillar,omitempty"`
	GivenAt  Date   `json:"givenAt,omitempty"`
	// Slides is the number of slides, 0 when unknown.
	Slides    int      `json:"slides,omitempty"`
	Takeaways []string `json:"takeaways,omitempty"`
	// Consent says whether the speakers agree to publication; nil when nobody wrote
	// it down. With a no the record can be kept, but no reader sees it.
	Consent *bool `json:"consent,omitempty"`
}

// Pillar is one of the four parts of every meeting.
type Pillar string

// The four pillars: actualiteiten, intervisie, verdieping, projectbezoek.
const (
	PillarUpdates          Pillar = "UPDATES"
	PillarPeerConsultation Pillar = "PEER_CONSULTATION"
	PillarDeepDive         Pillar = "DEEP_DIVE"
	PillarProjectVisit     Pillar = "PROJECT_VISIT"
)

// Kind is KindPresentation.
func (*Presentation) Kind() Kind { return KindPresentation }

// Sections gives the running text beyond summary and body.
func (p *Presentation) Sections() []string { return p.Takeaways }

func (p *Presentation) check(c *checker) {
	p.Common.check(c)
	c.ids("speakers", p.Speakers)
	if p.Meeting != "" {
		c.id("meeting", p.Meeting)
	}
	optional(c, "pillar", p.Pillar, PillarUpdates, PillarPeerConsultation, PillarDeepDive, PillarProjectVisit)
	c.date("givenAt", p.GivenAt)
	if p.Slides < 0 {
		c.add("slides", Text{"kan niet negatief zijn", "cannot be negative"})
	}
	c.size("takeaways", len(p.Takeaways))
	for _, t := range p.Takeaways {
		c.text("takeaways", t, MaxText)
	}
}
