package kb_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

func TestBuiltinRecordsAreValidAndDoNotCollide(t *testing.T) {
	owner := map[string]string{}
	ids := map[kb.ID]bool{}
	for _, e := range kb.Builtin() {
		if err := kb.Validate(e); err != nil {
			t.Errorf("%s: %v", e.Label(), err)
		}
		if !kb.Visitor().CanRead(e) {
			t.Errorf("%s: a visitor may not read it", e.Label())
		}
		if ids[e.Base().ID] {
			t.Errorf("%s: id %s is used twice", e.Label(), e.Base().ID)
		}
		ids[e.Base().ID] = true
		for _, key := range kb.Keys(e) {
			if other, taken := owner[key]; taken {
				t.Errorf("%s and %s both hold %q", other, e.Label(), key)
			}
			owner[key] = e.Label()
		}
	}
}

// Every installation must write the same bytes, or seeding one store from two
// releases or two processes would never come to rest.
func TestBuiltinIsTheSameEachTime(t *testing.T) {
	first, second := kb.Builtin(), kb.Builtin()
	if len(first) != len(second) {
		t.Fatalf("%d records, then %d", len(first), len(second))
	}
	for i := range first {
		a, errA := kb.Encode(first[i])
		b, errB := kb.Encode(second[i])
		if errA != nil || errB != nil {
			t.Fatal(errA, errB)
		}
		if diff := cmp.Diff(string(a), string(b)); diff != "" {
			t.Fatalf("%s differs (-first +second):\n%s", first[i].Label(), diff)
		}
		if at := first[i].Base().UpdatedAt; at.Location() != time.UTC || !at.Equal(at.Truncate(time.Millisecond)) {
			t.Errorf("%s: written at %v, not UTC in whole milliseconds", first[i].Label(), at)
		}
	}
}

func TestBuiltinSlugs(t *testing.T) {
	want := map[string]string{
		"GM0363": "gemeente-amsterdam", "PV26": "provincie-utrecht", "AM38": "arbeidsmarktregio-foodvalley",
		"CR12": "corop-twente", "GM0457": "gemeente-weesp", "GM0796": "gemeente-s-hertogenbosch", "GM0373": "gemeente-bergen-nh",
	}
	got := map[string]string{}
	for _, e := range kb.Builtin() {
		if r, ok := e.(*kb.Region); ok && want[r.Code] != "" {
			got[r.Code] = r.Slug
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("slugs (-want +got):\n%s", diff)
	}
}
