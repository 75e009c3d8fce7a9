package web

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
	"leerkring/internal/web/operations"
)

// TestFormsHaveSoundTables: names are used once, every field has a label in both
// languages, and what refers to records says to which.
func TestFormsHaveSoundTables(t *testing.T) {
	for _, k := range recordKinds() {
		names := map[string]bool{}
		for _, f := range flat(k.form()) {
			if names[f.name] {
				t.Errorf("%s asks %s twice", k.typ, f.name)
			}
			names[f.name] = true
			for _, f := range append([]field{f}, f.parts...) {
				if f.label.NL == "" || f.label.EN == "" || (f.help.NL == "") != (f.help.EN == "") {
					t.Errorf("%s: %s lacks words", k.typ, f.name)
				}
				if (f.as == one || f.as == many) != (len(f.of) > 0) || (f.as == choice || f.as == choices) != (len(f.options) > 0) || (f.as == group || f.as == rows) != (len(f.parts) > 0) {
					t.Errorf("%s: %s is not whole", k.typ, f.name)
				}
				for _, of := range f.of {
					if kindOf(of).typ == "" {
						t.Errorf("%s: %s refers to a %s", k.typ, f.name, of)
					}
				}
			}
		}
		if kindAt(k.word).typ != k.typ {
			t.Errorf("%s is not at its own word", k.typ)
		}
	}
}

func TestCompact(t *testing.T) {
	f := together("rows", rows, "", "", ask("a", line, "", ""), ask("b", lines, "", ""))
	values := url.Values{"rows.0.a": {" "}, "rows.1.a": {"één"}, "rows.3.b": {"twee"}, "rows.5.c": {"x"}, "rows.200.a": {"te ver"}, "ander": {"y"}}
	f.compact(values)
	want := url.Values{"rows.0.a": {"één"}, "rows.0.b": nil, "rows.1.a": nil, "rows.1.b": {"twee"}, "rows.5.c": {"x"}, "rows.200.a": {"te ver"}, "ander": {"y"}}
	if diff := cmp.Diff(want, values); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestSame(t *testing.T) {
	text, chosen := ask("x", line, "", ""), ask("x", themes, "", "")
	rowed, grouped := together("x", rows, "", "", ask("a", line, "", "")), together("x", group, "", "", ask("a", line, "", ""))
	for _, c := range []struct {
		f    field
		a, b url.Values
		want bool
	}{
		{text, url.Values{"x": {" a\n"}}, url.Values{"x": {"a"}}, true},
		{text, url.Values{}, url.Values{"x": {"a"}}, false},
		{chosen, url.Values{"x": {"a", "b"}}, url.Values{"x": {"b", "a"}}, true},
		{chosen, url.Values{"x": {"a"}}, url.Values{"x": {"b", "a"}}, false},
		{chosen, url.Values{"x": {"a", "c"}}, url.Values{"x": {"b", "a"}}, false},
		{grouped, url.Values{"x.a": {"1"}}, url.Values{"x.a": {"1"}}, true},
		{grouped, url.Values{"x.a": {"1"}}, url.Values{}, false},
		{rowed, url.Values{"x.0.a": {"1"}}, url.Values{"x.0.a": {"1"}}, true},
		{rowed, url.Values{"x.0.a": {"1"}}, url.Values{"x.0.a": {"2"}}, false},
		{rowed, url.Values{"x.0.a": {"1"}}, url.Values{"x.0.a": {"1"}, "x.1.a": {"2"}}, false},
	} {
		if got := c.f.same(c.a, c.b, ""); got != c.want {
			t.Errorf("%v and %v: %v", c.a, c.b, got)
		}
	}
}

func TestFieldOf(t *testing.T) {
	fields := flat(caseForm())
	for path, want := range map[string]string{
		"title": "title", "input.title": "title", "lessons[3]": "lessons", "partners[2].role": "partners.2.role", "period.from": "period.from", "period": "period", "": "", "onbekend": "",
	} {
		if got := fieldOf(fields, path); got != want {
			t.Errorf("%q is about %q, want %q", path, got, want)
		}
	}
	if got := fieldOf(flat(organisationForm()), "kind"); got != "organisationKind" {
		t.Errorf("kind is about %q", got)
	}
}

func TestReadDate(t *testing.T) {
	for text, want := range map[string]string{
		"2024": "2024", "2024-03": "2024-03", "2024-3-5": "2024-03-05", "5-3-2024": "2024-03-05", "05/03/2024": "2024-03-05", "3-2024": "2024-03", "5.3.2024": "2024-03-05",
		"31-2-2024": "", "gisteren": "", "24": "", "": "", "2024-": "", "-": "", "1-1-1-2024": "",
	} {
		got, ok := readDate(text)
		if !ok {
			got = ""
		}
		if got != want {
			t.Errorf("%q is read as %q, want %q", text, got, want)
		}
	}
}

// TestFillingNeverPanics: whatever GraphQL gives, a form can be filled with it.
func TestFillingNeverPanics(t *testing.T) {
	for _, k := range recordKinds() {
		for _, f := range flat(k.form()) {
			for _, value := range []any{nil, "tekst", 3.5, true, []any{}, []any{nil, "x", 1.0, map[string]any{}}, map[string]any{"x": nil}, map[string]any{"id": 3}} {
				f.fill(newFiller(time.UTC), "", value)
			}
		}
	}
}

// FuzzReadForm reads any form as every kind without names that must be looked up: it
// may note what is wrong, and must not panic; what it reads, it reads again.
func FuzzReadForm(f *testing.F) {
	f.Add("title=x&period.from=2024&partners.0.role=y&reviewBy=1-1-2024")
	f.Add("partners.999999.role=x&partners.-1.role=&lessons=%0a%0aa%0d%0ab&pages=1.000&start=2024-01-01T10:00")
	f.Add("visibility=PUBLIC&visibility=TEAM&consent=ja&themes=a&themes=&email.value=x")
	v := &visit{site: &site{zone: time.UTC, messages: messages()}, lang: dutch}
	f.Fuzz(func(t *testing.T, form string) {
		values, err := url.ParseQuery(form)
		if err != nil || len(form) > 4_000 {
			return
		}
		for _, k := range recordKinds() {
			for _, field := range withoutReferences(flat(k.form())) {
				field.compact(values)
				r := v.reader(values, map[string]reference{})
				first := field.read(r, "")
				if second := field.read(v.reader(values, map[string]reference{}), ""); !cmp.Equal(first, second) {
					t.Errorf("%s is read as %v and as %v", field.name, first, second)
				}
				if !field.same(values, values, "") {
					t.Errorf("%s differs from itself", field.name)
				}
				for _, n := range r.notes.order {
					if !strings.HasPrefix(n.name, field.name) {
						t.Errorf("a note on %q about %q", field.name, n.name)
					}
				}
			}
		}
	})
}

// withoutReferences leaves out what refers to other records.
func withoutReferences(fields []field) []field {
	var out []field
	for _, f := range fields {
		if f.as == one || f.as == many {
			continue
		}
		f.parts = withoutReferences(f.parts)
		out = append(out, f)
	}
	return out
}

// FuzzComeBack: where one goes on after signing in is a path of this site.
func FuzzComeBack(f *testing.F) {
	for _, s := range []string{"/themas?x=y", "//evil.example", `/\evil.example`, "https://evil.example", "/%2fevil", "/%0d%0a"} {
		f.Add(s)
	}
	v := &visit{lang: english}
	f.Fuzz(func(t *testing.T, to string) {
		got := v.address(comeBack(to))
		u, err := url.Parse(got)
		if err != nil || u.Host != "" || u.Scheme != "" || !strings.HasPrefix(got, "/en/") || strings.ContainsAny(got, "\r\n\\") {
			t.Errorf("%q leads to %q", to, got)
		}
	})
}

// TestRefusals: what GraphQL finds wrong stands at the field, or above the form.
func TestRefusals(t *testing.T) {
	n := &notes{}
	n.refused(flat(caseForm()), []operations.Problem{{Field: "partners[1].organisation", Message: "A"}, {Field: "", Message: "B"}, {Field: "partners[1].organisation", Message: "C"}})
	if got := n.about("partners.1.organisation"); got != "A C" {
		t.Errorf("at the field %q", got)
	}
	if got := n.about(""); got != "B" {
		t.Errorf("above the form %q", got)
	}
	if got := labelOf(flat(caseForm()), "partners.1.organisation"); got != (kb.Text{NL: "Partner", EN: "Partner"}) {
		t.Errorf("called %v", got)
	}
}
