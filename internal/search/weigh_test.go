package search

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// A whole word comes back with its units from those of one occurrence on, a part
// of a compound with at least one; more units are never fewer when written.
func TestWeightsComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 1<<20).Draw(t, "units")
		for whole, want := range map[bool]int{true: max(unit, n), false: max(1, n)} {
			written := encodeWeight(n, 0, whole)
			got, files, is := decodeWeight(uint64(written))
			if int(got) != want || files != 0 || is != whole || written < 1 {
				t.Fatalf("%d units, whole %v, are written %d and come back as %d, %d of files, %v", n, whole, written, got, files, is)
			}
			if next := encodeWeight(n+1, 0, whole); next < written {
				t.Fatalf("%d units are written %d, one more %d", n, written, next)
			}
			inFiles := rapid.IntRange(1, 400).Draw(t, "units of files")
			got, files, is = decodeWeight(uint64(encodeWeight(n, inFiles, whole)))
			if int(got) != n || int(files) != min(inFiles, maxFiles) || is != whole {
				t.Fatalf("%d units, %d of files, whole %v, come back as %d, %d, %v", n, inFiles, whole, got, files, is)
			}
		}
	})
	if got := encodeWeight(unit, 0, true); got != 1 {
		t.Errorf("the most common weight is written as %d", got)
	}
}

// What a word gains for its place falls off, is nothing far behind, and is one of
// a few values.
func TestLead(t *testing.T) {
	r := Ranking{Lead: 2, LeadHalf: 30}
	if got := r.lead(0); got != 2*unit {
		t.Errorf("the first word gains %d", got)
	}
	values := map[int]bool{}
	for n := range 300 {
		values[r.lead(n)] = true
		if r.lead(n+1) > r.lead(n) || r.lead(n) < 0 {
			t.Errorf("word %d gains %d, the next one %d", n, r.lead(n), r.lead(n+1))
		}
	}
	if r.lead(299) != 0 || len(values) > 20 {
		t.Errorf("word 299 gains %d; %d values", r.lead(299), len(values))
	}
	none := Ranking{}
	if got := none.lead(0); got != 0 {
		t.Errorf("without a lead a word gains %d", got)
	}
}

// Each text has its own weight, a part of a compound a share of it, and only words
// of the body gain by their place.
func TestWeightsOfTexts(t *testing.T) {
	x := openIndex(t, t.TempDir(), Options{})
	f := newTextField(
		[4]string{textTitle: "boom", textSummary: "de huizen", textNames: "fiets", textBody: "brug brug en de bedrijventerreinen"},
		x.words, &Ranking{Title: 4, Summary: 3, Names: 2, Body: 1, Part: 0.5, Lead: 1, LeadHalf: 30})
	f.Analyze()
	type weighed struct {
		Units uint32
		Whole bool
	}
	got := map[string]weighed{}
	for term, q := range f.terms {
		u, _, whole := decodeWeight(uint64(q.Frequency()))
		got[term] = weighed{u, whole}
	}
	want := map[string]weighed{
		"boom": {40, true}, "huis": {30, true}, "fiets": {20, true}, "brug": {30, true},
		"bedrijventerrein": {20, true}, "bedrijf": {10, false}, "terrein": {10, false},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
