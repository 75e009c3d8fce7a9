package main

import (
	"context"

	"leerkring/internal/extract"
)

// extractWorkerCommand reads files of strangers for a server, which starts it.
type extractWorkerCommand struct{}

// Run works until the server is gone.
func (extractWorkerCommand) Run(ctx context.Context) error { return extract.Work(ctx) }
