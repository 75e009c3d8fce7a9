package graph_test

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/vektah/gqlparser/v2/ast"

	"leerkring/internal/kb"
)

var (
	chaosRounds = flag.Int("chaos.rounds", 2, "how often each mutation is tried by everyone with random inputs")
	chaosSeed   = flag.Uint64("chaos.seed", 0, "the seed of the random inputs; 0 takes one of the time")
)

// chaos makes inputs of mutations out of the schema: of the right types mostly,
// with values that no front-end would send.
type chaos struct {
	*play
	rng *rand.Rand
	// known are ids of records that there are, by kind.
	known map[kb.Kind][]kb.ID
	// about is the kind of record that the mutation is about; empty for any.
	about kb.Kind
	// tame makes inputs that can be: few fields, with values that fit them.
	tame bool
}

func newChaos(t testing.TB, seed uint64) *chaos {
	t.Helper()
	entities := append(filled(), secrets()...)
	entities = append(entities, &kb.Question{Head: published("vraag"), Title: "Hoe begin je?"})
	c := &chaos{play: newPlay(t, entities...), rng: rand.New(rand.NewPCG(seed, 0))}
	r := c.done(t, expert(), "createCase", complete("Warmtenet")).Record
	c.done(t, expert(), "addComment", input{"record": r.ID, "text": "Klopt dit?"})
	c.step(t, expert(), "submitForReview", r, nil)
	c.learn(t)
	return c
}

// learn looks which records there are.
func (c *chaos) learn(t testing.TB) {
	t.Helper()
	c.known = map[kb.Kind][]kb.ID{}
	must(t, kb.Walk(context.Background(), c.store.Changes, func(records []kb.Record) error {
		for _, r := range records {
			c.known[r.Kind] = append(c.known[r.Kind], r.ID)
		}
		return nil
	}))
}

// id names a record, mostly one of the kind that the mutation is about.
func (c *chaos) id() kb.ID {
	kind := c.about
	if kind == "" || c.chance(15) {
		kind = pick(c, slices.Sorted(maps.Keys(c.known))...)
	}
	if len(c.known[kind]) == 0 || c.chance(10) {
		return pick(c, newID(), id("geheim-concept"), kb.ID(""), "x", "ZZZZZZZZZZZZZZZZZZZZZZZZZZ", kb.ID(c.text()))
	}
	return pick(c, c.known[kind]...)
}

// aim looks what kind of record a mutation is about.
func (c *chaos) aim(mutation string) {
	c.about, c.tame = "", c.chance(60)
	for _, k := range append(kb.ContentKinds(), kb.KindComment, kb.KindRedirect, kb.KindToken, kb.KindAccount) {
		if strings.HasSuffix(strings.ToLower(mutation), strings.ToLower(string(k))) {
			c.about = k
		}
	}
	if c.about == "" && c.schema.Types[c.schema.Mutation.Fields.ForName(mutation).Type.Name()].Fields.ForName("record") != nil {
		c.about = pick(c, kb.ContentKinds()...)
	}
}

func (c *chaos) chance(percent int) bool { return c.rng.IntN(100) < percent }

func pick[T any](c *chaos, list ...T) T { return list[c.rng.IntN(len(list))] }

// value makes a value of a type.
func (c *chaos) value(t *ast.Type, depth int) any {
	switch {
	case c.rng.IntN(400) == 0:
		return pick[any](c, true, 7, -1.5, "x", []any{}, map[string]any{}, []any{nil, []any{"x"}}, map[string]any{"x": nil})
	case !t.NonNull && c.chance(8), c.rng.IntN(400) == 0:
		return nil
	case t.Elem != nil:
		list := make([]any, pick(c, 0, 1, 1, 2, 3, 60))
		for i := range list {
			list[i] = c.value(t.Elem, depth+1)
		}
		return list
	}
	def := c.schema.Types[t.Name()]
	switch {
	case def.Kind == ast.Enum:
		return pick(c, def.EnumValues...).Name
	case def.Kind == ast.InputObject:
		return c.object(def, depth)
	}
	return c.scalar(def.Name)
}

// object makes an input. One that names a record mostly has the version of now.
func (c *chaos) object(def *ast.Definition, depth int) map[string]any {
	out := map[string]any{}
	for _, f := range def.Fields {
		switch {
		case c.tame && (f.Type.NonNull || c.chance(15)):
			out[f.Name] = c.fitting(f)
		case !c.tame && (f.Type.NonNull || c.chance(60/(depth+1))):
			out[f.Name] = c.value(f.Type, depth+1)
		}
	}
	id, ok := out["id"].(kb.ID)
	if _, versioned := out["version"]; ok && versioned && c.chance(90) {
		found, err := c.store.Get(context.Background(), []kb.ID{id})
		if err == nil {
			out["version"] = found[id].Version
		}
	}
	return out
}

// fitting makes a value that can be for a field, as far as its name tells.
func (c *chaos) fitting(f *ast.FieldDefinition) any {
	kinds := map[string][]kb.Kind{
		"organisations": {kb.KindOrganisation}, "organisation": {kb.KindOrganisation}, "organisers": {kb.KindOrganisation}, "members": {kb.KindOrganisation},
		"host": {kb.KindOrganisation}, "people": {kb.KindPerson}, "contacts": {kb.KindPerson}, "speakers": {kb.KindPerson}, "participants": {kb.KindPerson},
		"facilitators": {kb.KindPerson}, "askedBy": {kb.KindPerson}, "by": {kb.KindPerson}, "seeAlso": {kb.KindCase, kb.KindLesson}, "material": {kb.KindCase},
		"replaces": {kb.KindPublication}, "replacedBy": {kb.KindCase}, "meeting": {kb.KindMeeting}, "circle": {kb.KindLearningCircle}, "team": {kb.KindLearningCircle},
		"reviewer": {kb.KindAccount}, "account": {kb.KindAccount}, "record": {kb.KindCase, kb.KindPublication, kb.KindLesson},
	}
	texts := map[string][]string{
		"themes": {"wonen", "economie"}, "broader": {"wonen"}, "narrower": {"economie"}, "related": {"wonen"}, "language": {"nl", "en"},
		"regions": {"GM0363"}, "parents": {"PV24"}, "municipalities": {"GM0363"}, "succeededBy": {"GM0518"}, "hostCity": {"GM0518"}, "cbsCode": {"GM0518"},
		"code": {fmt.Sprint("GM", 5_000+c.rng.IntN(4_000))}, "kind": {"MUNICIPALITY"}, "website": {"https://voorbeeld.example"}, "tooi": {"https://voorbeeld.example"},
		"tooiMatch": {"close"}, "doi": {"10.1000/182"}, "isbn": {"978-3-16-148410-0"}, "field": {"title", "seeAlso"}, "slug": {fmt.Sprint("slug-", c.rng.IntN(1_000))},
		"email": {fmt.Sprint("a", c.rng.IntN(1_000), "@leerkring.example")}, "from": {"/oud", "2024"}, "to": {"/nieuw", "2024-05"}, "reviewBy": {"2030-01-01"},
		"idempotencyKey": {fmt.Sprint(c.rng.Uint64())}, "password": {"een lang wachtwoord"},
	}
	var one any
	switch {
	case f.Type.Name() == "ID" && kinds[f.Name] != nil:
		one = pick(c, c.known[pick(c, kinds[f.Name]...)]...)
	case texts[f.Name] != nil && c.schema.Types[f.Type.Name()].Kind == ast.Scalar:
		one = pick(c, texts[f.Name]...)
	case f.Type.Name() == "String":
		one = fmt.Sprint("Warmtenet ", c.rng.IntN(1_000))
	default:
		return c.value(f.Type, 1)
	}
	if f.Type.Elem != nil {
		return []any{one}
	}
	return one
}

func (c *chaos) scalar(name string) any {
	switch name {
	case "ID":
		return c.id()
	case "Int":
		if c.tame {
			return c.rng.IntN(5)
		}
		if c.chance(3) {
			return pick[any](c, json.Number("99999999999999999999"), 2.5, json.Number("1e3"), "1")
		}
		return pick[any](c, 0, 1, 2, 3, 12, -1, 1<<31-1, -1<<31, 1<<53, json.Number("9223372036854775807"))
	case "Boolean":
		return c.chance(50)
	case "Date":
		if c.chance(80) {
			return pick(c, "2024", "2024-05", "2024-05-31", "2031-01-01")
		}
		return pick(c, "2024", "2024-05", "2024-05-31", "2099-12-31", "0000-01-01", "9999-12-31", "2024-02-30", "24-1-1", "", c.text())
	case "DateTime":
		if c.chance(80) {
			return pick(c, "2024-06-01T10:00:00Z", "2031-01-01T00:00:00+01:00", "2020-02-29T12:00:00Z")
		}
		return pick(c, "2024-06-01T10:00:00Z", "2099-01-01T00:00:00+01:00", "0000-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00",
			"2024-05-31T09:30:00.123456789Z", "2024-02-30T00:00:00Z", "2024-05-31", "", c.text())
	}
	return c.text()
}

// text makes a text, long and strange ones too.
func (c *chaos) text() string {
	if c.chance(70) {
		return pick(c, "Warmtenet", "Warmtenet "+fmt.Sprint(c.rng.IntN(1000)), "een-slug", "nl", "GM0363", "bedrijventerreinen", "economie", "title", "naam@leerkring.example")
	}
	return pick(
		c, "", " ", "Warmtenet", "warmtenet", "een-slug", "themas", "nl", "GM0363", "bedrijventerreinen", "economie", "seeAlso", "title", "/regio/haren",
		"naam@leerkring.example", "geen adres@", "https://voorbeeld.example/a?b=c", "javascript:alert(1)", "10.1000/182", "978-3-16-148410-0",
		"\x00", "\u202egerekt\u202c", "e\u0301\u0327\u0301", "😀👩‍👩‍👧‍👦", "<script>alert(1)</script>", "'; DROP TABLE records; --", "${7*7}", "%s%n%d", "../../etc/passwd",
		"\u2028\ufeff\uffff", strings.Repeat("lang ", 50), strings.Repeat("x", 300), strings.Repeat("é", 70_000), strings.Repeat("[", 5_000), "regel\r\nregel",
		fmt.Sprint(c.rng.Uint64()),
	)
}

// everybody are all who can ask: people of each role, a visitor, tokens of little
// use, and the program itself.
func everybody() []kb.Actor {
	reads, writes := editor(), expert()
	reads.Token, reads.Scopes = id("token"), []kb.Scope{kb.ScopeRead}
	writes.Token, writes.Scopes = id("token"), []kb.Scope{kb.ScopeWrite}
	return append(everyone(), kb.Visitor(), kb.System(), reads, writes)
}

// selection asks for all that a type tells without arguments that must be given.
func (c *chaos) selection(of string, depth int) string {
	def := c.schema.Types[of]
	fields := []string{"__typename"}
	for _, f := range def.Fields {
		inner := c.schema.Types[f.Type.Name()]
		switch {
		case strings.HasPrefix(f.Name, "__"), slices.ContainsFunc(f.Arguments, func(a *ast.ArgumentDefinition) bool { return a.Type.NonNull }):
		case inner.IsLeafType():
			fields = append(fields, f.Name)
		case depth > 0:
			fields = append(fields, f.Name+" "+c.selection(inner.Name, depth-1))
		}
	}
	return "{ " + strings.Join(fields, " ") + " }"
}

// TestMutationsWithRandomInputs tries every mutation of the schema by everyone with
// inputs that are made of the schema: no panic, no fault of ours, and a code and a
// message on whatever is wrong.
func TestMutationsWithRandomInputs(t *testing.T) {
	seed := *chaosSeed
	if seed == 0 {
		seed = uint64(time.Now().UnixNano())
	}
	c := newChaos(t, seed)
	outcomes := map[string]int{}
	var never []string
	for _, f := range c.schema.Mutation.Fields {
		never = append(never, f.Name)
	}
	for range *chaosRounds {
		for _, f := range c.schema.Mutation.Fields {
			if strings.HasPrefix(f.Name, "__") {
				continue
			}
			document := "mutation ($in: " + f.Arguments[0].Type.String() + ") { r: " + f.Name + "(input: $in) " + c.selection(f.Type.Name(), 2) + " }"
			for _, who := range everybody() {
				c.aim(f.Name)
				variables := jsonOf(t, map[string]any{"in": c.value(f.Arguments[0].Type, 0)})
				for _, outcome := range c.attempt(t, who, document, variables) {
					outcomes[outcome]++
					if outcome == "done" {
						never = slices.DeleteFunc(never, func(name string) bool { return name == f.Name })
					}
				}
			}
		}
		c.learn(t)
	}
	t.Logf("seed %d: %v; never done: %v", seed, outcomes, never)
	if outcomes["done"] == 0 || outcomes["BAD_USER_INPUT"] == 0 || outcomes["FORBIDDEN"] == 0 || outcomes["CONFLICT"] == 0 {
		t.Error("the inputs do not get far enough to prove something")
	}
	if t.Failed() {
		t.Logf("again: -chaos.seed=%d -chaos.rounds=%d", seed, *chaosRounds)
	}
}

// attempt sends one mutation and gives what came of it: the codes of what was
// wrong, or "done".
func (c *chaos) attempt(t testing.TB, who kb.Actor, document, variables string) []string {
	t.Helper()
	got := c.as(who).ask(t, document, variables)
	name := document[strings.Index(document, "r: "):strings.Index(document, "(input:")]
	trouble := func(why string) {
		t.Errorf("%s by %s (%s): %s\n%.600s\n%.2000s", name, who.Name, who.Role, why, variables, got.Raw)
	}
	var codes []string
	for _, e := range got.Errors {
		codes = append(codes, fmt.Sprint(e.Extensions["code"]))
	}
	if got.Status >= 500 || slices.Contains(codes, "INTERNAL") {
		trouble(c.log.String())
		c.log.Reset()
	}
	var data struct {
		R *struct{ UserErrors []userError }
	}
	if len(got.Data) > 0 {
		must(t, json.Unmarshal(got.Data, &data))
	}
	if data.R == nil {
		if len(codes) == 0 {
			trouble("no answer and no error")
		}
		return codes
	}
	for _, e := range data.R.UserErrors {
		if e.Code == "" || e.Message == "" {
			trouble("an error of the user without a code or a message")
		}
		codes = append(codes, e.Code)
	}
	if len(codes) == 0 {
		return []string{"done"}
	}
	return codes
}

// FuzzMutation sends whatever JSON as the input of whichever mutation.
func FuzzMutation(f *testing.F) {
	f.Add(uint8(2), uint8(5), `{"title":"Warmtenet","themes":["economie"]}`)
	f.Add(uint8(3), uint8(5), `{"id":"x","version":1,"title":null,"period":{"from":"2024"}}`)
	f.Add(uint8(57), uint8(7), `{"id":"x","version":-1,"note":""}`)
	f.Add(uint8(70), uint8(0), `{"email":"a@b","password":"c"}`)
	c := newChaos(f, 1)
	f.Fuzz(func(t *testing.T, which, who uint8, in string) {
		fields := c.schema.Mutation.Fields
		m := fields[int(which)%len(fields)]
		if strings.HasPrefix(m.Name, "__") || !json.Valid([]byte(in)) {
			t.Skip("no input of a mutation")
		}
		document := "mutation ($in: " + m.Arguments[0].Type.String() + ") { r: " + m.Name + "(input: $in) " + c.selection(m.Type.Name(), 1) + " }"
		people := everybody()
		c.attempt(t, people[int(who)%len(people)], document, `{"in":`+in+`}`)
	})
}
