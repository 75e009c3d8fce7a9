package search

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

// variantsOf draws the documents of one record: of each half some variants, each
// with more pages for fewer readers.
func variantsOf(rng *rand.Rand, i int) []kb.Document {
	words := []string{"huis", "fiets", "warmtenet", "wijk", "plein", "boom", "energie", "zorg", "wijkwarmtenet", "bomen"}
	text := func(n int) string {
		out := ""
		for range n {
			out += words[rng.IntN(len(words))] + " "
		}
		return out
	}
	circles := [][]string{{kb.AccessPublic}, {kb.AccessMembers}, {kb.AccessTeam("t")}, {kb.AccessEditors, kb.AccessAccount("a")}}
	first := publicCase(fmt.Sprint("zaak ", i), func(d *kb.Document) {
		d.Summary, d.Body = text(4), text(rng.IntN(30))
		d.Date = time.Date(2015+rng.IntN(9), 1, 1, 0, 0, 0, 0, time.UTC)
	})
	var out []kb.Document
	for v := range 1 + rng.IntN(4) {
		d := first
		d.Variant = v
		d.Access = slices.Concat(circles[min(v+rng.IntN(2), 3):]...)
		d.Pages = slices.Clone(first.Pages)
		first.Pages = append(first.Pages, filePages(fmt.Sprint(i, v), text(rng.IntN(9)), text(5))...)
		if rng.IntN(3) == 0 {
			d.Keywords = []string{words[rng.IntN(len(words))]}
		}
		out = append(out, d)
	}
	if rng.IntN(3) == 0 {
		out = out[rng.IntN(len(out)):] // there need not be a first one
	}
	for _, d := range slices.Clone(out) {
		if d.Copy = true; i%4 == 0 {
			d.States = []string{string(kb.StatusDraft)}
			out = append(out, d)
		}
	}
	return out
}

// With variants of records an actor gets, to the last bit, what they would get of an
// index that holds nothing but the highest variant of each that they may read: hits,
// scores, facets, passages, corrections, suggestions and what is alike.
func TestAnActorSeesTheHighestVariant(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	rng := rand.New(rand.NewPCG(seed, 3))
	full := openIndex(t, t.TempDir(), Options{})
	holds := map[kb.ID][]kb.Document{}
	for position := range 120 {
		docs := variantsOf(rng, rng.IntN(60))
		holds[docs[0].Record] = docs
		put(t, full, kb.Seq(position+1), docs...)
	}
	for name, actor := range map[string]kb.Actor{
		"visitor": kb.Visitor(), "member": person1("m"), "system": kb.System(), "editor": editor(),
		"owner": {Account: "a", Role: kb.RoleMember}, "team": {Account: "b", Role: kb.RoleMember, Teams: []kb.Membership{{Team: "t"}}},
	} {
		t.Run(name, func(t *testing.T) {
			only := openIndex(t, t.TempDir(), Options{})
			var docs []kb.Document
			for _, list := range holds {
				docs = append(docs, highestOf(list, actor)...)
			}
			put(t, only, 1, docs...)
			compareVariants(t, rng, actor, only, full)
		})
	}
}

// highestOf gives the highest variants of each half that an actor reads, as the only
// ones.
func highestOf(list []kb.Document, actor kb.Actor) []kb.Document {
	var out []kb.Document
	for _, copied := range []bool{false, true} {
		highest := -1
		for i := range list {
			if list[i].Copy == copied && isReadBy(&list[i], actor) && (highest < 0 || list[i].Variant > list[highest].Variant) {
				highest = i
			}
		}
		if highest >= 0 {
			d := list[highest]
			d.Variant = 0
			out = append(out, d)
		}
	}
	return out
}

func compareVariants(t *testing.T, rng *rand.Rand, actor kb.Actor, only, full *Index) {
	t.Helper()
	texts := []string{"", "warmtenet", "warmtenet wijk", `"wijk plein"`, "zaak bomen -zorg", "enrgie", "titel:zaak huis", "warmtenett boom"}
	for range 60 {
		req := kb.SearchRequest{Text: texts[rng.IntN(len(texts))], First: 1 + rng.IntN(20), Facets: kb.FacetFields(), Highlights: true, Explain: true}
		switch rng.IntN(4) {
		case 0:
			req.Filter.States = []string{string(kb.StatusDraft)}
		case 1:
			req.Filter.AnyState = []string{string(kb.StatusPublished), "none"}
		case 2:
			req.Sort = kb.SortNewest
		}
		if d := cmp.Diff(allPages(t, only, actor, req), allPages(t, full, actor, req)); d != "" {
			t.Fatalf("%+v (-only +full):\n%s", req, d)
		}
	}
	for i := range 60 {
		id := kb.DeriveID("test", fmt.Sprint("zaak ", i))
		if d := cmp.Diff(relatives(t, only, actor, id), relatives(t, full, actor, id)); d != "" {
			t.Fatalf("record %d (-only +full):\n%s", i, d)
		}
	}
	for _, prefix := range []string{"z", "zaak ", "war", "boo"} {
		if d := cmp.Diff(suggestions(t, only, actor, prefix), suggestions(t, full, actor, prefix)); d != "" {
			t.Fatalf("%q (-only +full):\n%s", prefix, d)
		}
	}
}

// A record leaves nothing behind: not of the variants that it has no more, nor of
// their pages, also when all of it is removed; and what is compared knows of each.
func TestVariantsLeaveNothingBehind(t *testing.T) {
	x := openIndex(t, t.TempDir(), Options{})
	several := func(n, pages int) []kb.Document {
		var out []kb.Document
		for v := range n {
			d := publicCase("zaak", withPages(filler(pages)...))
			d.Variant = v
			out = append(out, d)
		}
		return out
	}
	for step, docs := range [][]kb.Document{several(12, 20), several(2, 7), several(1, 0), several(3, 30), nil} {
		change := kb.Step{Documents: docs, Position: kb.Seq(step + 1)}
		if len(docs) == 0 {
			change.Removed = []kb.ID{kb.DeriveID("test", "zaak")}
		}
		if err := x.Commit(t.Context(), change); err != nil {
			t.Fatal(err)
		}
		if diff := compareWith(t, x, docs); !diff.None() {
			t.Errorf("step %d: %+v", step, diff)
		}
		if len(docs) > 0 {
			docs[0].Pages = append(docs[0].Pages, filePages("meer", "nog een bladzijde")...)
			if diff := compareWith(t, x, docs); diff.None() {
				t.Errorf("step %d: a page that is not there is not missed", step)
			}
		}
	}
	mergeAll(t, x)
	v := x.views.acquire()
	defer x.views.release(v)
	if n, err := v.snapshot.DocCount(); err != nil || n != 0 {
		t.Errorf("%d documents are left, %v", n, err)
	}
}

func compareWith(t *testing.T, x *Index, docs []kb.Document) *Differences {
	t.Helper()
	diff, err := x.Compare(context.Background(), func(yield func(kb.Document) error) error {
		for _, d := range docs {
			if err := yield(d); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return diff
}

// Files have many states each: any of some finds what has one of them, and all of
// others still narrow it.
func TestAnyState(t *testing.T) {
	x := openIndex(t, t.TempDir(), Options{})
	file := func(name string, states ...string) kb.Document {
		return publicCase(name, func(d *kb.Document) {
			d.Kind, d.States = kb.KindCase, append(states, string(kb.StatusPublished))
		})
	}
	put(t, x, 1, file("a", "band:1", "band:2"), file("b", "band:2"), file("c", "band:3", "x"))
	for _, c := range []struct {
		filter kb.Filter
		want   []string
	}{
		{kb.Filter{AnyState: []string{"band:2"}}, []string{"a", "b"}},
		{kb.Filter{AnyState: []string{"band:1", "band:3", "band:9"}}, []string{"a", "c"}},
		{kb.Filter{AnyState: []string{"band:1", "band:3"}, States: []string{"x"}}, []string{"c"}},
		{kb.Filter{AnyState: []string{"band:9"}}, nil},
		{kb.Filter{}, []string{"a", "b", "c"}},
	} {
		res := ask(t, x, kb.SearchRequest{Filter: c.filter, First: 9, Sort: kb.SortTitle})
		if got := titles(res); !slices.Equal(got, c.want) || res.Total != len(c.want) {
			t.Errorf("%+v finds %v of %d", c.filter, got, res.Total)
		}
	}
}
