package auth

import (
	"context"
	"net/http"
	"time"

	"leerkring/internal/kb"
)

// The names of our cookies; over https with __Host- before them, so that no other
// site of the same domain can set them (RFC 6265bis, §4.1.3.2).
const (
	sessionCookie = "leerkring"
	deviceCookie  = "leerkring-device"
	flowCookie    = "leerkring-sign-in"
)

// deviceLasts is how long a browser is known again.
const deviceLasts = 365 * 24 * time.Hour

// SetSession gives a browser the cookie of a session that was just begun, by its
// secret, and the mark by which it is known again. It must come before the answer begins.
func (g *Gate) SetSession(ctx context.Context, w http.ResponseWriter, secret string) {
	g.set(w, sessionCookie, secret, kb.SessionLasts, http.SameSiteLaxMode)
	mark, err := g.mark(ctx, secret)
	if err != nil { // it only costs the owner a better budget
		g.Log.WarnContext(ctx, "a browser gets no mark", "code", kb.CodeOf(err), "err", err)
		return
	}
	if mark != "" {
		g.set(w, deviceCookie, mark, deviceLasts, http.SameSiteStrictMode)
	}
}

func (g *Gate) mark(ctx context.Context, secret string) (string, error) {
	actor, err := g.Accounts.Authenticate(ctx, secret)
	if err != nil {
		return "", err
	}
	return g.Accounts.Mark(ctx, actor.Account)
}

// ClearSession takes the cookie of a session away.
func (g *Gate) ClearSession(w http.ResponseWriter) {
	g.set(w, sessionCookie, "", -time.Second, http.SameSiteLaxMode)
}

func (g *Gate) name(cookie string) string {
	if g.secure {
		return "__Host-" + cookie
	}
	return cookie
}

func (g *Gate) cookie(r *http.Request, name string) string {
	c, err := r.Cookie(g.name(name))
	if err != nil {
		return ""
	}
	return c.Value
}

func (g *Gate) set(w http.ResponseWriter, name, value string, lasts time.Duration, site http.SameSite) {
	http.SetCookie(w, &http.Cookie{
		Name: g.name(name), Value: value, Path: "/", MaxAge: int(lasts / time.Second),
		Secure: g.secure, HttpOnly: true, SameSite: site,
	})
}
