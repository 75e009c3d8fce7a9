package kb

import "context"

// Extractor reads files of strangers. internal/extract implements it with child
// processes, so that no file can harm this one.
//
// Errors: *Unread when a file could not be read in its bounds, which is a fault of the
// file or of the extractor and is tried again some times; others are those of this
// machine and of the context.
type Extractor interface {
	// Edition numbers what the extractor gives: a later one gives more or better.
	Edition() int
	// Read gives the text, and what there is to find. The pages without a usable text
	// have Picture.
	Read(ctx context.Context, f Source) (*Reading, error)
	// Pictures draws pages, each at most width pixels wide and as PNG, and calls put
	// with each as it is made; page 0 is the thumbnail. Pages that cannot be drawn get a
	// card with the beginning of their text.
	Pictures(ctx context.Context, f Source, r *Reading, pages []int, width int, put func(page int, png []byte) error) error
	// Recognises reports whether text in pictures can be recognised here.
	Recognises() bool
	// Recognise gives the text in the picture of each page, as it is found.
	Recognise(ctx context.Context, f Source, r *Reading, pages []int, put func(page int, text string) error) error
}

// Source is a file to be read. Its name is a hint for text formats only.
type Source struct {
	Blob Blob
	Name string
}

// Unread is why a file could not be read.
type Unread struct {
	// Reason is TIMED_OUT, TOO_LARGE (memory) or FAILED (a crash).
	Reason ExtractionState
	// Detail is for admins.
	Detail string
}

// Error gives the detail.
func (u *Unread) Error() string { return "a file could not be read: " + u.Detail }
