package kb

import "time"

// File is an uploaded file of one material. Its bytes lie in Blobs, under their
// SHA-256; what was read from them is an Extraction, which equal bytes share.
//
// Who may read a file: those who work on its material, and, while the published
// half of the material lists it, those readers of the material for whom the file is
// too: its own visibility can make that circle smaller and never larger.
type File struct {
	Head
	// Record is the material that the file belongs to.
	Record ID `json:"record"`
	// Name is what the file was called when it was uploaded: a text, and never a path.
	Name      string `json:"name"`
	MediaType string `json:"mediaType"` // by its content
	Size      int64  `json:"size"`      // bytes
	SHA256    string `json:"sha256"`
	// Replaces is the file that this one is a newer version of.
	Replaces ID `json:"replaces,omitempty"`
	// Hidden are the pages, from 1, that readers do not see. While there are any,
	// readers see the other pages and cannot fetch the file itself.
	Hidden []int `json:"hidden,omitempty"`
	// Explained says why findings of the safety check are in order.
	Explained []Explained `json:"explained,omitempty"`
	// Taken and Refused are the keys of suggestions that were answered.
	Taken   []string `json:"taken,omitempty"`
	Refused []string `json:"refused,omitempty"`
}

// Explained is what a person said of a finding.
type Explained struct {
	Finding string    `json:"finding"` // its key
	Reason  string    `json:"reason"`
	By      ID        `json:"by,omitempty"`
	At      time.Time `json:"at"`
}

// Kind is KindFile.
func (*File) Kind() Kind { return KindFile }

// Label is the name that the file was uploaded with.
func (f *File) Label() string { return f.Name }

func (f *File) check(c *checker) {
	c.id("record", f.Record)
	c.line("name", f.Name)
	c.line("mediaType", f.MediaType)
	if f.Size < 0 {
		c.add("size", Text{"kan niet negatief zijn", "cannot be negative"})
	}
	c.hash("sha256", f.SHA256)
	if f.Replaces != "" {
		c.id("replaces", f.Replaces)
	}
	c.size("hidden", len(f.Hidden))
	for _, page := range f.Hidden {
		if page < 1 {
			c.add("hidden", Text{"paginanummers beginnen bij 1", "page numbers begin at 1"})
		}
	}
	c.size("explained", len(f.Explained))
	for _, x := range f.Explained {
		c.required("explained.finding", x.Finding)
		c.text("explained.finding", x.Finding, MaxLine)
		if x.By != "" {
			c.id("explained.by", x.By)
		}
		c.required("explained.reason", x.Reason)
		c.text("explained.reason", x.Reason, MaxText)
	}
	c.lines("taken", f.Taken)
	c.lines("refused", f.Refused)
}
