package search

import (
	"cmp"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"leerkring/internal/kb"
)

func orders() []kb.Sort {
	return []kb.Sort{kb.SortRelevance, kb.SortNewest, kb.SortOldest, kb.SortTitle}
}

// anyKey draws from few values, so that most keys are equal in something.
func anyKey(t *rapid.T, label string) key {
	k := key{
		score: rapid.SampledFrom([]float64{0, 0.5, 0.75, 3}).Draw(t, label+" score"),
		date:  rapid.SampledFrom([]int64{noDate, -yearOne, -1, 0, 1, 1 << 40}).Draw(t, label+" date"),
		title: rapid.SampledFrom([]string{"", "a", "ab", "b"}).Draw(t, label+" title"),
		copy:  rapid.Bool().Draw(t, label+" copy"),
	}
	k.id[rapid.SampledFrom([]int{0, 7, 8, 15}).Draw(t, label+" byte")] = rapid.SampledFrom([]byte{0, 1, 0x80, 0xff}).Draw(t, label+" id")
	return k
}

func TestBeforeIsAStrictTotalOrder(t *testing.T) {
	for _, order := range orders() {
		rapid.Check(t, func(t *rapid.T) {
			a, b, c := anyKey(t, "a"), anyKey(t, "b"), anyKey(t, "c")
			if before(order, &a, &a) {
				t.Fatalf("%+v stands before itself", a)
			}
			same := a.id == b.id && a.copy == b.copy
			if !same && before(order, &a, &b) == before(order, &b, &a) {
				t.Fatalf("%+v and %+v have no order", a, b)
			}
			if before(order, &a, &b) && before(order, &b, &a) {
				t.Fatalf("%+v and %+v stand before each other", a, b)
			}
			if before(order, &a, &b) && before(order, &b, &c) && !before(order, &a, &c) {
				t.Fatalf("%+v, %+v, %+v go round", a, b, c)
			}
		})
	}
}

func TestBefore(t *testing.T) {
	low, high := [16]byte{15: 1}, [16]byte{0: 1}
	for name, c := range map[string]struct {
		order         kb.Sort
		first, second key
	}{
		"higher score":               {kb.SortRelevance, key{score: 2, id: high}, key{score: 1, id: low}},
		"equal score: id":            {kb.SortRelevance, key{score: 1, id: low, title: "b"}, key{score: 1, id: high, title: "a"}},
		"live before copy":           {kb.SortRelevance, key{id: low}, key{id: low, copy: true}},
		"title":                      {kb.SortTitle, key{title: "a", id: high}, key{title: "b", id: low}},
		"no title first":             {kb.SortTitle, key{id: high}, key{title: "a", id: low}},
		"newest":                     {kb.SortNewest, key{date: 5, id: high}, key{date: -5, id: low}},
		"newest: none last":          {kb.SortNewest, key{date: -yearOne, id: high}, key{date: noDate, id: low}},
		"oldest":                     {kb.SortOldest, key{date: -5, id: high}, key{date: 5, id: low}},
		"oldest: none last":          {kb.SortOldest, key{date: 1 << 40, id: high}, key{date: noDate, id: low}},
		"both without a date: by id": {kb.SortNewest, key{date: noDate, id: low}, key{date: noDate, id: high}},
	} {
		if !before(c.order, &c.first, &c.second) || before(c.order, &c.second, &c.first) {
			t.Errorf("%s: the wrong one is first", name)
		}
	}
}

func TestIDsAreInTheOrderOfTheirTexts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(label string) (b [16]byte) {
			copy(b[:], rapid.SliceOfN(rapid.SampledFrom([]byte{0, 1, 127, 128, 255}), 16, 16).Draw(t, label))
			return b
		}
		a, b := draw("a"), draw("b")
		if got, want := compareID(a, b), cmp.Compare(kb.IDFromBytes(a), kb.IDFromBytes(b)); got != want {
			t.Fatalf("%s and %s compare as %d", kb.IDFromBytes(a), kb.IDFromBytes(b), got)
		}
	})
}

// anyCandidates draws candidates of which no two are the same record.
func anyCandidates(t *rapid.T) []candidate {
	var out []candidate
	for i := range rapid.IntRange(0, 40).Draw(t, "candidates") {
		k := anyKey(t, "candidate")
		k.id[3] = byte(i)
		out = append(out, candidate{key: k, doc: uint32(i)})
	}
	return out
}

// sorted is what best must give: all in order, those after a key, cut off.
func sorted(order kb.Sort, all []candidate, after *key, n int) []candidate {
	all = slices.Clone(all)
	slices.SortFunc(all, func(a, b candidate) int {
		if before(order, &a.key, &b.key) {
			return -1
		}
		return 1
	})
	out := []candidate{}
	for _, c := range all {
		if (after == nil || before(order, after, &c.key)) && len(out) < n {
			out = append(out, c)
		}
	}
	return out
}

func keepBest(order kb.Sort, all []candidate, after *key, n int) []candidate {
	b := best{order: order, n: n, after: after}
	for i := range all {
		b.offer(&all[i])
	}
	return b.take()
}

func TestBestIsSortingAndCutting(t *testing.T) {
	for _, order := range orders() {
		rapid.Check(t, func(t *rapid.T) {
			all := anyCandidates(t)
			var after *key
			if rapid.Bool().Draw(t, "after a key") {
				k := anyKey(t, "after")
				if len(all) > 0 && rapid.Bool().Draw(t, "of a candidate") {
					k = rapid.SampledFrom(all).Draw(t, "candidate").key
				}
				after = &k
			}
			n := rapid.IntRange(0, 50).Draw(t, "n")
			if d := gocmp.Diff(docsOf(sorted(order, all, after, n)), docsOf(keepBest(order, all, after, n))); d != "" {
				t.Fatalf("%s, n %d, after %+v: %s", order, n, after, d)
			}
		})
	}
}

func docsOf(list []candidate) []uint32 {
	out := []uint32{}
	for _, c := range list {
		out = append(out, c.doc)
	}
	return out
}

func TestPagesCoverEverythingOnce(t *testing.T) {
	for _, order := range orders() {
		rapid.Check(t, func(t *rapid.T) {
			all := anyCandidates(t)
			n := rapid.IntRange(1, 7).Draw(t, "page")
			seen := []candidate{}
			var after *key
			for {
				page := keepBest(order, all, after, n)
				if len(page) == 0 {
					break
				}
				seen = append(seen, page...)
				after = &page[len(page)-1].key
			}
			if d := gocmp.Diff(docsOf(sorted(order, all, nil, len(all))), docsOf(seen)); d != "" {
				t.Fatalf("%s, pages of %d: %s", order, n, d)
			}
		})
	}
}
