package search

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"leerkring/internal/kb"
)

// row is what the columns must say of a document.
type row struct {
	ID     [16]byte
	Copy   bool
	Values map[column][]string
	// Access and States are those of the sets.
	Access, States []string
	Date, Due      int64
	Title          string
	Length         uint32
}

// anyDocument draws a document of one of few records.
func anyDocument(t *rapid.T) kb.Document {
	name := strconv.Itoa(rapid.IntRange(0, 30).Draw(t, "record"))
	return publicCase(name, func(d *kb.Document) {
		d.Copy = rapid.Bool().Draw(t, "copy")
		d.Kind = rapid.SampledFrom([]kb.Kind{kb.KindCase, kb.KindLesson, kb.KindMeeting, kb.KindRegion}).Draw(t, "kind")
		d.Access = some(t, "access", kb.AccessPublic, "team")
		d.States = some(t, "states", string(kb.StatusPublished), "owner:x")
		if rapid.Bool().Draw(t, "due") {
			d.Due = time.Date(2026, 2, 3, 4, 5, 6, 7e6, time.UTC)
		}
		d.Title = rapid.SampledFrom([]string{"", "De boot", "boot", "Één", "東京", "zon"}).Draw(t, "title")
		d.Body = rapid.SampledFrom([]string{"", "huis", "huis en boom", "een twee drie vier"}).Draw(t, "body")
		for _, v := range some(t, "themes", "wonen", "natuur", "k", "T") {
			d.Themes = append(d.Themes, kb.Term{Value: v})
		}
		d.Keywords = some(t, "keywords", "Groen", "Blauw water")
		d.Regions = some(t, "regions", "GM0363", "GM0344", "PV27", "AM19", "CR23")
		d.Organisations = ids(some(t, "organisations", "o1", "o2"))
		d.People = ids(some(t, "people", "p1", "p2"))
		d.Collaboration = rapid.SampledFrom([]kb.CollaborationLevel{"", kb.CollaborationSociety}).Draw(t, "collaboration")
		d.Language = rapid.SampledFrom([]string{"", "nl", "en"}).Draw(t, "language")
		d.Circle = rapid.SampledFrom([]kb.ID{"", kb.DeriveID("test", "circle")}).Draw(t, "circle")
		d.RegionKind = rapid.SampledFrom([]kb.RegionKind{"", kb.Province}).Draw(t, "region kind")
		d.Refers = some(t, "refers", "r1")
		if rapid.Bool().Draw(t, "dated") {
			d.Date = rapid.SampledFrom([]time.Time{time.Unix(0, 0), time.Unix(-1, 0), time.Date(812, 3, 4, 5, 6, 7, 0, time.UTC), time.Date(2024, 12, 31, 23, 59, 59, 0, time.UTC)}).Draw(t, "date")
		}
	})
}

func some(t *rapid.T, label string, from ...string) []string {
	var out []string
	for _, v := range from {
		if rapid.Bool().Draw(t, label+" "+v) {
			out = append(out, v)
		}
	}
	return out
}

func ids(names []string) []kb.ID {
	var out []kb.ID
	for _, n := range names {
		out = append(out, kb.DeriveID("test", n))
	}
	return out
}

// wantRow says by hand what the columns must hold of a document.
func wantRow(d kb.Document) row {
	b, _ := d.Record.Bytes()
	r := row{ID: b, Copy: d.Copy, Access: d.Access, States: d.States, Date: noDate, Due: noDate, Title: map[string]string{"De boot": "boot", "Één": "een"}[d.Title], Values: map[column][]string{}}
	if r.Title == "" {
		r.Title = d.Title
	}
	add := func(c column, values ...string) {
		for _, v := range values {
			if v != "" {
				r.Values[c] = append(r.Values[c], v)
			}
		}
	}
	add(colKind, string(d.Kind))
	for _, t := range d.Themes {
		add(colTheme, t.Value)
	}
	for _, code := range d.Regions {
		add(map[string]column{"GM": colMunicipality, "PV": colProvince, "AM": colLabourMarketRegion, "CR": colCOROP}[code[:2]], code)
	}
	add(colOrganisation, texts(d.Organisations)...)
	add(colPerson, texts(d.People)...)
	add(colCollaboration, string(d.Collaboration))
	add(colLanguage, d.Language)
	add(colCircle, string(d.Circle))
	add(colRegionKind, string(d.RegionKind))
	for _, k := range d.Keywords {
		add(colName, strings.ToLower(k))
	}
	if !d.Due.IsZero() {
		r.Due = d.Due.UnixMilli()
	}
	add(colWord, map[string][]string{"De boot": {"boot", "de"}, "boot": {"boot"}, "Één": {"een\téén"}, "東京": {"東京"}, "zon": {"zon"}}[d.Title]...)
	if !d.Date.IsZero() {
		r.Date = d.Date.UnixMilli()
		add(colYear, fmt.Sprintf("%04d", d.Date.UTC().Year()))
	}
	r.Length = map[string]uint32{"": 0, "De boot": 2, "boot": 1, "Één": 1, "東京": 1, "zon": 1}[d.Title]
	r.Length += map[string]uint32{"": 0, "huis": 1, "huis en boom": 3, "een twee drie vier": 4}[d.Body]
	return r
}

// rows reads the live documents of a view back from its columns.
func rows(t *testing.T, v *view) map[string]row {
	out := map[string]row{}
	for s := range v.segments {
		p := &v.segments[s]
		c := p.cols
		if !slices.IsSorted(c.titleOf) {
			t.Fatalf("titles are not in order: %q", c.titleOf)
		}
		states := map[string]docSet{}
		if err := eachTerm(p.Segment(), fieldValues, "s", "t", func(term string, docs []uint32) { states[term[1:]] = newDocSet(c.docs, docs) }); err != nil {
			t.Fatal(err)
		}
		live := p.DocNumbersLive()
		for it := live.Iterator(); it.HasNext(); {
			d := it.Next()
			name, err := p.DocID(uint64(d))
			if err != nil {
				t.Fatal(err)
			}
			if _, ok := out[string(name)]; ok {
				t.Fatalf("%s is there twice", name)
			}
			r := row{ID: c.ids[d], Copy: c.copied.has(d), Date: c.dates[d], Due: noDate, Title: c.titleOf[c.titles[d]], Length: c.lengths[d], Values: map[column][]string{}}
			r.Access, r.States = valuesIn(c.access, d, c.docs), valuesIn(states, d, c.docs)
			if c.dues != nil {
				r.Due = c.dues[d]
			}
			for col := range c.values {
				for _, ord := range c.values[col].at(d) {
					r.Values[column(col)] = append(r.Values[column(col)], c.values[col].values[ord])
				}
			}
			out[string(name)] = r
		}
	}
	return out
}

// valuesIn gives the values whose sets hold a document.
func valuesIn(sets map[string]docSet, doc uint32, docs int) []string {
	var out []string
	for value, set := range sets {
		all := newBitset(docs)
		set.addTo(all)
		if all.has(doc) {
			out = append(out, value)
		}
	}
	return out
}

// anyHistory draws the steps of an index.
func anyHistory(t *rapid.T) []kb.Step {
	steps := make([]kb.Step, rapid.IntRange(1, 6).Draw(t, "steps"))
	for i := range steps {
		steps[i] = kb.Step{
			Position: kb.Seq(i + 1), Removed: ids(some(t, "removed", "0", "1", "2")),
			Documents: rapid.SliceOfNDistinct(rapid.Custom(anyDocument), 1, 12, func(d kb.Document) kb.ID { return d.Record }).Draw(t, "documents"),
		}
	}
	return steps
}

// After any commits, replacements and removals, and after merging all of it into
// one segment, the columns say of each document what it was made of.
func TestColumnsHoldTheDocuments(t *testing.T) {
	first := int(time.Now().UnixNano())
	for seed := first; seed < first+15; seed++ {
		t.Run(strconv.Itoa(seed), func(t *testing.T) {
			x := openIndex(t, t.TempDir(), Options{})
			want := map[string]row{}
			for _, step := range rapid.Custom(anyHistory).Example(seed) {
				for _, id := range step.Removed {
					delete(want, documentID(id, false, 0))
					delete(want, documentID(id, true, 0))
				}
				for _, d := range step.Documents {
					delete(want, documentID(d.Record, !d.Copy, 0))
					want[documentID(d.Record, d.Copy, 0)] = wantRow(d)
				}
				if err := x.Commit(t.Context(), step); err != nil {
					t.Fatal(err)
				}
			}
			compareRows(t, x, want)
			mergeAll(t, x)
			compareRows(t, x, want)
		})
	}
}

func compareRows(t *testing.T, x *Index, want map[string]row) {
	t.Helper()
	v := x.views.acquire()
	defer x.views.release(v)
	anyOrder := cmpopts.SortSlices(func(a, b string) bool { return a < b })
	if d := cmp.Diff(want, rows(t, v), anyOrder); d != "" {
		t.Fatalf("%d segments (-want +got):\n%s", len(v.segments), d)
	}
}

// mergeAll merges the segments of an index into one.
func mergeAll(t testing.TB, x *Index) {
	t.Helper()
	if err := x.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := x.current.index.ForceMerge(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if err := x.refresh(); err != nil {
		t.Fatal(err)
	}
	if n := len(x.views.newest.segments); n > 1 {
		t.Fatalf("%d segments after merging", n)
	}
}

func TestOrdinals(t *testing.T) {
	o := ordinals{values: []string{"a", "b", "c"}}
	if got := o.at(3); got != nil {
		t.Errorf("values of a document in a column without any: %v", got)
	}
	o.fill(5, []pair{{0, 0}, {3, 0}, {3, 1}, {0, 2}, {4, 2}})
	o.invert([]pair{{0, 0}, {3, 0}, {3, 1}, {0, 2}, {4, 2}})
	if d := cmp.Diff([][]uint32{{0, 2, 3, 5}, {0, 3, 3, 0, 4}}, [][]uint32{o.first, o.docs}); d != "" {
		t.Error(d)
	}
	got := map[int][]uint32{}
	for d := range 5 {
		got[d] = o.at(uint32(d))
	}
	want := map[int][]uint32{0: {0, 2}, 1: {}, 2: {}, 3: {0, 1}, 4: {2}}
	if d := cmp.Diff(want, got, cmpopts.EquateEmpty()); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]uint32{0, 2}, o.find([]string{"c", "x", "a"})); d != "" {
		t.Error(d)
	}
}

func TestYearsInWords(t *testing.T) {
	for year, want := range map[int]string{1: "0001", 812: "0812", 2024: "2024", 9999: "9999"} {
		if got := yearText(year); got != want {
			t.Errorf("%d is %q", year, got)
		}
	}
}

func TestBitset(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 200).Draw(t, "n")
		set, want := newBitset(n), map[uint32]bool{}
		for _, i := range rapid.SliceOf(rapid.Uint32Range(0, uint32(n-1))).Draw(t, "members") {
			if rapid.Bool().Draw(t, "in") {
				set.set(i)
				want[i] = true
			} else {
				set.clear(i)
				delete(want, i)
			}
			if set.has(i) != want[i] {
				t.Fatalf("%d", i)
			}
		}
		var got []uint32
		set.each(func(i uint32) { got = append(got, i) })
		if d := cmp.Diff(slices.Sorted(maps.Keys(want)), got); d != "" {
			t.Fatal(d)
		}
	})
}
