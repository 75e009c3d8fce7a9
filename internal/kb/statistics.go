package kb

// Statistics are counts of one day of one process. They hold no person.
type Statistics struct {
	Head
	Day Date `json:"day"`
	// Views counts pages of records that were opened, by id.
	Views map[ID]int `json:"views,omitempty"`
	// Searches counts searches, and Empty those that found nothing, by what was asked.
	// The empty text counts those whose text is not kept.
	Searches map[string]int `json:"searches,omitempty"`
	Empty    map[string]int `json:"empty,omitempty"`
}

// Kind is KindStatistics.
func (*Statistics) Kind() Kind { return KindStatistics }

// Label is the day.
func (s *Statistics) Label() string { return string(s.Day) }

func (*Statistics) access() []string { return []string{AccessEditors} }

func (s *Statistics) check(c *checker) { c.date("day", s.Day) }

// Redirect leads from an old address to where its page is now.
type Redirect struct {
	Head
	// From and To are paths without the prefix of a language, like /regio/haren.
	From string `json:"from"`
	To   string `json:"to"`
	// Why says why, for other editors.
	Why string `json:"why,omitempty"`
}

// Kind is KindRedirect.
func (*Redirect) Kind() Kind { return KindRedirect }

// Label is the old address.
func (r *Redirect) Label() string { return r.From }

func (*Redirect) access() []string { return []string{AccessPublic} }

func (r *Redirect) keys() []string { return []string{RedirectKey(r.From)} }

// RedirectKey is the unique key of the redirect from a path.
func RedirectKey(from string) string { return "redirect:" + from }

func (r *Redirect) check(c *checker) {
	c.path("from", r.From)
	c.path("to", r.To)
	if r.From == r.To {
		c.add("to", Text{"is hetzelfde adres", "is the same address"})
	}
	c.text("why", r.Why, MaxText)
}
