package kb_test

import (
	"strings"
	"testing"
	"time"

	"leerkring/internal/kb"
)

func TestTokens(t *testing.T) {
	p := newPeople(t)
	mo, _ := p.person("Mo2", kb.RoleExpert)
	secret, token, _, err := p.CreateToken(t.Context(), mo, kb.TokenRequest{Name: " script ", Scopes: []kb.Scope{kb.ScopeWrite, kb.ScopeRead, kb.ScopeRead}})
	check(t, err)
	if !strings.HasPrefix(secret, "lk_") || len(secret) < 50 || !strings.HasPrefix(secret, token.Hint) || len(token.Hint) > 8 || token.Secret != "" ||
		token.Name != "script" || len(token.Scopes) != 2 || !token.ExpiresAt.Equal(p.now.Add(90*24*time.Hour)) {
		t.Errorf("%q %+v", secret, token)
	}
	actor := p.as(secret)
	if actor.Account != mo.Account || actor.Role != kb.RoleExpert || actor.Token != token.ID || actor.Session != "" {
		t.Errorf("%+v", actor)
	}
	if !actor.Has(kb.RoleExpert, kb.ScopeWrite) || actor.Has(kb.RoleExpert, kb.ScopeReview) || actor.CanEdit() {
		t.Error("the scopes are no limit")
	}
	p.dead("a token cut short", secret[:len(secret)-1])

	// A scope beyond the role of the owner gives nothing.
	high, _, _, err := p.CreateToken(t.Context(), mo, kb.TokenRequest{Name: "hoog", Scopes: kb.Scopes(), Days: 366})
	check(t, err)
	if a := p.as(high); a.CanEdit() || a.Has(kb.RoleAdmin, kb.ScopeAdmin) {
		t.Error("a scope gives a role")
	}
	// A token makes no tokens.
	narrow, _, _, err := p.CreateToken(t.Context(), mo, kb.TokenRequest{Name: "smal", Scopes: []kb.Scope{kb.ScopeAdmin, kb.ScopeRead}})
	check(t, err)
	_, _, _, err = p.CreateToken(t.Context(), p.as(narrow), kb.TokenRequest{Name: "meer", Scopes: []kb.Scope{kb.ScopeWrite}})
	wantCode(t, "a token that widens itself", kb.Forbidden, err)
	_, _, _, err = p.CreateToken(t.Context(), actor, kb.TokenRequest{Name: "meer", Scopes: []kb.Scope{kb.ScopeRead}})
	wantCode(t, "a token that may not make tokens", kb.Forbidden, err)

	for what, req := range map[string]kb.TokenRequest{
		"no name": {Scopes: kb.Scopes()}, "no scope": {Name: "x"}, "a scope that does not exist": {Name: "x", Scopes: []kb.Scope{"ALLES"}},
		"too long": {Name: "x", Scopes: kb.Scopes(), Days: 367}, "in the past": {Name: "x", Scopes: kb.Scopes(), Days: -1},
	} {
		_, _, _, err := p.CreateToken(t.Context(), mo, req)
		wantCode(t, what, kb.Invalid, err)
	}
	p.now = p.now.Add(90 * 24 * time.Hour)
	p.dead("a token after its time", secret)
	p.as(high)
}

func TestTokensOfPrograms(t *testing.T) {
	p := newPeople(t)
	mo, _ := p.person("Mo2", kb.RoleMember)
	app, _, err := p.CreateApp(t.Context(), p.boss, "Koppeling", kb.RoleExpert, nil)
	check(t, err)
	_, _, err = p.CreateApp(t.Context(), mo, "Koppeling", kb.RoleMember, nil)
	wantCode(t, "a program by a member", kb.Forbidden, err)
	_, _, err = p.CreateApp(t.Context(), p.boss, "Beheer", kb.RoleAdmin, nil)
	wantCode(t, "a program as admin", kb.Invalid, err)
	_, _, err = p.SetRole(t.Context(), p.boss, app.ID, 0, kb.RoleAdmin)
	wantCode(t, "a program made admin", kb.Invalid, err)

	secret, token, _, err := p.CreateToken(t.Context(), p.boss, kb.TokenRequest{Account: app.ID, Name: "productie", Scopes: []kb.Scope{kb.ScopeRead}})
	check(t, err)
	if a := p.as(secret); a.Account != app.ID || a.Name != "Koppeling" || a.Role != kb.RoleExpert {
		t.Errorf("%+v", a)
	}
	// Nobody writes under the name of another person.
	_, _, _, err = p.CreateToken(t.Context(), p.boss, kb.TokenRequest{Account: mo.Account, Name: "namens", Scopes: []kb.Scope{kb.ScopeWrite}})
	wantCode(t, "an admin makes a token of a person", kb.Forbidden, err)
	_, _, _, err = p.CreateToken(t.Context(), mo, kb.TokenRequest{Account: app.ID, Name: "x", Scopes: []kb.Scope{kb.ScopeRead}})
	wantCode(t, "a member makes a token of a program", kb.Forbidden, err)

	_, err = p.RevokeToken(t.Context(), mo, token.ID)
	wantCode(t, "the token of someone else", kb.NotFound, err)
	_, err = p.RevokeToken(t.Context(), kb.Visitor(), token.ID)
	wantCode(t, "a visitor revokes", kb.Unauthenticated, err)
	_, err = p.RevokeToken(t.Context(), p.boss, token.ID)
	check(t, err)
	p.dead("a revoked token", secret)
	_, err = p.RevokeToken(t.Context(), p.boss, token.ID)
	wantCode(t, "revoking twice", kb.NotFound, err)
}

func TestTokensAreListed(t *testing.T) {
	p := newPeople(t)
	mo, _ := p.person("Mo2", kb.RoleMember)
	secret, own, _, err := p.CreateToken(t.Context(), mo, kb.TokenRequest{Name: "script", Scopes: []kb.Scope{kb.ScopeRead}})
	check(t, err)
	_, _, _, err = p.CreateToken(t.Context(), p.boss, kb.TokenRequest{Name: "beheer", Scopes: []kb.Scope{kb.ScopeRead}})
	check(t, err)
	page, err := p.Tokens(t.Context(), mo, false, 10, "")
	check(t, err)
	if len(page.Hits) != 1 || page.Hits[0].Entity.Base().ID != own.ID || page.Hits[0].Entity.(*kb.Token).Secret != "" {
		t.Errorf("%+v", page.Hits)
	}
	_, err = p.Tokens(t.Context(), mo, true, 10, "")
	wantCode(t, "everyone's tokens for a member", kb.Forbidden, err)
	if page, err = p.Tokens(t.Context(), p.boss, true, 10, ""); err != nil || page.Total != 2 {
		t.Errorf("%+v %v", page, err)
	}
	all, err := p.EveryToken(t.Context(), kb.System())
	if err != nil || len(all) != 2 || all[0].Secret != "" {
		t.Errorf("%+v %v", all, err)
	}
	// A token may end itself, whatever its scopes.
	_, err = p.RevokeToken(t.Context(), p.as(secret), own.ID)
	check(t, err)
	p.dead("a token that ended itself", secret)
}
