package kb_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

// What each kind needs before readers get it, all of it told at once.
func TestWhatARecordNeeds(t *testing.T) {
	w, ctx := newDeskWorld(t), t.Context()
	material := kb.Fields{"title": "T", "summary": "S", "themes": []any{"wonen"}}
	with := func(more kb.Fields) kb.Fields {
		f := kb.Fields{}
		for _, from := range []kb.Fields{material, more} {
			for name, value := range from {
				f[name] = value
			}
		}
		return f
	}
	for name, c := range map[string]struct {
		kind   kb.Kind
		fields kb.Fields
		want   []string
	}{
		"an empty case":                 {kb.KindCase, nil, []string{"title", "summary", "themes", "body"}},
		"a case without a language":     {kb.KindCase, with(kb.Fields{"language": nil, "approach": "Zo"}), []string{"language"}},
		"a case without a text":         {kb.KindCase, with(kb.Fields{"body": " ", "keywords": []any{"a"}}), []string{"body"}},
		"a case with a section":         {kb.KindCase, with(kb.Fields{"approach": "Zo"}), nil},
		"a case with lessons":           {kb.KindCase, with(kb.Fields{"lessons": []any{"Begin klein"}}), nil},
		"a case with a body":            {kb.KindCase, with(kb.Fields{"body": "Tekst"}), nil},
		"a partner without a name":      {kb.KindCase, with(kb.Fields{"body": "T", "partners": []any{map[string]any{"role": "trekker"}}}), []string{"partners.organisation"}},
		"a publication of a publisher":  {kb.KindPublication, with(kb.Fields{"publisher": "P", "publicationKind": "rapport"}), []string{"body"}},
		"a publication found elsewhere": {kb.KindPublication, with(kb.Fields{"doi": "10.1000/182"}), nil},
		"a publication in short":        {kb.KindPublication, with(kb.Fields{"abstract": "Kort"}), nil},
		"a presentation to remember":    {kb.KindPresentation, with(kb.Fields{"takeaways": []any{"Doen"}}), nil},
		"a lesson without its point":    {kb.KindLesson, with(kb.Fields{"body": "Lang verhaal"}), []string{"statement"}},
		"a lesson":                      {kb.KindLesson, with(kb.Fields{"statement": "Begin klein"}), nil},
		"for a team of nobody":          {kb.KindLesson, with(kb.Fields{"statement": "x", "visibility": "TEAM"}), []string{"team"}},
		"a person who was not asked":    {kb.KindPerson, kb.Fields{"name": "An"}, []string{"consent"}},
		"a person":                      {kb.KindPerson, kb.Fields{"name": "An", "consent": true}, nil},
		"half an address":               {kb.KindPerson, kb.Fields{"name": "An", "consent": true, "email": map[string]any{"visibility": "PUBLIC"}}, []string{"email.value", "email.value"}},
		"an organisation":               {kb.KindOrganisation, kb.Fields{"name": "Bouwlab"}, nil},
		"a question without words":      {kb.KindQuestion, nil, []string{"title"}},
		"a question":                    {kb.KindQuestion, kb.Fields{"title": "Hoe?"}, nil},
		"a circle without a name":       {kb.KindLearningCircle, nil, []string{"name"}},
		"a meeting of no pillar":        {kb.KindMeeting, kb.Fields{"name": "M", "programme": []any{map[string]any{"title": "x"}}}, []string{"programme[0].pillar"}},
		"a theme without a label":       {kb.KindTheme, nil, []string{"prefLabel.nl"}},
		"a region without a code":       {kb.KindRegion, kb.Fields{"name": "R"}, []string{"regionKind", "code"}},
	} {
		at := w.done(w.Create(ctx, w.admin, c.kind, c.fields, ""))
		_, err := w.Submit(ctx, w.admin, at, "")
		if diff := cmp.Diff(c.want, problemFields(err)); diff != "" || (c.want == nil) != (err == nil) {
			t.Errorf("%s: %v (-want +got):\n%s", name, err, diff)
		}
	}
}
