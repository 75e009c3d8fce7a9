package graph_test

import (
	"strings"
	"testing"
)

// TestFirstDays: the first admin comes by a link, invites an expert, who signs in and
// gives a program a token, which is good for its scopes only and ends when it is revoked.
func TestFirstDays(t *testing.T) {
	w := newWorld(t, library()...)
	link, err := w.config.Accounts.FirstAdmin(t.Context())
	must(t, err)
	s := newScenario(t, w)
	s.carried["link"] = link

	s.as("", `{ ticket(secret: "<link>") { purpose email name } nothing: ticket(secret: "x") { purpose } }`).
		is("ticket", `{"email":"","name":"","purpose":"FIRST_ADMIN"}`).is("nothing", `null`)
	const begin = `mutation { redeemTicket(input: {secret: "<link>", password: "%", name: "Anna de Wit", email: "anna@stad.example"}) {
		account { name role confirmed } session { secret expiresAt } userErrors { field code } } }`
	s.as("", strings.ReplaceAll(begin, "%", "welkom2024!!")).is("redeemTicket", `{"account":null,"session":null,"userErrors":[{"code":"BAD_USER_INPUT","field":"password"}]}`)
	s.as("", strings.ReplaceAll(begin, "%", password)).keep("admin", "redeemTicket.session.secret").
		is("redeemTicket.account", `{"confirmed":true,"name":"Anna de Wit","role":"ADMIN"}`).is("redeemTicket.session.expiresAt", `"2024-06-30T09:30:00Z"`)
	s.as("", strings.ReplaceAll(begin, "%", password)).is("redeemTicket", `{"account":null,"session":null,"userErrors":[{"code":"NOT_FOUND","field":null}]}`)

	s.as("admin", `mutation { inviteAccount(input: {name: "Bert Blauw", email: "bert@stad.example", role: EXPERT}) {
		link account { id role confirmed language mails } userErrors { message } } }`).
		keepSecret("invitation", "inviteAccount.link").keep("expert", "inviteAccount.account.id").
		is("inviteAccount.account", `{"confirmed":false,"id":"<expert>","language":"nl","mails":"DAILY","role":"EXPERT"}`)
	s.as("admin", `mutation { inviteAccount(input: {name: "Bert", email: "BERT@stad.example"}) { link account { id } userErrors { field code } } }`).
		is("inviteAccount", `{"account":null,"link":null,"userErrors":[{"code":"BAD_USER_INPUT","field":"email"}]}`)
	s.as("", `{ ticket(secret: "<invitation>") { purpose email name expiresAt } }`).
		is("ticket", `{"email":"bert@stad.example","expiresAt":"2024-06-07T09:30:00Z","name":"Bert Blauw","purpose":"INVITATION"}`)
	s.as("", `mutation { redeemTicket(input: {secret: "<invitation>", password: "`+password+`"}) { session { secret } } }`).keep("first", "redeemTicket.session.secret")

	s.as("", `mutation { signIn(input: {email: "Bert@Stad.example", password: "`+password+`"}) { account { id } session { secret } sequence } }`).
		keep("bert", "signIn.session.secret").is("signIn.sequence", `null`).is("signIn.account", `{"id":"<expert>"}`)
	s.as("bert", `{ viewer { role can creatable unreadNotifications account { name email confirmed app teams { teamId } } settings { openSignUp providers { name } } } }`).
		is("viewer", `{"account":{"app":false,"confirmed":true,"email":"bert@stad.example","name":"Bert Blauw","teams":[]},"can":["WRITE","SEE_DRAFTS"],`+
			`"creatable":["CASE","PUBLICATION","PRESENTATION","LESSON","ORGANISATION","PERSON","QUESTION"],"role":"EXPERT",`+
			`"settings":{"openSignUp":false,"providers":[]},"unreadNotifications":0}`)

	s.tokens()
	s.as("bert", `mutation { signOut(input: {}) { userErrors { message } sequence } }`).is("signOut.userErrors", `[]`)
	s.as("bert", `{ viewer { role } }`).refused("UNAUTHENTICATED")
	s.as("first", `{ viewer { role } }`).is("viewer", `{"role":"EXPERT"}`)
	s.as("first", `mutation { signOut(input: {all: true}) { userErrors { message } } }`).is("signOut.userErrors", `[]`)
	s.as("first", `{ viewer { role } }`).refused("UNAUTHENTICATED")

	s.as("admin", `{ audit(filter: {account: "<expert>"}) { entries { event about by { name } token } } }`).
		is("audit.entries", `[`+
			`{"about":"<expert>","by":{"name":"Bert Blauw"},"event":"SIGNED_OUT","token":null},`+
			`{"about":"<expert>","by":{"name":"Bert Blauw"},"event":"SIGNED_OUT","token":null},`+
			`{"about":"<expert>","by":{"name":"Bert Blauw"},"event":"TOKEN_REVOKED","token":null},`+
			`{"about":null,"by":{"name":"Bert Blauw"},"event":"CREATED","token":"<token id>"},`+
			`{"about":"<expert>","by":{"name":"Bert Blauw"},"event":"TOKEN_CREATED","token":null},`+
			`{"about":"<expert>","by":{"name":"Bert Blauw"},"event":"TOKEN_CREATED","token":null},`+
			`{"about":"<expert>","by":{"name":"Bert Blauw"},"event":"SIGNED_IN","token":null},`+
			`{"about":"<expert>","by":{"name":"Bert Blauw"},"event":"SIGNED_IN","token":null},`+
			`{"about":"<expert>","by":{"name":"Bert Blauw"},"event":"PASSWORD_SET","token":null}]`)
}

// tokens is the part of the first days in which programs ask.
func (s *scenario) tokens() {
	s.tb.Helper()
	const create = `mutation { createToken(input: {name: "%", scopes: [%]}) { secret token { id name scopes expiresAt account { name } } userErrors { field } } }`
	token := func(name, scopes string) string {
		return strings.Replace(strings.Replace(create, "%", name, 1), "%", scopes, 1)
	}
	s.as("bert", token("lezer", "READ")).keep("reading", "createToken.secret").is("createToken.token.account", `{"name":"Bert Blauw"}`).
		is("createToken.token.expiresAt", `"2024-08-29T09:30:00Z"`)
	s.as("bert", token("schrijver", "WRITE, READ")).keep("writing", "createToken.secret").keep("token id", "createToken.token.id").
		is("createToken.token.scopes", `["READ","WRITE"]`)
	s.as("bert", token("", "READ")).is("createToken", `{"secret":null,"token":null,"userErrors":[{"field":"name"}]}`)

	const write = `mutation { createCase(input: {title: "Uit een programma"}) { record { id } userErrors { code } } }`
	s.as("reading", `{ viewer { role account { name } can creatable } drafts { totalCount } }`).
		is("viewer", `{"account":{"name":"Bert Blauw"},"can":["SEE_DRAFTS"],"creatable":[],"role":"EXPERT"}`).is("drafts.totalCount", `0`)
	s.as("reading", write).refused("FORBIDDEN")
	s.as("writing", write).is("createCase.userErrors", `[]`)
	s.as("reading", `{ drafts { totalCount } }`).is("drafts.totalCount", `1`)
	for _, query := range []string{
		token("meer", "READ"), `mutation { signOut(input: {all: true}) { sequence } }`, `mutation { deleteMyAccount(input: {}) { sequence } }`,
		`mutation { changePassword(input: {current: "` + password + `", password: "nog vier losse woorden"}) { sequence } }`,
	} {
		s.as("writing", query).refused("FORBIDDEN")
	}
	s.as("reading", `mutation { updateAccount(input: {version: 1, name: "B"}) { sequence } }`).refused("FORBIDDEN")

	s.as("bert", `{ tokens { totalCount nodes { name hint } } }`).is("tokens.totalCount", `2`).is("tokens.nodes.0.name", `"lezer"`).
		is("tokens.nodes.0.hint", `"`+s.carried["reading"][:7]+`"`)
	s.as("bert", `{ tokens(all: true) { totalCount } }`).refused("FORBIDDEN")
	s.as("admin", `{ tokens(all: true) { nodes { account { name } } } }`).is("tokens.nodes.1.account", `{"name":"Bert Blauw"}`)
	const revoke = `mutation { revokeToken(input: {id: "<token id>"}) { id userErrors { code } } }`
	s.as("bert", revoke).is("revokeToken", `{"id":"<token id>","userErrors":[]}`)
	s.as("writing", write).refused("UNAUTHENTICATED")
	s.as("bert", revoke).is("revokeToken", `{"id":null,"userErrors":[{"code":"NOT_FOUND"}]}`)
}
