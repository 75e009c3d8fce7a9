package kb

import (
	"context"
	"time"
)

// Searcher finds records. internal/search implements it over the index.
//
// Errors: CursorInvalid for a cursor that is not ours or was made for another
// request, CursorExpired for one that cannot go on, Unavailable while there is
// no index to search. Any text is a valid query.
type Searcher interface {
	// Search gives one page of what the actor may read.
	Search(ctx context.Context, actor Actor, req SearchRequest) (*SearchResult, error)
	// Suggest gives at most first ways to go on from what was typed so far, best
	// first, made only of what the actor may read.
	Suggest(ctx context.Context, actor Actor, prefix string, first int) ([]Suggestion, error)
	// Related gives at most first materials that are like one, best first; none
	// when the actor may not read it.
	Related(ctx context.Context, actor Actor, id ID, first int) ([]Related, error)
	// Position is how far the index has followed the store.
	Position() Seq
}

// SearchRequest asks for one page.
type SearchRequest struct {
	// Text is what a person typed; empty finds everything, in the order of NEWEST
	// when Sort is RELEVANCE.
	Text string
	// Kinds limits to kinds of records; empty means the four kinds of material.
	Kinds  []Kind
	Filter Filter
	Sort   Sort
	First  int    // 0 to 100 hits
	After  string // cursor of the hit to go on from, or empty
	// Facets are counted only where asked for; Total is always exact.
	Facets []FacetField
	// Highlights asks for the places where the words of Text stand.
	Highlights bool
	// Synonyms are used as if they were stored, to see what they would change.
	Synonyms []Synonyms
	// AsTyped searches for the words as they were typed, without corrections.
	AsTyped bool
	// Passing says that no snapshot need be kept for the cursors of the page: who goes
	// on from one does so by its place in the order. It is for what asks often.
	Passing bool
	// Explain asks how each score was made.
	Explain bool
}

// Filter limits a search: values of one field are alternatives, fields are all
// required. Regions are taken per kind of region: a hit lies in one of the
// provinces, and in one of the municipalities, and so on, of those that are named.
type Filter struct {
	Themes        []string // slugs
	Regions       []string // codes
	Organisations []ID
	People        []ID
	Collaboration []CollaborationLevel
	YearFrom      int // 0: no limit; both ends included
	YearTo        int // 0: no limit
	Languages     []string
	// Circle limits meetings to those of one learning circle.
	Circle ID
	// States are all required: a hit has each of them (Document.States). Without any
	// it is what was published, and no working copy.
	States []string
	// AnyState are states of which a hit has at least one; empty does not limit.
	AnyState []string
	// DueBefore limits to what is due before a moment; the zero time does not limit.
	DueBefore time.Time
	// RegionKinds limits regions to those of some kinds that exist now.
	RegionKinds []RegionKind
}

// Sort is the order of hits. Hits without a date come last in NEWEST and OLDEST.
type Sort string

// The orders.
const (
	SortRelevance Sort = "RELEVANCE"
	SortNewest    Sort = "NEWEST"
	SortOldest    Sort = "OLDEST"
	SortTitle     Sort = "TITLE"
)

// FacetField is a field whose values are counted.
type FacetField string

// The facets.
const (
	FacetType               FacetField = "TYPE"
	FacetTheme              FacetField = "THEME"
	FacetProvince           FacetField = "PROVINCE"
	FacetLabourMarketRegion FacetField = "LABOUR_MARKET_REGION"
	FacetMunicipality       FacetField = "MUNICIPALITY"
	FacetOrganisation       FacetField = "ORGANISATION"
	FacetCollaboration      FacetField = "COLLABORATION"
	FacetYear               FacetField = "YEAR"
	FacetLanguage           FacetField = "LANGUAGE"
)

// FacetFields are all facets, in the order in which they are shown.
func FacetFields() []FacetField {
	return []FacetField{
		FacetType, FacetTheme, FacetProvince, FacetLabourMarketRegion, FacetMunicipality,
		FacetOrganisation, FacetCollaboration, FacetYear, FacetLanguage,
	}
}

// SearchResult is one page of hits.
type SearchResult struct {
	Hits  []Hit
	Total int
	// Facets hold what was asked for, in that order.
	Facets          []FacetCounts
	HasNextPage     bool
	HasPreviousPage bool
	// Position is how far the index had come when the page was made.
	Position Seq
	// SearchedFor is the text that was searched for in place of what was typed,
	// because words of it are not in the collection or a phrase stands nowhere;
	// empty when nothing was changed.
	SearchedFor string
	// DidYouMean is a text that finds much more than what was typed, or empty.
	DidYouMean string
	// Recognised are the regions, themes and kinds that the text names.
	Recognised []Recognised
}

// Recognised is a name in a query that can be turned into a filter.
type Recognised struct {
	// Field and Value are what to filter by, as in Filter and FacetBucket.
	Field FacetField
	Value string
	// Label is what people call it, Text what was typed.
	Label, Text string
	// Rest is the query without Text, to search with once it is a filter.
	Rest string
}

// Hit is one record that was found.
type Hit struct {
	// Entity is built from what the index holds. It may be shared with other
	// answers: it must not be changed.
	Entity Entity
	Score  float64 // 0 when the order is not RELEVANCE
	Cursor string
	// Highlights is set when they were asked for.
	Highlights []Highlight
	// Explanation is set when it was asked for.
	Explanation *Explanation
	// Passage is the page of a file of the record that fits the words best, when
	// highlights were asked for and a page has any of them.
	Passage *FilePassage
}

// FilePassage is a piece of a page of a file with the places that matched.
type FilePassage struct {
	File   ID
	Page   int // from 1
	Text   string
	Ranges []TextRange
}

// FilePage is the text of one page of a file, for the index.
type FilePage struct {
	File   ID
	Number int // from 1
	Text   string
}

// Explanation says how a score was made: the score is the sum of its factors, or
// their product, as Kind says.
type Explanation struct {
	// Name says what it is: a word, a field, a gain.
	Name string
	// Kind is "sum", "product" or empty for a value that is not made of others.
	Kind    string
	Value   float64
	Factors []Explanation
}

// Highlight is a piece of text with the places that matched.
type Highlight struct {
	Field  string // title, summary or body
	Text   string
	Ranges []TextRange
}

// TextRange is a place in a text, in UTF-16 code units, End exclusive.
type TextRange struct{ Start, End int }

// FacetCounts are the values of one facet with the number of hits that have
// each, most first, counted as if this facet's own filter were not set.
type FacetCounts struct {
	Field   FacetField
	Buckets []FacetBucket
}

// FacetBucket is one value. Values are as in Filter; for TYPE they are Kinds, for YEAR years.
type FacetBucket struct {
	Value    string
	Count    int
	Selected bool
}

// Document is what the index is told of one entity: the text to search, the
// values to filter, count and sort by, and what a result is built from. A record
// has one for Live and one for its working copy.
type Document struct {
	Record  ID
	Copy    bool
	Kind    Kind
	Version int
	// Access holds the terms under which it may be found (Access).
	Access []string
	// States tell where it stands, for lists of what is to be done: a Status for
	// content, and terms as those of StateOwner.
	States []string
	// Due is when something is to happen: a publication, a look at the text, the
	// sending of a mail. The zero time is never.
	Due   time.Time
	Title string
	// Summary, Body and Sections are running text; Keywords, Names, Places single
	// names: of themes, of people and organisations, of regions.
	Summary  string
	Body     string
	Sections []string
	// Pages are the texts of the files of a published material, in the order of the
	// files and their pages, without the pages that are hidden.
	Pages []FilePage
	// Variant tells documents of one half of a record apart: each has the text of more
	// files than the ones before it, for fewer readers. An actor is shown the highest
	// that they may read, and of the others nothing.
	Variant  int
	Keywords []string
	Themes   []Term // slug and labels
	Places   []string
	Names    []string
	// Regions are codes: those of the record and of what they are part of now.
	Regions       []string
	Organisations []ID
	People        []ID
	Collaboration CollaborationLevel
	Language      string
	Circle        ID
	// RegionKind is the kind of a region that exists now.
	RegionKind RegionKind
	// Date is what NEWEST and YEAR go by; the zero time is none.
	Date time.Time
	// Refers are the ids of the records whose names stand in this document, and the
	// keys of those that were not there: when one of them changes, the document is
	// made again.
	Refers []string
	// Card is the entity encoded, without its body.
	Card []byte
}

// Term is a value with the texts by which people call it.
type Term struct {
	Value string
	Texts []string
}

// Step is one step of the change feed for the index: documents to put in the
// place of those of the same record, records to take out, and how far the feed
// has come with it.
type Step struct {
	Documents []Document
	Removed   []ID
	Position  Seq
}

// SuggestionKind is what a suggestion leads to.
type SuggestionKind string

// The kinds of suggestions: a query to search for, or a record to open.
const (
	SuggestQuery        SuggestionKind = "QUERY"
	SuggestMaterial     SuggestionKind = "MATERIAL"
	SuggestTheme        SuggestionKind = "THEME"
	SuggestRegion       SuggestionKind = "REGION"
	SuggestOrganisation SuggestionKind = "ORGANISATION"
	SuggestPerson       SuggestionKind = "PERSON"
)

// Suggestion is one way to go on from what was typed so far.
type Suggestion struct {
	Kind SuggestionKind
	// Text is the query, title or name.
	Text string
	// Entity is the record that it leads to; nil for a query.
	Entity Entity
}

// Related is a material that is like another, with what they have in common.
type Related struct {
	Hit
	// Reasons say why, most telling first.
	Reasons []Reason
}

// Reason is something that two materials have in common.
type Reason struct {
	// Field is what kind of thing it is; empty for words of the text.
	Field FacetField
	// Values are slugs, codes or ids as in Filter, or the words.
	Values []string
}
