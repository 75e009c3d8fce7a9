package kb_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"leerkring/internal/kb"
)

// place is one field somewhere in an entity.
type place struct {
	path  string
	value reflect.Value
}

// places gives the fields of an entity, those of nested values too, with every
// list and pointer filled so that there is something to break.
func places(path string, v reflect.Value) []place {
	switch {
	case v.Type() == reflect.TypeFor[time.Time](), v.Kind() != reflect.Struct && v.Kind() != reflect.Pointer && v.Kind() != reflect.Slice:
		return []place{{path, v}}
	case v.Kind() == reflect.Pointer:
		if v.IsNil() {
			v.Set(reflect.New(v.Type().Elem()))
		}
		return places(path, v.Elem())
	case v.Kind() == reflect.Slice:
		if v.Len() == 0 {
			v.Set(reflect.MakeSlice(v.Type(), 1, 1))
			setText(v.Index(0), valid(path, v.Type().Elem()))
		}
		return append(places(path+"[0]", v.Index(0)), place{path, v})
	}
	var all []place
	for i := range v.NumField() {
		if f := v.Type().Field(i); f.Tag.Get("json") != "-" {
			all = append(all, places(strings.TrimPrefix(path+"."+f.Name, "."), v.Field(i))...)
		}
	}
	return all
}

// valid gives a text that may stand in a list: an id, a code of a region, or a slug.
func valid(path string, t reflect.Type) string {
	switch path[strings.LastIndex(path, ".")+1:] {
	case "Regions", "Parents", "Municipalities", "SucceededBy":
		return "GM0363"
	}
	if t == reflect.TypeFor[kb.ID]() {
		return string(kb.DeriveID("test", "other"))
	}
	return "wonen"
}

// breakAt breaks the nth field of the sample of a kind and gives its path; done
// when there is no such field or nothing in it can break.
func breakAt(kind kb.Kind, n int, change func(string, reflect.Value) bool) (e kb.Entity, path string, broken, done bool) {
	for _, e = range samples() {
		if e.Kind() == kind {
			break
		}
	}
	all := places("", reflect.ValueOf(e).Elem())
	if n >= len(all) {
		return e, "", false, true
	}
	return e, all[n].path, change(all[n].path, all[n].value), false
}

// uncheckedBy lists the fields, like "case.Title", that a change breaks without
// a word from Validate that the kind's filled sample does not give already.
func uncheckedBy(change func(string, reflect.Value) bool) []string {
	var unchecked []string
	for _, s := range samples() {
		whole, _, _, _ := breakAt(s.Kind(), 0, func(string, reflect.Value) bool { return false })
		before := fmt.Sprint(kb.Validate(whole))
		for n := 0; ; n++ {
			e, path, broken, done := breakAt(s.Kind(), n, change)
			if done {
				break
			}
			if broken && fmt.Sprint(kb.Validate(e)) == before {
				unchecked = append(unchecked, string(s.Kind())+"."+path)
			}
		}
	}
	return unchecked
}

// A text without a limit, or a list, would be a record of any size; a text that
// is not UTF-8 would be changed by the store without a word. The exceptions are
// written by us and never come from outside.
func TestEveryFieldOfEveryKindIsChecked(t *testing.T) {
	ours := func(path string) bool {
		return strings.HasSuffix(path, ".Head.CreatedBy") || strings.HasSuffix(path, ".Head.UpdatedBy") || strings.HasSuffix(path, ".Head.PublishedBy")
	}
	for name, change := range map[string]func(string, reflect.Value) bool{
		"a text that never ends":    tooLong,
		"a text that is not UTF-8":  func(_ string, v reflect.Value) bool { return setText(v, "a\xff") },
		"a text with a zero byte":   func(_ string, v reflect.Value) bool { return setText(v, "a\x00") },
		"a list that never ends":    longer,
		"fewer than none of a kind": func(_ string, v reflect.Value) bool { return v.CanInt() && setInt(v) },
	} {
		for _, path := range uncheckedBy(change) {
			if !ours(path) {
				t.Errorf("%s passes in %s", name, path)
			}
		}
	}
}

func setText(v reflect.Value, s string) bool {
	if v.Kind() != reflect.String {
		return false
	}
	v.SetString(s)
	return true
}

func tooLong(path string, v reflect.Value) bool {
	most := kb.MaxText
	if path == "Common.Body" {
		most = kb.MaxBody
	}
	return setText(v, strings.Repeat("a", most+1))
}

func setInt(v reflect.Value) bool {
	v.SetInt(-1)
	return true
}

func longer(_ string, v reflect.Value) bool {
	if v.Kind() != reflect.Slice {
		return false
	}
	for range kb.MaxList {
		v.Set(reflect.Append(v, v.Index(0)))
	}
	return true
}
