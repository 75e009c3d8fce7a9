//go:build unix

package extract

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/extract/format"
	"leerkring/internal/kb"
)

// What a file is, its content says: another name changes neither the state that a real
// child gives nor the text.
func TestNamesDoNotDecideInAChild(t *testing.T) {
	type outcome struct {
		State  kb.ExtractionState
		Format string
		Text   string
	}
	contents := map[string]string{
		"a deck":         colours(t, "#ff0000"),
		"a web page":     "<!doctype html><html lang=nl><head><title>Plan</title></head><body><p>Wonen in de regio</p></body></html>",
		"a program":      "\x7fELF\x02\x01\x01\x00\x00",
		"an empty file":  "",
		"half a PDF":     "%PDF-1.7 and no more",
		"half a picture": "\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR",
	}
	want := map[string]outcome{
		"a deck":         {kb.ExtractionRead, format.ODP, "Dia 0"},
		"a web page":     {kb.ExtractionRead, format.HTML, "Wonen in de regio"},
		"a program":      {State: kb.ExtractionUnsupported},
		"an empty file":  {State: kb.ExtractionEmpty},
		"half a PDF":     {State: kb.ExtractionBroken, Format: format.PDF},
		"half a picture": {State: kb.ExtractionBroken, Format: format.Image},
	}
	x := opening(t, Config{Cache: compiled(t)})
	for _, name := range []string{"plan.odp", "plan.html", "plan.pdf", "plan.exe", "plan", "../../etc/passwd", "plan.docx\x00.png", ".zip"} {
		got := map[string]outcome{}
		for what, content := range contents {
			r, err := x.Read(t.Context(), source(name, content))
			if err != nil {
				t.Fatalf("%s as %q: %v", what, name, err)
			}
			o := outcome{State: r.State, Format: r.Format}
			if len(r.Pages) > 0 {
				o.Text = r.Pages[0].Text
			}
			got[what] = o
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q: %s", name, diff)
		}
	}
}
