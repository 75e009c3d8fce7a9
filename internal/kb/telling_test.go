package kb_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

// tellWorld is a desk whose events are told.
type tellWorld struct {
	*deskWorld
	*kb.Notifications
	teller *kb.Teller
	second kb.Actor // another editor
}

func newTellWorld(t testing.TB, mails bool) *tellWorld {
	t.Helper()
	w := &tellWorld{deskWorld: newDeskWorld(t)}
	w.second = w.account("Emre", kb.RoleEditor)
	w.Notifications = kb.NewNotifications(w.store, w.index, w.own, w.clock)
	w.teller = w.newTeller(mails)
	w.step() // it begins at the end
	return w
}

func (w *tellWorld) clock() time.Time { return w.now }

func (w *tellWorld) newTeller(mails bool) *kb.Teller {
	return kb.NewTeller(kb.TellerConfig{
		Store: w.store, Search: w.index, Now: w.clock, Mails: mails,
		Follow: func(context.Context, kb.Seq) error { w.follow(); return nil },
	})
}

// step tells all that happened, and gives the mails that are to be sent.
func (w *tellWorld) step() []kb.ID {
	w.t.Helper()
	return w.stepWith(w.teller)
}

func (w *tellWorld) stepWith(teller *kb.Teller) []kb.ID {
	w.t.Helper()
	var mails []kb.ID
	for {
		ids, more, err := teller.Step(context.Background())
		check(w.t, err)
		mails = append(mails, ids...)
		if !more {
			w.follow()
			return mails
		}
	}
}

func (w *tellWorld) listed(actor kb.Actor) []*kb.Notification {
	w.t.Helper()
	page, err := w.List(context.Background(), actor, kb.MaxPage, "", false)
	check(w.t, err)
	var out []*kb.Notification
	for _, h := range page.Hits {
		out = append(out, h.Entity.(*kb.Notification))
	}
	return out
}

// news gives what everyone was told, as "name: EVENT title", and forgets nothing.
func (w *tellWorld) news() []string {
	w.t.Helper()
	var out []string
	for _, actor := range []kb.Actor{w.expert, w.other, w.member, w.editor, w.second, w.admin} {
		for _, n := range w.listed(actor) {
			line := fmt.Sprintf("%s: %s %s", actor.Name, n.Event, n.Title)
			if n.Note != "" {
				line += " (" + n.Note + ")"
			}
			out = append(out, line)
		}
	}
	slices.Sort(out)
	return out
}

// submitted makes a lesson that is in review.
func (w *tellWorld) submitted(title string) kb.Target {
	return w.done(w.Submit(context.Background(), w.expert, w.draft(title), "Klaar?"))
}

// telling is something that happens, and who is told of it.
type telling struct {
	name string
	// before happens before the teller looks, then do.
	before func(w *tellWorld) kb.Target
	do     func(w *tellWorld, at kb.Target)
	want   []string
}

// ofReview are the steps of a review.
func ofReview() []telling {
	ctx := context.Background()
	return []telling{
		{
			"a submission goes to all editors",
			func(w *tellWorld) kb.Target { return w.draft("Les") },
			func(w *tellWorld, at kb.Target) { w.done(w.Submit(ctx, w.expert, at, "Klaar?")) },
			[]string{"Ada: SUBMITTED Les (Klaar?)", "Emre: SUBMITTED Les (Klaar?)", "Rian: SUBMITTED Les (Klaar?)"},
		},
		{
			"a reviewer hears of it, and is the only one at the next submission",
			func(w *tellWorld) kb.Target { return w.submitted("Les") },
			func(w *tellWorld, at kb.Target) {
				at = w.done(w.AssignReviewer(ctx, w.admin, at, w.editor.Account))
				at = w.done(w.RequestChanges(ctx, w.editor, at, "Korter."))
				w.done(w.Submit(ctx, w.expert, at, ""))
			},
			[]string{"Eva: CHANGES_REQUESTED Les (Korter.)", "Rian: REVIEWER_ASSIGNED Les", "Rian: SUBMITTED Les"},
		},
		{
			"a publication",
			func(w *tellWorld) kb.Target { return w.submitted("Les") },
			func(w *tellWorld, at kb.Target) { w.done(w.Approve(ctx, w.editor, at, nil)) },
			[]string{"Eva: PUBLISHED Les"},
		},
		{
			"a publication later, by the program itself",
			func(w *tellWorld) kb.Target { return w.submitted("Les") },
			func(w *tellWorld, at kb.Target) {
				later := w.now.Add(time.Hour)
				w.done(w.Approve(ctx, w.editor, at, &later))
				w.now = later
				w.follow()
				n, err := w.PublishDue(ctx)
				check(w.t, err)
				if n != 1 {
					w.t.Fatalf("%d published", n)
				}
			},
			[]string{"Eva: PUBLISHED Les", "Eva: SCHEDULED Les"},
		},
		{
			"a withdrawal",
			func(w *tellWorld) kb.Target { return w.published("Les") },
			func(w *tellWorld, at kb.Target) { w.done(w.Withdraw(ctx, w.editor, at, "Verouderd.", "")) },
			[]string{"Eva: WITHDRAWN Les (Verouderd.)"},
		},
		{
			"comments go to all who talk, but not to who speaks",
			func(w *tellWorld) kb.Target { return w.submitted("Les") },
			func(w *tellWorld, at kb.Target) {
				w.comment(w.editor, at, "Mooi.")
				w.comment(w.second, at, "Vind ik ook.")
				w.comment(w.expert, at, "Dank.")
			},
			[]string{
				"Emre: COMMENTED Les (Dank.)", "Eva: COMMENTED Les (Mooi.)", "Eva: COMMENTED Les (Vind ik ook.)",
				"Rian: COMMENTED Les (Dank.)", "Rian: COMMENTED Les (Vind ik ook.)",
			},
		},
	}
}

// ofNoNews are steps that few or none are told of.
func ofNoNews() []telling {
	ctx := context.Background()
	return []telling{
		{
			"what one does oneself",
			func(w *tellWorld) kb.Target {
				return w.done(w.Create(ctx, w.editor, kb.KindLesson, lessonFields("Eigen"), ""))
			},
			func(w *tellWorld, at kb.Target) {
				w.done(w.Withdraw(ctx, w.editor, w.done(w.Approve(ctx, w.editor, at, nil)), "Toch niet.", ""))
			},
			nil,
		},
		{
			"saving is no news",
			func(w *tellWorld) kb.Target { return w.draft("Les") },
			func(w *tellWorld, at kb.Target) {
				w.done(w.Update(ctx, w.expert, at, kb.Fields{"title": "Lesje"}, false))
			},
			nil,
		},
		{
			"a working copy is told of by its own name to those who may read it",
			func(w *tellWorld) kb.Target { return w.published("Les") },
			func(w *tellWorld, at kb.Target) {
				at = w.done(w.Update(ctx, w.expert, at, kb.Fields{"title": "Les twee"}, false))
				w.done(w.Submit(ctx, w.expert, at, ""))
			},
			[]string{"Ada: SUBMITTED Les twee", "Emre: SUBMITTED Les twee", "Rian: SUBMITTED Les twee"},
		},
		{
			"what was deleted since",
			func(w *tellWorld) kb.Target { return w.submitted("Les") },
			func(w *tellWorld, at kb.Target) {
				at = w.done(w.RequestChanges(ctx, w.editor, at, "Korter."))
				_, err := w.Delete(ctx, w.expert, at)
				check(w.t, err)
			},
			// Of the changes nobody is told, and what was told has no name any more.
			[]string{"Ada: SUBMITTED ", "Emre: SUBMITTED ", "Rian: SUBMITTED "},
		},
	}
}

// ofAccounts is about who people are.
func ofAccounts() []telling {
	ctx := context.Background()
	return []telling{
		{
			"accounts that may not sign in",
			func(w *tellWorld) kb.Target { return w.draft("Les") },
			func(w *tellWorld, at kb.Target) {
				w.change(w.second, kb.EventDisabled, func(x *kb.Account) { x.Disabled = true })
				w.change(w.admin, kb.EventInternal, func(x *kb.Account) { x.App = true })
				w.done(w.Submit(ctx, w.expert, at, ""))
			},
			[]string{"Rian: SUBMITTED Les"},
		},
		{
			"an editor who is none any more",
			func(w *tellWorld) kb.Target {
				return w.done(w.AssignReviewer(ctx, w.admin, w.submitted("Les"), w.second.Account))
			},
			func(w *tellWorld, at kb.Target) {
				w.change(w.second, kb.EventInternal, func(x *kb.Account) { x.Role = kb.RoleMember })
				w.done(w.Submit(ctx, w.expert, w.done(w.RequestChanges(ctx, w.editor, at, "Korter.")), ""))
			},
			[]string{"Eva: CHANGES_REQUESTED Les (Korter.)"},
		},
		{
			"another role and another team",
			func(w *tellWorld) kb.Target {
				circle := &kb.LearningCircle{Head: head("kring-wonen"), Name: "Kring Wonen"}
				circle.Visibility, circle.Team = kb.VisibilityTeam, circle.ID
				w.put(circle)
				hidden := &kb.LearningCircle{Head: head("kring-verborgen"), Name: "Kring Verborgen"}
				hidden.Status = kb.StatusDraft
				w.put(hidden)
				return kb.Target{}
			},
			func(w *tellWorld, _ kb.Target) {
				w.change(w.member, kb.EventRoleChanged, func(x *kb.Account) { x.Role = kb.RoleExpert })
				w.change(w.member, kb.EventTeamsChanged, func(x *kb.Account) {
					x.Teams = []kb.Membership{
						{Team: head("kring-wonen").ID, Role: kb.TeamParticipant}, {Team: head("kring-verborgen").ID, Role: kb.TeamParticipant},
					}
				})
			},
			[]string{"Mo: ROLE_CHANGED EXPERT", "Mo: TEAMS_CHANGED Kring Wonen"},
		},
	}
}

func TestWhoIsTold(t *testing.T) {
	for _, test := range slices.Concat(ofReview(), ofNoNews(), ofAccounts()) {
		t.Run(test.name, func(t *testing.T) {
			w := newTellWorld(t, false)
			at := test.before(w)
			w.stepWith(w.newTeller(false))
			before := w.news()
			test.do(w, at)
			w.step()
			got := slices.DeleteFunc(w.news(), func(line string) bool { return slices.Contains(before, line) })
			if diff := cmp.Diff(test.want, got); diff != "" && len(test.want)+len(got) > 0 {
				t.Error(diff)
			}
		})
	}
}

func (w *tellWorld) comment(actor kb.Actor, at kb.Target, text string) {
	w.t.Helper()
	w.now = w.now.Add(time.Minute)
	_, _, err := w.AddComment(context.Background(), actor, at.ID, "", text)
	check(w.t, err)
}

// change changes an account, as an admin or the program does.
func (w *tellWorld) change(who kb.Actor, event kb.EventType, change func(*kb.Account)) {
	w.t.Helper()
	live, _, err := kb.DecodeRecord(w.record(who.Account))
	check(w.t, err)
	change(live.(*kb.Account))
	live.Base().UpdatedBy = ""
	r, err := kb.NewRecord(live, nil)
	check(w.t, err)
	r.Event = kb.Event{Type: event, Note: "EXPERT"}
	results, err := w.store.Put(context.Background(), []kb.Record{r})
	check(w.t, err)
	check(w.t, results[0].Err)
}

func (w *tellWorld) record(id kb.ID) kb.Record {
	w.t.Helper()
	found, err := w.store.Get(context.Background(), []kb.ID{id})
	check(w.t, err)
	return found[id]
}

// Doing it all again, by another process that begins where the first one began,
// makes nothing twice.
func TestTellingAgainIsFree(t *testing.T) {
	w := newTellWorld(t, true)
	w.change(w.editor, kb.EventInternal, func(x *kb.Account) { x.Mails = kb.MailAtOnce })
	w.change(w.second, kb.EventInternal, func(x *kb.Account) { x.Mails = kb.MailDaily })
	behind := w.newTeller(true)
	w.stepWith(behind)
	w.submitted("Een")
	w.submitted("Twee")
	w.step()
	want, mails := w.news(), w.mails()
	// The modes change in between, as between a crash and the next start.
	w.change(w.editor, kb.EventInternal, func(x *kb.Account) { x.Mails = kb.MailDaily })
	w.change(w.second, kb.EventInternal, func(x *kb.Account) { x.Mails = kb.MailAtOnce })
	w.stepWith(behind)
	if diff := cmp.Diff(want, w.news()); diff != "" || len(want) != 6 {
		t.Error(diff, want)
	}
	if diff := cmp.Diff(mails, w.mails()); diff != "" || len(mails) != 3 {
		t.Error(diff, mails)
	}
	last, err := w.store.Last(context.Background())
	check(t, err)
	w.step()
	w.step()
	after, err := w.store.Last(context.Background())
	check(t, err)
	if after > last+1 {
		t.Errorf("with nothing to tell, %d writes", after-last)
	}
}

// mails gives all mails as "STATE TYPE name: notifications".
func (w *tellWorld) mails() []string {
	w.t.Helper()
	var out []string
	for _, m := range w.outgoing() {
		live, _, err := kb.DecodeRecord(w.record(m.Account))
		check(w.t, err)
		out = append(out, fmt.Sprintf("%s %s %s: %d", m.State, m.Type, live.Label(), len(m.Notifications)))
	}
	slices.Sort(out)
	return out
}

func (w *tellWorld) outgoing() []*kb.Mail {
	w.t.Helper()
	var out []*kb.Mail
	check(w.t, kb.Walk(context.Background(), w.store.Changes, func(records []kb.Record) error {
		for _, r := range records {
			if r.Kind != kb.KindMail || r.Deleted {
				continue
			}
			live, _, err := kb.DecodeRecord(r)
			if err != nil {
				return err
			}
			out = append(out, live.(*kb.Mail))
		}
		return nil
	}))
	return out
}

// A collection that was brought in before anyone was told of anything is no news,
// and neither is one that is brought in later.
func TestImportsAreNoNews(t *testing.T) {
	w := newTellWorld(t, true)
	for i := range 1_200 {
		l := &kb.Lesson{Common: kb.Common{Head: head(fmt.Sprint("les-", i)), Title: "Les", Language: "nl"}, Statement: "Zo."}
		l.CreatedBy = w.expert.Account
		r, err := kb.NewRecord(l, nil)
		check(t, err)
		r.Event = kb.Event{Type: kb.EventImported}
		results, err := w.store.Put(context.Background(), []kb.Record{r})
		check(t, err)
		check(t, results[0].Err)
	}
	w.step()
	last, err := w.store.Last(context.Background())
	check(t, err)
	if got := w.news(); len(got) > 0 || w.teller.Position() != last {
		t.Errorf("told %v, at %d of %d", got, w.teller.Position(), last)
	}
	// The progress was written, so that the next start does not read it all again.
	next := w.newTeller(true)
	_, _, err = next.Step(context.Background())
	check(t, err)
	if next.Position() < last-500 {
		t.Errorf("the next start begins at %d of %d", next.Position(), last)
	}
}
