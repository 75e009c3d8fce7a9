package sample_test

import (
	"strings"
	"testing"

	"leerkring/internal/kb"
)

func TestThereIsEnoughOfEveryKind(t *testing.T) {
	counts := map[string]int{}
	for _, r := range load(t) {
		if r.public() {
			counts[r.Type]++
		}
	}
	for kind, least := range map[string]int{
		"CASE": 28, "PUBLICATION": 14, "PRESENTATION": 12, "LESSON": 16,
		"ORGANISATION": 14, "PERSON": 16, "LEARNING_CIRCLE": 2, "MEETING": 9,
	} {
		if counts[kind] < least {
			t.Errorf("%d of %s, want at least %d", counts[kind], kind, least)
		}
	}
}

func TestMaterialIsDescribed(t *testing.T) {
	themes := kb.NewTaxonomy(kb.BuiltinThemes())
	for _, r := range load(t) {
		m, ok := r.Entity.(kb.Material)
		if !ok {
			continue
		}
		c := m.Shared()
		for field, missing := range map[string]bool{
			"summary": c.Summary == "", "themes": len(c.Themes) == 0, "regions": len(c.Regions) == 0,
			"keywords": len(c.Keywords) == 0, "collaboration": c.Collaboration == "",
		} {
			if missing {
				t.Errorf("%s has no %s", r.Name, field)
			}
		}
		for _, theme := range c.Themes {
			if _, ok := themes.Theme(theme); !ok {
				t.Errorf("%s: unknown theme %q", r.Name, theme)
			}
		}
		if at, ok := r.Date.Time(); !ok || at.Year() < 2019 || at.Year() > 2026 {
			t.Errorf("%s: date %q is not between 2019 and 2026", r.Name, r.Date)
		}
	}
}

func TestPublicCasesTellTheWholeStory(t *testing.T) {
	levels, phases := map[kb.CollaborationLevel]bool{}, map[kb.CasePhase]bool{}
	for _, r := range load(t) {
		c, ok := r.Entity.(*kb.Case)
		if !ok || !r.public() {
			continue
		}
		for i, s := range c.Sections() {
			if strings.TrimSpace(s) == "" {
				t.Errorf("%s: section %d is empty", r.Name, i)
			}
		}
		for field, n := range map[string]int{
			"success factors": len(c.SuccessFactors), "obstacles": len(c.Obstacles), "lessons": len(c.Lessons), "partners": len(c.Partners), "contacts": len(c.Contacts),
		} {
			if n == 0 {
				t.Errorf("%s has no %s", r.Name, field)
			}
		}
		levels[c.Collaboration], phases[c.Phase] = true, true
	}
	if len(levels) != 3 || len(phases) != 5 {
		t.Errorf("cases are on %d levels of collaboration and in %d phases, want 3 and 5", len(levels), len(phases))
	}
}

func TestMeetingsHaveAllFourPillars(t *testing.T) {
	perCircle := map[kb.ID][]int{}
	for _, r := range load(t) {
		m, ok := r.Entity.(*kb.Meeting)
		if !ok {
			continue
		}
		perCircle[m.Circle] = append(perCircle[m.Circle], m.Number)
		pillars := map[kb.Pillar]bool{}
		for _, item := range m.Programme {
			pillars[item.Pillar] = true
			if len(item.Speakers) == 0 {
				t.Errorf("%s: nobody speaks at %q", r.Name, item.Title)
			}
		}
		if len(pillars) != 4 || m.Start == nil || m.End == nil || m.HostCity == "" || m.Host == "" {
			t.Errorf("%s has %d pillars, or misses a time or its host", r.Name, len(pillars))
		}
	}
	for circle, numbers := range perCircle {
		for i, n := range numbers {
			if n != i+1 {
				t.Errorf("the meetings of %s are numbered %v", circle, numbers)
			}
		}
		if len(numbers) != 4 && len(numbers) != 5 {
			t.Errorf("%s has %d meetings, want 4 or 5", circle, len(numbers))
		}
	}
}

// TestPresentationsStandInTheirMeeting holds both directions together: what says
// that it was given at a meeting is in that meeting's programme, under the same pillar.
func TestPresentationsStandInTheirMeeting(t *testing.T) {
	records := load(t)
	programme := map[kb.ID]map[kb.ID]kb.Pillar{}
	starts := map[kb.ID]string{}
	for _, r := range records {
		if m, ok := r.Entity.(*kb.Meeting); ok {
			starts[m.ID] = m.Start.Format("2006-01-02")
			programme[m.ID] = map[kb.ID]kb.Pillar{}
			for _, item := range m.Programme {
				for _, id := range item.Material {
					programme[m.ID][id] = item.Pillar
				}
			}
		}
	}
	for _, r := range records {
		p, ok := r.Entity.(*kb.Presentation)
		if !ok || !r.public() {
			continue
		}
		if got := programme[p.Meeting][p.ID]; got != p.Pillar {
			t.Errorf("%s says pillar %s, its meeting says %q", r.Name, p.Pillar, got)
		}
		if starts[p.Meeting] != string(p.GivenAt) || p.Consent == nil || !*p.Consent || len(p.Takeaways) == 0 {
			t.Errorf("%s: given at %s, meeting on %s; or consent or takeaways are missing", r.Name, p.GivenAt, starts[p.Meeting])
		}
	}
}

func TestLessonsAreLearnedAlsoFromFailure(t *testing.T) {
	failures := 0
	for _, r := range load(t) {
		l, ok := r.Entity.(*kb.Lesson)
		if !ok {
			continue
		}
		if l.Outcome != kb.OutcomeWorked && r.public() {
			failures++
		}
		for field, missing := range map[string]bool{
			"statement": l.Statement == "", "context": l.Context == "", "explanation": l.Explanation == "",
			"advice": l.Advice == "", "outcome": l.Outcome == "", "appliesTo": len(l.AppliesTo) == 0, "learnedFrom": l.LearnedFrom == nil,
		} {
			if missing {
				t.Errorf("%s has no %s", r.Name, field)
			}
		}
	}
	if failures < 6 {
		t.Errorf("%d lessons from what did not work, want at least 6", failures)
	}
}

// TestLessonsQuoteWhereTheyWereLearned guards that a quotation stands in the record
// that it is taken from, word for word, and that this is practice: no other lesson.
func TestLessonsQuoteWhereTheyWereLearned(t *testing.T) {
	records := load(t)
	sources := map[kb.ID]kb.Entity{}
	for _, r := range records {
		switch r.Entity.Kind() {
		case kb.KindCase, kb.KindPresentation, kb.KindMeeting:
			sources[r.Entity.Base().ID] = r.Entity
		}
	}
	for _, r := range records {
		l, ok := r.Entity.(*kb.Lesson)
		if !ok {
			continue
		}
		source, ok := sources[l.LearnedFrom.Record]
		if !ok {
			t.Errorf("%s is not learned from a case, presentation or meeting", r.Name)
			continue
		}
		text, err := kb.Encode(source)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(text), l.LearnedFrom.Quote) {
			t.Errorf("%s quotes what %q does not say: %q", r.Name, source.Label(), l.LearnedFrom.Quote)
		}
	}
}
