package mongo_test

import (
	"testing"

	"leerkring/internal/kb"
	"leerkring/internal/store/mongo"
	"leerkring/internal/store/mongo/mongotest"
	"leerkring/internal/store/storetest"
)

func TestStore(t *testing.T) {
	database := mongotest.Databases(t)
	storetest.Run(t, func(t *testing.T) func() kb.Store {
		uri := database()
		return func() kb.Store { return open(t, uri, mongo.Options{}) }
	})
}

// open gives a store that the test closes.
func open(t testing.TB, uri string, opts mongo.Options) *mongo.Store {
	t.Helper()
	s, err := mongo.Open(t.Context(), uri, opts)
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	return s
}
