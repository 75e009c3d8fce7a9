package kb

import (
	"context"
	"encoding/json"
	"path"
	"reflect"
	"slices"
	"strings"
)

// Suggestions gives what a file says that its material lacks, to who works on the
// material, without what was answered before.
func (f *Files) Suggestions(ctx context.Context, actor Actor, id ID) ([]Suggested, error) {
	v, err := f.working(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	return f.suggested(ctx, v)
}

func (f *Files) suggested(ctx context.Context, v FileView) ([]Suggested, error) {
	if f.Suggest == nil {
		return nil, nil
	}
	r, err := f.whole(ctx, v)
	if err != nil || r == nil {
		return nil, err
	}
	m := v.Record.(Material)
	all, err := f.Suggest.Suggest(ctx, r, v.File, m)
	if err != nil {
		return nil, err
	}
	values, err := fieldsOf(m)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(all, func(s Suggested) bool {
		return slices.Contains(v.File.Taken, s.Key) || slices.Contains(v.File.Refused, s.Key) || !lacks(values, m, v.File, s)
	}), nil
}

// whole reads all of what was read from a file; nil when nothing was yet.
func (f *Files) whole(ctx context.Context, v FileView) (r *Reading, err error) {
	err = f.reading(ctx, v.File.SHA256, v.Extraction, func(k *KeptReading) error {
		r, err = k.all()
		return err
	})
	return r, err
}

// fieldsOf gives the fields of an entity that are not empty, by their JSON names.
func fieldsOf(e Entity) (map[string]json.RawMessage, error) {
	data, err := Encode(e)
	if err != nil {
		return nil, err
	}
	values := map[string]json.RawMessage{}
	return values, json.Unmarshal(data, &values)
}

// lacks reports whether a material has no use of its own for a field yet: a list
// without the value, or a text that is empty, that was made of the name of the file,
// or, for the language, that is another one.
func lacks(values map[string]json.RawMessage, m Material, file *File, s Suggested) bool {
	raw, ok := values[s.Field]
	if isList(m.Kind(), s.Field) {
		var list []string
		return !ok || json.Unmarshal(raw, &list) == nil && !slices.Contains(list, s.Value)
	}
	var text string
	if ok && json.Unmarshal(raw, &text) != nil {
		return false
	}
	switch {
	case strings.TrimSpace(text) == "":
		return true
	case s.Field == "title":
		return text == file.Name || text == strings.TrimSuffix(file.Name, path.Ext(file.Name))
	}
	return s.Field == "language" && text != s.Value
}

// isList reports whether a field of a kind holds several values.
func isList(k Kind, field string) bool {
	e, ok := New(k)
	if !ok {
		return false
	}
	for _, f := range reflect.VisibleFields(reflect.TypeOf(e).Elem()) {
		if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); name == field {
			return f.Type.Kind() == reflect.Slice
		}
	}
	return false
}

// Take puts suggestions of a file into its material, at the version that the actor
// read. Invalid when one of them is not open (any more).
func (f *Files) Take(ctx context.Context, actor Actor, material Target, file ID, keys []string) (Saved, error) {
	v, err := f.working(ctx, actor, file)
	if err != nil {
		return Saved{}, err
	}
	if v.File.Record != material.ID {
		return Saved{}, noFile()
	}
	open, err := f.suggested(ctx, v)
	if err != nil {
		return Saved{}, err
	}
	fields, err := taken(v.Record, open, keys)
	if err != nil {
		return Saved{}, err
	}
	saved, err := f.desk.Update(ctx, actor, material, fields, false)
	if err != nil {
		return Saved{}, err
	}
	_, seq, err := f.answer(ctx, actor, file, keys, func(file *File) *[]string { return &file.Taken })
	saved.Seq = max(saved.Seq, seq)
	return saved, err
}

// taken gives the fields of a material with suggestions in them.
func taken(e Entity, open []Suggested, keys []string) (Fields, error) {
	values, err := fieldsOf(e)
	if err != nil {
		return nil, err
	}
	fields := Fields{}
	for _, key := range keys {
		i := slices.IndexFunc(open, func(s Suggested) bool { return s.Key == key })
		if i < 0 {
			return nil, invalid([]Problem{{"suggestions", Text{"is geen open suggestie: " + key, "is not an open suggestion: " + key}}})
		}
		s := open[i]
		if !isList(e.Kind(), s.Field) {
			fields[s.Field] = s.Value
			continue
		}
		list, begun := fields[s.Field].([]string)
		if !begun {
			if raw, ok := values[s.Field]; ok {
				if err := json.Unmarshal(raw, &list); err != nil {
					return nil, err
				}
			}
		}
		fields[s.Field] = append(list, s.Value)
	}
	return fields, nil
}
