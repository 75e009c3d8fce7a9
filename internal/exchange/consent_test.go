package exchange_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/exchange"
	"leerkring/internal/kb"
)

// A no of the speakers was read as if nothing had been said.
func TestConsentOfSpeakers(t *testing.T) {
	for text, want := range map[string]*bool{
		`{"type":"presentation","title":"x"}`:                 nil,
		`{"type":"presentation","title":"x","consent":null}`:  nil,
		`{"type":"presentation","title":"x","consent":" "}`:   nil,
		`{"type":"presentation","title":"x","consent":true}`:  new(true),
		`{"type":"presentation","title":"x","consent":false}`: new(false),
		"type;titel;consent\npresentatie;x;nee\n":             new(false),
		"type;titel;consent\npresentatie;x;\n":                nil,
	} {
		got := one(t, text, exchange.Options{}).(*kb.Presentation)
		if diff := cmp.Diff(want, got.Consent); diff != "" {
			t.Errorf("%s: %s", text, diff)
		}
		if shown := want == nil || *want; kb.Visitor().CanRead(got) != shown {
			t.Errorf("%s: shown: %v", text, !shown)
		}
	}
}
