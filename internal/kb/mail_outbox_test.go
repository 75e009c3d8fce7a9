package kb_test

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

// post is a mail server in memory: it takes letters, or answers as told.
type post struct {
	taken []*kb.Letter
	// before is asked when the letter is there and was not claimed, after when it was.
	before, after func(*kb.Letter) error
}

func (p *post) Send(_ context.Context, l *kb.Letter, claim func() error) error {
	if p.before != nil {
		if err := p.before(l); err != nil {
			return err
		}
	}
	if err := claim(); err != nil {
		return err
	}
	if p.after != nil {
		if err := p.after(l); err != nil {
			return err
		}
	}
	p.taken = append(p.taken, l)
	return nil
}

// mailWorld is a world with an outbox.
type mailWorld struct {
	*tellWorld
	*kb.Outbox
	post    *post
	tickets []string // links that were made, the last one of which works
}

func newMailWorld(t testing.TB) *mailWorld {
	t.Helper()
	w := &mailWorld{tellWorld: newTellWorld(t, true), post: &post{}}
	w.Outbox = w.outbox(w.store)
	return w
}

func (w *mailWorld) outbox(store kb.Store) *kb.Outbox {
	n := 0
	return kb.NewOutbox(kb.OutboxConfig{
		Store: store, Search: w.index, Now: w.clock, Random: rand.Reader, BaseURL: "https://kennis.example.nl",
		NewID: func() kb.ID { n++; return kb.DeriveID(fmt.Sprintf("attempt %p", store), strconv.Itoa(n)) },
		Tickets: func(_ context.Context, account kb.ID, p kb.TicketPurpose) (string, error) {
			w.tickets = append(w.tickets, fmt.Sprintf("https://kennis.example.nl/%s/%d", p, len(w.tickets)))
			return w.tickets[len(w.tickets)-1], nil
		},
	})
}

// due sends what is due, and gives the names and subjects of what was taken.
func (w *mailWorld) due() []string {
	w.t.Helper()
	w.follow()
	_, err := w.SendDue(context.Background(), w.post)
	check(w.t, err)
	w.follow()
	return w.subjects()
}

func (w *mailWorld) subjects() []string {
	var out []string
	for _, l := range w.post.taken {
		out = append(out, l.Name+": "+l.Subject)
	}
	return out
}

func (w *mailWorld) mode(who kb.Actor, mode kb.MailMode) {
	w.t.Helper()
	_, err := w.SetMode(context.Background(), who, mode)
	check(w.t, err)
}

func TestMailAtOnceAndDaily(t *testing.T) {
	w := newMailWorld(t)
	w.mode(w.editor, kb.MailAtOnce)
	w.mode(w.second, kb.MailDaily)
	w.submitted("Een")
	fresh := w.step()
	sent, err := w.Send(context.Background(), w.post, fresh)
	check(t, err)
	atOnce := []string{"Rian: ‘Een’ is ingediend. Wilt u het beoordelen?"}
	if diff := cmp.Diff(atOnce, w.subjects()); diff != "" || sent != 1 {
		t.Error(diff, sent)
	}
	w.submitted("Twee")
	w.step()
	w.due()
	w.now = time.Date(2026, 3, 3, 5, 59, 0, 0, time.UTC) // 06:59 in the Netherlands
	if got := w.due(); len(got) != 2 {
		t.Errorf("before seven: %v", got)
	}
	w.now = w.now.Add(time.Minute)
	if diff := cmp.Diff("Emre: Kennisbank: 2 nieuwe meldingen", w.due()[2]); diff != "" {
		t.Error(diff)
	}
	w.now = w.now.AddDate(0, 0, 1)
	if got := w.due(); len(got) != 3 {
		t.Errorf("the next day: %v", got)
	}
	want := []string{"SENT DIGEST Emre: 2", "SENT NOTIFICATION Rian: 1", "SENT NOTIFICATION Rian: 1"}
	if diff := cmp.Diff(want, w.mails()); diff != "" {
		t.Error(diff)
	}
}

// What came too late for the mail of a day is in that of the next one.
func TestTooLateForTheMailOfADay(t *testing.T) {
	w := newMailWorld(t)
	w.mode(w.editor, kb.MailDaily)
	w.submitted("Een")
	w.step()
	w.submitted("Twee") // which the teller hears of after the mail went out
	w.now = time.Date(2026, 3, 3, 6, 0, 0, 0, time.UTC)
	w.due()
	w.step()
	w.now = w.now.AddDate(0, 0, 1)
	want := []string{"Rian: Kennisbank: 1 nieuwe melding", "Rian: Kennisbank: 1 nieuwe melding"}
	if diff := cmp.Diff(want, w.due()); diff != "" {
		t.Error(diff)
	}
}

func TestMailsThatNobodyNeedsAnyMore(t *testing.T) {
	for name, happens := range map[string]func(w *mailWorld){
		"it was read":           func(w *mailWorld) { _, err := w.MarkAllRead(context.Background(), w.editor); check(w.t, err) },
		"mails were stopped":    func(w *mailWorld) { w.mode(w.editor, kb.MailNone) },
		"the account is closed": func(w *mailWorld) { w.change(w.editor, kb.EventDisabled, func(x *kb.Account) { x.Disabled = true }) },
	} {
		t.Run(name, func(t *testing.T) {
			w := newMailWorld(t)
			w.mode(w.editor, kb.MailDaily)
			w.submitted("Een")
			w.step()
			happens(w)
			w.now = w.now.AddDate(0, 0, 1)
			if got := w.due(); len(got) > 0 || len(w.mails()) > 0 {
				t.Errorf("sent %v, left %v", got, w.mails())
			}
		})
	}
}

func TestALetter(t *testing.T) {
	w := newMailWorld(t)
	w.mode(w.expert, kb.MailAtOnce)
	w.change(w.expert, kb.EventInternal, func(x *kb.Account) { x.Language = "en" })
	at := w.submitted("Begin klein")
	at = w.done(w.RequestChanges(context.Background(), w.editor, at, "Korter,\nalstublieft."))
	w.done(w.Approve(context.Background(), w.editor, at, nil))
	w.step()
	w.due()
	if len(w.post.taken) != 2 {
		t.Fatal(w.subjects())
	}
	l := w.post.taken[0]
	if !strings.HasPrefix(l.Subject, "Changes were requested in ‘Begin klein’") {
		l = w.post.taken[1]
	}
	stop, secret, _ := strings.Cut(l.Stop, "/mail/stop/")
	if stop != "https://kennis.example.nl/en" || len(secret) < 40 {
		t.Errorf("the link that stops mails is %s", l.Stop)
	}
	want := []kb.LetterPart{
		{Text: "Dear Eva,"},
		{Text: "Changes were requested in ‘Begin klein’.", Link: "https://kennis.example.nl/en/les/begin-klein", Label: "Begin klein"},
		{Text: "Rian: Korter,\nalstublieft."},
		{Link: "https://kennis.example.nl/en/meldingen", Label: "All your notifications"},
		{Text: "You get this mail because you have an account of the knowledge base.", Link: l.Stop, Label: "No more mails"},
	}
	if diff := cmp.Diff(want, l.Parts); diff != "" {
		t.Error(diff)
	}
	if l.To != "Eva@leerkring.example" || l.Name != "Eva" || l.Language != "en" {
		t.Errorf("%+v", l)
	}

	// The link works without signing in, as often as it is followed.
	for range 2 {
		check(t, w.Stop(context.Background(), secret))
	}
	live, _, err := kb.DecodeRecord(w.record(w.expert.Account))
	check(t, err)
	if got := live.(*kb.Account).Mails; got != kb.MailNone {
		t.Errorf("mails are %s", got)
	}
	for _, bad := range []string{"", secret[:30], secret + "x", string(w.editor.Account) + secret[26:], strings.ToUpper(secret), strings.Repeat("é", 40)} {
		if err := w.Stop(context.Background(), bad); kb.CodeOf(err) != kb.NotFound {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

// invite writes a mail with a link, as accounts do.
func (w *mailWorld) invite(who kb.Actor, kind kb.MailType) *kb.Mail {
	w.t.Helper()
	id := kb.DeriveID("invitation", string(who.Account)+string(kind))
	m := &kb.Mail{
		Head:    kb.Head{ID: id, Slug: string(id), Status: kb.StatusPublished, Visibility: kb.VisibilityMembers, CreatedAt: w.now, UpdatedAt: w.now},
		Account: who.Account, Type: kind, State: kb.MailWaiting, NextTry: w.now,
	}
	w.put(m)
	return m
}

func TestMailsWithLinks(t *testing.T) {
	w := newMailWorld(t)
	for _, kind := range []kb.MailType{kb.MailInvitation, kb.MailConfirm, kb.MailReset} {
		w.invite(w.member, kind)
	}
	sent, err := w.Send(context.Background(), w.post, w.step())
	check(t, err)
	if sent != 3 {
		t.Fatalf("%d sent", sent)
	}
	for i, l := range w.post.taken {
		if l.Stop != "" || len(l.Parts) != 4 || l.Parts[2].Link != w.tickets[i] {
			t.Errorf("%+v", l)
		}
	}
	// No secret is in the store.
	for _, m := range w.outgoing() {
		if text := string(w.record(m.ID).Live); strings.Contains(text, "https://") {
			t.Error(text)
		}
	}
}

// A stranger opened an account under the address of someone else and called it "Win €
// 500 at evil.example": our own mail said so. It greets nobody until they answered.
func TestAMailGreetsByNoNameOfAStranger(t *testing.T) {
	w := newMailWorld(t)
	account := func(email string, confirmed *time.Time) kb.Actor {
		id := kb.DeriveID("stranger", email)
		x := &kb.Account{
			Head: kb.Head{ID: id, Slug: string(id), Status: kb.StatusPublished, Visibility: kb.VisibilityMembers, CreatedAt: w.now, CreatedBy: id, UpdatedAt: w.now},
			Name: "Win 500 euro op evil.example", Email: email, Role: kb.RoleVisitor, Language: "nl", Mails: kb.MailDaily, ConfirmedAt: confirmed,
		}
		w.put(x)
		return x.Actor()
	}
	stranger, known := account("vera@leerkring.example", nil), account("ster@leerkring.example", &w.now)
	w.invite(stranger, kb.MailConfirm)
	w.invite(stranger, kb.MailReset)
	w.invite(known, kb.MailReset)
	_, err := w.Send(context.Background(), w.post, w.step())
	check(t, err)
	if len(w.post.taken) != 3 {
		t.Fatalf("%d mails", len(w.post.taken))
	}
	for _, l := range w.post.taken[:2] {
		if text := fmt.Sprint(*l); strings.Contains(text, "evil") || l.Parts[0].Text != "Goedendag," {
			t.Error(text)
		}
	}
	if got := w.post.taken[2].Parts[0].Text; got != "Beste Win 500 euro op evil.example," {
		t.Errorf("who answered is greeted by %q", got)
	}
}

// Two processes that send one mail with a link each end the link of the other. What
// goes out is a link that works.
func TestTheLinkThatGoesOutWorks(t *testing.T) {
	w := newMailWorld(t)
	m := w.invite(w.member, kb.MailReset)
	other := w.outbox(w.store)
	w.post.before = func(*kb.Letter) error {
		w.post.before = nil
		_, err := other.Send(context.Background(), w.post, []kb.ID{m.ID})
		return err
	}
	_, err := w.Send(context.Background(), w.post, []kb.ID{m.ID})
	check(t, err)
	if len(w.post.taken) != 1 || w.post.taken[0].Parts[2].Link != w.tickets[len(w.tickets)-1] {
		t.Errorf("%d went out; links %v", len(w.post.taken), w.tickets)
	}
}

func TestBackOff(t *testing.T) {
	w := newMailWorld(t)
	w.mode(w.editor, kb.MailAtOnce)
	w.submitted("Een")
	w.step()
	later := &kb.Undelivered{Step: "RCPT", Code: 451, Answer: "4.3.0 eva@example.nl: later"}
	w.post.before = func(*kb.Letter) error { return later }
	begin, tries := w.now, 0
	var waits []time.Duration
	for ; len(w.outgoing()) == 1 && w.outgoing()[0].State == kb.MailWaiting && tries < 100; tries++ {
		if next := w.outgoing()[0].NextTry; next.After(w.now) {
			waits = append(waits, next.Sub(w.now))
			w.now = next.Add(-time.Second)
			w.due() // too early
			w.now = next
		}
		w.due()
	}
	got := w.outgoing()[0]
	if got.State != kb.MailFailed || got.Error != later.Answer || len(w.post.taken) > 0 {
		t.Errorf("%+v", got)
	}
	if took := w.now.Sub(begin); took < 72*time.Hour || took > 80*time.Hour || waits[0] != time.Minute || waits[1] != 2*time.Minute || waits[len(waits)-1] != 6*time.Hour {
		t.Errorf("given up after %s with waits of %v", took, waits)
	}
	if strings.Contains(later.Error(), "eva@") {
		t.Errorf("the log would say %v", later)
	}
}

func TestWhatTheServerAnswers(t *testing.T) {
	type state struct {
		State kb.MailState
		Tries int
		Error string
	}
	for _, test := range []struct {
		name          string
		before, after error
		want          state
		lost          bool
	}{
		{"taken", nil, nil, state{kb.MailSent, 0, ""}, false},
		{"refused for good", &kb.Undelivered{Code: 550, Permanent: true, Answer: "nobody"}, nil, state{kb.MailFailed, 1, "nobody"}, false},
		{"not reached", &kb.Undelivered{Lost: true, Answer: "refused"}, nil, state{kb.MailWaiting, 1, "refused"}, true},
		{"refused at its end", nil, &kb.Undelivered{Code: 452, Answer: "full"}, state{kb.MailWaiting, 1, "full"}, false},
		{"no answer at its end", nil, &kb.Undelivered{Lost: true, Answer: "timeout"}, state{kb.MailHandingOver, 0, "timeout"}, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := newMailWorld(t)
			w.mode(w.editor, kb.MailAtOnce)
			w.submitted("Een")
			fresh := w.step()
			w.post.before = func(*kb.Letter) error { return test.before }
			w.post.after = func(*kb.Letter) error { return test.after }
			_, err := w.Send(context.Background(), w.post, fresh)
			if _, ok := errors.AsType[*kb.Undelivered](err); ok != test.lost || !ok && err != nil {
				t.Fatal(err)
			}
			m := w.outgoing()[0]
			if diff := cmp.Diff(test.want, state{m.State, m.Tries, m.Error}); diff != "" {
				t.Error(diff)
			}
			// Whatever it was, it is not sent twice.
			w.post.before, w.post.after = nil, nil
			w.now = w.now.Add(time.Hour)
			w.due()
			w.due()
			want := 1
			if test.want.State == kb.MailFailed || test.want.State == kb.MailHandingOver {
				want = 0
			}
			if len(w.post.taken) != want {
				t.Errorf("taken %d times", len(w.post.taken))
			}
		})
	}
}

// unsure is a store whose answer to a write is lost, after or before it was done.
type unsure struct {
	kb.Store
	done bool
}

func (u unsure) Put(ctx context.Context, records []kb.Record) ([]kb.Result, error) {
	if u.done {
		if _, err := u.Store.Put(ctx, records); err != nil {
			return nil, err
		}
	}
	return nil, kb.Errorf(kb.Unavailable, kb.Text{NL: "weg", EN: "gone"})
}

// When the store does not say whether a claim was written, the attempt looks: the
// mail is neither sent without a claim nor left claimed and unsent.
func TestAClaimWithoutAnAnswer(t *testing.T) {
	for _, done := range []bool{true, false} {
		t.Run(fmt.Sprint(done), func(t *testing.T) {
			w := newMailWorld(t)
			w.mode(w.editor, kb.MailAtOnce)
			w.submitted("Een")
			w.step()
			w.due() // the first mail makes the key of the links
			w.submitted("Twee")
			w.step()
			broken := w.outbox(unsure{w.store, done})
			w.follow()
			_, err := broken.SendDue(context.Background(), w.post)
			if done != (err == nil) {
				t.Error(err)
			}
			w.now = w.now.Add(time.Hour)
			got := w.due()
			if diff := cmp.Diff([]string{"SENT NOTIFICATION Rian: 1", "SENT NOTIFICATION Rian: 1"}, w.mails()); diff != "" || len(got) != 2 {
				t.Error(diff, got)
			}
		})
	}
}
