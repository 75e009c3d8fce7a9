package app_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"leerkring/internal/app"
	"leerkring/internal/auth"
	"leerkring/internal/kb"
)

// tables reads the tables of docs/permissions.md: by heading, the rows by the name
// of their column. A heading may have one table.
func tables(t *testing.T) map[string][]map[string]string {
	t.Helper()
	text, err := os.ReadFile("../../docs/permissions.md")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]map[string]string{}
	heading, columns := "", []string(nil)
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		if after, ok := strings.CutPrefix(line, "## "); ok {
			heading, columns = after, nil
			continue
		}
		if !strings.HasPrefix(line, "|") || strings.HasPrefix(line, "|--") {
			continue
		}
		var cells []string
		for cell := range strings.SplitSeq(strings.Trim(line, "|"), "|") {
			cells = append(cells, strings.TrimSpace(cell))
		}
		if columns == nil {
			columns = cells
			continue
		}
		row := map[string]string{}
		for i, cell := range cells {
			row[columns[i]] = cell
		}
		out[heading] = append(out[heading], row)
	}
	return out
}

// everyone are the columns of the tables about records.
func everyone() []string {
	return []string{"visitor", "guest", "member", "owner", "expert", "participant", "stranger", "editor", "admin"}
}

// states of the records of the matrix; the last two are of a published record.
func states() []string {
	return []string{"draft", "in review", "scheduled", "published", "withdrawn", "working copy", "copy in review"}
}

// specimen is one record of the matrix.
type specimen struct {
	kind       kb.Kind
	state      string
	visibility kb.Visibility
	id         kb.ID
	slug       string
	word       string // stands in its title, and nowhere else
	copyWord   string // stands in that of its working copy
}

func (s *specimen) String() string {
	return fmt.Sprintf("%s, %s, %s", s.kind, s.state, s.visibility)
}

func (s *specimen) hasCopy() bool { return s.copyWord != "" }

// matrix is a served knowledge base with a record of every kind in every state.
type matrix struct {
	app     *app.App
	url     string
	secrets map[string]string // bearer tokens by name
	records []*specimen
	team    kb.ID
	cells   int
	// allowed are the words and ids that each of everyone may see.
	allowed map[string]map[string]bool
	known   map[string]bool // all words and ids of records
}

func hashed(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

func named(name string) kb.ID { return kb.DeriveID("matrix", name) }

var birth = time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)

func internalHead(id kb.ID) kb.Head {
	return kb.Head{ID: id, Slug: string(id), Status: kb.StatusPublished, Visibility: kb.VisibilityMembers, CreatedAt: birth, UpdatedAt: birth}
}

// newMatrix serves the records over a store.
func newMatrix(t *testing.T, c app.Config) *matrix {
	t.Helper()
	m := &matrix{secrets: map[string]string{}, allowed: map[string]map[string]bool{}, known: map[string]bool{}, team: named("team")}
	for _, who := range everyone() {
		m.allowed[who] = map[string]bool{}
	}
	m.app = open(t, c)
	m.url = serve(t, m.app, app.Site{OpenSignUp: true}) + "/graphql"
	m.people(t)
	m.content(t)
	settled(t, m.app)
	return m
}

// people makes an account with a session for each of everyone, and tokens that do not work.
func (m *matrix) people(t *testing.T) {
	t.Helper()
	roles := map[string]kb.Role{
		"guest": kb.RoleVisitor, "member": kb.RoleMember, "owner": kb.RoleExpert, "expert": kb.RoleExpert,
		"participant": kb.RoleMember, "stranger": kb.RoleMember, "editor": kb.RoleEditor, "admin": kb.RoleAdmin,
	}
	teams := map[string][]kb.Membership{
		"participant": {{Team: m.team, Role: kb.TeamParticipant}},
		"stranger":    {{Team: named("other team"), Role: kb.TeamParticipant}},
	}
	password, err := auth.NewPasswords(auth.PasswordOptions{Memory: 8}).Hash(t.Context(), "het wachtwoord van iedereen")
	if err != nil {
		t.Fatal(err)
	}
	var all []kb.Entity
	for who, role := range roles {
		secret := "session of " + who
		m.secrets[who] = secret
		all = append(all, &kb.Account{
			Head: internalHead(named(who)), Name: who, Email: who + "@example.org", Role: role, Teams: teams[who],
			ConfirmedAt: &birth, Password: password, Language: "nl", Mails: kb.MailNone,
		}, &kb.Session{
			Head: internalHead(named(secret)), Account: named(who), Secret: hashed(secret), ExpiresAt: time.Now().Add(time.Hour),
		})
	}
	token := func(name string, expires time.Time, scopes ...kb.Scope) *kb.Token {
		m.secrets[name] = "lk_" + strings.ReplaceAll(name, " ", "")
		return &kb.Token{
			Head: internalHead(named(name)), Account: named("admin"), Name: name, Secret: hashed(m.secrets[name]),
			Hint: "lk_", Scopes: scopes, ExpiresAt: expires,
		}
	}
	later := time.Now().Add(time.Hour)
	all = append(
		all, token("expired", time.Now().Add(-time.Hour), kb.Scopes()...), token("revoked", later, kb.Scopes()...),
		token("reading", later, kb.ScopeRead), token("writing", later, kb.ScopeRead, kb.ScopeWrite),
	)
	m.secrets["bad"] = "lk_bad"
	m.put(t, all...)
	results, err := m.app.Store.Put(t.Context(), []kb.Record{{ID: named("revoked"), Kind: kb.KindToken, Version: 2, At: birth, Deleted: true}})
	if err != nil || results[0].Err != nil {
		t.Fatal(results, err)
	}
}

func (m *matrix) put(t *testing.T, entities ...kb.Entity) {
	t.Helper()
	for _, e := range entities {
		if err := kb.Validate(e); err != nil {
			t.Fatal(e.Kind(), err)
		}
		m.store(t, e, nil)
	}
}

func (m *matrix) store(t *testing.T, live, copied kb.Entity) {
	t.Helper()
	r, err := kb.NewRecord(live, copied)
	if err != nil {
		t.Fatal(err)
	}
	results, err := m.app.Store.Put(t.Context(), []kb.Record{r})
	if err != nil || results[0].Err != nil {
		t.Fatal(live.Kind(), results, err)
	}
}

// content makes the records, and one public record that refers to all of them.
func (m *matrix) content(t *testing.T) {
	t.Helper()
	circle := &kb.LearningCircle{Head: internalHead(m.team), Name: "De kring"}
	circle.Visibility = kb.VisibilityPublic
	m.put(t, circle)
	hub := &kb.Case{Common: kb.Common{Head: internalHead(named("hub")), Title: "Knooppunt", Language: "nl"}}
	hub.Visibility = kb.VisibilityPublic
	for _, kind := range kb.ContentKinds() {
		for _, state := range states() {
			for _, v := range []kb.Visibility{kb.VisibilityPublic, kb.VisibilityMembers, kb.VisibilityTeam} {
				s := m.specimen(t, kind, state, v)
				m.records = append(m.records, s)
				switch kind {
				case kb.KindTheme:
					hub.Themes = append(hub.Themes, s.slug)
				case kb.KindRegion:
					hub.Regions = append(hub.Regions, regionCode(s))
				case kb.KindOrganisation:
					hub.Organisations = append(hub.Organisations, s.id)
				case kb.KindPerson:
					hub.People = append(hub.People, s.id)
				case kb.KindCase, kb.KindPublication, kb.KindPresentation, kb.KindLesson:
					hub.Related = append(hub.Related, s.id)
				}
			}
		}
	}
	m.put(t, hub)
}

// regionCode is a code that no region of the country has.
func regionCode(s *specimen) string {
	i := slices.Index(states(), s.state)*3 + slices.Index([]kb.Visibility{kb.VisibilityPublic, kb.VisibilityMembers, kb.VisibilityTeam}, s.visibility)
	return fmt.Sprintf("GM9%03d", i)
}

// word makes a word of letters that no language has, and that no typing error makes
// of another one.
func word(n int) string {
	sum := sha256.Sum256(fmt.Append(nil, n))
	out := "kwx"
	for i := 0; i < 8; i += 2 {
		out += string("bdfglmnprstvz"[sum[i]%13]) + string("aeiou"[sum[i+1]%5])
	}
	return out
}

func (m *matrix) specimen(t *testing.T, kind kb.Kind, state string, v kb.Visibility) *specimen {
	t.Helper()
	s := &specimen{kind: kind, state: state, visibility: v, word: m.freshWord()}
	s.slug = s.word
	s.id = named(s.String())
	live := m.entity(s, s.word)
	var copied kb.Entity
	soon := time.Now().Add(24 * time.Hour).UTC().Truncate(time.Millisecond)
	switch h := live.Base(); state {
	case "draft":
		h.Status = kb.StatusDraft
	case "in review", "scheduled":
		h.Status, h.Review = kb.StatusInReview, &kb.Review{SubmittedAt: &birth, SubmittedBy: named("owner")}
		if state == "scheduled" {
			h.Review.PublishAt, h.Review.ApprovedBy = &soon, named("editor")
		}
	case "withdrawn":
		h.Status, h.PublishedAt, h.Withdrawal = kb.StatusWithdrawn, &birth, &kb.Withdrawal{At: birth, By: named("owner"), Reason: "oud"}
	default:
		h.Status, h.PublishedAt = kb.StatusPublished, &birth
	}
	if state == "working copy" || state == "copy in review" {
		s.copyWord = m.freshWord()
		copied = m.entity(s, s.copyWord)
		copied.Base().Status = kb.StatusDraft
		if state == "copy in review" {
			copied.Base().Status, copied.Base().Review = kb.StatusInReview, &kb.Review{SubmittedAt: &birth, SubmittedBy: named("owner")}
		}
	}
	m.store(t, live, copied)
	m.known[string(s.id)] = true
	return s
}

func (m *matrix) freshWord() string {
	for n := len(m.known); ; n++ {
		if w := word(n); !m.known[w] {
			m.known[w] = true
			return w
		}
	}
}

// entity makes an entity of a kind with a word in its name.
func (m *matrix) entity(s *specimen, word string) kb.Entity {
	e, _ := kb.New(s.kind)
	*e.Base() = kb.Head{
		ID: s.id, Slug: s.slug, Visibility: s.visibility, CreatedAt: birth, CreatedBy: named("owner"), UpdatedAt: birth, UpdatedBy: named("owner"),
	}
	if s.visibility == kb.VisibilityTeam {
		e.Base().Team = m.team
	}
	switch x := e.(type) {
	case kb.Material:
		c := x.Shared()
		c.Title, c.Summary, c.Body, c.Language, c.Themes = word, "Over "+word, "Alles van "+word, "nl", []string{"wonen"}
		if l, ok := e.(*kb.Lesson); ok {
			l.Statement = "Leer van " + word
		}
	case *kb.Theme:
		x.PrefLabel.NL = word
	case *kb.Region:
		x.Name, x.RegionKind, x.Code = word, kb.Municipality, regionCode(s)
	case *kb.Organisation:
		x.Name = word
	case *kb.Person:
		x.Name, x.Consent = word, true
	case *kb.LearningCircle:
		x.Name = word
	case *kb.Meeting:
		x.Name = word
	case *kb.Question:
		x.Title = word
	}
	return e
}

// outcome is what became of a request.
type outcome struct {
	status int
	raw    string
	data   map[string]json.RawMessage
	code   string // of the first error of the answer
}

var (
	secretWord = regexp.MustCompile(`kwx[a-z]{8}`)
	recordID   = regexp.MustCompile(`[0-9a-hjkmnp-tv-z]{26}`)
)

// ask sends an operation as someone, and looks through the whole answer for what
// they may not know.
func (m *matrix) ask(t *testing.T, who, query string, variables map[string]any) outcome {
	t.Helper()
	m.cells++
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, m.url, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	if secret := m.secrets[who]; secret != "" {
		r.Header.Set("Authorization", "Bearer "+secret)
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := io.ReadAll(res.Body)
	_ = res.Body.Close()
	if err != nil {
		t.Fatal(err)
	}
	out := outcome{status: res.StatusCode, raw: string(raw)}
	var reply struct {
		Data   map[string]json.RawMessage
		Errors []struct{ Extensions struct{ Code string } }
	}
	if err := json.Unmarshal(raw, &reply); err != nil {
		t.Fatalf("%s: %s: %.300s", who, query, raw)
	}
	out.data = reply.Data
	for i, e := range reply.Errors {
		if e.Extensions.Code == "" || e.Extensions.Code == "INTERNAL" {
			t.Errorf("%s: %.200s %v: an error with code %q: %.500s", who, query, variables, e.Extensions.Code, raw)
		}
		if i == 0 {
			out.code = e.Extensions.Code
		}
	}
	if allowed := m.allowed[who]; allowed != nil {
		for _, found := range append(secretWord.FindAllString(out.raw, -1), recordID.FindAllString(out.raw, -1)...) {
			if m.known[found] && !allowed[found] {
				t.Errorf("LEAK to %s: %q (%s) in the answer to %.120s %v: %.600s", who, found, m.whose(found), query, variables, out.raw)
			}
		}
	}
	return out
}

func (m *matrix) whose(found string) string {
	for _, s := range m.records {
		if s.word == found || string(s.id) == found {
			return s.String()
		}
		if s.copyWord == found {
			return "copy of " + s.String()
		}
	}
	return "?"
}
