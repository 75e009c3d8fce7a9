package graph_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/vektah/gqlparser/v2/ast"

	"leerkring/internal/kb"
)

// play is a world in which people act in turn.
type play struct {
	*world
	schema *ast.Schema
}

func newPlay(t testing.TB, entities ...kb.Entity) *play {
	t.Helper()
	return &play{newWorld(t, entities...), loadSchema(t)}
}

// input is the input of a mutation.
type input map[string]any

// payload is what comes of a mutation, whichever it is.
type payload struct {
	ID         kb.ID
	Record     *record
	Comment    *remark
	UserErrors []userError
	Sequence   *int
}

type record struct {
	Typename          string `json:"__typename"`
	ID                kb.ID
	Slug              string
	Version           int
	Status            string
	Visibility        string
	Title, Name, Body string
	SeeAlso           []struct{ Slug string }
	EmbargoUntil      *time.Time
	Review            *struct {
		ChangesRequested                  string
		SubmittedAt, PublishAt            *time.Time
		SubmittedBy, Reviewer, ApprovedBy *name
	}
	Withdrawal *struct {
		Reason     string
		ReplacedBy *struct{ ID kb.ID }
	}
	WorkingCopy *struct {
		Version       int
		Status, Title string
	}
	ViewerCan []string
}

type name struct {
	ID   kb.ID
	Name string
}

type remark struct {
	ID              kb.ID
	Version         int
	Field, Text     string
	By, ResolvedBy  *name
	ResolvedAt      *time.Time
	ViewerMayChange bool
}

type userError struct {
	Field, Code, Message string
	Conflict             *struct {
		Version int
		By      *name
		At      time.Time
		Fields  []string
	}
}

// String is the error in short.
func (e userError) String() string { return e.Field + " " + e.Code + ": " + e.Message }

const (
	recordFields = `__typename id slug version status visibility embargoUntil viewerCan
		review { changesRequested submittedAt publishAt submittedBy { id name } reviewer { id name } approvedBy { id name } }
		withdrawal { reason replacedBy { id } } workingCopy { version status `
	materialFields = `... on Material { title body seeAlso { slug } }`
	commentFields  = `comment { id version field text by { id name } resolvedAt resolvedBy { id name } viewerMayChange }`
)

// recordSelection asks for what a record of a type tells in every test.
func (p *play) recordSelection(of string) string {
	own := ""
	switch def := p.schema.Types[of]; {
	case of == "Record", def.Fields.ForName("body") != nil:
		own = materialFields
	case def.Fields.ForName("name") != nil:
		own = "name"
	case def.Fields.ForName("title") != nil:
		own = "title"
	}
	return "record { " + recordFields + own + " } " + own + " }"
}

// document gives the text of a mutation that asks all that its payload tells.
func (p *play) document(t testing.TB, mutation string) string {
	t.Helper()
	f := p.schema.Mutation.Fields.ForName(mutation)
	if f == nil {
		t.Fatalf("the schema has no mutation %s", mutation)
	}
	fields := []string{"sequence userErrors { field code message conflict { version by { id name } at fields } }"}
	of := p.schema.Types[f.Type.Name()].Fields
	if of.ForName("id") != nil {
		fields = append(fields, "id")
	}
	if of.ForName("comment") != nil {
		fields = append(fields, commentFields)
	}
	if r := of.ForName("record"); r != nil {
		fields = append(fields, p.recordSelection(r.Type.Name()))
	}
	return "mutation ($in: " + f.Arguments[0].Type.String() + ") { r: " + mutation + "(input: $in) { " + strings.Join(fields, " ") + " } }"
}

// send asks for a mutation as someone, and gives the whole answer.
func (p *play) say(t testing.TB, who kb.Actor, mutation string, in input) reply {
	t.Helper()
	variables, err := json.Marshal(map[string]any{"in": in})
	must(t, err)
	return p.as(who).ask(t, p.document(t, mutation), string(variables), "Accept-Language", "en")
}

// act does something as someone; what can be mended comes back in the payload.
func (p *play) act(t testing.TB, who kb.Actor, mutation string, in input) payload {
	t.Helper()
	got := p.say(t, who, mutation, in)
	if len(got.Errors) > 0 {
		t.Fatalf("%s by %s: %s", mutation, who.Name, got.Raw)
	}
	var data struct{ R payload }
	must(t, json.Unmarshal(got.Data, &data))
	numbered := who.Role.AtLeast(kb.RoleExpert) // others are not told the number of a write
	if failed := len(data.R.UserErrors) > 0; (!failed && numbered) != (data.R.Sequence != nil) || failed && (data.R.Record != nil || data.R.ID != "" || data.R.Comment != nil) {
		t.Fatalf("%s by %s was neither done nor refused: %s", mutation, who.Name, got.Raw)
	}
	return data.R
}

// done does something that must be possible, and lets readers find it.
func (p *play) done(t testing.TB, who kb.Actor, mutation string, in input) payload {
	t.Helper()
	got := p.act(t, who, mutation, in)
	if len(got.UserErrors) > 0 {
		t.Fatalf("%s by %s: %v", mutation, who.Name, got.UserErrors)
	}
	p.follow(t)
	return got
}

// step does a step with a record as it was left, and gives what it is now.
func (p *play) step(t testing.TB, who kb.Actor, mutation string, r *record, more input) *record {
	t.Helper()
	return p.done(t, who, mutation, on(r, more)).Record
}

// wrong does something that must be refused, and gives why.
func (p *play) wrong(t testing.TB, who kb.Actor, mutation string, in input) []userError {
	t.Helper()
	got := p.act(t, who, mutation, in)
	if len(got.UserErrors) == 0 {
		t.Fatalf("%s by %s was done", mutation, who.Name)
	}
	return got.UserErrors
}

// refused gives the code by which something is refused as a whole.
func (p *play) refused(t testing.TB, who kb.Actor, mutation string, in input) string {
	t.Helper()
	got := p.say(t, who, mutation, in)
	if string(got.Data) != "null" {
		t.Fatalf("%s by %s: %s", mutation, who.Name, got.Raw)
	}
	return got.code()
}

// on is an input about a record at the version that it has.
func on(r *record, more input) input {
	in := input{"id": r.ID, "version": r.Version}
	for k, v := range more {
		in[k] = v
	}
	return in
}

// found gives the titles that a search by someone finds.
func (p *play) found(t testing.TB, who kb.Actor, text string) []string {
	t.Helper()
	got := answer[struct {
		Search struct{ Nodes []struct{ Title string } }
	}](t, p.as(who), `query ($q: String) { search(query: $q) { nodes { title } } }`, jsonOf(t, input{"q": text}))
	titles := []string{}
	for _, n := range got.Search.Nodes {
		titles = append(titles, n.Title)
	}
	return titles
}

func jsonOf(t testing.TB, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	must(t, err)
	return string(text)
}

// complete is a case with all that review asks for.
func complete(title string) input {
	return input{"title": title, "summary": "Kort over " + title, "body": "De tekst van " + title, "themes": []string{"bedrijventerreinen"}}
}

// publishedCase is a case of the expert that readers know.
func (p *play) publishedCase(t testing.TB, title string) *record {
	t.Helper()
	r := p.done(t, expert(), "createCase", complete(title)).Record
	return p.step(t, editor(), "publish", r, nil)
}
