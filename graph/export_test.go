package graph

import "leerkring/internal/kb"

// FieldLabels gives what fields are called, for the test that none is forgotten.
func FieldLabels() map[string]kb.Text { return fieldLabels() }
