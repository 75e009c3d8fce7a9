package model

import "leerkring/internal/kb"

// FacetBucket is one value of a facet with its label in the language of the request.
type FacetBucket struct {
	kb.FacetBucket
	Label string
}
