package kb

// Case is a piece of practice: what was at stake, what was done together, what
// came of it and what was learned.
type Case struct {
	Common
	Phase             CasePhase `json:"phase,omitempty"`
	Period            *Period   `json:"period,omitempty"`
	Partners          []Partner `json:"partners,omitempty"`
	Background        string    `json:"background,omitempty"`
	Objective         string    `json:"objective,omitempty"`
	Approach          string    `json:"approach,omitempty"`
	CollaborationForm string    `json:"collaborationForm,omitempty"`
	Resources         string    `json:"resources,omitempty"`
	Results           string    `json:"results,omitempty"`
	Indicators        []string  `json:"indicators,omitempty"`
	SuccessFactors    []string  `json:"successFactors,omitempty"`
	Obstacles         []string  `json:"obstacles,omitempty"`
	Lessons           []string  `json:"lessons,omitempty"`
	Transferability   string    `json:"transferability,omitempty"`
	NextSteps         string    `json:"nextSteps,omitempty"`
	Contacts          []ID      `json:"contacts,omitempty"`
}

// CasePhase is how far a case is.
type CasePhase string

// The phases of a case.
const (
	PhaseExploring CasePhase = "EXPLORING"
	PhasePreparing CasePhase = "PREPARING"
	PhaseRunning   CasePhase = "RUNNING"
	PhaseFinished  CasePhase = "FINISHED"
	PhaseStopped   CasePhase = "STOPPED"
)

// Partner is an organisation with its role in a case.
type Partner struct {
	Organisation ID     `json:"organisation"`
	Role         string `json:"role,omitempty"`
}

// Kind is KindCase.
func (*Case) Kind() Kind { return KindCase }

// Sections gives the running text of the case beyond summary and body.
func (k *Case) Sections() []string {
	s := []string{k.Background, k.Objective, k.Approach, k.CollaborationForm, k.Resources, k.Results, k.Transferability, k.NextSteps}
	for _, list := range [][]string{k.Indicators, k.SuccessFactors, k.Obstacles, k.Lessons} {
		s = append(s, list...)
	}
	return s
}

func (k *Case) check(c *checker) {
	k.Common.check(c)
	optional(c, "phase", k.Phase, PhaseExploring, PhasePreparing, PhaseRunning, PhaseFinished, PhaseStopped)
	c.years("period", k.Period)
	c.size("partners", len(k.Partners))
	for _, p := range k.Partners {
		c.id("partners.organisation", p.Organisation)
		c.text("partners.role", p.Role, MaxLine)
	}
	for _, s := range k.Sections() {
		c.text("sections", s, MaxText)
	}
	for _, l := range []struct {
		field string
		list  []string
	}{{"indicators", k.Indicators}, {"successFactors", k.SuccessFactors}, {"obstacles", k.Obstacles}, {"lessons", k.Lessons}} {
		c.size(l.field, len(l.list))
	}
	c.ids("contacts", k.Contacts)
}
