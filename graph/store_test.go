package graph_test

import (
	"os"
	"testing"

	"leerkring/internal/kb"
	"leerkring/internal/store/mongo"
	"leerkring/internal/store/mongo/mongotest"
	"leerkring/internal/store/sqlite"
)

// openStore opens an empty store: the embedded one, or with LEERKRING_TEST_STORE=mongo
// one in a MongoDB server, so that all tests of this edge run on both.
func openStore(tb testing.TB) kb.Store {
	tb.Helper()
	var store kb.Store
	var err error
	if onMongo() {
		store, err = mongo.Open(tb.Context(), mongotest.Start(tb).URI(), mongo.Options{})
	} else {
		store, err = sqlite.Open(tb.Context(), tb.TempDir(), sqlite.Options{})
	}
	must(tb, err)
	tb.Cleanup(func() { _ = store.Close() })
	return store
}

// seed writes the built-in records; into a MongoDB server of the tests, which takes
// a second for 30 of them, only the themes.
func seed(tb testing.TB, w *world) {
	tb.Helper()
	if !onMongo() {
		must(tb, kb.Seed(tb.Context(), w.store))
		return
	}
	for _, theme := range kb.BuiltinThemes() {
		w.put(tb, theme)
	}
}

func onMongo() bool { return os.Getenv("LEERKRING_TEST_STORE") == "mongo" }
