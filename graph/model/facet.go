// Package model holds the inputs and payloads of the schema; what model_gen.go
// holds is generated from it.
//
// The invariant that a newcomer must know: nouns are not here. They are the types
// of internal/kb, so that a field cannot mean something else at this edge.
package model

import "leerkring/internal/kb"

// FacetBucket is one value of a facet with its label in the language of the request.
type FacetBucket struct {
	kb.FacetBucket
	Label string
}
