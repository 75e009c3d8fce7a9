package gridfs

import (
	"context"
	"errors"
	"io"

	"go.mongodb.org/mongo-driver/v2/bson"
	driver "go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"leerkring/internal/blob"
	"leerkring/internal/kb"
	"leerkring/internal/store/mongo"
)

// progress is after how many chunks a stage says how far it is, so that a process that
// dies costs an uploader no more than that.
const progress = 8

// Append adds bytes to a stage. Of two at the same time the later one wins, and the
// other gets Conflict.
func (b *Bucket) Append(ctx context.Context, stage kb.ID, offset int64, r io.Reader) (int64, error) {
	if err := blob.CheckStage(stage); err != nil {
		return 0, err
	}
	d, err := b.claim(ctx, stage, offset)
	if kb.CodeOf(err) == kb.Conflict {
		size, failed := b.Staged(ctx, stage)
		if failed != nil {
			return 0, failed
		}
		return size, blob.Conflict(size)
	}
	if err != nil {
		return 0, err
	}
	return b.write(ctx, d, r)
}

// claim takes the next number of a stage that ends at an offset.
func (b *Bucket) claim(ctx context.Context, stage kb.ID, offset int64) (d document, err error) {
	if err := ctx.Err(); err != nil {
		return d, err
	}
	defer b.alone(stageKey(stage))()
	here := bson.D{{Key: "key", Value: stageKey(stage)}, {Key: "length", Value: offset}}
	next := bson.D{{Key: "$inc", Value: is("turn", 1)}}
	err = b.files.FindOneAndUpdate(ctx, here, next, options.FindOneAndUpdate().SetReturnDocument(options.After)).Decode(&d)
	if !errors.Is(err, driver.ErrNoDocuments) {
		return d, mongo.Coded(ctx, err)
	}
	if offset != 0 {
		return d, blob.Conflict(0)
	}
	d = b.fresh(stageKey(stage))
	_, err = b.files.InsertOne(ctx, d)
	if driver.IsDuplicateKeyError(err) {
		return d, blob.Conflict(0)
	}
	return d, mongo.Coded(ctx, err)
}

// fresh makes a document without bytes.
func (b *Bucket) fresh(key string) document {
	return document{ID: bson.NewObjectID(), ChunkSize: b.opts.ChunkSize, UploadDate: b.opts.Now().UTC(), Filename: key, Key: key, Turn: 1}
}

// write fills the chunks of a document from where it ends.
func (b *Bucket) write(ctx context.Context, d document, r io.Reader) (int64, error) {
	// A client that hangs up ends the context too, and what came is kept all the same.
	keep := context.WithoutCancel(ctx)
	chunk, err := b.tail(keep, d)
	if err != nil {
		return d.Length, err
	}
	size, unsaid := d.Length, 0
	for {
		before := len(chunk)
		var ended error
		chunk, ended = fill(ctx, chunk, d.ChunkSize, r)
		if len(chunk) > before {
			if err := b.put(keep, d, size/int64(d.ChunkSize), chunk); err != nil {
				return b.failed(keep, d, size, err)
			}
			size += int64(len(chunk) - before)
			unsaid++
		}
		if ended != nil || unsaid == progress {
			if err := b.say(keep, d, size); err != nil {
				return size, err
			}
			unsaid = 0
		}
		if errors.Is(ended, io.EOF) {
			return size, nil
		}
		if ended != nil {
			return size, ended
		}
		chunk = chunk[:0]
	}
}

// failed keeps what was written before something could not be.
func (b *Bucket) failed(ctx context.Context, d document, size int64, err error) (int64, error) {
	if kb.CodeOf(err) != kb.Conflict && b.say(ctx, d, size) != nil {
		size = d.Length
	}
	return size, err
}

// tail gives what the last chunk holds when it is not full, to be written anew with more.
func (b *Bucket) tail(ctx context.Context, d document) ([]byte, error) {
	chunk := make([]byte, 0, d.ChunkSize)
	rest := int(d.Length % int64(d.ChunkSize))
	if rest == 0 {
		return chunk, nil
	}
	data, err := b.chunk(ctx, d, d.Length/int64(d.ChunkSize))
	return append(chunk, data...), err
}

// fill reads until a chunk is full. It gives the error of r, of which io.EOF is the end.
func fill(ctx context.Context, chunk []byte, size int, r io.Reader) ([]byte, error) {
	for len(chunk) < size {
		if err := ctx.Err(); err != nil {
			return chunk, err
		}
		n, err := r.Read(chunk[len(chunk):size])
		chunk = chunk[:len(chunk)+n]
		if err != nil {
			return chunk, err
		}
	}
	return chunk, nil
}

// put writes a chunk, unless somebody with a higher number was there: Conflict.
func (b *Bucket) put(ctx context.Context, d document, n int64, data []byte) error {
	defer b.alone(d.Key)()
	mine := bson.D{{Key: "files_id", Value: d.ID}, {Key: "n", Value: n}, {Key: "turn", Value: bson.D{{Key: "$lte", Value: d.Turn}}}}
	content := set(bson.D{{Key: "data", Value: bson.Binary{Data: data}}, {Key: "turn", Value: d.Turn}})
	fresh := bson.D{
		{Key: "files_id", Value: d.ID}, {Key: "n", Value: n}, {Key: "turn", Value: d.Turn}, {Key: "data", Value: bson.Binary{Data: data}},
	}
	for range 2 { // a chunk that another writer inserts in between may be written over then
		found, err := b.chunks.UpdateOne(ctx, mine, content)
		if err != nil || found.MatchedCount > 0 {
			return mongo.Coded(ctx, err)
		}
		if _, err = b.chunks.InsertOne(ctx, fresh); !driver.IsDuplicateKeyError(err) {
			return mongo.Coded(ctx, err)
		}
	}
	return blob.Conflict(d.Length)
}

// say makes bytes count, unless somebody with a higher number came: Conflict. When the
// document is gone so are its chunks, and the ones that came after that go too.
func (b *Bucket) say(ctx context.Context, d document, size int64) error {
	defer b.alone(d.Key)()
	mine := bson.D{{Key: "_id", Value: d.ID}, {Key: "key", Value: d.Key}, {Key: "turn", Value: d.Turn}}
	found, err := b.files.UpdateOne(ctx, mine, set(bson.D{{Key: "length", Value: size}, {Key: "uploadDate", Value: b.opts.Now().UTC()}}))
	if err != nil {
		return mongo.Coded(ctx, err)
	}
	if found.MatchedCount > 0 {
		return nil
	}
	left, err := b.files.CountDocuments(ctx, is("_id", d.ID))
	if err != nil {
		return mongo.Coded(ctx, err)
	}
	if left == 0 {
		if err := b.clear(ctx, d.ID); err != nil {
			return err
		}
	}
	return blob.Conflict(d.Length)
}
