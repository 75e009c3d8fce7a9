package main

import (
	"context"

	"leerkring/internal/extract"
)

// extractWorkerCommand reads files for a victim, which starts it as the program does.
type extractWorkerCommand struct{}

// Run works until the victim is gone.
func (extractWorkerCommand) Run(ctx context.Context) error { return extract.Work(ctx) }
