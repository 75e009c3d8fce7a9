package kb

import "time"

// Tombstone is what readers see in the place of a record that was withdrawn.
type Tombstone struct {
	ID     ID
	Kind   Kind
	Title  string
	At     time.Time
	Reason string
	// ReplacedBy is a record to read instead; nil when there is none that the actor may read.
	ReplacedBy Entity
}
