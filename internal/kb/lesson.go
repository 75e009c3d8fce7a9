package kb

// Lesson is one thing learned, also from what did not work.
type Lesson struct {
	Common
	Statement   string  `json:"statement,omitempty"`
	Context     string  `json:"context,omitempty"`
	Explanation string  `json:"explanation,omitempty"`
	Advice      string  `json:"advice,omitempty"`
	Outcome     Outcome `json:"outcome,omitempty"`
	// LearnedFrom is where the lesson was learned.
	LearnedFrom *Passage `json:"learnedFrom,omitempty"`
	// AppliesTo says in which situations the lesson holds.
	AppliesTo []string `json:"appliesTo,omitempty"`
}

// Outcome is how what was tried turned out.
type Outcome string

// The outcomes.
const (
	OutcomeWorked Outcome = "WORKED"
	OutcomePartly Outcome = "PARTLY"
	OutcomeDidNot Outcome = "DID_NOT"
)

// Passage is a place in a case, a presentation or a meeting.
type Passage struct {
	Record ID     `json:"record"`
	Quote  string `json:"quote,omitempty"`
}

// Kind is KindLesson.
func (*Lesson) Kind() Kind { return KindLesson }

// Sections gives the running text beyond summary and body.
func (l *Lesson) Sections() []string {
	return append([]string{l.Statement, l.Context, l.Explanation, l.Advice}, l.AppliesTo...)
}

func (l *Lesson) check(c *checker) {
	l.Common.check(c)
	for _, s := range l.Sections() {
		c.text("sections", s, MaxText)
	}
	optional(c, "outcome", l.Outcome, OutcomeWorked, OutcomePartly, OutcomeDidNot)
	if l.LearnedFrom != nil {
		c.id("learnedFrom.record", l.LearnedFrom.Record)
		c.text("learnedFrom.quote", l.LearnedFrom.Quote, MaxText)
	}
	c.size("appliesTo", len(l.AppliesTo))
}
