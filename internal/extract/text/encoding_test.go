package text

import (
	"encoding/binary"
	"errors"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/extract/format"
	"leerkring/internal/kb"
)

func inUTF16(text string, order binary.AppendByteOrder) string {
	var b []byte
	for _, unit := range utf16.Encode([]rune("\ufeff" + text)) {
		b = order.AppendUint16(b, unit)
	}
	return string(b)
}

func inLatin(text string) string {
	return strings.NewReplacer("é", "\xe9", "€", "\x80").Replace(text)
}

// A table in each format and each encoding says the same.
func TestEveryFormatInEveryEncoding(t *testing.T) {
	const line = "één café kost € 5"
	for kind, c := range map[string]struct {
		read    format.Reader
		content string
		want    string
	}{
		"text":     {ReadText, line + "\r\ntwee", line + "\ntwee"},
		"old Mac":  {ReadText, line + "\rtwee", line + "\ntwee"},
		"a form":   {ReadText, line + "\ftwee", line + "\ntwee"},
		"Markdown": {ReadMarkdown, "# " + line + "\r\ntwee", line + "\ntwee"},
		"CSV":      {ReadCSV, line + ";b\r\ntwee;d\r\n", line + "\tb\ntwee\td"},
		"HTML":     {ReadHTML, "<html><body><p>" + line + "</p>\r\n<p>twee</p>", line + "\ntwee"},
		// What a browser looks at first is plain ASCII.
		"HTML with a long head": {ReadHTML, "<html><head><style>" + strings.Repeat("p {}\n", 500) + "</style></head><p>" + line + "<p>twee", line + "\ntwee"},
	} {
		for encoding, content := range map[string]string{
			"UTF-8":              c.content,
			"UTF-8, with a mark": "\ufeff" + c.content,
			"UTF-16, little":     inUTF16(c.content, binary.LittleEndian),
			"UTF-16, big":        inUTF16(c.content, binary.BigEndian),
			"Windows-1252":       inLatin(c.content),
		} {
			if got := mustRead(t, c.read, content).Pages[0].Text; got != c.want {
				t.Errorf("%s in %s: %q, want %q", kind, encoding, got, c.want)
			}
		}
	}
}

func TestWhatAPageSaysOfItsEncoding(t *testing.T) {
	for name, page := range map[string]string{
		"Latin":          "<meta charset=iso-8859-1><p>caf\xe9",
		"as HTML 4":      `<meta http-equiv="Content-Type" content="text/html; charset=windows-1252"><p>caf` + "\xe9",
		"of the Mac":     "<meta charset=macintosh><p>caf\x8e",
		"UTF-8":          "<meta charset=utf-8><p>café",
		"not known":      "<meta charset=geen><p>café",
		"a mark wins":    "\ufeff<meta charset=iso-8859-1><p>café",
		"with an entity": "<p>caf&eacute;",
		"by its number":  "<p>caf&#233;",
		"in hexadecimal": "<p>caf&#xE9;",
	} {
		if got := mustRead(t, ReadHTML, page).Pages[0].Text; got != "café" {
			t.Errorf("%s: %q, want café", name, got)
		}
	}
}

func TestALimitThatCutsThroughALetter(t *testing.T) {
	for name, c := range map[string]struct {
		content string
		want    string
	}{
		"two bytes":  {"een é", "een"},
		"three":      {"een €", "een"},
		"none":       {"een x", "een x"},
		"only a cut": {"ee é €", "ee é"},
	} {
		in := of(c.content + " en meer")
		in.Limits.Part = int64(strings.Index(c.content, " ") + 2)
		if name == "only a cut" {
			in.Limits.Part = 7 // within the sign of the euro
		}
		r, err := ReadText(in)
		if err != nil || !r.Cut {
			t.Errorf("%s: %+v, %v; want what is before the limit", name, r, err)
			continue
		}
		if got := strings.TrimRight(r.Pages[0].Text, " \ufffd"); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestAPageThatIsCutThroughALetter(t *testing.T) {
	in := of("<style>" + strings.Repeat("p {}\n", 500) + "</style><p>één €")
	in.Limits.Part = in.Size - 1
	r, err := ReadHTML(in)
	if err != nil || !r.Cut || strings.TrimRight(r.Pages[0].Text, " \ufffd") != "één" {
		t.Errorf("%+v, %v", r, err)
	}
}

func TestALastLetterInLatin(t *testing.T) {
	for kind, read := range map[string]format.Reader{"text": ReadText, "Markdown": ReadMarkdown, "CSV": ReadCSV, "HTML": ReadHTML} {
		if got := mustRead(t, read, "caf\xe9").Pages[0].Text; got != "café" {
			t.Errorf("%s: %q, want café", kind, got)
		}
	}
}

func TestEveryStateOfEveryFormat(t *testing.T) {
	readers := map[string]format.Reader{"text": ReadText, "Markdown": ReadMarkdown, "CSV": ReadCSV, "HTML": ReadHTML}
	for name, c := range map[string]struct {
		content string
		want    kb.ExtractionState
		only    string // readers, with a space after each; "" for all
	}{
		"nothing":            {"", kb.ExtractionEmpty, ""},
		"spaces":             {" \r\n\t\n", kb.ExtractionEmpty, ""},
		"a mark alone":       {"\ufeff", kb.ExtractionEmpty, ""},
		"bytes":              {strings.Repeat("\x00\x01\xff", 50), kb.ExtractionBroken, "text Markdown CSV "},
		"marks of headings":  {"\n\n", kb.ExtractionEmpty, "Markdown "},
		"front matter alone": {"---\ntitle: Nota\n---\n", kb.ExtractionEmpty, "Markdown "},
		"a fence alone":      {"```\n```\n", kb.ExtractionEmpty, "Markdown "},
		"empty cells":        {";;\n;;\n", kb.ExtractionEmpty, "CSV "},
		"empty quotes":       {"\"\";\"\"\n", kb.ExtractionEmpty, "CSV "},
		"a page of a script": {"<script>een</script>", kb.ExtractionEmpty, "HTML "},
		"a page of a title":  {"<title>een</title>", kb.ExtractionEmpty, "HTML "},
		"a comment":          {"<!-- een -->", kb.ExtractionEmpty, "HTML "},
		"tags":               {"<p><br></p>", kb.ExtractionEmpty, "HTML "},
	} {
		for kind, read := range readers {
			if c.only != "" && !strings.Contains(c.only, kind+" ") {
				continue
			}
			_, err := read(of(c.content))
			if problem, ok := errors.AsType[*format.Problem](err); !ok || problem.State != c.want {
				t.Errorf("%s as %s: %v, want %s", name, kind, err, c.want)
			}
		}
	}
}

func TestFrontMatter(t *testing.T) {
	for name, c := range map[string]struct {
		content string
		want    kb.Reading // title, authors, keywords, language
		text    string
	}{
		"none":              {"een", kb.Reading{}, "een"},
		"a title":           {"---\ntitle: Nota wonen\n---\neen", kb.Reading{Title: "Nota wonen"}, "een"},
		"between quotes":    {"---\ntitle: 'Nota: wonen'\n---\neen", kb.Reading{Title: "Nota: wonen"}, "een"},
		"lines of Windows":  {"---\r\ntitle: Nota\r\nlang: nl\r\n---\r\neen", kb.Reading{Title: "Nota", Language: "nl"}, "een"},
		"two authors":       {"---\nauthor: Ans\nauthor: Bea\n---\neen", kb.Reading{Authors: []string{"Ans", "Bea"}}, "een"},
		"tags":              {"---\ntags: wonen, werk\n---\neen", kb.Reading{Keywords: []string{"wonen", "werk"}}, "een"},
		"a list of words":   {"---\nkeywords: [wonen, werk]\n---\neen", kb.Reading{Keywords: []string{"wonen", "werk"}}, "een"},
		"another language":  {"---\nlanguage: en-GB\n---\neen", kb.Reading{Language: "en"}, "een"},
		"what is not known": {"---\nlayout: post\n---\neen", kb.Reading{}, "een"},
		"a value of none":   {"---\ntitle:\n---\neen", kb.Reading{}, "een"},
		"further down":      {"een\n---\ntitle: Nota\n---\n", kb.Reading{}, "een\n---\ntitle: Nota\n---"},
		"that never ends":   {"---\ntitle: Nota\neen", kb.Reading{}, "---\ntitle: Nota\neen"},
	} {
		r := mustRead(t, ReadMarkdown, c.content)
		got := kb.Reading{Title: r.Title, Authors: r.Authors, Keywords: r.Keywords, Language: r.Language}
		if diff := cmp.Diff(c.want, got); diff != "" || r.Pages[0].Text != c.text {
			t.Errorf("%s: %q, want %q\n%s", name, r.Pages[0].Text, c.text, diff)
		}
	}
}
