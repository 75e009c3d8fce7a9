package main

import (
	"bytes"
	"strings"
	"testing"

	"leerkring/internal/app"
	"leerkring/internal/kb"
)

// What may be used to sign in goes to stdout; stderr, which ends up in logs, has none of it.
func TestWelcome(t *testing.T) {
	begun := app.Started{
		URL: "http://127.0.0.1:1", FirstAdmin: "http://127.0.0.1:1/begin/geheim", DemoPassword: "probeer",
		Demo: []app.DemoAccount{{Name: kb.Text{NL: "beheerder", EN: "admin"}, Email: "b@demo.invalid"}},
	}
	for lang, want := range map[string]string{"nl": "  beheerder: b@demo.invalid", "en": "  admin: b@demo.invalid"} {
		var out, errs bytes.Buffer
		(&terminal{out: &out, err: &errs, lang: lang}).welcome(begun)
		for _, s := range []string{begun.FirstAdmin, begun.DemoPassword, want} {
			if !strings.Contains(out.String(), s) || strings.Contains(errs.String(), s) {
				t.Errorf("%s: %q\n%s\n%s", lang, s, &out, &errs)
			}
		}
		if !strings.Contains(errs.String(), begun.URL) {
			t.Errorf("%s", &errs)
		}
	}
	var out, errs bytes.Buffer
	(&terminal{out: &out, err: &errs, lang: "nl"}).welcome(app.Started{URL: "http://127.0.0.1:1"})
	if out.Len() > 0 {
		t.Errorf("with an admin: %s", &out)
	}
}
