package scalar

import (
	"context"
	"io"

	"github.com/99designs/gqlgen/graphql"

	"leerkring/internal/kb"
)

// Upload is a file that comes with the request.
type Upload struct {
	// Open waits until the file begins to come, and gives the name that it comes with
	// and its bytes, which may still be on their way.
	Open func(ctx context.Context) (name string, r io.Reader, err error)
}

// MarshalUpload is never asked: no answer holds a file.
func MarshalUpload(Upload) graphql.Marshaler { return graphql.Null }

// UnmarshalUpload gives a file of a multipart request.
func UnmarshalUpload(v any) (Upload, error) {
	if u, ok := v.(Upload); ok {
		return u, nil
	}
	return Upload{}, kb.Errorf(kb.Invalid, kb.Text{
		NL: "Stuur het bestand mee in een multipart-verzoek, zoals docs/graphql.md beschrijft.",
		EN: "Send the file along in a multipart request, as docs/graphql.md describes.",
	})
}

// MarshalFileState writes how far a file was read.
func MarshalFileState(s kb.ExtractionState) graphql.Marshaler { return word(s) }

// UnmarshalFileState reads a state; no argument takes one.
func UnmarshalFileState(any) (kb.ExtractionState, error) { return "", invalid("FileState") }

// MarshalPageUnit writes what pages are.
func MarshalPageUnit(u kb.PageUnit) graphql.Marshaler { return word(u) }

// UnmarshalPageUnit reads a unit; no argument takes one.
func UnmarshalPageUnit(any) (kb.PageUnit, error) { return "", invalid("PageUnit") }

// MarshalSeverity writes what a finding asks for.
func MarshalSeverity(s kb.Severity) graphql.Marshaler { return word(s) }

// UnmarshalSeverity reads a severity; no argument takes one.
func UnmarshalSeverity(any) (kb.Severity, error) { return "", invalid("Severity") }

// MarshalFindingType writes a kind of finding.
func MarshalFindingType(t kb.FindingType) graphql.Marshaler { return word(t) }

// UnmarshalFindingType reads a kind of finding; no argument takes one.
func UnmarshalFindingType(any) (kb.FindingType, error) { return "", invalid("FindingType") }
