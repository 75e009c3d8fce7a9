package auth

import (
	"encoding/json"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync"

	"leerkring/internal/kb"
)

// Config is what a Gate is made of.
type Config struct {
	Accounts *kb.Accounts
	// BaseURL is the address by which readers know the site. With https, cookies are
	// for https only.
	BaseURL string
	// Origins are the other sites whose scripts may use GraphQL, with bearer tokens
	// and never with cookies.
	Origins []string
	// TrustProxy takes the address of who asks from X-Forwarded-For, as the last proxy
	// wrote it. Without a proxy that sets it, anyone could.
	TrustProxy bool
	// Private refuses requests that a proxy passed on: the accounts of a demonstration,
	// whose password everyone knows, are for this machine only.
	Private bool
	Log     *slog.Logger
}

// Gate finds out who is asking, in front of everything that is served.
type Gate struct {
	Config
	secure bool
	origin string
	// pages lets our own site write, graphQL also those of Origins.
	pages, graphQL *http.CrossOriginProtection
	// warned is done once a proxy was seen whose word is not taken.
	warned sync.Once
}

// NewGate makes a gate. Invalid when one of the origins is none.
func NewGate(c Config) (*Gate, error) {
	u, err := url.Parse(c.BaseURL)
	if err != nil {
		return nil, kb.Wrap(err, kb.Invalid, kb.Text{NL: "Het webadres van de site klopt niet.", EN: "The web address of the site is not valid."})
	}
	g := &Gate{Config: c, secure: u.Scheme == "https", origin: u.Scheme + "://" + u.Host}
	if g.pages, err = protection(g.origin); err != nil {
		return nil, err
	}
	g.graphQL, err = protection(append([]string{g.origin}, c.Origins...)...)
	return g, err
}

// protection refuses what is written from other sites than the origins.
func protection(origins ...string) (*http.CrossOriginProtection, error) {
	p := http.NewCrossOriginProtection()
	for _, origin := range origins {
		if err := p.AddTrustedOrigin(origin); err != nil {
			return nil, kb.Wrap(err, kb.Invalid, kb.Text{NL: "%q is geen herkomst.", EN: "%q is no origin."}, origin)
		}
	}
	return p, nil
}

// GraphQL lets requests through to GraphQL, and refuses in its form.
func (g *Gate) GraphQL(next http.Handler) http.Handler {
	return g.around(g.graphQL, next, func(w http.ResponseWriter, status int, code kb.Code, text kb.Text) {
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		w.WriteHeader(status)
		_ = json.NewEncoder(w).Encode(map[string]any{"errors": []any{map[string]any{ // a client that is gone needs no answer
			"message": text.NL + " " + text.EN, "extensions": map[string]any{"code": code},
		}}})
	})
}

// Pages lets requests through to pages, and refuses in plain text.
func (g *Gate) Pages(next http.Handler) http.Handler {
	return g.around(g.pages, next, func(w http.ResponseWriter, status int, _ kb.Code, text kb.Text) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.WriteHeader(status)
		_, _ = w.Write([]byte(text.NL + "\n" + text.EN + "\n"))
	})
}

// refuse answers a request that does not get through.
type refuse func(w http.ResponseWriter, status int, code kb.Code, text kb.Text)

func (g *Gate) around(allowed *http.CrossOriginProtection, next http.Handler, no refuse) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Add("Vary", "Authorization")
		if g.Private && forwarded(r) {
			no(w, http.StatusForbidden, kb.Forbidden, kb.Text{
				NL: "Deze demonstratie is alleen voor de machine waarop zij draait. Noem met --base-url het webadres van de site.",
				EN: "This demonstration is only for the machine on which it runs. Name the web address of the site with --base-url.",
			})
			return
		}
		if err := allowed.Check(r); err != nil {
			w.Header().Set("Cache-Control", "no-store")
			no(w, http.StatusForbidden, kb.Forbidden, kb.Text{
				NL: "Dit verzoek komt van een andere site en is daarom geweigerd.", EN: "This request comes from another site and was therefore refused.",
			})
			return
		}
		actor, err := g.actor(w, r)
		if err != nil {
			g.turnAway(w, r, err, no)
			return
		}
		ctx := kb.WithClient(kb.WithActor(r.Context(), actor), g.client(r))
		next.ServeHTTP(&answer{ResponseWriter: w, signedIn: actor.SignedIn()}, r.WithContext(ctx))
	})
}

// turnAway answers a request of which it is not known who asks: 401 for a token that
// is not good, 503 when the store cannot be asked.
func (g *Gate) turnAway(w http.ResponseWriter, r *http.Request, err error, no refuse) {
	w.Header().Set("Cache-Control", "no-store")
	if kb.CodeOf(err) == kb.Unauthenticated {
		w.Header().Set("WWW-Authenticate", `Bearer error="invalid_token"`)
		no(w, http.StatusUnauthorized, kb.Unauthenticated, kb.Text{NL: "Het token klopt niet, of is verlopen.", EN: "The token is not valid, or has expired."})
		return
	}
	g.Log.ErrorContext(r.Context(), "it cannot be told who asks", "code", kb.CodeOf(err), "err", err)
	no(w, http.StatusServiceUnavailable, kb.Unavailable, kb.Text{NL: "Leerkring is nu niet bereikbaar. Probeer het straks opnieuw.", EN: "Leerkring cannot be reached now. Try again later."})
}

// actor gives who asks: by a bearer token, which must be good, or by the cookie of a
// session, or a visitor. A cookie that is not good (any more) is taken away.
func (g *Gate) actor(w http.ResponseWriter, r *http.Request) (kb.Actor, error) {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if strings.EqualFold(scheme, "Bearer") {
		return g.Accounts.Authenticate(r.Context(), strings.TrimSpace(token))
	}
	secret := g.cookie(r, sessionCookie)
	if secret == "" || !g.ours(r) {
		return kb.Visitor(), nil
	}
	actor, err := g.Accounts.Authenticate(r.Context(), secret)
	if kb.CodeOf(err) == kb.Unauthenticated {
		g.ClearSession(w)
		return kb.Visitor(), nil
	}
	return actor, err
}

// ours reports whether a request was made by our own pages, or by a person who
// followed a link. Scripts of other sites name theirs in Origin.
func (g *Gate) ours(r *http.Request) bool {
	origin := r.Header.Get("Origin")
	if origin == "" || origin == g.origin {
		return true
	}
	u, err := url.Parse(origin)
	return err == nil && u.Host == r.Host
}

// client tells through which program a request came.
func (g *Gate) client(r *http.Request) kb.Client {
	ip, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		ip = r.RemoteAddr
	}
	if !g.TrustProxy && forwarded(r) && behind(ip) {
		g.warned.Do(func() {
			g.Log.WarnContext(r.Context(), "requests come through a proxy that is not trusted: all people share one limit on signing in; start with --trust-proxy when the proxy sets X-Forwarded-For itself")
		})
	}
	if g.TrustProxy {
		if all := r.Header.Values("X-Forwarded-For"); len(all) > 0 {
			last := all[len(all)-1]
			ip = strings.TrimSpace(last[strings.LastIndexByte(last, ',')+1:])
		}
	}
	return kb.Client{IP: ip, Device: g.cookie(r, deviceCookie), Browser: r.UserAgent()}
}

// forwarded reports whether a proxy says that it passes a request on.
func forwarded(r *http.Request) bool {
	return r.Header.Get("Forwarded") != "" || r.Header.Get("X-Forwarded-For") != "" || r.Header.Get("X-Forwarded-Host") != ""
}

// behind reports whether an address is one where a proxy of ours would stand.
func behind(ip string) bool {
	address, err := netip.ParseAddr(ip)
	return err == nil && (address.IsLoopback() || address.IsPrivate())
}

// answer sees to it that no cache mixes people up: what depends on who asks says so,
// and what is for one person is kept by nobody else.
type answer struct {
	http.ResponseWriter
	signedIn bool
	begun    bool
}

// WriteHeader sets what caches go by.
func (a *answer) WriteHeader(status int) {
	if !a.begun && status >= 200 {
		a.begun = true
		h := a.Header()
		stored := h.Get("Cache-Control")
		if !strings.Contains(stored, "public") { // what is public is the same for everyone
			h.Add("Vary", "Cookie")
			if a.signedIn && !strings.Contains(stored, "no-store") {
				h.Set("Cache-Control", "private, no-cache")
			}
		}
	}
	a.ResponseWriter.WriteHeader(status)
}

// Write begins the answer if it has not begun.
func (a *answer) Write(p []byte) (int, error) {
	if !a.begun {
		a.WriteHeader(http.StatusOK)
	}
	return a.ResponseWriter.Write(p)
}

// Unwrap lets http.ResponseController reach the connection.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }
