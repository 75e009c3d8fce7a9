package graph

import (
	"context"

	"leerkring/graph/model"
	"leerkring/internal/kb"
)

// maxRecognised is the most names that are recognised in one query.
const maxRecognised = 10

// Recognised is the resolver of recognised. A name whose record may not be read is left out.
func (searchConnectionResolver) Recognised(ctx context.Context, c *model.SearchConnection) ([]*kb.Recognised, error) {
	var out []*kb.Recognised
	for _, name := range c.Recognised {
		if len(out) == maxRecognised {
			break
		}
		labels, err := labels(ctx, name.Field, []string{name.Value})
		if err != nil {
			return nil, err
		}
		label, ok := labels[name.Value]
		if !ok {
			continue
		}
		shown := *name
		shown.Label, shown.Value = label, outside(name.Field, name.Value)
		out = append(out, &shown)
	}
	return out, nil
}
