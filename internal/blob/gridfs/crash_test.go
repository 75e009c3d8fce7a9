package gridfs_test

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	driver "go.mongodb.org/mongo-driver/v2/mongo"

	"leerkring/internal/blob/gridfs"
	"leerkring/internal/kb"
	"leerkring/internal/store/mongo"
	"leerkring/internal/store/mongo/mongotest"
)

func stageID(name string) kb.ID { return kb.DeriveID("gridfs", name) }

// raw gives the database behind the adapter's back.
func raw(t *testing.T, uri string) *driver.Database {
	t.Helper()
	db, err := mongo.Connect(uri)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Client().Disconnect(t.Context()) })
	return db
}

func stored(t *testing.T, b *gridfs.Bucket, data string) (name string) {
	t.Helper()
	if _, err := b.Append(t.Context(), stageID(data), 0, strings.NewReader(data)); err != nil {
		t.Fatal(err)
	}
	name, _, err := b.Commit(t.Context(), stageID(data))
	if err != nil {
		t.Fatal(err)
	}
	return name
}

func count(t *testing.T, c *driver.Collection) int64 {
	t.Helper()
	n, err := c.CountDocuments(t.Context(), bson.D{})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func code(t *testing.T, what string, err error, want kb.Code) {
	t.Helper()
	if got := kb.CodeOf(err); got != want {
		t.Errorf("%s: got %v, want %q", what, err, want)
	}
}

// TestRubbish: what a crash leaves behind is cleared by Walk, and what may still be
// under way is not.
func TestRubbish(t *testing.T) {
	uri := mongotest.URI(t)
	db := raw(t, uri)
	at := time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)
	b := open(t, uri, gridfs.Options{Now: func() time.Time { return at }, ChunkSize: 4})
	defer b.Close()
	name := stored(t, b, "abcdefgh")
	files, chunks := db.Collection("files.files"), db.Collection("files.chunks")
	for _, key := range []string{"gone:1", "new:2"} {
		id := bson.NewObjectID()
		_, err := files.InsertOne(t.Context(), bson.D{
			{Key: "_id", Value: id}, {Key: "key", Value: key}, {Key: "filename", Value: key}, {Key: "length", Value: 4}, {Key: "chunkSize", Value: 4}, {Key: "uploadDate", Value: at},
		})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := chunks.InsertOne(t.Context(), bson.D{{Key: "files_id", Value: id}, {Key: "n", Value: 0}, {Key: "data", Value: bson.Binary{Data: []byte("rest")}}}); err != nil {
			t.Fatal(err)
		}
	}
	for _, step := range []struct {
		later             time.Duration
		documents, pieces int64
	}{{0, 2, 3}, {23 * time.Hour, 2, 3}, {2 * time.Hour, 1, 2}} {
		at = at.Add(step.later)
		visits := 0
		if err := b.Walk(t.Context(), func(s kb.Stored) error { visits++; return nil }); err != nil || visits != 1 {
			t.Fatalf("Walk: %d visits, %v", visits, err)
		}
		if d, p := count(t, files), count(t, chunks); d != step.documents || p != step.pieces {
			t.Errorf("after %v: %d documents and %d chunks, want %d and %d", step.later, d, p, step.documents, step.pieces)
		}
	}
	if err := b.Delete(t.Context(), name); err != nil {
		t.Fatal(err)
	}
	if d, p := count(t, files), count(t, chunks); d != 0 || p != 0 {
		t.Errorf("after Delete: %d documents and %d chunks", d, p)
	}
}

// TestDamage: a chunk that is missing, short or changed is noticed.
func TestDamage(t *testing.T) {
	uri := mongotest.URI(t)
	chunks := raw(t, uri).Collection("files.chunks")
	b := open(t, uri, gridfs.Options{Now: time.Now, ChunkSize: 4})
	defer b.Close()
	for i, damage := range []func(which bson.D) error{
		func(which bson.D) error { _, err := chunks.DeleteOne(t.Context(), which); return err },
		func(which bson.D) error {
			_, err := chunks.UpdateOne(t.Context(), which, bson.D{{Key: "$set", Value: bson.D{{Key: "data", Value: bson.Binary{Data: []byte("abc")}}}}})
			return err
		},
		func(which bson.D) error {
			_, err := chunks.UpdateOne(t.Context(), which, bson.D{{Key: "$set", Value: bson.D{{Key: "data", Value: bson.Binary{Data: []byte("abcX")}}}}})
			return err
		},
	} {
		name := stored(t, b, "abcdefgh")
		if err := damage(bson.D{{Key: "n", Value: 0}}); err != nil {
			t.Fatal(err)
		}
		code(t, "Check", b.Check(t.Context(), name), kb.Damaged)
		if err := b.Delete(t.Context(), name); err != nil {
			t.Fatalf("%d: %v", i, err)
		}
	}
}

// TestDeletedWhileRead: who still reads what was deleted is told so.
func TestDeletedWhileRead(t *testing.T) {
	b := open(t, mongotest.URI(t), gridfs.Options{Now: time.Now, ChunkSize: 4})
	defer b.Close()
	name := stored(t, b, "abcdefgh")
	opened, err := b.Open(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Delete(t.Context(), name); err != nil {
		t.Fatal(err)
	}
	_, err = opened.ReadAt(make([]byte, 8), 0)
	code(t, "ReadAt", err, kb.NotFound)
}

// TestTwoProcesses: another process takes an upload over between the chunks of the
// first, which then changes nothing.
func TestTwoProcesses(t *testing.T) {
	uri := mongotest.URI(t)
	first := open(t, uri, gridfs.Options{Now: time.Now, ChunkSize: 4})
	second := open(t, uri, gridfs.Options{Now: time.Now, ChunkSize: 4})
	defer first.Close()
	defer second.Close()
	r, w := io.Pipe()
	ended := make(chan error)
	go func() {
		_, err := first.Append(t.Context(), stageID("s"), 0, r)
		_ = r.Close()
		ended <- err
	}()
	for _, text := range []string{"abcd", "ef"} {
		if _, err := io.WriteString(w, text); err != nil {
			t.Fatal(err)
		}
	}
	if size, err := second.Append(t.Context(), stageID("s"), 0, strings.NewReader("0123456789")); err != nil || size != 10 {
		t.Fatalf("got %d, %v", size, err)
	}
	_, _ = io.WriteString(w, "ghijklmnop")
	_ = w.Close()
	code(t, "the first", <-ended, kb.Conflict)
	name, size, err := second.Commit(t.Context(), stageID("s"))
	if err != nil || size != 10 {
		t.Fatalf("Commit: %d, %v", size, err)
	}
	code(t, "Check", first.Check(t.Context(), name), "")
}

// TestOutage: without a server each call says so, and what was acknowledged is there
// when it is back.
func TestOutage(t *testing.T) {
	server := mongotest.Start(t)
	b := open(t, server.URI(), gridfs.Options{Now: time.Now, ChunkSize: 4})
	defer b.Close()
	broken := errors.New("broken")
	if size, err := b.Append(t.Context(), stageID("s"), 0, io.MultiReader(strings.NewReader("abcdef"), iotest.ErrReader(broken))); size != 6 || !errors.Is(err, broken) {
		t.Fatalf("got %d, %v", size, err)
	}
	server.Stop()
	_, err := b.Append(t.Context(), stageID("s"), 6, strings.NewReader("x"))
	code(t, "Append", err, kb.Unavailable)
	server.Restart()
	for kb.CodeOf(err) == kb.Unavailable {
		_, err = b.Staged(t.Context(), stageID("s")) // the driver looks for the server on its own schedule
	}
	if size, err := b.Append(t.Context(), stageID("s"), 6, strings.NewReader("gh")); err != nil || size != 8 {
		t.Errorf("after the outage: %d, %v", size, err)
	}
}

// TestOpenRefused: the address is checked before anything is asked.
func TestOpenRefused(t *testing.T) {
	_, err := gridfs.Open(t.Context(), "postgres://jan:geheim@h/db", gridfs.Options{Now: time.Now})
	code(t, "Open", err, kb.Invalid)
	if strings.Contains(err.Error(), "geheim") {
		t.Errorf("the error shows the password: %v", err)
	}
}
