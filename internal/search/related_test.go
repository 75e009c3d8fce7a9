package search

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

// about makes a case about something; what follows are theme:, org: and codes of regions.
func about(title, body string, values ...string) kb.Document {
	return publicCase(title, func(d *kb.Document) {
		d.Body = body
		for _, v := range values {
			if slug, ok := strings.CutPrefix(v, "theme:"); ok {
				d.Themes = append(d.Themes, kb.Term{Value: slug})
			} else if name, ok := strings.CutPrefix(v, "org:"); ok {
				d.Organisations = append(d.Organisations, kb.DeriveID("test", name))
			} else {
				d.Regions = append(d.Regions, v)
			}
		}
	})
}

// related gives the titles of what is like a record, as everyone reads it, each
// with the reasons.
func related(tb testing.TB, x *Index, name string, first int) []string {
	tb.Helper()
	list, err := x.Related(context.Background(), kb.Visitor(), kb.DeriveID("test", name), first)
	if err != nil {
		tb.Fatal(err)
	}
	var out []string
	for _, r := range list {
		text := r.Entity.Label()
		for _, reason := range r.Reasons {
			field := string(reason.Field)
			if field == "" {
				field = "WORDS"
			}
			text += fmt.Sprintf(" | %s %s", field, strings.Join(reason.Values, " "))
		}
		out = append(out, text)
	}
	return out
}

func neighbourhood(tb testing.TB) *Index {
	x := openIndex(tb, tb.TempDir(), Options{})
	warmth := about("Warmtenet in Overvecht", "Het warmtenet verwarmt flats met geothermie uit de diepe ondergrond.", "theme:energie", "org:eneco", "GM0344", "AM19", "PV26")
	put(tb, x, 1,
		warmth,
		about("Geothermie in de praktijk", "Een warmtenet op geothermie: wat kost dat?"),
		about("Zonneweides", "Panelen in het weiland.", "theme:energie", "GM0307", "AM19", "PV26"),
		about("Inkoop", "Samen inkopen bij de leverancier.", "org:eneco"),
		about("Flats", "Over bouwen.", "GM0344", "AM19", "PV26"),
		about("Wonen aan zee", "Iets over zee en strand.", "theme:wonen", "GM0518"),
		about("Zee", "Ook iets over zee en strand."),
	)
	put(tb, x, 2,
		publicCase("Geheim warmtenet", func(d *kb.Document) { d.Body, d.Access = "geothermie ondergrond warmtenet flats", []string{"team"} }),
		warmth,
		publicCase("Warmtenet in Overvecht", func(d *kb.Document) { d.Copy, d.Access, d.Body = true, nil, "warmtenet geothermie flats" }),
	)
	return x
}

func TestRelated(t *testing.T) {
	x := neighbourhood(t)
	for _, c := range []struct {
		of   string
		want []string
	}{
		{"Warmtenet in Overvecht", []string{
			"Zonneweides | THEME energie | LABOUR_MARKET_REGION AM19",
			"Geothermie in de praktijk | WORDS warmtenet geothermie",
			"Flats | WORDS flats | MUNICIPALITY GM0344",
			"Inkoop | ORGANISATION " + string(kb.DeriveID("test", "eneco")),
		}},
		{"Zee", []string{"Wonen aan zee | WORDS zee strand"}},
		{"Inkoop", []string{"Warmtenet in Overvecht | ORGANISATION " + string(kb.DeriveID("test", "eneco"))}},
		{"Geheim warmtenet", nil},
		{"is er niet", nil},
	} {
		// Their order goes by numbers that are tuned; what is alike, and why, does not.
		if d := cmp.Diff(slices.Sorted(slices.Values(c.want)), slices.Sorted(slices.Values(related(t, x, c.of, 10)))); d != "" {
			t.Errorf("%s: %s", c.of, d)
		}
	}
	if got := related(t, x, "Warmtenet in Overvecht", 1); len(got) != 1 {
		t.Errorf("asked for 1: %v", got)
	}
	if got := related(t, x, "Warmtenet in Overvecht", 0); got != nil {
		t.Errorf("asked for none: %v", got)
	}
}

// What nobody else may read changes nothing of what is related, nor the scores.
func TestRelatedTellsNothingOfWhatIsHidden(t *testing.T) {
	with, without := openIndex(t, t.TempDir(), Options{}), openIndex(t, t.TempDir(), Options{})
	docs := []kb.Document{
		about("a", "warmtenet geothermie ondergrond flats", "theme:energie"), about("b", "warmtenet geothermie"),
		about("c", "ondergrond flats ijsbaan", "theme:energie"), about("d", "ijsbaan"),
	}
	put(t, without, 1, docs...)
	for i := range 20 {
		docs = append(docs, publicCase(fmt.Sprint("hidden ", i), func(d *kb.Document) {
			d.Body, d.Access, d.Themes = "geothermie flats", nil, []kb.Term{{Value: "energie"}}
		}))
	}
	put(t, with, 1, docs...)
	for _, name := range []string{"a", "b", "c", "d"} {
		id := kb.DeriveID("test", name)
		want, err1 := without.Related(t.Context(), kb.Visitor(), id, 10)
		got, err2 := with.Related(t.Context(), kb.Visitor(), id, 10)
		if err1 != nil || err2 != nil {
			t.Fatal(err1, err2)
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
	if got, err := with.Related(t.Context(), kb.System(), kb.DeriveID("test", "hidden 1"), 10); err != nil || len(got) == 0 {
		t.Errorf("who reads everything finds %v, %v", got, err)
	}
}

// The nearest level of regions counts, and no other.
func TestRelatedNearest(t *testing.T) {
	x := openIndex(t, t.TempDir(), Options{})
	body := "warmtenet geothermie"
	put(t, x, 1,
		about("Bron", body, "GM0344", "AM19", "PV26"),
		about("Elders", body), about("Provincie", body, "GM0307", "AM20", "PV26"),
		about("Gemeente", body, "GM0344", "AM19", "PV26"), about("Regio", body, "GM0312", "AM19", "PV26"),
	)
	want := []string{
		"Gemeente | WORDS geothermie warmtenet | MUNICIPALITY GM0344",
		"Regio | WORDS geothermie warmtenet | LABOUR_MARKET_REGION AM19",
		"Provincie | WORDS geothermie warmtenet | PROVINCE PV26",
		"Elders | WORDS geothermie warmtenet",
	}
	if d := cmp.Diff(want, related(t, x, "Bron", 10)); d != "" {
		t.Error(d)
	}
}

func TestRelatedToWhatIsEverywhere(t *testing.T) {
	x := openIndex(t, t.TempDir(), Options{})
	var all []string
	for i := range maxShared + 1 {
		all = append(all, fmt.Sprintf("GM00%02d", i+1))
	}
	put(t, x, 1, about("Land", "warmtenet geothermie", all...), about("Dorp", "warmtenet geothermie", all[0]))
	if d := cmp.Diff([]string{"Dorp | WORDS geothermie warmtenet"}, related(t, x, "Land", 10)); d != "" {
		t.Error(d)
	}
}

func TestRelatedStops(t *testing.T) {
	x := neighbourhood(t)
	id := kb.DeriveID("test", "Warmtenet in Overvecht")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := x.Related(ctx, kb.Visitor(), id, 10); err != context.Canceled {
		t.Errorf("got %v", err)
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := x.Related(t.Context(), kb.Visitor(), id, 10); kb.CodeOf(err) != kb.Unavailable {
		t.Errorf("after closing: %v", err)
	}
}

// A text of any length is compared by its beginning.
func TestRelatedToALongText(t *testing.T) {
	x := openIndex(t, t.TempDir(), Options{})
	put(t, x, 1, about("Lang", strings.Repeat("warmtenet geothermie é", maxCompare)), about("Kort", "warmtenet geothermie"))
	if got := related(t, x, "Lang", 10); len(got) != 1 {
		t.Errorf("%v", got)
	}
}

func TestReasonsAreWords(t *testing.T) {
	x := openIndex(t, t.TempDir(), Options{})
	put(t, x, 1, about("Bron", "2014/17b d.d. warmtenet geothermie"), about("Ander", "2014/17b d.d. warmtenet geothermie"))
	if d := cmp.Diff([]string{"Ander | WORDS geothermie warmtenet"}, related(t, x, "Bron", 10)); d != "" {
		t.Error(d)
	}
}

// Counting words for comparison counts as searching does.
func TestCountEach(t *testing.T) {
	x := openIndex(t, t.TempDir(), Options{})
	for i := range 30 {
		body := strings.Repeat("warmtenet ", i%2) + strings.Repeat("geothermie ", i%3) + strings.Repeat("woning ", i%5)
		put(t, x, kb.Seq(i+1), publicCase(fmt.Sprint(i), func(d *kb.Document) {
			d.Body = body
			if i%4 == 0 {
				d.Access = nil
			}
		}))
	}
	put(t, x, 31, publicCase("7", func(d *kb.Document) { d.Body = "iets anders" }))
	v := x.views.acquire()
	defer x.views.release(v)
	rd := everyone(v)
	for _, enough := range []int{1, 5, 100} {
		words := []tellingWord{{term: "geothermie"}, {term: "is er niet"}, {term: "warmtenet"}, {term: "woning"}, {term: ""}}
		if err := v.countEach(t.Context(), words, rd, enough); err != nil {
			t.Fatal(err)
		}
		for _, w := range words {
			if want, err := v.documents(w.term, rd, enough); err != nil || w.documents != want {
				t.Errorf("%q up to %d: %d documents, want %d, %v", w.term, enough, w.documents, want, err)
			}
		}
	}
}

func TestPlainer(t *testing.T) {
	for _, c := range []struct{ known, written, want string }{
		{"", "Warmtenet", "Warmtenet"},
		{"Warmtenet", "warmtenet", "warmtenet"},
		{"warmtenet", "Warmtenet", "warmtenet"},
		{"Utrecht", "UTRECHT", "Utrecht"},
	} {
		if got := plainer(c.known, c.written); got != c.want {
			t.Errorf("%q and %q: %q", c.known, c.written, got)
		}
	}
}

// However the index is cut into segments, the same is related, in the same order.
func TestRelatedAcrossSegments(t *testing.T) {
	var docs []kb.Document
	for i := range 60 {
		body := "verslag " + strings.Repeat("warmtenet ", i%4) + strings.Repeat("geothermie ", i%3) + strings.Repeat("bewoners ", i%5) + fmt.Sprint("straat", i%7)
		docs = append(docs, about(fmt.Sprint("stuk ", i), body, fmt.Sprint("theme:t", i%6), fmt.Sprintf("GM%04d", i%9), fmt.Sprintf("PV%02d", 20+i%2)))
	}
	one, many := inSegments(t, 1, docs), inSegments(t, 12, docs)
	for i := range 60 {
		name := fmt.Sprint("stuk ", i)
		if d := cmp.Diff(related(t, one, name, 5), related(t, many, name, 5)); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
}

// What was changed, hidden or removed since is not related any more.
func TestRelatedFollowsChanges(t *testing.T) {
	x := neighbourhood(t)
	put(t, x, 3,
		about("Geothermie in de praktijk", "Nu over iets anders."),
		publicCase("Zonneweides", func(d *kb.Document) { d.Access, d.Themes = nil, []kb.Term{{Value: "energie"}} }),
	)
	if err := x.Commit(t.Context(), kb.Step{Removed: []kb.ID{kb.DeriveID("test", "Inkoop")}, Position: 4}); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]string{"Flats | WORDS flats | MUNICIPALITY GM0344"}, related(t, x, "Warmtenet in Overvecht", 10)); d != "" {
		t.Error(d)
	}
}
