package graph

import (
	"context"

	"leerkring/graph/internal/exec"
	"leerkring/internal/kb"
)

type themeResolver struct{ noun[*kb.Theme] }

// Theme resolves the fields of themes.
func (r *Resolver) Theme() exec.ThemeResolver { return themeResolver{noun[*kb.Theme]{r}} }

// Label is the resolver of label.
func (themeResolver) Label(ctx context.Context, t *kb.Theme) (string, error) {
	return themeLabel(t, readingOf(ctx).lang), nil
}

// Broader is the resolver of broader.
func (themeResolver) Broader(ctx context.Context, t *kb.Theme) ([]*kb.Theme, error) {
	return readingOf(ctx).themes.list(ctx, t.Broader)
}

// Narrower is the resolver of narrower.
func (themeResolver) Narrower(ctx context.Context, t *kb.Theme) ([]*kb.Theme, error) {
	return readingOf(ctx).themes.list(ctx, t.Narrower)
}

// Related is the resolver of related.
func (themeResolver) Related(ctx context.Context, t *kb.Theme) ([]*kb.Theme, error) {
	return readingOf(ctx).themes.list(ctx, t.Related)
}

func themeLabel(t *kb.Theme, lang string) string {
	return kb.Text{NL: t.PrefLabel.NL, EN: t.PrefLabel.EN}.In(lang)
}
