package graph

import (
	"leerkring/graph/model"
	"leerkring/internal/kb"
)

// maxExplanation is the most lines in which one score is explained.
const maxExplanation = 200

// lines writes an explanation out as lines: what a value is made of comes right
// after it, one deeper.
func lines(e *kb.Explanation) []*model.ExplanationLine {
	if e == nil {
		return nil
	}
	return appendLines(nil, *e, 0)
}

func appendLines(out []*model.ExplanationLine, e kb.Explanation, depth int) []*model.ExplanationLine {
	if len(out) == maxExplanation {
		return out
	}
	out = append(out, &model.ExplanationLine{Depth: depth, Name: e.Name, Kind: e.Kind, Value: e.Value})
	for _, f := range e.Factors {
		out = appendLines(out, f, depth+1)
	}
	return out
}
