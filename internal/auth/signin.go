package auth

import (
	"context"
	"crypto/subtle"
	"errors"
	"html/template"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"leerkring/internal/kb"
)

// providerWithin is how long a provider may take for one answer.
const providerWithin = 10 * time.Second

// SignIn lets people sign in at their organisation: OpenID Connect Core 1.0 with the
// code flow, PKCE (RFC 7636, S256), state and nonce.
type SignIn struct {
	gate      *Gate
	now       func() time.Time
	client    *http.Client
	providers map[string]*remote
}

// remote is a provider with what it says of itself, once it was asked.
type remote struct {
	Provider

	mu    sync.Mutex
	found *oidc.Provider
}

// NewSignIn serves providers. They are asked for their addresses and keys when they
// are needed first, so that one that cannot be reached stops nobody else.
func NewSignIn(gate *Gate, providers []Provider, now func() time.Time) *SignIn {
	s := &SignIn{gate: gate, now: now, client: &http.Client{Timeout: providerWithin}, providers: map[string]*remote{}}
	for _, p := range providers {
		s.providers[p.Name] = &remote{Provider: p}
	}
	return s
}

// Path is where signing in at a provider begins.
func Path(provider string) string { return "/aanmelden/" + provider }

// Handler answers /aanmelden/{name} and /aanmelden/{name}/terug, where the provider
// sends people back to, and gives everything else to next.
func (s *SignIn) Handler(next http.Handler) http.Handler {
	mux := http.NewServeMux()
	for _, prefix := range []string{"", "/en"} {
		mux.HandleFunc("GET "+prefix+"/aanmelden/{name}", s.begin)
	}
	mux.HandleFunc("GET /aanmelden/{name}/terug", s.end)
	mux.Handle("/", next)
	return mux
}

// begin sends a browser to its provider.
func (s *SignIn) begin(w http.ResponseWriter, r *http.Request) {
	language := "nl"
	if strings.HasPrefix(r.URL.Path, "/en/") {
		language = "en"
	}
	p, ok := s.providers[r.PathValue("name")]
	if !ok {
		s.fail(w, r, kb.Errorf(kb.NotFound, kb.Text{NL: "Deze manier van aanmelden is er niet.", EN: "There is no such way to sign in."}))
		return
	}
	config, _, err := s.config(r.Context(), p)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	f := newFlow(p.Name, r.FormValue("naar"), language)
	if err := s.gate.remember(w, f); err != nil {
		s.fail(w, r, err)
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	http.Redirect(w, r, config.AuthCodeURL(f.State, oidc.Nonce(f.Nonce), oauth2.S256ChallengeOption(f.Verifier)), http.StatusFound)
}

// end takes a browser back from its provider.
func (s *SignIn) end(w http.ResponseWriter, r *http.Request) {
	f, ok := s.gate.recall(w, r)
	p := s.providers[r.PathValue("name")]
	if !ok || p == nil || f.Provider != p.Name || !same(f.State, r.FormValue("state")) {
		s.fail(w, r, kb.Errorf(kb.Invalid, kb.Text{
			NL: "Dit aanmelden is niet hier begonnen, duurde te lang, of is al gebruikt. Begin opnieuw.", EN: "This sign-in did not begin here, took too long, or was used already. Begin again.",
		}))
		return
	}
	if said := r.FormValue("error"); said != "" {
		s.fail(w, r, kb.Wrap(errors.New(said), kb.Forbidden, kb.Text{NL: "Uw organisatie heeft u niet aangemeld.", EN: "Your organisation did not sign you in."}))
		return
	}
	c, err := s.redeem(r.Context(), p, f, r.FormValue("code"))
	if err != nil {
		s.fail(w, r, err)
		return
	}
	who, err := p.identity(r.Context(), c, s.gate.Accounts.Team)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	who.Language = f.Language
	session, err := s.gate.Accounts.SignInAs(r.Context(), who, kb.ClientOf(r.Context()))
	if err != nil {
		s.fail(w, r, err)
		return
	}
	s.gate.SetSession(r.Context(), w, session.Secret)
	w.Header().Set("Cache-Control", "no-store")
	http.Redirect(w, r, f.To, http.StatusFound)
}

// redeem turns a code into what the provider says of someone.
func (s *SignIn) redeem(ctx context.Context, p *remote, f flow, code string) (claims, error) {
	config, provider, err := s.config(ctx, p)
	if err != nil {
		return nil, err
	}
	refused := kb.Text{NL: "Het antwoord van uw organisatie klopt niet. Begin opnieuw.", EN: "The answer of your organisation is not right. Begin again."}
	ctx = oidc.ClientContext(ctx, s.client)
	token, err := config.Exchange(ctx, code, oauth2.VerifierOption(f.Verifier))
	if err != nil {
		return nil, kb.Wrap(err, kb.Unauthenticated, refused)
	}
	raw, ok := token.Extra("id_token").(string)
	if !ok {
		return nil, kb.Errorf(kb.Unauthenticated, refused)
	}
	proven, err := provider.VerifierContext(ctx, &oidc.Config{ClientID: p.ClientID, Now: s.now}).Verify(ctx, raw)
	if err != nil {
		return nil, kb.Wrap(err, kb.Unauthenticated, refused)
	}
	if !same(proven.Nonce, f.Nonce) {
		return nil, kb.Wrap(errors.New("the nonce is another one"), kb.Unauthenticated, refused)
	}
	c := claims{}
	if err := proven.Claims(&c); err != nil {
		return nil, kb.Wrap(err, kb.Unauthenticated, refused)
	}
	return c, nil
}

func same(a, b string) bool {
	return a != "" && subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1
}

// config gives how to speak with a provider, asking it for its addresses the first time.
func (s *SignIn) config(ctx context.Context, p *remote) (*oauth2.Config, *oidc.Provider, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.found == nil {
		// What is found is used by later requests too, so it does not end with this one.
		found, err := oidc.NewProvider(oidc.ClientContext(context.WithoutCancel(ctx), s.client), p.Issuer)
		if err != nil {
			return nil, nil, kb.Wrap(err, kb.Unavailable, kb.Text{
				NL: "Het aanmelden bij uw organisatie is nu niet bereikbaar. Probeer het straks opnieuw.", EN: "The sign-in of your organisation cannot be reached now. Try again later.",
			})
		}
		p.found = found
	}
	scopes := p.Scopes
	if len(scopes) == 0 {
		scopes = []string{"email", "profile"}
	}
	return &oauth2.Config{
		ClientID: p.ClientID, ClientSecret: p.ClientSecret, Endpoint: p.found.Endpoint(),
		RedirectURL: s.gate.BaseURL + Path(p.Name) + "/terug", Scopes: append([]string{oidc.ScopeOpenID}, scopes...),
	}, p.found, nil
}

// fail says in both languages why someone was not signed in; the cause is for the log.
func (s *SignIn) fail(w http.ResponseWriter, r *http.Request, err error) {
	text := kb.Text{NL: "Er ging bij ons iets mis. Probeer het straks opnieuw.", EN: "Something went wrong on our side. Try again later."}
	if e, ok := errors.AsType[*kb.Error](err); ok {
		text = e.Text
	}
	s.gate.Log.WarnContext(r.Context(), "somebody was not signed in by an organisation", "code", kb.CodeOf(err), "err", err)
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(status(kb.CodeOf(err)))
	_ = failedPage().Execute(w, text) // a client that is gone needs no answer
}

func status(code kb.Code) int {
	switch code {
	case kb.NotFound:
		return http.StatusNotFound
	case kb.Invalid, kb.Unauthenticated:
		return http.StatusBadRequest
	case kb.Forbidden:
		return http.StatusForbidden
	case kb.Unavailable:
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

func failedPage() *template.Template {
	return template.Must(template.New("failed").Parse(`<!doctype html><html lang="nl"><meta charset="utf-8">` +
		`<meta name="viewport" content="width=device-width"><title>Aanmelden is niet gelukt</title>` +
		`<h1>Aanmelden is niet gelukt</h1><p>{{.NL}}</p><div lang="en"><h2>You are not signed in</h2><p>{{.EN}}</p></div>` +
		`<p><a href="/inloggen">Inloggen</a> · <a href="/en/inloggen" lang="en">Sign in</a></p></html>`))
}
