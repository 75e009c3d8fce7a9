package operations

// Named is a record of any kind by what it is called. It is written by hand since
// genqlient cannot make a type for Node, which the interface Material implements.
type Named struct {
	ID    string `json:"id"`
	Title string `json:"title"` // of material
	Name  string `json:"name"`  // of everything else
	URL   string `json:"url"`
}

// Label is the title or the name.
func (n Named) Label() string { return n.Title + n.Name }
