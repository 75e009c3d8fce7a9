package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"leerkring/internal/web/operations"
)

// fileCard is a file in a list.
type fileCard struct {
	Name, Page string
	// Download is the address of the file itself, empty for who may not fetch it.
	Download, Thumbnail string
	Facts               string // kind, size and pages in words
	Kind                string // PDF, for where there is no picture
	Message             string
	Busy                bool // its state changes by itself
}

// addressOf gives the path of an address as GraphQL gives it, with its escapes: a
// name of a file may hold signs that mean something in an address.
func addressOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.EscapedPath()
}

// fileList is a list of files on a page.
type fileList struct {
	*layout
	Files []fileCard
}

// FileList hands files to the template that shows them.
func (l *layout) FileList(files []fileCard) fileList { return fileList{l, files} }

// files adds the files of a piece of material.
func (p *recordPage) files(v *visit) error {
	r, err := operations.MaterialFiles(v.Context(), v.client, v.PathValue("slug"))
	if err != nil || r.Material == nil {
		return err
	}
	s := section{Title: p.T("files.title")}
	for _, f := range (*r.Material).GetFiles() {
		s.Files = append(s.Files, v.fileCardOf(&f))
	}
	if len(s.Files) > 0 {
		p.Sections = append(p.Sections, s)
	}
	return nil
}

// fileCardOf makes the card of a file.
func (v *visit) fileCardOf(f *operations.FileLine) fileCard {
	c := fileCard{
		Name: f.Name, Page: pathOf(f.PageUrl), Download: addressOf(f.Url), Thumbnail: addressOf(f.Thumbnail), Message: f.Message,
		Kind: fileKind(f.MediaType), Busy: f.State == operations.FileStateWaiting || f.State == operations.FileStateReading || f.State == operations.FileStateRecognising,
	}
	facts := []string{v.fileKindText(c.Kind), v.lang.bytes(f.Size)}
	if f.PageCount == 1 {
		facts = append(facts, v.text("file.one."+unitWord(f.Unit)))
	} else if f.PageCount > 1 {
		facts = append(facts, v.text("file.many."+unitWord(f.Unit), f.PageCount))
	}
	c.Facts = strings.Join(facts, " · ")
	return c
}

func unitWord(u operations.PageUnit) message {
	if u == "" {
		return message(operations.PageUnitPage)
	}
	return message(u)
}

// fileKind is the short name of a media type, empty for one without.
func fileKind(mediaType string) string {
	kind, _, _ := strings.Cut(mediaType, ";")
	return map[string]string{
		"application/pdf": "PDF",
		"application/vnd.openxmlformats-officedocument.wordprocessingml.document":   "DOCX",
		"application/vnd.openxmlformats-officedocument.presentationml.presentation": "PPTX",
		"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet":         "XLSX",
		"application/vnd.oasis.opendocument.text":                                   "ODT",
		"application/vnd.oasis.opendocument.presentation":                           "ODP",
		"application/vnd.oasis.opendocument.spreadsheet":                            "ODS",
		"application/msword": "DOC", "application/vnd.ms-powerpoint": "PPT", "application/vnd.ms-excel": "XLS",
		"text/html": "HTML", "text/markdown": "Markdown", "text/plain": "TXT", "text/csv": "CSV",
		"image/png": "PNG", "image/jpeg": "JPEG", "image/tiff": "TIFF", "image/webp": "WebP", "image/gif": "GIF",
	}[kind]
}

func (v *visit) fileKindText(kind string) string {
	if kind == "" {
		return v.text("file.kind")
	}
	return kind
}

// leafPage is the page on which one leafs through a file: all of it, or one page.
type leafPage struct {
	*layout
	File     fileCard
	Material *link
	TextLang string
	Outline  []outlineLine
	Places   []pageTile
	Next     string // the places that follow, in the overview
	// Leaf is the page that is shown; nil in the overview.
	Leaf *leaf
}

// outlineLine is one heading of a document.
type outlineLine struct {
	Title, URL string
	Depth      int
}

// pageTile is one page of a file in its overview.
type pageTile struct {
	Label, Title, URL, Picture string
	Hidden                     bool
}

// leaf is one page of a file.
type leaf struct {
	operations.LeafedPage
	Picture string
	Counter string
	// Previous and Next lead to the pages before and after it; empty at the ends.
	Previous, Next string
}

const paramLeafed = "vanaf"

// leafFile is the overview of a file.
func leafFile(v *visit) (answer, error) {
	p, f, err := v.leafPage(v.URL.Query().Get(paramLeafed))
	if err != nil {
		return answer{}, err
	}
	for _, e := range f.Pages.Edges {
		p.Places = append(p.Places, pageTile{e.Node.Label, e.Node.Title, pathOf(e.Node.Url), addressOf(e.Node.Picture), e.Node.Hidden})
	}
	if f.Pages.PageInfo.HasNextPage {
		p.Next = p.Here + "?" + url.Values{paramLeafed: {f.Pages.PageInfo.EndCursor}}.Encode()
	}
	return answer{template: "leaf", page: p}, nil
}

// leafPage asks for a file, with the places of its pages after one.
func (v *visit) leafPage(after string) (*leafPage, *operations.LeafFileFile, error) {
	r, err := operations.LeafFile(v.Context(), v.client, v.PathValue("id"), after)
	if err != nil {
		return nil, nil, err
	}
	f := r.File
	if f == nil {
		return nil, nil, statusError{http.StatusNotFound}
	}
	p := &leafPage{layout: v.layout(f.Name), File: v.fileCardOf(&f.FileLine), TextLang: f.Language}
	if p.TextLang == "" {
		p.TextLang = textLanguage
	}
	if f.Record != nil {
		p.Material = &link{Text: (*f.Record).GetTitle(), URL: pathOf((*f.Record).GetUrl())}
	}
	for _, o := range f.Outline {
		p.Outline = append(p.Outline, outlineLine{o.Title, p.File.Page + "/" + strconv.Itoa(o.Page), min(o.Level, 4)})
	}
	return p, f, nil
}

// leafOne is one page of a file, with its picture and text.
func leafOne(v *visit) (answer, error) {
	n, err := strconv.Atoi(v.PathValue("n"))
	if err != nil || n < 1 || strconv.Itoa(n) != v.PathValue("n") {
		return answer{}, statusError{http.StatusNotFound}
	}
	p, f, err := v.leafPage(cursorBefore(n - 1))
	if err != nil {
		return answer{}, err
	}
	r, err := operations.LeafPage(v.Context(), v.client, v.PathValue("id"), n)
	if err != nil {
		return answer{}, err
	}
	if r.File == nil || r.File.Page == nil {
		return answer{}, statusError{http.StatusNotFound}
	}
	node := r.File.Page
	p.Leaf = &leaf{LeafedPage: *node, Picture: addressOf(node.Picture), Counter: p.T("file.of", node.Label, f.PageCount)}
	for _, e := range f.Pages.Edges {
		switch to := pathOf(e.Node.Url); {
		case e.Node.Number < n:
			p.Leaf.Previous = to
		case e.Node.Number > n && p.Leaf.Next == "":
			p.Leaf.Next = to
		}
	}
	p.Title = node.Label + " – " + p.Title
	return answer{template: "leaf", page: p}, nil
}

// cursorBefore is the cursor after which the page with a number comes: that of a page
// is its number.
func cursorBefore(n int) string {
	if n <= 1 {
		return ""
	}
	return strconv.Itoa(n - 1)
}
