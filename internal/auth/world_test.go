package auth_test

import (
	"bytes"
	"crypto/rand"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"leerkring/internal/auth"
	"leerkring/internal/kb"
	"leerkring/internal/store/mongo"
	"leerkring/internal/store/mongo/mongotest"
	"leerkring/internal/store/sqlite"
)

const (
	password = "vier losse woorden samen"
	email    = "bea@leerkring.example"
)

func newID() kb.ID {
	var b [16]byte
	_, _ = rand.Read(b[:])
	return kb.IDFromBytes(b)
}

func accounts(store kb.Store) *kb.Accounts {
	return kb.NewAccounts(kb.AccountsConfig{
		Store: store, Now: time.Now, NewID: newID, Hasher: quick(), BaseURL: "https://kennis.example", MailOn: true, OpenSignUp: true, Even: time.Millisecond,
	})
}

// firstAdmin makes the first admin.
func firstAdmin(t *testing.T, a *kb.Accounts) *kb.SignedIn {
	t.Helper()
	secret, err := a.FirstAdmin(t.Context())
	must(t, err)
	in, err := a.UseTicket(t.Context(), kb.TicketUse{Secret: secret, Name: "Bea", Email: email, Password: password})
	must(t, err)
	return in
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// stores runs a test on both stores; open gives the same data each time, as another
// process or after a restart would have it.
func stores(t *testing.T, test func(t *testing.T, shared bool, open func() kb.Store)) {
	t.Run("sqlite", func(t *testing.T) {
		dir := t.TempDir()
		test(t, false, func() kb.Store {
			s, err := sqlite.Open(t.Context(), dir, sqlite.Options{})
			must(t, err)
			return s
		})
	})
	t.Run("mongo", func(t *testing.T) {
		uri := mongotest.URI(t)
		test(t, true, func() kb.Store {
			s, err := mongo.Open(t.Context(), uri, mongo.Options{})
			must(t, err)
			return s
		})
	})
}

// site is a gate in front of a handler that answers with who asks.
type site struct {
	*auth.Gate
	http.Handler
	people *kb.Accounts
	admin  *kb.SignedIn
	log    *bytes.Buffer
}

func newSite(t *testing.T, base string, change ...func(*auth.Config)) *site {
	t.Helper()
	store, err := sqlite.Open(t.Context(), t.TempDir(), sqlite.Options{})
	must(t, err)
	t.Cleanup(func() { must(t, store.Close()) })
	s := &site{people: accounts(store), log: &bytes.Buffer{}}
	s.admin = firstAdmin(t, s.people)
	c := auth.Config{Accounts: s.people, BaseURL: base, Log: slog.New(slog.NewTextHandler(s.log, nil))}
	for _, f := range change {
		f(&c)
	}
	s.Gate, err = auth.NewGate(c)
	must(t, err)
	who := func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/static":
			w.Header().Set("Cache-Control", "public, max-age=60")
		case "/page":
			w.Header().Set("Cache-Control", "no-cache")
		case "/secret", "/graphql":
			w.Header().Set("Cache-Control", "no-store")
		}
		client := kb.ClientOf(r.Context())
		_, _ = io.WriteString(w, string(kb.ActorOf(r.Context()).Role)+" "+client.IP+" "+client.Browser)
	}
	mux := http.NewServeMux()
	mux.Handle("/graphql", s.GraphQL(http.HandlerFunc(who)))
	mux.Handle("/", s.Pages(http.HandlerFunc(who)))
	s.Handler = mux
	return s
}

func (s *site) ask(method, path string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, "https://kennis.example"+path, nil)
	r.RemoteAddr = "192.0.2.1:1234"
	for i := 0; i < len(headers); i += 2 {
		if headers[i+1] != "" {
			r.Header.Add(headers[i], headers[i+1])
		}
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

func role(w *httptest.ResponseRecorder) string { return strings.Fields(w.Body.String() + " -")[0] }

func median(d []time.Duration) time.Duration {
	slices.Sort(d)
	return d[len(d)/2]
}

func openSQLite(t *testing.T) kb.Store {
	t.Helper()
	store, err := sqlite.Open(t.Context(), t.TempDir(), sqlite.Options{})
	must(t, err)
	return store
}
