package kb

import (
	"time"
)

// Desk is where records are written, reviewed and published. All its rules are
// here and in the files beside it: who may do what (permission.go), what a record
// needs before it is reviewed (complete.go), and what a write leaves behind in the
// audit trail. docs/workflow.md tells it to editors.
//
// Its errors: NotFound for what the actor may not know of, Forbidden for what they
// may know but not do, Conflict for what was changed since (*Clash says by whom)
// or is not possible in the state that the record is in, Invalid with Problems,
// and those of the store and the index.
type Desk struct {
	store  Store
	search Searcher
	own    *OwnWrites
	now    func() time.Time
	newID  func() ID
}

// NewDesk writes into a store, and lists what the index over it has. Its writes are
// noted in own, which may be nil. newID gives a new random id each time.
func NewDesk(store Store, search Searcher, own *OwnWrites, now func() time.Time, newID func() ID) *Desk {
	return &Desk{store: store, search: search, own: own, now: now, newID: newID}
}

// Fields are values for fields of an entity, by their JSON names, as encoding/json
// decodes them or as the field's own type. nil clears a field.
type Fields map[string]any

// Target is a record at the version that the actor read.
type Target struct {
	Kind    Kind // empty for any kind of content
	ID      ID
	Version int
}

// Saved is the answer to a write.
type Saved struct {
	// Entity is what is being worked on: the working copy if there is one, else the
	// live half. It is nil for a record that was deleted.
	Entity  Entity
	Version int
	// Seq is the number of the write, or of the last one where nothing was to be written.
	Seq Seq
}

// Draft is a record as those see it who may work on it.
type Draft struct {
	// Live is what readers see, or a draft that was never published; Copy is the
	// working copy of a published record. Each is nil where there is none that the
	// actor may read.
	Live, Copy Entity
	Version    int
	// Can is what the actor may do with the record now.
	Can []Ability
}

// Work is what is being worked on: the working copy if there is one, else the live half.
func (d Draft) Work() Entity {
	if d.Copy != nil {
		return d.Copy
	}
	return d.Live
}

// Clash is what an error with the code Conflict wraps when somebody else changed
// the record first.
type Clash struct {
	// By is the account that changed it, ByName its name; both are empty for the program itself.
	By     ID
	ByName string
	At     time.Time
	// Version is the version that the record has now.
	Version int
	// Fields are the JSON names of the fields that differ from the version that the
	// actor read, sorted.
	Fields []string
}

// Error says so for the log.
func (*Clash) Error() string { return "changed by another write" }

