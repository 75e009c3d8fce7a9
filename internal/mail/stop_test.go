package mail_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"leerkring/internal/kb"
	"leerkring/internal/mail"
)

func TestTheLinkThatStopsMails(t *testing.T) {
	for _, test := range []struct {
		name, method, path string
		body               string
		err                error
		status             int
		stops              string
		says               string
		button             bool
	}{
		{name: "a look asks", method: "GET", path: "/mail/stop/abc", status: 200, says: "Wilt u geen mails", button: true},
		{name: "in English", method: "GET", path: "/en/mail/stop/abc", status: 200, says: "Do you want no more", button: true},
		{name: "the button stops", method: "POST", path: "/mail/stop/abc", status: 200, stops: "abc", says: "U krijgt geen mails meer"},
		{name: "a mail program stops", method: "POST", path: "/en/mail/stop/abc", body: "List-Unsubscribe=One-Click", status: 200, stops: "abc", says: "You get no more mails"},
		{name: "a wrong link", method: "POST", path: "/mail/stop/abc", err: kb.Errorf(kb.NotFound, kb.Text{}), status: 404, stops: "abc", says: "klopt niet"},
		{name: "no store", method: "POST", path: "/mail/stop/abc", err: errors.New("weg"), status: 503, stops: "abc", says: "lukt nu niet", button: true},
		{name: "another way", method: "DELETE", path: "/mail/stop/abc", status: 405, button: true},
		{name: "no secret", method: "POST", path: "/mail/stop/", status: 418},
		{name: "another page", method: "GET", path: "/mail", status: 418},
	} {
		t.Run(test.name, func(t *testing.T) {
			stops := ""
			h := mail.Stopping(
				func(_ context.Context, secret string) error { stops = secret; return test.err },
				slog.New(slog.DiscardHandler),
				http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) }),
			)
			w := httptest.NewRecorder()
			r := httptest.NewRequest(test.method, test.path, strings.NewReader(test.body))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			h.ServeHTTP(w, r)
			body, err := io.ReadAll(w.Body)
			if err != nil {
				t.Fatal(err)
			}
			if w.Code != test.status || stops != test.stops || !strings.Contains(string(body), test.says) || strings.Contains(string(body), "<button>") != test.button {
				t.Errorf("%d, stops %q, says %s", w.Code, stops, body)
			}
			if test.status != 418 && (w.Header().Get("Cache-Control") != "no-store" || w.Header().Get("Referrer-Policy") != "no-referrer" || strings.Contains(string(body), "abc")) {
				t.Errorf("the secret may leak: %v %s", w.Header(), body)
			}
		})
	}
}
