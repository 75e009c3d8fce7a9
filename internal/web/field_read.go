package web

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"leerkring/internal/kb"
)

// reader reads a form.
type reader struct {
	v      *visit
	values url.Values
	resolver
	notes notes
	// err is what kept a name from being looked up.
	err error
}

func (v *visit) reader(values url.Values, known map[string]reference) *reader {
	return &reader{v: v, values: values, resolver: resolver{v: v, known: known}}
}

// read gives the value of a field as the input takes it; nil is nothing.
func (f field) read(r *reader, prefix string) any {
	name := prefix + f.name
	text := strings.TrimSpace(r.values.Get(name))
	switch f.as {
	case group:
		return f.readParts(r, name+".")
	case rows:
		var list []any
		for i := range rowsOf(r.values, name) {
			if parts := f.readParts(r, rowName(name, i)); parts != nil {
				list = append(list, parts)
			}
		}
		return orNil(list)
	case themes, choices:
		return orNil(slices.DeleteFunc(slices.Clone(r.values[name]), func(s string) bool { return s == "" }))
	case lines:
		return orNil(splitLines(text))
	case many:
		var keys []string
		for _, called := range splitLines(text) {
			if key := f.refer(r, name, called); key != "" && !slices.Contains(keys, key) {
				keys = append(keys, key)
			}
		}
		return orNil(keys)
	}
	if text == "" {
		return nil
	}
	return f.readText(r, name, text)
}

// readText reads a field of one text.
func (f field) readText(r *reader, name, text string) any {
	switch f.as {
	case one:
		if key := f.refer(r, name, text); key != "" {
			return key
		}
		return nil
	case number:
		n, err := strconv.Atoi(strings.NewReplacer(".", "", " ", "").Replace(text))
		if err != nil {
			r.notes.add(name, r.v.text("form.number"))
			return nil
		}
		return n
	case day:
		if date, ok := readDate(text); ok {
			return date
		}
		r.notes.add(name, r.v.text("form.date"))
		return nil
	case moment:
		t, err := time.ParseInLocation(momentLayout, text, r.v.site.zone)
		if err != nil {
			r.notes.add(name, r.v.text("form.moment"))
			return nil
		}
		return t.UTC().Format(time.RFC3339)
	case choice:
		if !slices.ContainsFunc(f.options, func(o value) bool { return o.code == text }) {
			r.notes.add(name, r.v.text("form.choice"))
			return nil
		}
	case yesNo:
		return text == "ja"
	case password:
		return r.values.Get(name) // spaces are part of it
	}
	return text
}

// readParts reads a group; nil when nothing was typed in it.
func (f field) readParts(r *reader, prefix string) any {
	parts := map[string]any{}
	for _, p := range f.parts {
		if value := p.read(r, prefix); value != nil {
			parts[p.key()] = value
		}
	}
	if len(parts) == 0 {
		return nil
	}
	return parts
}

func (f field) refer(r *reader, name, called string) string {
	found, wrong, err := r.find(called, f.of)
	if err != nil {
		r.err = err
		return ""
	}
	if wrong != "" {
		r.notes.add(name, wrong)
	}
	return found.value()
}

func orNil[T any](list []T) any {
	if len(list) == 0 {
		return nil
	}
	return list
}

func splitLines(text string) []string {
	var out []string
	for l := range strings.Lines(text) {
		if l = strings.TrimSpace(l); l != "" {
			out = append(out, l)
		}
	}
	return out
}

// readDate reads 2024, 2024-03 and 2024-03-12, and how the Dutch write those.
func readDate(text string) (string, bool) {
	text = strings.ReplaceAll(strings.ReplaceAll(text, "/", "-"), ".", "-")
	parts := strings.Split(text, "-")
	if len(parts) > 1 && len(parts[0]) <= 2 && len(parts[len(parts)-1]) == 4 {
		slices.Reverse(parts)
	}
	for i, p := range parts {
		if i > 0 && len(p) == 1 {
			parts[i] = "0" + p
		}
	}
	date := strings.Join(parts, "-")
	return date, kb.Date(date).Valid()
}
