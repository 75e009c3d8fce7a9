package httpd_test

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"leerkring/internal/httpd"
	"leerkring/internal/kb"
)

const token = "een-geheim-van-de-redactie"

// whoAsks gives a handler whose GraphQL and pages answer with the role of who asks.
func whoAsks(t *testing.T, token string) http.Handler {
	t.Helper()
	role := func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, "role="+string(kb.ActorOf(r.Context()).Role))
	}
	h, log := site(t, role, func(c *httpd.Config) {
		c.EditorToken = token
		c.GraphQL = http.HandlerFunc(role)
	})
	t.Cleanup(func() {
		if strings.Contains(log.String(), "geheim") {
			t.Errorf("the log holds a token: %s", log)
		}
	})
	return h
}

func TestWhoShowsTheTokenIsAnEditor(t *testing.T) {
	h := whoAsks(t, token)
	for shown, want := range map[string]string{
		"":                      "role=",
		"Basic dXNlcjpwYXNz":    "role=",
		"Bearer " + token:       "role=editor",
		"bearer  " + token:      "role=editor",
		"Bearer":                "UNAUTHENTICATED",
		"Bearer ":               "UNAUTHENTICATED",
		"Bearer " + token[1:]:   "UNAUTHENTICATED",
		"Bearer " + token + "x": "UNAUTHENTICATED",
	} {
		w := ask(h, "POST", "/graphql", "Authorization", shown)
		got := w.Body.String()
		if w.Code == http.StatusUnauthorized {
			var answer struct {
				Errors []struct{ Extensions struct{ Code string } }
			}
			if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil || len(answer.Errors) != 1 || w.Header().Get("WWW-Authenticate") == "" {
				t.Fatalf("%q: %v %s", shown, err, w.Body)
			}
			got = answer.Errors[0].Extensions.Code
		}
		if got != want {
			t.Errorf("%q: %s, want %s", shown, got, want)
		}
	}
	if got := ask(h, "GET", "/", "Authorization", "Bearer "+token).Body.String(); got != "role=" {
		t.Errorf("a page for an editor: %s", got)
	}
}

func TestWithoutATokenNobodyIsAnEditor(t *testing.T) {
	h := whoAsks(t, "")
	for _, shown := range []string{"Bearer", "Bearer ", "Bearer " + token} {
		if w := ask(h, "POST", "/graphql", "Authorization", shown); w.Code != http.StatusUnauthorized {
			t.Errorf("%q: %d %s", shown, w.Code, w.Body)
		}
	}
}

func TestAShortTokenIsRefused(t *testing.T) {
	for token, want := range map[string]kb.Code{"": "", strings.Repeat("é", 20): "", strings.Repeat("é", 19): kb.Invalid, "kort": kb.Invalid} {
		_, err := httpd.NewHandler(httpd.Config{EditorToken: token, Pages: http.NotFoundHandler(), GraphQL: http.NotFoundHandler()})
		if got := kb.CodeOf(err); got != want {
			t.Errorf("%q: %v, want %q", token, err, want)
		}
	}
}
