package search

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

func TestStartWords(t *testing.T) {
	for _, c := range []struct {
		label string
		want  []string
	}{
		{"De Coöperatie in 's-Hertogenbosch", []string{"de", "cooperatie\tcoöperatie", "in", "hertogenbosch"}},
		{"Foto’s: regio-arbeidsmarkt 2024", []string{"fotos\tfoto’s", "regio", "arbeidsmarkt", "2024"}},
		{"a b \t\x00 — " + strings.Repeat("x", maxStart+1), nil},
		{"", nil},
	} {
		if d := cmp.Diff(c.want, startWords(c.label)); d != "" {
			t.Errorf("%q: %s", c.label, d)
		}
	}
}

func TestStartNames(t *testing.T) {
	d := &kb.Document{
		Keywords: []string{"Circulaire  economie", "x", "Één-op-één"},
		Themes:   []kb.Term{{Value: "wonen", Texts: []string{"Wonen", "huisvesting"}}, {Value: "nog-niet-bekend"}},
	}
	want := []string{"circulaire economie", "een op een\téén-op-één", "wonen"}
	if d := cmp.Diff(want, startNames(d)); d != "" {
		t.Error(d)
	}
}

func TestStartsBeginAlikeTogether(t *testing.T) {
	values := append(startWords("coöperaties cooperatief coöperatie corps cooperatie"), "cooperatie x")
	slices.Sort(values)
	want := []string{"cooperatie", "cooperatie\tcoöperatie", "cooperatie x", "cooperatief", "cooperaties\tcoöperaties", "corps"}
	if d := cmp.Diff(want, values); d != "" {
		t.Error(d)
	}
	if folded, written := splitStart(values[1]); folded != "cooperatie" || written != "coöperatie" {
		t.Errorf("%q, %q", folded, written)
	}
}
