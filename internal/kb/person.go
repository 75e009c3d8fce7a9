package kb

import "strings"

// Person is a participant or an expert.
type Person struct {
	Head
	Name         string   `json:"name"`
	Function     string   `json:"function,omitempty"`
	Organisation ID       `json:"organisation,omitempty"`
	Expertise    []string `json:"expertise,omitempty"`
	Regions      []string `json:"regions,omitempty"`
	Bio          string   `json:"bio,omitempty"`
	// Email and Phone each have their own visibility, whatever the record's.
	Email *Contact `json:"email,omitempty"`
	Phone *Contact `json:"phone,omitempty"`
	// Account is the account of the person, if they have one.
	Account ID `json:"account,omitempty"`
	// Consent says that the person agrees to being listed. Without it the record
	// is nobody's to read.
	Consent bool `json:"consent,omitempty"`
}

// Contact is a way to reach a person.
type Contact struct {
	Value      string     `json:"value"`
	Visibility Visibility `json:"visibility"`
}

// Kind is KindPerson.
func (*Person) Kind() Kind { return KindPerson }

// Label is the name.
func (p *Person) Label() string { return p.Name }

func (p *Person) check(c *checker) {
	c.line("name", p.Name)
	c.text("function", p.Function, MaxLine)
	if p.Organisation != "" {
		c.id("organisation", p.Organisation)
	}
	if p.Account != "" {
		c.id("account", p.Account)
	}
	c.lines("expertise", p.Expertise)
	c.regions("regions", p.Regions)
	c.text("bio", p.Bio, MaxText)
	for _, f := range []struct {
		field   string
		contact *Contact
	}{{"email", p.Email}, {"phone", p.Phone}} {
		if f.contact != nil {
			c.line(f.field+".value", f.contact.Value)
			oneOf(c, f.field+".visibility", f.contact.Visibility, VisibilityPublic, VisibilityMembers, VisibilityTeam)
		}
	}
	if p.Email != nil && !strings.Contains(p.Email.Value, "@") && (p.Email.Value != "" || !c.draft) {
		c.add("email.value", Text{"is geen e-mailadres", "is not an e-mail address"})
	}
}
