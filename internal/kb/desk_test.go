package kb_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

// From the first word of an expert to a page that readers see, by way of a review
// that asked for changes.
func TestFromDraftToPublication(t *testing.T) {
	w, ctx := newDeskWorld(t), t.Context()
	at := w.done(w.Create(ctx, w.expert, kb.KindLesson, kb.Fields{"title": "Begin klein"}, ""))
	if diff := cmp.Diff([]string{"Begin klein"}, w.titles(w.Drafts(ctx, w.expert, 10, ""))); diff != "" {
		t.Errorf("drafts (-want +got):\n%s", diff)
	}
	for who, actor := range map[string]kb.Actor{"visitor": kb.Visitor(), "member": w.member, "another expert": w.other} {
		if _, err := w.Open(ctx, actor, at.ID); kb.CodeOf(err) != kb.NotFound {
			t.Errorf("%s knows of a draft: %v", who, err)
		}
	}

	_, err := w.Submit(ctx, w.expert, at, "")
	w.refused(kb.Invalid, err)
	if diff := cmp.Diff([]string{"summary", "themes", "statement"}, problemFields(err)); diff != "" {
		t.Errorf("what is missing (-want +got):\n%s", diff)
	}
	at = w.done(w.Update(ctx, w.expert, at, kb.Fields{"summary": "Kort", "themes": []any{"wonen"}}, true))
	at = w.done(w.Update(ctx, w.expert, at, kb.Fields{"statement": "Begin klein, leer snel."}, false))
	at = w.done(w.Submit(ctx, w.expert, at, "Klaar, denk ik."))

	w.follow()
	if diff := cmp.Diff([]string{"Begin klein"}, w.titles(w.Queue(ctx, w.editor, kb.QueueFilter{}, 10, ""))); diff != "" {
		t.Errorf("queue (-want +got):\n%s", diff)
	}
	at = w.done(w.AssignReviewer(ctx, w.editor, at, w.admin.Account))
	w.follow()
	if got := w.titles(w.Queue(ctx, w.editor, kb.QueueFilter{Reviewer: w.admin.Account}, 10, "")); len(got) != 1 {
		t.Errorf("the queue of the reviewer: %q", got)
	}
	at = w.done(w.RequestChanges(ctx, w.admin, at, "Noem een voorbeeld."))
	if r := w.open(w.expert, at.ID).Live.Base().Review; r == nil || r.ChangesRequested != "Noem een voorbeeld." {
		t.Errorf("what the author reads: %+v", r)
	}
	at = w.done(w.Update(ctx, w.expert, at, kb.Fields{"context": "Zoals in Utrecht."}, false))
	at = w.done(w.Submit(ctx, w.expert, at, ""))
	if r := w.open(w.expert, at.ID).Live.Base().Review; r.Reviewer != w.admin.Account || r.ChangesRequested != "" {
		t.Errorf("submitted again: %+v", r)
	}
	_, err = w.Approve(ctx, w.expert, at, nil)
	w.refused(kb.Forbidden, err)
	at = w.done(w.Approve(ctx, w.admin, at, nil))

	w.follow()
	library := kb.NewLibrary(w.store, w.index, w.own)
	seen, err := library.BySlug(ctx, kb.Visitor(), kb.KindLesson, "begin-klein")
	if err != nil || seen.Base().PublishedBy != w.admin.Account || seen.Base().UpdatedBy != w.expert.Account || seen.Base().Review != nil {
		t.Errorf("what readers see: %+v, %v", seen, err)
	}
	if got := w.titles(w.Drafts(ctx, w.expert, 10, "")); len(got) != 0 {
		t.Errorf("drafts afterwards: %q", got)
	}
}

// Readers see the published text until what was changed is approved.
func TestAPublishedRecordIsChangedInACopy(t *testing.T) {
	w, ctx := newDeskWorld(t), t.Context()
	at := w.published("Begin klein")
	first := *w.open(w.editor, at.ID).Live.Base()
	w.now = w.now.Add(time.Hour)
	_, err := w.Update(ctx, w.expert, at, kb.Fields{"title": "Begin kleiner"}, true)
	w.refused(kb.Conflict, err) // nothing is begun by itself
	at = w.done(w.Update(ctx, w.expert, at, kb.Fields{"title": "Begin kleiner"}, false))
	at = w.done(w.Update(ctx, w.expert, at, kb.Fields{"title": "Begin het kleinst"}, true))
	d := w.open(w.expert, at.ID)
	got := []any{d.Live.Label(), d.Copy.Label(), d.Work().Label(), d.Copy.Base().Status, d.Live.Base().UpdatedAt.Equal(first.UpdatedAt)}
	if diff := cmp.Diff([]any{"Begin klein", "Begin het kleinst", "Begin het kleinst", kb.StatusDraft, true}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if d := w.open(w.member, at.ID); d.Copy != nil || d.Live.Label() != "Begin klein" {
		t.Errorf("a member sees %+v", d)
	}
	at = w.done(w.Submit(ctx, w.expert, at, ""))
	at = w.done(w.Approve(ctx, w.editor, at, nil))
	now := w.open(w.editor, at.ID)
	h := now.Live.Base()
	if now.Copy != nil || now.Live.Label() != "Begin het kleinst" || h.Slug != first.Slug || !h.PublishedAt.Equal(*first.PublishedAt) || !h.UpdatedAt.Equal(w.now) {
		t.Errorf("published as %+v", h)
	}
	at = w.done(w.Update(ctx, w.editor, at, kb.Fields{"title": "Toch niet"}, false))
	at = w.done(w.DiscardCopy(ctx, w.editor, at))
	if d := w.open(w.editor, at.ID); d.Copy != nil || d.Live.Label() != "Begin het kleinst" {
		t.Errorf("after throwing the copy away: %+v", d)
	}
}

func TestPublicationIsScheduled(t *testing.T) {
	w, ctx := newDeskWorld(t), t.Context()
	soon, later := w.now.Add(time.Hour), w.now.Add(3*time.Hour)
	at := w.draft("Later")
	at = w.done(w.Update(ctx, w.expert, at, kb.Fields{"embargoUntil": later}, false))
	at = w.done(w.Submit(ctx, w.expert, at, ""))
	at = w.done(w.Approve(ctx, w.editor, at, &soon))
	if r := w.open(w.editor, at.ID).Live.Base().Review; !r.PublishAt.Equal(later) || r.ApprovedBy != w.editor.Account {
		t.Errorf("an embargo goes before an earlier moment: %+v", r)
	}
	_, err := w.Update(ctx, w.expert, at, kb.Fields{"title": "Nog iets"}, false)
	w.refused(kb.Conflict, err)
	w.follow()
	if diff := cmp.Diff([]string{"Later"}, w.titles(w.Queue(ctx, w.editor, kb.QueueFilter{Due: kb.QueueScheduled}, 10, ""))); diff != "" {
		t.Errorf("scheduled (-want +got):\n%s", diff)
	}
	if got := w.titles(w.Queue(ctx, w.editor, kb.QueueFilter{}, 10, "")); len(got) != 0 {
		t.Errorf("still to be reviewed: %q", got)
	}
	for _, c := range []struct {
		after time.Duration
		want  int
	}{{2 * time.Hour, 0}, {time.Hour, 1}, {time.Hour, 0}} {
		w.now = w.now.Add(c.after)
		if n, err := w.PublishDue(ctx); err != nil || n != c.want {
			t.Errorf("at %s: published %d, %v, want %d", w.now, n, err, c.want)
		}
	}
	h := w.open(w.member, at.ID).Live.Base()
	if h.PublishedBy != w.editor.Account || h.UpdatedBy != w.expert.Account || !h.PublishedAt.Equal(later) {
		t.Errorf("published as %+v", h)
	}
	if r := stored(t, w.store, at.ID); r.By != "" || r.Event.Type != kb.EventPublished {
		t.Errorf("written by %q for %+v", r.By, r.Event)
	}
}

func TestSchedulesAreTakenBack(t *testing.T) {
	w, ctx := newDeskWorld(t), t.Context()
	soon := w.now.Add(time.Hour)
	at := w.done(w.Approve(ctx, w.editor, w.draft("Straks"), &soon))
	at = w.done(w.Unschedule(ctx, w.editor, at))
	w.follow()
	if got := w.titles(w.Queue(ctx, w.editor, kb.QueueFilter{}, 10, "")); !slices.Equal(got, []string{"Straks"}) {
		t.Errorf("in review again: %q", got)
	}
	at = w.done(w.Approve(ctx, w.editor, at, &soon))
	at = w.done(w.Retract(ctx, w.expert, at))
	w.now = soon
	w.follow()
	if n, err := w.PublishDue(ctx); n != 0 || err != nil {
		t.Errorf("%d published that were taken back, %v", n, err)
	}
	if h := w.open(w.expert, at.ID).Live.Base(); h.Status != kb.StatusDraft || h.Review.PublishAt != nil {
		t.Errorf("taken back as %+v", h)
	}
}

func TestWithdrawAndRestore(t *testing.T) {
	w, ctx := newDeskWorld(t), t.Context()
	better := w.published("Beter")
	at := w.published("Oud")
	at = w.done(w.Update(ctx, w.expert, at, kb.Fields{"title": "Ouder"}, false))
	_, err := w.Withdraw(ctx, w.expert, at, " ", at.ID)
	w.refused(kb.Invalid, err)
	if diff := cmp.Diff([]string{"reason", "replacedBy"}, problemFields(err)); diff != "" {
		t.Error(diff)
	}
	at = w.done(w.Withdraw(ctx, w.expert, at, "Achterhaald.", better.ID))
	stone, err := w.Tombstone(ctx, kb.Visitor(), kb.KindCase, "oud")
	if err != nil || stone.Reason != "Achterhaald." || stone.Title != "Oud" || stone.ReplacedBy.Base().ID != better.ID || stone.Kind != kb.KindLesson {
		t.Errorf("%+v, %v", stone, err)
	}
	for slug, actor := range map[string]kb.Actor{"beter": kb.Visitor(), "weg": w.admin} {
		if _, err := w.Tombstone(ctx, actor, kb.KindLesson, slug); kb.CodeOf(err) != kb.NotFound {
			t.Errorf("a tombstone of %s: %v", slug, err)
		}
	}
	if _, err := w.Open(ctx, w.member, at.ID); kb.CodeOf(err) != kb.NotFound {
		t.Errorf("a member opens what is withdrawn: %v", err)
	}
	at = w.done(w.Restore(ctx, w.editor, at))
	if d := w.open(w.member, at.ID); d.Live.Label() != "Oud" || d.Live.Base().Withdrawal != nil {
		t.Errorf("restored as %+v", d.Live)
	}
}

// An author withdrew the wrong record of theirs, and had to ask an editor to have it
// back. What they withdrew themselves they restore, what an editor withdrew they do
// not, and what someone else withdrew nobody but an editor.
func TestOwnersUndoTheirOwnWithdrawal(t *testing.T) {
	w, ctx := newDeskWorld(t), t.Context()
	at := w.done(w.Withdraw(ctx, w.expert, w.published("Verkeerde"), "Vergissing.", ""))
	_, err := w.Restore(ctx, w.other, at)
	w.refused(kb.NotFound, err)
	at = w.done(w.Restore(ctx, w.expert, at))
	if d := w.open(kb.Visitor(), at.ID); d.Live.Base().Withdrawal != nil {
		t.Errorf("restored as %+v", d.Live)
	}
	at = w.done(w.Withdraw(ctx, w.editor, at, "Achterhaald.", ""))
	_, err = w.Restore(ctx, w.expert, at)
	w.refused(kb.Forbidden, err)
}

// Only an admin removes what readers ever saw.
func TestDelete(t *testing.T) {
	w, ctx := newDeskWorld(t), t.Context()
	saved, err := w.Delete(ctx, w.expert, w.draft("Weg"))
	if err != nil || saved.Entity != nil || saved.Version != 2 {
		t.Errorf("%+v, %v", saved, err)
	}
	at := w.published("Blijft")
	for _, actor := range []kb.Actor{w.expert, w.editor} {
		_, err := w.Delete(ctx, actor, at)
		w.refused(kb.Forbidden, err)
	}
	w.done(w.Delete(ctx, w.admin, at))
	_, err = w.Open(ctx, w.admin, at.ID)
	w.refused(kb.NotFound, err)
	if again := w.draft("Blijft"); w.open(w.expert, again.ID).Live.Base().Slug != "blijft" {
		t.Error("the address is not free again")
	}
}

func TestStillCorrect(t *testing.T) {
	w, ctx := newDeskWorld(t), t.Context()
	f := lessonFields("Nog waar?")
	f["reviewBy"] = "2026-03-02"
	at := w.done(w.Create(ctx, w.expert, kb.KindLesson, f, ""))
	at = w.done(w.Approve(ctx, w.editor, at, nil))
	due := func() []string {
		w.follow()
		return w.titles(w.Queue(ctx, w.editor, kb.QueueFilter{Due: kb.QueueReviewBy}, 10, ""))
	}
	if got := due(); !slices.Equal(got, []string{"Nog waar?"}) {
		t.Errorf("due: %q", got)
	}
	at = w.done(w.Update(ctx, w.expert, at, kb.Fields{"title": "Nog steeds waar?"}, false))
	for _, day := range []kb.Date{"", "morgen", "2026-03-01", "2026"} {
		_, err := w.Confirm(ctx, w.expert, at, day)
		w.refused(kb.Invalid, err)
	}
	at = w.done(w.Confirm(ctx, w.expert, at, "2027-03-02"))
	d := w.open(w.expert, at.ID)
	if got := due(); len(got) != 0 || d.Live.(*kb.Lesson).ReviewBy != "2027-03-02" || d.Copy.(*kb.Lesson).ReviewBy != "2027-03-02" {
		t.Errorf("due: %q; live %+v, copy %+v", got, d.Live, d.Copy)
	}
}

// One record that cannot be read used to keep all others from being published.
func TestPublishingGoesOnBesideDamage(t *testing.T) {
	w, ctx := newDeskWorld(t), t.Context()
	soon := w.now.Add(time.Hour)
	first := w.done(w.Approve(ctx, w.editor, w.draft("Kapot"), &soon))
	w.now = w.now.Add(time.Minute)
	w.done(w.Approve(ctx, w.editor, w.draft("Heel"), &soon))
	w.follow()
	record := stored(t, w.store, first.ID)
	record.Version, record.Live = record.Version+1, []byte(`{"title":7}`)
	results, err := w.store.Put(ctx, []kb.Record{record})
	check(t, err)
	check(t, results[0].Err)
	w.now = soon
	if n, err := w.PublishDue(ctx); n != 1 || kb.CodeOf(err) != kb.Damaged {
		t.Errorf("%d published, %v", n, err)
	}
}

// A tombstone is for who could read the record, and leads no further than they may go.
func TestTombstonesKeepSecrets(t *testing.T) {
	w, ctx := newDeskWorld(t), t.Context()
	circle := w.done(w.Create(ctx, w.editor, kb.KindLearningCircle, kb.Fields{"name": "Kring"}, ""))
	circle = w.done(w.Approve(ctx, w.editor, circle, nil))
	inTeam := w.account("Tess", kb.RoleMember, kb.Membership{Team: circle.ID, Role: kb.TeamParticipant})
	hidden := w.draft("Opvolger")
	for visibility, readers := range map[string][]string{
		"PUBLIC": {"expert", "member", "team", "visitor"}, "MEMBERS": {"expert", "member", "team"}, "TEAM": {"expert", "team"},
	} {
		f := lessonFields("Weg " + visibility)
		f["visibility"], f["team"] = visibility, circle.ID
		at := w.done(w.Create(ctx, w.editor, kb.KindLesson, f, ""))
		at = w.done(w.Approve(ctx, w.editor, at, nil))
		w.done(w.Withdraw(ctx, w.editor, at, "Oud.", hidden.ID))
		slug := stored(t, w.store, at.ID).Keys[0]
		slug = slug[len(kb.SlugKey(kb.KindLesson, "")):]
		var got []string
		for who, actor := range map[string]kb.Actor{"visitor": kb.Visitor(), "member": w.member, "team": inTeam, "expert": w.editor} {
			stone, err := w.Tombstone(ctx, actor, kb.KindLesson, slug)
			switch {
			case err == nil:
				got = append(got, who)
				if named := stone.ReplacedBy != nil; named != actor.CanEdit() {
					t.Errorf("%s: %s is told of %v", visibility, who, stone.ReplacedBy)
				}
			case kb.CodeOf(err) != kb.NotFound:
				t.Errorf("%s: %s: %v", visibility, who, err)
			}
		}
		slices.Sort(got)
		if diff := cmp.Diff(readers, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", visibility, diff)
		}
	}
}

// Lists are for who has something to do there, page by page.
func TestListsOfWhatIsToDo(t *testing.T) {
	w, ctx := newDeskWorld(t), t.Context()
	for _, title := range []string{"Eerste", "Tweede", "Derde"} {
		w.now = w.now.Add(time.Minute)
		w.done(w.Submit(ctx, w.expert, w.draft(title), ""))
	}
	page, err := w.Drafts(ctx, w.expert, 2, "")
	if diff := cmp.Diff([]string{"Derde", "Tweede"}, w.titles(page, err)); diff != "" || page.Total != 3 {
		t.Errorf("what was changed last comes first; %d in all (-want +got):\n%s", page.Total, diff)
	}
	if diff := cmp.Diff([]string{"Eerste"}, w.titles(w.Drafts(ctx, w.expert, 2, page.Hits[1].Cursor))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"Eerste", "Tweede", "Derde"}, w.titles(w.Queue(ctx, w.editor, kb.QueueFilter{Due: kb.QueueInReview}, 10, ""))); diff != "" {
		t.Errorf("what waits longest comes first (-want +got):\n%s", diff)
	}
	if got := w.titles(w.Drafts(ctx, w.editor, 10, "")); len(got) != 0 {
		t.Errorf("the drafts of an editor who wrote nothing: %q", got)
	}
	for name, c := range map[string]struct {
		err  error
		want kb.Code
	}{
		"drafts of nobody":        {errorOf(w.Drafts(ctx, kb.Visitor(), 1, "")), kb.Unauthenticated},
		"drafts of the program":   {errorOf(w.Drafts(ctx, kb.System(), 1, "")), kb.Forbidden},
		"too many":                {errorOf(w.Drafts(ctx, w.expert, 101, "")), kb.Invalid},
		"the queue, by a visitor": {errorOf(w.Queue(ctx, kb.Visitor(), kb.QueueFilter{}, 1, "")), kb.Unauthenticated},
		"a queue of another name": {errorOf(w.Queue(ctx, w.editor, kb.QueueFilter{Due: "OOIT"}, 1, "")), kb.Invalid},
		"a reviewer who is none":  {errorOf(w.AssignReviewer(ctx, w.editor, w.done(w.Submit(ctx, w.expert, w.draft("x"), "")), w.expert.Account)), kb.Invalid},
	} {
		if kb.CodeOf(c.err) != c.want {
			t.Errorf("%s: %v, want %s", name, c.err, c.want)
		}
	}
}

func TestManyRecordsAreOpenedAtOnce(t *testing.T) {
	w, ctx := newDeskWorld(t), t.Context()
	draft, published := w.draft("Concept"), w.published("Boek")
	ids := []kb.ID{draft.ID, published.ID, "onzin", kb.DeriveID("no", "thing"), w.expert.Account}
	for who, c := range map[string]struct {
		actor kb.Actor
		want  []kb.ID
	}{
		"visitor": {kb.Visitor(), []kb.ID{published.ID}}, "another expert": {w.other, []kb.ID{published.ID}},
		"owner": {w.expert, []kb.ID{draft.ID, published.ID}}, "admin": {w.admin, []kb.ID{draft.ID, published.ID}},
	} {
		found, err := w.OpenAll(ctx, c.actor, ids)
		check(t, err)
		if len(found) != len(c.want) {
			t.Errorf("%s: %v", who, found)
		}
		for _, id := range c.want {
			one, err := w.Open(ctx, c.actor, id)
			check(t, err)
			if diff := cmp.Diff(one, found[id]); diff != "" {
				t.Errorf("%s: one by one and at once differ:\n%s", who, diff)
			}
		}
	}
}
