// Package gridfs keeps the bytes of files in MongoDB, as GridFS lays them out: a
// document in files.files, and chunks of it in files.chunks. mongofiles and other tools
// read blobs and derived things by their names. The driver's own bucket cannot go on with
// an upload that was cut off, so the documents are written here.
//
// The invariant that a newcomer must know: what a document is stands in its unique key,
// and each step is one change of one document, so there is no transaction and any number
// of processes may work at once. A stage becomes a blob, and a blob rubbish, by getting
// another key. Who adds to a stage first takes the next number of it, and a chunk is
// never written over by a lower number: of two who add at the same time the later wins,
// and nothing that was acknowledged changes. What a crash leaves as rubbish, Walk clears.
//
// The keys: stage:<id>, blob:<sha256>, derived:<sha256>/<name>:<n>, new:<n> for what is
// being derived, gone:<n> for rubbish.
package gridfs

import (
	"context"
	"errors"
	"hash/crc32"
	"sync"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	driver "go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"leerkring/internal/blob"
	"leerkring/internal/kb"
	"leerkring/internal/store/mongo"
)

// Options tunes a Bucket; the zero value is ready for use, but for Now.
type Options struct {
	// Now dates what is written.
	Now func() time.Time
	// ChunkSize is how many bytes a chunk has; 0 means 1 MiB. Files of one size are read
	// by a bucket of another.
	ChunkSize int
}

// Bucket implements kb.Blobs on a MongoDB database. Several processes may share one.
type Bucket struct {
	opts   Options
	client *driver.Client
	files  *driver.Collection
	chunks *driver.Collection
	// turns are held for one step at a stage, so that steps of this process never meet.
	turns [64]sync.Mutex
}

var _ kb.Blobs = (*Bucket)(nil)

// Open connects to the database that a MongoDB URI names, and makes what is missing.
//
// Errors: Invalid for a text that is no such URI, Unavailable.
func Open(ctx context.Context, uri string, opts Options) (*Bucket, error) {
	if opts.ChunkSize == 0 {
		opts.ChunkSize = 1 << 20
	}
	db, err := mongo.Connect(uri)
	if err != nil {
		return nil, err
	}
	b := &Bucket{opts: opts, client: db.Client(), files: db.Collection("files.files"), chunks: db.Collection("files.chunks")}
	if err := b.prepare(ctx); err != nil {
		return nil, errors.Join(mongo.Coded(ctx, err), b.Close())
	}
	return b, nil
}

// prepare makes the indexes: those of GridFS, and the one that makes keys unique.
func (b *Bucket) prepare(ctx context.Context) error {
	for _, index := range []struct {
		on     *driver.Collection
		keys   bson.D
		unique bool
	}{
		{b.chunks, bson.D{{Key: "files_id", Value: 1}, {Key: "n", Value: 1}}, true},
		{b.files, bson.D{{Key: "filename", Value: 1}, {Key: "uploadDate", Value: 1}}, false},
		{b.files, bson.D{{Key: "key", Value: 1}}, true},
	} {
		model := driver.IndexModel{Keys: index.keys}
		if index.unique {
			model.Options = options.Index().SetUnique(true)
		}
		if _, err := index.on.Indexes().CreateOne(ctx, model); err != nil {
			return err
		}
	}
	return nil
}

// Close disconnects; calls after it fail. It waits no longer than ten seconds for what
// is under way.
func (b *Bucket) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if err := b.client.Disconnect(ctx); err != nil && !errors.Is(err, driver.ErrClientDisconnected) {
		return mongo.Coded(ctx, err)
	}
	return nil
}

// document is one document of files.files: the fields of GridFS, and ours.
type document struct {
	ID         bson.ObjectID `bson:"_id"`
	Length     int64         `bson:"length"` // bytes that count; chunks may hold more, of who was cut off
	ChunkSize  int           `bson:"chunkSize"`
	UploadDate time.Time     `bson:"uploadDate"` // of the last change
	Filename   string        `bson:"filename"`
	Key        string        `bson:"key"`
	// Turn numbers those who wrote to a stage; revisions of a derived thing have theirs too.
	Turn int `bson:"turn"`
}

func stageKey(id kb.ID) string { return "stage:" + string(id) }

func blobKey(sha256 string) string { return "blob:" + sha256 }

func derivedName(sha256, name string) string { return sha256 + "/" + name }

// alone waits until no other step of this process at a key is under way.
func (b *Bucket) alone(key string) (done func()) {
	turn := &b.turns[crc32.ChecksumIEEE([]byte(key))%uint32(len(b.turns))]
	turn.Lock()
	return turn.Unlock
}

func is(field string, value any) bson.D { return bson.D{{Key: field, Value: value}} }

func set(fields bson.D) bson.D { return bson.D{{Key: "$set", Value: fields}} }

// find gives the document with a key, or NotFound.
func (b *Bucket) find(ctx context.Context, key string) (d document, err error) {
	err = b.files.FindOne(ctx, is("key", key)).Decode(&d)
	if errors.Is(err, driver.ErrNoDocuments) {
		return d, blob.NotFound()
	}
	return d, mongo.Coded(ctx, err)
}

// remove makes the documents that a filter finds rubbish, one by one, and clears it;
// n says how many there were.
func (b *Bucket) remove(ctx context.Context, filter bson.D) (n int, err error) {
	for {
		var d document
		gone := "gone:" + bson.NewObjectID().Hex()
		change := set(bson.D{{Key: "key", Value: gone}, {Key: "filename", Value: gone}})
		err := b.files.FindOneAndUpdate(ctx, filter, change).Decode(&d)
		if errors.Is(err, driver.ErrNoDocuments) {
			return n, nil
		}
		if err != nil {
			return n, mongo.Coded(ctx, err)
		}
		n++
		if err := b.clear(ctx, d.ID); err != nil {
			return n, err
		}
	}
}

// clear takes rubbish away, its document last, so that a crash leaves a sign of it.
func (b *Bucket) clear(ctx context.Context, id bson.ObjectID) error {
	if _, err := b.chunks.DeleteMany(ctx, is("files_id", id)); err != nil {
		return mongo.Coded(ctx, err)
	}
	_, err := b.files.DeleteOne(ctx, is("_id", id))
	return mongo.Coded(ctx, err)
}
