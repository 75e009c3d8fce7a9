package pdf

import (
	"strings"

	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"

	"leerkring/internal/kb"
)

const (
	maxAnnotations = 2000 // of a page
	maxPassage     = 500  // bytes of a comment that a finding shows
)

// annotations gives what is written on a page without being in its text: what was
// filled in in forms and in text boxes, and the comments of readers, as findings.
func (d *document) annotations(index int) (filled string, comments []kb.Finding) {
	count, err := d.FPDFPage_GetAnnotCount(&requests.FPDFPage_GetAnnotCount{Page: d.page(index)})
	if err != nil {
		return "", nil
	}
	var lines []string
	for i := range min(count.Count, maxAnnotations) {
		got, err := d.FPDFPage_GetAnnot(&requests.FPDFPage_GetAnnot{Page: d.page(index), Index: i})
		if err != nil {
			continue
		}
		line, comment := d.annotation(got.Annotation)
		if line != "" {
			lines = append(lines, line)
		}
		if comment != "" {
			comments = append(comments, kb.Finding{Type: kb.FindingComment, Page: index + 1, Passage: clip(comment, maxPassage)})
		}
		_, _ = d.FPDFPage_CloseAnnot(&requests.FPDFPage_CloseAnnot{Annotation: got.Annotation}) // what stays open is closed with the file
	}
	return strings.Join(lines, "\n"), comments
}

// annotation tells what an annotation adds to the text and what it comments on it.
func (d *document) annotation(a references.FPDF_ANNOTATION) (line, comment string) {
	kind, err := d.FPDFAnnot_GetSubtype(&requests.FPDFAnnot_GetSubtype{Annotation: a})
	if err != nil {
		return "", ""
	}
	switch kind.Subtype {
	case enums.FPDF_ANNOT_SUBTYPE_WIDGET:
		return d.value(a, "V"), ""
	case enums.FPDF_ANNOT_SUBTYPE_FREETEXT:
		return d.value(a, "Contents"), ""
	case enums.FPDF_ANNOT_SUBTYPE_TEXT, enums.FPDF_ANNOT_SUBTYPE_HIGHLIGHT, enums.FPDF_ANNOT_SUBTYPE_UNDERLINE,
		enums.FPDF_ANNOT_SUBTYPE_STRIKEOUT, enums.FPDF_ANNOT_SUBTYPE_CARET, enums.FPDF_ANNOT_SUBTYPE_SQUIGGLY:
		return "", d.value(a, "Contents")
	}
	return "", ""
}

// value is a text in the dictionary of an annotation. That of a box to tick is a name,
// like Off, and no text.
func (d *document) value(a references.FPDF_ANNOTATION, key string) string {
	kind, err := d.FPDFAnnot_GetValueType(&requests.FPDFAnnot_GetValueType{Annotation: a, Key: key})
	if err != nil || kind.ValueType != enums.FPDF_OBJECT_TYPE_STRING {
		return ""
	}
	got, err := d.FPDFAnnot_GetStringValue(&requests.FPDFAnnot_GetStringValue{Annotation: a, Key: key})
	if err != nil {
		return ""
	}
	return clean(strings.ReplaceAll(got.Value, "\r", "\n"))
}

// clip cuts a text to so many bytes, between two runes.
func clip(s string, most int) string {
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "")
}
