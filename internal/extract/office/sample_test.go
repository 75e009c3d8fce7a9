package office

import (
	"encoding/binary"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/extract/format"
	"leerkring/internal/kb"
)

// sample makes a document of a format with a page for each of these texts, which stand
// in it as they are.
func sample(kind string, pages ...string) parts {
	var all strings.Builder
	for i, text := range pages {
		brk := strings.Repeat("<x:brk/>", min(i, 1))
		switch kind {
		case format.DOCX:
			all.WriteString(`<w:p><w:r>` + strings.ReplaceAll(brk, "x:brk", "w:lastRenderedPageBreak") + `<w:t>` + text + `</w:t></w:r></w:p>`)
		case format.PPTX:
			pages[i] = placed("title", text)
		case format.ODT:
			all.WriteString(`<text:p>` + strings.ReplaceAll(brk, "x:brk", "text:soft-page-break") + text + `</text:p>`)
		case format.ODP:
			all.WriteString(`<draw:page><draw:frame presentation:class="title"><text:p>` + text + `</text:p></draw:frame></draw:page>`)
		case format.ODS:
			all.WriteString(`<table:table table:name="Blad"><table:table-row><table:table-cell><text:p>` + text + `</text:p></table:table-cell></table:table-row></table:table>`)
		case format.XLSX:
			pages[i] = `<row><c t="inlineStr"><is><t>` + text + `</t></is></c></row>`
		}
	}
	switch kind {
	case format.DOCX:
		return document(all.String())
	case format.PPTX:
		return presentation(pages...)
	case format.XLSX:
		return books(pages...)
	case format.ODT:
		return open("text", all.String())
	case format.ODP:
		return open("presentation", all.String())
	}
	return open("spreadsheet", all.String())
}

// books makes an XLSX with a sheet for each of these rows.
func books(rows ...string) parts {
	var list strings.Builder
	var relations []string
	var p parts
	for i, r := range rows {
		n := strconv.Itoa(i + 1)
		list.WriteString(`<sheet name="Blad` + n + `" r:id="r` + n + `"/>`)
		relations = append(relations, "r"+n, "worksheet", "worksheets/sheet"+n+".xml")
		p = append(p, "xl/worksheets/sheet"+n+".xml", `<worksheet><sheetData>`+r+`</sheetData></worksheet>`)
	}
	return append(p, "xl/workbook.xml", `<workbook><sheets>`+list.String()+`</sheets></workbook>`, "xl/_rels/workbook.xml.rels", rels(relations...))
}

func TestEveryFormatHasItsPages(t *testing.T) {
	units := map[string]kb.PageUnit{format.DOCX: kb.UnitPage, format.ODT: kb.UnitPage, format.PPTX: kb.UnitSlide, format.ODP: kb.UnitSlide, format.XLSX: kb.UnitSheet, format.ODS: kb.UnitSheet}
	for kind, read := range readers() {
		r := mustRead(t, read, sample(kind, "één &lt;b&gt;", "twee &#8364; 5", "<![CDATA[drie & vier]]>"))
		if diff := cmp.Diff([]string{"één <b>", "twee € 5", "drie & vier"}, texts(r)); diff != "" || r.Unit != units[kind] || r.Cut {
			t.Error(kind, r.Unit, r.Cut, diff)
		}
	}
}

// Each limit ends each format: before there is any text in a state, after it with what
// was read until then.
func TestEveryLimitInEveryFormat(t *testing.T) {
	const words, deep, bomb, many = "words", "deep", "bomb", "many"
	second := map[string]string{
		words: strings.Repeat("woord ", 5000),
		deep:  strings.Repeat("<x>", 600) + strings.Repeat("</x>", 600),
		bomb:  strings.Repeat("a", 3<<20),
	}
	for name, c := range map[string]struct {
		content string
		limit   func(*format.Limits)
		before  bool // any text was read
	}{
		"entries":              {words, func(l *format.Limits) { l.Entries = 0 }, true},
		"a part":               {words, func(l *format.Limits) { l.Part = 20 }, true},
		"a part, later":        {words, func(l *format.Limits) { l.Part = 6000 }, false},
		"all parts":            {words, func(l *format.Limits) { l.Total = 20 }, true},
		"all parts, later":     {words, func(l *format.Limits) { l.Total = 8000 }, false},
		"tokens":               {words, func(l *format.Limits) { l.Tokens = 3 }, true},
		"tokens, later":        {many, func(l *format.Limits) { l.Tokens = 900 }, false},
		"depth":                {words, func(l *format.Limits) { l.Depth = 1 }, true},
		"depth, later":         {deep, func(*format.Limits) {}, false},
		"ratio, later":         {bomb, func(*format.Limits) {}, false},
		"a larger ratio":       {bomb, func(l *format.Limits) { l.Ratio, l.Text = 100_000, 1000 }, false},
		"pages":                {words, func(l *format.Limits) { l.Pages = 1 }, false},
		"text":                 {words, func(l *format.Limits) { l.Text = 100 }, false},
		"text, within a page":  {bomb, func(l *format.Limits) { l.Ratio, l.Text = 100_000, 4 }, false},
		"pages, of very many":  {many, func(l *format.Limits) { l.Pages = 7 }, false},
		"text, of many pages":  {many, func(l *format.Limits) { l.Text = 30 }, false},
		"tokens of half of it": {many, func(l *format.Limits) { l.Tokens = 950 }, false},
	} {
		for kind, read := range readers() {
			p := sample(kind, "een", second[c.content])
			if c.content == many {
				p = sample(kind, strings.Split(strings.Repeat("een ", 199)+"een", " ")...)
			}
			in := packed(pack(t, p))
			c.limit(&in.Limits)
			r, err := read(in)
			switch {
			case c.before:
				if got := state(r, err); got != kb.ExtractionTooLarge {
					t.Errorf("%s of %s: %s (%v), want TOO_LARGE", name, kind, got, err)
				}
			case err != nil:
				t.Errorf("%s of %s: %v, want what was read until then", name, kind, err)
			case !r.Cut || len(r.Pages) == 0 || r.Pages[0].Text != "een" || len(r.Pages) > in.Limits.Pages || int64(len(text(r))) > in.Limits.Text+int64(len(r.Pages)):
				t.Errorf("%s of %s: cut %v, %d pages with %d bytes", name, kind, r.Cut, len(r.Pages), len(text(r)))
			}
		}
	}
}

func TestEveryStateInEveryFormat(t *testing.T) {
	for name, c := range map[string]struct {
		bytes func(t *testing.T, kind string) []byte
		want  kb.ExtractionState
	}{
		"text":    {func(t *testing.T, kind string) []byte { return pack(t, sample(kind, "een")) }, kb.ExtractionRead},
		"nothing": {func(t *testing.T, kind string) []byte { return pack(t, sample(kind, "")) }, kb.ExtractionEmpty},
		"spaces":  {func(t *testing.T, kind string) []byte { return pack(t, sample(kind, " \n\t")) }, kb.ExtractionEmpty},
		"no bytes": {func(*testing.T, string) []byte {
			return nil
		}, kb.ExtractionBroken},
		"another file": {func(*testing.T, string) []byte { return []byte(strings.Repeat("%PDF-1.7\n", 100)) }, kb.ExtractionBroken},
		"half a file": {func(t *testing.T, kind string) []byte {
			b := pack(t, sample(kind, "een"))
			return b[:len(b)/2]
		}, kb.ExtractionBroken},
		"other parts": {func(t *testing.T, _ string) []byte { return pack(t, parts{"a.txt", "x"}) }, kb.ExtractionBroken},
		"half a page": {func(t *testing.T, kind string) []byte { return pack(t, sample(kind, "een<x>")) }, kb.ExtractionBroken},
		"a type definition": {func(t *testing.T, kind string) []byte {
			p := sample(kind, "een")
			for i := 1; i < len(p); i += 2 {
				p[i] = `<!DOCTYPE x [<!ENTITY a "b">]>` + p[i]
			}
			return pack(t, p)
		}, kb.ExtractionBroken},
		"an entity of its own": {func(t *testing.T, kind string) []byte { return pack(t, sample(kind, "&geheim;")) }, kb.ExtractionBroken},
		"a password": {func(t *testing.T, kind string) []byte {
			b := pack(t, sample(kind, "een"))
			b[strings.Index(string(b), "PK\x01\x02")+8] |= flagEncrypted
			return b
		}, kb.ExtractionEncrypted},
		"bytes before it": {func(t *testing.T, kind string) []byte {
			return append([]byte("rommel"), pack(t, sample(kind, "een"))...)
		}, kb.ExtractionRead},
	} {
		for kind, read := range readers() {
			if got := state(read(packed(c.bytes(t, kind)))); got != c.want {
				t.Errorf("%s of %s: %s, want %s", name, kind, got, c.want)
			}
		}
	}
}

// inUTF16 writes a text in UTF-16 with its mark.
func inUTF16(text string, order binary.AppendByteOrder) string {
	var b []byte
	for _, unit := range utf16.Encode([]rune("\ufeff" + text)) {
		b = order.AppendUint16(b, unit)
	}
	return string(b)
}

func TestEveryFormatInOtherEncodingsAndNames(t *testing.T) {
	for name, change := range map[string]func(name, content string) (string, string){
		"capitals":    func(name, content string) (string, string) { return strings.ToUpper(name), content },
		"backslashes": func(name, content string) (string, string) { return strings.ReplaceAll(name, "/", `\`), content },
		"a dot first": func(name, content string) (string, string) { return "./" + name, content },
		"UTF-8, with a mark": func(name, content string) (string, string) {
			return name, "\ufeff" + content
		},
		"UTF-16, little": func(name, content string) (string, string) { return name, inUTF16(content, binary.LittleEndian) },
		"UTF-16, big":    func(name, content string) (string, string) { return name, inUTF16(content, binary.BigEndian) },
		"UTF-16, which it says": func(name, content string) (string, string) {
			return name, inUTF16(`<?xml version="1.0" encoding="UTF-16"?>`+strings.TrimPrefix(content, `<?xml version="1.0"?>`), binary.LittleEndian)
		},
		"Windows-1252": func(name, content string) (string, string) {
			content = strings.NewReplacer(`<?xml version="1.0"?>`, "", "é", "\xe9", "€", "\x80").Replace(content)
			return name, `<?xml version="1.0" encoding="windows-1252"?>` + content
		},
		"an instruction before": func(name, content string) (string, string) {
			return name, `<?mso-application progid="Word.Document"?><!-- x -->` + strings.TrimPrefix(content, `<?xml version="1.0"?>`)
		},
	} {
		for kind, read := range readers() {
			p := sample(kind, "één € 5", "twee")
			for i := 0; i < len(p); i += 2 {
				p[i], p[i+1] = change(p[i], p[i+1])
			}
			r, err := read(packed(pack(t, p)))
			if err != nil {
				t.Errorf("%s of %s: %v", name, kind, err)
				continue
			}
			if diff := cmp.Diff([]string{"één € 5", "twee"}, texts(r)); diff != "" {
				t.Error(name, kind, diff)
			}
		}
	}
}
