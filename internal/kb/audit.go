package kb

import "time"

// AuditRequest asks for a page of the audit trail.
type AuditRequest struct {
	Record  ID // what happened to one record and the comments on it; empty for all
	Account ID // what one account did; empty for all
	// Types limits to some kinds of steps; empty means all but autosaves.
	Types []EventType
	// Before is Next of the page before this one, 0 for the newest.
	Before Seq
	Limit  int // 1 to MaxPage
}

// AuditPage is one page of the audit trail, newest first.
type AuditPage struct {
	Entries []AuditEntry
	// Next goes on from here, 0 at the end. A page may hold fewer entries than were
	// asked for, even none, and still have a next one.
	Next Seq
}

// AuditEntry is one step of the audit trail.
type AuditEntry struct {
	Seq Seq
	At  time.Time
	// By is the account that did it; empty for the program itself.
	By      ID
	Kind    Kind
	Record  ID
	Version int
	// Title is the name of the record at that moment, where the actor may read it.
	Title string
	Event Event
}
