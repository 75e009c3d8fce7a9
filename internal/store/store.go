// Package store holds the little that the adapters of kb.Store share: how a
// record is made ready for writing, why a write is refused, and the call that
// wakes who waits for a write.
//
// The invariant that a newcomer must know: a store is a log. Every write is one
// row with the next number, numbers have no gaps, and the current version of a
// record is its row with the highest version; nothing is ever changed in place.
package store

import (
	"slices"
	"time"

	"leerkring/internal/kb"
)

// StepBytes bounds what one step of the feed holds in memory: a step ends early
// once its records have this many bytes of text.
const StepBytes = 32 << 20

// Ready gives a record as it is stored: the time in UTC and whole milliseconds,
// keys sorted and once each, and a tombstone without keys and text. The slices
// of the given record are left alone.
func Ready(r kb.Record) kb.Record {
	r.At = r.At.UTC().Truncate(time.Millisecond)
	if r.Deleted {
		r.Keys, r.Live, r.Copy = nil, nil, nil
		return r
	}
	keys := slices.Clone(r.Keys)
	slices.Sort(keys)
	r.Keys = slices.Compact(keys)
	return r
}

// MaxRecord is how many bytes of text a record may have; a MongoDB document ends at 16 MB.
const MaxRecord = 15 << 20

// Size is the text of a record in bytes, as StepBytes and MaxRecord count it.
func Size(r kb.Record) int { return len(r.Live) + len(r.Copy) }

// Refuse says why a record may not follow the stored version (0: there is none),
// or nil. Whether its keys are free is for the adapter to see.
func Refuse(r kb.Record, stored int) error {
	if r.Version != stored+1 {
		return Conflict()
	}
	if Size(r) > MaxRecord {
		return kb.Errorf(kb.TooLarge, kb.Text{
			NL: "Dit record heeft %d bytes tekst; het mogen er %d zijn. Maak het kleiner of splits het.",
			EN: "This record has %d bytes of text; it may have %d. Make it smaller, or split it.",
		}, Size(r), MaxRecord)
	}
	return nil
}

// Conflict refuses a write that expected another version than the stored one.
func Conflict() error {
	return kb.Errorf(kb.Conflict, kb.Text{
		NL: "Dit record is intussen door iemand anders gewijzigd. Open het opnieuw en doe de wijziging nog eens.",
		EN: "Someone else has changed this record in the meantime. Open it again and make the change once more.",
	})
}

// KeyTaken refuses a write whose key belongs to another record.
func KeyTaken(key string) error {
	return kb.Errorf(kb.KeyTaken, kb.Text{
		NL: "%q hoort al bij een ander record. Kies iets anders.",
		EN: "%q already belongs to another record. Choose something else.",
	}, key)
}

// Closed answers a call on a store that was closed.
func Closed() error {
	return kb.Errorf(kb.Unavailable, kb.Text{
		NL: "De opslag is gesloten, want het programma stopt.",
		EN: "The store is closed, because the program is stopping.",
	})
}

// Newer refuses data that a later version of the program wrote.
func Newer(found, known int) error {
	return kb.Errorf(kb.Unavailable, kb.Text{
		NL: "Deze gegevens zijn gemaakt met een nieuwere versie van Leerkring (indeling %d, deze versie kent %d). Installeer de nieuwere versie.",
		EN: "These data were made by a newer version of Leerkring (layout %d, this version knows %d). Install the newer version.",
	}, found, known)
}
