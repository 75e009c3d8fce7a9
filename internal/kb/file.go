package kb

// File is an uploaded file; its bytes lie elsewhere, under their SHA-256.
type File struct {
	Head
	Name       string          `json:"name"`
	MediaType  string          `json:"mediaType"`
	Size       int64           `json:"size"` // bytes
	SHA256     string          `json:"sha256"`
	Pages      int             `json:"pages,omitempty"`
	Language   string          `json:"language,omitempty"`
	Extraction ExtractionState `json:"extraction"`
}

// ExtractionState is how far the reading of a file is.
type ExtractionState string

// The states of extraction.
const (
	ExtractionWaiting ExtractionState = "WAITING"
	ExtractionDone    ExtractionState = "DONE"
	ExtractionFailed  ExtractionState = "FAILED"
)

// Kind is KindFile.
func (*File) Kind() Kind { return KindFile }

// Label is the name that the file was uploaded with.
func (f *File) Label() string { return f.Name }

func (f *File) check(c *checker) {
	c.line("name", f.Name)
	c.line("mediaType", f.MediaType)
	if f.Size < 0 {
		c.add("size", Text{"kan niet negatief zijn", "cannot be negative"})
	}
	if f.Pages < 0 {
		c.add("pages", Text{"kan niet negatief zijn", "cannot be negative"})
	}
	if f.Language != "" && !validLanguage(f.Language) {
		c.add("language", Text{"is geen taalcode zoals nl of en", "is not a language tag like nl or en"})
	}
	c.hash("sha256", f.SHA256)
	oneOf(c, "extraction", f.Extraction, ExtractionWaiting, ExtractionDone, ExtractionFailed)
}
