package compound

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFamiliesAreReadAsWritten(t *testing.T) {
	want := Families{"gebieds": {First: 12}, "gebied": {First: 3, Last: 40}, "terrein": {Last: 255}}
	got, err := ReadFamilies(want.String())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if text := "gebied 3 40\ngebieds 12 0\nterrein 0 255\n"; want.String() != text {
		t.Errorf("written as %q", want.String())
	}
}

func TestReadFamiliesRefuses(t *testing.T) {
	for _, text := range []string{"gebied\n", "gebied 1\n", "gebied x 1\n", "gebied 1 256\n", "gebied 1 2 3\n", "\n"} {
		if got, err := ReadFamilies(text); err == nil {
			t.Errorf("%q: %v", text, got)
		}
	}
}

// TestCountFamilies counts the parts of the compounds that the small list has:
// arbeidsmarkt, marktregio and regioterrein.
func TestCountFamilies(t *testing.T) {
	got := CountFamilies(small(t).words)
	one := step(1)
	for surface, want := range map[string]Size{
		"arbeids": {First: one},
		"markt":   {First: one, Last: one},
		"regio":   {First: one, Last: one},
		"terrein": {Last: one},
		"rein":    {},
	} {
		if got[surface] != want {
			t.Errorf("%s: %+v, not %+v", surface, got[surface], want)
		}
	}
}

func TestStep(t *testing.T) {
	for n, want := range map[int]uint8{0: 0, 1: 4, 3: 8, 1000: 40} {
		if got := step(n); got != want {
			t.Errorf("%d: %d, not %d", n, got, want)
		}
	}
}
