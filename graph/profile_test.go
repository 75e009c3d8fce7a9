package graph_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

// TestProfileIsPublishedAtOnce by the person; what is absent stays and what is null goes.
func TestProfileIsPublishedAtOnce(t *testing.T) {
	s := newScenario(t, newWorld(t, library()...))
	s.signIn(member())
	s.as("Lid", `mutation { saveProfile(input: {name: ""}) { person { id } userErrors { field } } }`).is("saveProfile", `{"person":null,"userErrors":[{"field":"name"}]}`)
	s.as("Lid", `mutation { saveProfile(input: {name: "Lies Groen", function: "adviseur", organisation: "`+string(id("gemeente"))+`", expertise: ["wonen", "zorg"],
		regions: "GM0363", bio: "Al jaren.", consent: true, email: {value: "lies@stad.example", visibility: MEMBERS}, phone: {value: "0201234567", visibility: PUBLIC}}) {
		person { id slug version email phone organisation { name } regions { code } } userErrors { field } } }`).
		keep("person", "saveProfile.person.id").keep("slug", "saveProfile.person.slug").keep("v", "saveProfile.person.version").
		is("saveProfile.person.organisation.name", `"Gemeente Amsterdam"`).is("saveProfile.person.email", `"lies@stad.example"`)
	s.as("", `{ person(slug: "<slug>") { name function expertise bio regions { code } email phone } }`).is("person",
		`{"bio":"Al jaren.","email":null,"expertise":["wonen","zorg"],"function":"adviseur","name":"Lies Groen","phone":"0201234567","regions":[{"code":"GM0363"}]}`)
	s.as("Lid", `mutation { saveProfile(input: {version: <v>, bio: null, organisation: null, expertise: null, phone: null}) {
		person { name bio function expertise email phone organisation { name } } } }`).is("saveProfile.person",
		`{"bio":"","email":"lies@stad.example","expertise":[],"function":"adviseur","name":"Lies Groen","organisation":null,"phone":null}`)
	s.as("Lid", `mutation { saveProfile(input: {version: <v>, bio: "Te laat"}) { person { id } userErrors { code } } }`).is("saveProfile", `{"person":null,"userErrors":[{"code":"CONFLICT"}]}`)
	s.as("Lid", `{ viewer { account { person { id name } } } }`).is("viewer.account.person", `{"id":"<person>","name":"Lies Groen"}`)
}

// TestConsentWithdrawn takes a person out of everything that others read at once, and
// giving it again brings them back.
func TestConsentWithdrawn(t *testing.T) {
	w := newWorld(t, library()...)
	s := newScenario(t, w)
	s.signIn(member())
	s.signIn(admin())
	s.as("Lid", `mutation { setConsent(input: {consent: true}) { person { id } userErrors { code } } }`).is("setConsent", `{"person":null,"userErrors":[{"code":"NOT_FOUND"}]}`)
	s.as("Lid", `mutation { saveProfile(input: {name: "Lies Quispel", consent: true}) { person { id slug } } }`).keep("person", "saveProfile.person.id").keep("slug", "saveProfile.person.slug")
	withPerson := &kb.Case{Common: text("zon", "Samen daken vergroenen")}
	withPerson.People, withPerson.Contacts = []kb.ID{kb.ID(s.carried["person"])}, []kb.ID{kb.ID(s.carried["person"])}
	w.put(t, withPerson)
	const everywhere = `{ people { totalCount nodes { name } } person(slug: "<slug>") { name } node(id: "<person>") { id } suggest(prefix: "quisp") { text }
		search(query: "quispel") { totalCount } of: search(filter: {people: ["<person>"]}) { totalCount }
		material(slug: "zon") { people { name } ... on Case { contacts { name } } } }`
	listed := func(who string) {
		t.Helper()
		s.as(who, everywhere).is("people.totalCount", `1`).is("person.name", `"Lies Quispel"`).is("node.id", `"<person>"`).
			is("material", `{"contacts":[{"name":"Lies Quispel"}],"people":[{"name":"Lies Quispel"}]}`).is("search.totalCount", `1`).is("suggest.0.text", `"Lies Quispel"`)
	}
	listed("")
	s.as("Lid", `mutation { setConsent(input: {consent: false}) { person { name } userErrors { code } } }`).is("setConsent.person.name", `"Lies Quispel"`)
	w.follow(t)
	s.as("", everywhere).is("people", `{"nodes":[],"totalCount":0}`).is("person", `null`).is("node", `null`).is("suggest", `[]`).
		is("search.totalCount", `0`).is("of.totalCount", `0`).is("material", `{"contacts":[],"people":[]}`)
	s.as("Lid", `{ person(slug: "<slug>") { name } personalData { consent } }`).is("person.name", `"Lies Quispel"`).is("personalData.consent", `false`)
	s.as("Beheerder", `{ person(slug: "<slug>") { name } audit(filter: {record: "<person>"}) { entries { event } } }`).is("person.name", `"Lies Quispel"`).
		is("audit.entries", `[{"event":"CONSENT_WITHDRAWN"},{"event":"CREATED"}]`)
	s.as("Lid", `mutation { setConsent(input: {consent: true}) { person { name } } }`).is("setConsent.person.name", `"Lies Quispel"`)
	w.follow(t)
	listed("")
}

// TestPersonalData holds all that is stored about a person, and no secret.
func TestPersonalData(t *testing.T) {
	w := newWorld(t, library()...)
	teller := w.teller(t)
	s := newScenario(t, w)
	s.signIn(expert())
	s.signIn(editor())
	s.as("Expert", `mutation { saveProfile(input: {name: "Eva Blauw", consent: true, email: {value: "eva@stad.example", visibility: TEAM}}) { person { id } } }`)
	s.as("Expert", `mutation { createCase(input: {title: "Mijn casus", body: "De tekst."}) { record { id version } } }`).keep("case", "createCase.record.id")
	s.as("Expert", `mutation { addComment(input: {record: "<case>", text: "Kijk hier nog naar"}) { comment { id } } }`).keep("comment", "addComment.comment.id")
	s.as("Redacteur", `mutation { addComment(input: {record: "<case>", text: "Graag meer cijfers"}) { comment { id } } }`)
	s.as("Expert", `mutation { createToken(input: {name: "mijn app", scopes: [READ]}) { secret } }`).keep("token", "createToken.secret")
	teller.tell(t)
	got := s.as("Expert", `{ personalData { account { name email } person { name } consent email { value visibility } phone { value } sessions { current }
		tokens { name } records { ... on Case { id title body url } } comments { text } notifications { text } events { event by { name } } json } }`).
		is("personalData.account", `{"email":"`+emailOf(expert())+`","name":"Expert"}`).is("personalData.person.name", `"Eva Blauw"`).is("personalData.consent", `true`).
		is("personalData.email", `{"value":"eva@stad.example","visibility":"TEAM"}`).is("personalData.phone", `null`).
		is("personalData.sessions", `[{"current":true}]`).is("personalData.tokens", `[{"name":"mijn app"}]`).
		is("personalData.records.0", `{"body":"De tekst.","id":"<case>","title":"Mijn casus","url":"https://leerkring.example/casus/mijn-casus"}`).
		is("personalData.comments", `[{"text":"Kijk hier nog naar"}]`).is("personalData.notifications", `[{"text":"Er is een opmerking bij ‘Mijn casus’."}]`)
	var kept map[string]any
	must(t, json.Unmarshal([]byte(got.at("personalData.json").(string)), &kept))
	var events []string
	for _, e := range kept["events"].([]any) {
		events = append(events, e.(map[string]any)["event"].(map[string]any)["type"].(string))
	}
	if diff := cmp.Diff([]string{"TOKEN_CREATED", "COMMENTED", "CREATED", "CREATED", "SIGNED_IN"}, events[:5]); diff != "" {
		t.Errorf("events to keep (-want +got):\n%s", diff)
	}
	for _, field := range []string{"account", "person", "sessions", "tokens", "comments", "notifications", "records", "exportedAt"} {
		if kept[field] == nil {
			t.Errorf("the document to keep has no %s", field)
		}
	}
	for _, secret := range []string{s.carried["token"], s.carried["Expert"], "argon2", `"secret": "`} {
		if strings.Contains(got.Raw, secret) && !strings.Contains(got.Raw, `"secret": ""`) {
			t.Errorf("it tells the secret %q", secret)
		}
	}
}

// TestAccountEnds: name and address go, what they wrote stays.
func TestAccountEnds(t *testing.T) {
	s := newScenario(t, newWorld(t))
	s.signIn(expert())
	s.signIn(editor())
	s.as("Expert", `mutation { saveProfile(input: {name: "Eva Blauw", consent: true}) { person { slug } } }`).keep("slug", "saveProfile.person.slug")
	s.as("Expert", `mutation { createCase(input: {title: "Mijn casus"}) { record { id } } }`).keep("case", "createCase.record.id")
	s.as("Expert", `mutation { deleteMyAccount(input: {password: "iets anders"}) { userErrors { field } } }`).is("deleteMyAccount.userErrors", `[{"field":"password"}]`)
	s.as("Expert", `mutation { deleteMyAccount(input: {password: "`+password+`"}) { userErrors { field } } }`).is("deleteMyAccount.userErrors", `[]`)
	s.as("Expert", `{ viewer { role } }`).refused("UNAUTHENTICATED")
	s.as("", `{ person(slug: "<slug>") { name } }`).is("person", `null`)
	s.as("Redacteur", `{ node(id: "<case>") { ... on Case { title revisions { by { name } } } } }`).is("node", `{"revisions":[{"by":{"name":"Oud-deelnemer"}}],"title":"Mijn casus"}`)
	s.as("", `mutation { signIn(input: {email: "`+emailOf(expert())+`", password: "`+password+`"}) { session { secret } } }`).is("signIn.session", `null`)
}
