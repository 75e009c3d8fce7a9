package kb

import (
	"slices"
	"testing"
)

// A conflict said that "related" was changed, and a comparison would show a field
// without a name.
func TestEveryFieldHasALabel(t *testing.T) {
	for _, k := range ContentKinds() {
		for _, f := range fieldNames(k) {
			if l := FieldLabel(k, f); !slices.Contains(keptFields(), f) && (l.NL == "" || l.EN == "") {
				t.Errorf("%s.%s has no label", k, f)
			}
		}
	}
	if l := FieldLabel(KindCase, "related"); l.EN != "See also" {
		t.Errorf("related of a case is called %q", l.EN)
	}
}
