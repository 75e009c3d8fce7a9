package graph_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

// kindOfRecord is what a test writes of one kind.
type kindOfRecord struct {
	kind   string
	made   input // with all that review asks for
	change input
}

func kindsOfRecords() []kindOfRecord {
	text := func(title string, more input) input {
		in := complete(title)
		for k, v := range more {
			in[k] = v
		}
		return in
	}
	return []kindOfRecord{
		{"Case", text("Een casus", input{
			"phase": "RUNNING", "period": input{"from": "2024-01", "to": nil}, "collaboration": "REGIONAL",
			"partners": []input{{"organisation": id("bureau"), "role": "trekker"}},
		}), input{"partners": []input{}}},
		{"Publication", text("Een boek", input{"pages": 12, "issued": "2024", "replaces": id("oud")}), input{"pages": nil}},
		{"Presentation", text("Een verhaal", input{"slides": 30, "pillar": "DEEP_DIVE", "consent": true, "meeting": id("eerste")}), input{"givenAt": "2024-05-30"}},
		{"Lesson", text("Een les", input{
			"statement": "Begin vroeg.", "outcome": "WORKED", "learnedFrom": input{"record": id("casus"), "quote": "zo"},
		}), input{"learnedFrom": nil}},
		{"Theme", input{"labels": input{"nl": "Fietsen", "en": "Cycling"}, "synonyms": []string{"rijwiel"}, "related": []string{"wonen"}}, input{"labels": input{"nl": "Lopen"}}},
		{"Region", input{"name": "Nergenshuizen", "kind": "MUNICIPALITY", "code": "GM9999", "parents": []string{"PV24"}}, input{"population": 5}},
		{"Organisation", input{"name": "Buurtbureau", "kind": "stichting", "members": []kb.ID{id("lid")}}, input{"kind": "vereniging"}},
		{"Person", input{
			"name": "Sam", "consent": true, "email": input{"value": "sam@leerkring.example", "visibility": "MEMBERS"},
		}, input{"email": nil, "function": "adviseur"}},
		{"LearningCircle", input{"name": "Kring Zuid", "capacity": 12, "registration": "OPEN", "period": input{"from": "2024"}}, input{"capacity": 14}},
		{"Meeting", input{
			"name": "Vierde", "circle": id("kring"), "number": 4, "start": "2024-09-01T09:00:00+02:00", "hostCity": "GM0518",
			"programme": []input{{"pillar": "UPDATES", "title": "Nieuws", "speakers": []kb.ID{id("noor")}}},
		}, input{"end": "2024-09-01T12:00:00+02:00"}},
		{"Question", input{"title": "Hoe begin je?", "text": "Wij weten het niet.", "answers": []input{{"text": "Vroeg.", "material": []kb.ID{id("les")}}}}, input{"answers": nil}},
	}
}

// TestEveryKindIsWritten makes, changes, publishes, withdraws, restores and deletes
// one record of each kind.
func TestEveryKindIsWritten(t *testing.T) {
	p := newPlay(t, filled()...)
	for _, k := range kindsOfRecords() {
		t.Run(k.kind, func(t *testing.T) {
			r := p.done(t, editor(), "create"+k.kind, k.made).Record
			if r.Typename != k.kind || r.Version != 1 || r.Status != "DRAFT" || r.Visibility != "PUBLIC" {
				t.Fatalf("made: %+v", r)
			}
			r = p.step(t, editor(), "update"+k.kind, r, k.change)
			r = p.step(t, editor(), "publish", r, nil)
			if r.Version != 3 || r.Status != "PUBLISHED" {
				t.Fatalf("published: %+v", r)
			}
			other := "Case"
			if k.kind == other {
				other = "Lesson"
			}
			if e := p.wrong(t, editor(), "withdraw"+other, on(r, input{"reason": "mis"})); e[0].Code != "NOT_FOUND" {
				t.Errorf("withdrawn as another kind: %v", e)
			}
			r = p.step(t, editor(), "withdraw"+k.kind, r, input{"reason": "mis"})
			r = p.step(t, editor(), "restore"+k.kind, r, nil)
			if gone := p.done(t, admin(), "delete"+k.kind, on(r, nil)); gone.ID != r.ID {
				t.Errorf("deleted: %+v", gone)
			}
		})
	}
}

// TestWhatIsAbsentStays, and what is null is cleared, in variables as in a literal.
func TestWhatIsAbsentStays(t *testing.T) {
	p := newPlay(t, library()...)
	in := complete("Warmtenet")
	in["embargoUntil"], in["seeAlso"] = "2024-06-01T00:00:00+02:00", []kb.ID{id("les")}
	r := p.done(t, expert(), "createCase", in).Record
	const update = `mutation ($id: ID!, $v: Int!, $title: String, $summary: String) {
		updateCase(input: {id: $id, version: $v, title: $title, summary: $summary, seeAlso: null}) { record { version title summary body embargoUntil seeAlso { slug } } userErrors { message } } }`
	got := p.as(expert()).ask(t, update, jsonOf(t, input{"id": r.ID, "v": 1, "title": "Warmte"}))
	wants(t, got, `{"data":{"updateCase":{"record":{"version":2,"title":"Warmte","summary":"Kort over Warmtenet","body":"De tekst van Warmtenet",`+
		`"embargoUntil":"2024-05-31T22:00:00Z","seeAlso":[]},"userErrors":[]}}}`)
	got = p.as(expert()).ask(t, update, jsonOf(t, input{"id": r.ID, "v": 2, "title": "Warmte", "summary": nil}))
	if !strings.Contains(got.Raw, `"version":3,"title":"Warmte","summary":"",`) {
		t.Errorf("cleared: %s", got.Raw)
	}
	r.Version = 3
	r = p.step(t, expert(), "updateCase", r, nil)
	if r.Version != 3 {
		t.Errorf("a change of nothing made version %d", r.Version)
	}
	r = p.step(t, expert(), "updateCase", r, input{"body": "vanzelf", "autosave": true})
	if r.Version != 4 || r.Body != "vanzelf" {
		t.Errorf("autosaved: %+v", r)
	}
}

// TestWhatCannotBeIsTold by the names that the schema has for fields, in the
// language of the request.
func TestWhatCannotBeIsTold(t *testing.T) {
	p := newPlay(t, filled()...)
	for _, c := range []struct {
		mutation string
		in       input
		want     []string // fields
	}{
		{"createCase", input{"title": strings.Repeat("x", 10_000)}, []string{"title"}},
		{"createCase", input{"seeAlso": []kb.ID{newID()}, "themes": []string{"nergens"}}, []string{"seeAlso[0]", "themes[0]"}},
		{"createCase", input{"visibility": nil, "slug": "Geen Slug"}, []string{"slug", "visibility"}},
		{"createPublication", input{"pages": -1, "isbn": "x"}, []string{"isbn", "pages"}},
		{"createTheme", input{"labels": input{"nl": strings.Repeat("x", 10_000)}}, []string{"labels.nl"}},
		{"createOrganisation", input{"kind": strings.Repeat("x", 10_000)}, []string{"kind"}},
		{"createRegion", input{"code": "GM12"}, []string{"code"}},
		{"createCase", input{"idempotencyKey": strings.Repeat("x", 300)}, []string{"idempotencyKey"}},
	} {
		fields := map[string]bool{}
		for _, e := range p.wrong(t, editor(), c.mutation, c.in) {
			if fields[e.Field] = true; e.Code != "BAD_USER_INPUT" || e.Message == "" {
				t.Errorf("%s: %v", c.mutation, e)
			}
		}
		want := map[string]bool{}
		for _, f := range c.want {
			want[f] = true
		}
		if diff := cmp.Diff(want, fields); diff != "" {
			t.Errorf("%s with %.100v (-want +got):\n%s", c.mutation, c.in, diff)
		}
	}
}

// TestARetryMakesNoSecondRecord: the same key gives the same record, also when both
// come in one request; another account's key is another one.
func TestARetryMakesNoSecondRecord(t *testing.T) {
	p := newPlay(t)
	in := complete("Warmtenet")
	in["idempotencyKey"] = "k-1"
	first := p.done(t, expert(), "createCase", in)
	again := p.done(t, expert(), "createCase", in)
	if again.Record.ID != first.Record.ID || again.Record.Version != 1 || *again.Sequence != *first.Sequence {
		t.Errorf("first %+v, again %+v", first.Record, again.Record)
	}
	if other := p.done(t, another(), "createCase", in); other.Record.ID == first.Record.ID {
		t.Error("someone else got the record")
	}
	if e := p.wrong(t, expert(), "createLesson", input{"idempotencyKey": "k-1"}); e[0].Field != "idempotencyKey" {
		t.Errorf("for another kind: %v", e)
	}
	twice := p.as(expert()).ask(t, `mutation { a: createCase(input: {idempotencyKey: "k-2", title: "Twee"}) { record { id } }
		b: createCase(input: {idempotencyKey: "k-2", title: "Twee"}) { record { id } } }`, "")
	var data map[string]struct{ Record struct{ ID kb.ID } }
	must(t, json.Unmarshal(twice.Data, &data))
	if data["a"] != data["b"] || data["a"].Record.ID == "" {
		t.Errorf("in one request: %s", twice.Raw)
	}
}

// TestWhoMayNotWrite: a visitor is asked to sign in, who may not is told so, and
// what one may not know of is not there.
func TestWhoMayNotWrite(t *testing.T) {
	p := newPlay(t, library()...)
	draft := p.done(t, expert(), "createCase", complete("Geheim")).Record
	public := p.publishedCase(t, "Openbaar")
	reads := expert()
	reads.Token, reads.Scopes = id("token"), []kb.Scope{kb.ScopeRead}
	for _, c := range []struct {
		name     string
		who      kb.Actor
		mutation string
		in       input
		want     string
	}{
		{"a visitor makes", kb.Visitor(), "createCase", complete("x"), "UNAUTHENTICATED"},
		{"a visitor changes", kb.Visitor(), "updateCase", on(public, nil), "UNAUTHENTICATED"},
		{"a visitor changes a draft", kb.Visitor(), "updateCase", on(draft, nil), "UNAUTHENTICATED"},
		{"a visitor publishes", kb.Visitor(), "publish", on(public, nil), "UNAUTHENTICATED"},
		{"a visitor comments", kb.Visitor(), "addComment", input{"record": public.ID, "text": "x"}, "UNAUTHENTICATED"},
		{"a guest makes", guest(), "createCase", complete("x"), "FORBIDDEN"},
		{"a member makes a case", member(), "createCase", complete("x"), "FORBIDDEN"},
		{"an expert makes a theme", expert(), "createTheme", input{"labels": input{"nl": "x"}}, "FORBIDDEN"},
		{"a token that only reads", reads, "createCase", complete("x"), "FORBIDDEN"},
		{"another expert changes", another(), "updateCase", on(public, nil), "FORBIDDEN"},
		{"the author publishes", expert(), "publish", on(draft, nil), "FORBIDDEN"},
		{"a member comments", member(), "addComment", input{"record": public.ID, "text": "x"}, "FORBIDDEN"},
	} {
		if code := p.refused(t, c.who, c.mutation, c.in); code != c.want {
			t.Errorf("%s: %s, want %s", c.name, code, c.want)
		}
	}
	for _, c := range []struct {
		mutation string
		in       input
	}{
		{"updateCase", on(draft, nil)},
		{"publish", on(draft, nil)},
		{"deleteCase", input{"id": "x", "version": 1}},
		{"submitForReview", input{"id": newID(), "version": 1}},
		{"updateLesson", on(public, nil)},
		{"addComment", input{"record": draft.ID, "text": "x"}},
		{"updateComment", input{"id": public.ID, "version": 1, "text": "x"}},
	} {
		if e := p.wrong(t, another(), c.mutation, c.in); e[0].Code != "NOT_FOUND" || len(e) != 1 {
			t.Errorf("%s: %v", c.mutation, e)
		}
	}
}
