package search

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

// entityDocument makes a public document of a record that is no material.
func entityDocument(e kb.Entity, keywords ...string) kb.Document {
	h := e.Base()
	h.ID, h.Status, h.Visibility = kb.DeriveID("test", string(e.Kind())+e.Label()), kb.StatusPublished, kb.VisibilityPublic
	h.Slug = string(h.ID)
	d := kb.Document{Record: h.ID, Kind: e.Kind(), Version: 1, Access: kb.Access(e), States: []string{string(kb.StatusPublished)}, Title: e.Label(), Keywords: keywords}
	if r, ok := e.(*kb.Region); ok && r.ValidTo == "" {
		d.RegionKind = r.RegionKind
	}
	d.Card, _ = kb.Encode(e)
	return d
}

// town is a small collection of all that is suggested.
func town(tb testing.TB) *Index {
	x := openIndex(tb, tb.TempDir(), Options{})
	region := func(name, until string, also ...string) kb.Document {
		return entityDocument(&kb.Region{Name: name, Also: also, RegionKind: kb.Municipality, Code: "GM0001", ValidTo: kb.Date(until)}, also...)
	}
	theme := func(name string, synonyms ...string) kb.Document {
		return entityDocument(&kb.Theme{PrefLabel: kb.Label{NL: name}, Synonyms: synonyms}, synonyms...)
	}
	organisation := func(name, city string, also ...string) kb.Document {
		return entityDocument(&kb.Organisation{Name: name, City: city, Also: also}, append([]string{city}, also...)...)
	}
	keywords := func(words ...string) func(*kb.Document) { return func(d *kb.Document) { d.Keywords = words } }
	put(tb, x, 1,
		region("Amersfoort", ""), region("Amsterdam", ""), region("'s-Hertogenbosch", "", "Den Bosch"), region("Zijpe", "2013-01-01"), region("Zandvoort", ""),
		theme("Wonen", "huisvesting"), theme("Bedrijventerreinen", "industrieterrein"),
		organisation("Vereniging van Nederlandse Gemeenten", "Den Haag", "VNG"), organisation("Woonbedrijf", "Amersfoort"),
		entityDocument(&kb.Person{Name: "Amber Zeegers", Consent: true, Expertise: []string{"zonneweides"}}, "zonneweides"),
		entityDocument(&kb.Person{Name: "Amira Zonder", Consent: false}),
	)
	put(tb, x, 2,
		publicCase("Samen bouwen aan de coöperatie van Amersfoort", keywords("circulaire economie", "Circulair bouwen")),
		publicCase("Circulair bouwen in de praktijk", keywords("circulaire economie")),
		publicCase("De wijk in: huis van de wijk", nil),
		publicCase("Circulair bouwen met hout", nil),
		publicCase("Het geheim van Xanten", func(d *kb.Document) { d.Access, d.Keywords = []string{"team"}, []string{"geheimschrift"} }),
	)
	return x
}

func suggested(tb testing.TB, x *Index, prefix string, first int) []string {
	tb.Helper()
	list, err := x.Suggest(context.Background(), kb.Visitor(), prefix, first)
	if err != nil {
		tb.Fatal(err)
	}
	var out []string
	for _, s := range list {
		if (s.Entity == nil) != (s.Kind == kb.SuggestQuery) || s.Entity != nil && s.Entity.Label() != s.Text {
			tb.Errorf("%q: %+v", prefix, s)
		}
		out = append(out, string(s.Kind)+" "+s.Text)
	}
	return out
}

func TestSuggest(t *testing.T) {
	x := town(t)
	for _, c := range []struct {
		prefix, why string
		want        []string
	}{
		{"am", "names that begin so, regions before people, then queries and titles", []string{
			"REGION Amsterdam", "REGION Amersfoort", "PERSON Amber Zeegers", "QUERY amersfoort", "MATERIAL Samen bouwen aan de coöperatie van Amersfoort",
		}},
		{"wonen", "a theme that is called so", []string{"THEME Wonen"}},
		{"WON", "case does not matter, nor does the kind of name", []string{"THEME Wonen"}},
		{"huisv", "a synonym", []string{"THEME Wonen"}},
		{"vng", "an abbreviation", []string{"ORGANISATION Vereniging van Nederlandse Gemeenten"}},
		{"nederlandse gem", "words inside a name", []string{"ORGANISATION Vereniging van Nederlandse Gemeenten"}},
		{"den bos", "another name of a region; the city of an organisation is none", []string{"REGION 's-Hertogenbosch"}},
		{"den", "", []string{"REGION 's-Hertogenbosch"}},
		{"s-hert", "signs do not matter", []string{"REGION 's-Hertogenbosch"}},
		{"zonnew", "what a person knows about is no name of hers", nil},
		{"z", "what exists before what did", []string{"REGION Zandvoort", "REGION Zijpe", "PERSON Amber Zeegers"}},
		{"coop", "as it is written", []string{"QUERY coöperatie", "MATERIAL Samen bouwen aan de coöperatie van Amersfoort"}},
		{"coöp", "with or without accents", []string{"QUERY coöperatie", "MATERIAL Samen bouwen aan de coöperatie van Amersfoort"}},
		{"circulair", "keywords, the most used first", []string{"QUERY circulaire economie", "QUERY circulair bouwen", "MATERIAL Circulair bouwen met hout", "MATERIAL Circulair bouwen in de praktijk"}},
		{"circulaire e", "a phrase of keywords", []string{"QUERY circulaire economie"}},
		{"bouwen c", "words in any order", []string{"QUERY bouwen circulair", "QUERY bouwen coöperatie", "MATERIAL Circulair bouwen met hout", "MATERIAL Circulair bouwen in de praktijk", "MATERIAL Samen bouwen aan de coöperatie van Amersfoort"}},
		{"Coöperatie  van A", "what was typed stays as it is", []string{"QUERY Coöperatie van amersfoort", "MATERIAL Samen bouwen aan de coöperatie van Amersfoort"}},
		{"huis van de w", "", []string{"QUERY huis van de wijk", "MATERIAL De wijk in: huis van de wijk"}},
		{"de wijk in", "an article in front", []string{"MATERIAL De wijk in: huis van de wijk"}},
		{"circulair ", "the next word, if more than one title has it", []string{"QUERY circulair bouwen", "MATERIAL Circulair bouwen met hout", "MATERIAL Circulair bouwen in de praktijk"}},
		{"won ", "no word begins with a whole one", nil},
		{"vng ", "a name that is complete", []string{"ORGANISATION Vereniging van Nederlandse Gemeenten"}},
		{"den ", "", []string{"REGION 's-Hertogenbosch"}},
		{"wonen ", "", []string{"THEME Wonen"}},
		{"huis van ", "", []string{"MATERIAL De wijk in: huis van de wijk"}},
		{"cir bouwen", "words before the last are whole", nil},
		{"amrsfo", "a letter left out", []string{"REGION Amersfoort", "QUERY amersfoort", "MATERIAL Samen bouwen aan de coöperatie van Amersfoort"}},
		{"circulair bouewn", "letters that changed places", []string{"MATERIAL Circulair bouwen met hout", "MATERIAL Circulair bouwen in de praktijk"}},
		{"amrs", "too short for a typing error", nil},
		{"xan", "a title that is not readable", nil},
		{"geh", "nor are its keywords", nil},
		{"geheimxchrift", "nor does a typing error lead there", nil},
		{"amira", "a person without consent", nil},
		{"", "nothing", nil},
		{" -?! ", "only signs", nil},
	} {
		if d := cmp.Diff(c.want, suggested(t, x, c.prefix, 10)); d != "" {
			t.Errorf("%q: %s\n%s", c.prefix, c.why, d)
		}
	}
}

func TestSuggestBadInput(t *testing.T) {
	x := town(t)
	for _, prefix := range []string{
		strings.Repeat("a", 10_000), strings.Repeat("a ", 5_000), strings.Repeat("am\x00", 3_000), "\x00\x1f\t", "\xff\xfe", "am\xff", "🏠🏡", "עברית", "東", "a%*?[]", "'; DROP TABLE",
		"é́́́́", "wonen\x1fk", "\tam\t",
	} {
		for _, s := range suggested(t, x, prefix, 10) {
			if strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r == '\uFFFD' }) {
				t.Errorf("%.20q gives %q", prefix, s)
			}
		}
	}
	for _, first := range []int{0, -1} {
		if got := suggested(t, x, "am", first); got != nil {
			t.Errorf("%d: %v", first, got)
		}
	}
}

func TestSuggestLeavesRoom(t *testing.T) {
	x := openIndex(t, t.TempDir(), Options{})
	var docs []kb.Document
	for i := range 30 {
		docs = append(docs,
			entityDocument(&kb.Organisation{Name: fmt.Sprintf("Water %c", 'a'+i)}),
			publicCase(fmt.Sprintf("Waterberging waterkering%c", 'a'+i), nil))
	}
	put(t, x, 1, docs...)
	kinds := map[string]int{}
	for _, s := range suggested(t, x, "wat", 10) {
		kinds[strings.Fields(s)[0]]++
	}
	if d := cmp.Diff(map[string]int{"ORGANISATION": 4, "QUERY": 4, "MATERIAL": 2}, kinds); d != "" {
		t.Error(d)
	}
	if got := suggested(t, x, "wat", 1); len(got) != 1 {
		t.Errorf("%v", got)
	}
}

// Titles that are the same are shown once, the newest.
func TestSuggestShowsATitleOnce(t *testing.T) {
	x := openIndex(t, t.TempDir(), Options{})
	year := func(y int) func(*kb.Document) {
		return func(d *kb.Document) { d.Title, d.Date = "Woonvisie", time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC) }
	}
	put(t, x, 1, publicCase("oud", year(2010)), publicCase("nieuw", year(2020)), publicCase("ouder", year(2005)))
	list, err := x.Suggest(t.Context(), kb.Visitor(), "woonv", 10)
	if err != nil {
		t.Fatal(err)
	}
	var got []kb.ID
	for _, s := range list {
		if s.Entity != nil {
			got = append(got, s.Entity.Base().ID)
		}
	}
	if d := cmp.Diff([]kb.ID{kb.DeriveID("test", "nieuw")}, got); d != "" {
		t.Error(d)
	}
}

func TestSuggestNoWorkingCopies(t *testing.T) {
	x := openIndex(t, t.TempDir(), Options{})
	put(t, x, 1, publicCase("Woonvisie", nil), publicCase("Woonvisie", func(d *kb.Document) { d.Copy, d.Access, d.Title = true, nil, "Woonvisie anders" }))
	list, err := x.Suggest(t.Context(), kb.System(), "woon", 10)
	if err != nil || len(list) != 2 {
		t.Errorf("%+v, %v", list, err)
	}
}

func TestSuggestStops(t *testing.T) {
	x := town(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := x.Suggest(ctx, kb.Visitor(), "am", 10); err != context.Canceled {
		t.Errorf("got %v", err)
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := x.Suggest(t.Context(), kb.Visitor(), "am", 10); kb.CodeOf(err) != kb.Unavailable {
		t.Errorf("after closing: %v", err)
	}
}

// However the index is cut into segments, the same is suggested.
func TestSuggestAcrossSegments(t *testing.T) {
	one, many := openIndex(t, t.TempDir(), Options{}), openIndex(t, t.TempDir(), Options{})
	var docs []kb.Document
	for i := range 200 {
		docs = append(docs, publicCase(fmt.Sprintf("Plan %s voor wijk %d", []string{"groen", "water", "wonen"}[i%3], i), func(d *kb.Document) {
			d.Date = time.Unix(int64(i%7)*1e8, 0)
		}))
	}
	put(t, one, 1, docs...)
	for i := range docs {
		if i%40 == 0 {
			put(t, many, kb.Seq(i+1), docs[i:i+40]...)
		}
	}
	for _, prefix := range []string{"p", "plan", "plan w", "w", "wijk 1", "plan groen voor wijk", "watre"} {
		if d := cmp.Diff(suggested(t, one, prefix, 8), suggested(t, many, prefix, 8)); d != "" {
			t.Errorf("%q: %s", prefix, d)
		}
	}
}
