package web

import (
	"net/url"
	"slices"
	"strings"

	"leerkring/internal/kb"
	"leerkring/internal/web/operations"
)

// reference is a record that a form refers to.
type reference struct {
	Type string // the name of its type in GraphQL
	ID   string
	Code string // of a region
	Name string
	Path string // the path of its page
}

// value is what the input takes for it: the code of a region, the id of all else.
func (r reference) value() string {
	if r.Type == "Region" {
		return r.Code
	}
	return r.ID
}

// referenceOf reads the fragment Reference.
func referenceOf(value any) (reference, bool) {
	m, ok := value.(map[string]any)
	if !ok {
		return reference{}, false
	}
	get := func(name string) string { return scalar(m[name]) }
	r := reference{get("__typename"), get("id"), get("code"), get("title") + get("name") + get("heading"), pathOf(get("url"))}
	return r, r.ID != ""
}

func recordReference(r *operations.Record) reference {
	return reference{r.Type, r.ID, r.Code, r.Label(), pathOf(r.URL)}
}

// maxLookups is how many names one form is asked about.
const maxLookups = 60

// resolver finds the records that a form names.
type resolver struct {
	v *visit
	// known are those that the record refers to already.
	known   map[string]reference
	lookups int
}

// find gives the record that a text means: the name or the address of one, its
// slug, its id, or the code of a region.
func (r *resolver) find(text string, of []string) (found reference, wrong string, err error) {
	text = strings.Join(strings.Fields(text), " ")
	if known, ok := r.known[text]; ok && slices.Contains(of, known.Type) {
		return known, "", nil
	}
	if r.lookups++; r.lookups > maxLookups {
		return reference{}, r.v.text("form.refer.many", maxLookups), nil
	}
	candidates, err := r.candidates(text, of)
	if err != nil {
		return reference{}, "", err
	}
	switch len(candidates) {
	case 0:
		return reference{}, r.v.text("form.refer.none", text), nil
	case 1:
		r.known[text] = candidates[0]
		return candidates[0], "", nil
	}
	var paths []string
	for _, c := range candidates {
		paths = append(paths, c.Path)
	}
	return reference{}, r.v.text("form.refer.several", text, strings.Join(paths, ", ")), nil
}

// candidates gives what a text can mean, from the surest way to the least.
func (r *resolver) candidates(text string, of []string) ([]reference, error) {
	for _, way := range []func(string, []string) ([]reference, error){r.byAddress, r.byID, r.byName, r.gathering} {
		found, err := way(text, of)
		if err != nil || len(found) > 0 {
			return found, err
		}
	}
	return nil, nil
}

// byAddress finds what is at an address of this site, or has a slug or a code.
func (r *resolver) byAddress(text string, of []string) ([]reference, error) {
	slug := text
	if strings.Contains(text, "/") {
		u, err := url.Parse(text)
		if err != nil {
			return nil, nil //nolint:nilerr,nilnil // what is no address is a name
		}
		segment, last, ok := strings.Cut(strings.Trim(strings.TrimPrefix(u.Path, english.prefix()+"/"), "/"), "/")
		if !ok {
			return nil, nil
		}
		slug, of = last, slices.DeleteFunc(slices.Clone(of), func(kind string) bool { return kindOf(kind).word != segment })
	}
	if len(of) == 0 || len(slug) > kb.MaxSlug {
		return nil, nil
	}
	material := slices.ContainsFunc(of, func(kind string) bool { return kindOf(kind).material })
	found, err := operations.At(r.v.Context(), r.v.client, slug, material, slices.Contains(of, "Region"), slices.Contains(of, "Organisation"),
		slices.Contains(of, "Person"), slices.Contains(of, "LearningCircle"), slices.Contains(of, "Meeting"), slices.Contains(of, "Question"))
	if err != nil {
		return nil, err
	}
	return fitting(of, found.Material, found.Region, found.Organisation, found.Person, found.LearningCircle, found.Meeting, found.Question), nil
}

func (r *resolver) byID(text string, of []string) ([]reference, error) {
	if !kb.ID(text).Valid() {
		return nil, nil
	}
	found, err := operations.ByID(r.v.Context(), r.v.client, text)
	if err != nil {
		return nil, err
	}
	return fitting(of, found.Node), nil
}

// byName finds what is called so, whatever its capitals.
func (r *resolver) byName(text string, of []string) ([]reference, error) {
	found, err := operations.Called(r.v.Context(), r.v.client, text)
	if err != nil {
		return nil, err
	}
	var named []*operations.Record
	for _, s := range found.Suggest {
		if s.Node != nil && strings.EqualFold(s.Node.Label(), text) {
			named = append(named, s.Node)
		}
	}
	return fitting(of, named...), nil
}

// gathering finds learning circles and meetings, which are not suggested.
func (r *resolver) gathering(text string, of []string) ([]reference, error) {
	if !slices.Contains(of, "LearningCircle") && !slices.Contains(of, "Meeting") {
		return nil, nil
	}
	found, err := operations.Gatherings(r.v.Context(), r.v.client)
	if err != nil {
		return nil, err
	}
	var named []*operations.Record
	for _, g := range slices.Concat(found.LearningCircles.Nodes, found.Meetings.Nodes) {
		if strings.EqualFold(g.Label(), text) {
			named = append(named, g)
		}
	}
	return fitting(of, named...), nil
}

// fitting gives those of the right kind, each once.
func fitting(of []string, records ...*operations.Record) []reference {
	var out []reference
	for _, r := range records {
		if r != nil && slices.Contains(of, r.Type) && !slices.ContainsFunc(out, func(o reference) bool { return o.ID == r.ID }) {
			out = append(out, recordReference(r))
		}
	}
	return out
}
