package model

import (
	"time"

	"leerkring/internal/kb"
)

// Revision is one version of a record.
type Revision struct {
	Version  int
	Sequence int
	At       time.Time
	By       *AccountName
	Event    kb.EventType
	Fields   []string
	Note     string
	Record   kb.Entity
}

// FieldChange is one field that differs between two versions.
type FieldChange struct {
	Field, Label  string
	Before, After string
}

// AuditPage is a part of the audit trail.
type AuditPage struct {
	Entries []*AuditEntry
	Next    *int
}

// AuditEntry is one entry of the audit trail.
type AuditEntry struct {
	Sequence int
	At       time.Time
	By       *AccountName
	Token    *kb.ID
	Event    kb.EventType
	Kind     string
	Record   kb.ID
	About    *kb.ID
	Label    string
	Version  int
	Fields   []string
	Note     string
}

// Conflict is a change by someone else since a record was read.
type Conflict struct {
	Version int
	By      *AccountName
	At      time.Time
	Fields  []string
}

// Tombstone is what is left of a withdrawn record.
type Tombstone struct {
	Title       string
	Kind        kb.Kind
	WithdrawnAt time.Time
	Reason      string
	ReplacedBy  kb.Entity
}
