package web

import "testing"

// An import takes a summary from the text; a page showed the same words twice.
func TestBeginsWith(t *testing.T) {
	for _, c := range []struct {
		text, start string
		want        bool
	}{
		{"**De kern** van het plan.\n\nMeer.", "De kern van het plan.", true},
		{"De kern van het plan is breed.", "De kern van het plan …", true},
		{"De kern", "De kern van het plan", false},
		{"Anders gezegd", "De kern", false},
		{"", "", true},
		{"tekst", "", true},
	} {
		if got := beginsWith(c.text, c.start); got != c.want {
			t.Errorf("%q begins with %q: %v", c.text, c.start, got)
		}
	}
}
