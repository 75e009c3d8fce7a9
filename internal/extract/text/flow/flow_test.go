package flow_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/extract/format"
	"leerkring/internal/extract/text/flow"
	"leerkring/internal/kb"
)

func TestPagesThatWereRecorded(t *testing.T) {
	to := flow.New(format.Defaults())
	to.Add(flow.Paragraph{Text: " een ", Notes: "noot"})
	to.Break(flow.Hard)
	to.Break(flow.Rendered) // the same
	place := to.Here()
	to.Add(flow.Paragraph{Text: "Twee", Level: 2})
	to.Break(flow.Rendered)
	to.Content() // a picture
	to.Break(flow.Rendered)
	to.Add(flow.Paragraph{Text: "a"})
	to.Add(flow.Paragraph{Text: "b", Cell: true})
	r := to.Result()
	if diff := cmp.Diff([]kb.ReadPage{{Number: 1, Text: "een\nnoot"}, {Number: 2, Text: "Twee"}, {Number: 3}, {Number: 4, Text: "a\tb"}}, r.Pages); diff != "" || r.Unit != kb.UnitPage {
		t.Error(r.Unit, diff)
	}
	if diff := cmp.Diff([]kb.OutlineEntry{{Title: "Twee", Page: 2, Level: 2}}, r.Outline); diff != "" {
		t.Error(diff)
	}
	if got := r.PageOf(place); got != 2 {
		t.Errorf("the place is on page %d, want 2", got)
	}
}

func TestPartsFollowHeadings(t *testing.T) {
	to := flow.New(format.Defaults())
	long := strings.Repeat("woord ", 300) // 1,800 bytes
	to.Add(flow.Paragraph{Text: "Een", Level: 1})
	to.Add(flow.Paragraph{Text: long})
	to.Add(flow.Paragraph{Text: "Twee", Level: 1})
	to.Add(flow.Paragraph{Text: "kort"})
	to.Add(flow.Paragraph{Text: "Drie", Level: 1})
	to.Break(flow.Hard)
	to.Add(flow.Paragraph{Text: strings.Repeat("lang ", 3000)})
	r := to.Result()
	var titles []string
	for _, p := range r.Pages {
		titles = append(titles, p.Title)
		if len(p.Text) > 6500 {
			t.Errorf("part %d has %d bytes", p.Number, len(p.Text))
		}
	}
	if diff := cmp.Diff([]string{"Een", "Twee", "", "", ""}, titles); diff != "" || r.Unit != kb.UnitPart || r.Pages[1].Text != "Twee\nkort\nDrie" {
		t.Error(r.Unit, diff)
	}
}

func TestLimits(t *testing.T) {
	limits := format.Defaults()
	limits.Text = 10
	to := flow.New(limits)
	if to.Add(flow.Paragraph{Text: "éééééééééé"}) || to.Add(flow.Paragraph{Text: "meer"}) {
		t.Error("there is room for more than the limit")
	}
	if r := to.Result(); !r.Cut || len(r.Pages) != 1 || len(r.Pages[0].Text) > 10 || !utf8.ValidString(r.Pages[0].Text) {
		t.Errorf("%+v", r)
	}
	limits = format.Defaults()
	limits.Pages = 2
	to = flow.New(limits)
	for range 5 {
		to.Add(flow.Paragraph{Text: "x"})
		to.Break(flow.Rendered)
	}
	if r := to.Result(); !r.Cut || len(r.Pages) != 2 || r.PageOf(100) > 3 {
		t.Errorf("%d pages", len(r.Pages))
	}
	if empty := flow.New(limits); !empty.Empty() || len(empty.Result().Pages) != 0 || empty.Result().PageOf(0) != 1 {
		t.Error("an empty text has pages")
	}
}
