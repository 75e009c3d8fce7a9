package exchange

import (
	"bytes"
	"io"
	"testing"

	"leerkring/internal/kb"
)

// Reading and converting alone, which is fast: no input panics, every row is
// answered for, lines only go up, and what is accepted has what a record needs.
func FuzzRows(f *testing.F) {
	for _, seed := range []string{
		`{"id":"1","title":"a","themes":["wonen"],"date":"2020"}`,
		"titel;tekst;datum\na;\"b\nc\";31-12-2020\n",
		"\ufeff{\"title\":\"x\",\"type\":\"meeting\",\"programme\":[{\"speakers\":\"a,b\"}]}\n{",
		"{\"type\":\"case\",\"title\":\"x\",\"period\":{\"from\":[]},\"partners\":[\"a\"],\"contacts\":1e400}",
		"{\"title\":\"[a](b) ![c](d) <e> **f**\",\"text\":\"# kop\\n| a |\\n[[[[x](y\"}",
		"a\tb\n\"", "titel,\"x\n\"\"\"y\",z\n\xff,\xe9,\n", "\x1f\x8b\x08\x00",
	} {
		f.Add([]byte(seed))
	}
	opts := &Options{Source: "fuzz", Themes: kb.NewTaxonomy(kb.BuiltinThemes()), Regions: kb.NewGazetteer()}
	f.Fuzz(func(t *testing.T, data []byte) {
		in, err := decompress(bytes.NewReader(data))
		if err != nil {
			return
		}
		source, err := openRows(in)
		if err != nil {
			return
		}
		conv, err := newConverter(opts)
		if err != nil {
			t.Fatal(err)
		}
		for line := 0; ; {
			r, err := source.next()
			if err == io.EOF {
				return
			}
			if err != nil {
				if kb.CodeOf(err) == kb.Internal {
					t.Fatalf("an error without a code: %v", err)
				}
				return
			}
			if r.line <= line {
				t.Fatalf("line %d after line %d", r.line, line)
			}
			line = r.line
			if r.err == nil {
				checkConverted(t, conv, r)
			}
		}
	})
}

func checkConverted(t *testing.T, conv *converter, r row) {
	got, err := conv.convert(r)
	if err != nil {
		if kb.CodeOf(err) != kb.Invalid {
			t.Fatal(err)
		}
		return
	}
	h := got.entity.Base()
	if !h.ID.Valid() || h.Status == "" || h.Visibility == "" || h.Origin == nil {
		t.Fatalf("%+v", h)
	}
	if m, ok := got.entity.(kb.Material); ok && len([]rune(m.Shared().Summary)) > summaryMost+100 && m.Shared().Summary == Summarise(m.Shared().Body) {
		t.Fatalf("summary of %d characters", len([]rune(m.Shared().Summary)))
	}
}

func TestSummarise(t *testing.T) {
	long := "De gemeente bouwt 300 woningen aan de rand van de stad, samen met twee corporaties en een ontwikkelaar uit de regio. "
	for _, c := range []struct{ body, want string }{
		{"", ""},
		{"Kort.", "Kort."},
		{"# Kop\n\nEerste *zin*. [Tweede](https://x.nl/a_b) zin met `code` en __nadruk__.\n\n| a | b |\n|---|---|\n", "Eerste zin. Tweede zin met code en nadruk."},
		{"- punt één\n- punt twee\n1. punt drie\n> citaat", "punt één punt twee punt drie citaat"},
		{"![foto](x.png)Na de foto <br/>en een tag, maar 3 < 5.", "Na de foto en een tag, maar 3 < 5."},
		{"# Alleen een kop\n| en | een tabel |", "Alleen een kop en een tabel"},
		{long + long + "Een derde zin die er niet meer bij past.", long + long[:len(long)-1]},
		{"Met o.a. afkortingen, art. 3 en ca. 5 procent. Klaar.", "Met o.a. afkortingen, art. 3 en ca. 5 procent. Klaar."},
	} {
		if got := Summarise(c.body); got != c.want {
			t.Errorf("%q:\n got %q\nwant %q", c.body, got, c.want)
		}
	}
	endless := Summarise("zonder einde " + string(bytes.Repeat([]byte("é woord "), 500)))
	if n := len([]rune(endless)); n < summaryEnough || n > summaryLong+10 {
		t.Errorf("%d characters: %q", n, endless)
	}
}

func TestDates(t *testing.T) {
	for text, want := range map[string]kb.Date{
		"2024-05-31": "2024-05-31", "2024-05": "2024-05", "2024": "2024", "31-5-2024": "2024-05-31", "31/05/2024": "2024-05-31",
		"31 mei 2024": "2024-05-31", "1 maart 2023": "2023-03-01", "mei 2024": "2024-05", "20240531": "2024-05-31",
		"2024-05-31T10:00:00+02:00": "2024-05-31", "2024-05-31 10:00:00": "2024-05-31",
	} {
		if got := date(text); got != want || !got.Valid() {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	for _, text := range []string{"", "gisteren", "31-02-2024", "2024-13", "32 mei 2024", "0000-00-00", "mei", "1 mei 24", "99999"} {
		if got := date(text); got.Valid() {
			t.Errorf("%q: %q", text, got)
		}
	}
}
