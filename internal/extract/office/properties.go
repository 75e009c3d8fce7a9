package office

import (
	"slices"
	"strings"
	"time"

	"leerkring/internal/kb"
)

const (
	maxProperty = 1000 // bytes of one property
	maxKeywords = 100
)

// properties are what a document says of itself.
type properties struct {
	title, subject, organisation, language string
	authors, keywords                      []string
	created, modified                      *time.Time
	names                                  []propertyName
	all                                    strings.Builder // a line for each, also for those that have no field here
}

// propertyName is the name of a person in a property.
type propertyName struct{ property, name string }

// packageProperties are the parts of Office Open XML with properties: core, extended, and
// those that its author made up.
func packageProperties() []string {
	return []string{"docProps/core.xml", "docProps/app.xml", "docProps/custom.xml"}
}

// readProperties reads parts with properties: of Office Open XML (packageProperties) or
// of OpenDocument (meta.xml). Those of all of them differ in name. A part that cannot be
// read tells nothing: the document may still be read.
func (a *archive) readProperties(parts []string) *properties {
	p := &properties{}
	for _, name := range parts {
		if a.has(name) {
			p.read(a, name)
		}
	}
	return p
}

func (p *properties) read(a *archive, name string) {
	var text strings.Builder
	label := ""
	_ = a.walk(name, handler{
		start: func(w *walk, e element) error {
			text.Reset()
			switch {
			case e.name == "property", e.name == "user-defined":
				label = e.attr("name")
			case w.parent() != "property": // within it stands a value by its type
				label = e.name
			}
			return nil
		},
		text: func(_ *walk, b []byte) { text.Write(b) },
		end: func(_ *walk, element string) error {
			value := strings.TrimSpace(strings.ToValidUTF8(text.String(), ""))
			text.Reset()
			if value != "" {
				p.all.WriteString(label + ": " + value + "\n")
				p.set(element, strings.ToValidUTF8(value[:min(len(value), maxProperty)], ""))
			}
			return nil
		},
	})
}

func (p *properties) set(name, value string) {
	switch name {
	case "title":
		p.title = value
	case "subject":
		p.subject = value
	case "description":
		if p.subject == "" {
			p.subject = value
		}
	case "language":
		p.language = languageTag(value)
	case "Company":
		p.organisation = value
	case "creator", "initial-creator":
		p.authors = addNew(p.authors, splitNames(value)...)
		p.person(name, value)
	case "lastModifiedBy", "Manager", "printed-by":
		p.person(name, value)
	case "keywords", "keyword":
		p.keywords = addNew(p.keywords, strings.FieldsFunc(value, func(r rune) bool { return r == ',' || r == ';' || r == '\n' })...)
	case "created", "creation-date":
		p.created = date(value)
	case "modified", "date":
		p.modified = date(value)
	}
}

func (p *properties) person(property, name string) {
	p.names = append(p.names, propertyName{property, name})
}

// fill puts the properties in a reading.
func (p *properties) fill(r *kb.Reading) {
	r.Title, r.Subject, r.Organisation, r.Language = p.title, p.subject, p.organisation, p.language
	r.Authors, r.Keywords = p.authors, p.keywords
	r.Created, r.Modified = p.created, p.modified
}

// splitNames takes apart names that stand in one property, which a semicolon divides.
func splitNames(value string) []string { return strings.Split(value, ";") }

func addNew(to []string, values ...string) []string {
	for _, v := range values {
		if v = strings.TrimSpace(v); v != "" && len(to) < maxKeywords && !slices.Contains(to, v) {
			to = append(to, v)
		}
	}
	return to
}

// date reads a date of W3CDTF or of ISO 8601 without a zone, as OpenDocument has it.
func date(value string) *time.Time {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999", time.DateOnly} {
		if t, err := time.Parse(layout, value); err == nil && t.Year() > 1601 && t.Year() < 10_000 {
			t = t.UTC()
			return &t
		}
	}
	return nil
}

// languageTag gives a tag of BCP 47 for what a document names, or nothing.
func languageTag(value string) string {
	first, _, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(value), "_", "-"), "-")
	if len(first) != 2 || strings.Trim(first, "abcdefghijklmnopqrstuvwxyz") != "" || first == "zz" || first == "xx" {
		return ""
	}
	return first
}
