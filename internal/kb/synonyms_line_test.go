package kb_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

func TestSynonymsLine(t *testing.T) {
	for line, want := range map[string]*kb.Synonyms{
		"":                        nil,
		"  # only a remark":       nil,
		"huis, woning ,pand":      {Terms: []string{"huis", "woning", "pand"}},
		"huis,, woning,":          {Terms: []string{"huis", "woning"}},
		"voertuig=>auto, fiets":   {Terms: []string{"voertuig", "auto", "fiets"}, OneWay: true},
		"=> auto":                 {Terms: []string{"", "auto"}, OneWay: true},
		"C#, C sharp # een taal ": {Terms: []string{"C#", "C sharp"}, Note: "een taal"},
	} {
		if diff := cmp.Diff(want, kb.SynonymsLine(line)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", line, diff)
		}
	}
}

// What is read from a line and is valid is written as a line that means the same.
func FuzzSynonymsLine(f *testing.F) {
	for _, line := range []string{"huis, woning # zo", "voertuig => auto, fiets", "a#b, #c", "a =>=> b", "\xff,\x00", "a\n, b"} {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, line string) {
		s := kb.SynonymsLine(line)
		if s == nil {
			return
		}
		s.Head = head("s")
		if kb.Validate(s) != nil {
			return
		}
		again := kb.SynonymsLine(s.Line())
		if again == nil {
			t.Fatalf("%q is written as %q, which says nothing", line, s.Line())
		}
		again.Head, s.Note = s.Head, strings.Join(strings.Fields(s.Note), " ")
		if diff := cmp.Diff(s, again); diff != "" {
			t.Errorf("%q is written as %q (-want +got):\n%s", line, s.Line(), diff)
		}
	})
}
