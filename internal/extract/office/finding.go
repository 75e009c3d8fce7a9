package office

import (
	"path"
	"slices"
	"strings"
	"unicode"

	"leerkring/internal/extract/format"
	"leerkring/internal/kb"
)

const (
	maxFindings = 500 // of one file; more of a kind are counted in the ones before
	maxPassage  = 300 // runes
	// asideCost is how many bytes of the limit each aside takes beside its text, so that
	// there is a bound on how many there are.
	asideCost = 64
)

// findings gathers what the structure of a document shows. Equal ones of one page are
// one, with a count; so are those of the same type on one page, except where each names
// something else to look at. The words of which a finding shows a passage are kept whole
// as asides, for the check of personal data.
type findings struct {
	list   []kb.Finding
	at     map[findingKey]int
	asides []kb.Aside
	left   int64 // bytes of asides
	cut    bool
}

type findingKey struct {
	of      kb.FindingType
	page    int
	passage string
}

func newFindings(limits format.Limits) *findings {
	return &findings{at: map[findingKey]int{}, left: limits.Text}
}

// add adds a finding, and an aside when its text is hidden; page 0 is the file as a whole.
func (f *findings) add(of kb.FindingType, page int, text string) {
	switch of {
	case kb.FindingComment, kb.FindingTrackedChange, kb.FindingHiddenText:
		f.aside(of, page, text)
	}
	f.note(of, page, shortPassage(text))
}

// aside keeps a hidden text. Of one that is too long the beginning stays.
func (f *findings) aside(of kb.FindingType, page int, text string) {
	if text = strings.TrimSpace(text); text == "" {
		return
	}
	room := f.left - asideCost
	if f.left = room - int64(len(text)); f.left < 0 {
		f.cut, f.left = true, 0
		text = strings.ToValidUTF8(text[:max(0, min(room, int64(len(text))))], "")
	}
	if text != "" {
		f.asides = append(f.asides, kb.Aside{Page: page, Type: of, Text: text})
	}
}

func (f *findings) note(of kb.FindingType, page int, passage string) {
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

// move changes places in a text, from 1, which findings have instead of pages, into the
// pages where they are. What has no place is of the file as a whole.
func (f *findings) move(page func(place int) int) {
	at := func(place int) int {
		if place == 0 {
			return 0
		}
		return page(place - 1)
	}
	placed := f.list
	f.list, f.at = nil, map[findingKey]int{}
	for _, x := range placed {
		for range max(x.Count, 1) {
			f.note(x.Type, at(x.Page), x.Passage)
		}
	}
	for i := range f.asides {
		f.asides[i].Page = at(f.asides[i].Page)
	}
}

// fill puts the findings in a reading, in the order of pages.
func (f *findings) fill(r *kb.Reading) {
	slices.SortStableFunc(f.list, func(a, b kb.Finding) int { return a.Page - b.Page })
	r.Findings, r.Asides, r.Cut = f.list, f.asides, r.Cut || f.cut
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
	f.aside(kb.FindingPropertyName, 0, p.all.String())
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
