package exchange

import (
	"encoding/json"
	"maps"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"leerkring/internal/kb"
)

// assigner writes foreign values into fields of our types.
type assigner struct {
	// ref makes an id of the name that a record has in the foreign file.
	ref func(name string) kb.ID
	// problems are the fields whose value does not fit; they stay empty.
	problems []kb.Problem
	// unused are the names inside nested values that no field of ours has.
	unused []string
}

func (a *assigner) wrong(path string, t kb.Text) {
	a.problems = append(a.problems, kb.Problem{Field: path, Text: t})
}

// set writes a value (of JSON, or a text) into a field. A null leaves it as it is.
func (a *assigner) set(path string, dst reflect.Value, src any) {
	if src == nil {
		return
	}
	switch dst.Interface().(type) {
	case kb.ID:
		if s, ok := a.text(path, src); ok && s != "" {
			dst.SetString(string(a.ref(s)))
		}
		return
	case kb.Date:
		if s, ok := a.text(path, src); ok && s != "" {
			dst.SetString(string(date(s))) // kb.Validate says what is no date
		}
		return
	case time.Time:
		a.instant(path, dst, src)
		return
	}
	switch dst.Kind() {
	case reflect.Pointer:
		fresh := reflect.New(dst.Type().Elem())
		before := len(a.problems)
		a.set(path, fresh.Elem(), src)
		said := dst.Type().Elem().Kind() == reflect.Bool || !fresh.Elem().IsZero() // a no is an answer
		if len(a.problems) == before && said {
			dst.Set(fresh)
		}
	case reflect.Slice:
		a.list(path, dst, src)
	case reflect.Struct:
		a.object(path, dst, src)
	default:
		a.plain(path, dst, src)
	}
}

// plain writes a text, a number or a yes or no.
func (a *assigner) plain(path string, dst reflect.Value, src any) {
	s, ok := a.text(path, src)
	if !ok || s == "" {
		return
	}
	switch dst.Kind() {
	case reflect.String:
		if dst.Type() != reflect.TypeFor[string]() {
			s = constant(s)
		}
		dst.SetString(s)
	case reflect.Int:
		n, err := strconv.Atoi(s)
		if err != nil {
			a.wrong(path, kb.Text{NL: "is geen heel getal", EN: "is not a whole number"})
			return
		}
		dst.SetInt(int64(n))
	case reflect.Bool:
		yes, known := yesOrNo(s)
		if !known {
			a.wrong(path, kb.Text{NL: "is geen ja of nee", EN: "is not yes or no"})
			return
		}
		dst.SetBool(yes)
	default:
		panic("exchange: a domain type has a field of a kind that set does not know: " + path)
	}
}

// text gives a text, number or boolean as trimmed text.
func (a *assigner) text(path string, src any) (string, bool) {
	switch v := src.(type) {
	case string:
		// NUL is no text; it comes with text that was taken from PDF files.
		v = strings.ReplaceAll(strings.ReplaceAll(v, "\r\n", "\n"), "\x00", "")
		return strings.TrimSpace(v), true
	case json.Number:
		return number(v), true
	case bool:
		return strconv.FormatBool(v), true
	}
	a.wrong(path, kb.Text{NL: "is een lijst of object waar een tekst hoort", EN: "is a list or an object where a text belongs"})
	return "", false
}

// number writes a number as people do: a whole one with all its digits, however
// it was written.
func number(n json.Number) string {
	f, err := n.Float64()
	switch {
	case err != nil || !strings.ContainsAny(n.String(), ".eE"):
		return n.String()
	case f == math.Trunc(f) && math.Abs(f) < 1<<53:
		return strconv.FormatInt(int64(f), 10)
	}
	return strconv.FormatFloat(f, 'g', -1, 64)
}

func (a *assigner) instant(path string, dst reflect.Value, src any) {
	s, ok := a.text(path, src)
	if !ok || s == "" {
		return
	}
	t, ok := instant(s)
	if !ok {
		a.wrong(path, kb.Text{NL: "is geen datum of tijdstip zoals 2024-05-31 of 2024-05-31T09:30:00Z", EN: "is not a date or time like 2024-05-31 or 2024-05-31T09:30:00Z"})
		return
	}
	dst.Set(reflect.ValueOf(t.Truncate(time.Millisecond)))
}

// list writes a list, or a text with several values in it.
func (a *assigner) list(path string, dst reflect.Value, src any) {
	items, ok := src.([]any)
	if !ok {
		items = []any{src}
		if s, isText := src.(string); isText {
			items = split(s, dst.Type().Elem() == reflect.TypeFor[kb.ID]())
		}
	}
	for i, item := range items {
		v := reflect.New(dst.Type().Elem()).Elem()
		a.set(path+"["+strconv.Itoa(i)+"]", v, item)
		if !v.IsZero() {
			dst.Set(reflect.Append(dst, v))
		}
	}
}

// object writes a nested object; a text is the value of its first field.
func (a *assigner) object(path string, dst reflect.Value, src any) {
	values, ok := src.(map[string]any)
	if !ok {
		a.set(path, dst.Field(0), src)
		values = nil
	}
	for _, name := range slices.Sorted(maps.Keys(values)) { // of two spellings always the same one counts
		value := values[name]
		f, found := fieldNamed(dst, name)
		if !found {
			a.unused = append(a.unused, path+"."+name)
			continue
		}
		a.set(path+"."+name, f, value)
	}
	if c, isContact := dst.Addr().Interface().(*kb.Contact); isContact && c.Visibility == "" {
		c.Visibility = kb.VisibilityMembers // nobody's address is public by accident
	}
}

func fieldNamed(v reflect.Value, name string) (reflect.Value, bool) {
	for i := range v.NumField() {
		if foldName(jsonName(v.Type().Field(i))) == foldName(name) {
			return v.Field(i), true
		}
	}
	return reflect.Value{}, false
}

// split cuts a text with several values at semicolons, bars and line ends; where
// there are none and values are short names, at commas.
func split(s string, commas bool) []any {
	cut := func(r rune) bool { return r == ';' || r == '|' || r == '\n' }
	if commas && !strings.ContainsFunc(s, cut) {
		cut = func(r rune) bool { return r == ',' }
	}
	var out []any
	for _, part := range strings.FieldsFunc(s, cut) {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// constant writes a word as our constants are: "in review" is IN_REVIEW.
func constant(s string) string {
	return strings.NewReplacer(" ", "_", "-", "_").Replace(strings.ToUpper(s))
}

func yesOrNo(s string) (yes, known bool) {
	switch strings.ToLower(s) {
	case "true", "ja", "yes", "1", "j", "y":
		return true, true
	case "false", "nee", "no", "0", "n":
		return false, true
	}
	return false, false
}
