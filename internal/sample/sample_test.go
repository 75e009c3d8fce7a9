package sample_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
	"leerkring/internal/sample"
)

// record is one line: the fields of its kind and those that only the import knows.
type record struct {
	Line   int
	Type   string
	Name   string // the readable id
	Date   kb.Date
	Entity kb.Entity
}

// text gives what a reader sees first of the record.
func (r record) text() string {
	switch e := r.Entity.(type) {
	case kb.Material:
		return e.Shared().Body
	case *kb.Person:
		return e.Bio
	case *kb.LearningCircle:
		return e.Summary
	case *kb.Meeting:
		return e.Summary
	}
	return r.Entity.Label()
}

func (r record) public() bool { return kb.Visitor().CanRead(r.Entity) }

func kinds() map[string]kb.Kind {
	return map[string]kb.Kind{
		"CASE": kb.KindCase, "PUBLICATION": kb.KindPublication,
		"PRESENTATION": kb.KindPresentation, "LESSON": kb.KindLesson,
		"ORGANISATION": kb.KindOrganisation, "PERSON": kb.KindPerson,
		"LEARNING_CIRCLE": kb.KindLearningCircle, "MEETING": kb.KindMeeting,
	}
}

// load reads the collection as an import does: strictly by field name, readable
// ids made into real ones, and absent states filled in.
func load(t *testing.T) []record {
	t.Helper()
	lines := bytes.Split(bytes.TrimSuffix(sample.Collection(), []byte("\n")), []byte("\n"))
	names := readableIDs(t, lines)
	var out []record
	for i, line := range lines {
		r, err := decode(line, names)
		if err != nil {
			t.Fatalf("line %d: %v\n%.120s", i+1, err, line)
		}
		r.Line = i + 1
		out = append(out, r)
	}
	return out
}

// readableIDs maps every id in the collection to the id that an import derives.
func readableIDs(t *testing.T, lines [][]byte) map[string]kb.ID {
	t.Helper()
	names := make(map[string]kb.ID, len(lines))
	for i, line := range lines {
		var head struct{ ID, Source string }
		if err := json.Unmarshal(line, &head); err != nil {
			t.Fatalf("line %d is not JSON: %v", i+1, err)
		}
		if head.Source != sample.Source {
			t.Errorf("line %d: source is %q", i+1, head.Source)
		}
		if _, dup := names[head.ID]; dup || head.ID == "" {
			t.Errorf("line %d: id %q is empty or used before", i+1, head.ID)
		}
		names[head.ID] = kb.DeriveID(head.Source, head.ID)
	}
	return names
}

// decode reads one line. A reference that names no record of the collection stays
// as it is, and is then refused by kb.Validate as no valid id.
func decode(line []byte, names map[string]kb.ID) (record, error) {
	var fields map[string]any
	if err := json.Unmarshal(line, &fields); err != nil {
		return record{}, err
	}
	var r record
	r.Type, _ = fields["type"].(string)
	r.Name, _ = fields["id"].(string)
	date, _ := fields["date"].(string)
	r.Date = kb.Date(date)
	for _, importOnly := range []string{"type", "date", "source"} {
		delete(fields, importOnly)
	}
	resolved, err := json.Marshal(resolve(fields, names))
	if err != nil {
		return record{}, err
	}
	e, ok := kb.New(kinds()[r.Type])
	if !ok {
		return record{}, fmt.Errorf("unknown type %q", r.Type)
	}
	strict := json.NewDecoder(bytes.NewReader(resolved))
	strict.DisallowUnknownFields()
	if err := strict.Decode(e); err != nil {
		return record{}, err
	}
	h := e.Base()
	h.Slug = "x"
	if h.Status == "" {
		h.Status = kb.StatusPublished
	}
	if h.Visibility == "" {
		h.Visibility = kb.VisibilityPublic
	}
	r.Entity = e
	return r, nil
}

// resolve replaces each string that is exactly a readable id.
func resolve(v any, names map[string]kb.ID) any {
	switch v := v.(type) {
	case string:
		if id, ok := names[v]; ok {
			return string(id)
		}
	case []any:
		for i := range v {
			v[i] = resolve(v[i], names)
		}
	case map[string]any:
		for k := range v {
			v[k] = resolve(v[k], names)
		}
	}
	return v
}

func TestEveryRecordIsValid(t *testing.T) {
	for _, r := range load(t) {
		if err := kb.Validate(r.Entity); err != nil {
			t.Errorf("line %d, %s: %v", r.Line, r.Name, err)
		}
	}
}

func TestCollectionIsTheSameEveryTime(t *testing.T) {
	first := sample.Collection()
	first[0] = 'x' // the caller's own copy
	if second := sample.Collection(); second[0] != '{' || second[len(second)-1] != '\n' {
		t.Errorf("the collection begins with %q and ends with %q", second[0], second[len(second)-1])
	}
}

func TestTitlesAreUnique(t *testing.T) {
	seen := map[string]string{}
	for _, r := range load(t) {
		if other, dup := seen[r.Entity.Label()]; dup {
			t.Errorf("%s and %s are both called %q", other, r.Name, r.Entity.Label())
		}
		seen[r.Entity.Label()] = r.Name
	}
}

func TestEveryRecordSaysThatItIsAnExample(t *testing.T) {
	marks := []string{
		"Dit is een voorbeeld: de personen en cijfers zijn verzonnen.",
		"This is an example: the people and figures are made up.",
		"(voorbeeld)", // organisations have no running text
	}
	for _, r := range load(t) {
		ends := func(mark string) bool { return strings.HasSuffix(r.text(), mark) }
		if !slices.ContainsFunc(marks, ends) {
			t.Errorf("%s does not end with the mark of an example: %q", r.Name, r.text())
		}
	}
}

// TestAddressesBelongToNobody guards that no mail or link leads to a real person or site.
func TestAddressesBelongToNobody(t *testing.T) {
	for word := range bytes.FieldsFuncSeq(sample.Collection(), func(c rune) bool { return strings.ContainsRune(" \"()[]\\", c) }) {
		s := string(word)
		if strings.Contains(s, "://") && !strings.HasPrefix(s, "https://www.example.nl/") {
			t.Errorf("a link to elsewhere: %s", s)
		}
		if strings.Contains(s, "@") && !strings.HasSuffix(s, "@example.nl") {
			t.Errorf("a mail address elsewhere: %s", s)
		}
	}
}

// TestHiddenRecordsSaySo keeps the few records that a visitor must not find
// apart from the rest, and there at all: they show that visibility holds.
func TestHiddenRecordsSaySo(t *testing.T) {
	got := map[string]string{}
	for _, r := range load(t) {
		if r.public() {
			continue
		}
		title, _, _ := strings.Cut(r.Entity.Label(), ":")
		got[r.Name] = fmt.Sprintf("%s %s %s", r.Entity.Base().Status, r.Entity.Base().Visibility, title)
	}
	want := map[string]string{ // the two people did not consent to being listed
		"persoon-ben-rozendaal":                 "PUBLISHED PUBLIC Ben Rozendaal",
		"persoon-elif-yildirim":                 "PUBLISHED PUBLIC Elif Yıldırım",
		"casus-concept-lelystad-haven":          "DRAFT PUBLIC CONCEPT (niet zichtbaar)",
		"casus-leden-begroting-regio":           "PUBLISHED MEMBERS ALLEEN VOOR LEDEN",
		"les-team-alleen-kring":                 "PUBLISHED TEAM ALLEEN VOOR HET TEAM",
		"presentatie-concept-woonzorg":          "DRAFT PUBLIC CONCEPT (niet zichtbaar)",
		"publicatie-in-beoordeling-zonneladder": "IN_REVIEW PUBLIC IN BEOORDELING (niet zichtbaar)",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("hidden records (-want +got):\n%s", d)
	}
}

// TestNothingPublicLeansOnTheHidden guards that a visitor follows no link to a
// record that does not exist for them. People without consent are referred to:
// to leave them out of what is shown is the rule of whoever shows it.
func TestNothingPublicLeansOnTheHidden(t *testing.T) {
	records := load(t)
	hidden := map[kb.ID]string{}
	for _, r := range records {
		if _, person := r.Entity.(*kb.Person); !person && !r.public() {
			hidden[r.Entity.Base().ID] = r.Name
		}
	}
	for _, r := range records {
		if !r.public() {
			continue
		}
		text, err := kb.Encode(r.Entity)
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range slices.Sorted(maps.Keys(hidden)) {
			if bytes.Contains(text, []byte(id)) {
				t.Errorf("%s refers to %s", r.Name, hidden[id])
			}
		}
	}
}
