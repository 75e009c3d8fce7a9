package app_test

import (
	"context"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"leerkring/internal/app"
	"leerkring/internal/kb"
)

// begin serves a site until stop is called.
func begin(t *testing.T, a *app.App, site app.Site) (app.Started, func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	begun := make(chan app.Started, 1)
	ended := make(chan error, 1)
	go func() { ended <- a.Serve(ctx, site, func(s app.Started) { begun <- s }) }()
	select {
	case s := <-begun:
		return s, func() {
			cancel()
			if err := <-ended; err != nil {
				t.Error(err)
			}
		}
	case err := <-ended:
		cancel()
		t.Fatal(err)
	}
	return app.Started{}, nil
}

// Each start without an admin gives a link, which ends the one before.
func TestAStartWithoutAnAdmin(t *testing.T) {
	a := open(t, config(t, t.TempDir()))
	site := app.Site{Addr: "127.0.0.1:0", BaseURL: "https://kennis.example/", Language: "en"}
	first, stop := begin(t, a, site)
	stop()
	second, stop := begin(t, a, site)
	stop()
	people := app.NewAccounts(config(t, ""), a.Store, kb.AccountsConfig{})
	if !strings.HasPrefix(first.FirstAdmin, "https://kennis.example/en/begin/") || first.FirstAdmin == second.FirstAdmin || len(first.Demo) > 0 {
		t.Fatalf("%+v, then %+v", first, second)
	}
	use := func(link string) error {
		_, err := people.UseTicket(t.Context(), kb.TicketUse{
			Secret: link[strings.LastIndexByte(link, '/')+1:], Name: "Bea", Email: "bea@leerkring.example", Password: "vier losse woorden samen",
		})
		return err
	}
	if err := use(first.FirstAdmin); kb.CodeOf(err) != kb.NotFound {
		t.Errorf("the link of the start before: %v", err)
	}
	if err := use(second.FirstAdmin); err != nil {
		t.Error(err)
	}
	third, stop := begin(t, a, site)
	stop()
	if third.FirstAdmin != "" {
		t.Errorf("there is an admin, and still: %s", third.FirstAdmin)
	}
}

// The accounts of a demonstration work where only this machine can reach them.
func TestDemoAccounts(t *testing.T) {
	a := open(t, config(t, t.TempDir()))
	people := app.NewAccounts(config(t, ""), a.Store, kb.AccountsConfig{})
	signIn := func() (n int) {
		t.Helper()
		for _, name := range []string{"beheerder", "redacteur", "expert", "organisator", "deelnemer"} {
			_, err := people.SignIn(t.Context(), name+"@demo.invalid", "probeer het maar eens", kb.Client{IP: "192.0.2.1"})
			if err == nil {
				n++
			} else if kb.CodeOf(err) != kb.Unauthenticated {
				t.Fatal(err)
			}
		}
		return n
	}
	demo := app.Site{Addr: "127.0.0.1:0", Demo: true}
	public := demo
	public.BaseURL = "https://kennis.example"
	elsewhere := demo
	elsewhere.Addr = "0.0.0.0:0"
	for _, c := range []struct {
		name string
		site app.Site
		want int
	}{
		{"a demonstration", demo, 5},
		{"behind a proxy", public, 0},
		{"a demonstration again", demo, 5},
		{"for the network", elsewhere, 0},
		{"no demonstration", app.Site{Addr: "127.0.0.1:0"}, 0},
	} {
		begun, stop := begin(t, a, c.site)
		if got := signIn(); got != c.want || len(begun.Demo) != c.want || (begun.FirstAdmin == "") != (c.want > 0) {
			t.Errorf("%s: %d sign in; %+v", c.name, got, begun)
		}
		stop()
	}
	organiser, err := people.ByEmail(t.Context(), kb.System(), "organisator@demo.invalid")
	if err != nil || len(organiser.Teams) != 1 || organiser.Teams[0].Role != kb.TeamOrganiser {
		t.Errorf("%+v %v", organiser, err)
	}
}

// A file that is not right stops the start, and a good one makes its addresses.
func TestSignInOfOrganisations(t *testing.T) {
	a := open(t, config(t, t.TempDir()))
	providers := func(t *testing.T, text string) string {
		t.Helper()
		file := filepath.Join(t.TempDir(), "sign-in.json")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	bad := providers(t, `{"providers":[{"name":"x"}]}`)
	for _, file := range []string{bad, bad + ".not"} {
		if err := a.Serve(t.Context(), app.Site{Addr: "127.0.0.1:0", SignIn: file}, func(app.Started) {}); kb.CodeOf(err) != kb.Invalid {
			t.Errorf("%s: %v", file, err)
		}
	}
	good := providers(t, `{"providers":[{"name":"vng","label":"VNG","issuer":"https://127.0.0.1:1","clientID":"x"}]}`)
	begun, stop := begin(t, a, app.Site{Addr: "127.0.0.1:0", SignIn: good})
	defer stop()
	for path, want := range map[string]int{"/aanmelden/vng": http.StatusServiceUnavailable, "/en/aanmelden/vng": http.StatusServiceUnavailable, "/aanmelden/andere": http.StatusNotFound} {
		if got, _ := get(t, begun.URL+path); got != want {
			t.Errorf("%s: %d", path, got)
		}
	}
}
