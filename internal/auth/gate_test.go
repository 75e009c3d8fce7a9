package auth_test

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"leerkring/internal/auth"
	"leerkring/internal/kb"
)

const base = "https://kennis.example"

func TestWhoAsks(t *testing.T) {
	s := newSite(t, base)
	admin, err := s.people.Authenticate(t.Context(), s.admin.Secret)
	must(t, err)
	token, _, _, err := s.people.CreateToken(t.Context(), admin, kb.TokenRequest{Name: "x", Scopes: []kb.Scope{kb.ScopeRead}})
	must(t, err)
	session := "__Host-leerkring=" + s.admin.Secret
	for _, c := range []struct {
		name string
		ask  []string
		want string
	}{
		{"nothing", nil, "VISITOR"},
		{"another scheme", []string{"Authorization", "Basic dXNlcjpwYXNz"}, "VISITOR"},
		{"a session as a bearer token", []string{"Authorization", "Bearer " + s.admin.Secret}, "ADMIN"},
		{"a token", []string{"Authorization", "bearer  " + token}, "ADMIN"},
		{"an empty token", []string{"Authorization", "Bearer "}, "401"},
		{"a token cut short", []string{"Authorization", "Bearer " + token[:len(token)-1]}, "401"},
		{"a bad token beside a good cookie", []string{"Authorization", "Bearer x", "Cookie", session}, "401"},
		{"a cookie", []string{"Cookie", session}, "ADMIN"},
		{"a cookie of our own pages", []string{"Cookie", session, "Origin", base, "Sec-Fetch-Site", "same-origin"}, "ADMIN"},
		{"a followed link", []string{"Cookie", session, "Sec-Fetch-Site", "cross-site"}, "ADMIN"},
		{"a stale cookie", []string{"Cookie", "__Host-leerkring=x"}, "VISITOR"},
		{"a cookie without its prefix", []string{"Cookie", "leerkring=" + s.admin.Secret}, "VISITOR"},
		{"the cookie by the script of another site", []string{"Cookie", session, "Origin", "https://elders.example"}, "VISITOR"},
	} {
		for _, path := range []string{"/page", "/graphql"} {
			w := s.ask("GET", path, c.ask...)
			got := role(w)
			if w.Code == http.StatusUnauthorized {
				got = "401"
			}
			if got != c.want {
				t.Errorf("%s at %s: %d %s, want %s", c.name, path, w.Code, w.Body, c.want)
			}
			if cleared := strings.Contains(w.Header().Get("Set-Cookie"), "Max-Age=0"); cleared != (c.name == "a stale cookie") {
				t.Errorf("%s at %s: %q", c.name, path, w.Header().Get("Set-Cookie"))
			}
		}
	}
	if strings.Contains(s.log.String(), s.admin.Secret) || strings.Contains(s.log.String(), token) {
		t.Error("the log holds a secret")
	}
}

func TestRefusals(t *testing.T) {
	s := newSite(t, base, func(c *auth.Config) { c.Origins = []string{"https://app.example"} })
	w := s.ask("POST", "/graphql", "Authorization", "Bearer x")
	var answer struct {
		Errors []struct {
			Message    string
			Extensions struct{ Code kb.Code }
		}
	}
	must(t, json.Unmarshal(w.Body.Bytes(), &answer))
	if w.Code != http.StatusUnauthorized || len(answer.Errors) != 1 || answer.Errors[0].Extensions.Code != kb.Unauthenticated || w.Header().Get("WWW-Authenticate") == "" {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if w := s.ask("GET", "/page", "Authorization", "Bearer x"); w.Code != http.StatusUnauthorized || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/plain") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	// What another site sends on someone's behalf is refused, signed in or not.
	for _, c := range []struct {
		name    string
		headers []string
		code    int
	}{
		{"our own page", []string{"Origin", base, "Sec-Fetch-Site", "same-origin"}, 200},
		{"a program", nil, 200},
		{"another site", []string{"Origin", "https://elders.example", "Sec-Fetch-Site", "cross-site"}, 403},
		{"another site in an old browser", []string{"Origin", "https://elders.example"}, 403},
		{"another site of the same domain", []string{"Origin", "https://www.kennis.example", "Sec-Fetch-Site", "same-site"}, 403},
		{"a site that is listed", []string{"Origin", "https://app.example", "Sec-Fetch-Site", "cross-site"}, 200},
	} {
		for _, path := range []string{"/page", "/graphql"} {
			w := s.ask("POST", path, append(c.headers, "Cookie", "__Host-leerkring="+s.admin.Secret)...)
			want := c.code
			if c.name == "a site that is listed" && path == "/page" {
				// It would send someone the form of signing in, filled in, and so have
				// them write under an account of its own.
				want = 403
			}
			if w.Code != want {
				t.Errorf("%s at %s: %d, want %d", c.name, path, w.Code, want)
			}
			if path == "/graphql" && c.name == "a site that is listed" && role(w) != "VISITOR" {
				t.Errorf("a cookie counts for a listed site: %s", w.Body)
			}
		}
	}
	if _, err := auth.NewGate(auth.Config{BaseURL: base, Origins: []string{"app.example/path"}}); kb.CodeOf(err) != kb.Invalid {
		t.Errorf("%v", err)
	}
}

func TestCookies(t *testing.T) {
	for _, c := range []struct{ base, prefix string }{{base, "__Host-"}, {"http://localhost:8080", ""}} {
		s := newSite(t, c.base)
		w := httptest.NewRecorder()
		s.SetSession(t.Context(), w, s.admin.Secret)
		cookies := w.Result().Cookies()
		if len(cookies) != 2 || cookies[0].Name != c.prefix+"leerkring" || cookies[0].Value != s.admin.Secret || cookies[1].Name != c.prefix+"leerkring-device" {
			t.Fatalf("%v", cookies)
		}
		for _, k := range cookies {
			if !k.HttpOnly || k.Secure != (c.prefix != "") || k.Path != "/" || k.Domain != "" || k.SameSite < http.SameSiteLaxMode || k.MaxAge < 30*24*3600 {
				t.Errorf("%s: %s", c.base, k)
			}
		}
		// The mark comes back as the device by which the owner is known.
		ask := httptest.NewRequest("POST", c.base+"/aanmelden", nil)
		ask.AddCookie(cookies[1])
		var device string
		s.Pages(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { device = kb.ClientOf(r.Context()).Device })).ServeHTTP(httptest.NewRecorder(), ask)
		if device != cookies[1].Value {
			t.Errorf("%q", device)
		}
		w = httptest.NewRecorder()
		s.ClearSession(w)
		if k := w.Result().Cookies()[0]; k.MaxAge >= 0 || k.Name != cookies[0].Name {
			t.Errorf("%s", k)
		}
	}
}

// No cache may give the answer for one person to another.
func TestCaches(t *testing.T) {
	s := newSite(t, base)
	for _, c := range []struct {
		path, cookie, stored string
		varies               bool
	}{
		{"/page", "", "no-cache", true},
		{"/page", s.admin.Secret, "private, no-cache", true},
		{"/other", s.admin.Secret, "private, no-cache", true},
		{"/secret", s.admin.Secret, "no-store", true},
		{"/static", s.admin.Secret, "public, max-age=60", false},
	} {
		w := s.ask("GET", c.path, "Cookie", "__Host-leerkring="+c.cookie)
		vary := strings.Join(w.Header().Values("Vary"), ", ")
		if got := w.Header().Get("Cache-Control"); got != c.stored || strings.Contains(vary, "Cookie") != c.varies {
			t.Errorf("%s with %q: %q, Vary %q", c.path, c.cookie, got, vary)
		}
	}
}

func TestClients(t *testing.T) {
	for _, c := range []struct {
		trust     bool
		forwarded []string
		want      string
	}{
		{false, nil, "192.0.2.1"},
		{false, []string{"198.51.100.9"}, "192.0.2.1"},
		{true, nil, "192.0.2.1"},
		{true, []string{"198.51.100.9"}, "198.51.100.9"},
		{true, []string{"203.0.113.1, 198.51.100.9"}, "198.51.100.9"}, // what a client wrote itself comes first
		{true, []string{"203.0.113.1", "203.0.113.2,198.51.100.9 "}, "198.51.100.9"},
	} {
		s := newSite(t, base, func(conf *auth.Config) { conf.TrustProxy = c.trust })
		headers := []string{"User-Agent", "Vuurvos"}
		for _, f := range c.forwarded {
			headers = append(headers, "X-Forwarded-For", f)
		}
		if got := s.ask("GET", "/page", headers...).Body.String(); got != "VISITOR "+c.want+" Vuurvos" {
			t.Errorf("%+v: %s", c, got)
		}
	}
}

// A store that cannot be asked makes nobody a visitor.
func TestAStoreThatIsGone(t *testing.T) {
	store := openSQLite(t)
	people := accounts(store)
	in := firstAdmin(t, people)
	must(t, store.Close())
	s := newSite(t, base)
	gate, err := auth.NewGate(auth.Config{Accounts: people, BaseURL: base, Log: s.Log})
	must(t, err)
	s.Handler = gate.Pages(http.NotFoundHandler())
	if w := s.ask("GET", "/page", "Cookie", "__Host-leerkring="+in.Secret); w.Code != http.StatusServiceUnavailable || !strings.Contains(s.log.String(), "cannot be told") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

// The accounts of a demonstration, whose password stands on the screen, worked for
// everyone behind a proxy on the same machine.
func TestADemonstrationIsForThisMachine(t *testing.T) {
	s := newSite(t, base, func(c *auth.Config) { c.Private = true })
	for _, header := range []string{"Forwarded", "X-Forwarded-For", "X-Forwarded-Host"} {
		for _, path := range []string{"/page", "/graphql"} {
			if w := s.ask("GET", path, header, "for=203.0.113.7"); w.Code != http.StatusForbidden {
				t.Errorf("%s at %s: %d", header, path, w.Code)
			}
		}
	}
	if w := s.ask("GET", "/page"); w.Code != http.StatusOK {
		t.Errorf("from this machine: %d", w.Code)
	}
}

// Behind a proxy that was not named, all people shared one limit, and nothing told.
func TestAProxyThatIsNotTrustedIsTold(t *testing.T) {
	var log bytes.Buffer
	s := newSite(t, base, func(c *auth.Config) { c.Log = slog.New(slog.NewTextHandler(&log, nil)) })
	from := func(address string, headers ...string) {
		r := httptest.NewRequest("GET", "/page", nil)
		r.RemoteAddr = address
		for i := 0; i+1 < len(headers); i += 2 {
			r.Header.Set(headers[i], headers[i+1])
		}
		s.Handler.ServeHTTP(httptest.NewRecorder(), r)
	}
	from("127.0.0.1:4000")
	from("203.0.113.7:4000", "X-Forwarded-For", "198.51.100.1")
	if log.Len() > 0 {
		t.Errorf("told without a proxy of ours: %s", &log)
	}
	from("10.0.0.2:4000", "X-Forwarded-For", "198.51.100.1")
	from("127.0.0.1:4000", "X-Forwarded-For", "198.51.100.1")
	if n := strings.Count(log.String(), "--trust-proxy"); n != 1 {
		t.Errorf("told %d times: %s", n, &log)
	}
}
