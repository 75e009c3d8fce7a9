package pdf

import (
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"

	"leerkring/internal/kb"
)

const (
	maxElements       = 20_000 // looked at in one file
	maxStructureDepth = 64
)

// structure looks at the tags of a document for what a screen reader needs.
type structure struct {
	*document
	left int // elements that may still be looked at
}

// seen is what was found on one page.
type seen struct{ pictures, tables int }

// page gives the pictures without description and the tables without header of a page.
func (s *structure) page(index int) []kb.Finding {
	if s.left <= 0 {
		return nil
	}
	tree, err := s.FPDF_StructTree_GetForPage(&requests.FPDF_StructTree_GetForPage{Page: s.document.page(index)})
	if err != nil {
		return nil // not tagged, which is a finding of its own
	}
	found := &seen{}
	count, err := s.FPDF_StructTree_CountChildren(&requests.FPDF_StructTree_CountChildren{StructTree: tree.StructTree})
	for i := 0; err == nil && i < count.Count; i++ {
		child, err := s.FPDF_StructTree_GetChildAtIndex(&requests.FPDF_StructTree_GetChildAtIndex{StructTree: tree.StructTree, Index: i})
		if err == nil {
			s.element(child.StructElement, 1, found)
		}
	}
	_, _ = s.FPDF_StructTree_Close(&requests.FPDF_StructTree_Close{StructTree: tree.StructTree}) // what stays open is closed with the file
	var out []kb.Finding
	if found.pictures > 0 {
		out = append(out, kb.Finding{Type: kb.FindingNoAlternative, Page: index + 1, Count: found.pictures})
	}
	if found.tables > 0 {
		out = append(out, kb.Finding{Type: kb.FindingNoTableHeader, Page: index + 1, Count: found.tables})
	}
	return out
}

// element looks at one element and what is in it, and reports whether there is a
// header of a table.
func (s *structure) element(e references.FPDF_STRUCTELEMENT, depth int, found *seen) (header bool) {
	if s.left--; s.left < 0 || depth > maxStructureDepth {
		return true // not known, and so no reason to complain
	}
	kind := s.kind(e)
	if kind == "Figure" && !s.described(e) {
		found.pictures++
	}
	header = kind == "TH"
	count, err := s.FPDF_StructElement_CountChildren(&requests.FPDF_StructElement_CountChildren{StructElement: e})
	for i := 0; err == nil && i < count.Count; i++ {
		child, err := s.FPDF_StructElement_GetChildAtIndex(&requests.FPDF_StructElement_GetChildAtIndex{StructElement: e, Index: i})
		if err == nil && s.element(child.StructElement, depth+1, found) {
			header = true
		}
	}
	if kind == "Table" && !header {
		found.tables++
	}
	return header && kind != "Table"
}

func (s *structure) kind(e references.FPDF_STRUCTELEMENT) string {
	got, err := s.FPDF_StructElement_GetType(&requests.FPDF_StructElement_GetType{StructElement: e})
	if err != nil {
		return ""
	}
	return got.Type
}

// described reports whether an element has a text in its place (ISO 32000-1, 14.9.3).
func (s *structure) described(e references.FPDF_STRUCTELEMENT) bool {
	if alt, err := s.FPDF_StructElement_GetAltText(&requests.FPDF_StructElement_GetAltText{StructElement: e}); err == nil && alt.AltText != "" {
		return true
	}
	actual, err := s.FPDF_StructElement_GetActualText(&requests.FPDF_StructElement_GetActualText{StructElement: e})
	return err == nil && actual.Actualtext != ""
}
