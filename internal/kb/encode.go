package kb

import (
	"bytes"
	"encoding/json"
	"sort"
)

// New gives an empty entity of a kind; ok is false for an unknown kind.
func New(k Kind) (e Entity, ok bool) {
	switch k {
	case KindCase:
		return &Case{}, true
	case KindPublication:
		return &Publication{}, true
	case KindPresentation:
		return &Presentation{}, true
	case KindLesson:
		return &Lesson{}, true
	case KindTheme:
		return &Theme{}, true
	case KindRegion:
		return &Region{}, true
	case KindOrganisation:
		return &Organisation{}, true
	case KindPerson:
		return &Person{}, true
	case KindLearningCircle:
		return &LearningCircle{}, true
	case KindMeeting:
		return &Meeting{}, true
	case KindQuestion:
		return &Question{}, true
	case KindFile:
		return &File{}, true
	case KindSynonyms:
		return &Synonyms{}, true
	case KindJudgements:
		return &JudgementList{}, true
	case KindRedirect:
		return &Redirect{}, true
	case KindComment:
		return &Comment{}, true
	case KindNotification:
		return &Notification{}, true
	case KindMail:
		return &Mail{}, true
	case KindStatistics:
		return &Statistics{}, true
	case KindAccount:
		return &Account{}, true
	case KindSession:
		return &Session{}, true
	case KindTicket:
		return &Ticket{}, true
	case KindToken:
		return &Token{}, true
	case KindProgress:
		return &Progress{}, true
	case KindAdmins:
		return &Admins{}, true
	case KindKey:
		return &Key{}, true
	case KindUpload:
		return &Upload{}, true
	case KindExtraction:
		return &Extraction{}, true
	}
	return nil, false
}

// Decode reads an entity that Encode wrote. Damaged means that it cannot be read.
func Decode(k Kind, version int, data []byte) (Entity, error) {
	e, ok := New(k)
	if !ok {
		return nil, Errorf(Damaged, Text{"Onbekende soort record: %q.", "Unknown kind of record: %q."}, string(k))
	}
	if err := json.Unmarshal(data, e); err != nil {
		return nil, Wrap(err, Damaged, Text{"Een opgeslagen record is niet te lezen.", "A stored record cannot be read."})
	}
	e.Base().Version = version
	return e, nil
}

// DecodeRecord reads both halves of a record; copy is nil when there is no
// working copy, both are nil for a tombstone.
func DecodeRecord(r Record) (live, copy Entity, err error) {
	if len(r.Live) > 0 {
		if live, err = Decode(r.Kind, r.Version, r.Live); err != nil {
			return nil, nil, err
		}
	}
	if len(r.Copy) > 0 {
		if copy, err = Decode(r.Kind, r.Version, r.Copy); err != nil {
			return nil, nil, err
		}
	}
	return live, copy, nil
}

// Encode writes an entity: JSON with the fields in a fixed order, so that equal
// entities are equal bytes.
func Encode(e Entity) (json.RawMessage, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(e); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// NewRecord encodes an entity as the next version of its record. copy may be
// nil. The entity must be valid.
func NewRecord(live, copy Entity) (Record, error) {
	h := live.Base()
	r := Record{ID: h.ID, Kind: live.Kind(), Version: h.Version + 1, At: h.UpdatedAt, By: h.UpdatedBy, Keys: Keys(live)}
	var err error
	if r.Live, err = Encode(live); err != nil {
		return Record{}, err
	}
	if copy != nil {
		r.Keys = append(r.Keys, Keys(copy)...)
		if r.Copy, err = Encode(copy); err != nil {
			return Record{}, err
		}
	}
	sort.Strings(r.Keys)
	r.Keys = unique(r.Keys)
	return r, nil
}

// Keys gives the unique keys that an entity claims.
func Keys(e Entity) []string {
	keys := []string{SlugKey(e.Kind(), e.Base().Slug)}
	switch v := e.(type) {
	case *Region:
		if v.Code != "" { // a draft may not have one yet
			keys = append(keys, "region:"+v.Code)
		}
	case interface{ keys() []string }:
		keys = append(keys, v.keys()...)
	}
	sort.Strings(keys)
	return keys
}

func unique(sorted []string) []string {
	out := sorted[:0]
	for i, s := range sorted {
		if i == 0 || s != sorted[i-1] {
			out = append(out, s)
		}
	}
	return out
}
