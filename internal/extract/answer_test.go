//go:build unix

package extract

import (
	"testing"

	"leerkring/internal/extract/format"
	"leerkring/internal/kb"
)

// FuzzAnswer lets a child say anything: what is taken from it has its bounds.
func FuzzAnswer(f *testing.F) {
	f.Add(`{"state":"READ","outline":[{"page":-9}],"findings":[{"page":99999999,"count":-1}]}`, `{"number":-1}`, "tekst\x00\xff")
	f.Add(`null`, `[]`, "")
	f.Fuzz(func(t *testing.T, head, page, text string) {
		a := &answer{limits: format.Defaults(), left: 100}
		for _, frame := range []struct {
			kind    byte
			payload string
		}{{frameHead, head}, {framePage, page}, {frameText, text}, {framePage, page}, {frameNotes, text}, {frameDone, ""}} {
			if _, err := a.frame(frame.kind, []byte(frame.payload)); err != nil {
				return
			}
		}
		r, err := a.reading()
		if err != nil {
			return
		}
		if n := len(r.Pages[0].Text) + len(r.Pages[1].Notes); n > 300 || r.Pages[1].Number != 2 || !r.State.Settled() {
			t.Errorf("%d bytes of text, %+v", n, r)
		}
		for _, o := range r.Outline {
			if o.Page < 1 || o.Level < 1 {
				t.Errorf("an outline leads to %+v", o)
			}
		}
		for _, found := range r.Findings {
			if found.Page < 0 || found.Page > a.limits.Pages || found.Count < 0 {
				t.Errorf("a finding is at %+v", found)
			}
		}
	})
}

func TestWhichPagesAreDrawn(t *testing.T) {
	for _, c := range []struct {
		format string
		unit   kb.PageUnit
		pages  []int
		want   int
	}{
		{format.PDF, kb.UnitPage, []int{0, 1, 2}, 3},
		{format.PPTX, kb.UnitSlide, []int{1, 2}, 2},
		{format.XLSX, kb.UnitSheet, []int{0}, 1},
		{format.XLSX, kb.UnitSheet, []int{1, 2}, 0}, // a sheet is not a page of its print
		{format.DOCX, kb.UnitPart, []int{1, 2}, 0},
		{format.DOCX, kb.UnitPage, []int{1, 2}, 2},
		{format.HTML, kb.UnitPart, []int{0}, 0}, // LibreOffice would follow its links
		{format.ODS, kb.UnitSheet, nil, 0},
	} {
		if got := drawable(&kb.Reading{Format: c.format, Unit: c.unit}, c.pages); len(got) != c.want {
			t.Errorf("%s %s %v: %v", c.format, c.unit, c.pages, got)
		}
	}
}
