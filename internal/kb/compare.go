package kb

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"strings"
)

// FieldChange is one field that differs between two versions, as readable text:
// the values of a list each on a line, and the names of the records that are named.
type FieldChange struct {
	Field         string // JSON name
	Before, After string
}

// Compare gives the fields in which two versions of a record differ, in the order
// of its kind. Version 0 of from is the live half now, and version 0 of to what is
// being worked on now, so that 0 and 0 compare a working copy with what readers
// see. NotFound for a version that the actor may not see.
func (d *Desk) Compare(ctx context.Context, actor Actor, id ID, from, to int) ([]FieldChange, error) {
	o, err := d.openHistory(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	before, err := d.seen(ctx, o, from, Redact(actor, o.live))
	if err != nil {
		return nil, err
	}
	var work Entity
	if o.standing.seesAll() {
		work = Redact(actor, o.work())
	}
	after, err := d.seen(ctx, o, to, work)
	if err != nil {
		return nil, err
	}
	names, err := d.namesIn(ctx, actor, before, after)
	if err != nil {
		return nil, err
	}
	return compare(before, after, names)
}

// seen gives the entity of a version that the actor may see; now is that of version 0.
func (d *Desk) seen(ctx context.Context, o *opened, n int, now Entity) (Entity, error) {
	if n == 0 && now != nil {
		return now, nil
	}
	missing := Errorf(NotFound, Text{"Versie %d is er niet.", "There is no version %d."}, n)
	if n < 1 {
		return nil, missing
	}
	rs, err := d.store.Revisions(ctx, o.record.ID, n+1, 2)
	if err != nil {
		return nil, err
	}
	if len(rs) == 0 || rs[0].Version != n {
		return nil, missing
	}
	e, err := o.asSeen(rs[0], append(rs, Record{})[1])
	if err == nil && e == nil {
		err = missing
	}
	return e, err
}

// names are those of the records that an entity names, by the field and the value there.
type names map[[2]string]string

// namesIn gives the names that the actor may read of the records that entities name.
func (d *Desk) namesIn(ctx context.Context, actor Actor, entities ...Entity) (names, error) {
	var refs references
	for _, e := range entities {
		refs = append(refs, referencesOf(e)...)
		refs.id("team", e.Base().Team)
	}
	found, err := d.lookUp(ctx, refs)
	if err != nil {
		return nil, err
	}
	out := names{}
	for _, r := range refs {
		value := string(r.id)
		e := found[r.id]
		if r.key != "" {
			value, e = r.named(), found[ID(r.key)]
		}
		if e != nil && actor.CanRead(e) {
			out[[2]string{root(r.field), value}] = e.Label()
		}
	}
	return out, nil
}

// root is the field of an entity in which a path like "partners[0].organisation" begins.
func root(path string) string {
	if i := strings.IndexAny(path, "[."); i >= 0 {
		return path[:i]
	}
	return path
}

func compare(before, after Entity, n names) ([]FieldChange, error) {
	changed, err := changes(before, after)
	if err != nil {
		return nil, err
	}
	was, err := valuesOf(before)
	if err != nil {
		return nil, err
	}
	is, err := valuesOf(after)
	if err != nil {
		return nil, err
	}
	var out []FieldChange
	for _, field := range fieldNames(after.Kind()) {
		if slices.Contains(changed, field) {
			out = append(out, FieldChange{field, n.text(field, was[field]), n.text(field, is[field])})
		}
	}
	return out, nil
}

func valuesOf(e Entity) (map[string]json.RawMessage, error) {
	data, err := Encode(e)
	if err != nil {
		return nil, err
	}
	values := map[string]json.RawMessage{}
	return values, json.Unmarshal(data, &values)
}

// text writes the value of a field for people; an empty one is no text.
func (n names) text(field string, value json.RawMessage) string {
	if len(value) == 0 {
		return ""
	}
	dec := json.NewDecoder(bytes.NewReader(value))
	dec.UseNumber()
	return n.read(field, dec)
}

// read writes the next value: a list a line each, an object its values after each other.
func (n names) read(field string, dec *json.Decoder) string {
	token, err := dec.Token()
	if err != nil {
		return ""
	}
	switch v := token.(type) {
	case json.Delim:
		between := "\n"
		var parts []string
		for dec.More() {
			if v == '{' {
				between = ", "
				_, _ = dec.Token() // the name of the value
			}
			if part := n.read(field, dec); part != "" {
				parts = append(parts, part)
			}
		}
		_, _ = dec.Token() // its end
		return strings.Join(parts, between)
	case string:
		if name, ok := n[[2]string{field, v}]; ok {
			return name
		}
		return v
	case json.Number:
		return v.String()
	case bool:
		if v {
			return "true"
		}
		return "false"
	}
	return ""
}
