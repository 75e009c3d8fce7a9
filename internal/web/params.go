package web

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"leerkring/internal/kb"
	"leerkring/internal/web/operations"
)

// The parameters of the search page that are no filter of values.
const (
	paramQuery = "q"
	paramFrom  = "jaar_van"
	paramTo    = "jaar_tot"
	paramSort  = "sorteer"
	// paramAfter stands once for each page that was turned, in order.
	paramAfter = "na"
	// paramLiteral searches for the words as typed. Its value is 1, or the query to
	// which it belongs: in the form it must not go over to the next query.
	paramLiteral = "letterlijk"
	// paramExplain shows how each score was made.
	paramExplain = "uitleg"
)

// param is a parameter of the search page that limits to values of one field.
type param struct {
	name  string
	title message
	// facet is the facet that counts the values; some filters have none.
	facet operations.FacetField
	// words are the values of an enumeration as the address writes them.
	words map[string]string
	// read gives a value in its one spelling when there are no words.
	read func(string) (value string, ok bool)
	// into is the field of the filter that takes the values.
	into func(*operations.SearchFilter) *[]string
}

// params are the filters of the search page, in the order in which they are shown.
func params() []param {
	regions := func(f *operations.SearchFilter) *[]string { return &f.Regions }
	return []param{
		{name: "type", title: "facet.type", facet: operations.FacetFieldType, words: typeWords()},
		{name: "thema", title: "facet.theme", facet: operations.FacetFieldTheme, read: short, into: func(f *operations.SearchFilter) *[]string { return &f.Themes }},
		{name: "provincie", title: "facet.province", facet: operations.FacetFieldProvince, read: codeOfKind(kb.Province), into: regions},
		{name: "arbeidsmarktregio", title: "facet.labour", facet: operations.FacetFieldLabourMarketRegion, read: codeOfKind(kb.LabourMarketRegion), into: regions},
		{name: "gemeente", title: "facet.municipality", facet: operations.FacetFieldMunicipality, read: codeOfKind(kb.Municipality), into: regions},
		{name: "organisatie", title: "facet.organisation", facet: operations.FacetFieldOrganisation, read: validID, into: func(f *operations.SearchFilter) *[]string { return &f.Organisations }},
		{name: "samenwerking", title: "facet.collaboration", facet: operations.FacetFieldCollaboration, words: collaborationWords()},
		{name: "taal", title: "facet.language", facet: operations.FacetFieldLanguage, read: short, into: func(f *operations.SearchFilter) *[]string { return &f.Languages }},
		{name: "corop", title: "facet.corop", read: codeOfKind(kb.COROP), into: regions},
		{name: "persoon", title: "facet.person", read: validID, into: func(f *operations.SearchFilter) *[]string { return &f.People }},
	}
}

func typeWords() map[string]string {
	return map[string]string{"CASE": "casus", "PUBLICATION": "publicatie", "PRESENTATION": "presentatie", "LESSON": "les"}
}

func collaborationWords() map[string]string {
	return map[string]string{"INTERNAL": "intern", "REGIONAL": "regionaal", "SOCIETY": "samenleving"}
}

func sortWords() map[operations.SearchSort]string {
	return map[operations.SearchSort]string{
		operations.SearchSortNewest: "nieuwste", operations.SearchSortOldest: "oudste", operations.SearchSortTitle: "titel",
	}
}

func short(s string) (string, bool) { return s, s != "" && len(s) <= kb.MaxSlug }

func validID(s string) (string, bool) { return s, kb.ID(s).Valid() }

func codeOfKind(want kb.RegionKind) func(string) (string, bool) {
	return func(s string) (string, bool) {
		code := strings.ToUpper(s)
		k, ok := kb.RegionKindOf(code)
		return code, ok && k == want
	}
}

// outside gives a value of the filter as the address writes it.
func (p param) outside(value string) string {
	if word, ok := p.words[value]; ok {
		return word
	}
	return value
}

// inside gives a value of the address as the filter takes it.
func (p param) inside(value string) (string, bool) {
	if p.words == nil {
		return p.read(value)
	}
	for inside, word := range p.words {
		if word == value {
			return inside, true
		}
	}
	return "", false
}

// state is what is asked of the search page. All of it is in the address.
type state struct {
	query string
	// values hold, by name of the parameter, the values as the filter takes them.
	values   map[string][]string
	from, to int // years, 0 for no limit
	sort     operations.SearchSort
	literal  bool
	explain  bool
	// after holds the cursors of the pages up to this one, the last of which is its
	// own; empty on the first page.
	after []string
}

// maxTrail is how many pages a reader can go back, one by one.
const maxTrail = 40

// parseState reads the state from the parameters of an address. What cannot be is
// left out, so that every address is a search.
func parseState(q url.Values) state {
	s := state{
		query: strings.Join(strings.Fields(kb.CutQuery(clean(q.Get(paramQuery)))), " "), values: map[string][]string{},
		from: year(q.Get(paramFrom)), to: year(q.Get(paramTo)),
		sort: operations.SearchSortRelevance, explain: q.Get(paramExplain) == "1",
	}
	literal := q.Get(paramLiteral)
	s.literal = s.query != "" && (literal == "1" || literal == s.query)
	for _, cursor := range q[paramAfter] {
		if cursor != "" {
			s.after = append(s.after, cursor)
		}
	}
	s.after = s.after[max(0, len(s.after)-maxTrail):]
	if s.from > s.to && s.to != 0 {
		s.from, s.to = s.to, s.from
	}
	for sort, word := range sortWords() {
		if word == q.Get(paramSort) {
			s.sort = sort
		}
	}
	for _, p := range params() {
		for _, v := range q[p.name] {
			if inside, ok := p.inside(clean(v)); ok && !slices.Contains(s.values[p.name], inside) {
				s.values[p.name] = append(s.values[p.name], inside)
			}
		}
	}
	return s
}

// clean makes a text valid UTF-8, without NUL.
func clean(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "")
}

// year gives 0 for what is no year.
func year(s string) int {
	n, err := strconv.Atoi(strings.TrimSpace(s))
	if err != nil || n < 1000 || n > 9999 {
		return 0
	}
	return n
}

// filtered reports whether the state limits the search beyond its words.
func (s state) filtered() bool { return len(s.values) > 0 || s.from != 0 || s.to != 0 }

// filter gives the state as GraphQL takes it.
func (s state) filter() operations.SearchFilter {
	var f operations.SearchFilter
	for _, p := range params() {
		values := s.values[p.name]
		switch {
		case p.into != nil:
			field := p.into(&f)
			*field = append(*field, values...)
		case p.facet == operations.FacetFieldType:
			f.Types = enums[operations.MaterialType](values)
		case p.facet == operations.FacetFieldCollaboration:
			f.Collaboration = enums[operations.CollaborationLevel](values)
		}
	}
	if s.from != 0 || s.to != 0 {
		f.Years = &operations.IntRange{From: s.from, To: s.to}
	}
	return f
}

func enums[E ~string](values []string) []E {
	out := make([]E, len(values))
	for i, v := range values {
		out[i] = E(v)
	}
	return out
}

// address writes the state, always in the same order.
func (s state) address() string {
	var set []string
	add := func(name, value string) {
		if value != "" {
			set = append(set, name+"="+url.QueryEscape(value))
		}
	}
	add(paramQuery, s.query)
	for _, p := range params() {
		for _, v := range s.values[p.name] {
			add(p.name, p.outside(v))
		}
	}
	add(paramFrom, yearText(s.from))
	add(paramTo, yearText(s.to))
	add(paramSort, sortWords()[s.sort])
	add(paramLiteral, flag(s.literal))
	add(paramExplain, flag(s.explain))
	for _, cursor := range s.after {
		add(paramAfter, cursor)
	}
	if len(set) == 0 {
		return "/?" + paramQuery + "=" // all material, not the start page
	}
	return "/?" + strings.Join(set, "&")
}

func flag(on bool) string {
	if on {
		return "1"
	}
	return ""
}

func yearText(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// with gives the state with other values of one filter, at its first page.
func (s state) with(name string, values ...string) state {
	next := s.first()
	next.values = make(map[string][]string, len(s.values)+1)
	for k, v := range s.values {
		next.values[k] = v
	}
	next.values[name] = values
	if len(values) == 0 {
		delete(next.values, name)
	}
	return next
}

// without gives the state without one value of a filter, at its first page.
func (s state) without(name, value string) state {
	var left []string
	for _, v := range s.values[name] {
		if v != value {
			left = append(left, v)
		}
	}
	return s.with(name, left...)
}

// years gives the state with other years, at its first page.
func (s state) years(from, to int) state {
	next := s.first()
	next.from, next.to = from, to
	return next
}

// first gives the state at its first page.
func (s state) first() state {
	s.after = nil
	return s
}

// cursor is the cursor of the page, empty for the first.
func (s state) cursor() string {
	if len(s.after) == 0 {
		return ""
	}
	return s.after[len(s.after)-1]
}

// next gives the state at the page after a cursor.
func (s state) next(cursor string) state {
	s.after = append(slices.Clip(s.after), cursor)
	s.after = s.after[max(0, len(s.after)-maxTrail):]
	return s
}

// asking gives the state with another query, at its first page.
func (s state) asking(query string) state {
	next := s.first()
	next.query, next.literal = query, false
	return next
}

// asTyped gives the state with corrections or without, at its first page.
func (s state) asTyped(literal bool) state {
	next := s.first()
	next.literal = literal
	return next
}

// unfiltered gives the state with its words only.
func (s state) unfiltered() state {
	return state{query: s.query, sort: s.sort, literal: s.literal, explain: s.explain}
}
