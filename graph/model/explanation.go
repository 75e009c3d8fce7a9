package model

// ExplanationLine is one line of how a score was made, Depth deep in the tree.
// Kind is that of kb.Explanation.
type ExplanationLine struct {
	Depth int
	Name  string
	Kind  string
	Value float64
}
