package graph_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

// TestFromDraftToReader is the life of a case: an expert writes it and submits it,
// an editor comments and sends it back, the expert changes it, the editor publishes
// it, and a visitor finds it.
func TestFromDraftToReader(t *testing.T) {
	p := newPlay(t, library()...)
	r := p.done(t, expert(), "createCase", input{"title": "Warmtenet in de wijk"}).Record
	if r.Version != 1 || r.Status != "DRAFT" || r.Slug != "warmtenet-in-de-wijk" {
		t.Fatalf("the draft: %+v", r)
	}
	lacks := map[string]bool{}
	for _, e := range p.wrong(t, expert(), "submitForReview", on(r, nil)) {
		lacks[e.Field] = e.Code == "BAD_USER_INPUT"
	}
	if diff := cmp.Diff(map[string]bool{"summary": true, "themes": true, "body": true}, lacks); diff != "" {
		t.Errorf("what it lacks (-want +got):\n%s", diff)
	}
	r = p.step(t, expert(), "updateCase", r, input{"summary": "Warmte voor iedereen", "body": "Zo ging het.", "themes": []string{"wonen"}, "seeAlso": []kb.ID{id("les")}})
	if len(r.SeeAlso) != 1 || r.SeeAlso[0].Slug != "les" {
		t.Errorf("see also: %+v", r)
	}
	r = p.step(t, expert(), "submitForReview", r, input{"note": "graag voor de zomer"})
	if r.Status != "IN_REVIEW" || r.Review == nil || r.Review.SubmittedBy.Name != "Expert" || r.Review.SubmittedAt == nil {
		t.Errorf("submitted: %+v", r.Review)
	}

	r = p.step(t, editor(), "assignReviewer", r, input{"reviewer": editor().Account})
	c := p.done(t, editor(), "addComment", input{"record": r.ID, "field": "seeAlso", "text": "Noem ook de handreiking."}).Comment
	if c.Field != "seeAlso" || c.By.Name != "Redacteur" || !c.ViewerMayChange {
		t.Errorf("the comment: %+v", c)
	}
	r = p.step(t, editor(), "requestChanges", r, input{"note": "Wat kostte het?"})
	if r.Status != "DRAFT" || r.Review.ChangesRequested != "Wat kostte het?" {
		t.Errorf("sent back: %+v", r.Review)
	}

	r = p.step(t, expert(), "updateCase", r, input{"resources": "Twee miljoen"})
	c = p.done(t, expert(), "resolveComment", input{"id": c.ID, "version": c.Version, "resolved": true}).Comment
	if c.ResolvedBy.Name != "Expert" || c.ResolvedAt == nil || c.ViewerMayChange {
		t.Errorf("the resolved comment: %+v", c)
	}
	r = p.step(t, expert(), "submitForReview", r, nil)
	if diff := cmp.Diff([]string{}, p.found(t, kb.Visitor(), "warmtenet")); diff != "" {
		t.Errorf("before it was published (-want +got):\n%s", diff)
	}
	r = p.step(t, editor(), "publish", r, nil)
	if r.Status != "PUBLISHED" || r.Review != nil {
		t.Errorf("published: %+v", r)
	}
	if diff := cmp.Diff([]string{"Warmtenet in de wijk"}, p.found(t, kb.Visitor(), "warmtenet")); diff != "" {
		t.Errorf("a visitor finds (-want +got):\n%s", diff)
	}
	p.story(t, r.ID)
}

// story checks what the audit trail tells of the case.
func (p *play) story(t *testing.T, record kb.ID) {
	t.Helper()
	type entry struct {
		Event, Label, Kind, Note string
		By                       name
		Fields                   []string
		About                    *kb.ID
	}
	got := answer[struct{ Audit struct{ Entries []entry } }](t, p.as(editor()), `query ($r: ID!) { audit(filter: {record: $r}) {
		entries { event label kind note by { name } fields about } next } }`, jsonOf(t, input{"r": record}))
	told := []string{}
	for _, e := range got.Audit.Entries {
		told = append(told, strings.TrimSpace(strings.Join([]string{e.By.Name, e.Event, e.Note, strings.Join(e.Fields, "+")}, " ")))
	}
	want := []string{
		"Redacteur PUBLISHED", "Expert SUBMITTED", "Expert COMMENT_RESOLVED  seeAlso", "Expert SAVED  resources",
		"Redacteur CHANGES_REQUESTED Wat kostte het?", "Redacteur COMMENTED  seeAlso", "Redacteur REVIEWER_ASSIGNED",
		"Expert SUBMITTED graag voor de zomer", "Expert SAVED  body+seeAlso+summary+themes", "Expert CREATED  language+slug+title+visibility",
	}
	if diff := cmp.Diff(want, told); diff != "" {
		t.Errorf("the audit trail (-want +got):\n%s", diff)
	}
	if e := got.Audit.Entries[0]; e.Label != "Warmtenet in de wijk" || e.Kind != "case" {
		t.Errorf("the last step: %+v", e)
	}
}

// TestAnEditOfWhatIsPublished works on a copy that readers do not see.
func TestAnEditOfWhatIsPublished(t *testing.T) {
	p := newPlay(t)
	r := p.publishedCase(t, "Warmtenet")
	r = p.step(t, expert(), "updateCase", r, input{"title": "Warmtenet, herzien"})
	if r.Status != "DRAFT" || r.Title != "Warmtenet, herzien" || r.WorkingCopy == nil {
		t.Fatalf("the copy: %+v", r)
	}
	const query = `query ($id: ID!) { node(id: $id) { ... on Case { title status version workingCopy { title status } viewerCan comments { totalCount } } } }`
	variables := jsonOf(t, input{"id": r.ID})
	wants(t, p.ask(t, query, variables), `{"data":{"node":{"title":"Warmtenet","status":"PUBLISHED","version":3,"workingCopy":null,"viewerCan":[],"comments":{"totalCount":0}}}}`)
	wants(t, p.as(member()).ask(t, query, variables), `{"data":{"node":{"title":"Warmtenet","status":"PUBLISHED","version":3,"workingCopy":null,"viewerCan":["SEE_HISTORY"],"comments":{"totalCount":0}}}}`)
	wants(t, p.as(expert()).ask(t, query, variables), `{"data":{"node":{"title":"Warmtenet","status":"PUBLISHED","version":3,`+
		`"workingCopy":{"title":"Warmtenet, herzien","status":"DRAFT"},"viewerCan":["EDIT","SUBMIT","COMMENT","DISCARD_COPY","CONFIRM","WITHDRAW","RESTORE_REVISION","SEE_HISTORY"],"comments":{"totalCount":0}}}}`)

	r = p.step(t, expert(), "submitForReview", r, nil)
	r = p.step(t, expert(), "retractFromReview", r, nil)
	r = p.step(t, editor(), "publish", r, nil)
	if diff := cmp.Diff([]string{"Warmtenet, herzien"}, p.found(t, kb.Visitor(), "warmtenet")); diff != "" {
		t.Errorf("after approval (-want +got):\n%s", diff)
	}
	r = p.step(t, expert(), "updateCase", r, input{"title": "Niets"})
	r = p.step(t, expert(), "discardWorkingCopy", r, nil)
	if r.Title != "Warmtenet, herzien" || r.Status != "PUBLISHED" || r.WorkingCopy != nil {
		t.Errorf("after the copy was thrown away: %+v", r)
	}
}

// TestWithdrawLeavesATombstone, for those who could read it, until it is restored.
func TestWithdrawLeavesATombstone(t *testing.T) {
	p := newPlay(t, library()...)
	r := p.publishedCase(t, "Warmtenet")
	const query = `{ tombstone(slug: "warmtenet") { title kind withdrawnAt reason replacedBy { id slug } } material(slug: "warmtenet") { id } }`
	if e := p.wrong(t, expert(), "withdrawCase", on(r, input{"reason": " "})); e[0].Field != "reason" {
		t.Errorf("without a reason: %v", e)
	}
	r = p.step(t, expert(), "withdrawCase", r, input{"reason": "De regels zijn veranderd.", "replacedBy": id("terrein")})
	if r.Status != "WITHDRAWN" || r.Withdrawal.ReplacedBy.ID != id("terrein") {
		t.Errorf("withdrawn: %+v", r.Withdrawal)
	}
	wants(t, p.ask(t, query, ""), `{"data":{"tombstone":{"title":"Warmtenet","kind":"CASE","withdrawnAt":"2024-05-31T09:30:00Z",`+
		`"reason":"De regels zijn veranderd.","replacedBy":{"id":"`+string(id("terrein"))+`","slug":"terrein"}},"material":null}}`)
	if diff := cmp.Diff([]string{}, p.found(t, kb.Visitor(), "warmtenet")); diff != "" {
		t.Errorf("found after all (-want +got):\n%s", diff)
	}
	r = p.step(t, expert(), "restoreCase", r, nil) // their own withdrawal
	r = p.step(t, editor(), "withdrawCase", r, input{"reason": "De regels zijn veranderd."})
	if code := p.refused(t, expert(), "restoreCase", on(r, nil)); code != "FORBIDDEN" {
		t.Errorf("restored by its author after an editor withdrew it: %s", code)
	}
	r = p.step(t, editor(), "restoreCase", r, nil)
	if got := p.ask(t, query, ""); !strings.Contains(got.Raw, `"tombstone":null`) || r.Withdrawal != nil {
		t.Errorf("after it came back: %s", got.Raw)
	}
	if code := p.refused(t, editor(), "deleteCase", on(r, nil)); code != "FORBIDDEN" {
		t.Errorf("deleted by an editor: %s", code)
	}
	if gone := p.done(t, admin(), "deleteCase", on(r, nil)); gone.ID != r.ID {
		t.Errorf("deleted: %+v", gone)
	}
	wants(t, p.as(admin()).ask(t, `query ($id: ID!) { node(id: $id) { id } }`, jsonOf(t, input{"id": r.ID})), `{"data":{"node":null}}`)
}

// TestTwoWritersAtOnce: the second one is told who was first, when, and with what,
// in words and for a program.
func TestTwoWritersAtOnce(t *testing.T) {
	p := newPlay(t)
	read := p.done(t, expert(), "createCase", complete("Warmtenet")).Record
	p.clock.now = day.Add(90 * time.Minute)
	p.step(t, editor(), "updateCase", read, input{"title": "Warmtenet Zuid", "seeAlso": []kb.ID{}, "summary": "Anders"})
	for mutation, in := range map[string]input{
		"updateCase":      on(read, input{"title": "Warmtenet Noord"}),
		"submitForReview": on(read, nil),
		"deleteCase":      on(read, nil),
	} {
		e := p.wrong(t, expert(), mutation, in)
		if len(e) != 1 || e[0].Code != "CONFLICT" || e[0].Conflict == nil {
			t.Fatalf("%s: %v", mutation, e)
		}
		c := e[0].Conflict
		if c.Version != 2 || c.By == nil || c.By.Name != "Redacteur" || !c.At.Equal(p.clock.now) {
			t.Errorf("%s: %+v", mutation, c)
		}
		if diff := cmp.Diff([]string{"slug", "summary", "title"}, c.Fields); diff != "" {
			t.Errorf("%s: fields (-want +got):\n%s", mutation, diff)
		}
		if !strings.Contains(e[0].Message, "Redacteur") || !strings.Contains(e[0].Message, "Summary") {
			t.Errorf("%s says %q", mutation, e[0].Message)
		}
	}
}

// TestPublishLater: nothing shows before its moment, and then it does by itself.
func TestPublishLater(t *testing.T) {
	p := newPlay(t)
	r := p.done(t, expert(), "createCase", complete("Warmtenet")).Record
	moment := day.Add(48 * time.Hour)
	r = p.step(t, editor(), "publish", r, input{"publishAt": moment})
	if r.Status != "IN_REVIEW" || r.Review == nil || !r.Review.PublishAt.Equal(moment) || r.Review.ApprovedBy.Name != "Redacteur" {
		t.Fatalf("scheduled: %+v", r)
	}
	if diff := cmp.Diff([]string{"Warmtenet"}, p.queue(t, editor(), `part: SCHEDULED`)); diff != "" {
		t.Errorf("scheduled (-want +got):\n%s", diff)
	}
	r = p.step(t, editor(), "unschedule", r, nil)
	if diff := cmp.Diff([]string{"Warmtenet"}, p.queue(t, editor(), `part: SUBMITTED`)); diff != "" {
		t.Errorf("in review again (-want +got):\n%s", diff)
	}
	p.step(t, editor(), "publish", r, input{"publishAt": moment})
	for _, c := range []struct {
		at   time.Time
		want []string
	}{{moment.Add(-time.Minute), []string{}}, {moment, []string{"Warmtenet"}}} {
		p.clock.now = c.at
		_, err := p.config.Desk.PublishDue(t.Context())
		must(t, err)
		p.follow(t)
		if diff := cmp.Diff(c.want, p.found(t, kb.Visitor(), "warmtenet")); diff != "" {
			t.Errorf("at %s (-want +got):\n%s", c.at, diff)
		}
	}
}

// queue gives the titles in a part of the review queue.
func (p *play) queue(t *testing.T, who kb.Actor, filter string) []string {
	t.Helper()
	got := answer[struct {
		ReviewQueue struct {
			TotalCount int
			Nodes      []struct{ Title string }
		}
	}](t, p.as(who), `{ reviewQueue(filter: {`+filter+`}) { totalCount nodes { ... on Material { title } ... on Question { title } } } }`, "")
	titles := []string{}
	for _, n := range got.ReviewQueue.Nodes {
		titles = append(titles, n.Title)
	}
	if len(titles) != got.ReviewQueue.TotalCount {
		t.Errorf("queue %s: %d of %d", filter, len(titles), got.ReviewQueue.TotalCount)
	}
	return titles
}
