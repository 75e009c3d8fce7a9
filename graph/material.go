package graph

import (
	"context"

	"leerkring/internal/kb"
)

// material resolves what the four kinds of material share.
type material[M kb.Material] struct{ noun[M] }

// Themes is the resolver of themes.
func (material[M]) Themes(ctx context.Context, m M) ([]*kb.Theme, error) {
	return readingOf(ctx).themes.list(ctx, m.Shared().Themes)
}

// Regions is the resolver of regions.
func (material[M]) Regions(ctx context.Context, m M) ([]*kb.Region, error) {
	return readingOf(ctx).regions.list(ctx, m.Shared().Regions)
}

// Organisations is the resolver of organisations.
func (material[M]) Organisations(ctx context.Context, m M) ([]*kb.Organisation, error) {
	return readingOf(ctx).organisations.list(ctx, m.Shared().Organisations)
}

// People is the resolver of people.
func (material[M]) People(ctx context.Context, m M) ([]*kb.Person, error) {
	return readingOf(ctx).people.list(ctx, m.Shared().People)
}

// SeeAlso is the resolver of seeAlso.
func (material[M]) SeeAlso(ctx context.Context, m M) ([]kb.Material, error) {
	return readingOf(ctx).material.list(ctx, m.Shared().Related)
}

// Files is the resolver of files.
func (material[M]) Files(ctx context.Context, m M) ([]*kb.File, error) {
	views, err := readingOf(ctx).fileViews.list(ctx, m.Shared().Files)
	out := make([]*kb.File, len(views))
	for i, v := range views {
		out[i] = v.File
	}
	return out, err
}
