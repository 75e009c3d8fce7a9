package auth

import (
	"bytes"
	"encoding/json"
	"net/url"
	"slices"
	"strings"

	"leerkring/internal/kb"
)

// Provider is the sign-in of an organisation, as the operator describes it in a file.
type Provider struct {
	// Name stands in addresses, Label on the button.
	Name  string `json:"name"`
	Label string `json:"label"`
	// Issuer is the address under which the provider describes itself.
	Issuer   string `json:"issuer"`
	ClientID string `json:"clientID"`
	// ClientSecret, or the name of the environment variable that holds it.
	ClientSecret    string `json:"clientSecret,omitempty"`
	ClientSecretEnv string `json:"clientSecretEnv,omitempty"`
	// Scopes are asked for besides openid; none means email and profile.
	Scopes []string `json:"scopes,omitempty"`
	// RoleClaim names the claim whose values give roles; a path with dots reaches
	// into it. At every sign-in the role becomes the highest one of Roles that applies.
	RoleClaim string             `json:"roleClaim,omitempty"`
	Roles     map[string]kb.Role `json:"roles,omitempty"`
	// Role is what everyone of this provider is at least.
	Role kb.Role `json:"role,omitempty"`
	// TeamClaim names the claim whose values give teams, each by its slug or id.
	TeamClaim string            `json:"teamClaim,omitempty"`
	Teams     map[string]string `json:"teams,omitempty"`
	// Domains are those of the addresses that the provider vouches for: an address of
	// another domain gives nobody an account, whatever the provider says of it.
	Domains []string `json:"domains,omitempty"`
	// AllowSignUp makes an account for who has none.
	AllowSignUp bool `json:"allowSignUp,omitempty"`
	// TrustEmail takes every address for verified, for a provider that gives its people
	// their addresses itself and does not say so in email_verified.
	TrustEmail bool `json:"trustEmail,omitempty"`
}

// ParseProviders reads the file of the operator: {"providers": [...]}. getenv gives
// environment variables. Invalid says what is wrong in it.
func ParseProviders(data []byte, getenv func(string) string) ([]Provider, error) {
	var file struct {
		Providers []Provider `json:"providers"`
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&file); err != nil {
		return nil, kb.Wrap(err, kb.Invalid, kb.Text{
			NL: "Het bestand van --sign-in is geen JSON van de juiste vorm: %v.", EN: "The file of --sign-in is no JSON of the right form: %v.",
		}, err)
	}
	names := map[string]bool{}
	for i := range file.Providers {
		p := &file.Providers[i]
		if p.ClientSecretEnv != "" {
			p.ClientSecret = getenv(p.ClientSecretEnv)
		}
		if wrong := p.wrong(); wrong.NL != "" {
			return nil, kb.Errorf(kb.Invalid, kb.Text{NL: "In het bestand van --sign-in, bij %q: " + wrong.NL, EN: "In the file of --sign-in, at %q: " + wrong.EN}, p.Name)
		}
		if names[p.Name] {
			return nil, kb.Errorf(kb.Invalid, kb.Text{NL: "In het bestand van --sign-in staat %q twee keer.", EN: "The file of --sign-in has %q twice."}, p.Name)
		}
		names[p.Name] = true
	}
	return file.Providers, nil
}

// wrong says what is wrong with a provider, nothing when all is well.
func (p *Provider) wrong() kb.Text {
	switch {
	case p.Name == "" || strings.Trim(p.Name, "abcdefghijklmnopqrstuvwxyz0123456789-") != "":
		return kb.Text{NL: "name mag alleen kleine letters, cijfers en streepjes hebben.", EN: "name may have lower-case letters, digits and hyphens only."}
	case p.Label == "":
		return kb.Text{NL: "label ontbreekt: de tekst op de knop.", EN: "label is missing: the text on the button."}
	case !safeIssuer(p.Issuer):
		return kb.Text{NL: "issuer is geen adres met https://.", EN: "issuer is no address with https://."}
	case p.ClientID == "":
		return kb.Text{NL: "clientID ontbreekt.", EN: "clientID is missing."}
	case p.ClientSecretEnv != "" && p.ClientSecret == "":
		return kb.Text{NL: "de variabele van clientSecretEnv is leeg.", EN: "the variable of clientSecretEnv is empty."}
	case p.RoleClaim == "" && len(p.Roles) > 0:
		return kb.Text{NL: "roles staat er zonder roleClaim.", EN: "roles is there without roleClaim."}
	case p.TeamClaim == "" && len(p.Teams) > 0:
		return kb.Text{NL: "teams staat er zonder teamClaim.", EN: "teams is there without teamClaim."}
	case len(p.Domains) == 0 && (p.AllowSignUp || p.TrustEmail):
		return kb.Text{NL: "allowSignUp en trustEmail doen niets zonder domains.", EN: "allowSignUp and trustEmail do nothing without domains."}
	case slices.ContainsFunc(p.Domains, func(d string) bool { return d == "" || strings.ContainsAny(d, "@* ") }):
		return kb.Text{NL: "domains moet domeinen noemen, zoals gemeente.example.", EN: "domains must name domains, such as gemeente.example."}
	case p.Role != "" && (!isRole(p.Role) || p.Role == kb.RoleAdmin):
		return kb.Text{NL: "role moet VISITOR, MEMBER, EXPERT of EDITOR zijn.", EN: "role must be VISITOR, MEMBER, EXPERT or EDITOR."}
	}
	for _, r := range p.Roles {
		if !isRole(r) {
			return kb.Text{NL: "in roles staat een rol die er niet is.", EN: "roles has a role that does not exist."}
		}
	}
	return kb.Text{}
}

func isRole(r kb.Role) bool {
	for _, known := range kb.Roles() {
		if r == known {
			return true
		}
	}
	return false
}

// safeIssuer wants https, but for a provider on this very machine.
func safeIssuer(issuer string) bool {
	u, err := url.Parse(issuer)
	if err != nil || u.Host == "" {
		return false
	}
	host := u.Hostname()
	return u.Scheme == "https" || u.Scheme == "http" && (host == "localhost" || host == "127.0.0.1" || host == "::1")
}
