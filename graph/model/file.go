package model

import "leerkring/internal/kb"

// FilePage is one page of a file as someone may see it.
type FilePage struct {
	Number             int
	Label              string
	Title, Text, Notes string
	Hidden             bool
	HiddenInDocument   bool
	Recognised         bool
	Picture            *string
	URL                string
}

// Finding is what the safety check found in a file, and what was said of it.
type Finding struct {
	Key      string
	Type     kb.FindingType
	Severity kb.Severity
	Message  string
	Page     *int
	Passage  string
	Ranges   []kb.TextRange
	Count    int
	// Explained is why it is in order; nil when nobody said so.
	Explained *kb.Explained
	// Hidden reports whether it stands on a page that readers do not see.
	Hidden bool
}
