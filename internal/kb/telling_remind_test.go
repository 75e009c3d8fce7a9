package kb_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

func (w *tellWorld) remind() {
	w.t.Helper()
	w.follow()
	check(w.t, w.teller.Remind(context.Background()))
	w.follow()
}

// reviewedBy makes a published lesson of the expert with a review-by date.
func (w *tellWorld) reviewedBy(title string, day kb.Date) kb.Target {
	w.t.Helper()
	f := lessonFields(title)
	f["reviewBy"] = string(day)
	draft := w.done(w.Create(context.Background(), w.expert, kb.KindLesson, f, ""))
	return w.done(w.Approve(context.Background(), w.editor, draft, nil))
}

func TestReviewByDates(t *testing.T) {
	w := newTellWorld(t, false)
	at := w.reviewedBy("Les", "2026-03-10")
	w.reviewedBy("Andere les", "2027-01-01")
	w.now = time.Date(2026, 3, 9, 22, 59, 0, 0, time.UTC) // one minute before the 10th in the Netherlands
	w.remind()
	if got := w.news(); len(got) > 0 {
		t.Errorf("too early: %v", got)
	}

	w.now = w.now.Add(time.Minute)
	w.remind()
	w.remind()
	want := []string{"Ada: REVIEW_DUE Les", "Emre: REVIEW_DUE Les", "Eva: REVIEW_DUE Les", "Rian: REVIEW_DUE Les"}
	if diff := cmp.Diff(want, w.news()); diff != "" {
		t.Error(diff)
	}
	if r := stored(t, w.store, at.ID); r.Version != at.Version {
		t.Error("the record itself was written")
	}

	// Confirmed until a later day, it is told of once more, on that day.
	w.done(w.Confirm(context.Background(), w.expert, at, "2026-06-01"))
	w.now = time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)
	w.remind()
	if got := w.news(); len(got) != 4 {
		t.Errorf("confirmed: %v", got)
	}
	w.now = time.Date(2026, 6, 2, 12, 0, 0, 0, time.UTC)
	w.remind()
	w.now = w.now.AddDate(0, 0, 20)
	w.remind()
	if got := w.news(); len(got) != 8 {
		t.Errorf("the next date: %v", got)
	}
}

// Reminders go out in the mail of the day, also to who gets the rest at once: many
// dates may be reached on one day.
func TestRemindersGoOutTogether(t *testing.T) {
	w := newTellWorld(t, true)
	w.change(w.editor, kb.EventInternal, func(x *kb.Account) { x.Mails = kb.MailAtOnce })
	for _, title := range []string{"Een", "Twee", "Drie"} {
		w.reviewedBy(title, "2026-03-10")
	}
	w.now = time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)
	w.remind()
	w.remind()
	if diff := cmp.Diff([]string{"WAITING DIGEST Rian: 3"}, w.mails()); diff != "" {
		t.Error(diff)
	}
}

// A reminder is told by who reads the store, even where the index is behind.
func TestReminderOfWhatIsNoLongerPublished(t *testing.T) {
	w := newTellWorld(t, false)
	at := w.reviewedBy("Les", "2026-03-03")
	w.now = time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)
	w.follow()
	w.done(w.Withdraw(context.Background(), w.editor, at, "Verouderd.", ""))
	check(t, w.teller.Remind(context.Background()))
	w.follow()
	if got := w.news(); len(got) > 0 {
		t.Error(got)
	}
}
