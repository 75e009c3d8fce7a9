package kb

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
)

// Describer makes the documents by which records are found. What a document
// says is a function of the record, of the records whose names stand in it
// (Document.Refers), and of the built-in regions.
type Describer struct {
	store  Store
	places *Gazetteer
	// Damaged is told of each record that cannot be read, when it is set before the
	// first use. Such a record has no documents, and the others go on.
	Damaged func(Record, error)
	// Blobs holds what was read from files; nil where materials are described without
	// the text of their files. Both are set before the first use.
	Blobs Blobs
	// Unread is told of each file whose text cannot be had.
	Unread func(*File, error)
}

// NewDescriber describes the records of a store.
func NewDescriber(store Store, places *Gazetteer) *Describer {
	return &Describer{store: store, places: places, Damaged: func(Record, error) {}, Unread: func(*File, error) {}}
}

// documentLayout changes whenever documents of the same records change.
const documentLayout = "6"

// Edition names what documents are made of besides records: this code and the
// built-in regions. An index of another edition does not fit.
func (d *Describer) Edition() (string, error) {
	h := sha256.New()
	for _, r := range d.places.regions {
		b, err := Encode(r)
		if err != nil {
			return "", err
		}
		_, _ = h.Write(b)
	}
	return documentLayout + "-" + hex.EncodeToString(h.Sum(nil)[:8]), nil
}

// Describe gives the documents of records: one for each live half and one for
// each working copy; none for tombstones, for kinds that are not found by
// themselves, and for what cannot be read. Its errors are those of the store.
func (d *Describer) Describe(ctx context.Context, records []Record) ([]Document, error) {
	var halves []half
	var files []ID
	for _, r := range records {
		if !indexed(r.Kind) {
			continue
		}
		if r.Kind == KindFile {
			files = append(files, r.ID)
			continue
		}
		live, copied, err := DecodeRecord(r)
		if err != nil {
			d.Damaged(r, err)
			continue
		}
		if live != nil && !withheld(live) {
			halves = append(halves, half{entity: live, access: Access(live), refs: refsOf(live)})
		}
		if copied != nil && !withheld(live) && !withheld(copied) {
			halves = append(halves, half{entity: copied, copied: true, access: accessToCopy(live, copied), refs: refsOf(copied)})
		}
	}
	of, err := d.fileHalves(ctx, files)
	if err != nil {
		return nil, err
	}
	halves = append(halves, of...)
	named, err := d.look(ctx, halves)
	if err != nil {
		return nil, err
	}
	out := make([]Document, 0, len(halves))
	for _, h := range halves {
		doc, err := d.document(h, named)
		if err != nil {
			return nil, err
		}
		m, ok := h.entity.(Material)
		if !ok || h.copied || m.Base().Status != StatusPublished || len(m.Shared().Files) == 0 {
			out = append(out, doc)
			continue
		}
		variants, err := d.withFiles(ctx, doc, m)
		if err != nil {
			return nil, err
		}
		out = append(out, variants...)
	}
	return out, nil
}

// half is one entity to describe.
type half struct {
	entity Entity
	copied bool
	access []string
	refs   refs
	// states and refers are added to those of the entity itself.
	states, refers []string
}

// refs are the other records that an entity names.
type refs struct {
	themes        []string
	regions       []string
	organisations []ID
	people        []ID
}

// withheld reports what is in no index: a person who did not agree to be listed.
func withheld(e Entity) bool {
	p, ok := e.(*Person)
	return ok && !p.Consent
}

func indexed(k Kind) bool {
	switch k {
	case KindSession, KindTicket, KindProgress, KindKey, KindAdmins:
		return false
	}
	return true
}

func refsOf(e Entity) refs {
	var r refs
	if m, ok := e.(Material); ok {
		c := m.Shared()
		r = refs{c.Themes, c.Regions, slices.Clone(c.Organisations), slices.Clone(c.People)}
	}
	switch v := e.(type) {
	case *Case:
		for _, p := range v.Partners {
			r.organisations = append(r.organisations, p.Organisation)
		}
	case *Presentation:
		r.people = append(r.people, v.Speakers...)
	case *Person:
		r.regions = v.Regions
		if v.Organisation != "" {
			r.organisations = []ID{v.Organisation}
		}
	case *Question:
		r.themes = v.Themes
	case *LearningCircle:
		r = refs{v.Themes, v.Regions, slices.Clone(v.Organisers), slices.Clone(v.Facilitators)}
	case *Meeting:
		r.themes = v.Themes
		if v.HostCity != "" {
			r.regions = []string{v.HostCity}
		}
		if v.Host != "" {
			r.organisations = []ID{v.Host}
		}
		for _, it := range v.Programme {
			r.people = append(r.people, it.Speakers...)
		}
	case *Region:
		r.regions = []string{v.Code}
	case *Organisation:
		if v.CBSCode != "" {
			r.regions = []string{v.CBSCode}
		}
	}
	slices.Sort(r.organisations)
	r.organisations = slices.Compact(r.organisations)
	slices.Sort(r.people)
	r.people = slices.Compact(r.people)
	return r
}

// named holds the records that documents name, by id and by slug of a theme.
type named struct {
	byID   map[ID]Entity
	themes map[string]*Theme
}

// look reads all that the halves name, in two batches.
func (d *Describer) look(ctx context.Context, halves []half) (*named, error) {
	ids := map[ID]bool{}
	keys := map[string]bool{}
	for _, h := range halves {
		for _, id := range h.refs.organisations {
			ids[id] = true
		}
		for _, id := range h.refs.people {
			ids[id] = true
		}
		for _, slug := range h.refs.themes {
			keys[SlugKey(KindTheme, slug)] = true
		}
	}
	n := &named{byID: map[ID]Entity{}, themes: map[string]*Theme{}}
	if len(keys) > 0 {
		owners, err := d.store.Find(ctx, sortedKeys(keys))
		if err != nil {
			return nil, err
		}
		for _, id := range owners {
			ids[id] = true
		}
	}
	if len(ids) == 0 {
		return n, nil
	}
	records, err := d.store.Get(ctx, sortedKeys(ids))
	if err != nil {
		return nil, err
	}
	for id, r := range records {
		e, err := decodeLive(r)
		if err != nil || e == nil {
			continue // a damaged record has no name; it is told of when its own turn comes
		}
		n.byID[id] = e
		if t, ok := e.(*Theme); ok {
			n.themes[t.Slug] = t
		}
	}
	return n, nil
}

func sortedKeys[K ~string](set map[K]bool) []K {
	out := make([]K, 0, len(set))
	for k := range set {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

func (d *Describer) document(h half, n *named) (Document, error) {
	head := h.entity.Base()
	doc := Document{
		Record: head.ID, Copy: h.copied, Kind: h.entity.Kind(), Version: head.Version,
		Access: h.access, Title: h.entity.Label(),
		Regions: d.places.Expand(h.refs.regions),
	}
	doc.States, doc.Due = statesOf(h.entity, h.copied)
	doc.States, doc.Refers = append(doc.States, h.states...), slices.Clone(h.refers)
	doc.Places = d.places.Names(doc.Regions)
	for _, slug := range h.refs.themes {
		doc.referTheme(slug, n.themes[slug])
	}
	doc.Organisations = doc.refer(h.refs.organisations, n)
	doc.People = doc.refer(h.refs.people, n)
	doc.fill(h.entity)
	var err error
	doc.Card, err = card(h.entity)
	return doc, err
}

// referTheme adds a theme that everyone may read. One that is not known (yet) and
// one that is hidden leave the same trace: a reference, so that the document is made
// again when that changes.
func (doc *Document) referTheme(slug string, t *Theme) {
	if t == nil {
		doc.Refers = append(doc.Refers, SlugKey(KindTheme, slug))
		return
	}
	doc.Refers = append(doc.Refers, string(t.ID))
	if slices.Contains(Access(t), AccessPublic) {
		doc.Themes = append(doc.Themes, Term{Value: slug, Texts: append([]string{t.PrefLabel.NL}, t.Synonyms...)})
	}
}

// refer adds the names of records that everyone may read and gives their ids.
// Others leave no trace that could be searched, filtered or counted, but are
// referred to, so that the document is made again when they are published.
func (doc *Document) refer(ids []ID, n *named) []ID {
	var out []ID
	for _, id := range ids {
		doc.Refers = append(doc.Refers, string(id))
		e := n.byID[id]
		if e == nil || !slices.Contains(Access(e), AccessPublic) {
			continue
		}
		out = append(out, id)
		doc.Names = append(doc.Names, e.Label())
		if o, ok := e.(*Organisation); ok {
			doc.Names = append(doc.Names, o.Also...)
		}
	}
	return out
}

// fill adds what only the entity's own kind has.
func (doc *Document) fill(e Entity) {
	if m, ok := e.(Material); ok {
		c := m.Shared()
		doc.Summary, doc.Body, doc.Keywords = c.Summary, c.Body, c.Keywords
		doc.Collaboration, doc.Language = c.Collaboration, c.Language
		if c.PublishedAt != nil {
			doc.Date = *c.PublishedAt
		}
		if s, ok := e.(interface{ Sections() []string }); ok {
			doc.Sections = s.Sections()
		}
	}
	switch v := e.(type) {
	case *Theme:
		doc.Summary, doc.Keywords = v.Definition, append([]string{v.PrefLabel.EN}, v.Synonyms...)
	case *Region:
		doc.Keywords = v.Also
		if v.ValidTo == "" {
			doc.RegionKind = v.RegionKind
		}
	case *Organisation:
		doc.Keywords = append([]string{v.City}, v.Also...)
	case *Person:
		doc.Summary, doc.Sections, doc.Keywords = v.Function, []string{v.Bio}, v.Expertise
	case *Question:
		doc.Summary = v.Text
		for _, a := range v.Answers {
			doc.Sections = append(doc.Sections, a.Text)
		}
	case *Synonyms:
		doc.Keywords = v.Terms
	case *Comment:
		doc.Date = v.CreatedAt
	case *Notification:
		doc.Date = v.CreatedAt
	case *Mail:
		doc.Date = v.CreatedAt
	case *Statistics:
		doc.Date, _ = v.Day.Time()
	case *File:
		doc.Date = v.CreatedAt
	case *Upload:
		doc.Date = v.CreatedAt
	case *Extraction:
		doc.Date = v.CreatedAt
	case *LearningCircle:
		doc.Summary, doc.Sections = v.Summary, append([]string{v.Goal, v.Outcomes}, v.LearningQuestions...)
	case *Meeting:
		doc.Summary, doc.Circle = v.Summary, v.Circle
		if v.Start != nil {
			doc.Date = *v.Start
		}
		for _, it := range v.Programme {
			doc.Sections = append(doc.Sections, it.Title, it.Description)
		}
	}
	if h := e.Base(); h.isWork() {
		doc.Date = h.UpdatedAt
		if h.Review != nil && h.Review.SubmittedAt != nil && h.Status == StatusInReview {
			doc.Date = *h.Review.SubmittedAt
		}
	}
	doc.Sections = slices.DeleteFunc(slices.Clone(doc.Sections), func(s string) bool { return strings.TrimSpace(s) == "" })
}

// card encodes an entity without its body and without secrets, and leaves the
// entity as it was.
func card(e Entity) ([]byte, error) {
	switch x := e.(type) {
	case *Account:
		shown := *x
		shown.Password = ""
		return Encode(&shown)
	case *Token:
		shown := *x
		shown.Secret = ""
		return Encode(&shown)
	case *Upload:
		shown := *x
		shown.Secret = ""
		return Encode(&shown)
	case *File:
		return Encode(x.shown())
	}
	if m, ok := e.(Material); ok {
		c := m.Shared()
		body := c.Body
		c.Body = ""
		defer func() { c.Body = body }()
	}
	return Encode(e)
}
