package app

import (
	"context"

	"leerkring/internal/kb"
	"leerkring/internal/store/mongo"
	"leerkring/internal/store/sqlite"
)

// OpenStoreReading opens the store to read it, also the embedded one while a server has
// it. Its errors are those of OpenStore but InUse, and NotFound when there is no store.
func OpenStoreReading(ctx context.Context, c Config) (kb.Store, error) {
	if c.Store != "" {
		return mongo.Open(ctx, c.Store, mongo.Options{})
	}
	return sqlite.OpenReading(ctx, c.Data)
}
