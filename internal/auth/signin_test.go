package auth_test

import (
	"bytes"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"leerkring/internal/auth"
	"leerkring/internal/kb"
)

// office is a site that people sign in to at their organisation, over the network.
type office struct {
	*provider
	t      *testing.T
	site   *httptest.Server
	people *kb.Accounts
	log    *bytes.Buffer
}

func newOffice(t *testing.T, change ...func(*auth.Provider)) *office {
	t.Helper()
	store := openSQLite(t)
	t.Cleanup(func() { must(t, store.Close()) })
	o := &office{provider: newProvider(t), t: t, people: accounts(store), log: &bytes.Buffer{}}
	firstAdmin(t, o.people)
	var handler http.Handler
	o.site = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { handler.ServeHTTP(w, r) }))
	t.Cleanup(o.site.Close)
	described := auth.Provider{
		Name: "vng", Label: "VNG", Issuer: o.provider.URL, ClientID: clientID, ClientSecret: clientSecret, AllowSignUp: true, Domains: []string{"Elders.example"},
		RoleClaim: "groups", Roles: map[string]kb.Role{"redactie": kb.RoleEditor},
	}
	for _, f := range change {
		f(&described)
	}
	gate, err := auth.NewGate(auth.Config{Accounts: o.people, BaseURL: o.site.URL, Log: slog.New(slog.NewTextHandler(o.log, nil))})
	must(t, err)
	handler = gate.Pages(auth.NewSignIn(gate, []auth.Provider{described}, time.Now).Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, "page "+r.URL.Path+" "+string(kb.ActorOf(r.Context()).Role)+" "+kb.ActorOf(r.Context()).Name)
	})))
	return o
}

// browser follows redirects and keeps cookies; stop ends it before a path.
func (o *office) browser(stop string) *http.Client {
	o.t.Helper()
	jar, err := cookiejar.New(nil)
	must(o.t, err)
	return &http.Client{Jar: jar, CheckRedirect: func(r *http.Request, _ []*http.Request) error {
		if stop != "" && strings.HasSuffix(r.URL.Path, stop) {
			return http.ErrUseLastResponse
		}
		return nil
	}}
}

func (o *office) get(c *http.Client, address string) (*http.Response, string) {
	o.t.Helper()
	if strings.HasPrefix(address, "/") {
		address = o.site.URL + address
	}
	res, err := c.Get(address)
	must(o.t, err)
	body, err := io.ReadAll(res.Body)
	must(o.t, err)
	must(o.t, res.Body.Close())
	return res, string(body)
}

func TestSignInAtAnOrganisation(t *testing.T) {
	o := newOffice(t)
	c := o.browser("")
	o.says(map[string]any{"groups": []string{"redactie", "kantine"}})
	if res, body := o.get(c, "/aanmelden/vng?naar=/casus/tuin"); body != "page /casus/tuin EDITOR Sam" || res.StatusCode != 200 {
		t.Fatalf("%d %s", res.StatusCode, body)
	}
	if _, body := o.get(c, "/elders"); body != "page /elders EDITOR Sam" {
		t.Errorf("the session does not go on: %s", body)
	}
	// Someone who is no longer in the group is no longer an editor, here and now.
	o.says(map[string]any{"groups": []string{}})
	if _, body := o.get(c, "/en/aanmelden/vng?naar=//elders.example"); body != "page / VISITOR Sam" {
		t.Errorf("%s", body)
	}
	all, err := o.people.Everyone(t.Context(), kb.System())
	if err != nil || len(all) != 2 {
		t.Errorf("%d accounts %v", len(all), err)
	}
}

// What is said and is not right signs nobody in.
func TestAnswersThatAreNotRight(t *testing.T) {
	o := newOffice(t)
	for _, c := range []struct {
		name   string
		claims map[string]any
		status int
		said   string
	}{
		{"another nonce", map[string]any{"nonce": "x"}, 400, "klopt niet"},
		{"no nonce", map[string]any{"nonce": nil}, 400, "klopt niet"},
		{"for another site", map[string]any{"aud": "andere"}, 400, "klopt niet"},
		{"by another provider", map[string]any{"iss": "https://elders.example"}, 400, "klopt niet"},
		{"expired", map[string]any{"exp": time.Now().Add(-time.Hour).Unix()}, 400, "klopt niet"},
		{"an address that is not verified", map[string]any{"email_verified": false, "email": email}, 403, "niet dat dit e-mailadres van u is"},
		{"no address", map[string]any{"email": nil}, 403, "niet dat dit e-mailadres van u is"},
	} {
		o.says(c.claims)
		client := o.browser("")
		res, body := o.get(client, "/aanmelden/vng")
		if res.StatusCode != c.status || !strings.Contains(body, c.said) || !strings.Contains(body, "You are not signed in") {
			t.Errorf("%s: %d %s", c.name, res.StatusCode, body)
		}
		if _, body := o.get(client, "/"); body != "page / VISITOR " {
			t.Errorf("%s: %s", c.name, body)
		}
	}
}

func TestAFlowIsUsedOnceAndInItsOwnBrowser(t *testing.T) {
	o := newOffice(t)
	began := func(c *http.Client) string {
		res, _ := o.get(c, "/aanmelden/vng")
		return res.Header.Get("Location")
	}
	refused := func(what string, c *http.Client, address string) {
		t.Helper()
		if res, body := o.get(c, address); res.StatusCode != http.StatusBadRequest {
			t.Errorf("%s: %d %s", what, res.StatusCode, body)
		}
	}
	victim, attacker := o.browser("/terug"), o.browser("/terug")
	back := began(attacker)
	refused("the answer of someone else, in a browser that began nothing", victim, back)
	began(victim)
	refused("the answer of someone else, in a browser that began too", victim, back)

	own := began(victim)
	u, err := url.Parse(own)
	must(t, err)
	q := u.Query()
	for name, value := range map[string]string{"state": "x", "code": "x"} {
		wrong := url.Values{"state": q["state"], "code": q["code"]}
		wrong.Set(name, value)
		fresh := o.browser("/terug")
		began(fresh)
		refused("another "+name, fresh, "/aanmelden/vng/terug?"+wrong.Encode())
	}
	if res, body := o.get(victim, own); body != "page / VISITOR Sam" {
		t.Fatalf("the right answer: %d %s", res.StatusCode, body)
	}
	refused("the same answer again", victim, own)

	// A code that was caught is worth nothing with the state of another flow.
	caught, err := url.Parse(began(attacker))
	must(t, err)
	mine, err := url.Parse(began(victim))
	must(t, err)
	mixed := url.Values{"state": mine.Query()["state"], "code": caught.Query()["code"]}
	refused("a code of another flow: PKCE", victim, "/aanmelden/vng/terug?"+mixed.Encode())

	began(victim)
	if res, body := o.get(victim, "/aanmelden/vng/terug?error=access_denied"); res.StatusCode != http.StatusBadRequest {
		t.Errorf("an error without the state: %d %s", res.StatusCode, body)
	}
	denied, err := url.Parse(began(victim))
	must(t, err)
	if res, body := o.get(victim, "/aanmelden/vng/terug?error=access_denied&state="+denied.Query().Get("state")); res.StatusCode != http.StatusForbidden || strings.Contains(body, "access_denied") {
		t.Errorf("refused at the organisation: %d %s", res.StatusCode, body)
	}
	if res, _ := o.get(victim, "/aanmelden/onbekend"); res.StatusCode != http.StatusNotFound {
		t.Errorf("an unknown provider: %d", res.StatusCode)
	}
	if strings.Contains(o.log.String(), clientSecret) {
		t.Error("the log holds the secret of the client")
	}
}

// An account that is there is linked, and one is made only where that is allowed.
func TestOnlyWhoIsInvited(t *testing.T) {
	o := newOffice(t, func(p *auth.Provider) { p.AllowSignUp, p.RoleClaim, p.Roles = false, "", nil })
	if res, body := o.get(o.browser(""), "/aanmelden/vng"); res.StatusCode != http.StatusForbidden || !strings.Contains(body, "nog geen account") {
		t.Errorf("%d %s", res.StatusCode, body)
	}
	mo, _, _, err := o.people.Invite(t.Context(), kb.System(), kb.Invitation{Name: "Mo", Email: "mo@elders.example"})
	must(t, err)
	o.says(map[string]any{"email": "MO@elders.example"})
	if _, body := o.get(o.browser(""), "/aanmelden/vng"); body != "page / MEMBER Mo" {
		t.Errorf("%s, not %s", body, mo.ID)
	}
}

// Every provider could take over every account here, admins included, by saying that
// an address is verified. It speaks for its own domains only, and for no admin.
func TestAProviderSpeaksForItsDomains(t *testing.T) {
	for what, domain := range map[string]string{"another domain": "elders.example", "an admin": "leerkring.example"} {
		o := newOffice(t, func(p *auth.Provider) { p.Domains, p.TrustEmail = []string{domain}, true })
		o.says(map[string]any{"email": "BEA@leerkring.example"})
		if res, body := o.get(o.browser(""), "/aanmelden/vng"); res.StatusCode != http.StatusForbidden {
			t.Errorf("%s: %d %s", what, res.StatusCode, body)
		}
	}
}

// A provider that cannot be reached is asked again later.
func TestAProviderThatIsGone(t *testing.T) {
	gone := httptest.NewServer(http.NotFoundHandler())
	o := newOffice(t, func(p *auth.Provider) { p.Issuer = gone.URL })
	gone.Close()
	for range 2 {
		if res, body := o.get(o.browser(""), "/aanmelden/vng"); res.StatusCode != http.StatusServiceUnavailable || !strings.Contains(body, "straks opnieuw") {
			t.Errorf("%d %s", res.StatusCode, body)
		}
	}
}
