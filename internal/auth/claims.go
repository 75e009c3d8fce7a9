package auth

import (
	"context"
	"slices"
	"strings"

	"leerkring/internal/kb"
)

// claims are what a provider says of someone, as encoding/json decodes them.
type claims map[string]any

// text gives a claim that is a text.
func (c claims) text(name string) string {
	s, _ := c[name].(string)
	return s
}

// verified reports whether the provider says that the address is theirs. Some say it
// in a text.
func (c claims) verified() bool {
	switch v := c["email_verified"].(type) {
	case bool:
		return v
	case string:
		return v == "true"
	}
	return false
}

// values gives the texts of a claim that is one text or a list of them. A name that
// is no claim is a path with dots into one.
func (c claims) values(name string) []string {
	v, ok := c[name]
	if !ok {
		v = map[string]any(c)
		for step := range strings.SplitSeq(name, ".") {
			inner, _ := v.(map[string]any)
			v = inner[step]
		}
	}
	switch v := v.(type) {
	case string:
		return []string{v}
	case []any:
		var out []string
		for _, e := range v {
			if s, ok := e.(string); ok {
				out = append(out, s)
			}
		}
		return out
	}
	return nil
}

// identity turns claims into who it is, as the provider was described. team gives
// the team with a slug or an id, empty for none.
func (p *Provider) identity(ctx context.Context, c claims, team func(context.Context, string) (kb.ID, error)) (kb.Identity, error) {
	who := kb.Identity{
		Subject: kb.Subject{Issuer: p.Issuer, Subject: c.text("sub")},
		Name:    c.text("name"), Email: c.text("email"), Verified: (c.verified() || p.TrustEmail) && p.vouches(c.text("email")),
		Least: p.Role, SignUp: p.AllowSignUp,
	}
	if p.RoleClaim != "" {
		who.Role = p.role(c.values(p.RoleClaim))
	}
	said := map[string]bool{}
	for _, v := range c.values(p.TeamClaim) {
		said[v] = true
	}
	in := map[kb.ID]bool{} // several values may name one team
	for value, name := range p.Teams {
		id, err := team(ctx, name)
		if err != nil {
			return kb.Identity{}, err
		}
		if id != "" {
			in[id] = in[id] || said[value]
		}
	}
	for id, member := range in {
		who.Managed = append(who.Managed, id)
		if member {
			who.Teams = append(who.Teams, id)
		}
	}
	return who, nil
}

// role is the highest one that values give, a visitor's when they give none.
func (p *Provider) role(values []string) kb.Role {
	role := kb.RoleVisitor
	for _, v := range values {
		if r, ok := p.Roles[v]; ok && r.AtLeast(role) {
			role = r
		}
	}
	return role
}

// vouches reports whether an address is of a domain that the provider may speak for.
func (p *Provider) vouches(email string) bool {
	_, domain, _ := strings.Cut(email, "@")
	return slices.ContainsFunc(p.Domains, func(d string) bool { return strings.EqualFold(d, domain) })
}
