package search

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

// What an actor reads is what their terms say of each document, over many
// segments with replaced documents, for any domain.
func TestReadableIsWhatTermsSay(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	rng := rand.New(rand.NewPCG(seed, 9))
	some := func(from ...string) []string {
		return slices.DeleteFunc(from, func(string) bool { return rng.IntN(2) == 0 })
	}
	x := openIndex(t, t.TempDir(), Options{})
	docs := map[string]kb.Document{}
	for step := range 60 {
		d := publicCase(fmt.Sprint(rng.IntN(90)), func(d *kb.Document) {
			d.Kind = []kb.Kind{kb.KindCase, kb.KindLesson, kb.KindMeeting}[rng.IntN(3)]
			d.Access = some(kb.AccessPublic, kb.AccessMembers, kb.AccessEditors, kb.AccessTeam("t"), kb.AccessAccount("a"))
			d.Body = strings.Repeat("huis ", rng.IntN(40))
			d.States = some(string(kb.StatusPublished), string(kb.StatusDraft), kb.StateOwner("a"))
		})
		docs[string(d.Record)] = d
		put(t, x, kb.Seq(step+1), d)
		checkReadable(t, x, docs)
	}
	mergeAll(t, x)
	checkReadable(t, x, docs)
}

func checkReadable(t *testing.T, x *Index, docs map[string]kb.Document) {
	t.Helper()
	v := x.views.acquire()
	defer x.views.release(v)
	for _, actor := range []kb.Actor{
		kb.Visitor(), kb.System(),
		{Account: "a", Role: kb.RoleVisitor},
		{Account: "a", Role: kb.RoleMember},
		{Account: "b", Role: kb.RoleEditor},
		{Account: "a", Role: kb.RoleMember, Teams: []kb.Membership{{Team: "t"}}},
		{Account: "a", Role: kb.RoleMember, Token: "x"},
	} {
		for _, in := range []domain{published(kb.KindCase, kb.KindLesson), published(kb.KindMeeting), {kinds: []string{"case"}, states: []string{"DRAFT", "owner:a"}}} {
			var want, got []string
			for id, d := range docs {
				if isIn(&d, in) && isReadBy(&d, actor) {
					want = append(want, id)
				}
			}
			rd := v.readable(actor, in)
			words := 0
			for s, set := range rd.sets {
				set.each(func(d uint32) {
					got = append(got, string(kb.IDFromBytes(v.segments[s].cols.ids[d])))
					words += int(v.segments[s].cols.lengths[d])
				})
			}
			if average := float64(words) / float64(max(1, len(got))); rd.average != max(1, average) {
				t.Fatalf("%+v of %+v: %v words on average, want %v", actor, in, rd.average, average)
			}
			slices.Sort(want)
			slices.Sort(got)
			if d := cmp.Diff(want, got); d != "" || rd.n != len(want) {
				t.Fatalf("%+v of %+v: %d documents (-want +got):\n%s", actor, in, rd.n, d)
			}
		}
	}
}

func isIn(d *kb.Document, in domain) bool {
	states := in.states
	if len(states) == 0 {
		states = []string{string(kb.StatusPublished)}
	}
	has := func(s string) bool { return slices.Contains(d.States, s) }
	return slices.Contains(in.kinds, string(d.Kind)) && len(slices.DeleteFunc(slices.Clone(states), has)) == 0
}

func isReadBy(d *kb.Document, actor kb.Actor) bool {
	terms, all := actor.Reads()
	return all || slices.ContainsFunc(terms, func(term string) bool { return slices.Contains(d.Access, term) })
}

// However many accounts there are, those for whom nothing else is readable share
// one set and one remembered answer, and the others push out only each other.
func TestAccountsShareWhatTheyRead(t *testing.T) {
	x := openIndex(t, t.TempDir(), Options{})
	own := func(i int) func(*kb.Document) {
		return func(d *kb.Document) { d.Access = []string{kb.AccessAccount(person1(fmt.Sprint(i)).Account)} }
	}
	docs := []kb.Document{publicCase("huis", nil), publicCase("huis voor leden", func(d *kb.Document) { d.Access = []string{kb.AccessMembers} })}
	for i := range 3 * maxReadable {
		docs = append(docs, publicCase(fmt.Sprint("huis ", i), own(i)))
	}
	put(t, x, 1, docs...)
	v := x.views.acquire()
	defer x.views.release(v)
	in := published(kb.MaterialKinds()...)
	visitors, members := v.readable(kb.Visitor(), in), v.readable(person1("nobody"), in)
	for i := range 3 * maxReadable {
		if rd := v.readable(person1(fmt.Sprint(i)), in); rd.n != 3 {
			t.Fatalf("account %d reads %d documents", i, rd.n)
		}
		if v.readable(person1(fmt.Sprint("other", i)), in) != members || v.readable(kb.Visitor(), in) != visitors {
			t.Fatal("a set that is asked for all the time was made again")
		}
		if n := len(v.sets.known); n > maxReadable || n != len(v.sets.last) {
			t.Fatalf("%d sets are remembered, %d in order", n, len(v.sets.last))
		}
		answer(t, x, person1(fmt.Sprint("other", i)), kb.SearchRequest{Text: "huis", First: 5})
	}
	if n := len(v.results.known); n != 1 {
		t.Errorf("%d answers are remembered for members who read the same", n)
	}
	own0 := answer(t, x, person1("0"), kb.SearchRequest{Text: "huis", First: 5})
	if d := cmp.Diff([]string{"huis", "huis 0", "huis voor leden"}, slices.Sorted(slices.Values(titles(own0)))); d != "" {
		t.Error(d)
	}
}

// Commits without documents, as of sessions, leave all that is remembered; the
// position moves, also in what was remembered.
func TestPositionsWithoutDocuments(t *testing.T) {
	x := openIndex(t, t.TempDir(), Options{})
	put(t, x, 1, publicCase("huis", nil), publicCase("huis en tuin", nil))
	if err := x.Flush(t.Context()); err != nil { // no segment changes below by itself
		t.Fatal(err)
	}
	x.mu.Lock()
	err := x.refresh()
	x.mu.Unlock()
	if err != nil {
		t.Fatal(err)
	}
	req := kb.SearchRequest{Text: "huis", First: 1}
	first := ask(t, x, req)
	before := x.views.acquire()
	defer x.views.release(before)
	if err := x.Commit(t.Context(), kb.Step{Removed: []kb.ID{kb.DeriveID("test", "a session")}, Position: 9}); err != nil {
		t.Fatal(err)
	}
	if x.Position() != 9 || !x.views.isNewest(before) {
		t.Errorf("position %d, the same view %v", x.Position(), x.views.isNewest(before))
	}
	again := ask(t, x, req)
	if first.Position != 1 || again.Position != 9 {
		t.Errorf("answers of positions %d and %d", first.Position, again.Position)
	}
	req.After = first.Hits[0].Cursor
	if next := ask(t, x, req); len(next.Hits) != 1 || next.Hits[0].Entity.Base().ID == first.Hits[0].Entity.Base().ID {
		t.Errorf("the next page is %v", titles(next))
	}
	put(t, x, 10, publicCase("huis aan zee", nil))
	if res := ask(t, x, kb.SearchRequest{Text: "huis", First: 5}); res.Total != 3 || res.Position != 10 {
		t.Errorf("total %d at %d", res.Total, res.Position)
	}
	if err := x.Commit(t.Context(), kb.Step{Removed: []kb.ID{kb.DeriveID("test", "huis")}, Position: 11}); err != nil {
		t.Fatal(err)
	}
	if res := ask(t, x, kb.SearchRequest{Text: "huis", First: 5}); res.Total != 2 {
		t.Errorf("after a removal total %d", res.Total)
	}
}
