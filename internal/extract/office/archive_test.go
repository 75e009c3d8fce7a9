package office

import (
	"bytes"
	"encoding/binary"
	"errors"
	"strings"
	"testing"

	"leerkring/internal/extract/format"
	"leerkring/internal/kb"
)

func TestLimitsOfAnArchive(t *testing.T) {
	long := document(strings.Repeat(para("woorden"), 5000))
	deep := document(para("kort") + strings.Repeat("<w:sdt>", 600) + strings.Repeat("</w:sdt>", 600))
	for name, c := range map[string]struct {
		p     parts
		limit func(*format.Limits)
		want  kb.ExtractionState
		cut   bool
	}{
		"none reached":                 {long, func(*format.Limits) {}, kb.ExtractionRead, false},
		"a part, after some text":      {long, func(l *format.Limits) { l.Part = 10_000 }, kb.ExtractionRead, true},
		"all parts, after some text":   {long, func(l *format.Limits) { l.Total = 10_000 }, kb.ExtractionRead, true},
		"tokens, after some text":      {long, func(l *format.Limits) { l.Tokens = 1000 }, kb.ExtractionRead, true},
		"text":                         {long, func(l *format.Limits) { l.Text = 1000 }, kb.ExtractionRead, true},
		"pages":                        {long, func(l *format.Limits) { l.Pages = 2 }, kb.ExtractionRead, true},
		"depth, after some text":       {deep, func(*format.Limits) {}, kb.ExtractionRead, true},
		"a part, before any text":      {long, func(l *format.Limits) { l.Part = 10 }, kb.ExtractionTooLarge, false},
		"tokens, before any text":      {long, func(l *format.Limits) { l.Tokens = 3 }, kb.ExtractionTooLarge, false},
		"entries":                      {long, func(l *format.Limits) { l.Entries = 0 }, kb.ExtractionTooLarge, false},
		"ratio, before any text":       {document("<w:p><w:r><w:t>" + strings.Repeat("a", 3<<20) + "</w:t></w:r></w:p>"), func(*format.Limits) {}, kb.ExtractionTooLarge, false},
		"ratio of a part nobody reads": {document(para("x"), "word/media/a.bin", strings.Repeat("a", 3<<20)), func(*format.Limits) {}, kb.ExtractionRead, false},
	} {
		in := packed(pack(t, c.p))
		c.limit(&in.Limits)
		r, err := ReadDOCX(in)
		if got := state(r, err); got != c.want || err == nil && r.Cut != c.cut {
			t.Errorf("%s: %s (%v), want %s", name, got, err, c.want)
		}
	}
}

// TestADirectoryThatLies has a number of entries in the end record that is not the
// number there is: so it is the directory itself that is bounded.
func TestADirectoryThatLies(t *testing.T) {
	var p parts
	for range 20_000 {
		p = append(p, strings.Repeat("a", 500), "")
	}
	b := pack(t, p)
	if _, err := ReadDOCX(packed(b)); state(nil, err) != kb.ExtractionTooLarge {
		t.Errorf("a directory of 10 MB: %v", err)
	}
	b = pack(t, document(para("x")))
	end := bytes.LastIndex(b, []byte("PK\x05\x06"))
	binary.LittleEndian.PutUint16(b[end+10:], 60_000)
	if _, err := ReadDOCX(packed(b)); state(nil, err) != kb.ExtractionBroken {
		t.Errorf("fewer entries than it says: %v", err)
	}
}

func TestEntriesThatOverlapAreRefused(t *testing.T) {
	b := pack(t, document(para("een"), "word/x.xml", strings.Repeat("<a/>", 50)))
	first := bytes.Index(b, []byte("PK\x01\x02"))
	second := first + 1 + bytes.Index(b[first+1:], []byte("PK\x01\x02"))
	copy(b[second+42:second+46], b[first+42:first+46]) // the place of its local header
	if _, err := ReadDOCX(packed(b)); state(nil, err) != kb.ExtractionBroken || !strings.Contains(err.Error(), "overlap") {
		t.Errorf("overlapping entries: %v", err)
	}
}

func TestAnEntryWithAPasswordIsEncrypted(t *testing.T) {
	b := pack(t, document(para("een")))
	b[bytes.Index(b, []byte("PK\x01\x02"))+8] |= 1
	if _, err := ReadDOCX(packed(b)); state(nil, err) != kb.ExtractionEncrypted {
		t.Errorf("an entry with a password: %v", err)
	}
}

func TestXMLInUTF16AndLatin1(t *testing.T) {
	utf16 := []byte{0xff, 0xfe}
	for _, r := range `<w:document><w:body>` + para("één") + `</w:body></w:document>` {
		utf16 = append(utf16, byte(r), byte(r>>8))
	}
	for name, content := range map[string]string{
		"UTF-16": string(utf16),
		"Latin":  `<?xml version="1.0" encoding="ISO-8859-1"?><w:document><w:body>` + para("\xe9\xe9n") + `</w:body></w:document>`,
	} {
		if got := texts(mustRead(t, ReadDOCX, parts{"word/document.xml", content})); len(got) != 1 || got[0] != "één" {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestPreview(t *testing.T) {
	got, err := Preview(packed(pack(t, parts{"Thumbnails/thumbnail.png", "plaatje"})))
	if err != nil || string(got) != "plaatje" {
		t.Errorf("%q, %v", got, err)
	}
	if _, err := Preview(packed(pack(t, parts{"a", "b"}))); state(nil, err) != kb.ExtractionEmpty {
		t.Errorf("no picture: %v", err)
	}
	if _, err := Preview(packed(pack(t, parts{"docProps/thumbnail.jpeg", strings.Repeat("a", maxPreview+1)}))); state(nil, err) != kb.ExtractionTooLarge {
		t.Errorf("a large picture: %v", err)
	}
}

// FuzzReaders changes documents of every format: each ends in a reading or a *Problem.
func FuzzReaders(f *testing.F) {
	f.Add(pack(f, document(para("een")+`<w:tbl><w:tr><w:tc>`+para("a")+`</w:tc></w:tr></w:tbl>`)))
	f.Add(pack(f, presentation(titled("een", "twee"))))
	f.Add(pack(f, book(`<row><c r="A1" t="inlineStr"><is><t>a</t></is></c></row>`)))
	f.Add(pack(f, open("text", `<text:p>een<text:note><text:note-body><text:p>twee</text:p></text:note-body></text:note></text:p>`)))
	f.Add(pack(f, open("presentation", `<draw:page><draw:frame presentation:class="title"><text:p>een</text:p></draw:frame></draw:page>`)))
	f.Add(pack(f, open("spreadsheet", `<table:table><table:table-row><table:table-cell><text:p>een</text:p></table:table-cell></table:table-row></table:table>`)))
	f.Fuzz(func(t *testing.T, b []byte) {
		in := packed(b)
		in.Limits.Total, in.Limits.Tokens = 1<<20, 100_000
		for kind, read := range readers() {
			check(t, kind, in, read)
		}
	})
}

// FuzzXML puts changed XML in the place where each format has its text, which a change of
// packed bytes rarely reaches.
func FuzzXML(f *testing.F) {
	f.Add(`<w:p><w:r><w:t>een</w:t><w:lastRenderedPageBreak/></w:r><w:del><w:r/></w:del></w:p>`)
	f.Add(`<p:sp><p:nvPr><p:ph type="title"/></p:nvPr><a:p><a:r><a:t>een</a:t></a:r></a:p></p:sp>`)
	f.Add(`<row r="1" hidden="1"><c r="ZZ9" s="0"><v>45000.5</v></c></row>`)
	f.Add(`<text:h>een<text:s text:c="3"/><office:annotation><text:p/></office:annotation></text:h><table:table><table:table-row><table:table-cell/></table:table-row></table:table>`)
	f.Fuzz(func(t *testing.T, x string) {
		for kind, p := range map[string]parts{
			format.DOCX: document(x), format.PPTX: presentation(x), format.XLSX: book(x),
			format.ODT: open("text", x), format.ODP: open("presentation", x), format.ODS: open("spreadsheet", x),
		} {
			check(t, kind, packed(pack(t, p)), readers()[kind])
		}
	})
}

func check(t *testing.T, kind string, in format.Input, read format.Reader) {
	t.Helper()
	r, err := read(in)
	if err != nil {
		if _, ok := errors.AsType[*format.Problem](err); !ok {
			t.Errorf("%s: %v is no problem of the file", kind, err)
		}
		return
	}
	for i, p := range r.Pages {
		if p.Number != i+1 {
			t.Errorf("%s: page %d has number %d", kind, i+1, p.Number)
		}
	}
	for _, x := range r.Findings {
		if x.Page < 0 || x.Page > len(r.Pages) {
			t.Errorf("%s: a finding on page %d of %d", kind, x.Page, len(r.Pages))
		}
	}
}
