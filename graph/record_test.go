package graph_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

// TestQuestions are asked by members, and read like all other records.
func TestQuestions(t *testing.T) {
	p := newPlay(t, filled()...)
	r := p.done(t, member(), "createQuestion", input{
		"title": "Hoe begin je?", "text": "Wij weten het niet.", "askedBy": id("noor"), "themes": []string{"stad"},
		"answers": []input{{"by": id("noor"), "text": "Vroeg.", "material": []kb.ID{id("les")}}},
	})
	if len(r.UserErrors) > 0 {
		t.Fatal(r.UserErrors)
	}
	const fields = `{ slug url title text askedBy { slug } themes { slug } answers { by { slug } text material { slug } } status version }`
	read := func(who kb.Actor) string {
		got := p.as(who).ask(t, `query ($id: ID!) { question(slug: "hoe-begin-je") `+fields+` questions { totalCount nodes { slug } } node(id: $id) { __typename } }`, jsonOf(t, input{"id": r.Record.ID}))
		return strings.TrimSpace(got.Raw)
	}
	body := `"slug":"hoe-begin-je","url":"https://leerkring.example/vraagstuk/hoe-begin-je","title":"Hoe begin je?","text":"Wij weten het niet.",` +
		`"askedBy":{"slug":"noor"},"themes":[{"slug":"stad"}],"answers":[{"by":{"slug":"noor"},"text":"Vroeg.","material":[{"slug":"les"}]}]`
	for _, c := range []struct {
		who  kb.Actor
		want string
	}{
		{kb.Visitor(), `{"data":{"question":null,"questions":{"totalCount":0,"nodes":[]},"node":null}}`},
		{member(), `{"data":{"question":{` + body + `,"status":"DRAFT","version":1},"questions":{"totalCount":0,"nodes":[]},"node":{"__typename":"Question"}}}`},
	} {
		if diff := cmp.Diff(c.want, read(c.who)); diff != "" {
			t.Errorf("%s reads the draft (-want +got):\n%s", c.who.Role, diff)
		}
	}
	p.step(t, editor(), "publish", r.Record, nil)
	want := `{"data":{"question":{` + body + `,"status":"PUBLISHED","version":2},"questions":{"totalCount":1,"nodes":[{"slug":"hoe-begin-je"}]},"node":{"__typename":"Question"}}}`
	if diff := cmp.Diff(want, read(kb.Visitor())); diff != "" {
		t.Errorf("a visitor reads (-want +got):\n%s", diff)
	}
}

// TestComments are for who works on a record: others see none and no count.
func TestComments(t *testing.T) {
	p := newPlay(t, library()...)
	r := p.step(t, expert(), "updateCase", p.publishedCase(t, "Warmtenet"), input{"title": "Warmtenet Zuid"})
	for _, text := range []string{"eerste", "tweede", "derde"} {
		p.clock.now = p.clock.now.Add(1e9)
		p.done(t, editor(), "addComment", input{"record": r.ID, "text": text})
	}
	answered := p.done(t, expert(), "addComment", input{"record": r.ID, "text": "antwoord", "field": "title"}).Comment
	const query = `query ($id: ID!, $after: String) { node(id: $id) { ... on Case { comments(first: 2, after: $after) {
		totalCount nodes { text by { name } record { id } } pageInfo { hasNextPage endCursor } } } } }`
	type comments struct {
		Node struct {
			Comments struct {
				TotalCount int
				Nodes      []struct {
					Text   string
					By     name
					Record struct{ ID kb.ID }
				}
				PageInfo struct {
					HasNextPage bool
					EndCursor   string
				}
			}
		}
	}
	first := answer[comments](t, p.as(expert()), query, jsonOf(t, input{"id": r.ID})).Node.Comments
	if first.TotalCount != 4 || !first.PageInfo.HasNextPage || first.Nodes[0].Text != "eerste" || first.Nodes[1].By.Name != "Redacteur" || first.Nodes[0].Record.ID != r.ID {
		t.Errorf("the first page: %+v", first)
	}
	second := answer[comments](t, p.as(expert()), query, jsonOf(t, input{"id": r.ID, "after": first.PageInfo.EndCursor})).Node.Comments
	if len(second.Nodes) != 2 || second.PageInfo.HasNextPage {
		t.Errorf("the second page: %+v", second)
	}
	for _, who := range []kb.Actor{kb.Visitor(), guest(), member(), another()} {
		if got := answer[comments](t, p.as(who), query, jsonOf(t, input{"id": r.ID})).Node.Comments; got.TotalCount != 0 || len(got.Nodes) != 0 {
			t.Errorf("%s sees %+v", who.Name, got)
		}
	}
	if e := p.wrong(t, expert(), "addComment", input{"record": r.ID, "text": " ", "field": "title"}); e[0].Field != "text" {
		t.Errorf("an empty comment: %v", e)
	}
	if e := p.wrong(t, expert(), "addComment", input{"record": r.ID, "text": "x", "field": "geen veld"}); e[0].Field != "field" {
		t.Errorf("on no field: %v", e)
	}
	if code := p.refused(t, editor(), "updateComment", input{"id": answered.ID, "version": 1, "text": "anders"}); code != "FORBIDDEN" {
		t.Errorf("an editor changed what another said: %s", code)
	}
	changed := p.done(t, expert(), "updateComment", input{"id": answered.ID, "version": 1, "text": "anders"}).Comment
	if e := p.wrong(t, expert(), "updateComment", input{"id": answered.ID, "version": 1, "text": "weer anders"}); e[0].Conflict == nil || e[0].Conflict.Version != 2 {
		t.Errorf("an old version: %v", e)
	}
	if gone := p.done(t, editor(), "deleteComment", input{"id": answered.ID, "version": changed.Version}); gone.ID != answered.ID {
		t.Errorf("deleted: %+v", gone)
	}
}

// TestWhoWorksOnItSeesItsReview: a draft shows its review to its author and to
// editors; the team of a record shows to who may read the team.
func TestWhoWorksOnItSeesItsReview(t *testing.T) {
	circle := &kb.LearningCircle{Head: hidden("besloten", kb.StatusPublished, kb.VisibilityTeam), Name: "Besloten"}
	circle.Team = circle.ID
	p := newPlay(t, append(filled(), circle)...)
	author := expert()
	author.Teams = participant().Teams
	in := complete("Besloten stuk")
	in["visibility"], in["team"] = "TEAM", id("kring")
	r := p.done(t, author, "createCase", in).Record
	r = p.step(t, author, "submitForReview", r, nil)
	r = p.step(t, editor(), "requestChanges", r, input{"note": "Korter graag."})
	const query = `query ($id: ID!) { node(id: $id) { ... on Case { status review { changesRequested submittedBy { name } } team { ... on LearningCircle { slug } } viewerCan } } }`
	variables := jsonOf(t, input{"id": r.ID})
	wants(t, p.as(author).ask(t, query, variables), `{"data":{"node":{"status":"DRAFT","review":{"changesRequested":"Korter graag.","submittedBy":{"name":"Expert"}},`+
		`"team":{"slug":"kring"},"viewerCan":["EDIT","SUBMIT","COMMENT","DELETE","RESTORE_REVISION","SEE_HISTORY"]}}}`)
	wants(t, p.as(participant()).ask(t, query, variables), `{"data":{"node":null}}`)
	p.step(t, editor(), "publish", r, nil)
	wants(t, p.as(participant()).ask(t, query, variables), `{"data":{"node":{"status":"PUBLISHED","review":null,"team":{"slug":"kring"},"viewerCan":["SEE_HISTORY"]}}}`)
	wants(t, p.as(stranger()).ask(t, query, variables), `{"data":{"node":null}}`)
	if e := p.wrong(t, author, "createCase", input{"title": "x", "visibility": "TEAM", "team": circle.ID}); e[0].Field != "team" {
		t.Errorf("for a team that one may not know of: %v", e)
	}
}

// TestTheTrailNamesNoOneWhoSaidNo: an editor sees that something was done with a
// person without consent, and not with whom.
func TestTheTrailNamesNoOneWhoSaidNo(t *testing.T) {
	p := newPlay(t)
	p.done(t, admin(), "createPerson", input{"name": "Geheim Persoon"})
	const query = `{ audit(filter: {types: [CREATED]}) { entries { kind label by { name } } } }`
	wants(t, p.as(editor()).ask(t, query, ""), `{"data":{"audit":{"entries":[{"kind":"person","label":"","by":{"name":"Beheerder"}}]}}}`)
	wants(t, p.as(admin()).ask(t, query, ""), `{"data":{"audit":{"entries":[{"kind":"person","label":"Geheim Persoon","by":{"name":"Beheerder"}}]}}}`)
}

// TestTombstonesOfWhatWasHidden are for those who could read it, and no one else.
func TestTombstonesOfWhatWasHidden(t *testing.T) {
	p := newPlay(t)
	in := complete("Voor leden")
	in["visibility"] = "MEMBERS"
	r := p.step(t, editor(), "publish", p.done(t, expert(), "createCase", in).Record, nil)
	p.step(t, expert(), "withdrawCase", r, input{"reason": "oud"})
	p.done(t, expert(), "createCase", complete("Nooit gepubliceerd"))
	const query = `{ was: tombstone(slug: "voor-leden") { title } draft: tombstone(slug: "nooit-gepubliceerd") { title } none: tombstone(slug: "x", kind: THEME) { title } }`
	wants(t, p.ask(t, query, ""), `{"data":{"was":null,"draft":null,"none":null}}`)
	wants(t, p.as(guest()).ask(t, query, ""), `{"data":{"was":null,"draft":null,"none":null}}`)
	wants(t, p.as(member()).ask(t, query, ""), `{"data":{"was":{"title":"Voor leden"},"draft":null,"none":null}}`)
}
