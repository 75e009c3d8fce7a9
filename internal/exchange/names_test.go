package exchange

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

// A name in the table that is no field of any kind would never be read.
func TestForeignNamesAreOfFieldsThatExist(t *testing.T) {
	known := map[string]bool{"type": true, "id": true, "source": true, "url": true}
	for _, k := range kindNames() {
		for _, f := range fieldsOf(k, nil) {
			known[f.name] = true
		}
	}
	for name, others := range foreignNames() {
		if !known[name] {
			t.Errorf("%s is no field", name)
		}
		for _, other := range others {
			if foldName(other) != other {
				t.Errorf("%s: %q is not folded, so it never matches", name, other)
			}
		}
	}
}

// Each kind that is imported can be filled in every field: set panics on a type
// that it does not know.
func TestEveryFieldOfEveryKindCanBeSet(t *testing.T) {
	for _, k := range kindNames() {
		e, _ := kb.New(k)
		for _, f := range fieldsOf(k, nil) {
			a := assigner{ref: func(string) kb.ID { return kb.DeriveID("a", "b") }}
			dst := reflect.ValueOf(e).Elem().FieldByIndex(f.index)
			a.set(f.name, dst, "2024")
			if dst.IsZero() && len(a.problems) == 0 {
				t.Errorf("%s.%s: neither set nor refused", k, f.name)
			}
		}
	}
}

func TestSet(t *testing.T) {
	type all struct {
		S  string
		C  kb.Outcome
		N  int
		B  bool
		D  kb.Date
		I  kb.ID
		L  []string
		R  []kb.ID
		P  *kb.Period
		E  *kb.Contact
		Pa []kb.Partner
	}
	id := func(name string) kb.ID { return kb.ID("id-" + name) }
	for _, c := range []struct {
		field string
		value any
		want  all
		wrong bool
	}{
		{"S", "  tekst\r\nregel ", all{S: "tekst\nregel"}, false},
		{"S", json.Number("12.0"), all{S: "12"}, false},
		{"S", json.Number("1.5"), all{S: "1.5"}, false},
		{"S", true, all{S: "true"}, false},
		{"S", []any{"a"}, all{}, true},
		{"C", "did not", all{C: kb.OutcomeDidNot}, false},
		{"N", "12", all{N: 12}, false},
		{"N", json.Number("12.0"), all{N: 12}, false},
		{"N", json.Number("12.5"), all{}, true},
		{"N", "twaalf", all{}, true},
		{"B", "ja", all{B: true}, false},
		{"B", "misschien", all{}, true},
		{"D", "31-5-2024", all{D: "2024-05-31"}, false},
		{"D", json.Number("2024.0"), all{D: "2024"}, false},
		{"I", "naam", all{I: id("naam")}, false},
		{"I", json.Number("7.0"), all{I: id("7")}, false},
		{"I", map[string]any{}, all{}, true},
		{"L", "een, twee; drie", all{L: []string{"een, twee", "drie"}}, false},
		{"L", []any{"een", nil, json.Number("2"), ""}, all{L: []string{"een", "2"}}, false},
		{"R", "a, b", all{R: []kb.ID{id("a"), id("b")}}, false},
		{"R", []any{"a"}, all{R: []kb.ID{id("a")}}, false},
		{"P", map[string]any{"from": "2020", "TO": "2021"}, all{P: &kb.Period{From: "2020", To: "2021"}}, false},
		{"P", "2020", all{P: &kb.Period{From: "2020"}}, false},
		{"P", map[string]any{}, all{}, false},
		{"E", "a@b.nl", all{E: &kb.Contact{Value: "a@b.nl", Visibility: kb.VisibilityMembers}}, false},
		{"E", map[string]any{"value": "a@b.nl", "visibility": "public"}, all{E: &kb.Contact{Value: "a@b.nl", Visibility: kb.VisibilityPublic}}, false},
		{"Pa", "bouwlab", all{Pa: []kb.Partner{{Organisation: id("bouwlab")}}}, false},
		{"S", nil, all{}, false},
	} {
		var got all
		a := assigner{ref: id}
		a.set(c.field, reflect.ValueOf(&got).Elem().FieldByName(c.field), c.value)
		if diff := cmp.Diff(c.want, got); diff != "" || c.wrong != (len(a.problems) > 0) {
			t.Errorf("%s from %v: %s, problems %v", c.field, c.value, diff, a.problems)
		}
	}
}

func TestSeparator(t *testing.T) {
	for head, want := range map[string]rune{
		"a,b,c\n1;2;3;4;5": ',', "a;b,c;d": ';', "a\tb": '\t', "\"a;b;c;d\",e": ',', "a": ',', "": ',', "\"a\nb;c\";d": ';',
	} {
		if got := separator([]byte(head)); got != want {
			t.Errorf("%q: %q, want %q", head, got, want)
		}
	}
}

// Two spellings of one name in one object: always the same one counts.
func TestSpellingsOfOneName(t *testing.T) {
	for range 20 {
		conv, err := newConverter(&Options{Source: "x", Themes: kb.NewTaxonomy(nil), Regions: kb.NewGazetteer()})
		if err != nil {
			t.Fatal(err)
		}
		got, err := conv.convert(row{fields: map[string]any{"Title": "een", "title": "twee", "TITLE": "drie"}})
		if err != nil || got.entity.Label() != "drie" {
			t.Fatalf("%q %v", got.entity.Label(), err)
		}
	}
}
