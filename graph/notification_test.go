package graph_test

import (
	"testing"
	"time"

	"leerkring/internal/kb"
)

// telling tells the people of a world what happened, as the worker does.
type telling struct {
	w *world
	*kb.Teller
}

// teller begins to tell of what happens from now on.
func (w *world) teller(tb testing.TB) telling {
	tb.Helper()
	t := telling{w, kb.NewTeller(kb.TellerConfig{
		Store: w.store, Search: w.index, Now: func() time.Time { return w.clock.now }, Follow: w.indexer.WaitFor,
	})}
	t.tell(tb)
	return t
}

// tell tells of everything that happened so far.
func (t telling) tell(tb testing.TB) {
	tb.Helper()
	for more := true; more; {
		var err error
		_, more, err = t.Step(tb.Context())
		must(tb, err)
	}
	t.w.follow(tb)
}

// TestNotifications come to who they concern, in the language of the request, and are
// read once.
func TestNotifications(t *testing.T) {
	w := newWorld(t, circle()...)
	teller := w.teller(t)
	s := newScenario(t, w)
	for _, who := range []kb.Actor{admin(), editor(), expert(), member()} {
		s.signIn(who)
	}
	s.as("Expert", `mutation { createCase(input: {title: "Mijn casus"}) { record { id version } } }`).keep("case", "createCase.record.id")
	s.as("Redacteur", `mutation { addComment(input: {record: "<case>", text: "Graag meer cijfers"}) { comment { id } } }`)
	s.w.clock.now = s.w.clock.now.Add(time.Minute)
	s.as("Beheerder", `{ account(id: "<id of Expert>") { version } }`).keep("v", "account.version")
	s.as("Beheerder", `mutation { setRole(input: {account: "<id of Expert>", version: <v>, role: EDITOR}) { account { version } } }`)
	s.w.clock.now = s.w.clock.now.Add(time.Minute)
	teller.tell(t)

	const list = `{ viewer { unreadNotifications } notifications { totalCount nodes { id event text note by { name } readAt record { ... on Case { title } } } pageInfo { hasNextPage } } }`
	got := s.as("Expert", list).is("viewer.unreadNotifications", `2`).is("notifications.totalCount", `2`).
		is("notifications.nodes.0.text", `"Uw rol is nu: redacteur."`).is("notifications.nodes.0.record", `null`).is("notifications.nodes.0.by.name", `"Beheerder"`).
		is("notifications.nodes.1.text", `"Er is een opmerking bij ‘Mijn casus’."`).is("notifications.nodes.1.note", `"Graag meer cijfers"`).
		is("notifications.nodes.1.record.title", `"Mijn casus"`).is("notifications.nodes.1.readAt", `null`).keep("first", "notifications.nodes.0.id")
	got.is("notifications.nodes.1.by.name", `"Redacteur"`)
	s.as("Expert", list, "Accept-Language", "en").is("notifications.nodes.0.text", `"Your role is now: editor."`)
	s.as("Lid", list).is("notifications.totalCount", `0`).is("viewer.unreadNotifications", `0`)
	s.as("", list).refused("UNAUTHENTICATED")

	const mark = `mutation { markNotificationsRead(input: {ids: ["<first>"]}) { sequence userErrors { code } } }`
	s.as("Lid", mark).is("markNotificationsRead", `{"sequence":null,"userErrors":[]}`)
	s.as("Expert", list).is("viewer.unreadNotifications", `2`)
	s.as("Expert", mark).is("markNotificationsRead.userErrors", `[]`)
	s.as("Expert", list).is("viewer.unreadNotifications", `1`).is("notifications.nodes.0.readAt", `"2024-05-31T09:32:00Z"`)
	s.as("Expert", mark).is("markNotificationsRead.sequence", `null`)
	s.as("Expert", `mutation { markNotificationsRead(input: {}) { userErrors { code } } }`).is("markNotificationsRead.userErrors", `[]`)
	s.as("Expert", `{ viewer { unreadNotifications } notifications(unreadOnly: true) { totalCount } }`).is("viewer.unreadNotifications", `0`).is("notifications.totalCount", `0`)
	s.as("Expert", `{ notifications(first: 1) { nodes { event } pageInfo { hasNextPage endCursor } } }`).is("notifications.pageInfo.hasNextPage", `true`).keep("cursor", "notifications.pageInfo.endCursor")
	s.as("Expert", `{ notifications(first: 1, after: "<cursor>") { nodes { event } } }`).is("notifications.nodes", `[{"event":"COMMENTED"}]`)
}
