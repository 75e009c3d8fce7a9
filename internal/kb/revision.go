package kb

import "time"

// Revision is one version of a record.
type Revision struct {
	Version int
	Seq     Seq
	At      time.Time
	By      ID // the account that wrote it; empty for the program itself
	Event   Event
	// Entity is what was being worked on at that version: the working copy if there
	// was one, else the live half. To who may not work on the record it is the live
	// half. It is nil for a record that was deleted.
	Entity Entity
}
