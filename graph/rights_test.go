package graph_test

import (
	"testing"

	"leerkring/internal/kb"
)

// TestRoleWorksAtOnce, in the session that goes on.
func TestRoleWorksAtOnce(t *testing.T) {
	s := newScenario(t, newWorld(t))
	s.signIn(admin())
	s.signIn(member())
	const write = `mutation { createCase(input: {title: "Mijn casus"}) { record { id } userErrors { code } } }`
	s.as("Lid", write).refused("FORBIDDEN")
	s.as("Beheerder", `{ account(id: "<id of Lid>") { version role } }`).keep("v", "account.version").is("account.role", `"MEMBER"`)
	const set = `mutation { setRole(input: {account: "<id of Lid>", version: <v>, role: EXPERT}) { account { version role } userErrors { code } } }`
	s.as("Lid", set).refused("FORBIDDEN")
	s.as("Beheerder", set).is("setRole.account.role", `"EXPERT"`).is("setRole.userErrors", `[]`)
	s.as("Lid", write).keep("case", "createCase.record.id")
	s.as("Beheerder", set).is("setRole", `{"account":null,"userErrors":[{"code":"CONFLICT"}]}`)
	s.as("Beheerder", `mutation { setRole(input: {account: "<id of Lid>", version: 0, role: ADMIN}) { account { role } userErrors { code } } }`).
		is("setRole", `{"account":null,"userErrors":[{"code":"CONFLICT"}]}`)
	s.as("Beheerder", `{ account(id: "<id of Lid>") { version } }`).keep("v", "account.version")
	s.as("Beheerder", `mutation { setRole(input: {account: "<id of Lid>", version: <v>, role: VISITOR}) { account { role } } }`).is("setRole.account.role", `"VISITOR"`)
	s.as("Lid", write).refused("FORBIDDEN")
	s.as("Lid", `{ node(id: "<case>") { id } }`).is("node.id", `"<case>"`)

	s.as("Beheerder", `{ account(id: "<id of Lid>") { version } }`).keep("v", "account.version")
	s.as("Beheerder", `mutation { setDisabled(input: {account: "<id of Lid>", version: <v>, disabled: true}) { account { disabled version } } }`).
		is("setDisabled.account.disabled", `true`).keep("v", "setDisabled.account.version")
	s.as("Lid", `{ viewer { role } }`).refused("UNAUTHENTICATED")
	s.as("Beheerder", `mutation { setDisabled(input: {account: "<id of Lid>", version: <v>, disabled: false}) { account { disabled } } }`).is("setDisabled.account.disabled", `false`)
	s.as("Lid", `{ viewer { role } }`).refused("UNAUTHENTICATED")
	s.as("", `mutation { signIn(input: {email: "`+emailOf(member())+`", password: "`+password+`"}) { session { secret } } }`).keep("again", "signIn.session.secret")

	s.as("Beheerder", `{ audit(filter: {types: [ROLE_CHANGED, DISABLED, ENABLED]}) { entries { event note by { name } about label } } }`).
		is("audit.entries", `[`+
			`{"about":"<id of Lid>","by":{"name":"Beheerder"},"event":"ENABLED","label":"Lid","note":""},`+
			`{"about":"<id of Lid>","by":{"name":"Beheerder"},"event":"DISABLED","label":"Lid","note":""},`+
			`{"about":"<id of Lid>","by":{"name":"Beheerder"},"event":"ROLE_CHANGED","label":"Lid","note":"VISITOR"},`+
			`{"about":"<id of Lid>","by":{"name":"Beheerder"},"event":"ROLE_CHANGED","label":"Lid","note":"EXPERT"}]`)
}

// TestTheLastAdminStays, since nobody else could make another one.
func TestTheLastAdminStays(t *testing.T) {
	w := newWorld(t)
	link, err := w.config.Accounts.FirstAdmin(t.Context())
	must(t, err)
	s := newScenario(t, w)
	s.carried["link"] = link
	s.as("", `mutation { redeemTicket(input: {secret: "<link>", password: "`+password+`", name: "Anna", email: "anna@stad.example"}) { account { id } session { secret } } }`).
		keep("admin", "redeemTicket.session.secret").keep("id", "redeemTicket.account.id")
	s.as("admin", `{ account(id: "<id>") { version } }`).keep("v", "account.version")
	s.as("admin", `mutation { setRole(input: {account: "<id>", version: <v>, role: EDITOR}) { account { role } } }`).refused("FORBIDDEN")
	s.as("admin", `mutation { setDisabled(input: {account: "<id>", version: <v>, disabled: true}) { account { role } } }`).refused("FORBIDDEN")
	s.as("admin", `mutation { deleteMyAccount(input: {password: "`+password+`"}) { sequence } }`).refused("FORBIDDEN")
	s.as("admin", `{ viewer { role } }`).is("viewer.role", `"ADMIN"`)
}

// TestProgramsHaveAccounts, which ask by tokens that an admin makes.
func TestProgramsHaveAccounts(t *testing.T) {
	s := newScenario(t, newWorld(t, &kb.LearningCircle{Head: published("kring"), Name: "Kring Wonen"}))
	s.signIn(admin())
	s.as("Beheerder", `mutation { createApp(input: {name: "Intranet", role: ADMIN}) { account { id } userErrors { field } } }`).
		is("createApp", `{"account":null,"userErrors":[{"field":"role"}]}`)
	s.as("Beheerder", `mutation { createApp(input: {name: "Intranet", role: MEMBER, teams: [{team: "`+string(id("niets"))+`", role: PARTICIPANT}]}) { account { id } userErrors { field } } }`).
		is("createApp", `{"account":null,"userErrors":[{"field":"teams[0].team"}]}`)
	s.as("Beheerder", `mutation { createApp(input: {name: "Intranet", role: MEMBER, teams: [{team: "`+string(id("kring"))+`", role: PARTICIPANT}]}) {
		account { id app email teams { role team { url } } } } }`).
		keep("app", "createApp.account.id").
		is("createApp.account.teams", `[{"role":"PARTICIPANT","team":{"url":"https://leerkring.example/leerkring/kring"}}]`)
	for _, days := range []string{"367", "0", "-1"} {
		s.as("Beheerder", `mutation { createToken(input: {account: "<app>", name: "lezer", scopes: [READ], days: `+days+`}) { secret userErrors { field } } }`).
			is("createToken", `{"secret":null,"userErrors":[{"field":"days"}]}`)
	}
	s.as("Beheerder", `mutation { createToken(input: {account: "<app>", name: "lezer", scopes: [READ], days: 1}) { secret } }`).keep("token", "createToken.secret")
	s.as("Beheerder", `mutation { createToken(input: {account: "<id of Beheerder>", name: "eigen", scopes: [ADMIN]}) { secret } }`).keep("own", "createToken.secret")
	s.as("Beheerder", `mutation { createToken(input: {account: "`+string(member().Account)+`", name: "andermans", scopes: [READ]}) { secret } }`).refused("FORBIDDEN")
	s.as("token", `{ viewer { role account { name app } } }`).is("viewer", `{"account":{"app":true,"name":"Intranet"},"role":"MEMBER"}`)
	s.w.clock.now = s.w.clock.now.AddDate(0, 0, 1)
	s.as("token", `{ viewer { role } }`).refused("UNAUTHENTICATED")
}

// TestAccountsAreForAdmins pages through them, and renews the link of who did not answer.
func TestAccountsAreForAdmins(t *testing.T) {
	s := newScenario(t, newWorld(t))
	s.signIn(admin())
	s.signIn(editor())
	s.as("Beheerder", `mutation { inviteAccount(input: {name: "Zoë", email: "zoe@stad.example"}) { account { id } } }`).keep("zoe", "inviteAccount.account.id")
	got := s.as("Beheerder", `{ accounts(first: 2) { totalCount nodes { name } pageInfo { hasNextPage endCursor } } }`).
		is("accounts.nodes", `[{"name":"Andere Expert"},{"name":"Beheerder"}]`).is("accounts.totalCount", `11`).keep("cursor", "accounts.pageInfo.endCursor")
	got.is("accounts.pageInfo.hasNextPage", `true`)
	s.as("Beheerder", `{ accounts(first: 1, after: "<cursor>") { nodes { name mails teams { teamId } } } }`).is("accounts.nodes", `[{"mails":"NONE","name":"Deelnemer","teams":[{"teamId":"`+string(id("kring"))+`"}]}]`)
	s.as("Beheerder", `{ accounts(first: 101) { totalCount } }`).refused("BAD_USER_INPUT")
	s.as("Beheerder", `mutation { renewInvitation(input: {account: "<zoe>"}) { link account { confirmed } } }`).keepSecret("link", "renewInvitation.link")
	s.as("", `{ ticket(secret: "<link>") { purpose } }`).is("ticket.purpose", `"INVITATION"`)
	s.as("Beheerder", `mutation { renewInvitation(input: {account: "<id of Redacteur>"}) { link } }`).keepSecret("reset", "renewInvitation.link")
	s.as("", `{ ticket(secret: "<reset>") { purpose } }`).is("ticket.purpose", `"RESET"`)
	s.as("Beheerder", `mutation { renewInvitation(input: {account: "`+string(id("niets"))+`"}) { link userErrors { code } } }`).is("renewInvitation", `{"link":null,"userErrors":[{"code":"NOT_FOUND"}]}`)

	s.as("Redacteur", `{ reviewers { id name } }`).is("reviewers", `[{"id":"<id of Beheerder>","name":"Beheerder"},{"id":"<id of Redacteur>","name":"Redacteur"},`+
		`{"id":"`+string(reviewer().Account)+`","name":"Tweede Redacteur"}]`)
	s.as("Redacteur", `{ account(id: "<zoe>") { name } own: account(id: "<id of Redacteur>") { name person { id } } }`).is("account", `null`).is("own", `{"name":"Redacteur","person":null}`)
	s.as("Redacteur", `mutation { updateAccount(input: {version: 99, name: "R"}) { account { name } userErrors { code } } }`).is("updateAccount", `{"account":null,"userErrors":[{"code":"CONFLICT"}]}`)
	s.as("Redacteur", `{ viewer { account { version } } }`).keep("v", "viewer.account.version")
	s.as("Redacteur", `mutation { updateAccount(input: {version: <v>, name: "Rik", language: "fr"}) { account { name } userErrors { field } } }`).
		is("updateAccount", `{"account":null,"userErrors":[{"field":"language"}]}`)
	s.as("Redacteur", `mutation { updateAccount(input: {version: <v>, name: "Rik", language: "en"}) { account { name language } } }`).is("updateAccount.account", `{"language":"en","name":"Rik"}`)
	s.as("Redacteur", `mutation { setMailMode(input: {mode: AT_ONCE}) { account { mails } } }`).is("setMailMode.account.mails", `"AT_ONCE"`)
}

// TestTheTrailOfAnAdmin has every step that an admin takes, with whom it is about.
func TestTheTrailOfAnAdmin(t *testing.T) {
	s := newScenario(t, newWorld(t, append(library(), circle()...)...))
	s.signIn(admin())
	s.carried["kring"], s.carried["lid"] = string(id("kring")), string(member().Account)
	s.as("Beheerder", `{ account(id: "<lid>") { version } }`).keep("v", "account.version")
	for _, step := range []struct{ mutation, keep, want string }{
		{`inviteAccount(input: {name: "Jan", email: "jan@stad.example"}) { account { id } userErrors { message } }`, "account.id", "INVITED account"},
		{`renewInvitation(input: {account: "<kept>"}) { account { id } userErrors { message } }`, "", "INVITED account"},
		{`createApp(input: {name: "Intranet", role: MEMBER}) { account { id } userErrors { message } }`, "account.id", "INVITED account"},
		{`createToken(input: {account: "<kept>", name: "lezer", scopes: [READ]}) { token { id } userErrors { message } }`, "token.id", "TOKEN_CREATED token"},
		{`revokeToken(input: {id: "<kept>"}) { id userErrors { message } }`, "", "TOKEN_REVOKED token"},
		{`setRole(input: {account: "<lid>", version: <v>, role: EXPERT}) { account { version } userErrors { message } }`, "account.version", "ROLE_CHANGED account"},
		{`setTeams(input: {account: "<lid>", version: <kept>, teams: []}) { account { version } userErrors { message } }`, "account.version", "TEAMS_CHANGED account"},
		{`setDisabled(input: {account: "<lid>", version: <kept>, disabled: true}) { account { version } userErrors { message } }`, "account.version", "DISABLED account"},
		{`setDisabled(input: {account: "<lid>", version: <kept>, disabled: false}) { account { version } userErrors { message } }`, "", "ENABLED account"},
		{`addTeamMember(input: {team: "<kring>", email: "` + emailOf(member()) + `", role: PARTICIPANT}) { userErrors { message } }`, "", "TEAMS_CHANGED account"},
		{`removeTeamMember(input: {team: "<kring>", account: "<lid>"}) { userErrors { message } }`, "", "TEAMS_CHANGED account"},
		{`putSynonyms(input: {terms: ["huis", "woning"]}) { record { id } userErrors { message } }`, "record.id", "LIST_CHANGED synonyms"},
		{`deleteSynonyms(input: {id: "<kept>", version: 1}) { userErrors { message } }`, "", "LIST_DELETED synonyms"},
		{`putJudgementList(input: {name: "Werk", queries: [{text: "a", wanted: [{record: "<kring>", grade: 1}]}]}) { record { id } userErrors { message } }`, "record.id", "LIST_CHANGED judgements"},
		{`deleteJudgementList(input: {id: "<kept>", version: 1}) { userErrors { message } }`, "", "LIST_DELETED judgements"},
		{`putRedirect(input: {from: "/a", to: "/b"}) { record { id } userErrors { message } }`, "record.id", "LIST_CHANGED redirect"},
		{`deleteRedirect(input: {id: "<kept>", version: 1}) { userErrors { message } }`, "", "LIST_DELETED redirect"},
		{`createTheme(input: {labels: {nl: "Water"}}) { record { id } userErrors { message } }`, "record.id", "CREATED theme"},
	} {
		did := s.as("Beheerder", "mutation { did: "+step.mutation+" }").is("did.userErrors", `[]`)
		if step.keep != "" {
			did.keep("kept", "did."+step.keep)
		}
		got := s.as("Beheerder", `{ audit(filter: {account: "<id of Beheerder>"}, first: 1) { entries { event kind by { name } } } }`)
		if said := got.at("audit.entries.0.event").(string) + " " + got.at("audit.entries.0.kind").(string); said != step.want {
			t.Errorf("%s: the trail says %q, want %q", step.mutation, said, step.want)
		}
	}
}
