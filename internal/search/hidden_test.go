package search

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
	"leerkring/internal/store/sqlite"
)

// holdings draws records of all kinds, for all readers, in all states.
type holdings struct {
	rng *rand.Rand
	// all holds the records in the order in which they are written; of some there
	// are two versions.
	all []kb.Record
	// secretly says that words are drawn that stand in nothing that is public.
	secretly bool
}

// vocabulary are the words that everything is named with, and that are asked for.
func vocabulary() []string {
	return strings.Fields(`warmtenet warmte wijk wijkaanpak woning woningbouw wonen energie energietransitie energy buurt bewoners
		gemeente regio Zwolle Utrecht arbeidsmarkt arbeidsmarktregio bedrijf bedrijven bedrijventerrein coöperatie samen samenwerking
		circulair circulaire economie water waterschap klimaat klimaatadaptatie ontmoeting Jansen Vries Geheim spionage zorg zorgloket de het een`)
}

// secrets are words that stand in nothing that is public: other forms of those that
// do, compounds of them, and names.
func secrets() []string {
	return strings.Fields(`woningen wijken buurten bedrijfs coöperaties cooperatie energiebedrijf waterbedrijf wijkbewoners buurtbewoners
		zorgwoning klimaatwet Amsterdam Geheimhouding spionnen watersnood energiewet huisarts fietspad`)
}

func (l *holdings) word() string {
	words := vocabulary()
	if l.secretly && l.rng.IntN(2) == 0 {
		words = secrets()
	}
	return words[l.rng.IntN(len(words))]
}

func (l *holdings) words(most int) string {
	out := make([]string, 1+l.rng.IntN(most))
	for i := range out {
		out[i] = l.word()
		if l.rng.IntN(8) == 0 {
			out[i] = misspelled(l.rng, out[i])
		}
	}
	return strings.Join(out, " ")
}

// misspelled leaves out a letter, doubles one, or changes two of them.
func misspelled(rng *rand.Rand, word string) string {
	letters := []rune(word)
	i := rng.IntN(len(letters))
	switch rng.IntN(3) {
	case 0:
		letters = slices.Delete(letters, i, i+1)
	case 1:
		letters = slices.Insert(letters, i, letters[i])
	default:
		j := rng.IntN(len(letters))
		letters[i], letters[j] = letters[j], letters[i]
	}
	return string(letters)
}

func named2(kind string, i int) kb.ID { return kb.DeriveID(kind, fmt.Sprint(i)) }

// The accounts and teams of the holdings.
func (l *holdings) account() kb.ID { return named2("account", l.rng.IntN(4)) }
func (l *holdings) team() kb.ID    { return named2("team", l.rng.IntN(2)) }

// material fills in what material shares.
func (l *holdings) material(c *kb.Common) {
	c.Title, c.Summary, c.Body = l.words(4), l.words(12), l.words(60)
	c.Keywords = []string{l.words(2), l.word()}
	c.Language = []string{"nl", "nl", "en"}[l.rng.IntN(3)]
	c.Collaboration = []kb.CollaborationLevel{"", kb.CollaborationRegional, kb.CollaborationInternal}[l.rng.IntN(3)]
	c.Regions = []string{[]string{"GM0193", "GM0344", "PV26", "PV23"}[l.rng.IntN(4)]}
	if l.secretly {
		c.Regions = append(c.Regions, "GM0363")
	}
	c.Themes = []string{fmt.Sprint("thema-", l.rng.IntN(3))} // the first are always public
	c.Organisations, c.People = []kb.ID{named2("organisation", l.rng.IntN(8))}, []kb.ID{named2("person", l.rng.IntN(8))}
	c.ReviewBy = "2026-05-01"
	at := time.Date(2015+l.rng.IntN(10), 1, 1, 0, 0, l.rng.IntN(100), 0, time.UTC)
	c.PublishedAt = &at
}

// draw makes the ith record.
func (l *holdings) draw(i int) kb.Entity {
	head := kb.Head{ID: named2("record", i), Slug: fmt.Sprint("record-", i), Status: kb.StatusPublished, Visibility: kb.VisibilityPublic, CreatedBy: l.account()}
	head.CreatedAt = time.Date(2026, 1, 1, 0, 0, i, 0, time.UTC)
	if l.rng.IntN(2) == 0 {
		head.Visibility, head.Team = kb.VisibilityTeam, l.team()
		if l.rng.IntN(2) == 0 {
			head.Visibility = kb.VisibilityMembers
		}
	}
	if l.rng.IntN(4) == 0 {
		head.Status = []kb.Status{kb.StatusDraft, kb.StatusInReview, kb.StatusWithdrawn}[l.rng.IntN(3)]
	}
	l.secretly = head.Status != kb.StatusPublished || head.Visibility != kb.VisibilityPublic
	switch l.rng.IntN(24) {
	case 0, 1:
		t := &kb.Theme{Head: head, PrefLabel: kb.Label{NL: l.words(2)}, Synonyms: []string{l.words(2)}, Definition: l.words(9)}
		if i < 3 {
			t.Slug, t.Status, t.Visibility = fmt.Sprint("thema-", i), kb.StatusPublished, kb.VisibilityPublic
		}
		return t
	case 2, 3:
		head.ID = named2("organisation", i%8)
		return &kb.Organisation{Head: head, Name: l.words(2), Also: []string{l.word()}, City: "Zwolle"}
	case 4, 5:
		head.ID = named2("person", i%8)
		return &kb.Person{Head: head, Name: l.words(2), Function: l.words(3), Bio: l.words(9), Consent: l.rng.IntN(2) == 0}
	case 6:
		return &kb.LearningCircle{Head: head, Name: l.words(3), Summary: l.words(5)}
	case 7:
		return &kb.Synonyms{Head: head, Terms: []string{l.word(), l.words(2)}, OneWay: l.rng.IntN(2) == 0}
	case 8:
		return l.internal(head)
	}
	e, _ := kb.New(kb.MaterialKinds()[l.rng.IntN(4)])
	m := e.(kb.Material)
	l.material(m.Shared())
	published := m.Shared().PublishedAt
	m.Shared().Head = head
	m.Shared().PublishedAt = published
	return e
}

// internal makes a record that is only listed.
func (l *holdings) internal(head kb.Head) kb.Entity {
	head.Status, head.Visibility, l.secretly = kb.StatusPublished, kb.VisibilityMembers, true
	switch l.rng.IntN(6) {
	case 0:
		return &kb.Account{Head: head, Name: l.words(2), Role: kb.RoleMember}
	case 1:
		return &kb.Comment{Head: head, Text: l.words(9), Owner: l.account()}
	case 2:
		return &kb.Notification{Head: head, Account: l.account(), Title: l.words(4)}
	case 3:
		return &kb.Mail{Head: head, Account: l.account(), State: kb.MailWaiting}
	case 4:
		return &kb.Token{Head: head, Account: l.account(), Name: l.words(2), Secret: string(head.ID)}
	}
	return &kb.Statistics{Head: head, Day: "2026-01-01"}
}

// add draws a record, with a working copy or an earlier version that everyone could read.
func (l *holdings) add(tb testing.TB, i int) {
	tb.Helper()
	e := l.draw(i)
	if slices.ContainsFunc(l.all, func(r kb.Record) bool { return r.ID == e.Base().ID }) {
		return
	}
	write := func(live, copied kb.Entity) {
		r, err := kb.NewRecord(live, copied)
		if err != nil {
			tb.Fatal(err)
		}
		l.all = append(l.all, r)
	}
	m, ok := e.(kb.Material)
	switch {
	case !ok || l.rng.IntN(3) > 0:
		write(e, nil)
	case m.Base().Status == kb.StatusPublished:
		l.secretly = true
		copied, _ := kb.New(e.Kind())
		shared := copied.(kb.Material).Shared()
		l.material(shared)
		shared.Head = *e.Base()
		shared.Status, shared.UpdatedBy = kb.StatusInReview, l.account()
		write(e, copied)
	default:
		now := *e.Base()
		m.Shared().Status, m.Shared().Visibility = kb.StatusPublished, kb.VisibilityPublic
		write(e, nil)
		m.Shared().Head = now
		m.Shared().Version = 1
		write(e, nil)
	}
}

// reading gives the records of which an actor reads what was published, as if
// there had never been anything else; all gives them all.
func (l *holdings) reading(tb testing.TB, actor kb.Actor) []kb.Record {
	tb.Helper()
	var out []kb.Record
	for i, r := range l.all {
		live, _, err := kb.DecodeRecord(r)
		if err != nil {
			tb.Fatal(err)
		}
		written := slices.ContainsFunc(l.all[i+1:], func(later kb.Record) bool { return later.ID == r.ID })
		if r.Copy = nil; !written && live.Base().Status == kb.StatusPublished && actor.CanRead(live) {
			out = append(out, r)
		}
	}
	return out
}

// indexOfRecords writes records to a store, some at a time, and follows them into an index.
func indexOfRecords(tb testing.TB, rng *rand.Rand, records []kb.Record) *Index {
	tb.Helper()
	store, err := sqlite.Open(tb.Context(), tb.TempDir(), sqlite.Options{})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = store.Close() })
	results, err := store.Put(tb.Context(), records)
	if err != nil {
		tb.Fatal(err)
	}
	for i := range results {
		if results[i].Err != nil {
			tb.Fatalf("%s: %v", records[i].Kind, results[i].Err)
		}
	}
	x := openIndex(tb, tb.TempDir(), Options{})
	describer := kb.NewDescriber(store, kb.NewGazetteer())
	for position := kb.Seq(0); len(records) > 0; {
		n := min(len(records), 1+rng.IntN(30))
		// A step holds each record once, in its last version.
		step := slices.Clone(records[:n])
		for i := len(step) - 1; i >= 0; i-- {
			if slices.ContainsFunc(step[i+1:], func(later kb.Record) bool { return later.ID == step[i].ID }) {
				step = slices.Delete(step, i, i+1)
			}
		}
		docs, err := describer.Describe(tb.Context(), step)
		if err != nil {
			tb.Fatal(err)
		}
		position += kb.Seq(n)
		put(tb, x, position, docs...)
		records = records[n:]
	}
	return x
}

// question draws anything that may be asked.
func (l *holdings) question() kb.SearchRequest {
	req := kb.SearchRequest{First: 1 + l.rng.IntN(12), Facets: kb.FacetFields(), Highlights: l.rng.IntN(2) == 0, Explain: true, AsTyped: l.rng.IntN(6) == 0}
	req.Text = l.words(3)
	for _, part := range []string{`"` + l.words(2) + `"`, "-" + l.word(), "titel:" + l.word(), "thema:" + l.word(), "organisatie:" + l.word(), "persoon:" + l.word(), "jaar:2018..2021", "OR " + l.word(), "type:casus", "regio:Utrecht"} {
		if l.rng.IntN(12) == 0 {
			req.Text += " " + part
		}
	}
	if l.rng.IntN(8) == 0 {
		req.Text = ""
	}
	req.Sort = []kb.Sort{kb.SortRelevance, kb.SortRelevance, kb.SortNewest, kb.SortOldest, kb.SortTitle}[l.rng.IntN(5)]
	if l.rng.IntN(4) == 0 {
		kinds := []kb.Kind{kb.KindCase, kb.KindLesson, kb.KindTheme, kb.KindOrganisation, kb.KindPerson, kb.KindLearningCircle, kb.KindAccount, kb.KindComment, kb.KindNotification, kb.KindSynonyms}
		l.rng.Shuffle(len(kinds), func(i, j int) { kinds[i], kinds[j] = kinds[j], kinds[i] })
		req.Kinds = kinds[:1+l.rng.IntN(3)]
	}
	switch l.rng.IntN(10) {
	case 0:
		req.Filter.Themes = []string{"thema-1"}
	case 1:
		req.Filter.Organisations = []kb.ID{named2("organisation", l.rng.IntN(8))}
	case 2:
		req.Filter.People = []kb.ID{named2("person", l.rng.IntN(8))}
	case 3:
		req.Filter.YearFrom = 2019
	case 4:
		req.Filter.DueBefore = time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)
	case 5:
		req.Filter.Regions = []string{"PV26"}
	}
	if l.rng.IntN(10) == 0 {
		req.Synonyms = []kb.Synonyms{{Terms: []string{l.word(), l.word()}}}
	}
	return req
}

// allPages asks for a request page by page, and gives what is not about the index itself.
func allPages(tb testing.TB, x *Index, actor kb.Actor, req kb.SearchRequest) []*kb.SearchResult {
	tb.Helper()
	var out []*kb.SearchResult
	for range 4 {
		res := answer(tb, x, actor, req)
		out = append(out, res)
		if res.HasNextPage {
			req.After = res.Hits[len(res.Hits)-1].Cursor
		}
		for i := range res.Hits {
			res.Hits[i].Cursor = ""
		}
		res.Position = 0
		if !res.HasNextPage {
			break
		}
	}
	return out
}

// With drafts, working copies, what was withdrawn, what is for others, accounts,
// comments and notifications beside it, everything that somebody gets of what they
// may read is to the last bit as without all that.
func TestNothingHiddenChangesAnAnswer(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	l := &holdings{rng: rand.New(rand.NewPCG(seed, 7))}
	for i := range 260 {
		l.add(t, i)
	}
	full := indexOfRecords(t, l.rng, l.all)
	member := kb.Actor{Account: named2("account", 1), Role: kb.RoleMember}
	participant := kb.Actor{Account: named2("account", 2), Role: kb.RoleMember, Teams: []kb.Membership{{Team: named2("team", 1), Role: kb.TeamParticipant}}}
	for name, actor := range map[string]kb.Actor{
		"visitor": kb.Visitor(), "signed in": {Account: named2("account", 0), Role: kb.RoleVisitor}, "member": member, "participant": participant, "editor": editor(),
	} {
		t.Run(name, func(t *testing.T) {
			records := l.reading(t, actor)
			t.Logf("%d of %d writes", len(records), len(l.all))
			compareAnswers(t, l, actor, indexOfRecords(t, l.rng, records), full)
		})
	}
}

func compareAnswers(t *testing.T, l *holdings, actor kb.Actor, without, with *Index) {
	t.Helper()
	l.secretly = true
	for range 120 {
		req := l.question()
		if d := cmp.Diff(allPages(t, without, actor, req), allPages(t, with, actor, req)); d != "" {
			t.Fatalf("%+v (-without +with):\n%s", req, d)
		}
	}
	for range 120 {
		prefix := strings.ToLower(l.words(2))
		prefix = strings.ToValidUTF8(prefix[:1+l.rng.IntN(len(prefix))], "")
		if d := cmp.Diff(suggestions(t, without, actor, prefix), suggestions(t, with, actor, prefix)); d != "" {
			t.Fatalf("%q (-without +with):\n%s", prefix, d)
		}
	}
	for i := range 260 {
		if d := cmp.Diff(relatives(t, without, actor, named2("record", i)), relatives(t, with, actor, named2("record", i))); d != "" {
			t.Fatalf("record %d (-without +with):\n%s", i, d)
		}
	}
}

func suggestions(tb testing.TB, x *Index, actor kb.Actor, prefix string) []kb.Suggestion {
	tb.Helper()
	out, err := x.Suggest(context.Background(), actor, prefix, 8)
	if err != nil {
		tb.Fatal(err)
	}
	return out
}

func relatives(tb testing.TB, x *Index, actor kb.Actor, id kb.ID) []kb.Related {
	tb.Helper()
	out, err := x.Related(context.Background(), actor, id, 6)
	if err != nil {
		tb.Fatal(err)
	}
	return out
}
