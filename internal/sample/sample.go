// Package sample holds the sample collection that a demonstration shows: a
// community of practice that never was, written for Leerkring.
//
// The invariant that a newcomer must know: every record says in its own text
// that it is an example, names people who do not exist, and refers only to
// records of this collection. The tests hold each line to that.
package sample

import (
	_ "embed"
	"slices"
)

// Source names the collection in the origin of every record.
const Source = "leerkring-voorbeeld"

var (
	//go:embed organisations.jsonl
	organisations []byte
	//go:embed people.jsonl
	people []byte
	//go:embed circles.jsonl
	circles []byte
	//go:embed meetings.jsonl
	meetings []byte
	//go:embed cases.jsonl
	cases []byte
	//go:embed publications.jsonl
	publications []byte
	//go:embed presentations.jsonl
	presentations []byte
	//go:embed lessons.jsonl
	lessons []byte
)

// Collection gives the whole collection in the import format: JSON Lines, one
// record a line, in the same order every time. The bytes are the caller's own.
func Collection() []byte {
	return slices.Concat(organisations, people, circles, meetings, cases, publications, presentations, lessons)
}
