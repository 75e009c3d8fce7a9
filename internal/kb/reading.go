package kb

import "time"

// Reading is what was read from the bytes of a file: the answer of an Extractor,
// kept with the bytes (Blobs, ReadingName). Everything in it comes from a stranger's
// file: it is text, and never markup.
type Reading struct {
	// Format is what the content is: pdf, docx, pptx, xlsx, odt, odp, ods, html,
	// markdown, text, csv, image, doc, ppt, xls, or empty for what is not known.
	Format    string `json:"format"`
	MediaType string `json:"mediaType"`
	// State is how far the reading came: one of the states that an extractor gives.
	State ExtractionState `json:"state"`
	// Unit is what Pages are.
	Unit PageUnit `json:"unit,omitempty"`
	// Title, Authors, Subject, Keywords and Organisation are what the document says of
	// itself, in its properties; often junk.
	Title        string     `json:"title,omitempty"`
	Authors      []string   `json:"authors,omitempty"`
	Subject      string     `json:"subject,omitempty"`
	Keywords     []string   `json:"keywords,omitempty"`
	Organisation string     `json:"organisation,omitempty"`
	Created      *time.Time `json:"created,omitempty"`
	Modified     *time.Time `json:"modified,omitempty"`
	// Language is a BCP 47 tag, guessed from the text (nl, en, de, fr) or empty.
	Language string         `json:"language,omitempty"`
	Outline  []OutlineEntry `json:"outline,omitempty"`
	Pages    []ReadPage     `json:"pages,omitempty"`
	// Cut says that a limit was reached, and that there is more than Pages hold.
	Cut bool `json:"cut,omitempty"`
	// Findings are what the safety check found, in the order of pages.
	Findings []Finding `json:"findings,omitempty"`
	// Preview says that the file holds a picture of its first page.
	Preview bool `json:"preview,omitempty"`
	// Asides are the words that stand in the file beside the text of its pages. They are
	// for the safety check alone, and are neither sent nor kept.
	Asides []Aside `json:"-"`
}

// Aside is text that people do not see at once: comments, tracked deletions, hidden
// text, properties. Type is the type of the findings that tell of such text.
type Aside struct {
	Page int // from 1, or 0 for the file as a whole
	Type FindingType
	Text string // lines
}

// PageUnit is what the pages of a file are.
type PageUnit string

// The units. PART is a piece of a text that has no pages, like a web page.
const (
	UnitPage  PageUnit = "PAGE"
	UnitSlide PageUnit = "SLIDE"
	UnitSheet PageUnit = "SHEET"
	UnitPart  PageUnit = "PART"
)

// OutlineEntry is one heading in the outline of a document.
type OutlineEntry struct {
	Title string `json:"title"`
	Page  int    `json:"page"`  // from 1
	Level int    `json:"level"` // from 1
}

// ReadPage is one page, slide, sheet or part.
type ReadPage struct {
	// Number is its place in the file, from 1.
	Number int `json:"number"`
	// Title is the heading of a slide, or the name of a sheet.
	Title string `json:"title,omitempty"`
	// Text is its text in reading order, lines and paragraphs divided by "\n".
	Text string `json:"text,omitempty"`
	// Notes are what the speaker wrote under a slide.
	Notes string `json:"notes,omitempty"`
	// Hidden says that the document itself hides the slide or sheet.
	Hidden bool `json:"hidden,omitempty"`
	// Picture says that the page has no usable text of its own: its text, if any, was
	// recognised in its picture.
	Picture bool `json:"picture,omitempty"`
}

// Finding is something that a person should look at before publication.
type Finding struct {
	// Key names the finding within its file; equal bytes give equal keys.
	Key      string      `json:"key"`
	Type     FindingType `json:"type"`
	Severity Severity    `json:"severity"`
	Page     int         `json:"page,omitempty"` // 0 for the file as a whole
	// Passage is the text around it, with the places in it that are meant.
	Passage string      `json:"passage,omitempty"`
	Ranges  []TextRange `json:"ranges,omitempty"`
	// In is where it stands when that is not the text or the notes of the page: COMMENT,
	// TRACKED_CHANGE, HIDDEN_TEXT or PROPERTY_NAME (any property of the document).
	In FindingType `json:"in,omitempty"`
	// Count is how often it is there, when that is more than once.
	Count int `json:"count,omitempty"`
}

// Severity says what a finding asks for.
type Severity string

// The severities. A SERIOUS finding must be mended, hidden or explained before the
// material can be submitted; the others are advice.
const (
	Serious Severity = "SERIOUS"
	Notable Severity = "NOTABLE"
	Advice  Severity = "ADVICE"
)

// FindingType is a kind of finding.
type FindingType string

// The types of findings: what should not slip out, and what not everyone can read.
const (
	FindingBSN            FindingType = "BSN"
	FindingIBAN           FindingType = "IBAN"
	FindingEmail          FindingType = "EMAIL"   // of a private person
	FindingPhone          FindingType = "PHONE"   // of a private person
	FindingAddress        FindingType = "ADDRESS" // a home
	FindingPropertyName   FindingType = "PROPERTY_NAME"
	FindingComment        FindingType = "COMMENT"
	FindingTrackedChange  FindingType = "TRACKED_CHANGE"
	FindingHiddenPage     FindingType = "HIDDEN_PAGE" // a slide or sheet that the document hides
	FindingHiddenText     FindingType = "HIDDEN_TEXT"
	FindingEmbeddedFile   FindingType = "EMBEDDED_FILE"
	FindingMacro          FindingType = "MACRO"
	FindingExternalLink   FindingType = "EXTERNAL_LINK" // something the document would load from elsewhere
	FindingUnchecked      FindingType = "UNCHECKED"     // text that could not be read, and so not be checked
	FindingNoTitle        FindingType = "NO_TITLE"
	FindingNoLanguage     FindingType = "NO_LANGUAGE"
	FindingUntagged       FindingType = "UNTAGGED"
	FindingNoAlternative  FindingType = "NO_ALTERNATIVE" // a picture without description
	FindingNoTableHeader  FindingType = "NO_TABLE_HEADER"
	FindingNoSlideHeading FindingType = "NO_SLIDE_HEADING"
)
