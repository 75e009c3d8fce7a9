package search

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
	"leerkring/internal/search/dutch"
	"leerkring/internal/search/query"
)

// card makes the public document of an entity that others name.
func card(tb testing.TB, e kb.Entity, name string, change func(*kb.Document)) kb.Document {
	tb.Helper()
	h := e.Base()
	h.ID, h.Status, h.Visibility = kb.DeriveID("test", name), kb.StatusPublished, kb.VisibilityPublic
	if h.Slug == "" {
		h.Slug = name
	}
	d := kb.Document{Record: h.ID, Kind: e.Kind(), Version: 1, Access: kb.Access(e), States: []string{string(kb.StatusPublished)}, Title: e.Label()}
	if change != nil {
		change(&d)
	}
	var err error
	if d.Card, err = kb.Encode(e); err != nil {
		tb.Fatal(err)
	}
	return d
}

// named1 is an index with a theme, organisations and synonyms.
func named1(tb testing.TB) *Index {
	tb.Helper()
	x := openIndex(tb, tb.TempDir(), Options{})
	hidden := func(d *kb.Document) { d.Access = nil }
	put(tb, x, 1,
		card(tb, &kb.Theme{PrefLabel: kb.Label{NL: "Bedrijventerreinen", EN: "Business parks"}, Synonyms: []string{"werklocatie"}}, "terreinen", nil),
		card(tb, &kb.Theme{PrefLabel: kb.Label{NL: "Geheim"}}, "geheim", hidden),
		card(tb, &kb.Organisation{Name: "Vereniging van Nederlandse Gemeenten", Also: []string{"VNG"}}, "vng", nil),
		card(tb, &kb.Organisation{Name: "Ministerie van Economische Zaken", Also: []string{"EZ", "WIJ"}}, "ez", nil),
		card(tb, &kb.Organisation{Name: "Gemeente Utrecht"}, "gemeente-utrecht", nil),
		card(tb, &kb.Organisation{Name: "Stil Genootschap"}, "stil", hidden),
		card(tb, &kb.Synonyms{Terms: []string{"huis", "woning", "eigen stek"}}, "s1", nil),
		card(tb, &kb.Synonyms{Terms: []string{"voertuig", "auto", "bakfiets"}, OneWay: true}, "s2", nil),
	)
	return x
}

// mean gives what the words of a text stand for, as lines that can be read.
func mean(tb testing.TB, x *Index, text string, extra ...kb.Synonyms) []string {
	tb.Helper()
	v := x.views.acquire()
	defer x.views.release(v)
	words := strings.Fields(text)
	var out []string
	for _, m := range v.meanings(x, words, extra) {
		covered := strings.Join(words[m.first:m.first+m.count], " ")
		if m.field == "" {
			var phrases []string
			for _, p := range m.phrases {
				phrases = append(phrases, strings.Join(p, "+"))
			}
			out = append(out, covered+" ~ "+strings.Join(phrases, ", "))
			continue
		}
		value := m.value
		for _, name := range []string{"vng", "ez", "gemeente-utrecht"} {
			if m.value == string(kb.DeriveID("test", name)) {
				value = name
			}
		}
		out = append(out, fmt.Sprintf("%s = %s %s", covered, m.field, value))
	}
	return out
}

func TestMeanings(t *testing.T) {
	x := named1(t)
	for text, want := range map[string][]string{
		"iets anders":                   nil,
		"bedrijventerrein in de Kempen": {"bedrijventerrein = THEME terreinen"},
		"business parks":                {"business parks = THEME terreinen"},
		"werklocaties":                  {"werklocaties = THEME terreinen"},
		"geheim":                        nil,
		"handreiking vng":               {"vng = ORGANISATION vng"},
		"vereniging van nederlandse gemeenten nu": {"vereniging van nederlandse gemeenten = ORGANISATION vng"},
		"vereniging van gemeenten":                nil,
		"wie is EZ":                               {"EZ = ORGANISATION ez"},
		"dat is ez":                               nil,
		"wij zijn WIJ":                            {"WIJ = ORGANISATION ez"},
		"stil genootschap":                        nil,

		"huizen bouwen": {"huizen ~ woning, eigen+stek"},
		"woningen":      {"woningen ~ huis, eigen+stek"},
		"eigen stek":    {"eigen stek ~ huis, woning"},
		"eigen huis":    {"huis ~ woning, eigen+stek"},
		"voertuigen":    {"voertuigen ~ auto, bakfiets"},
		"auto bakfiets": nil,

		"woningbouw in Zwolle":      {"Zwolle = MUNICIPALITY GM0193", "Zwolle = LABOUR_MARKET_REGION AM36"},
		"regio zwolle":              {"regio zwolle = LABOUR_MARKET_REGION AM36"},
		"den haag en den bosch":     {"den haag = MUNICIPALITY GM0518", "den bosch = MUNICIPALITY GM0796"},
		"'s-Hertogenbosch":          {"'s-Hertogenbosch = MUNICIPALITY GM0796"},
		"alphen aan den rijn":       {"alphen aan den rijn = MUNICIPALITY GM0484"},
		"Zuid-Holland":              {"Zuid-Holland = PROVINCE PV28"},
		"Utrecht":                   {"Utrecht = MUNICIPALITY GM0344", "Utrecht = PROVINCE PV26"},
		"provincie Utrecht":         {"provincie Utrecht = PROVINCE PV26"},
		"province of Utrecht":       {"province of Utrecht = PROVINCE PV26"},
		"gemeente Utrecht":          {"gemeente Utrecht = MUNICIPALITY GM0344", "gemeente Utrecht = ORGANISATION gemeente-utrecht"},
		"Achterhoek":                {"Achterhoek = LABOUR_MARKET_REGION AM09"},
		"corop Achterhoek":          {"corop Achterhoek = COROP CR14"},
		"regio Deventer":            {"regio Deventer = MUNICIPALITY GM0150"},
		"provincie":                 nil,
		"Maasdonk":                  {"Maasdonk = MUNICIPALITY GM0796", "Maasdonk = MUNICIPALITY GM0828"},
		"Soesterberg woningbouw":    {"Soesterberg = MUNICIPALITY GM0342"},
		"egmond aan zee":            {"egmond aan zee = MUNICIPALITY GM0373"},
		"gemeente Soesterberg":      {"gemeente Soesterberg = MUNICIPALITY GM0342"},
		"scholen in harkstede":      {"harkstede = MUNICIPALITY GM0014", "harkstede = MUNICIPALITY GM1952"},
		"publicaties over casussen": {"publicaties = TYPE publication", "casussen = TYPE case"},
	} {
		if diff := cmp.Diff(want, mean(t, x, text)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", text, diff)
		}
	}
}

// Words that are also the name of a place are that only when it shows.
func TestPlacesThatAreWords(t *testing.T) {
	x := named1(t)
	for text, want := range map[string]bool{
		"best practices": false, "Best practices": false, "wonen in Best": true, "Best": true, "best": false, "gemeente best": true,
		"oude huizen": false, "Huizen bouwen": false, "scholen in Huizen": true, "houten gevels": false, "leiden": false,
		"made by": false, "Broek op maat": false, "een broek": false, "gemeente een regio nes": false, "wonen in Broek": true,
		"dat is de punt": false, "De punt is": false, "dorpshuis De Punt": true, "ees en rha": false, "school in Rha": true,
		"musselen": false, "RFC: Een voorstel": false, "Een gastvrij Nederland": false, "giethoorn": true, "wijk aan zee": true, "oude meer": false,
	} {
		got := slices.ContainsFunc(mean(t, x, text), func(m string) bool { return strings.Contains(m, "MUNICIPALITY") })
		if got != want {
			t.Errorf("%s is a place: %v", text, got)
		}
	}
}

func TestPhrasesOfNames(t *testing.T) {
	x := named1(t)
	v := x.views.acquire()
	defer x.views.release(v)
	for text, want := range map[string][][]string{
		"VNG":              {termsOf(x.words, "Vereniging van Nederlandse Gemeenten")},
		"bedrijventerrein": {termsOf(x.words, "business parks"), termsOf(x.words, "werklocatie")},
		"zwolle":           nil,
	} {
		found := v.meanings(x, strings.Fields(text), nil)
		if len(found) == 0 {
			t.Fatalf("%s stands for nothing", text)
		}
		if diff := cmp.Diff(want, found[0].phrases); diff != "" {
			t.Errorf("%s (-want +got):\n%s", text, diff)
		}
	}
}

// Synonyms that are given with a request count beside those that are stored.
func TestSynonymsOfARequest(t *testing.T) {
	x := named1(t)
	extra := kb.Synonyms{Terms: []string{"huis", "tiny house"}}
	want := []string{"huis ~ woning, eigen+stek", "huis ~ " + strings.Join(termsOf(x.words, "tiny house"), "+"), "EZ = ORGANISATION ez"}
	if diff := cmp.Diff(want, mean(t, x, "huis EZ", extra)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(want[:1], mean(t, x, "huis")); diff != "" {
		t.Errorf("they stay behind (-want +got):\n%s", diff)
	}
}

func TestChips(t *testing.T) {
	x := named1(t)
	v := x.views.acquire()
	defer x.views.release(v)
	for text, want := range map[string][]kb.Recognised{
		"woningbouw gemeente Den Haag": {{Field: kb.FacetMunicipality, Value: "GM0518", Label: "Den Haag", Text: "gemeente Den Haag", Rest: "woningbouw"}},
		"Soesterberg woningbouw":       {{Field: kb.FacetMunicipality, Value: "GM0342", Label: "Soest", Text: "Soesterberg", Rest: "woningbouw"}},
		`"den haag" -utrecht`:          {{Field: kb.FacetMunicipality, Value: "GM0518", Label: "Den Haag", Text: "den haag", Rest: "-utrecht"}},
		`"wonen in zwolle" huis`:       nil,
		"corop achterhoek":             nil,
		"bedrijventerrein":             {{Field: kb.FacetTheme, Value: "terreinen", Label: "Bedrijventerreinen", Text: "bedrijventerrein"}},
	} {
		q := query.Parse(text)
		var words []string
		var items []int
		for i, it := range q.Items {
			if it.Excluded {
				continue
			}
			x.words.Tokens(it.Text, func(tok dutch.Token) {
				words, items = append(words, it.Text[tok.Start:tok.End]), append(items, i)
			})
		}
		if diff := cmp.Diff(want, chips(q, items, v.meanings(x, words, nil))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", text, diff)
		}
	}
}

// However long the query and however many names there are, the work is bounded.
func TestMeaningsOfManyWords(t *testing.T) {
	x := openIndex(t, t.TempDir(), Options{})
	docs := make([]kb.Document, 3_000)
	for i := range docs {
		name := "Stichting"
		for n := range 8 {
			name += fmt.Sprint(" a", (i>>n)%2)
		}
		docs[i] = card(t, &kb.Organisation{Name: name}, fmt.Sprint("o", i), nil)
	}
	put(t, x, 1, docs...)
	v := x.views.acquire()
	defer x.views.release(v)
	if found := v.meanings(x, strings.Fields("stichting a0 a1 a0 a1 a0 a1 a0 a1"), nil); len(found) != maxEndings || found[0].count != 9 {
		t.Errorf("%d meanings: %v", len(found), found)
	}
	for _, text := range []string{strings.Repeat("stichting a0 a1 a0 ", 500), strings.Repeat("regio den ", 1000), strings.Repeat("a-", 4000), "a b\u0301 \u0301 &"} {
		start := time.Now()
		v.meanings(x, strings.Fields(text), nil)
		if took := time.Since(start); took > 20*time.Millisecond {
			t.Errorf("%.20s…: %v", text, took)
		}
	}
}
