package extract

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"path"
	"strings"
	"unicode/utf8"

	"github.com/gabriel-vasile/mimetype"
	"github.com/richardlehane/mscfb"

	"leerkring/internal/extract/format"
	"leerkring/internal/kb"
)

// Kind is what the content of a file is.
type Kind struct {
	Format    string // of package format, or empty for what is not known
	MediaType string
}

// head is how much of a file its kind is first guessed by, in bytes.
const head = 16 << 10

// MediaType guesses what a file is from its first bytes, which is cheap and safe
// everywhere; what is inside of archives it does not tell.
func MediaType(f io.ReaderAt, name string) (string, error) {
	start := make([]byte, head)
	n, err := f.ReadAt(start, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	return plainKind(mimetype.Detect(start[:n]).String(), start[:n], name).MediaType, nil
}

// Sniff tells the kind of a file by its content; the name only tells kinds of text
// apart. Errors: *format.Problem for files of which no more than that can be told.
func Sniff(in format.Input) (Kind, error) {
	if in.Size == 0 {
		return Kind{}, format.Problemf(kb.ExtractionEmpty, "no bytes")
	}
	start := make([]byte, min(head, in.Size))
	if _, err := in.ReadAt(start, 0); err != nil && !errors.Is(err, io.EOF) {
		return Kind{}, err
	}
	switch {
	case bytes.HasPrefix(start, []byte("PK\x03\x04")), bytes.HasPrefix(start, []byte("PK\x05\x06")):
		return sniffZIP(in)
	case bytes.HasPrefix(start, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		return sniffOLE(in)
	case bytes.Contains(start[:min(1024, len(start))], []byte("%PDF-")):
		return Kind{format.PDF, "application/pdf"}, nil // readers allow 1024 bytes before it
	}
	kind := plainKind(mimetype.Detect(start).String(), start, in.Name)
	if kind.Format == "" {
		return kind, format.Problemf(kb.ExtractionUnsupported, "%s", kind.MediaType)
	}
	return kind, nil
}

// plainKind tells kinds that are no archives.
func plainKind(detected string, start []byte, name string) Kind {
	media, _, _ := strings.Cut(detected, ";")
	switch media {
	case "application/pdf":
		return Kind{format.PDF, media}
	case "image/png", "image/jpeg", "image/gif", "image/webp", "image/tiff":
		return Kind{format.Image, media}
	case "text/html", "application/xhtml+xml":
		return Kind{format.HTML, "text/html"}
	case "image/svg+xml", "text/rtf", "application/postscript":
		return Kind{"", media}
	}
	if !strings.HasPrefix(media, "text/") && media != "application/json" && !isText(start) {
		return Kind{"", media}
	}
	switch strings.ToLower(path.Ext(name)) {
	case ".md", ".markdown":
		return Kind{format.Markdown, "text/markdown"}
	case ".csv", ".tsv":
		return Kind{format.CSV, "text/csv"}
	case ".html", ".htm":
		return Kind{format.HTML, "text/html"}
	case "", ".txt", ".text", ".log":
		return Kind{format.Text, "text/plain"}
	}
	if media == "text/csv" {
		return Kind{format.CSV, media}
	}
	return Kind{format.Text, "text/plain"}
}

// isText reports whether bytes look like text in UTF-8, of which the last rune may be cut.
func isText(b []byte) bool {
	if len(b) == 0 || bytes.IndexByte(b, 0) >= 0 {
		return false
	}
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		if r == utf8.RuneError && n == 1 && len(b) >= utf8.UTFMax || r < ' ' && r != '\n' && r != '\r' && r != '\t' && r != '\f' {
			return false
		}
		b = b[n:]
	}
	return true
}

const (
	openXML      = "application/vnd.openxmlformats-officedocument."
	openDocument = "application/vnd.oasis.opendocument."
	maxNameFile  = 4 << 20 // bytes of the part that tells the kind
)

// sniffZIP looks into an archive for what Office Open XML and OpenDocument say of
// themselves. Templates and documents with macros are read like documents.
func sniffZIP(in format.Input) (Kind, error) {
	other := Kind{"", "application/zip"}
	z, err := zip.NewReader(in, in.Size)
	if err != nil {
		return other, format.Problemf(kb.ExtractionBroken, "zip: %v", err)
	}
	if len(z.File) > in.Limits.Entries {
		return other, format.Problemf(kb.ExtractionTooLarge, "%d entries", len(z.File))
	}
	for _, f := range z.File {
		var kind Kind
		switch f.Name {
		case "mimetype":
			kind = openDocumentKind(part(f))
		case "[Content_Types].xml":
			kind = openXMLKind(part(f))
		}
		if kind.Format != "" {
			return kind, nil
		}
	}
	return other, format.Problemf(kb.ExtractionUnsupported, "an archive of another kind")
}

// part reads a part, and as much of one that is damaged as there is.
func part(f *zip.File) string {
	r, err := f.Open()
	if err != nil {
		return ""
	}
	defer func() { _ = r.Close() }() // only read
	text, _ := io.ReadAll(io.LimitReader(r, maxNameFile))
	return string(text)
}

func openDocumentKind(text string) Kind {
	media := strings.TrimSpace(text)
	for _, f := range []struct{ name, format string }{{"text", format.ODT}, {"presentation", format.ODP}, {"spreadsheet", format.ODS}} {
		if rest, ok := strings.CutPrefix(media, openDocument+f.name); ok && (rest == "" || rest == "-template") {
			return Kind{f.format, media}
		}
	}
	return Kind{}
}

func openXMLKind(text string) Kind {
	for _, f := range []struct{ main, format, media string }{
		{"wordprocessingml.document.main+xml", format.DOCX, openXML + "wordprocessingml.document"},
		{"wordprocessingml.template.main+xml", format.DOCX, openXML + "wordprocessingml.document"},
		{"application/vnd.ms-word.", format.DOCX, openXML + "wordprocessingml.document"},
		{"presentationml.presentation.main+xml", format.PPTX, openXML + "presentationml.presentation"},
		{"presentationml.slideshow.main+xml", format.PPTX, openXML + "presentationml.presentation"},
		{"presentationml.template.main+xml", format.PPTX, openXML + "presentationml.presentation"},
		{"application/vnd.ms-powerpoint.", format.PPTX, openXML + "presentationml.presentation"},
		{"spreadsheetml.sheet.main+xml", format.XLSX, openXML + "spreadsheetml.sheet"},
		{"spreadsheetml.template.main+xml", format.XLSX, openXML + "spreadsheetml.sheet"},
		{"application/vnd.ms-excel.sheet.macro", format.XLSX, openXML + "spreadsheetml.sheet"},
		{"application/vnd.ms-excel.template.macro", format.XLSX, openXML + "spreadsheetml.sheet"},
	} {
		if strings.Contains(text, f.main) {
			return Kind{f.format, f.media}
		}
	}
	return Kind{}
}

// maxStreams is how many streams of a compound file are looked at.
const maxStreams = 10_000

// sniffOLE tells what a compound file holds: an older document, an encrypted newer one,
// or something else.
func sniffOLE(in format.Input) (Kind, error) {
	other := Kind{"", "application/x-ole-storage"}
	doc, err := mscfb.New(in)
	if err != nil {
		return other, format.Problemf(kb.ExtractionBroken, "compound file: %v", err)
	}
	for range maxStreams {
		entry, err := doc.Next()
		if err != nil {
			break // io.EOF, or damage: what was not seen is not there
		}
		if len(entry.Path) > 0 {
			continue
		}
		switch entry.Name {
		case "EncryptedPackage":
			return other, format.Problemf(kb.ExtractionEncrypted, "an encrypted document")
		case "WordDocument":
			return Kind{format.DOC, "application/msword"}, format.Problemf(kb.ExtractionLegacy, "DOC")
		case "PowerPoint Document":
			return Kind{format.PPT, "application/vnd.ms-powerpoint"}, format.Problemf(kb.ExtractionLegacy, "PPT")
		case "Workbook", "Book":
			return Kind{format.XLS, "application/vnd.ms-excel"}, format.Problemf(kb.ExtractionLegacy, "XLS")
		case "__properties_version1.0":
			return Kind{"", "application/vnd.ms-outlook"}, format.Problemf(kb.ExtractionUnsupported, "a mail of Outlook")
		}
	}
	return other, format.Problemf(kb.ExtractionUnsupported, "a compound file of another kind")
}
