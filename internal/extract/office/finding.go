package office

import (
	"path"
	"slices"
	"strings"
	"unicode"

	"leerkring/internal/kb"
)

const (
	maxFindings = 500 // of one file; more of a kind are counted in the ones before
	maxPassage  = 300 // runes
)

// findings gathers what the structure of a document shows. Equal ones of one page are
// one, with a count; so are those of the same type on one page, except where each names
// something else to look at.
type findings struct {
	list []kb.Finding
	at   map[findingKey]int
}

type findingKey struct {
	of      kb.FindingType
	page    int
	passage string
}

func newFindings() *findings { return &findings{at: map[findingKey]int{}} }

// add adds a finding; page 0 is the file as a whole.
func (f *findings) add(of kb.FindingType, page int, passage string) {
	passage = shortPassage(passage)
	key := findingKey{of, page, ""}
	switch of {
	case kb.FindingExternalLink, kb.FindingPropertyName, kb.FindingEmbeddedFile:
		key.passage = passage
	}
	if i, known := f.at[key]; known {
		f.list[i].Count = max(f.list[i].Count, 1) + 1
		if f.list[i].Passage == "" {
			f.list[i].Passage = passage
		}
		return
	}
	if len(f.list) < maxFindings {
		f.at[key] = len(f.list)
		f.list = append(f.list, kb.Finding{Type: of, Page: page, Passage: passage})
	}
}

// move gives findings whose page is a place in a text, from 1, the page where that place
// is. Those without a place are of the file as a whole.
func (f *findings) move(page func(place int) int) *findings {
	out := newFindings()
	for _, x := range f.list {
		at := 0
		if x.Page > 0 {
			at = page(x.Page - 1)
		}
		for range max(x.Count, 1) {
			out.add(x.Type, at, x.Passage)
		}
	}
	return out
}

// sorted gives the findings in the order of pages.
func (f *findings) sorted() []kb.Finding {
	slices.SortStableFunc(f.list, func(a, b kb.Finding) int { return a.Page - b.Page })
	return f.list
}

func shortPassage(s string) string {
	s = strings.Join(strings.FieldsFunc(s, unicode.IsSpace), " ")
	if runes := []rune(s); len(runes) > maxPassage {
		return string(runes[:maxPassage]) + "…"
	}
	return s
}

// package shows what the parts of Office Open XML are, whatever they hold.
func (f *findings) packaged(a *archive, pageOf map[string]int) {
	for _, name := range a.names {
		if strings.EqualFold(path.Base(name), "vbaProject.bin") {
			f.add(kb.FindingMacro, 0, path.Base(name))
		}
		source, isRelations := strings.CutSuffix(name, ".rels")
		if !isRelations || path.Base(path.Dir(name)) != "_rels" {
			continue
		}
		source = path.Join(path.Dir(path.Dir(name)), path.Base(source))
		all, err := a.relations(source)
		if err != nil {
			f.add(kb.FindingUnchecked, 0, name)
		}
		for _, r := range all {
			f.related(r, pageOf[partKey(source)])
		}
	}
}

// related judges one relation. A link that a reader may follow is no finding; what a
// program fetches when the document is opened is.
func (f *findings) related(r relation, page int) {
	switch {
	case r.external && r.kind != "hyperlink":
		f.add(kb.FindingExternalLink, page, r.target)
	case !r.external && slices.Contains([]string{"oleObject", "package", "aFChunk", "control"}, r.kind):
		f.add(kb.FindingEmbeddedFile, page, path.Base(r.target))
	}
}

// properties tells what the properties of a document lack or give away.
func (f *findings) properties(p *properties) {
	for _, n := range p.names {
		f.add(kb.FindingPropertyName, 0, n.property+": "+n.name)
	}
	if p.title == "" {
		f.add(kb.FindingNoTitle, 0, "")
	}
	if p.language == "" {
		f.add(kb.FindingNoLanguage, 0, "")
	}
}
