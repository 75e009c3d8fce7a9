package app_test

import (
	"context"
	"io"
	"mime/quotedprintable"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"leerkring/internal/app"
	"leerkring/internal/kb"
	"leerkring/internal/mail/mailtest"
)

// letters waits for the server to have so many letters, and gives them as text.
func letters(t *testing.T, a *app.App, server *mailtest.Server, n int) []string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	for {
		last, err := a.Store.Last(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if got := server.Letters(); len(got) >= n {
			var out []string
			for _, l := range got {
				text, err := io.ReadAll(quotedprintable.NewReader(strings.NewReader(l.Text)))
				if err != nil {
					t.Fatal(err)
				}
				out = append(out, l.To+"\n"+string(text))
			}
			return out
		}
		if err := a.Store.Wait(ctx, last); err != nil { // a mail that goes out is a write
			t.Fatalf("%d letters: %v", len(server.Letters()), err)
		}
	}
}

// Somebody is invited by mail, follows the link, is told of something by mail, and
// stops the mails by the link in it, all as it is served.
func TestMails(t *testing.T) {
	server := mailtest.Start(t, mailtest.Options{User: "kennis", Password: "geheim"})
	a := open(t, config(t, t.TempDir()))
	begun, stop := begin(t, a, app.Site{
		Addr: "127.0.0.1:0", SMTP: "smtp://kennis:geheim@" + server.Addr(), MailFrom: "Kennisbank <kennis@example.nl>",
	})
	defer stop()
	ctx := t.Context()
	people := app.NewAccounts(config(t, ""), a.Store, kb.AccountsConfig{Search: a.Index, Own: a.Own, BaseURL: begun.URL, MailOn: true})
	bea, link, _, err := people.Invite(ctx, kb.System(), kb.Invitation{Name: "Bea", Email: "bea@leerkring.example", Role: kb.RoleExpert})
	if err != nil || link != "" {
		t.Fatalf("invited with link %q, %v", link, err)
	}
	invited := letters(t, a, server, 1)[0]
	link = regexp.MustCompile(regexp.QuoteMeta(begun.URL) + `/[a-z]+/\S+`).FindString(invited)
	if !strings.HasPrefix(invited, "bea@leerkring.example") || link == "" {
		t.Fatal(invited)
	}
	if _, err := people.UseTicket(ctx, kb.TicketUse{Secret: link[strings.LastIndexByte(link, '/')+1:], Name: "Bea", Password: "vier losse woorden samen"}); err != nil {
		t.Fatal(err)
	}

	told := kb.NewNotifications(a.Store, a.Index, a.Own, time.Now)
	if _, err := told.SetMode(ctx, bea.Actor(), kb.MailAtOnce); err != nil {
		t.Fatal(err)
	}
	if _, _, err := people.SetRole(ctx, kb.System(), bea.ID, 0, kb.RoleEditor); err != nil {
		t.Fatal(err)
	}
	role := letters(t, a, server, 2)[1]
	if !strings.Contains(role, "Uw rol is nu: redacteur.") {
		t.Error(role)
	}
	link = regexp.MustCompile(regexp.QuoteMeta(begun.URL) + `/mail/stop/\w+`).FindString(role)
	if status, body := get(t, link); status != http.StatusOK || !strings.Contains(body, "<button>") || mode(t, people) != kb.MailAtOnce {
		t.Errorf("a look at the link: %d %s", status, body)
	}
	answer, err := http.PostForm(link, url.Values{"List-Unsubscribe": {"One-Click"}})
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK || mode(t, people) != kb.MailNone {
		t.Errorf("one click: %d, mails are %s", answer.StatusCode, mode(t, people))
	}
}

func mode(t *testing.T, people *kb.Accounts) kb.MailMode {
	t.Helper()
	x, err := people.ByEmail(t.Context(), kb.System(), "bea@leerkring.example")
	if err != nil {
		t.Fatal(err)
	}
	return x.Mails
}

// An address of a mail server that cannot be is refused at the start, without its password.
func TestMailServersThatCannotBe(t *testing.T) {
	a := open(t, config(t, t.TempDir()))
	for _, site := range []app.Site{
		{SMTP: "http://kennis:geheim@mail.example.nl", MailFrom: "kennis@example.nl"},
		{SMTP: "smtp://kennis:geheim@mail.example.nl"},
	} {
		site.Addr = "127.0.0.1:0"
		err := a.Serve(t.Context(), site, func(app.Started) { t.Error("it began") })
		if kb.CodeOf(err) != kb.Invalid || strings.Contains(err.Error(), "geheim") {
			t.Error(err)
		}
	}
}
