package query_test

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/search/query"
)

// show writes items so that a table can be read: signs, field, value, years, text.
func show(items []query.Item) []string {
	var out []string
	for _, it := range items {
		out = append(out, showItem(it))
	}
	return out
}

func showItem(it query.Item) string {
	var b strings.Builder
	if it.Or {
		b.WriteString("or ")
	}
	if it.Excluded {
		b.WriteString("not ")
	}
	if it.Required {
		b.WriteString("must ")
	}
	switch it.Kind {
	case query.Phrase:
		b.WriteString("[" + it.Text + "]")
	case query.Fielded:
		b.WriteString(string(it.Field) + "=" + it.Text)
	default:
		b.WriteString(it.Text)
	}
	if it.Value != "" {
		b.WriteString("→" + it.Value)
	}
	return b.String()
}

func TestParse(t *testing.T) {
	tests := []struct {
		text string
		want []string
	}{
		{"huis en tuin", []string{"huis", "en", "tuin"}},
		{`"sociale huur" wonen`, []string{"[sociale huur]", "wonen"}},
		{`“sociale huur” „middenhuur” «koop woning»`, []string{"[sociale huur]", "[middenhuur]", "[koop woning]"}},
		{`'sociale huur' wonen`, []string{"[sociale huur]", "wonen"}},
		{`‘sociale huur’, wonen`, []string{"[sociale huur]", "wonen"}},
		{`'huur'`, []string{"huur"}},
		{"foto's van 's-Hertogenbosch in de jaren '80", []string{"foto's", "van", "'s-Hertogenbosch", "in", "de", "jaren", "80"}},
		{"'t Gooi en gemeenten' beleid", []string{"'t", "Gooi", "en", "gemeenten", "beleid"}},
		{"-kantoor +huis", []string{"not kantoor", "must huis"}},
		{`-"lege kantoren" +'oude stad'`, []string{"not [lege kantoren]", "must [oude stad]"}},
		{"wonen NIET zorg", []string{"wonen", "not zorg"}},
		{"wonen NOT zorg EN werk AND NIET -studie", []string{"wonen", "not zorg", "werk", "not studie"}},
		{"wonen OF huren OR kopen", []string{"wonen", "or huren", "or kopen"}},
		{"wonen of huren or niet and not", []string{"wonen", "of", "huren", "or", "niet", "and", "not"}},
		{"wonen OF -huren kopen", []string{"wonen", "not huren", "kopen"}},
		{"-wonen OF huren", []string{"not wonen", "huren"}},
		{"(wonen OF huren) (regio)", []string{"wonen", "or huren", "regio"}},
		{"arbeidsmarkt-regio 5-7 2019-2020", []string{"arbeidsmarkt-regio", "5-7", "2019-2020"}},
		{"huur- en koopwoningen, regels en -kosten", []string{"huur-", "en", "koopwoningen,", "regels", "en", "kosten"}},
		{"Zonnelaan 6 -2017 -8", []string{"Zonnelaan", "6", "2017", "8"}},
		{"wonen -2017 -2018 +en -zorg", []string{"wonen", "not 2017", "not 2018", "must en", "not zorg"}},
		{"--force -+x", []string{"force", "x"}},
		{`'-x' '+y'`, []string{"x", "y"}},
		{"OR", []string{"OR"}},
		{"rol van de OR", []string{"rol", "van", "de", "OR"}},
		{"OR gemeente", []string{"OR", "gemeente"}},
		{"NIET", []string{"NIET"}},
		{"OF EN NIET", []string{"OF", "EN", "NIET"}},
		{"-OR", []string{"not OR"}},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, show(query.Parse(tt.text).Items)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.text, diff)
		}
	}
}

func TestParseFields(t *testing.T) {
	tests := []struct {
		text string
		want []string
	}{
		{"thema:wonen theme:wonen THEMA:WONEN", []string{"theme=wonen", "theme=wonen", "theme=WONEN"}},
		{`regio:"Den Haag" region:'Den Haag' Regio:“Den Haag”`, []string{"region=Den Haag", "region=Den Haag", "region=Den Haag"}},
		{"regio:'Utrecht' regio:'s-Gravenhage", []string{"region=Utrecht", "region='s-Gravenhage"}},
		{"gemeente:Utrecht provincie:Utrecht arbeidsmarktregio:Achterhoek", []string{"municipality=Utrecht", "province=Utrecht", "labourMarketRegion=Achterhoek"}},
		{"municipality:Ede province:Gelderland", []string{"municipality=Ede", "province=Gelderland"}},
		{"-regio:Utrecht +thema:wonen NIET type:casus", []string{"not region=Utrecht", "must theme=wonen", "not type=casus→case"}},
		{"type:casussen OF soort:lessen", []string{"type=casussen→case", "or type=lessen→lesson"}},
		{"type:presentations type:Publicatie", []string{"type=presentations→presentation", "type=Publicatie→publication"}},
		{"taal:Engels language:nl taal:xyzzy", []string{"language=Engels→en", "language=nl→nl", "taal:xyzzy"}},
		{"samenwerking:regionaal collaboration:society", []string{"collaboration=regionaal→REGIONAL", "collaboration=society→SOCIETY"}},
		{"organisatie:VNG persoon:Jansen auteur:Jansen author:Jansen", []string{"organisation=VNG", "person=Jansen", "person=Jansen", "person=Jansen"}},
		{`titel:woningbouw title:"betaalbaar wonen"`, []string{"title=woningbouw", "title=betaalbaar wonen"}},
		{"regio:Utrecht, thema:wonen?", []string{"region=Utrecht", "theme=wonen"}},
		{"(regio:Utrecht)", []string{"region=Utrecht"}},
		{"foo:bar http://example.org/x?y=z 12:30", []string{"foo:bar", "http://example.org/x?y=z", "12:30"}},
		{`foo:"bar baz"`, []string{"foo:", "[bar baz]"}},
		{"thema: wonen regio:", []string{"thema:", "wonen", "regio:"}},
		{`regio:"" wonen`, []string{"wonen"}},
		{`regio:"Den Haag`, []string{"regio:", "Den", "Haag"}},
		{"type:boek samenwerking:x jaar:onbekend", []string{"type:boek", "samenwerking:x", "jaar:onbekend"}},
		{`jaar:"niet bekend"`, []string{"[niet bekend]"}},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, show(query.Parse(tt.text).Items)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.text, diff)
		}
	}
}

func TestParseYears(t *testing.T) {
	type years struct{ From, To int }
	tests := map[string]years{
		"jaar:2019":           {2019, 2019},
		"year:2019":           {2019, 2019},
		"jaar:2019..2023":     {2019, 2023},
		"jaar:2019...2023":    {2019, 2023},
		"jaar:2019…2023":      {2019, 2023},
		"jaar:2019-2023":      {2019, 2023},
		"jaar:2019–2023":      {2019, 2023},
		`jaar:"2019 - 2023"`:  {2019, 2023},
		"jaar:2023-2019":      {2019, 2023},
		"jaar:..2023":         {0, 2023},
		"jaar:2019..":         {2019, 0},
		"jaar:2019-":          {2019, 0},
		"jaar:>2019":          {2020, 0},
		"jaar:>=2019":         {2019, 0},
		"jaar:<2019":          {0, 2018},
		"jaar:<=2019":         {0, 2019},
		"jaar:2019,":          {2019, 2019},
		"jaar:..":             {},
		"jaar:>":              {},
		"jaar:19":             {},
		"jaar:0019":           {},
		"jaar:+2019":          {},
		"jaar:20190":          {},
		"jaar:2019..x":        {},
		"jaar:>>2019":         {},
		"jaar:2019..2020..21": {},
		"jaar:-2019":          {0, 2019},
	}
	for text, want := range tests {
		it := query.Parse(text).Items
		var got years
		if len(it) > 0 && it[0].Kind == query.Fielded {
			got = years{it[0].From, it[0].To}
		}
		if got != want {
			t.Errorf("%s: got %v, want %v", text, got, want)
		}
	}
}

func TestParseOddTexts(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"nothing", "", nil},
		{"blanks", " \t\r\n\u00a0\u3000", nil},
		{"only signs", "- -- + * : ? … & () \"\" '' ! +-", nil},
		{"emoji", "🏠 👩‍👩‍👧", nil},
		{"an emoji beside a word", "🏠 huis🏠", []string{"huis🏠"}},
		{"one letter", "a", []string{"a"}},
		{"an unbalanced quote", `wonen "in Utrecht`, []string{"wonen", "in", "Utrecht"}},
		{"three quotes", `"a b" c "d`, []string{"[a b]", "c", "d"}},
		{"inches", `17" scherm en 24" scherm`, []string{"17", "scherm", "en", "24", "scherm"}},
		{"control characters", "a\x00b\x1bc\x7fd", []string{"a", "b", "c", "d"}},
		{"not UTF-8", "hu\xffis\xc3", []string{"hu", "is"}},
		{"right to left", "שלום \"עולם גדול\" -מלחמה", []string{"שלום", "[עולם גדול]", "not מלחמה"}},
		{"Arabic with digits", "مرحبا ١٢", []string{"مرحبا", "١٢"}},
		{"an override of direction", "\u202eregio\u202c", []string{"\u202eregio\u202c"}},
		{"a regular expression", `^(a|b)*.+?[c-d]{2,}$`, []string{"a|b", "*.+?[c-d]{2,}$"}},
		{"SQL", `'; DROP TABLE material; --`, []string{"DROP", "TABLE", "material;"}},
		{"a query of another engine", `title:(huis AND tuin)~2^3`, []string{"title:", "huis", "tuin", "~2^3"}},
		{"markup", `<script>alert("x")</script>`, []string{"<script>alert", "[x]", "</script>"}},
		{"a byte order mark", "\ufeffhuis", []string{"huis"}},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, show(query.Parse(tt.text).Items)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

func TestOffsets(t *testing.T) {
	const text = `(huis) OF  -x  NIET "a b", a OR +regio:"Den Haag"`
	var got []string
	for _, it := range query.Parse(text).Items {
		got = append(got, text[it.Start:it.End])
	}
	if diff := cmp.Diff([]string{"huis", "-x", `NIET "a b"`, "a", `OR +regio:"Den Haag"`}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestLongTexts(t *testing.T) {
	tests := []struct {
		name, text string
		length     int
		items      int
	}{
		{"letters", strings.Repeat("a", 10_000), query.MaxText, 1},
		{"letters of two bytes", "x" + strings.Repeat("é", 10_000), query.MaxText - 1, 1},
		{"words", strings.Repeat("woning ", 10_000), 3996, query.MaxItems},
		{"a word that just fits", strings.Repeat("b ", query.MaxText/2-1) + "cc dd", query.MaxText, query.MaxItems},
		{"quotes", strings.Repeat(`"`, 10_000), query.MaxText, 0},
		{"quotes that open", strings.Repeat(` "`, 10_000), query.MaxText, 0},
		{"apostrophes that open", strings.Repeat(" 'a", 10_000), query.MaxText - 1, query.MaxItems},
		{"signs", strings.Repeat("-", 10_000), query.MaxText, 0},
		{"bytes that are no text", strings.Repeat("\xff", 10_000), 1, 0},
	}
	for _, tt := range tests {
		start := time.Now()
		q := query.Parse(tt.text)
		if took := time.Since(start); took > 50*time.Millisecond {
			t.Errorf("%s: took %v", tt.name, took)
		}
		if len(q.Text) != tt.length || len(q.Items) != tt.items || !utf8.ValidString(q.Text) {
			t.Errorf("%s: %d bytes and %d items, want %d and %d", tt.name, len(q.Text), len(q.Items), tt.length, tt.items)
		}
	}
}

func TestPlain(t *testing.T) {
	for text, want := range map[string]bool{
		"": true, "huis en tuin": true, "OR": true, "foo:bar": true, "(huis)": true,
		`"huis"`: false, "-huis": false, "+huis": false, "a OF b": false, "thema:wonen": false,
	} {
		if got := query.Parse(text).Plain(); got != want {
			t.Errorf("%s: got %v, want %v", text, got, want)
		}
	}
}
