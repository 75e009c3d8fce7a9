package auth

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

func FuzzParseHash(f *testing.F) {
	f.Add("$argon2id$v=19$m=8,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
	f.Add("$argon2id$v=19$m=+8,t=2,p=1$AAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAA")
	f.Add("$$$$$")
	f.Fuzz(func(t *testing.T, s string) {
		h, ok := parseHash(s)
		if ok && (h.String() != s || h.memory > mostMemory || h.passes > mostPasses) {
			t.Errorf("%q is read as %q", s, h)
		}
	})
}

func FuzzParseFlow(f *testing.F) {
	f.Add("eyJwIjoieCIsInMiOiJ4IiwibiI6IngiLCJ2IjoieCIsInQiOiIvL2VsZGVycyJ9")
	f.Add("")
	f.Fuzz(func(t *testing.T, s string) {
		flow, ok := parseFlow(s)
		if ok && (flow.State == "" || !strings.HasPrefix(flow.To, "/") || strings.HasPrefix(flow.To, "//")) {
			t.Errorf("%+v", flow)
		}
	})
}

func TestLocalPath(t *testing.T) {
	for to, want := range map[string]string{
		"/casus/tuin?q=1": "/casus/tuin?q=1", "": "/", "casus": "/", "//elders.example": "/", "/\\elders.example": "/", "https://elders.example": "/", "/\t/elders.example": "/",
	} {
		if got := localPath(to); got != want {
			t.Errorf("%q: %q, want %q", to, got, want)
		}
	}
}

func TestClaims(t *testing.T) {
	c := claims{
		"groups": []any{"a", 1.0, "b"}, "role": "x", "https://id.example/groups": []any{"c"},
		"realm_access": map[string]any{"roles": []any{"d"}}, "number": 3.0, "email_verified": "true",
	}
	for name, want := range map[string][]string{
		"groups": {"a", "b"}, "role": {"x"}, "https://id.example/groups": {"c"}, "realm_access.roles": {"d"},
		"realm_access.nothing": nil, "number": nil, "role.deeper": nil, "": nil, "nothing.at.all": nil,
	} {
		if diff := cmp.Diff(want, c.values(name)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	for said, want := range map[any]bool{true: true, false: false, "true": true, "false": false, 1.0: false, nil: false} {
		if got := (claims{"email_verified": said}).verified(); got != want {
			t.Errorf("%v: %t", said, got)
		}
	}
}

func TestIdentity(t *testing.T) {
	p := Provider{
		Issuer: "https://id.example", RoleClaim: "groups", Roles: map[string]kb.Role{"red": kb.RoleEditor, "exp": kb.RoleExpert}, Role: kb.RoleMember,
		TeamClaim: "teams", Teams: map[string]string{"w": "wonen", "w2": "wonen", "e": "energie", "z": "nergens"}, AllowSignUp: true, Domains: []string{"x.example"},
	}
	team := func(_ context.Context, name string) (kb.ID, error) {
		if name == "nergens" {
			return "", nil
		}
		return kb.ID(name), nil
	}
	who, err := p.identity(t.Context(), claims{"sub": "1", "name": "Sam", "email": "s@x.example", "email_verified": true, "groups": []any{"exp", "red", "iets"}, "teams": "w2"}, team)
	if err != nil || who.Role != kb.RoleEditor || who.Least != kb.RoleMember || !who.Verified || !who.SignUp || len(who.Managed) != 2 {
		t.Errorf("%+v %v", who, err)
	}
	if diff := cmp.Diff([]kb.ID{"wonen"}, who.Teams); diff != "" {
		t.Error(diff)
	}
	if who, err = p.identity(t.Context(), claims{"sub": "1", "groups": "iets"}, team); err != nil || who.Role != kb.RoleVisitor || who.Verified || who.Teams != nil {
		t.Errorf("%+v %v", who, err)
	}
}

func TestParseProviders(t *testing.T) {
	getenv := func(name string) string { return map[string]string{"GEHEIM": "s"}[name] }
	all, err := ParseProviders([]byte(`{"providers":[{"name":"vng","label":"VNG","issuer":"https://id.example","clientID":"x","clientSecretEnv":"GEHEIM","roleClaim":"groups","roles":{"a":"ADMIN"}}]}`), getenv)
	if err != nil || len(all) != 1 || all[0].ClientSecret != "s" {
		t.Fatalf("%+v %v", all, err)
	}
	for what, text := range map[string]string{
		"no JSON":                    `{`,
		"an unknown field":           `{"providers":[{"naam":"x"}]}`,
		"a name for no address":      `{"providers":[{"name":"V N G","label":"x","issuer":"https://id.example","clientID":"x"}]}`,
		"no label":                   `{"providers":[{"name":"x","issuer":"https://id.example","clientID":"x"}]}`,
		"plain http":                 `{"providers":[{"name":"x","label":"x","issuer":"http://id.example","clientID":"x"}]}`,
		"no client":                  `{"providers":[{"name":"x","label":"x","issuer":"https://id.example"}]}`,
		"an empty variable":          `{"providers":[{"name":"x","label":"x","issuer":"https://id.example","clientID":"x","clientSecretEnv":"LEEG"}]}`,
		"a role that does not exist": `{"providers":[{"name":"x","label":"x","issuer":"https://id.example","clientID":"x","roleClaim":"g","roles":{"a":"SYSTEM"}}]}`,
		"everyone an admin":          `{"providers":[{"name":"x","label":"x","issuer":"https://id.example","clientID":"x","role":"ADMIN"}]}`,
		"roles of no claim":          `{"providers":[{"name":"x","label":"x","issuer":"https://id.example","clientID":"x","roles":{"a":"MEMBER"}}]}`,
		"teams of no claim":          `{"providers":[{"name":"x","label":"x","issuer":"https://id.example","clientID":"x","teams":{"a":"b"}}]}`,
		"twice":                      `{"providers":[{"name":"x","label":"x","issuer":"https://id.example","clientID":"x"},{"name":"x","label":"x","issuer":"https://id.example","clientID":"x"}]}`,
	} {
		if _, err := ParseProviders([]byte(text), getenv); kb.CodeOf(err) != kb.Invalid {
			t.Errorf("%s: %v", what, err)
		}
	}
}
