package kb

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Documents hold names and files of other records: what is described again with a record
// goes by these terms, and what is large is described by itself.
func TestWhatDependsOnARecord(t *testing.T) {
	id := DeriveID("some", "record")
	lesson := func(files ...ID) Entity {
		l := &Lesson{}
		l.ID, l.Slug, l.Title, l.Summary, l.Files = id, "les", "Les", `niet "files":["x"] maar tekst`, files
		return l
	}
	account := &Account{Head: Head{ID: id, Slug: "a"}, Name: "A"}
	file := &File{Head: Head{ID: id, Slug: "f"}, Name: "f"}
	for name, tt := range map[string]struct {
		e, copied Entity
		named     bool
		large     bool
	}{
		"a lesson without files":          {lesson(), nil, true, false},
		"a lesson with one":               {lesson(id), nil, true, true},
		"one in the working copy only":    {lesson(), lesson(id), true, true},
		"a file":                          {file, nil, true, false},
		"an extraction":                   {&Extraction{Head: Head{ID: id, Slug: "x"}}, nil, true, false},
		"a theme, by its slug as well":    {&Theme{Head: Head{ID: id, Slug: "wonen"}}, nil, true, false},
		"an account is named in no other": {account, nil, false, false},
	} {
		r, err := NewRecord(tt.e, tt.copied)
		if err != nil {
			t.Fatal(err)
		}
		var want []string
		if tt.named {
			want = []string{string(id)}
		}
		if r.Kind == KindTheme {
			want = append(want, r.Keys...)
		}
		if diff := cmp.Diff(want, r.NamedBy()); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		if got := r.ListsFiles(); got != tt.large {
			t.Errorf("%s: lists files: %t", name, got)
		}
	}
}
