package dutch_test

import (
	"testing"

	"leerkring/internal/search/dutch"
)

func TestOrdinary(t *testing.T) {
	a := dutch.New()
	for word, want := range map[string]bool{
		"best": true, "Huizen": true, "broek": true, "een": true, "de": true, "made": true, "Nes": true, "heide": true,
		"Soesterberg": false, "giethoorn": false, "Ijlst": true, "Scheveningen": false, "qwrtz": false, "": false,
	} {
		if got := a.Ordinary(word); got != want {
			t.Errorf("Ordinary(%q) = %v", word, got)
		}
	}
}
