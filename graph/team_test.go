package graph_test

import (
	"testing"

	"leerkring/internal/kb"
)

// circle is a learning circle with a case that only those who are in it read.
func circle() []kb.Entity {
	inside := &kb.Case{Common: text("binnen", "Besloten ervaring met tijdelijke woonkavels")}
	inside.Visibility, inside.Team = kb.VisibilityTeam, id("kring")
	return []kb.Entity{&kb.LearningCircle{Head: published("kring"), Name: "Kring Wonen"}, inside}
}

// seesInside are the ways in which someone finds the case of the circle.
const seesInside = `{ material(slug: "binnen") { title } search(query: "woonkavels") { totalCount facets { buckets { count } } }
	suggest(prefix: "woonkav") { text } viewer { account { teams { role team { slug } } } } }`

// TestOrganisersKeepTheirTeam: who is put in it reads what is for it, and no more once
// they are out.
func TestOrganisersKeepTheirTeam(t *testing.T) {
	s := newScenario(t, newWorld(t, circle()...))
	s.signIn(organiser())
	s.signIn(member())
	s.carried["kring"] = string(id("kring"))
	hidden := func() {
		t.Helper()
		s.as("Lid", seesInside).is("material", `null`).is("search.totalCount", `0`).is("suggest", `[]`).is("viewer.account.teams", `[]`)
	}
	hidden()
	s.as("Organisator", `{ viewer { can } teamMembers(team: "<kring>") { role account { name } } }`).is("viewer.can", `["WRITE","SEE_DRAFTS","MANAGE_TEAMS"]`).
		is("teamMembers", `[{"account":{"name":"Deelnemer"},"role":"PARTICIPANT"},{"account":{"name":"Organisator"},"role":"ORGANISER"}]`)
	adding := `mutation { addTeamMember(input: {team: "<kring>", email: "` + emailOf(member()) + `", role: PARTICIPANT}) { member { role account { id name } } userErrors { code } } }`
	s.as("Lid", adding).refused("FORBIDDEN")
	s.as("", adding).refused("UNAUTHENTICATED")
	s.as("Organisator", adding).is("addTeamMember", `{"member":{"account":{"id":"<id of Lid>","name":"Lid"},"role":"PARTICIPANT"},"userErrors":[]}`)
	s.as("Lid", seesInside).is("material.title", `"Besloten ervaring met tijdelijke woonkavels"`).is("search.totalCount", `1`).
		is("viewer.account.teams", `[{"role":"PARTICIPANT","team":{"slug":"kring"}}]`)
	s.as("Lid", `{ teamMembers(team: "<kring>") { role } }`).refused("FORBIDDEN")

	const remove = `mutation { removeTeamMember(input: {team: "<kring>", account: "<id of Lid>"}) { userErrors { code } } }`
	s.as("Organisator", remove).is("removeTeamMember.userErrors", `[]`)
	hidden()
	s.as("Organisator", remove).is("removeTeamMember.userErrors", `[{"code":"NOT_FOUND"}]`)
	s.as("Organisator", adding).is("addTeamMember.userErrors", `[]`)
	s.as("Lid", remove).is("removeTeamMember.userErrors", `[]`)
	hidden()
}

// TestOrganisersInvite people into their own team only, as participants; where no mail
// is sent an admin hands over the link.
func TestOrganisersInvite(t *testing.T) {
	s := newScenario(t, newWorld(t, circle()...))
	s.signIn(organiser())
	s.signIn(admin())
	s.carried["kring"] = string(id("kring"))
	s.as("Organisator", `mutation { inviteAccount(input: {name: "Dien", email: "dien@stad.example", teams: [{team: "<kring>", role: PARTICIPANT}]}) { link account { id name } } }`).
		is("inviteAccount.link", `null`).keep("dienId", "inviteAccount.account.id")
	s.as("Beheerder", `mutation { renewInvitation(input: {account: "<dienId>"}) { link } }`).keepSecret("link", "renewInvitation.link")
	s.as("", `mutation { redeemTicket(input: {secret: "<link>", password: "`+password+`"}) { session { secret } } }`).keep("dien", "redeemTicket.session.secret")
	s.as("dien", seesInside).is("material.title", `"Besloten ervaring met tijdelijke woonkavels"`)
	s.as("Organisator", `mutation { inviteAccount(input: {name: "X", email: "`+emailOf(stranger())+`", teams: [{team: "<kring>", role: PARTICIPANT}]}) { link account { name email role version } } }`).
		is("inviteAccount.link", `null`).is("inviteAccount.account.name", `"Vreemde"`)
	for _, refused := range []string{
		`role: EXPERT, teams: [{team: "<kring>", role: PARTICIPANT}]`, `teams: [{team: "<kring>", role: ORGANISER}]`,
		`teams: [{team: "` + string(id("andere kring")) + `", role: PARTICIPANT}]`, `role: MEMBER`,
	} {
		s.as("Organisator", `mutation { inviteAccount(input: {name: "E", email: "e@stad.example", `+refused+`}) { link } }`).refused("FORBIDDEN")
	}
}

// TestTeamsByAnAdmin are set as a whole.
func TestTeamsByAnAdmin(t *testing.T) {
	s := newScenario(t, newWorld(t, circle()...))
	s.signIn(admin())
	s.signIn(member())
	s.carried["kring"] = string(id("kring"))
	s.as("Beheerder", `{ account(id: "<id of Lid>") { version } }`).keep("v", "account.version")
	s.as("Beheerder", `mutation { setTeams(input: {account: "<id of Lid>", version: <v>, teams: [{team: "<kring>", role: FACILITATOR}, {team: "<id of Lid>", role: ORGANISER}]}) {
		account { id } userErrors { field } } }`).is("setTeams", `{"account":null,"userErrors":[{"field":"teams[1].team"}]}`)
	s.as("Beheerder", `mutation { setTeams(input: {account: "<id of Lid>", version: <v>, teams: [{team: "<kring>", role: FACILITATOR}]}) { account { teams { role teamId } } } }`).
		is("setTeams.account.teams", `[{"role":"FACILITATOR","teamId":"<kring>"}]`)
	s.w.follow(s.tb) // what another wrote is found when the index has it
	s.as("Lid", seesInside).is("search.totalCount", `1`)
	s.as("Lid", `{ teamMembers(team: "<kring>") { account { name } } }`).is("teamMembers.1.account.name", `"Lid"`)
	s.as("Beheerder", `{ audit(filter: {types: [TEAMS_CHANGED]}) { entries { fields by { name } about } } }`).
		is("audit.entries", `[{"about":"<id of Lid>","by":{"name":"Beheerder"},"fields":["teams"]}]`)
}
