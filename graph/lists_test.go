package graph_test

import (
	"testing"

	"leerkring/internal/kb"
)

// TestRedirects lead from old addresses, for everyone; editors keep them, and the audit
// trail tells who did.
func TestRedirects(t *testing.T) {
	s := newScenario(t, newWorld(t))
	s.signIn(editor())
	const put = `mutation { putRedirect(input: {from: "/regio/haren", to: "/regio/groningen", why: "Haren is opgegaan in Groningen"}) {
		record { id version from to why } userErrors { field code } } }`
	s.as("Redacteur", put).keep("id", "putRedirect.record.id").
		is("putRedirect.record", `{"from":"/regio/haren","id":"<id>","to":"/regio/groningen","version":1,"why":"Haren is opgegaan in Groningen"}`)
	s.as("Redacteur", put).is("putRedirect", `{"record":null,"userErrors":[{"code":"CONFLICT","field":null}]}`)
	s.as("Redacteur", `mutation { putRedirect(input: {from: "geen pad", to: "/regio/groningen"}) { record { id } userErrors { field } } }`).
		is("putRedirect", `{"record":null,"userErrors":[{"field":"from"}]}`)
	s.as("", `{ redirect(path: "/regio/haren") { to why } nothing: redirect(path: "/regio/x") { to } }`).
		is("redirect", `{"to":"/regio/groningen","why":""}`).is("nothing", `null`)
	s.as("Redacteur", `{ redirect(path: "/regio/haren") { why } redirects { totalCount nodes { from } edges { cursor } } }`).
		is("redirect.why", `"Haren is opgegaan in Groningen"`).is("redirects.totalCount", `1`).is("redirects.nodes", `[{"from":"/regio/haren"}]`)
	s.as("Redacteur", `mutation { putRedirect(input: {id: "<id>", version: 1, from: "/regio/haren", to: "/regio/stad"}) { record { version to why } } }`).
		is("putRedirect.record", `{"to":"/regio/stad","version":2,"why":""}`)
	s.as("Redacteur", `mutation { deleteRedirect(input: {id: "<id>", version: 1}) { id userErrors { code } } }`).is("deleteRedirect", `{"id":null,"userErrors":[{"code":"CONFLICT"}]}`)
	s.as("Redacteur", `mutation { deleteRedirect(input: {id: "<id>", version: 2}) { id userErrors { code } } }`).is("deleteRedirect", `{"id":"<id>","userErrors":[]}`)
	s.as("", `{ redirect(path: "/regio/haren") { to } }`).is("redirect", `null`)
	s.as("Redacteur", `{ audit(filter: {types: [LIST_CHANGED, LIST_DELETED]}) { entries { event kind version by { name } } } }`).is("audit.entries", `[`+
		`{"by":{"name":"Redacteur"},"event":"LIST_DELETED","kind":"redirect","version":3},`+
		`{"by":{"name":"Redacteur"},"event":"LIST_CHANGED","kind":"redirect","version":2},`+
		`{"by":{"name":"Redacteur"},"event":"LIST_CHANGED","kind":"redirect","version":1}]`)
}

// TestJudging keeps a list, tells how the search does on it, and takes it away.
func TestJudging(t *testing.T) {
	s := newScenario(t, newWorld(t, library()...))
	s.signIn(editor())
	s.carried["terrein"], s.carried["mobiel"] = string(id("terrein")), string(id("mobiel"))
	s.as("Redacteur", `mutation { putJudgementList(input: {name: "Werk", queries: [
			{text: "bedrijventerrein vernieuwen", wanted: [{record: "<terrein>", grade: 3, why: "gaat erover"}, {record: "<mobiel>", grade: 1}]},
			{text: "arbeidsmarkt", wanted: [{record: "<mobiel>", grade: 2}]}]}) {
		record { id version name queries { text wanted { id grade why } } } userErrors { field } } }`).keep("list", "putJudgementList.record.id").
		is("putJudgementList.record.queries.0.wanted", `[{"grade":3,"id":"<terrein>","why":"gaat erover"},{"grade":1,"id":"<mobiel>","why":""}]`)
	s.as("Redacteur", `mutation { putJudgementList(input: {name: "Leeg", queries: []}) { record { id } userErrors { field } } }`).
		is("putJudgementList", `{"record":null,"userErrors":[{"field":"queries"}]}`)
	s.as("Redacteur", `{ judge(list: "<list>") { recall mrr queries { text recall reciprocal places } } nothing: judge(list: "<terrein>") { recall } }`).
		is("judge", `{"mrr":1,"queries":[{"places":[1,null],"recall":0.5,"reciprocal":1,"text":"bedrijventerrein vernieuwen"},`+
			`{"places":[1],"recall":1,"reciprocal":1,"text":"arbeidsmarkt"}],"recall":0.75}`).is("nothing", `null`)
	s.as("Redacteur", `mutation { putJudgementList(input: {id: "<list>", version: 1, name: "Werk", queries: [{text: "terrein", wanted: [{record: "<terrein>", grade: 3}]}]}) {
		record { version } } }`).is("putJudgementList.record.version", `2`)
	s.as("Redacteur", `mutation { deleteJudgementList(input: {id: "<list>", version: 2}) { id userErrors { code } } }`).is("deleteJudgementList", `{"id":"<list>","userErrors":[]}`)
	s.as("Redacteur", `{ judge(list: "<list>") { recall } judgementLists { totalCount } }`).is("judge", `null`).is("judgementLists.totalCount", `0`)
}

// TestWhoMayAsk asks everything about people, accounts and lists as who may not: a
// visitor is told to sign in, others that it is not for them.
func TestWhoMayAsk(t *testing.T) {
	s := newScenario(t, newWorld(t, circle()...))
	for _, who := range []kb.Actor{guest(), member(), participant(), editor()} {
		s.signIn(who)
	}
	own, team := string(member().Account), string(id("kring"))
	for _, c := range []struct {
		who   []string // who is refused, besides visitors
		query string
	}{
		{nil, `{ personalData { consent } }`},
		{nil, `{ notifications { totalCount } }`},
		{nil, `{ tokens { totalCount } }`},
		{nil, `{ account(id: "` + own + `") { name } }`},
		{nil, `mutation { updateAccount(input: {version: 1, name: "X"}) { sequence } }`},
		{nil, `mutation { setMailMode(input: {mode: NONE}) { sequence } }`},
		{nil, `mutation { markNotificationsRead(input: {}) { sequence } }`},
		{nil, `mutation { saveProfile(input: {name: "X"}) { sequence } }`},
		{nil, `mutation { setConsent(input: {consent: true}) { sequence } }`},
		{nil, `mutation { deleteMyAccount(input: {}) { sequence } }`},
		{nil, `mutation { changePassword(input: {current: "a", password: "b"}) { sequence } }`},
		{nil, `mutation { signOut(input: {}) { sequence } }`},
		{nil, `mutation { createToken(input: {name: "x", scopes: [READ]}) { sequence } }`},
		{nil, `mutation { revokeToken(input: {id: "` + own + `"}) { sequence } }`},
		{[]string{"Gast", "Lid", "Redacteur"}, `{ tokens(all: true) { totalCount } }`},
		{[]string{"Gast", "Lid", "Redacteur"}, `{ accounts { totalCount } }`},
		{[]string{"Gast", "Lid", "Deelnemer", "Redacteur"}, `{ teamMembers(team: "` + team + `") { role } }`},
		{[]string{"Gast", "Lid", "Deelnemer", "Redacteur"}, `{ teamMembers(team: "` + own + `") { role } }`},
		{[]string{"Gast", "Lid"}, `{ reviewers { name } }`},
		{[]string{"Gast", "Lid"}, `{ statistics { views } }`},
		{[]string{"Gast", "Lid"}, `{ redirects { totalCount } }`},
		{[]string{"Gast", "Lid"}, `{ judge(list: "` + own + `") { recall } }`},
		{[]string{"Gast", "Lid"}, `mutation { putRedirect(input: {from: "/a", to: "/b"}) { sequence } }`},
		{[]string{"Gast", "Lid"}, `mutation { deleteRedirect(input: {id: "` + own + `", version: 1}) { sequence } }`},
		{[]string{"Gast", "Lid"}, `mutation { putJudgementList(input: {name: "x", queries: []}) { sequence } }`},
		{[]string{"Gast", "Lid"}, `mutation { deleteJudgementList(input: {id: "` + own + `", version: 1}) { sequence } }`},
		{[]string{"Gast", "Lid", "Deelnemer", "Redacteur"}, `mutation { inviteAccount(input: {name: "X", email: "x@stad.example"}) { sequence } }`},
		{[]string{"Gast", "Lid", "Redacteur"}, `mutation { renewInvitation(input: {account: "` + own + `"}) { sequence } }`},
		{[]string{"Gast", "Lid", "Redacteur"}, `mutation { createApp(input: {name: "X", role: MEMBER}) { sequence } }`},
		{[]string{"Gast", "Lid", "Redacteur"}, `mutation { setRole(input: {account: "` + own + `", version: 1, role: ADMIN}) { sequence } }`},
		{[]string{"Gast", "Lid", "Redacteur"}, `mutation { setTeams(input: {account: "` + own + `", version: 1, teams: []}) { sequence } }`},
		{[]string{"Gast", "Lid", "Redacteur"}, `mutation { setDisabled(input: {account: "` + own + `", version: 1, disabled: true}) { sequence } }`},
		{[]string{"Gast", "Lid", "Deelnemer", "Redacteur"}, `mutation { addTeamMember(input: {team: "` + team + `", email: "x@stad.example", role: PARTICIPANT}) { sequence } }`},
		{[]string{"Gast", "Lid", "Deelnemer", "Redacteur"}, `mutation { removeTeamMember(input: {team: "` + team + `", account: "` + string(organiser().Account) + `"}) { sequence } }`},
		{[]string{"Gast", "Lid", "Redacteur"}, `mutation { createToken(input: {account: "` + string(admin().Account) + `", name: "x", scopes: [READ]}) { sequence } }`},
	} {
		s.as("", c.query).refused("UNAUTHENTICATED")
		for _, who := range c.who {
			s.as(who, c.query).refused("FORBIDDEN")
		}
	}
}

// TestDearQuestions are bounded: each reads all of a log, or tries many searches.
func TestDearQuestions(t *testing.T) {
	s := newScenario(t, newWorld(t))
	s.signIn(editor())
	for _, field := range []string{
		"personalData { json }", "statistics { views }", `judge(list: "x") { recall }`,
		"personalData { records { comments { nodes { text } } revisions { version } } }",
	} {
		s.as("Redacteur", "{"+aliases(6, field)+"}").refused("QUERY_TOO_COMPLEX")
	}
	s.as("Redacteur", `{ personalData { account { name email } records { url ... on Case { title } } events { at event by { name } } json } audit { next } statistics { views } }`).
		is("personalData.account.name", `"Redacteur"`)
}
