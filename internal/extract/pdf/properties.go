package pdf

import (
	"strings"

	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"

	"leerkring/internal/extract/format"
	"leerkring/internal/kb"
)

const (
	maxOutline      = 2000 // entries
	maxOutlineDepth = 8
)

// properties takes over what the document says of itself.
func (d *document) properties(r *kb.Reading) {
	r.Title = format.Title(d.meta("Title"))
	r.Authors = format.Authors(d.meta("Author"))
	r.Subject = format.Line(d.meta("Subject"))
	r.Keywords = format.Keywords(d.meta("Keywords"))
	r.Created = format.PDFDate(d.meta("CreationDate"))
	r.Modified = format.PDFDate(d.meta("ModDate"))
	if r.Title == "" {
		r.Findings = append(r.Findings, kb.Finding{Type: kb.FindingNoTitle})
	}
	language, err := d.FPDFCatalog_GetLanguage(&requests.FPDFCatalog_GetLanguage{Document: d.ref})
	if err != nil || language.Language == "" {
		r.Findings = append(r.Findings, kb.Finding{Type: kb.FindingNoLanguage})
	} else {
		r.Language = language.Language
	}
	tagged, err := d.FPDFCatalog_IsTagged(&requests.FPDFCatalog_IsTagged{Document: d.ref})
	if err != nil || !tagged.IsTagged {
		r.Findings = append(r.Findings, kb.Finding{Type: kb.FindingUntagged})
	}
}

// meta gives an entry of the document information dictionary (ISO 32000-1, 14.3.3).
func (d *document) meta(tag string) string {
	got, err := d.FPDF_GetMetaText(&requests.FPDF_GetMetaText{Document: d.ref, Tag: tag})
	if err != nil {
		return ""
	}
	return got.Value
}

// parts finds what is inside of the document besides pages.
func (d *document) parts(r *kb.Reading) {
	if n, err := d.FPDFDoc_GetAttachmentCount(&requests.FPDFDoc_GetAttachmentCount{Document: d.ref}); err == nil && n.AttachmentCount > 0 {
		r.Findings = append(r.Findings, kb.Finding{
			Type: kb.FindingEmbeddedFile, Count: n.AttachmentCount, Passage: d.attachmentNames(min(n.AttachmentCount, 10)),
		})
	}
	if n, err := d.FPDFDoc_GetJavaScriptActionCount(&requests.FPDFDoc_GetJavaScriptActionCount{Document: d.ref}); err == nil && n.JavaScriptActionCount > 0 {
		r.Findings = append(r.Findings, kb.Finding{Type: kb.FindingMacro, Count: n.JavaScriptActionCount, Passage: "JavaScript"})
	}
}

func (d *document) attachmentNames(n int) string {
	var names []string
	for i := range n {
		a, err := d.FPDFDoc_GetAttachment(&requests.FPDFDoc_GetAttachment{Document: d.ref, Index: i})
		if err != nil {
			continue
		}
		if got, err := d.FPDFAttachment_GetName(&requests.FPDFAttachment_GetName{Attachment: a.Attachment}); err == nil {
			names = append(names, format.Line(got.Name))
		}
	}
	return strings.Join(names, ", ")
}

// outline takes over the bookmarks. They may lead in circles: only so many are followed.
func (d *document) outline(r *kb.Reading) {
	first, err := d.FPDFBookmark_GetFirstChild(&requests.FPDFBookmark_GetFirstChild{Document: d.ref})
	if err == nil {
		d.bookmarks(r, first.Bookmark, 1)
	}
}

func (d *document) bookmarks(r *kb.Reading, at *references.FPDF_BOOKMARK, level int) {
	for ; at != nil && len(r.Outline) < maxOutline; at = d.nextBookmark(*at) {
		entry := kb.OutlineEntry{Level: level, Page: d.target(*at)}
		if title, err := d.FPDFBookmark_GetTitle(&requests.FPDFBookmark_GetTitle{Bookmark: *at}); err == nil {
			entry.Title = format.Line(title.Title)
		}
		r.Outline = append(r.Outline, entry)
		if level == maxOutlineDepth {
			continue
		}
		if child, err := d.FPDFBookmark_GetFirstChild(&requests.FPDFBookmark_GetFirstChild{Document: d.ref, Bookmark: at}); err == nil {
			d.bookmarks(r, child.Bookmark, level+1)
		}
	}
}

func (d *document) nextBookmark(at references.FPDF_BOOKMARK) *references.FPDF_BOOKMARK {
	next, err := d.FPDFBookmark_GetNextSibling(&requests.FPDFBookmark_GetNextSibling{Document: d.ref, Bookmark: at})
	if err != nil {
		return nil
	}
	return next.Bookmark
}

// target is the page that a bookmark leads to, the first when it names none.
func (d *document) target(at references.FPDF_BOOKMARK) int {
	dest, err := d.FPDFBookmark_GetDest(&requests.FPDFBookmark_GetDest{Document: d.ref, Bookmark: at})
	if err != nil || dest.Dest == nil {
		return 1
	}
	index, err := d.FPDFDest_GetDestPageIndex(&requests.FPDFDest_GetDestPageIndex{Document: d.ref, Dest: *dest.Dest})
	if err != nil || index.Index < 0 || index.Index >= d.pages {
		return 1
	}
	return index.Index + 1
}
