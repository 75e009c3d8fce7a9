package web

import (
	"slices"
	"strconv"

	"leerkring/internal/web/operations"
)

// facet is one group of choices by which a search can be narrowed down.
type facet struct {
	Title string
	// Options are shown at once, More on demand.
	Options []option
	More    []option
}

// yearFacet narrows down by year: from, to, or one year.
type yearFacet struct {
	From, To string
	Options  []yearOption
	More     []yearOption
}

// yearOption is a link to one year.
type yearOption struct {
	Year    string
	URL     string
	Count   string
	Current bool
}

// chip is a filter that is set, with the address that drops it.
type chip struct {
	Name  string // of the parameter
	Value string // as the address writes it
	Title string // of the filter
	Label string // of the value
	URL   string
}

// shown is how many values of a facet are shown at once.
const shown = 7

// facets makes the choices. Values that are set stay in the form even when they
// are not among those that were counted.
func (v *visit) facets(s state, counted []operations.Facet) ([]facet, error) {
	var out []facet
	for _, p := range params() {
		if p.facet == "" {
			continue
		}
		options, err := v.options(s, p, bucketsOf(counted, p.facet))
		if err != nil {
			return nil, err
		}
		if len(options) == 0 {
			continue
		}
		n := min(len(options), shown)
		if len(options) == shown+1 {
			n++ // one more takes no more room than the button that hides it
		}
		out = append(out, facet{Title: v.text(p.title), Options: options[:n], More: options[n:]})
	}
	return out, nil
}

// options gives the values of one facet: those that are set first.
func (v *visit) options(s state, p param, buckets []operations.Bucket) ([]option, error) {
	var set, rest []option
	counted := map[string]operations.Bucket{}
	for _, b := range buckets {
		counted[b.Value] = b
		if !slices.Contains(s.values[p.name], b.Value) {
			rest = append(rest, option{Name: p.name, Value: p.outside(b.Value), Label: b.Label, Count: v.lang.number(b.Count)})
		}
	}
	for _, value := range s.values[p.name] {
		o := option{Name: p.name, Value: p.outside(value), Selected: true}
		if b, ok := counted[value]; ok {
			o.Label, o.Count = b.Label, v.lang.number(b.Count)
		} else {
			label, err := v.label(p, value)
			if err != nil {
				return nil, err
			}
			o.Label = label
		}
		set = append(set, o)
	}
	return append(set, rest...), nil
}

func bucketsOf(facets []operations.Facet, field operations.FacetField) []operations.Bucket {
	for _, f := range facets {
		if f.Field == field {
			return f.Buckets
		}
	}
	return nil
}

func (v *visit) yearFacet(s state, counted []operations.Facet) yearFacet {
	out := yearFacet{From: yearText(s.from), To: yearText(s.to)}
	for _, b := range bucketsOf(counted, operations.FacetFieldYear) {
		n, err := strconv.Atoi(b.Value)
		if err != nil {
			continue
		}
		o := yearOption{Year: b.Label, URL: s.years(n, n).address(), Count: v.lang.number(b.Count), Current: s.from == n && s.to == n}
		if len(out.Options) < shown {
			out.Options = append(out.Options, o)
		} else {
			out.More = append(out.More, o)
		}
	}
	return out
}

// addChips shows what is set, in the words of the facets.
func (p *searchPage) addChips(v *visit, s state) error {
	for _, param := range params() {
		for _, value := range s.values[param.name] {
			label, err := p.labelOf(v, param, value)
			if err != nil {
				return err
			}
			c := chip{
				Name: param.name, Value: param.outside(value), Title: v.text(param.title),
				Label: label, URL: s.without(param.name, value).address(),
			}
			p.Chips = append(p.Chips, c)
			if param.facet == "" {
				p.Hidden = append(p.Hidden, c)
			}
		}
	}
	if s.from != 0 || s.to != 0 {
		p.Chips = append(p.Chips, chip{Title: v.text("facet.year"), Label: v.yearSpan(s.from, s.to), URL: s.years(0, 0).address()})
	}
	if s.filtered() {
		p.Clear = s.unfiltered().address()
	}
	return nil
}

// labelOf takes the label from the facets, and asks for the one of a filter without facet.
func (p *searchPage) labelOf(v *visit, param param, value string) (string, error) {
	for _, f := range p.Facets {
		for _, o := range slices.Concat(f.Options, f.More) {
			if o.Name == param.name && o.Value == param.outside(value) {
				return o.Label, nil
			}
		}
	}
	return v.label(param, value)
}

func (v *visit) yearSpan(from, to int) string {
	switch {
	case from == to:
		return yearText(from)
	case to == 0:
		return v.text("span.from", yearText(from))
	case from == 0:
		return v.text("span.to", yearText(to))
	}
	return yearText(from) + " – " + yearText(to)
}

// label asks what a value is called. A value that nobody may know of keeps its own text.
func (v *visit) label(p param, value string) (string, error) {
	switch p.name {
	case "type":
		return v.text(message("kind." + p.outside(value))), nil
	case "samenwerking":
		return v.text(message("collaboration." + p.outside(value))), nil
	case "thema":
		r, err := operations.ThemeName(v.Context(), v.client, value)
		if err != nil || r.Theme == nil {
			return value, err
		}
		return r.Theme.Label, nil
	case "organisatie", "persoon":
		r, err := operations.Names(v.Context(), v.client, []string{value})
		if err != nil || r.Nodes[0] == nil {
			return value, err
		}
		return r.Nodes[0].Label(), nil
	case "taal":
		return value, nil
	}
	r, err := operations.RegionName(v.Context(), v.client, value)
	if err != nil || r.Region == nil {
		return value, err
	}
	return r.Region.Name, nil
}
