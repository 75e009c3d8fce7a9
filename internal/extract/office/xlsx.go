package office

import (
	"cmp"
	"path"
	"strings"

	"leerkring/internal/extract/format"
	"leerkring/internal/kb"
)

// ReadXLSX reads a workbook in Office Open XML: a page for each sheet, with a line for
// each row and a tab between cells, numbers and dates as they are shown in Dutch.
// Formulas have the value that was kept. Hidden sheets are there, and marked; hidden
// rows and columns are there too, and found.
func ReadXLSX(in format.Input) (*kb.Reading, error) {
	a, err := openArchive(in)
	if err != nil {
		return nil, err
	}
	name, err := a.mainPart("xl/workbook.xml")
	if err != nil {
		return nil, err
	}
	b := &workbook{archive: a, found: newFindings(in.Limits), pages: newPages(in.Limits), pageOf: map[string]int{}}
	if b.relations, err = a.relations(name); err != nil {
		return nil, err
	}
	if err := b.readSheets(name); err != nil {
		return nil, err
	}
	cut, err := ended(b.read(), b.content)
	if err != nil {
		return nil, err
	}
	return b.finish(cut)
}

// workbook is one workbook that is being read.
type workbook struct {
	archive   *archive
	relations []relation
	found     *findings
	pages     *pages
	pageOf    map[string]int // of sheets, by partKey
	sheets    []sheetEntry
	from1904  bool // days are counted from there
	strings   []string
	formats   []numberFormat // by style of a cell
	content   bool
	broken    error
}

type sheetEntry struct {
	name, part string
	hidden     bool
}

func (b *workbook) readSheets(name string) error {
	rooted := false
	seen := map[string]bool{}
	parts := targets(b.relations)
	err := b.archive.walk(name, handler{start: func(w *walk, e element) error {
		switch {
		case w.depth() == 1:
			rooted = e.name == "workbook"
		case e.name == "workbookPr":
			b.from1904 = e.attr("date1904") == "1" || e.attr("date1904") == "true"
		case e.name == "sheet" && w.parent() == "sheets":
			part, ok := parts[e.relation("id")]
			if ok && !seen[partKey(part)] {
				seen[partKey(part)] = true
				state := e.attr("state")
				b.sheets = append(b.sheets, sheetEntry{e.attr("name"), part, state == "hidden" || state == "veryHidden"})
			}
		}
		return nil
	}})
	if err == nil && !rooted {
		return format.Problemf(kb.ExtractionBroken, "part %q is no workbook", name)
	}
	return err
}

func (b *workbook) read() error {
	for _, name := range ofKind(b.relations, "styles") {
		if b.archive.has(name) && b.readStyles(name) != nil {
			b.found.add(kb.FindingUnchecked, 0, path.Base(name))
		}
	}
	for _, name := range ofKind(b.relations, "sharedStrings") {
		if b.archive.has(name) {
			if err := b.readStrings(name); err != nil {
				return err
			}
		}
	}
	for _, entry := range b.sheets {
		s := &sheet{book: b, page: kb.ReadPage{Number: len(b.pages.list) + 1, Title: entry.name, Hidden: entry.hidden}, left: b.pages.left}
		err := s.read(entry.part)
		b.content = b.content || s.page.Text != ""
		if !b.pages.add(s.page) {
			return errCut
		}
		if cut, problem := ended(err, b.content); cut {
			return err
		} else if problem != nil {
			b.broken = cmp.Or(b.broken, problem)
			b.found.add(kb.FindingUnchecked, s.page.Number, path.Base(entry.part))
		}
	}
	return nil
}

func (b *workbook) finish(cut bool) (*kb.Reading, error) {
	if !b.content && b.broken != nil {
		return nil, b.broken
	}
	if !b.content {
		return nil, format.Problemf(kb.ExtractionEmpty, "no text on %d sheets", len(b.pages.list))
	}
	r := &kb.Reading{Unit: kb.UnitSheet, Pages: b.pages.list, Outline: b.pages.outline(), Cut: cut || b.pages.cut}
	p := b.archive.readProperties(packageProperties())
	p.fill(r)
	b.found.properties(p)
	b.found.packaged(b.archive, b.pageOf)
	for _, name := range b.archive.names {
		if partKey(name) == "xl/connections.xml" {
			b.found.add(kb.FindingExternalLink, 0, path.Base(name))
		}
	}
	b.found.fill(r)
	r.Preview = b.archive.preview() != ""
	return r, nil
}

// readStrings reads the texts that cells share.
func (b *workbook) readStrings(name string) error {
	var text strings.Builder
	return b.archive.walk(name, handler{
		start: func(w *walk, e element) error {
			switch e.name {
			case "si":
				text.Reset()
			case "rPh": // how it is pronounced
				w.skip()
			}
			return nil
		},
		text: func(w *walk, t []byte) {
			if w.open[len(w.open)-1] == "t" {
				text.Write(t)
			}
		},
		end: func(_ *walk, name string) error {
			if name == "si" {
				b.strings = append(b.strings, text.String())
			}
			return nil
		},
	})
}

// readStyles reads how the cells of each style show their numbers.
func (b *workbook) readStyles(name string) error {
	codes := map[string]string{}
	return b.archive.walk(name, handler{start: func(w *walk, e element) error {
		switch {
		case e.name == "numFmt":
			codes[e.attr("numFmtId")] = e.attr("formatCode")
		case e.name == "xf" && w.parent() == "cellXfs":
			id := e.attr("numFmtId")
			code, own := codes[id]
			if !own {
				code = builtinFormat(id)
			}
			b.formats = append(b.formats, parseNumberFormat(code))
		}
		return nil
	}})
}
