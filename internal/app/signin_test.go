package app_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"leerkring/internal/app"
	"leerkring/internal/kb"
	"leerkring/internal/store/mongo/mongotest"
)

// visitor is a browser, or a program with a bearer token.
type visitor struct {
	t      *testing.T
	base   string
	client *http.Client
	bearer string
	origin string
}

func visit(t *testing.T, base string) *visitor {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(http.DefaultClient.CloseIdleConnections)
	return &visitor{t: t, base: base, client: &http.Client{Jar: jar}, origin: base}
}

func (v *visitor) do(method, path, mediaType, body string) (int, string) {
	v.t.Helper()
	r, err := http.NewRequestWithContext(v.t.Context(), method, v.base+path, strings.NewReader(body))
	if err != nil {
		v.t.Fatal(err)
	}
	if method == http.MethodPost {
		r.Header.Set("Content-Type", mediaType)
		r.Header.Set("Origin", v.origin)
	}
	if v.bearer != "" {
		r.Header.Set("Authorization", "Bearer "+v.bearer)
	}
	res, err := v.client.Do(r)
	if err != nil {
		v.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	return res.StatusCode, string(text)
}

// ask sends GraphQL and gives the answer at a path of fields, as text.
func (v *visitor) ask(query string, path ...string) (int, string) {
	v.t.Helper()
	body, err := json.Marshal(map[string]string{"query": query})
	if err != nil {
		v.t.Fatal(err)
	}
	status, text := v.do(http.MethodPost, "/graphql", "application/json", string(body))
	var answer any
	if err := json.NewDecoder(bytes.NewReader([]byte(text))).Decode(&answer); err != nil {
		v.t.Fatalf("%d %s", status, text)
	}
	for _, p := range append([]string{"data"}, path...) {
		inner, ok := answer.(map[string]any)
		if !ok {
			return status, text
		}
		answer = inner[p]
	}
	s, ok := answer.(string)
	if !ok {
		return status, text
	}
	return status, s
}

// signIn sends the form of the page.
func (v *visitor) signIn(email, password string) (int, string) {
	v.t.Helper()
	return v.do(http.MethodPost, "/inloggen", "application/x-www-form-urlencoded", url.Values{"email": {email}, "password": {password}}.Encode())
}

const whoAmI = `{ viewer { role } }`

// A browser signs in by the form, is known by its cookie, and signs out.
func TestABrowserSignsInAndOut(t *testing.T) {
	a := open(t, config(t, t.TempDir()))
	begun, stop := begin(t, a, app.Site{Addr: "127.0.0.1:0", Demo: true})
	defer stop()
	v := visit(t, begun.URL)
	defer v.client.CloseIdleConnections()
	if _, role := v.ask(whoAmI, "viewer", "role"); role != "VISITOR" {
		t.Fatalf("begins as %s", role)
	}
	if status, page := v.signIn("redacteur@demo.invalid", "niet dit wachtwoord"); status == http.StatusOK && !strings.Contains(page, "klopt niet") {
		t.Errorf("%d %s", status, page)
	}
	if _, role := v.ask(whoAmI, "viewer", "role"); role != "VISITOR" {
		t.Errorf("a wrong password gives %s", role)
	}
	if status, page := v.signIn("redacteur@demo.invalid", begun.DemoPassword); status != http.StatusOK {
		t.Fatalf("%d %s", status, page)
	}
	if _, role := v.ask(whoAmI, "viewer", "role"); role != "EDITOR" {
		t.Errorf("is %s", role)
	}

	// Another site cannot use the cookie, nor sign out with it.
	v.origin = "https://elders.example"
	if status, text := v.ask(whoAmI); status != http.StatusForbidden {
		t.Errorf("for another site: %d %s", status, text)
	}
	if status, _ := v.do(http.MethodPost, "/uitloggen", "application/x-www-form-urlencoded", ""); status != http.StatusForbidden {
		t.Errorf("another site signs out: %d", status)
	}
	v.origin = begun.URL

	if _, text := v.ask(`mutation { signOut(input: {}) { sequence } }`); strings.Contains(text, "errors") {
		t.Errorf("%s", text)
	}
	if _, role := v.ask(whoAmI, "viewer", "role"); role != "VISITOR" {
		t.Errorf("after signing out: %s", role)
	}
}

// A token that one server revokes is dead on another server of the same MongoDB.
func TestARevokedTokenIsDeadOnEveryServer(t *testing.T) {
	uri := mongotest.URI(t)
	var sites [2]app.Started
	var servers [2]*app.App
	for i := range sites {
		c := config(t, filepath.Join(t.TempDir(), "index"))
		c.Store = uri
		a := open(t, c)
		servers[i] = a
		begun, stop := begin(t, a, app.Site{Addr: "127.0.0.1:0"})
		defer stop()
		sites[i] = begun
	}
	for _, a := range servers {
		settled(t, a)
	}
	people := app.NewAccounts(config(t, ""), servers[0].Store, kb.AccountsConfig{})
	link := sites[1].FirstAdmin // the second start ended the link of the first
	here, there := visit(t, sites[0].URL), visit(t, sites[1].URL)
	defer here.client.CloseIdleConnections()
	defer there.client.CloseIdleConnections()
	secret := link[strings.LastIndexByte(link, '/')+1:]
	_, session := here.ask(`mutation { redeemTicket(input: {secret: "`+secret+`", password: "vier losse woorden samen", name: "Bea", email: "bea@leerkring.example"}) { session { secret } userErrors { message } } }`,
		"redeemTicket", "session", "secret")
	if strings.Contains(session, "{") {
		t.Fatal(session)
	}
	here.bearer = session
	_, token := here.ask(`mutation { createToken(input: {name: "x", scopes: [READ]}) { secret } }`, "createToken", "secret")
	there.bearer = token
	if _, role := there.ask(whoAmI, "viewer", "role"); role != "ADMIN" {
		t.Fatalf("the token is %s there", role)
	}
	all, err := people.EveryToken(t.Context(), kb.System())
	if err != nil || len(all) != 1 {
		t.Fatalf("%d tokens %v", len(all), err)
	}
	if _, text := here.ask(`mutation { revokeToken(input: {id: "` + string(all[0].ID) + `"}) { id } }`); strings.Contains(text, "errors\":[{") {
		t.Fatal(text)
	}
	start := time.Now()
	status, text := there.ask(whoAmI)
	t.Logf("the other server was asked once, which took %s", time.Since(start))
	if status != http.StatusUnauthorized || !strings.Contains(text, "UNAUTHENTICATED") {
		t.Errorf("%d %s", status, text)
	}

	// A new password ends the session everywhere too.
	there.bearer = session
	if _, role := there.ask(whoAmI, "viewer", "role"); role != "ADMIN" {
		t.Fatalf("the session is %s there", role)
	}
	here.ask(`mutation { changePassword(input: {current: "vier losse woorden samen", password: "heel andere tekst als sleutel"}) { userErrors { message } } }`)
	if status, text := there.ask(whoAmI); status != http.StatusUnauthorized {
		t.Errorf("%d %s", status, text)
	}
}
