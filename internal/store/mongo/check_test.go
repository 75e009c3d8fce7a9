package mongo_test

import (
	"strings"
	"testing"

	"go.mongodb.org/mongo-driver/v2/bson"
	driver "go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"leerkring/internal/kb"
	"leerkring/internal/store/mongo"
	"leerkring/internal/store/mongo/mongotest"
)

// raw gives the database behind the adapter's back.
func raw(t *testing.T, uri string) *driver.Database {
	t.Helper()
	client, err := driver.Connect(options.Client().ApplyURI(uri))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = client.Disconnect(t.Context()) })
	return client.Database(uri[strings.LastIndex(uri, "/")+1:])
}

func TestCheck(t *testing.T) {
	database := mongotest.Databases(t)
	row := func(n int) bson.D { return bson.D{{Key: "_id", Value: int64(n)}} }
	set := func(field string, value any) bson.D {
		return bson.D{{Key: "$set", Value: bson.D{{Key: field, Value: value}}}}
	}
	for _, test := range []struct {
		name   string
		damage func(log *driver.Collection) error
		want   kb.Code
	}{
		{"whole", func(*driver.Collection) error { return nil }, ""},
		{"a number is missing", func(log *driver.Collection) error {
			_, err := log.DeleteOne(t.Context(), row(2))
			return err
		}, kb.Damaged},
		{"a version is missing", func(log *driver.Collection) error {
			_, err := log.UpdateOne(t.Context(), row(3), set("version", 3))
			return err
		}, kb.Damaged},
		{"a key held twice", func(log *driver.Collection) error {
			_, err := log.UpdateOne(t.Context(), row(4), set("keys", bson.A{"k2"}))
			return err
		}, kb.Damaged},
	} {
		t.Run(test.name, func(t *testing.T) {
			uri := database()
			s := open(t, uri, mongo.Options{})
			defer s.Close()
			codes(t, s, record("a", 1, "k1"), record("b", 1, "k2"), record("a", 2), record("c", 1, "k1"))
			if err := test.damage(raw(t, uri).Collection("log")); err != nil {
				t.Fatal(err)
			}
			if got := kb.CodeOf(s.Check(t.Context())); got != test.want {
				t.Errorf("Check: got %q, want %q", got, test.want)
			}
		})
	}
}

// TestMissingNumber: the feed says that a write was lost, and never steps over it.
func TestMissingNumber(t *testing.T) {
	uri := mongotest.URI(t)
	s := open(t, uri, mongo.Options{})
	defer s.Close()
	codes(t, s, record("a", 1), record("b", 1), record("c", 1))
	if _, err := raw(t, uri).Collection("log").DeleteOne(t.Context(), bson.D{{Key: "_id", Value: int64(2)}}); err != nil {
		t.Fatal(err)
	}
	for after := range kb.Seq(2) {
		if got, err := s.Changes(t.Context(), after, 10); kb.CodeOf(err) != kb.Damaged || got.Position != after {
			t.Errorf("Changes after %d: got %v, %v; want %s", after, got, err, kb.Damaged)
		}
	}
}

func TestOpenNewer(t *testing.T) {
	uri := mongotest.URI(t)
	s := open(t, uri, mongo.Options{})
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	_, err := raw(t, uri).Collection("meta").UpdateOne(t.Context(), bson.D{{Key: "_id", Value: "layout"}},
		bson.D{{Key: "$set", Value: bson.D{{Key: "version", Value: 2}}}})
	if err != nil {
		t.Fatal(err)
	}
	_, err = mongo.Open(t.Context(), uri, mongo.Options{})
	if e, ok := err.(*kb.Error); !ok || e.Code != kb.Unavailable || !strings.Contains(e.Text.EN, "newer version") { //nolint:errorlint // what is shown
		t.Errorf("Open: got %v", err)
	}
}
