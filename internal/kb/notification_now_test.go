package kb_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

// Dora is an editor and gets one mail a day. A confidential plan is submitted in the
// morning; at noon she is an editor no more. Her list, the mail of the next morning
// and the overview of her data must not tell what the plan is called, or what was
// said of it. Her colleague still reads both.
func TestLostRoleIsToldNothing(t *testing.T) {
	w := newMailWorld(t)
	ctx := context.Background()
	dora := w.account("Dora", kb.RoleEditor)
	w.follow()
	w.mode(dora, kb.MailDaily)
	w.mode(w.editor, kb.MailDaily)
	w.step()
	w.done(w.Submit(ctx, w.expert, w.draft("Vertrouwelijk plan"), "Geheime toelichting"))
	w.step()
	if got := w.listed(dora); len(got) != 1 || got[0].Title != "Vertrouwelijk plan" || got[0].Note != "Geheime toelichting" {
		t.Fatalf("as an editor: %+v", got)
	}

	dora = w.demote(dora)
	got := w.listed(dora)
	if len(got) != 1 || got[0].Title != "" || got[0].Note != "" {
		t.Errorf("as a visitor: %+v", got)
	}
	w.now = w.now.Add(30 * time.Hour)
	if diff := cmp.Diff([]string{"Rian: Kennisbank: 1 nieuwe melding"}, w.due()); diff != "" {
		t.Error(diff)
	}
	if !tells(w.post.taken, "Vertrouwelijk plan") || !tells(w.post.taken, "Geheime toelichting") {
		t.Error("an editor is told no more")
	}

	accounts := kb.NewAccounts(kb.AccountsConfig{Store: w.store, Search: w.index, Own: w.own, Now: w.clock})
	data, err := accounts.PersonalData(ctx, dora)
	check(t, err)
	if len(data.Notifications) != 1 || data.Notifications[0].Title != "" || data.Notifications[0].Note != "" {
		t.Errorf("in the overview of her data: %+v", data.Notifications)
	}
}

// What was said of a record is for those who work on it: who lost their role still
// reads that it was published, under the name that everyone reads, and not the note.
func TestLostRoleKeepsWhatIsPublic(t *testing.T) {
	w := newTellWorld(t, false)
	ctx := context.Background()
	dora := w.account("Dora", kb.RoleEditor)
	w.follow()
	at := w.submitted("Les")
	w.step()
	w.done(w.Approve(ctx, w.editor, at, nil))
	dora = w.demote(dora)
	got := w.listed(dora)
	if len(got) != 1 || got[0].Title != "Les" || got[0].Note != "" {
		t.Errorf("%+v", got)
	}
}

// demote makes an account that of a visitor.
func (w *tellWorld) demote(actor kb.Actor) kb.Actor {
	w.t.Helper()
	found, err := w.store.Get(context.Background(), []kb.ID{actor.Account})
	check(w.t, err)
	live, _, err := kb.DecodeRecord(found[actor.Account])
	check(w.t, err)
	x := live.(*kb.Account)
	x.Role = kb.RoleVisitor
	w.put(x)
	w.follow()
	return x.Actor()
}

// tells reports whether any of the letters holds a text.
func tells(letters []*kb.Letter, text string) bool {
	for _, l := range letters {
		for _, p := range l.Parts {
			if strings.Contains(p.Text+" "+p.Label, text) {
				return true
			}
		}
	}
	return false
}
