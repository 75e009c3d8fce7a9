package kb

import "time"

// Comment is a remark on a record in review, or on one field of it.
type Comment struct {
	Head
	Record ID `json:"record"`
	// Owner is the account that made the record, who reads the comments on it.
	Owner ID `json:"owner,omitempty"`
	// Field is the JSON name of the field that it is on; empty for the whole.
	Field      string     `json:"field,omitempty"`
	Text       string     `json:"text"`
	ResolvedAt *time.Time `json:"resolvedAt,omitempty"`
	ResolvedBy ID         `json:"resolvedBy,omitempty"`
}

// Kind is KindComment.
func (*Comment) Kind() Kind { return KindComment }

// Label is empty: a comment has no name.
func (*Comment) Label() string { return "" }

func (x *Comment) access() []string {
	terms := []string{AccessEditors}
	for _, id := range []ID{x.Owner, x.CreatedBy} {
		if id != "" {
			terms = append(terms, AccessAccount(id))
		}
	}
	return terms
}

func (x *Comment) check(c *checker) {
	c.id("record", x.Record)
	c.text("field", x.Field, MaxLine)
	c.required("text", x.Text)
	c.text("text", x.Text, MaxText)
}
