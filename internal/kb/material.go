package kb

// CollaborationLevel is with whom was worked together.
type CollaborationLevel string

// The levels of collaboration: between departments of one organisation; with
// neighbouring governments; with inhabitants, business and institutions.
const (
	CollaborationInternal CollaborationLevel = "INTERNAL"
	CollaborationRegional CollaborationLevel = "REGIONAL"
	CollaborationSociety  CollaborationLevel = "SOCIETY"
)

// Common holds the fields that the four kinds of material share.
type Common struct {
	Head
	Title   string `json:"title"`
	Summary string `json:"summary"`
	// Body is Markdown.
	Body string `json:"body"`
	// Themes are slugs of themes, Regions codes like GM0363, Organisations and
	// People ids of records.
	Themes        []string           `json:"themes,omitempty"`
	Regions       []string           `json:"regions,omitempty"`
	Organisations []ID               `json:"organisations,omitempty"`
	People        []ID               `json:"people,omitempty"`
	Keywords      []string           `json:"keywords,omitempty"`
	Collaboration CollaborationLevel `json:"collaboration,omitempty"`
	// Language is a BCP 47 tag, like "nl".
	Language string `json:"language"`
	Licence  string `json:"licence,omitempty"`
	Related  []ID   `json:"related,omitempty"`
	Files    []ID   `json:"files,omitempty"`
	// ReviewBy is the day on which the text is looked at again.
	ReviewBy Date `json:"reviewBy,omitempty"`
}

// Material is an entity that a search finds: Case, Publication, Presentation or Lesson.
type Material interface {
	Entity
	Shared() *Common
}

// Shared gives the common fields.
func (m *Common) Shared() *Common { return m }

// Label is the title.
func (m *Common) Label() string { return m.Title }

func (m *Common) check(c *checker) {
	c.line("title", m.Title)
	c.text("summary", m.Summary, MaxText)
	c.text("body", m.Body, MaxBody)
	c.slugs("themes", m.Themes)
	c.regions("regions", m.Regions)
	c.ids("organisations", m.Organisations)
	c.ids("people", m.People)
	c.lines("keywords", m.Keywords)
	optional(c, "collaboration", m.Collaboration, CollaborationInternal, CollaborationRegional, CollaborationSociety)
	if !validLanguage(m.Language) && (m.Language != "" || !c.draft) {
		c.add("language", Text{"is geen taalcode zoals nl of en", "is not a language tag like nl or en"})
	}
	c.text("licence", m.Licence, MaxLine)
	c.ids("related", m.Related)
	c.ids("files", m.Files)
	c.date("reviewBy", m.ReviewBy)
}

// validLanguage accepts the shape of a BCP 47 tag: subtags of 1 to 8 letters or
// digits, the first of 2 or 3 letters in lower case.
func validLanguage(s string) bool {
	part, first := 0, true
	for i := 0; i <= len(s); i++ {
		if i == len(s) || s[i] == '-' {
			if part == 0 || part > 8 || (first && (part < 2 || part > 3)) {
				return false
			}
			part, first = 0, false
			continue
		}
		ch := s[i]
		lower := ch >= 'a' && ch <= 'z'
		if !lower && (first || !(ch >= 'A' && ch <= 'Z' || ch >= '0' && ch <= '9')) {
			return false
		}
		part++
	}
	return true
}
