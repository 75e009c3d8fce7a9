package mail_test

import (
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	stdmail "net/mail"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
	"leerkring/internal/mail"
	"leerkring/internal/mail/mailtest"
)

// received is a letter as a mail program reads it.
type received struct {
	Header stdmail.Header
	Parts  map[string]string // by media type
}

func read(t *testing.T, text string) received {
	t.Helper()
	m, err := stdmail.ReadMessage(strings.NewReader(text))
	if err != nil {
		t.Fatalf("%v in %q", err, text)
	}
	_, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	out := received{Header: m.Header, Parts: map[string]string{}}
	parts := multipart.NewReader(m.Body, params["boundary"])
	for {
		p, err := parts.NextRawPart()
		if err == io.EOF {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		kind, _, err := mime.ParseMediaType(p.Header.Get("Content-Type"))
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(quotedprintable.NewReader(p))
		if err != nil {
			t.Fatal(err)
		}
		out.Parts[kind] += string(body)
	}
}

// deliver sends a letter and gives what the server took.
func deliver(t *testing.T, server *mailtest.Server, l *kb.Letter) received {
	t.Helper()
	if err := sender(t, "smtp://"+server.Addr(), mail.Options{}).Send(t.Context(), l, func() error { return nil }); err != nil {
		t.Fatal(err)
	}
	letters := server.Letters()
	return read(t, letters[len(letters)-1].Text)
}

func TestAMessage(t *testing.T) {
	server := mailtest.Start(t, mailtest.Options{})
	l := letter(1)
	l.Stop = "https://kennis.example.nl/mail/stop/geheim"
	l.Subject = "‘Wonen in de wijk – één loket’ is gepubliceerd."
	got := deliver(t, server, l)
	subject, err := new(mime.WordDecoder).DecodeHeader(got.Header.Get("Subject"))
	if err != nil {
		t.Fatal(err)
	}
	headers := map[string]string{"Subject": subject}
	for _, name := range []string{"From", "To", "Date", "Message-Id", "Auto-Submitted", "List-Unsubscribe", "List-Unsubscribe-Post", "Mime-Version"} {
		headers[name] = got.Header.Get(name)
	}
	want := map[string]string{
		"Subject": l.Subject, "From": `"Kennisbank" <kennis@example.nl>`, "To": `"Eva" <eva@example.nl>`,
		"Date": "Mon, 02 Mar 2026 08:00:00 +0000", "Message-Id": "<" + string(l.ID) + "@example.nl>", "Auto-Submitted": "auto-generated",
		"List-Unsubscribe": "<" + l.Stop + ">", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click", "Mime-Version": "1.0",
	}
	if diff := cmp.Diff(want, headers); diff != "" {
		t.Error(diff)
	}
	plain := "Beste Eva,\n\nZie hier:\nde les: https://kennis.example.nl/les/x\n"
	if diff := cmp.Diff(plain, strings.TrimRight(strings.ReplaceAll(got.Parts["text/plain"], "\r\n", "\n"), "\n")+"\n"); diff != "" {
		t.Error(diff)
	}
	if html := got.Parts["text/html"]; !strings.Contains(html, `Zie hier:<br><a href="https://kennis.example.nl/les/x">de les</a>`) || !strings.Contains(html, `<html lang="nl">`) {
		t.Error(html)
	}
}

// Where a site has no TLS there is no one-click, which RFC 8058 asks https for.
func TestStopWithoutTLS(t *testing.T) {
	l := letter(1)
	l.Stop = "http://localhost:8080/mail/stop/geheim"
	got := deliver(t, mailtest.Start(t, mailtest.Options{}), l)
	if got.Header.Get("List-Unsubscribe") != "<"+l.Stop+">" || got.Header.Get("List-Unsubscribe-Post") != "" {
		t.Error(got.Header)
	}
}

// Every letter with the same id has the same Message-ID, so that who gets it twice
// can tell.
func TestMessageIDIsStable(t *testing.T) {
	server := mailtest.Start(t, mailtest.Options{})
	first, again := deliver(t, server, letter(7)), deliver(t, server, letter(7))
	if first.Header.Get("Message-Id") != again.Header.Get("Message-Id") || first.Header.Get("Message-Id") == deliver(t, server, letter(8)).Header.Get("Message-Id") {
		t.Error(first.Header, again.Header)
	}
}

func TestTextStaysText(t *testing.T) {
	l := letter(1)
	l.Name = "Eva\r\nBcc: iedereen@example.nl"
	l.Subject = "Hallo\r\nX-Kwaad: ja\r\n\r\n<b>dag</b>"
	l.Parts = []kb.LetterPart{
		{Text: "<script>alert(1)</script>\r\n.\r\nMAIL FROM:<x@example.nl>"},
		{Text: "klik", Link: "javascript:alert(1)", Label: "<i>hier</i>\r\n"},
	}
	server := mailtest.Start(t, mailtest.Options{})
	got := deliver(t, server, l)
	if len(server.Letters()) != 1 || len(got.Header["Bcc"])+len(got.Header["X-Kwaad"]) > 0 || strings.Contains(got.Header.Get("To"), "\n") {
		t.Errorf("%d letters, %v", len(server.Letters()), got.Header)
	}
	html := got.Parts["text/html"]
	for _, bad := range []string{"<script", "javascript:", "<i>", "<b>"} {
		if strings.Contains(html, bad) {
			t.Errorf("%s in %s", bad, html)
		}
	}
	if !strings.Contains(got.Parts["text/plain"], "MAIL FROM:<x@example.nl>") {
		t.Error(got.Parts["text/plain"])
	}
}

func FuzzLetter(f *testing.F) {
	f.Add("Eva", "Onderwerp", "tekst", "https://example.nl/x")
	f.Add("Eva\r\nBcc: x@example.nl", "\n\n--grens--", "\r\n.\r\n", "javascript:alert(1)")
	f.Add("=?utf-8?q?x?=", "\x00\xff", "a\u2028b", "%zz")
	server := mailtest.Start(f, mailtest.Options{})
	f.Fuzz(func(t *testing.T, name, subject, text, link string) {
		before := len(server.Letters())
		got := deliver(t, server, &kb.Letter{
			ID: kb.DeriveID("letter", "fuzz"), To: "eva@example.nl", Name: name, Language: "nl", Subject: subject,
			Parts: []kb.LetterPart{{Text: text, Link: link, Label: text}},
		})
		if n := len(server.Letters()) - before; n != 1 {
			t.Errorf("%d letters", n)
		}
		for header := range got.Header {
			if !known(header) {
				t.Errorf("a header %q", header)
			}
		}
		to, err := got.Header.AddressList("To")
		if err != nil || len(to) != 1 || to[0].Address != "eva@example.nl" {
			t.Errorf("to %v, %v", to, err)
		}
		if len(got.Parts) != 2 {
			t.Errorf("%d parts", len(got.Parts))
		}
	})
}

func known(header string) bool {
	switch header {
	case "From", "To", "Subject", "Date", "Message-Id", "Auto-Submitted", "Mime-Version", "Content-Type", "User-Agent", "X-Mailer":
		return true
	}
	return false
}
