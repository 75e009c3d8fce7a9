package graph_test

import (
	"path"
	"strings"
	"testing"
	"time"

	"leerkring/graph"
	"leerkring/internal/auth"
	"leerkring/internal/kb"
)

// withMail is a world whose links go by mail, with or without open sign-up.
func withMail(tb testing.TB, open bool, entities ...kb.Entity) *world {
	tb.Helper()
	w := newWorld(tb, entities...)
	w.config.Accounts = kb.NewAccounts(kb.AccountsConfig{
		Store: w.store, Search: w.index, Own: w.own, Now: func() time.Time { return w.clock.now }, NewID: newID, Even: time.Millisecond,
		Hasher: auth.NewPasswords(auth.PasswordOptions{Memory: 8}), BaseURL: w.config.BaseURL, MailOn: true, OpenSignUp: open,
	})
	w.config.SignIn.Open = open
	w.handler = handlerOf(w.config)
	return w
}

// mailed gives the secret in the mail that waits for an address, as who sends it
// makes it; it fails unless there is just one of that type since the last time.
func (s *scenario) mailed(email string, t kb.MailType, p kb.TicketPurpose) string {
	s.tb.Helper()
	s.w.follow(s.tb)
	x, err := s.w.config.Accounts.ByEmail(s.tb.Context(), kb.System(), email)
	must(s.tb, err)
	found, err := s.w.index.Search(s.tb.Context(), kb.System(), kb.SearchRequest{
		Kinds: []kb.Kind{kb.KindMail}, First: 100, Filter: kb.Filter{States: []string{string(kb.MailWaiting)}},
	})
	must(s.tb, err)
	n := 0
	for _, h := range found.Hits {
		if m, ok := h.Entity.(*kb.Mail); ok && m.Account == x.ID && m.Type == t {
			n++
		}
	}
	if n != 1 {
		s.tb.Fatalf("%d mails %s wait for %s, want 1", n, t, email)
	}
	link, err := s.w.config.Accounts.IssueTicket(s.tb.Context(), x.ID, p)
	must(s.tb, err)
	return path.Base(link)
}

// TestOpenSignUp: who opens an account confirms the address, and reads what a
// visitor reads.
func TestOpenSignUp(t *testing.T) {
	closed := newScenario(t, newWorld(t))
	const signUp = `mutation { signUp(input: {name: "Cato", email: "%"}) { accepted sequence userErrors { field } } }`
	closed.as("", strings.ReplaceAll(signUp, "%", "cato@stad.example")).refused("FORBIDDEN")

	w := withMail(t, true)
	w.config.SignIn.Providers = []graph.Provider{{Name: "stad", Label: "De Stad", URL: "https://leerkring.example/aanmelden/stad"}}
	w.handler = handlerOf(w.config)
	s := newScenario(t, w)
	s.as("", `{ viewer { role can account { id } settings { openSignUp providers { name label url } } } }`).
		is("viewer", `{"account":null,"can":["SIGN_IN"],"role":"VISITOR","settings":{"openSignUp":true,"providers":[`+
			`{"label":"De Stad","name":"stad","url":"https://leerkring.example/aanmelden/stad"}]}}`)
	s.as("", strings.ReplaceAll(signUp, "%", "geen adres")).is("signUp", `{"accepted":false,"sequence":null,"userErrors":[{"field":"email"}]}`)
	fresh := s.as("", strings.ReplaceAll(signUp, "%", "cato@stad.example")).is("signUp", `{"accepted":true,"sequence":null,"userErrors":[]}`)
	for name, email := range map[string]string{"again": "cato@stad.example", "an account": emailOf(admin())} {
		if got := s.as("", strings.ReplaceAll(signUp, "%", email)); got.Raw != fresh.Raw {
			t.Errorf("%s: %s, for a new one %s", name, got.Raw, fresh.Raw)
		}
	}
	s.as("", `mutation { signIn(input: {email: "cato@stad.example", password: "`+password+`"}) { session { secret } } }`).is("signIn.session", `null`)
}

// TestConfirmedAddress gives the rights of a visitor and what is one's own.
func TestConfirmedAddress(t *testing.T) {
	forMembers := &kb.Case{Common: text("besloten", "Alleen voor leden")}
	forMembers.Visibility = kb.VisibilityMembers
	s := newScenario(t, withMail(t, true, forMembers))
	s.as("", `mutation { signUp(input: {name: "Cato", email: "cato@stad.example", language: "en"}) { accepted } }`).is("signUp.accepted", `true`)
	s.carried["link"] = s.mailed("cato@stad.example", kb.MailConfirm, kb.TicketConfirm)
	s.as("", `{ ticket(secret: "<link>") { purpose name } }`).is("ticket", `{"name":"Cato","purpose":"CONFIRM"}`)
	s.as("", `mutation { redeemTicket(input: {secret: "<link>", password: "`+password+`"}) { session { secret } account { language role } } }`).
		keep("cato", "redeemTicket.session.secret").is("redeemTicket.account", `{"language":"en","role":"VISITOR"}`)
	s.as("cato", `{ viewer { role can creatable account { name } } material(slug: "besloten") { id } search(query: "leden") { totalCount } personalData { account { name } } }`).
		is("viewer", `{"account":{"name":"Cato"},"can":["SEE_DRAFTS"],"creatable":[],"role":"VISITOR"}`).
		is("material", `null`).is("search.totalCount", `0`).is("personalData.account.name", `"Cato"`)
	s.as("cato", `mutation { createQuestion(input: {title: "Mag dit?"}) { record { id } } }`).refused("FORBIDDEN")
}

// TestNobodyLearnsWhoHasAnAccount by trying to sign in or asking for a link.
func TestNobodyLearnsWhoHasAnAccount(t *testing.T) {
	s := newScenario(t, withMail(t, true))
	s.signIn(member())
	for _, query := range []string{
		`mutation { signIn(input: {email: "%", password: "iets heel anders toch"}) { account { id } session { secret } sequence userErrors { field code message } } }`,
		`mutation { requestPasswordReset(input: {email: "%"}) { accepted sequence userErrors { field code message } } }`,
	} {
		known := s.as("", strings.ReplaceAll(query, "%", emailOf(member())))
		unknown := s.as("", strings.ReplaceAll(query, "%", "niemand@leerkring.example"))
		unconfirmed := s.as("", strings.ReplaceAll(query, "%", emailOf(guest())))
		if len(known.Errors) > 0 || known.Raw != unknown.Raw || known.Raw != unconfirmed.Raw {
			t.Errorf("%s\nknown   %s\nunknown %s", query, known.Raw, unknown.Raw)
		}
	}
	s.as("", `mutation { signIn(input: {email: "`+emailOf(member())+`", password: "x"}) { session { secret } userErrors { code message } } }`, "Accept-Language", "en").
		is("signIn", `{"session":null,"userErrors":[{"code":"BAD_USER_INPUT","message":"The e-mail address or the password is not right."}]}`)
}

// TestTriesAreBounded: after many wrong passwords from one place the answer is to wait,
// and not a message about the account.
func TestTriesAreBounded(t *testing.T) {
	s := newScenario(t, newWorld(t))
	query := `mutation { signIn(input: {email: "` + emailOf(member()) + `", password: "x"}) { session { secret } } }`
	for range 200 {
		if got := s.as("", query); got.code() != "" {
			got.refused("TOO_MANY_REQUESTS")
			return
		}
	}
	t.Error("200 wrong passwords were looked at")
}

// TestAnotherPassword ends all sessions, whether its owner sets it or a link does.
func TestAnotherPassword(t *testing.T) {
	s := newScenario(t, withMail(t, false))
	s.signIn(member())
	s.carried["old"] = s.carried["Lid"]
	const change = `mutation { changePassword(input: {current: "%", password: "nog vier losse woorden"}) { session { secret } userErrors { field } } }`
	s.as("", strings.ReplaceAll(change, "%", password)).refused("UNAUTHENTICATED")
	s.as("old", strings.ReplaceAll(change, "%", "iets anders")).is("changePassword", `{"session":null,"userErrors":[{"field":"current"}]}`)
	s.as("old", strings.ReplaceAll(change, "%", password)).keep("new", "changePassword.session.secret")
	s.as("old", `{ viewer { role } }`).refused("UNAUTHENTICATED")
	s.as("new", `{ viewer { role } }`).is("viewer.role", `"MEMBER"`)

	s.as("", `mutation { requestPasswordReset(input: {email: "`+emailOf(member())+`"}) { accepted } }`).is("requestPasswordReset.accepted", `true`)
	s.carried["link"] = s.mailed(emailOf(member()), kb.MailReset, kb.TicketReset)
	s.as("", `mutation { redeemTicket(input: {secret: "<link>", password: "weer vier losse woorden", name: "Lid de Groot"}) { session { secret } account { name } } }`).
		keep("newest", "redeemTicket.session.secret").is("redeemTicket.account.name", `"Lid de Groot"`)
	s.as("new", `{ viewer { role } }`).refused("UNAUTHENTICATED")
	s.as("newest", `{ personalData { sessions { current browser } events { event } } }`).is("personalData.sessions", `[{"browser":"","current":true}]`)

	s.w.clock.now = s.w.clock.now.Add(kb.SessionLasts)
	s.as("newest", `{ viewer { role } }`).refused("UNAUTHENTICATED")
}

// TestSignOutOfAnotherBrowser ends that session and no one else's.
func TestSignOutOfAnotherBrowser(t *testing.T) {
	s := newScenario(t, newWorld(t))
	s.signIn(expert())
	s.as("Expert", `{ personalData { sessions { id } } }`).keep("of the expert", "personalData.sessions.0.id")
	s.signIn(member())
	s.carried["here"] = s.carried["Lid"]
	s.as("", `mutation { signIn(input: {email: "`+emailOf(member())+`", password: "`+password+`"}) { session { secret } } }`).keep("there", "signIn.session.secret")
	got := s.as("here", `{ personalData { sessions { id current } } }`)
	for _, place := range []string{"0", "1"} {
		if got.at("personalData.sessions."+place+".current") == false {
			got.keep("other", "personalData.sessions."+place+".id")
		}
	}
	s.as("here", `mutation { signOut(input: {sessions: ["<other>", "<of the expert>"]}) { userErrors { message } } }`).is("signOut.userErrors", `[]`)
	s.as("there", `{ viewer { role } }`).refused("UNAUTHENTICATED")
	s.as("here", `{ viewer { role } }`).is("viewer.role", `"MEMBER"`)
	s.as("Expert", `{ viewer { role } }`).is("viewer.role", `"EXPERT"`)
	many := strings.Repeat(`"<other>", `, kb.MaxSessions+1)
	s.as("here", `mutation { signOut(input: {sessions: [`+many+`]}) { sequence } }`).refused("BAD_USER_INPUT")
}
