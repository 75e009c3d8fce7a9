package text

import (
	"slices"
	"strings"
	"time"

	"golang.org/x/text/language"

	"leerkring/internal/kb"
)

const (
	maxProperty = 1000 // bytes of one property
	maxKeywords = 100
)

// property sets what a text says of itself. The names are those of HTML, of Dublin Core
// in HTML and of what stands in front of Markdown.
func property(r *kb.Reading, name, value string) {
	value = strings.Join(strings.Fields(value), " ")
	if value == "" || len(value) > maxProperty {
		return
	}
	name = strings.ToLower(name)
	for _, prefix := range []string{"dcterms.", "dc.", "og:", "article:"} {
		name = strings.TrimPrefix(name, prefix)
	}
	switch name {
	case "title":
		if r.Title == "" {
			r.Title = value
		}
	case "author", "creator":
		if !slices.Contains(r.Authors, value) && len(r.Authors) < maxKeywords {
			r.Authors = append(r.Authors, value)
		}
	case "description", "abstract":
		r.Subject = value
	case "publisher":
		r.Organisation = value
	case "keywords", "tags", "subject":
		for _, k := range strings.Split(strings.Trim(value, "[]"), ",") {
			if k = strings.TrimSpace(k); k != "" && len(r.Keywords) < maxKeywords {
				r.Keywords = append(r.Keywords, k)
			}
		}
	case "lang", "language":
		if tag, err := language.Parse(value); err == nil {
			base, _ := tag.Base()
			r.Language = base.String()
		}
	case "date", "created", "published_time", "issued":
		r.Created = date(value, r.Created)
	case "modified", "modified_time":
		r.Modified = date(value, r.Modified)
	}
}

func date(value string, otherwise *time.Time) *time.Time {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", time.DateOnly} {
		if t, err := time.Parse(layout, value); err == nil {
			t = t.UTC()
			return &t
		}
	}
	return otherwise
}
