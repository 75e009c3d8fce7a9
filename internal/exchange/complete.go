package exchange

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"leerkring/internal/kb"
)

// complete gives what the row left out: published, for everyone, in Dutch, with
// a summary.
func (v *conversion) complete(kindText, address string) {
	e := v.out.entity
	h := e.Base()
	if h.Status == "" {
		h.Status = kb.StatusPublished
	}
	if h.Visibility == "" {
		h.Visibility = kb.VisibilityPublic
	}
	h.Origin = &kb.Origin{Source: v.source}
	v.locate(h.Origin, address)
	if m, ok := e.(kb.Material); ok {
		v.completeMaterial(m.Shared())
	}
	switch x := e.(type) {
	case *kb.Publication:
		if kindText != "" {
			if x.PublicationKind != "" && x.PublicationKind != kindText {
				x.Keywords = append(x.Keywords, x.PublicationKind)
			}
			x.PublicationKind = kindText
		}
		if d := date(v.dated); x.Issued == "" && d.Valid() {
			x.Issued = d // as precise as it was given
		}
	case *kb.LearningCircle:
		v.out.themes, v.out.regions = v.note(h.Origin, v.out.themes), v.note(h.Origin, v.out.regions)
	case *kb.Meeting:
		v.out.themes = v.note(h.Origin, v.out.themes)
	case *kb.Person:
		v.out.regions = v.note(h.Origin, v.out.regions)
	}
}

// locate keeps the address of the original; what is no web address is kept as a note.
func (v *conversion) locate(o *kb.Origin, address string) {
	u, err := url.Parse(address)
	if err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && len(address) <= 2_000 {
		o.URL = address
		return
	}
	if address != "" {
		v.note(o, []string{address})
	}
}

// note keeps texts for which there is no field.
func (v *conversion) note(o *kb.Origin, texts []string) []string {
	for _, t := range texts {
		if o.Note != "" {
			o.Note += "; "
		}
		o.Note += t
	}
	return texts
}

// keywordFields are fields that only some kinds have and that are worth finding
// in all of them, by the fields whose names they go under.
func keywordFields() []string { return []string{"authors", "publisher", "organisation"} }

func (v *conversion) completeMaterial(m *kb.Common) {
	m.Title = oneLine(m.Title)
	if m.Language == "" {
		m.Language = "nl"
	}
	if m.Summary == "" {
		m.Summary = Summarise(m.Body)
	}
	m.Keywords = append(m.Keywords, v.out.themes...)
	for _, name := range v.out.regions {
		if !slices.Contains(m.Regions, name) {
			m.Keywords = append(m.Keywords, name)
		}
	}
	for _, name := range keywordFields() {
		value, _ := v.take(v.loose[name])
		list, ok := value.([]any)
		if s, isText := value.(string); isText {
			list, ok = split(s, false), true
		}
		for i := 0; ok && i < len(list); i++ {
			if s, isText := list[i].(string); isText {
				m.Keywords = append(m.Keywords, strings.TrimSpace(s))
			}
		}
	}
	m.Keywords = onceEach(m.Keywords)
}

func onceEach(list []string) []string {
	var out []string
	for _, s := range list {
		if s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// identify gives the entity its id. A collection may use one id for several
// records (articles of one law, for instance): the second with other content
// becomes a record of its own, the same line again is passed by.
func (v *conversion) identify(key string, sum uint64) {
	h := v.out.entity.Base()
	h.Origin.Key = key
	if key == "" {
		text := v.out.entity.Label()
		if m, ok := v.out.entity.(kb.Material); ok {
			text += "\x00" + m.Shared().Body
		}
		key = text
	}
	h.ID = v.ref(key)
	bits, _ := h.ID.Bytes() // ref gives valid ids
	first, known := v.first[bits]
	if !known {
		v.first[bits] = sum
		return
	}
	others := v.others[bits]
	if first == sum || slices.Contains(others, sum) {
		v.out.repeated = true
		return
	}
	v.others[bits] = append(others, sum)
	h.ID = kb.DeriveID(v.source, key+"\x00"+strconv.Itoa(len(others)+2))
}

// oneLine puts a title on one line. Spaces that someone chose, like the ones
// that keep a number and its unit together, stay.
func oneLine(title string) string {
	return strings.Join(strings.FieldsFunc(title, func(r rune) bool { return r <= ' ' }), " ")
}
