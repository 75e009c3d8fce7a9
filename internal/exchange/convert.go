package exchange

import (
	"reflect"
	"slices"
	"strings"

	"leerkring/internal/kb"
)

// Themes knows the taxonomy: the slug of a theme by slug, label or synonym.
type Themes interface {
	Resolve(text string) (slug string, ok bool)
}

// Regions knows the code of a region by code or name.
type Regions interface {
	Resolve(text string) (code string, ok bool)
	ResolveAs(kind kb.RegionKind, text string) (code string, ok bool)
}

// converter turns the rows of one file into entities.
type converter struct {
	opts   *Options
	mapped map[string]string // folded name of a field → column
	fields map[kb.Kind][]field
	named  map[string]kb.Kind
	// loose are the names of what is taken for every kind, outside its own fields.
	loose map[string][]string
	skip  map[string]bool
	// first is the sum of the first row with each id, others are those of the rest.
	first  map[[16]byte]uint64
	others map[[16]byte][]uint64
}

// newConverter makes a converter; Invalid when Options.Map names a field that no
// kind of record has.
func newConverter(opts *Options) (*converter, error) {
	c := &converter{
		opts: opts, mapped: map[string]string{}, fields: map[kb.Kind][]field{}, named: kindNames(),
		loose: map[string][]string{}, skip: bookkeeping(), first: map[[16]byte]uint64{}, others: map[[16]byte][]uint64{},
	}
	for name, column := range opts.Map {
		c.mapped[foldName(name)] = column
	}
	for _, k := range c.named {
		c.fields[k] = fieldsOf(k, c.mapped)
	}
	foreign := foreignNames()
	for _, name := range append(keywordFields(), "type", "id", "source", "url") {
		c.loose[name] = namesFor(name, foreign, c.mapped)
	}
	for name := range opts.Map {
		if !c.has(foldName(name)) {
			return nil, kb.Errorf(kb.Invalid, kb.Text{
				NL: "Er is geen veld %q om een kolom aan te koppelen. docs/import.md noemt de velden.",
				EN: "There is no field %q to map a column to. docs/import.md lists the fields.",
			}, name)
		}
	}
	return c, nil
}

// CheckMap gives Invalid when Options.Map would name a field that no kind of record has.
func CheckMap(fields map[string]string) error {
	_, err := newConverter(&Options{Map: fields})
	return err
}

// has reports whether any kind of record has a field of a folded name.
func (c *converter) has(fold string) bool {
	for name := range c.loose {
		if fold == foldName(name) {
			return true
		}
	}
	for _, fields := range c.fields {
		if slices.ContainsFunc(fields, func(f field) bool { return foldName(f.name) == fold }) {
			return true
		}
	}
	return false
}

// converted is what came of one row.
type converted struct {
	entity kb.Entity
	// repeated is set when the very same row stood in the file before.
	repeated bool
	// regions and themes are names that nobody knows; they became keywords.
	regions, themes []string
	// unused are fields that nothing of ours takes.
	unused []string
}

// conversion is one row on its way to an entity.
type conversion struct {
	*converter
	values map[string]any // by folded name; what is taken out has been used
	source string
	dated  string // the date of publication as the row has it
	assign assigner
	out    converted
}

// convert makes an entity of a row, or says what is wrong with it (Invalid).
func (c *converter) convert(r row) (converted, error) {
	v := &conversion{converter: c, values: make(map[string]any, len(r.fields))}
	names := make(map[string]string, len(r.fields))
	for name, value := range r.fields {
		if s, ok := value.(string); value == nil || ok && strings.TrimSpace(s) == "" {
			continue
		}
		fold := foldName(name)
		if have, ok := names[fold]; ok && have < name {
			continue // two spellings of one name: always the same one counts
		}
		v.values[fold], names[fold] = value, name
	}
	v.assign.ref = v.ref
	kind, kindText := v.kind()
	v.out.entity, _ = kb.New(kind)
	v.source = v.one("source")
	if v.source == "" {
		v.source = c.opts.Source
	}
	key := v.one("id")
	address := v.one("url")
	v.fill(kind)
	v.complete(kindText, address)
	v.identify(key, r.sum)
	v.leftover(names)
	if len(v.assign.problems) > 0 {
		err := kb.Errorf(kb.Invalid, kb.Text{NL: "De regel klopt niet.", EN: "The line is not valid."})
		err.Problems = v.assign.problems
		return v.out, err
	}
	return v.out, nil
}

// take gives the value of the best of several names and uses it up.
func (v *conversion) take(folds []string) (value any, from string) {
	for _, fold := range folds {
		if value, ok := v.values[fold]; ok {
			delete(v.values, fold)
			return value, fold
		}
	}
	return nil, ""
}

// one takes a field of the import format that is a single text.
func (v *conversion) one(name string) string {
	value, _ := v.take(v.loose[name])
	if value == nil {
		return ""
	}
	s, _ := v.assign.text(name, value)
	return s
}

// kind tells what a row is. A word that is no kind of ours is the kind of a publication.
func (v *conversion) kind() (kind kb.Kind, word string) {
	word = v.one("type")
	if k, ok := v.named[foldName(word)]; ok {
		return k, ""
	}
	if word != "" {
		return kb.KindPublication, word
	}
	for _, fold := range []string{"kind", "soort"} {
		s, _ := v.values[fold].(string)
		if k, ok := v.named[foldName(s)]; ok {
			delete(v.values, fold)
			return k, ""
		}
	}
	return kb.KindPublication, ""
}

// fill sets the fields of the kind from the values that are named like them.
func (v *conversion) fill(kind kb.Kind) {
	dst := reflect.ValueOf(v.out.entity).Elem()
	for _, f := range v.fields[kind] {
		value, from := v.take(f.folds)
		if value == nil {
			continue
		}
		switch f.name {
		case "publishedAt":
			v.dated, _ = v.assign.text(f.name, value)
		case "regions": // the other names say the same in other words
			for _, fold := range f.folds {
				delete(v.values, fold)
			}
		}
		if _, isMaterial := v.out.entity.(kb.Material); isMaterial || f.name == "regions" || f.name == "themes" {
			value = v.resolve(f.name, from, value)
		}
		v.assign.set(f.name, dst.FieldByIndex(f.index), value)
	}
}

// resolve turns names of themes and regions into slugs and codes. What nobody
// knows is set apart, to become a keyword.
func (v *conversion) resolve(name, from string, value any) any {
	if name == "keywords" {
		if s, ok := value.(string); ok {
			return split(s, true)
		}
		return value
	}
	if name != "themes" && name != "regions" {
		return value
	}
	items, ok := value.([]any)
	if s, isText := value.(string); isText {
		items, ok = split(s, true), true
	}
	if !ok {
		items = []any{value}
	}
	var known []any
	for _, item := range items {
		text, isText := v.assign.text(name, item)
		if !isText || text == "" {
			continue
		}
		if name == "themes" {
			known = v.theme(known, text)
		} else {
			known = v.region(known, from, text)
		}
	}
	return known
}

func (v *conversion) theme(known []any, text string) []any {
	slug, ok := v.opts.Themes.Resolve(text)
	if !ok {
		v.out.themes = append(v.out.themes, text)
		return known
	}
	return appendOnce(known, slug)
}

// region finds a code. One that has the form of a code is kept, in its one
// spelling where it is known: also that of a region that is no more.
func (v *conversion) region(known []any, from, text string) []any {
	if from == "gemeentecode" {
		text = padded(text)
	}
	code := strings.ToUpper(text)
	if _, isCode := kb.RegionKindOf(code); isCode {
		own, ok := v.opts.Regions.Resolve(code)
		if !ok {
			v.out.regions = append(v.out.regions, code)
			own = code
		}
		return appendOnce(known, own)
	}
	code, ok := v.regionNamed(from, text)
	if !ok {
		v.out.regions = append(v.out.regions, text)
		return known
	}
	return appendOnce(known, code)
}

// padded gives the zeros back that spreadsheets take off the number of a municipality.
func padded(text string) string {
	if n := len(text); n < 1 || n > 3 || strings.Trim(text, "0123456789") != "" {
		return text
	}
	return strings.Repeat("0", 4-len(text)) + text
}

// regionNamed reads a name as the kind of region that its column says.
func (v *conversion) regionNamed(from, text string) (string, bool) {
	kinds := map[string]kb.RegionKind{
		"gemeentecode": kb.Municipality, "gemeente": kb.Municipality, "gemeenten": kb.Municipality, "municipality": kb.Municipality,
		"provincie": kb.Province, "province": kb.Province, "arbeidsmarktregio": kb.LabourMarketRegion,
	}
	if kind, ok := kinds[from]; ok {
		if code, found := v.opts.Regions.ResolveAs(kind, text); found {
			return code, true
		}
	}
	return v.opts.Regions.Resolve(text)
}

func appendOnce(list []any, s string) []any {
	for _, have := range list {
		if have == s {
			return list
		}
	}
	return append(list, s)
}

// ref makes the id of a record that the file calls by a name of its own.
func (v *conversion) ref(name string) kb.ID {
	if kb.ID(name).Valid() {
		return kb.ID(name)
	}
	return kb.DeriveID(v.source, name)
}

// leftover lists the fields that were not used, by the names that the file gave them.
func (v *conversion) leftover(names map[string]string) {
	for fold := range v.values {
		if name := names[fold]; !v.skip[name] {
			v.out.unused = append(v.out.unused, name)
		}
	}
	v.out.unused = append(v.out.unused, v.assign.unused...)
}
