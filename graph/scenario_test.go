package graph_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"leerkring/internal/auth"
	"leerkring/internal/kb"
)

// scenario is a conversation with the edge behind its gate. What answers say is
// carried on to later questions by name: <name> in a query stands for it.
type scenario struct {
	tb      testing.TB
	w       *world
	carried map[string]string
}

// newScenario serves a world as people reach it: who asks is known by bearer tokens.
func newScenario(tb testing.TB, w *world) *scenario {
	tb.Helper()
	gate, err := auth.NewGate(auth.Config{Accounts: w.config.Accounts, BaseURL: w.config.BaseURL, Log: w.config.Log})
	must(tb, err)
	gated := *w
	gated.handler = gate.GraphQL(http.HandlerFunc(w.handler.ServeHTTP))
	return &scenario{tb: tb, w: &gated, carried: map[string]string{}}
}

// spoken is an answer in a scenario.
type spoken struct {
	s     *scenario
	query string
	reply
	data any
}

// as asks with the secret that is carried under a name; "" asks as a visitor.
func (s *scenario) as(who, query string, headers ...string) *spoken {
	s.tb.Helper()
	for name, value := range s.carried {
		query = strings.ReplaceAll(query, "<"+name+">", value)
	}
	if who != "" {
		headers = append(headers, "Authorization", "Bearer "+s.carried[who])
	}
	out := &spoken{s: s, query: query, reply: s.w.ask(s.tb, query, "", headers...)}
	if out.Data != nil {
		must(s.tb, json.Unmarshal(out.Data, &out.data))
	}
	return out
}

// at gives the value at a path like signIn.session.secret or nodes.0.id; nil for null.
func (a *spoken) at(path string) any {
	a.s.tb.Helper()
	if len(a.Errors) > 0 {
		a.s.tb.Fatalf("%s: %s", a.query, a.Raw)
	}
	v := a.data
	for step := range strings.SplitSeq(path, ".") {
		switch x := v.(type) {
		case map[string]any:
			v = x[step]
		case []any:
			i, err := strconv.Atoi(step)
			if err != nil || i >= len(x) {
				a.s.tb.Fatalf("%s: nothing at %s: %s", a.query, path, a.Raw)
			}
			v = x[i]
		default:
			return nil
		}
	}
	return v
}

// keep carries the text at a path on, under a name.
func (a *spoken) keep(name, path string) *spoken {
	a.s.tb.Helper()
	v := a.at(path)
	if v == nil || v == "" {
		a.s.tb.Fatalf("%s: nothing at %s: %s", a.query, path, a.Raw)
	}
	a.s.carried[name] = fmt.Sprint(v)
	return a
}

// keepSecret carries the last part of the link at a path on.
func (a *spoken) keepSecret(name, path string) *spoken {
	a.s.tb.Helper()
	a.keep(name, path)
	link := a.s.carried[name]
	a.s.carried[name] = link[strings.LastIndexByte(link, '/')+1:]
	return a
}

// is holds the value at a path against JSON, in which <name> stands for what is carried.
func (a *spoken) is(path, want string) *spoken {
	a.s.tb.Helper()
	for name, value := range a.s.carried {
		want = strings.ReplaceAll(want, "<"+name+">", value)
	}
	got, err := json.Marshal(a.at(path))
	must(a.s.tb, err)
	if string(got) != want {
		a.s.tb.Errorf("%s\nat %s: %s\nwant %s\nin %s", a.query, path, got, want, a.Raw)
	}
	return a
}

// refused holds the code of an answer of which nothing was done.
func (a *spoken) refused(code kb.Code) *spoken {
	a.s.tb.Helper()
	if a.code() != string(code) {
		a.s.tb.Errorf("%s\ngot %s, want the code %s", a.query, a.Raw, code)
	}
	if code == kb.Unauthenticated && a.Data == nil && a.Status != http.StatusUnauthorized {
		a.s.tb.Errorf("%s: status %d", a.query, a.Status)
	}
	return a
}

// password is that of everyone whom a scenario signs in.
const password = "vier losse woorden samen"

// signIn signs someone of the tests in; their secret is carried under their name.
func (s *scenario) signIn(who kb.Actor) {
	s.tb.Helper()
	_, err := s.w.config.Accounts.SetPassword(s.tb.Context(), kb.System(), who.Account, password)
	must(s.tb, err)
	s.carried["id of "+who.Name] = string(who.Account)
	s.as("", `mutation { signIn(input: {email: "`+emailOf(who)+`", password: "`+password+`"}) { session { secret } userErrors { message } } }`).
		keep(who.Name, "signIn.session.secret")
}

// emailOf is the address of someone of the tests.
func emailOf(who kb.Actor) string { return string(who.Account) + "@leerkring.example" }
