package office

import (
	"leerkring/internal/extract/format"
	"leerkring/internal/kb"
)

// maxPreview bounds the picture that a document holds of its first page, in bytes.
const maxPreview = 4 << 20

// Preview gives the picture, JPEG or PNG as its writer made it, that a document holds of
// its first page. Errors: EMPTY when it holds none, and those of its archive.
func Preview(in format.Input) ([]byte, error) {
	a, err := openArchive(in)
	if err != nil {
		return nil, err
	}
	name := a.preview()
	if name == "" {
		return nil, format.Problemf(kb.ExtractionEmpty, "no picture of the first page")
	}
	return a.all(name, maxPreview)
}

// preview names the part with the picture of the first page, or nothing.
func (a *archive) preview() string {
	for _, name := range []string{"docProps/thumbnail.jpeg", "docProps/thumbnail.jpg", "docProps/thumbnail.png", "Thumbnails/thumbnail.png"} {
		if a.has(name) {
			return name
		}
	}
	return ""
}
