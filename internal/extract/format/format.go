// Package format is what the readers of one format of file work with, inside the
// child process of package extract: the bytes, the limits, and what is wrong with them.
//
// The invariant that a newcomer must know: a reader sees nothing but its Input, which a
// stranger made. It never opens a file or an address that the input names, keeps to the
// limits, and says what is wrong with a *Problem rather than with a panic. Should it
// panic or hang all the same, the child dies and nothing else does.
package format

import (
	"fmt"
	"io"

	"leerkring/internal/kb"
)

// The formats that are told apart, as kb.Reading names them.
const (
	PDF      = "pdf"
	DOCX     = "docx"
	PPTX     = "pptx"
	XLSX     = "xlsx"
	ODT      = "odt"
	ODP      = "odp"
	ODS      = "ods"
	HTML     = "html"
	Markdown = "markdown"
	Text     = "text"
	CSV      = "csv"
	Image    = "image"
	DOC      = "doc"
	PPT      = "ppt"
	XLS      = "xls"
)

// Input is a file of a stranger.
type Input struct {
	io.ReaderAt
	Size   int64  // bytes
	Name   string // a hint for text formats
	Limits Limits
	// Late reports that the deadline is near: a reader asks it now and then, and stops
	// with what it has and Cut.
	Late func() bool
}

// Reader reads files of one format. What it gives has Pages with their Unit, and what
// the document says of itself: title, authors, dates, outline; Cut, when a limit ended
// it. A page that is only a picture has Picture. Language is what the document names and
// may be empty.
//
// Findings are those that only the structure of the file shows (comments, tracked
// changes, hidden text, macros, what accessibility asks for), with Type, Page, Passage
// and Count; package extract adds those in the text, and gives each its key and
// severity. It also sets Format, MediaType and State.
//
// Errors: *Problem for what the file is to blame for.
type Reader func(in Input) (*kb.Reading, error)

// Limits bound what is read of one file. Reaching Pages or Text cuts the reading; the
// others refuse the file, or the part of it, as a trap.
type Limits struct {
	Entries int   `json:"entries"` // of an archive
	Part    int64 `json:"part"`    // bytes of one part, unpacked
	Total   int64 `json:"total"`   // bytes of all parts that are read, unpacked
	Ratio   int   `json:"ratio"`   // unpacked against packed, of a part that is read
	Depth   int   `json:"depth"`   // of elements in XML and HTML
	Tokens  int   `json:"tokens"`  // of XML and HTML in all
	Pages   int   `json:"pages"`   // pages, slides or sheets
	Text    int64 `json:"text"`    // bytes of text in all
}

// Defaults are the limits to begin with. The largest real files that were seen need 382
// entries, 14 MB unpacked and a ratio of 38.
func Defaults() Limits {
	return Limits{
		Entries: 10_000, Part: 64 << 20, Total: 192 << 20, Ratio: 200,
		Depth: 512, Tokens: 5_000_000, Pages: 5_000, Text: 20_000_000,
	}
}

// Problem is why a file cannot be read, which is its own fault.
type Problem struct {
	State  kb.ExtractionState // EMPTY, ENCRYPTED, BROKEN, LEGACY, UNSUPPORTED or TOO_LARGE
	Detail string             // for admins
}

// Error gives state and detail.
func (p *Problem) Error() string { return string(p.State) + ": " + p.Detail }

// Problemf makes a *Problem.
func Problemf(state kb.ExtractionState, detail string, args ...any) error {
	return &Problem{State: state, Detail: fmt.Sprintf(detail, args...)}
}
