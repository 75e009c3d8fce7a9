package office

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/extract/format"
	"leerkring/internal/kb"
)

func gathered(f *findings) *kb.Reading {
	r := &kb.Reading{}
	f.fill(r)
	return r
}

func TestEqualFindingsOfAPageAreOne(t *testing.T) {
	f := newFindings(format.Defaults())
	f.add(kb.FindingComment, 2, "eerste")
	f.add(kb.FindingComment, 2, "tweede")
	f.add(kb.FindingNoAlternative, 1, "")
	f.add(kb.FindingHiddenText, 1, "")
	f.add(kb.FindingHiddenText, 1, "later")
	f.add(kb.FindingExternalLink, 1, "http://a.example")
	f.add(kb.FindingExternalLink, 1, "http://b.example")
	f.add(kb.FindingExternalLink, 1, "http://a.example")
	r := gathered(f)
	if diff := cmp.Diff([]kb.Finding{
		{Type: kb.FindingNoAlternative, Page: 1},
		{Type: kb.FindingHiddenText, Page: 1, Passage: "later", Count: 2},
		{Type: kb.FindingExternalLink, Page: 1, Passage: "http://a.example", Count: 2},
		{Type: kb.FindingExternalLink, Page: 1, Passage: "http://b.example"},
		{Type: kb.FindingComment, Page: 2, Passage: "eerste", Count: 2},
	}, r.Findings); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]kb.Aside{
		{Page: 2, Type: kb.FindingComment, Text: "eerste"},
		{Page: 2, Type: kb.FindingComment, Text: "tweede"},
		{Page: 1, Type: kb.FindingHiddenText, Text: "later"},
	}, r.Asides); diff != "" {
		t.Error(diff)
	}
}

func TestPlacesBecomePages(t *testing.T) {
	f := newFindings(format.Defaults())
	f.add(kb.FindingComment, 0, "los")
	f.add(kb.FindingComment, 1, "een")
	f.add(kb.FindingComment, 2, "twee")
	f.add(kb.FindingComment, 7, "drie")
	f.move(func(place int) int { return place/2 + 1 })
	r := gathered(f)
	if diff := cmp.Diff([]kb.Finding{
		{Type: kb.FindingComment, Passage: "los"},
		{Type: kb.FindingComment, Page: 1, Passage: "een", Count: 2},
		{Type: kb.FindingComment, Page: 4, Passage: "drie"},
	}, r.Findings); diff != "" {
		t.Error(diff)
	}
	if len(r.Asides) != 4 || r.Asides[0].Page != 0 || r.Asides[2].Page != 1 || r.Asides[3].Page != 4 {
		t.Errorf("asides: %v", r.Asides)
	}
}

func TestFindingsAreBounded(t *testing.T) {
	f := newFindings(format.Defaults())
	for page := range 2 * maxFindings {
		f.add(kb.FindingNoAlternative, page, "")
	}
	f.add(kb.FindingComment, 1, "BSN 123456782")
	r := gathered(f)
	if len(r.Findings) != maxFindings {
		t.Errorf("%d findings, want %d", len(r.Findings), maxFindings)
	}
	if len(r.Asides) != 1 {
		t.Error("a comment that has no finding is not checked")
	}
	f = newFindings(format.Defaults())
	f.add(kb.FindingComment, 1, " "+strings.Repeat("é\t", maxPassage))
	passage := gathered(f).Findings[0].Passage
	if n := utf8.RuneCountInString(passage); n != maxPassage+1 || !strings.HasSuffix(passage, "…") || strings.Contains(passage, "\t") {
		t.Errorf("a passage of %d runes: %q", n, passage)
	}
}

func TestAsidesKeepToTheLimitOnText(t *testing.T) {
	for name, c := range map[string]struct {
		limit int64
		texts []string
		want  []string
		cut   bool
	}{
		"within":            {1000, []string{"een", "twee"}, []string{"een", "twee"}, false},
		"a long one":        {asideCost + 3, []string{"éé één"}, []string{"é"}, true},
		"after a long one":  {asideCost + 3, []string{"een twee", "drie"}, []string{"een"}, true},
		"no room at all":    {asideCost - 1, []string{"een"}, nil, true},
		"spaces are no one": {1000, []string{" \n\t"}, nil, false},
	} {
		limits := format.Defaults()
		limits.Text = c.limit
		f := newFindings(limits)
		for _, text := range c.texts {
			f.add(kb.FindingComment, 1, text)
		}
		r := gathered(f)
		var got []string
		for _, a := range r.Asides {
			got = append(got, a.Text)
		}
		if diff := cmp.Diff(c.want, got); diff != "" || r.Cut != c.cut {
			t.Errorf("%s: cut %v, want %v %s", name, r.Cut, c.cut, diff)
		}
	}
}

func TestPagesKeepToTheirLimits(t *testing.T) {
	limits := format.Defaults()
	limits.Pages, limits.Text = 2, 7
	p := newPages(limits)
	if !p.add(kb.ReadPage{Number: 1, Title: "Een", Text: "een"}) || p.cut {
		t.Error("the first page has no room")
	}
	if p.add(kb.ReadPage{Number: 2, Text: "ééé", Notes: "meer"}) || !p.cut {
		t.Error("the limit on text is not met")
	}
	if p.add(kb.ReadPage{Number: 3}) {
		t.Error("a third page has room")
	}
	if diff := cmp.Diff([]kb.ReadPage{{Number: 1, Title: "Een", Text: "een"}, {Number: 2, Text: "éé"}}, p.list); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]kb.OutlineEntry{{Title: "Een", Page: 1, Level: 1}}, p.outline()); diff != "" {
		t.Error(diff)
	}
}

func TestPropertiesOfADocument(t *testing.T) {
	core := func(x string) *kb.Reading {
		return mustRead(t, ReadDOCX, document(para("x"), "docProps/core.xml", `<cp:coreProperties>`+x+`</cp:coreProperties>`))
	}
	for name, c := range map[string]struct {
		xml  string
		got  func(*kb.Reading) any
		want any
	}{
		"a title":             {`<dc:title> Nota  </dc:title>`, func(r *kb.Reading) any { return r.Title }, "Nota"},
		"a subject":           {`<dc:subject>wonen</dc:subject><dc:description>lang</dc:description>`, func(r *kb.Reading) any { return r.Subject }, "wonen"},
		"a description":       {`<dc:description>lang</dc:description>`, func(r *kb.Reading) any { return r.Subject }, "lang"},
		"a long title":        {`<dc:title>` + strings.Repeat("a", 3*maxProperty) + `</dc:title>`, func(r *kb.Reading) any { return len(r.Title) }, maxProperty},
		"authors":             {`<dc:creator>Ans;Bea; ;Ans</dc:creator>`, func(r *kb.Reading) any { return strings.Join(r.Authors, "|") }, "Ans|Bea"},
		"keywords":            {`<cp:keywords>a, b;c` + "\n" + `d</cp:keywords>`, func(r *kb.Reading) any { return strings.Join(r.Keywords, "|") }, "a|b|c|d"},
		"too many keywords":   {`<cp:keywords>` + strings.Repeat("a,b,c,", 5) + `</cp:keywords>`, func(r *kb.Reading) any { return len(r.Keywords) }, 3},
		"a language":          {`<dc:language>NL_nl</dc:language>`, func(r *kb.Reading) any { return r.Language }, "nl"},
		"no language":         {`<dc:language>zxx</dc:language>`, func(r *kb.Reading) any { return r.Language }, ""},
		"a word as language":  {`<dc:language>Nederlands</dc:language>`, func(r *kb.Reading) any { return r.Language }, ""},
		"a date":              {`<dcterms:created>2024-03-01T12:00:00+02:00</dcterms:created>`, func(r *kb.Reading) any { return r.Created.Format("2006-01-02 15:04") }, "2024-03-01 10:00"},
		"a day":               {`<dcterms:modified>2024-03-01</dcterms:modified>`, func(r *kb.Reading) any { return r.Modified.Format("2006-01-02") }, "2024-03-01"},
		"no date":             {`<dcterms:created>gisteren</dcterms:created>`, func(r *kb.Reading) any { return r.Created == nil }, true},
		"the year of zero":    {`<dcterms:created>1601-01-01T00:00:00Z</dcterms:created>`, func(r *kb.Reading) any { return r.Created == nil }, true},
		"broken":              {`<dc:title>Nota</dc:title><`, func(r *kb.Reading) any { return r.Title }, "Nota"},
		"the manager":         {`<Manager>Cor</Manager>`, func(r *kb.Reading) any { return found(r, kb.FindingPropertyName)[0].Passage }, "Manager: Cor"},
		"what is of no field": {`<cp:category>geheim</cp:category>`, func(r *kb.Reading) any { return r.Asides[0].Text }, "category: geheim"},
	} {
		if diff := cmp.Diff(c.want, c.got(core(c.xml))); diff != "" {
			t.Error(name, diff)
		}
	}
}

func TestTargetsOfRelationsStayInTheArchive(t *testing.T) {
	for _, c := range []struct{ from, target, want string }{
		{"word/document.xml", "styles.xml", "word/styles.xml"},
		{"word/document.xml", "../docProps/a.xml", "docProps/a.xml"},
		{"word/document.xml", "/xl/a.xml", "xl/a.xml"},
		{"word/document.xml", `media\a.png`, "word/media/a.png"},
		{"word/document.xml", "a%20b.xml", "word/a b.xml"},
		{"word/document.xml", "a%zz.xml", "word/a%zz.xml"},
		{"word/document.xml", "a.xml#rId4", "word/a.xml"},
		{"word/document.xml", "../../../etc/passwd", "etc/passwd"},
		{"word/document.xml", "%2e%2e/%2e%2e/etc/passwd", "etc/passwd"},
		{"", "word/document.xml", "word/document.xml"},
	} {
		if got := resolve(c.from, c.target); got != c.want {
			t.Errorf("%q from %q: %q, want %q", c.target, c.from, got, c.want)
		}
	}
}

func TestLinksThatLeadOutOfADocument(t *testing.T) {
	for href, want := range map[string]bool{
		"https://x.example/a": true, "file:///C:/a": true, "../a.png": true, "//x.example/a": true,
		"Pictures/a.png": false, "./Object 1": false, "#anker": false, "Pictures/a:b.png": false, "": false,
	} {
		if got := external(href); got != want {
			t.Errorf("%q: %v, want %v", href, got, want)
		}
	}
}
