package web

import (
	"net/url"
	"strconv"
	"strings"
	"time"
)

// filler fills a form with a record, as the operation Editing gives it.
type filler struct {
	zone *time.Location
	// values are the form so far.
	values url.Values
	// known are the records that it refers to, by what the form calls them.
	known map[string]reference
}

func newFiller(zone *time.Location) *filler {
	return &filler{zone: zone, values: url.Values{}, known: map[string]reference{}}
}

// fill writes the value of a field.
func (f field) fill(to *filler, prefix string, value any) {
	name := prefix + f.name
	switch f.as {
	case group:
		parts, _ := value.(map[string]any)
		for _, p := range f.parts {
			p.fill(to, name+".", parts[p.name])
		}
	case rows:
		list, _ := value.([]any)
		for i, item := range list {
			parts, _ := item.(map[string]any)
			for _, p := range f.parts {
				p.fill(to, rowName(name, i), parts[p.name])
			}
		}
	case themes:
		list, _ := value.([]any)
		for _, item := range list {
			theme, _ := item.(map[string]any)
			if slug, ok := theme["slug"].(string); ok {
				to.values.Add(name, slug)
			}
		}
	case one:
		if r, ok := referenceOf(value); ok {
			to.values.Set(name, to.call(r))
		}
	case many:
		list, _ := value.([]any)
		var names []string
		for _, item := range list {
			if r, ok := referenceOf(item); ok {
				names = append(names, to.call(r))
			}
		}
		to.values.Set(name, strings.Join(names, "\n"))
	case lines:
		list, _ := value.([]any)
		var texts []string
		for _, item := range list {
			text, _ := item.(string)
			texts = append(texts, text)
		}
		to.values.Set(name, strings.Join(texts, "\n"))
	case moment:
		text, _ := value.(string)
		if t, err := time.Parse(time.RFC3339, text); err == nil {
			to.values.Set(name, t.In(to.zone).Format(momentLayout))
		}
	default:
		to.values.Set(name, scalar(value))
	}
}

// momentLayout is how browsers write a day and a time.
const momentLayout = "2006-01-02T15:04"

func scalar(value any) string {
	switch x := value.(type) {
	case string:
		return x
	case float64:
		return strconv.FormatFloat(x, 'f', -1, 64)
	}
	return ""
}

// call gives what the form calls a record: its name, or its address where another
// one of the same name was called so.
func (to *filler) call(r reference) string {
	name := strings.Join(strings.Fields(r.Name), " ")
	if other, ok := to.known[name]; name == "" || ok && other.ID != r.ID {
		name = r.Path
	}
	to.known[name] = r
	return name
}
