package kb

// Question is a vraagstuk that a participant brings.
type Question struct {
	Head
	Title   string   `json:"title"`
	AskedBy ID       `json:"askedBy,omitempty"`
	Text    string   `json:"text,omitempty"`
	Themes  []string `json:"themes,omitempty"`
	Answers []Answer `json:"answers,omitempty"`
}

// Answer is one answer to a question and the material that it points at.
type Answer struct {
	By       ID     `json:"by,omitempty"`
	Text     string `json:"text"`
	Material []ID   `json:"material,omitempty"`
}

// Kind is KindQuestion.
func (*Question) Kind() Kind { return KindQuestion }

// Label is the title.
func (q *Question) Label() string { return q.Title }

func (q *Question) check(c *checker) {
	c.line("title", q.Title)
	if q.AskedBy != "" {
		c.id("askedBy", q.AskedBy)
	}
	c.text("text", q.Text, MaxText)
	c.slugs("themes", q.Themes)
	c.size("answers", len(q.Answers))
	for _, a := range q.Answers {
		if a.By != "" {
			c.id("answers.by", a.By)
		}
		c.text("answers.text", a.Text, MaxText)
		c.ids("answers.material", a.Material)
	}
}
