package kb_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

func TestReadingNotifications(t *testing.T) {
	ctx := context.Background()
	w := newTellWorld(t, false)
	for _, title := range []string{"Een", "Twee", "Drie"} {
		w.submitted(title)
	}
	w.step()
	unread := func(actor kb.Actor) int {
		t.Helper()
		n, err := w.Unread(ctx, actor)
		check(t, err)
		return n
	}
	mine, theirs := w.listed(w.editor), w.listed(w.second)
	if len(mine) != 3 || unread(w.editor) != 3 {
		t.Fatalf("%d, %d unread", len(mine), unread(w.editor))
	}
	// Marking what is not one's own, or no notification, changes nothing.
	seq, err := w.MarkRead(ctx, w.editor, []kb.ID{mine[0].ID, theirs[0].ID, w.editor.Account, "onzin"})
	check(t, err)
	if seq == 0 || unread(w.editor) != 2 || unread(w.second) != 3 {
		t.Errorf("at %d: %d and %d unread", seq, unread(w.editor), unread(w.second))
	}
	seq, err = w.MarkRead(ctx, w.editor, []kb.ID{mine[0].ID})
	if err != nil || seq != 0 {
		t.Errorf("read again: %d, %v", seq, err)
	}
	page, err := w.List(ctx, w.editor, 1, "", true)
	check(t, err)
	if page.Total != 2 || !page.HasNextPage || len(page.Hits) != 1 {
		t.Errorf("%d of %d", len(page.Hits), page.Total)
	}
	_, err = w.MarkAllRead(ctx, w.editor)
	check(t, err)
	if unread(w.editor) != 0 || unread(w.second) != 3 || len(w.listed(w.editor)) != 3 {
		t.Errorf("%d unread, and %d of the other", unread(w.editor), unread(w.second))
	}
}

func TestWhoReadsNotifications(t *testing.T) {
	ctx := context.Background()
	w := newTellWorld(t, false)
	w.submitted("Een")
	w.step()
	reading, writing := w.editor, w.editor
	reading.Token, reading.Scopes = "t", []kb.Scope{kb.ScopeRead}
	writing.Token, writing.Scopes = "t", []kb.Scope{kb.ScopeWrite}
	for _, test := range []struct {
		name                string
		actor               kb.Actor
		list, read, setMode kb.Code
	}{
		{"visitor", kb.Visitor(), kb.Unauthenticated, kb.Unauthenticated, kb.Unauthenticated},
		{"system", kb.System(), kb.Unauthenticated, kb.Unauthenticated, kb.Unauthenticated},
		{"token that reads", reading, "", kb.Forbidden, kb.Forbidden},
		{"token that writes", writing, kb.Forbidden, "", ""},
		{"editor", w.editor, "", "", ""},
	} {
		_, list := w.List(ctx, test.actor, 10, "", false)
		_, read := w.MarkRead(ctx, test.actor, nil)
		_, setMode := w.SetMode(ctx, test.actor, kb.MailDaily)
		got := []kb.Code{kb.CodeOf(list), kb.CodeOf(read), kb.CodeOf(setMode)}
		if diff := cmp.Diff([]kb.Code{test.list, test.read, test.setMode}, got); diff != "" {
			t.Errorf("%s: %s", test.name, diff)
		}
	}
	if n, err := w.Unread(ctx, kb.Visitor()); n != 0 || err != nil {
		t.Errorf("a visitor: %d, %v", n, err)
	}
	if got := w.listed(w.member); len(got) > 0 {
		t.Errorf("a member reads %v", got)
	}
	_, err := w.List(ctx, w.editor, kb.MaxPage+1, "", false)
	if kb.CodeOf(err) != kb.Invalid {
		t.Errorf("too many at once: %v", err)
	}
	if _, err := w.MarkRead(ctx, w.editor, make([]kb.ID, kb.MaxPage+1)); kb.CodeOf(err) != kb.Invalid {
		t.Errorf("too many at once: %v", err)
	}
	if _, err := w.SetMode(ctx, w.editor, "HOURLY"); kb.CodeOf(err) != kb.Invalid {
		t.Errorf("an unknown mode: %v", err)
	}
}

func TestChoosingMails(t *testing.T) {
	w := newTellWorld(t, true)
	seq, err := w.SetMode(context.Background(), w.editor, kb.MailDaily)
	check(t, err)
	r := w.record(w.editor.Account)
	want := kb.Event{Type: kb.EventProfileChanged, Fields: []string{"mails"}}
	if diff := cmp.Diff(want, r.Event); diff != "" || r.By != w.editor.Account || r.Seq != seq {
		t.Error(diff, r.By, r.Seq, seq)
	}
	if seq, err := w.SetMode(context.Background(), w.editor, kb.MailDaily); seq != 0 || err != nil {
		t.Errorf("the same again: %d, %v", seq, err)
	}
}

func TestSentences(t *testing.T) {
	for _, test := range []struct {
		n    kb.Notification
		want kb.Text
	}{
		{kb.Notification{Event: kb.EventPublished, Title: "100% wonen"}, kb.Text{NL: "‘100% wonen’ is gepubliceerd.", EN: "‘100% wonen’ was published."}},
		{kb.Notification{Event: kb.EventRoleChanged, Title: "EDITOR"}, kb.Text{NL: "Uw rol is nu: redacteur.", EN: "Your role is now: editor."}},
		{kb.Notification{Event: kb.EventTeamsChanged}, kb.Text{NL: "Uw teams zijn gewijzigd. U zit nu in: –.", EN: "Your teams have changed. You are now in: –."}},
	} {
		if diff := cmp.Diff(test.want, test.n.Text()); diff != "" {
			t.Error(diff)
		}
	}
}
