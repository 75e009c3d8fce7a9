package kb

// LearningCircle is a leerkring: four or five meetings in one host city each.
type LearningCircle struct {
	Head
	Name              string       `json:"name"`
	Summary           string       `json:"summary,omitempty"`
	Goal              string       `json:"goal,omitempty"`
	LearningQuestions []string     `json:"learningQuestions,omitempty"`
	Themes            []string     `json:"themes,omitempty"`
	Regions           []string     `json:"regions,omitempty"`
	Organisers        []ID         `json:"organisers,omitempty"`   // organisations
	Facilitators      []ID         `json:"facilitators,omitempty"` // people
	Participants      []ID         `json:"participants,omitempty"` // people
	Capacity          int          `json:"capacity,omitempty"`
	Period            *Period      `json:"period,omitempty"`
	Outcomes          string       `json:"outcomes,omitempty"`
	Registration      Registration `json:"registration,omitempty"`
}

// Registration is whether one can join a learning circle.
type Registration string

// The states of registration.
const (
	RegistrationPlanned Registration = "PLANNED"
	RegistrationOpen    Registration = "OPEN"
	RegistrationFull    Registration = "FULL"
	RegistrationClosed  Registration = "CLOSED"
)

// Kind is KindLearningCircle.
func (*LearningCircle) Kind() Kind { return KindLearningCircle }

// Label is the name.
func (l *LearningCircle) Label() string { return l.Name }

func (l *LearningCircle) check(c *checker) {
	c.line("name", l.Name)
	c.text("summary", l.Summary, MaxText)
	c.text("goal", l.Goal, MaxText)
	c.lines("learningQuestions", l.LearningQuestions)
	c.slugs("themes", l.Themes)
	c.regions("regions", l.Regions)
	c.ids("organisers", l.Organisers)
	c.ids("facilitators", l.Facilitators)
	c.ids("participants", l.Participants)
	if l.Capacity < 0 {
		c.add("capacity", Text{"kan niet negatief zijn", "cannot be negative"})
	}
	c.years("period", l.Period)
	c.text("outcomes", l.Outcomes, MaxText)
	optional(c, "registration", l.Registration, RegistrationPlanned, RegistrationOpen, RegistrationFull, RegistrationClosed)
}
