package pdf

import (
	"strings"

	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/responses"

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

// outline takes over the bookmarks. They may lead in circles: only so many are followed,
// and the library, which has no such limit, is only asked for their pages when it will end.
func (d *document) outline(r *kb.Reading) {
	first, err := d.FPDFBookmark_GetFirstChild(&requests.FPDFBookmark_GetFirstChild{Document: d.ref})
	if err != nil || !d.bookmarks(r, first.Bookmark, 1) {
		return
	}
	// FPDFBookmark_GetDest of go-pdfium 1.20.0 calls another function of PDFium than its name says.
	if all, err := d.GetBookmarks(&requests.GetBookmarks{Document: d.ref}); err == nil {
		d.targets(r.Outline, all.Bookmarks)
	}
}

// bookmarks adds those of one level, and reports whether that was all there is.
func (d *document) bookmarks(r *kb.Reading, at *references.FPDF_BOOKMARK, level int) (whole bool) {
	for ; at != nil; at = d.nextBookmark(*at) {
		if len(r.Outline) == maxOutline || level > maxOutlineDepth {
			return false
		}
		entry := kb.OutlineEntry{Level: level, Page: 1}
		if title, err := d.FPDFBookmark_GetTitle(&requests.FPDFBookmark_GetTitle{Bookmark: *at}); err == nil {
			entry.Title = format.Line(title.Title)
		}
		r.Outline = append(r.Outline, entry)
		child, err := d.FPDFBookmark_GetFirstChild(&requests.FPDFBookmark_GetFirstChild{Document: d.ref, Bookmark: at})
		if err == nil && !d.bookmarks(r, child.Bookmark, level+1) {
			return false
		}
	}
	return true
}

func (d *document) nextBookmark(at references.FPDF_BOOKMARK) *references.FPDF_BOOKMARK {
	next, err := d.FPDFBookmark_GetNextSibling(&requests.FPDFBookmark_GetNextSibling{Document: d.ref, Bookmark: at})
	if err != nil {
		return nil
	}
	return next.Bookmark
}

// targets sets the pages that bookmarks lead to, and gives the entries that are left.
// One that leads nowhere stays with the first page.
func (d *document) targets(entries []kb.OutlineEntry, all []responses.GetBookmarksBookmark) []kb.OutlineEntry {
	for _, b := range all {
		if len(entries) == 0 {
			return nil
		}
		to := b.DestInfo
		if to == nil && b.ActionInfo != nil {
			to = b.ActionInfo.DestInfo
		}
		if to != nil && to.PageIndex >= 0 && to.PageIndex < d.pages {
			entries[0].Page = to.PageIndex + 1
		}
		entries = d.targets(entries[1:], b.Children)
	}
	return entries
}
