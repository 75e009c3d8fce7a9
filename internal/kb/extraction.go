package kb

import (
	"slices"
	"time"
)

// Extraction is the job of reading some bytes, and how far it is: one for all files
// with the same bytes. Its id is ExtractionID.
//
// The invariant that a newcomer must know: an extraction is written together with
// nothing else, so what it says of the bytes is never newer than the Reading beside
// them: the reading is stored first.
type Extraction struct {
	Head
	SHA256    string `json:"sha256"`
	Size      int64  `json:"size"`
	MediaType string `json:"mediaType,omitempty"`
	// Name is what the file was called when it was first uploaded; a reader may use it
	// to tell text from Markdown or CSV.
	Name  string          `json:"name"`
	State ExtractionState `json:"state"`
	// Edition is the extractor that made what is kept; 0 before there is any.
	Edition int `json:"edition,omitempty"`
	// Attempt names the try that is under way and LeaseUntil when it is given up for
	// dead; NextTry is when it is tried next, Tries how often it failed in a row.
	Attempt    ID        `json:"attempt,omitempty"`
	LeaseUntil time.Time `json:"leaseUntil,omitzero"`
	NextTry    time.Time `json:"nextTry,omitzero"`
	Tries      int       `json:"tries,omitempty"`
	// Error is why the last try failed, for admins.
	Error string `json:"error,omitempty"`
	// What was read, in short; the rest is in the Reading.
	Format   string   `json:"format,omitempty"`
	Unit     PageUnit `json:"unit,omitempty"`
	Pages    int      `json:"pages,omitempty"`
	Language string   `json:"language,omitempty"`
	// Pictures is how far the pictures of the pages are.
	Pictures PictureState `json:"pictures,omitempty"`
	// Serious are the keys of the findings that must be answered before publication,
	// with their pages; Findings is how many there are in all.
	Serious  []SeriousFinding `json:"serious,omitempty"`
	Findings int              `json:"findings,omitempty"`
	// Bands are the terms by which files with nearly the same text are found.
	Bands []string `json:"bands,omitempty"`
}

// SeriousFinding names a finding that must be answered.
type SeriousFinding struct {
	Key  string `json:"key"`
	Page int    `json:"page,omitempty"`
}

// ExtractionState is how far the reading of a file is.
type ExtractionState string

// The states of extraction: what is still to come, what an extractor answers, and
// what stays when it could not.
const (
	ExtractionWaiting     ExtractionState = "WAITING"
	ExtractionReading     ExtractionState = "READING"
	ExtractionRecognising ExtractionState = "RECOGNISING" // read, and text in pictures is still being recognised

	ExtractionRead        ExtractionState = "READ"
	ExtractionNoText      ExtractionState = "NO_TEXT" // pictures only, and nothing here that recognises their text
	ExtractionEmpty       ExtractionState = "EMPTY"
	ExtractionEncrypted   ExtractionState = "ENCRYPTED"
	ExtractionBroken      ExtractionState = "BROKEN"
	ExtractionLegacy      ExtractionState = "LEGACY"      // DOC, PPT, XLS
	ExtractionUnsupported ExtractionState = "UNSUPPORTED" // another kind of file
	ExtractionTooLarge    ExtractionState = "TOO_LARGE"   // over a limit before there was any text
	ExtractionTimedOut    ExtractionState = "TIMED_OUT"
	ExtractionFailed      ExtractionState = "FAILED" // tried until the last; parked
)

// ExtractionStates are all states.
func ExtractionStates() []ExtractionState {
	return []ExtractionState{
		ExtractionWaiting, ExtractionReading, ExtractionRecognising, ExtractionRead, ExtractionNoText, ExtractionEmpty, ExtractionEncrypted,
		ExtractionBroken, ExtractionLegacy, ExtractionUnsupported, ExtractionTooLarge, ExtractionTimedOut, ExtractionFailed,
	}
}

// Settled reports whether nothing more is to come by itself.
func (s ExtractionState) Settled() bool {
	return s != ExtractionWaiting && s != ExtractionReading && s != ExtractionRecognising
}

// PictureState is how far the pictures of the pages of a file are.
type PictureState string

// The states of pictures. Where there are none a drawn card stands for a page.
const (
	PicturesWaiting PictureState = "WAITING"
	PicturesMade    PictureState = "MADE"
	PicturesNone    PictureState = "NONE"
)

// ExtractionID is the id of the extraction of some bytes.
func ExtractionID(sha256 string) ID { return DeriveID("extraction", sha256) }

// Kind is KindExtraction.
func (*Extraction) Kind() Kind { return KindExtraction }

// Label is the name of the file.
func (x *Extraction) Label() string { return x.Name }

func (*Extraction) access() []string { return []string{AccessAdmins} }

func (x *Extraction) check(c *checker) {
	c.hash("sha256", x.SHA256)
	c.line("name", x.Name)
	c.text("mediaType", x.MediaType, MaxLine)
	c.text("error", x.Error, MaxText)
	if !slices.Contains(ExtractionStates(), x.State) {
		c.add("state", Text{"onbekende stand", "unknown state"})
	}
	optional(c, "unit", x.Unit, UnitPage, UnitSlide, UnitSheet, UnitPart)
	optional(c, "pictures", x.Pictures, PicturesWaiting, PicturesMade, PicturesNone)
	if x.Language != "" && !validLanguage(x.Language) {
		c.add("language", Text{"is geen taalcode zoals nl of en", "is not a language tag like nl or en"})
	}
}

// Job is what is to be done next about some bytes. The index lists extractions by it.
type Job string

// The jobs, in the order in which they are done.
const (
	JobRead      Job = "TO_READ"       // bytes that nothing is known of yet
	JobDraw      Job = "TO_DRAW"       // pictures of pages
	JobReadAgain Job = "TO_READ_AGAIN" // by a later edition
	JobRecognise Job = "TO_RECOGNISE"  // text in pictures
)

// Jobs are all jobs, the most urgent first.
func Jobs() []Job { return []Job{JobRead, JobDraw, JobReadAgain, JobRecognise} }

// job gives what is to be done next, empty for nothing.
func (x *Extraction) job() Job {
	switch {
	case x.State == ExtractionWaiting || x.State == ExtractionReading:
		if x.Edition > 0 {
			return JobReadAgain
		}
		return JobRead
	case x.Pictures == PicturesWaiting:
		return JobDraw
	case x.State == ExtractionRecognising:
		return JobRecognise
	}
	return ""
}
