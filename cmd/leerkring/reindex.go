package main

import (
	"context"

	"leerkring/internal/app"
	"leerkring/internal/kb"
)

type reindexCommand struct {
	where
}

// Run builds the index anew beside the old one and puts it in its place.
func (c *reindexCommand) Run(ctx context.Context, t *terminal) error {
	if err := c.mustExist(); err != nil {
		return err
	}
	a, err := app.Open(ctx, c.config(quiet()))
	if err != nil {
		return err
	}
	err = a.Indexer.Rebuild(ctx)
	position := a.Index.Position()
	if closed := a.Close(); err == nil {
		err = closed
	}
	if err == nil {
		t.say(kb.Text{
			NL: "De zoekindex is opnieuw gemaakt en is bij tot en met schrijfactie %d.",
			EN: "The search index was built anew and is up to date with write %d.",
		}, position)
	}
	return err
}
