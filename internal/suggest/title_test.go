package suggest_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

// of gives the suggestions for one field.
func of(got []kb.Suggested, field string) []kb.Suggested {
	var out []kb.Suggested
	for _, s := range got {
		if s.Field == field {
			out = append(out, s)
		}
	}
	return out
}

// A title comes from the properties, else from the first page, else from the name of the file.
func TestWhereATitleComesFrom(t *testing.T) {
	long := strings.Repeat("lang ", 61)
	for _, tc := range []struct {
		name  string
		title string // in the properties
		page  kb.ReadPage
		want  string
		on    int // page
	}{
		{"the properties", "Visie op wonen", kb.ReadPage{Text: "Iets heel anders"}, "Visie op wonen", 0},
		{"properties over two lines", " Visie\nop wonen ", kb.ReadPage{Text: "1"}, "Visie op wonen", 0},
		{"properties that are too long", long, kb.ReadPage{Text: "Visie op wonen"}, "Visie op wonen", 1},
		{"a name of a file in the properties", "nota.indd", kb.ReadPage{Text: "Visie op wonen"}, "Visie op wonen", 1},
		{"the first line", "", kb.ReadPage{Text: "Visie op wonen\nGemeente Ede"}, "Visie op wonen", 1},
		{"the heading of a slide, not the line above", "", kb.ReadPage{Title: "Samen leren", Text: "Provincie Drenthe, afdeling wonen\nSamen leren"}, "Samen leren", 1},
		{"a heading of one word", "", kb.ReadPage{Title: "Woonvisie", Text: "Gemeente Ede Nederland\nWoonvisie"}, "Woonvisie", 1},
		{"no number of a page", "", kb.ReadPage{Text: "12\nPagina 1 van 30\nVisie op wonen"}, "Visie op wonen", 1},
		{"no label", "", kb.ReadPage{Text: "Onderwerp van gesprek:\nVisie op wonen"}, "Visie op wonen", 1},
		{"no single word", "", kb.ReadPage{Text: "Inhoudsopgave\nVisie op wonen"}, "Visie op wonen", 1},
		{"no few letters", "", kb.ReadPage{Text: "V 1.2 a\nVisie op wonen"}, "Visie op wonen", 1},
		{"no paragraph", "", kb.ReadPage{Text: strings.Repeat("woord ", 30) + "\nVisie op wonen"}, "Visie op wonen", 1},
		{"no name of a file", "", kb.ReadPage{Text: "concept visie wonen.docx\nVisie op wonen"}, "Visie op wonen", 1},
		{"with signs and accents", "", kb.ReadPage{Text: "🏠 Één visie: café's & cliënten"}, "🏠 Één visie: café's & cliënten", 1},
		{"only the first dozen lines", "", kb.ReadPage{Text: strings.Repeat("1\n", 12) + "Visie op wonen"}, "mijn stuk-v2", 0},
		{"the twelfth line", "", kb.ReadPage{Text: strings.Repeat("1\n", 11) + "Visie op wonen"}, "Visie op wonen", 1},
		{"an empty page", "", kb.ReadPage{}, "mijn stuk-v2", 0},
	} {
		t.Run(tc.name, func(t *testing.T) {
			tc.page.Number = 1
			got := of(ask(t, &kb.Reading{Title: tc.title, Pages: []kb.ReadPage{tc.page}}, &kb.Case{}), "title")
			if len(got) != 1 || got[0].Value != tc.want || got[0].Page != tc.on {
				t.Errorf("suggests %+v, want %q of page %d", got, tc.want, tc.on)
			}
		})
	}
}

// Where a title stands tells how sure it is.
func TestATitleOfThePropertiesIsTheSurest(t *testing.T) {
	pages := []kb.ReadPage{{Number: 1, Text: "Visie op wonen"}}
	var sure []float64
	for _, r := range []*kb.Reading{{Title: "Visie op wonen", Pages: pages}, {Pages: pages}, {Pages: []kb.ReadPage{{Number: 1}}}} {
		for _, s := range of(ask(t, r, &kb.Case{}), "title") {
			sure = append(sure, s.Confidence)
		}
	}
	if len(sure) != 3 || sure[0] <= sure[1] || sure[1] <= sure[2] {
		t.Errorf("confidences %v do not go down", sure)
	}
}

func TestNamesOfFilesAsTitles(t *testing.T) {
	for name, want := range map[string][]string{
		"Visie_op__wonen.pdf": {"Visie op wonen"}, "visie.v2.docx": {"visie.v2"}, "visie": {"visie"}, ".verborgen": {".verborgen"}, "Café & zorg 🏥.odt": {"Café & zorg 🏥"},
		"___.pdf": nil, "": nil, strings.Repeat("x", 301) + ".pdf": nil, "\xff\xfe.pdf": nil,
	} {
		got := suggested(t, known(), &kb.Reading{Pages: []kb.ReadPage{{Number: 1}}}, &kb.File{Name: name}, &kb.Case{})
		if diff := cmp.Diff(want, values(got)["title"]); diff != "" {
			t.Errorf("%q: %s", name, diff)
		}
	}
}

// The number of pages is suggested for what has pages, and never that of a piece.
func TestCounts(t *testing.T) {
	pages := []kb.ReadPage{{Number: 1, Text: "a"}, {Number: 2, Hidden: true}, {Number: 3}}
	for _, tc := range []struct {
		name     string
		unit     kb.PageUnit
		cut      bool
		material kb.Material
		want     map[string][]string
	}{
		{"pages of a publication", kb.UnitPage, false, &kb.Publication{}, map[string][]string{"pages": {"3"}}},
		{"slides of a presentation", kb.UnitSlide, false, &kb.Presentation{}, map[string][]string{"slides": {"3"}}},
		{"pages of a presentation", kb.UnitPage, false, &kb.Presentation{}, map[string][]string{}},
		{"slides of a publication", kb.UnitSlide, false, &kb.Publication{}, map[string][]string{}},
		{"sheets", kb.UnitSheet, false, &kb.Publication{}, map[string][]string{}},
		{"a web page", kb.UnitPart, false, &kb.Publication{}, map[string][]string{}},
		{"a case", kb.UnitPage, false, &kb.Case{}, map[string][]string{}},
		{"a publication that was cut", kb.UnitPage, true, &kb.Publication{}, map[string][]string{}},
		{"a presentation that was cut", kb.UnitSlide, true, &kb.Presentation{}, map[string][]string{}},
		{"pages that are counted", kb.UnitPage, false, &kb.Publication{Pages: 9}, map[string][]string{}},
		{"slides that are counted", kb.UnitSlide, false, &kb.Presentation{Slides: 9}, map[string][]string{}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := values(ask(t, &kb.Reading{Unit: tc.unit, Cut: tc.cut, Pages: pages}, tc.material))
			delete(got, "title")
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestNothingOfNothing(t *testing.T) {
	for name, r := range map[string]*kb.Reading{"no reading": nil, "no pages": {Title: "Visie op wonen", Language: "nl"}} {
		if got := suggested(t, known(), r, &kb.File{Name: "x.pdf"}, &kb.Publication{}); len(got) > 0 {
			t.Errorf("%s: suggests %+v", name, got)
		}
	}
}
