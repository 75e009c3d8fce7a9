package kb

import (
	"encoding/json"
	"time"
)

// Kind is the kind of a record.
type Kind string

// The kinds of records.
const (
	KindCase           Kind = "case"
	KindPublication    Kind = "publication"
	KindPresentation   Kind = "presentation"
	KindLesson         Kind = "lesson"
	KindTheme          Kind = "theme"
	KindRegion         Kind = "region"
	KindOrganisation   Kind = "organisation"
	KindPerson         Kind = "person"
	KindLearningCircle Kind = "learningCircle"
	KindMeeting        Kind = "meeting"
	KindQuestion       Kind = "question"
	KindFile           Kind = "file"
	KindSynonyms       Kind = "synonyms"
	KindJudgements     Kind = "judgements"
	KindRedirect       Kind = "redirect"
	KindComment        Kind = "comment"
	KindNotification   Kind = "notification"
	KindMail           Kind = "mail"
	KindStatistics     Kind = "statistics"
	KindAccount        Kind = "account"
	KindSession        Kind = "session"
	KindTicket         Kind = "ticket"
	KindToken          Kind = "token"
	KindProgress       Kind = "progress"
	KindKey            Kind = "key"
	KindAdmins         Kind = "admins"
	KindUpload         Kind = "upload"
	KindExtraction     Kind = "extraction"
)

// MaterialKinds are the kinds that a search finds, in the order in which they are shown.
func MaterialKinds() []Kind {
	return []Kind{KindCase, KindPublication, KindPresentation, KindLesson}
}

// Seq numbers the writes of a store: 1, 2, 3, … Every write has its own number,
// and a number that is visible means that every lower one is too.
type Seq uint64

// Record is one version of one record, as a store keeps it: the entity encoded,
// and what the store itself must know of it.
type Record struct {
	ID      ID   `json:"id"`
	Kind    Kind `json:"kind"`
	Version int  `json:"version"` // 1 for the first
	// Seq is given by the store at the write.
	Seq Seq       `json:"-"`
	At  time.Time `json:"at"` // when it was written, UTC, whole milliseconds
	// By is the account that wrote it; empty for the program itself.
	By ID `json:"by,omitempty"`
	// Event says what the write was for.
	Event Event `json:"event"`
	// Deleted marks a tombstone: Live and Copy are empty and Keys are free again.
	Deleted bool `json:"deleted,omitempty"`
	// Keys are the unique keys that this version holds, like "slug:case/x"; sorted.
	Keys []string `json:"keys,omitempty"`
	// Live is the entity that readers see (or a draft that was never published).
	Live json.RawMessage `json:"live,omitempty"`
	// Copy is the working copy of a published record that is being edited: a whole
	// entity of the same kind that replaces Live when it is approved.
	Copy json.RawMessage `json:"copy,omitempty"`
}

// Result is the outcome of one write: its number, or why it was refused.
type Result struct {
	Seq Seq
	Err error
}

// Changes is one step of the change feed.
type Changes struct {
	// Records hold, in order of Seq, every record whose current version was written
	// after the asked position up to Position, tombstones included. A version that
	// has been replaced since is left out: its successor comes further on.
	Records []Record
	// Position is how far this step came. It equals the asked position when
	// there is nothing new.
	Position Seq
}
