package app_test

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"testing"

	"leerkring/internal/kb"
)

// TestPermissions asks every operation as everyone on records of every kind in
// every state, and compares with the tables of docs/permissions.md.
func TestPermissions(t *testing.T) {
	c := config(t, t.TempDir())
	c.Log = slog.New(slog.DiscardHandler) // a line for each of the requests would hide what is wrong
	m := newMatrix(t, c)
	defer http.DefaultClient.CloseIdleConnections()
	rules := tables(t)
	m.allow(rules["Reading"])
	t.Run("every operation has a row", func(t *testing.T) { m.complete(t, rules) })
	t.Run("reading", func(t *testing.T) { m.reading(t, rules["Reading"]) })
	t.Run("tombstones", func(t *testing.T) { m.tombstones(t, rules["Reading"]) })
	t.Run("accounts", m.accounts)
	t.Run("lists", m.lists)
	t.Run("making", func(t *testing.T) { m.making(t, rules["Making a record"]) })
	t.Run("changing", func(t *testing.T) { m.changing(t, rules) })
	t.Run("everything else", func(t *testing.T) { m.others(t, rules["Everything else"]) })
	t.Run("tokens", m.tokens)
	t.Run("files", func(t *testing.T) { m.uploading(t, rules) })
	t.Logf("%d cells, %d records", m.cells, len(m.records))
}

// readable looks a record, or its working copy, up in the table.
func readable(rows []map[string]string, s *specimen, ofCopy bool, who string) bool {
	state := s.state
	switch {
	case ofCopy:
		state = "working copy"
	case s.hasCopy():
		state = "published"
	}
	for _, row := range rows {
		if row["State"] == state && (row["For"] == "anyone" || row["For"] == string(s.visibility)) {
			return row[who] == "yes"
		}
	}
	panic("no row for " + s.String())
}

// allow notes what everyone may see.
func (m *matrix) allow(rows []map[string]string) {
	for _, s := range m.records {
		for _, who := range everyone() {
			if readable(rows, s, false, who) {
				m.allowed[who][s.word], m.allowed[who][string(s.id)] = true, true
			}
			if s.hasCopy() && readable(rows, s, true, who) {
				m.allowed[who][s.copyWord] = true
			}
		}
	}
}

// rootOf is the field that finds a record of a kind by its slug.
func rootOf(k kb.Kind) string {
	if slices.Contains(kb.MaterialKinds(), k) {
		return "material"
	}
	return string(k)
}

func (m *matrix) reading(t *testing.T, rows []map[string]string) {
	for _, s := range m.some(m.records) {
		argument := "slug"
		if s.kind == kb.KindRegion {
			argument = "code"
		}
		query := fmt.Sprintf(`query ($id: ID!, $slug: String!, $word: String!, $typo: String!, $prefix: String!) {
			node(id: $id) { id ... on Record { slug status viewerCan workingCopy { id slug } comments { totalCount } revisions { version record { slug } } review { reviewer { name } } } }
			nodes(ids: [$id]) { id }
			one: %s(%s: $slug) { id slug }
			search(query: $word) { totalCount searchedFor didYouMean recognised { text } nodes { id title } facets { field buckets { value count label } } }
			typed: search(query: $word, asTyped: true) { totalCount }
			mended: search(query: $typo) { totalCount searchedFor didYouMean nodes { id title } }
			suggest(prefix: $prefix) { text node { id } }
		}`, rootOf(s.kind), argument)
		for _, who := range everyone() {
			may := readable(rows, s, false, who)
			got := m.ask(t, who, query, map[string]any{
				"id": s.id, "slug": s.slug, "word": s.word, "typo": s.word[:4] + s.word[5:], "prefix": s.word[:7],
			})
			if got.code != "" {
				t.Fatalf("%s, %s: %s", s, who, got.raw)
			}
			for _, field := range []string{"node", "one"} {
				if found := string(got.data[field]) != "null"; found != may {
					t.Errorf("%s, %s: %s found: %v", s, who, field, found)
				}
			}
			var search struct{ TotalCount int }
			_ = json.Unmarshal(got.data["typed"], &search)
			live := s.state == "published" || s.hasCopy()
			if found := search.TotalCount > 0; rootOf(s.kind) == "material" && found != (may && live) {
				t.Errorf("%s, %s: search found %d", s, who, search.TotalCount)
			}
			if s.hasCopy() {
				m.ask(t, who, `query ($word: String!) { search(query: $word) { totalCount searchedFor nodes { id } } suggest(prefix: $word) { text } }`, map[string]any{"word": s.copyWord})
			}
			m.history(t, s, who, may)
		}
	}
}

// history asks what stands apart: an answer for who may not read is that of a
// record that is not there.
func (m *matrix) history(t *testing.T, s *specimen, who string, may bool) {
	nobody := named("nobody")
	for _, query := range []string{
		`query ($id: ID!) { comparison(id: $id, from: 0, to: 0) { field before after } }`,
		`query ($id: ID!) { audit(filter: {record: $id}) { entries { label fields note } } }`,
		`query ($id: ID!) { related: node(id: $id) { ... on Case { related { node { id } } } } }`,
	} {
		got := m.ask(t, who, query, map[string]any{"id": s.id})
		if may {
			continue
		}
		absent := m.ask(t, who, query, map[string]any{"id": nobody})
		if got.raw != absent.raw {
			t.Errorf("%s, %s: %s\n%s\nand for what is not there\n%s", s, who, query, got.raw, absent.raw)
		}
	}
}

// tombstones asks what is left of withdrawn records: who could read one when it was
// published gets its title and the reason, others nothing.
func (m *matrix) tombstones(t *testing.T, rows []map[string]string) {
	for _, s := range m.some(m.records) {
		was := *s
		was.state, was.copyWord = "published", ""
		for _, who := range everyone() {
			may := s.state == "withdrawn" && readable(rows, &was, false, who)
			before := m.allowed[who][s.word]
			m.allowed[who][s.word] = before || may
			got := m.ask(t, who, `query ($slug: String!, $kind: RecordKind) { tombstone(slug: $slug, kind: $kind) { title reason } }`, map[string]any{"slug": s.slug, "kind": recordKind(s.kind)})
			m.allowed[who][s.word] = before
			if found := string(got.data["tombstone"]) != "null"; found != may {
				t.Errorf("%s, %s: tombstone: %s", s, who, got.raw)
			}
		}
	}
}

func recordKind(k kb.Kind) string {
	if k == kb.KindLearningCircle {
		return "LEARNING_CIRCLE"
	}
	return strings.ToUpper(string(k))
}

// accounts asks for each account as everyone: only its owner and admins may know of it.
func (m *matrix) accounts(t *testing.T) {
	for _, of := range everyone()[1:] {
		for _, who := range everyone() {
			got := m.ask(t, who, `query ($id: ID!) { account(id: $id) { email } node(id: $id) { id } }`, map[string]any{"id": named(of)})
			if found := strings.Contains(got.raw, of+"@"); found != (who == of || who == "admin") {
				t.Errorf("the account of %s, by %s: %s", of, who, got.raw)
			}
		}
	}
}

// lists asks for everything at once; ask looks for what may not be in it.
func (m *matrix) lists(t *testing.T) {
	for _, who := range everyone() {
		for _, query := range []string{
			`{ search(first: 100) { totalCount nodes { id title themes { label } people { name } organisations { name } seeAlso { title } related { node { title } text } } facets { field buckets(first: 100) { value label count } } } }`,
			`{ themes(first: 100) { totalCount nodes { label } } regions(kind: MUNICIPALITY, first: 100) { totalCount nodes { name } } organisations(first: 100) { nodes { name } } people(first: 100) { nodes { name } } }`,
			`{ learningCircles(first: 50) { totalCount nodes { name participants { name } } } meetings(first: 50) { totalCount nodes { name } } questions(first: 50) { totalCount nodes { title } } }`,
			`{ drafts(first: 100) { totalCount nodes { id slug } } }`,
			`{ reviewQueue(first: 100) { totalCount nodes { id slug } } }`,
			`{ reviewQueue(filter: {part: SCHEDULED}, first: 100) { totalCount nodes { id slug } } }`,
			`{ notifications(first: 100) { totalCount nodes { text record { id } } } }`,
			`{ personalData { json records { id } events { label } comments { text } } }`,
			`{ audit(first: 100) { entries { label note record } } }`,
			`{ suggest(prefix: "kwx", first: 20) { text node { id } } }`,
			`{ search(query: "kwx*", first: 100) { totalCount nodes { title } facets { field buckets(first: 100) { label count } } } }`,
			`query { node(id: "` + string(named("hub")) + `") { ... on Case { themes { label } regions { name } organisations { name } people { name } seeAlso { title } related { node { title } } } } }`,
		} {
			m.ask(t, who, query, nil)
		}
	}
}

// resultOf is the code of what became of a mutation; OK when it was done.
func resultOf(got outcome) string {
	if got.code != "" {
		return got.code
	}
	for _, data := range got.data {
		var payload struct{ UserErrors []struct{ Code string } }
		if json.Unmarshal(data, &payload) == nil && len(payload.UserErrors) > 0 {
			return payload.UserErrors[0].Code
		}
	}
	return "OK"
}

// noun is how the operations call a kind.
func noun(k kb.Kind) string { return strings.ToUpper(string(k[:1])) + string(k[1:]) }

// operation writes the mutation of a row for a kind, on a version that is not there.
func operation(name string, k kb.Kind) string {
	switch name {
	case "update", "withdraw", "restore", "delete":
		name += noun(k)
	}
	extra := ""
	switch {
	case strings.HasPrefix(name, "update"):
		extra = ", visibility: PUBLIC"
	case strings.HasPrefix(name, "withdraw"):
		extra = `, reason: "oud"`
	case name == "requestChanges":
		extra = `, note: "anders"`
	case name == "confirmStillCorrect":
		extra = `, reviewBy: "2030-01-01"`
	case name == "restoreRevision":
		extra = ", revision: 1"
	case name == "addComment":
		return `mutation ($id: ID!) { addComment(input: {record: $id, text: "let op"}) { userErrors { code message } } }`
	}
	return fmt.Sprintf(`mutation ($id: ID!) { %s(input: {id: $id, version: 999%s}) { userErrors { code message } } }`, name, extra)
}

// byEditors reports whether only editors change a kind.
func byEditors(k kb.Kind) bool {
	return k == kb.KindTheme || k == kb.KindRegion || k == kb.KindLearningCircle || k == kb.KindMeeting
}

func (m *matrix) changing(t *testing.T, rules map[string][]map[string]string) {
	for _, s := range m.some(m.records) {
		for _, row := range rules["Changing a record"] {
			within := slices.Contains(strings.Split(row["In the states"], ", "), s.state)
			if row["Operation"] == "delete" && !within && s.state != "scheduled" {
				continue // the other row of it has the state
			}
			for _, who := range everyone() {
				may := row[who] == "yes" && (!byEditors(s.kind) || who == "editor" || who == "admin")
				var want []string
				switch {
				case who == "visitor":
					want = []string{"UNAUTHENTICATED"}
				case !readable(rules["Reading"], s, false, who):
					want = []string{"NOT_FOUND"}
				case !within:
					want = []string{"CONFLICT", "BAD_USER_INPUT", "FORBIDDEN"}
				case may && row["Operation"] == "addComment":
					want = []string{"OK"}
				case may:
					want = []string{"CONFLICT"}
				default:
					want = []string{"FORBIDDEN"}
				}
				got := m.ask(t, who, operation(row["Operation"], s.kind), map[string]any{"id": s.id})
				if !slices.Contains(want, resultOf(got)) {
					t.Errorf("%s of %s by %s: got %s, want %v: %s", row["Operation"], s, who, resultOf(got), want, got.raw)
				}
			}
		}
	}
}

func (m *matrix) making(t *testing.T, rows []map[string]string) {
	for _, row := range rows {
		for who := range row {
			if who == "Operation" {
				continue
			}
			want := map[bool]string{true: "OK", false: "FORBIDDEN"}[row[who] == "yes"]
			if who == "visitor" {
				want = "UNAUTHENTICATED"
			}
			got := m.ask(t, who, fmt.Sprintf(`mutation { %s(input: {}) { record { id } userErrors { code field message } } }`, row["Operation"]), nil)
			if resultOf(got) != want {
				t.Errorf("%s by %s: got %s, want %s: %s", row["Operation"], who, resultOf(got), want, got.raw)
			}
		}
	}
}

// arguments are what the operations of the table "Everything else" are asked with:
// well-formed, and changing nothing of what the test stands on.
func arguments() map[string]string {
	none := `"` + string(named("nobody")) + `"`
	return map[string]string{
		"redirect": `(path: "/x")`, "ticket": `(secret: "x")`, "judge": `(list: ` + none + `)`, "teamMembers": `(team: "` + string(named("team")) + `")`,
		"previewSynonyms": `(input: {terms: ["a", "b"]}, queries: ["a"])`,
		"signIn":          `(input: {email: "x@example.org", password: "verkeerd wachtwoord"})`,
		"signUp":          `(input: {name: "X", email: "x@example.org"})`,
		"redeemTicket":    `(input: {secret: "x", password: "een goed lang wachtwoord"})`,
		"changePassword":  `(input: {current: "x", password: "een goed lang wachtwoord"})`,
		"updateAccount":   `(input: {version: 999, name: "X"})`, "saveProfile": `(input: {version: 999, bio: "X"})`,
		"setConsent": `(input: {consent: false})`, "setMailMode": `(input: {mode: NONE})`, "markNotificationsRead": `(input: {ids: []})`,
		"deleteMyAccount": `(input: {password: "x"})`, "createToken": `(input: {name: "x", scopes: [READ], days: 1})`,
		"revokeToken": `(input: {id: ` + none + `})`, "signOut": `(input: {sessions: [` + none + `]})`,
		"requestPasswordReset": `(input: {email: "x@example.org"})`,
		"inviteAccount":        `(input: {name: "X", email: "geen adres"})`, "renewInvitation": `(input: {account: ` + none + `})`,
		"createApp": `(input: {name: "", role: MEMBER})`, "setRole": `(input: {account: ` + none + `, version: 1, role: MEMBER})`,
		"setTeams": `(input: {account: ` + none + `, version: 1, teams: []})`, "setDisabled": `(input: {account: ` + none + `, version: 1, disabled: true})`,
		"addTeamMember":    `(input: {team: "` + string(named("team")) + `", email: "geen adres", role: PARTICIPANT})`,
		"removeTeamMember": `(input: {team: "` + string(named("team")) + `", account: ` + none + `})`,
		"putSynonyms":      `(input: {terms: []})`, "deleteSynonyms": `(input: {id: ` + none + `, version: 1})`,
		"putJudgementList": `(input: {name: "", queries: []})`, "deleteJudgementList": `(input: {id: ` + none + `, version: 1})`,
		"updateComment": `(input: {id: ` + none + `, version: 1, text: "x"})`, "resolveComment": `(input: {id: ` + none + `, version: 1, resolved: true})`,
		"deleteComment": `(input: {id: ` + none + `, version: 1})`,
		"putRedirect":   `(input: {from: "", to: ""})`, "deleteRedirect": `(input: {id: ` + none + `, version: 1})`,
		"startUpload": `(input: {record: ` + none + `, name: "x", size: 1})`, "changeFile": `(input: {id: ` + none + `, version: 1})`,
		"removeFile": `(input: {id: ` + none + `, version: 1})`, "explainFinding": `(input: {file: ` + none + `, version: 1, finding: "x", reason: "x"})`,
		"takeSuggestions":   `(input: {record: ` + none + `, version: 1, file: ` + none + `, keys: ["x"]})`,
		"refuseSuggestions": `(input: {file: ` + none + `, keys: ["x"]})`, "createDownloadLink": `(input: {file: ` + none + `})`,
		"retryFile": `(input: {id: ` + none + `})`,
	}
}

// selections are what is asked of an operation that is no connection and no payload.
func selections() map[string]string {
	return map[string]string{
		"indexStatus": "ready", "viewer": "role can", "redirect": "to", "ticket": "purpose", "personalData": "json", "reviewers": "name",
		"audit": "next", "statistics": "views", "previewSynonyms": "query", "judge": "recall", "uploadLimits": "file", "teamMembers": "role",
	}
}

func (m *matrix) others(t *testing.T, rows []map[string]string) {
	_, mutations := m.operations(t)
	for _, row := range rows {
		name, _, _ := strings.Cut(row["Operation"], ",")
		kind, selection := "query", selections()[name]
		switch {
		case slices.Contains(mutations, name):
			kind, selection = "mutation", "userErrors { code message }"
		case selection == "":
			selection = "totalCount"
		}
		for who := range row {
			if who == "Operation" {
				continue
			}
			got := m.ask(t, who, fmt.Sprintf("%s { %s%s { %s } }", kind, name, arguments()[name], selection), nil)
			refused := got.code == "FORBIDDEN" || got.code == "UNAUTHENTICATED"
			wrong := (row[who] == "yes") == refused
			if row[who] == "no" && (who == "visitor") != (got.code == "UNAUTHENTICATED") {
				wrong = true
			}
			if wrong {
				t.Errorf("%s by %s: the table says %s: %s", name, who, row[who], got.raw)
			}
		}
	}
}

// tokens asks with tokens that do not work, and with such that are good for some things only.
func (m *matrix) tokens(t *testing.T) {
	hidden := m.records[0]
	for _, name := range []string{"bad", "expired", "revoked"} {
		for _, query := range []string{`{ viewer { role } }`, `{ search { totalCount } }`, operation("withdraw", hidden.kind)} {
			got := m.ask(t, name, query, map[string]any{"id": hidden.id})
			if got.status != http.StatusUnauthorized || got.code != "UNAUTHENTICATED" || got.data != nil {
				t.Errorf("%s token: %d %s", name, got.status, got.raw)
			}
		}
	}
	for _, c := range []struct{ token, query, want string }{
		{"reading", `query ($id: ID!) { node(id: $id) { id } }`, "OK"},
		{"reading", operation("update", hidden.kind), "FORBIDDEN"},
		{"reading", operation("addComment", hidden.kind), "FORBIDDEN"},
		{"reading", operation("publish", hidden.kind), "FORBIDDEN"},
		{"reading", `mutation { createCase(input: {}) { userErrors { code } } }`, "FORBIDDEN"},
		{"reading", `{ accounts { totalCount } }`, "FORBIDDEN"},
		{"reading", `mutation { createToken(input: {name: "x", scopes: [ADMIN]}) { userErrors { code } } }`, "FORBIDDEN"},
		{"writing", `mutation { createCase(input: {}) { userErrors { code } } }`, "OK"},
		{"writing", operation("publish", hidden.kind), "FORBIDDEN"},
		{"writing", `mutation { putSynonyms(input: {terms: []}) { userErrors { code } } }`, "FORBIDDEN"},
		{"writing", `mutation { inviteAccount(input: {name: "X", email: "y@example.org"}) { userErrors { code } } }`, "FORBIDDEN"},
	} {
		if got := m.ask(t, c.token, c.query, map[string]any{"id": hidden.id}); resultOf(got) != c.want {
			t.Errorf("%s token: %s: got %s, want %s: %s", c.token, c.query, resultOf(got), c.want, got.raw)
		}
	}
}

// operations gives the names of all queries and mutations of the schema.
func (m *matrix) operations(t *testing.T) (queries, mutations []string) {
	t.Helper()
	got := m.ask(t, "visitor", `{ __schema { queryType { fields { name } } mutationType { fields { name } } } }`, nil)
	type fields struct{ Fields []struct{ Name string } }
	var found struct{ QueryType, MutationType fields }
	if err := json.Unmarshal(got.data["__schema"], &found); err != nil {
		t.Fatal(err, got.raw)
	}
	for _, f := range found.QueryType.Fields {
		queries = append(queries, f.Name)
	}
	for _, f := range found.MutationType.Fields {
		mutations = append(mutations, f.Name)
	}
	return queries, mutations
}

// complete fails for an operation of the schema that no table and no part of this test has.
func (m *matrix) complete(t *testing.T, rules map[string][]map[string]string) {
	covered := map[string]bool{ // asked in reading, history and lists
		"node": true, "nodes": true, "search": true, "suggest": true, "comparison": true, "tombstone": true, "account": true,
		"file": true, "uploadFile": true, "uploadFiles": true, // uploading
	}
	for _, k := range kb.ContentKinds() {
		covered[rootOf(k)] = true
		for _, verb := range []string{"update", "withdraw", "restore", "delete"} {
			covered[verb+noun(k)] = true
		}
	}
	for _, heading := range []string{"Changing a record", "Making a record", "Everything else"} {
		if len(rules[heading]) == 0 {
			t.Fatalf("docs/permissions.md has no table %q", heading)
		}
		for _, row := range rules[heading] {
			name, _, _ := strings.Cut(row["Operation"], ",")
			covered[name] = true
		}
	}
	queries, mutations := m.operations(t)
	for _, name := range append(queries, mutations...) {
		if !covered[name] {
			t.Errorf("%s has no row in docs/permissions.md", name)
		}
	}
}
