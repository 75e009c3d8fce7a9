package mail_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
	"leerkring/internal/mail"
	"leerkring/internal/mail/mailtest"
)

func now() time.Time { return time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC) }

func letter(n int) *kb.Letter {
	return &kb.Letter{
		ID: kb.DeriveID("letter", fmt.Sprint(n)), To: "eva@example.nl", Name: "Eva", Language: "nl", Subject: "Er is nieuws",
		Parts: []kb.LetterPart{{Text: "Beste Eva,"}, {Text: "Zie hier:", Link: "https://kennis.example.nl/les/x", Label: "de les"}},
	}
}

func sender(t *testing.T, address string, opts mail.Options) *mail.Sender {
	t.Helper()
	server, err := mail.Parse(address, "Kennisbank <kennis@example.nl>")
	if err != nil {
		t.Fatal(err)
	}
	opts.Now = now
	s := mail.NewSender(server, opts)
	t.Cleanup(s.Hangup)
	return s
}

// claims counts the claims on letters, and gives err to each.
type claims struct {
	n   int
	err error
}

func (c *claims) claim() error { c.n++; return c.err }

// once has one fault, at the first time that a moment comes.
func once(at mailtest.Moment, f mailtest.Fault) func(mailtest.Moment) mailtest.Fault {
	done := false
	return func(m mailtest.Moment) mailtest.Fault {
		if m != at || done {
			return mailtest.Fault{}
		}
		done = true
		return f
	}
}

func TestLettersGoOverOneConnection(t *testing.T) {
	connections := 0
	server := mailtest.Start(t, mailtest.Options{At: func(m mailtest.Moment) mailtest.Fault {
		if m == mailtest.Connect {
			connections++
		}
		return mailtest.Fault{}
	}})
	s := sender(t, "smtp://"+server.Addr(), mail.Options{})
	var c claims
	for i := range 3 {
		if err := s.Send(t.Context(), letter(i), c.claim); err != nil {
			t.Fatal(err)
		}
	}
	s.Hangup()
	server.Stop()
	if got := len(server.Letters()); got != 3 || c.n != 3 || connections != 1 {
		t.Errorf("%d letters, %d claims, %d connections", got, c.n, connections)
	}
	got := server.Letters()[0]
	if got.From != "kennis@example.nl" || got.To != "eva@example.nl" {
		t.Errorf("from %s to %s", got.From, got.To)
	}
}

// What goes wrong tells whether the letter was claimed, what it means, and never
// leaves the server with a letter that was not claimed.
func TestWhatGoesWrong(t *testing.T) {
	answers := func(code int, lost, permanent bool) kb.Undelivered {
		return kb.Undelivered{Code: code, Lost: lost, Permanent: permanent}
	}
	type outcome struct {
		Claims, Taken int
		Why           kb.Undelivered
	}
	none := answers(0, true, false)
	for _, test := range []struct {
		at    mailtest.Moment
		fault mailtest.Fault
		want  outcome
	}{
		{mailtest.Connect, mailtest.Fault{Cut: true}, outcome{0, 0, none}},
		{mailtest.Connect, mailtest.Fault{Answer: "554 5.3.2 not here"}, outcome{0, 0, answers(554, true, false)}},
		{mailtest.Connect, mailtest.Fault{Hang: true}, outcome{0, 0, none}},
		{mailtest.From, mailtest.Fault{Cut: true}, outcome{0, 0, none}},
		{mailtest.From, mailtest.Fault{Answer: "421 4.3.2 closing"}, outcome{0, 0, answers(421, true, false)}},
		{mailtest.From, mailtest.Fault{Answer: "451 4.3.0 later"}, outcome{0, 0, answers(451, false, false)}},
		{mailtest.To, mailtest.Fault{Answer: "550 5.1.1 nobody"}, outcome{0, 0, answers(550, false, true)}},
		{mailtest.To, mailtest.Fault{Cut: true}, outcome{0, 0, none}},
		{mailtest.To, mailtest.Fault{Hang: true}, outcome{0, 0, none}},
		{mailtest.Data, mailtest.Fault{Answer: "452 4.2.2 full"}, outcome{0, 0, answers(452, false, false)}},
		{mailtest.Data, mailtest.Fault{Cut: true}, outcome{0, 0, none}},
		{mailtest.Body, mailtest.Fault{Hang: true}, outcome{1, 0, none}},
		{mailtest.End, mailtest.Fault{Cut: true}, outcome{1, 0, none}},
		{mailtest.End, mailtest.Fault{Answer: "451 4.3.0 later"}, outcome{1, 0, answers(451, false, false)}},
		{mailtest.End, mailtest.Fault{Answer: "554 5.7.1 spam"}, outcome{1, 0, answers(554, false, true)}},
		{mailtest.Taken, mailtest.Fault{Cut: true}, outcome{1, 1, none}},
		{mailtest.Taken, mailtest.Fault{Hang: true}, outcome{1, 1, none}},
	} {
		t.Run(fmt.Sprintf("%s %+v", test.at, test.fault), func(t *testing.T) {
			server := mailtest.Start(t, mailtest.Options{At: once(test.at, test.fault)})
			s := sender(t, "smtp://"+server.Addr(), mail.Options{Timeout: 200 * time.Millisecond, Answer: 200 * time.Millisecond})
			var c claims
			err := s.Send(t.Context(), letter(1), c.claim)
			u, ok := errors.AsType[*kb.Undelivered](err)
			if !ok || u.Answer == "" || u.Step == "" {
				t.Fatalf("%#v", err)
			}
			// The same sender goes on with the next letter.
			if err := s.Send(t.Context(), letter(2), func() error { return nil }); err != nil {
				t.Fatal(err)
			}
			s.Hangup()
			server.Stop()
			got := outcome{c.n, len(server.Letters()) - 1, kb.Undelivered{Code: u.Code, Lost: u.Lost, Permanent: u.Permanent}}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAClaimThatIsRefusedLeavesNothing(t *testing.T) {
	server := mailtest.Start(t, mailtest.Options{})
	s := sender(t, "smtp://"+server.Addr(), mail.Options{})
	taken := errors.New("somebody else has it")
	if err := s.Send(t.Context(), letter(1), func() error { return taken }); !errors.Is(err, taken) {
		t.Errorf("got %v", err)
	}
	if err := s.Send(t.Context(), letter(2), func() error { return nil }); err != nil {
		t.Fatal(err)
	}
	s.Hangup()
	server.Stop()
	if got := server.Letters(); len(got) != 1 || !strings.Contains(got[0].Text, string(letter(2).ID)) {
		t.Errorf("the server has %v", got)
	}
}

// A stop ends a conversation at once before the claim, and waits for the answer
// after it.
func TestAStop(t *testing.T) {
	for _, test := range []struct {
		at     mailtest.Moment
		claims int
		taken  int
	}{
		{mailtest.Connect, 0, 0},
		{mailtest.From, 0, 0},
		{mailtest.To, 0, 0},
		{mailtest.Data, 0, 0},
		{mailtest.End, 1, 1},
		{mailtest.Taken, 1, 1},
	} {
		t.Run(string(test.at), func(t *testing.T) {
			ctx, stop := context.WithCancel(t.Context())
			server := mailtest.Start(t, mailtest.Options{At: func(m mailtest.Moment) mailtest.Fault {
				if m == test.at {
					stop()
				}
				return mailtest.Fault{Hang: m == test.at && test.claims == 0}
			}})
			s := sender(t, "smtp://"+server.Addr(), mail.Options{Timeout: time.Minute, Answer: time.Minute})
			var c claims
			err := s.Send(ctx, letter(1), c.claim)
			server.Stop()
			if (err == nil) != (test.taken == 1) || c.n != test.claims || len(server.Letters()) != test.taken {
				t.Errorf("%v, %d claims, %d taken", err, c.n, len(server.Letters()))
			}
		})
	}
}

// A server may end a connection that waited; the next letter goes over a new one.
func TestAConnectionThatTheServerEnded(t *testing.T) {
	letters := 0
	server := mailtest.Start(t, mailtest.Options{At: func(m mailtest.Moment) mailtest.Fault {
		if m == mailtest.From {
			letters++
		}
		return mailtest.Fault{Cut: m == mailtest.From && letters == 2}
	}})
	s := sender(t, "smtp://"+server.Addr(), mail.Options{})
	for i := range 3 {
		if err := s.Send(t.Context(), letter(i), func() error { return nil }); err != nil {
			t.Fatal(err)
		}
	}
	if got := len(server.Letters()); got != 3 {
		t.Errorf("%d letters", got)
	}
}
