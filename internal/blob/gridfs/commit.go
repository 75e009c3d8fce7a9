package gridfs

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"

	"go.mongodb.org/mongo-driver/v2/bson"
	driver "go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"leerkring/internal/blob"
	"leerkring/internal/kb"
	"leerkring/internal/store/mongo"
)

// Staged gives how much a stage holds.
func (b *Bucket) Staged(ctx context.Context, stage kb.ID) (int64, error) {
	if err := blob.CheckStage(stage); err != nil {
		return 0, err
	}
	d, err := b.find(ctx, stageKey(stage))
	if kb.CodeOf(err) == kb.NotFound {
		return 0, nil
	}
	return d.Length, err
}

// OpenStage reads what a stage holds now.
func (b *Bucket) OpenStage(ctx context.Context, stage kb.ID) (kb.Blob, error) {
	if err := blob.CheckStage(stage); err != nil {
		return nil, err
	}
	return b.open(ctx, is("key", stageKey(stage)))
}

// Discard takes a stage away. Who is still adding to it gets Conflict.
func (b *Bucket) Discard(ctx context.Context, stage kb.ID) error {
	if err := blob.CheckStage(stage); err != nil {
		return err
	}
	defer b.alone(stageKey(stage))()
	_, err := b.remove(ctx, is("key", stageKey(stage)))
	return err
}

// Commit makes a stage a blob, after it has read what the server holds of it. The same
// bytes that are there already become young again for Walk.
func (b *Bucket) Commit(ctx context.Context, stage kb.ID) (string, int64, error) {
	if err := blob.CheckStage(stage); err != nil {
		return "", 0, err
	}
	d, err := b.seal(ctx, stage)
	if err != nil {
		return "", 0, err
	}
	sum, err := b.sum(ctx, d)
	if err != nil {
		return "", 0, err
	}
	return sum, d.Length, b.commit(ctx, d, sum)
}

// seal takes the next number of a stage: who is still adding to it is too late.
func (b *Bucket) seal(ctx context.Context, stage kb.ID) (d document, err error) {
	defer b.alone(stageKey(stage))()
	next := bson.D{{Key: "$inc", Value: is("turn", 1)}}
	err = b.files.FindOneAndUpdate(ctx, is("key", stageKey(stage)), next, options.FindOneAndUpdate().SetReturnDocument(options.After)).Decode(&d)
	if errors.Is(err, driver.ErrNoDocuments) {
		return d, blob.NotFound()
	}
	return d, mongo.Coded(ctx, err)
}

func (b *Bucket) sum(ctx context.Context, d document) (string, error) {
	hash := sha256.New()
	if _, err := io.Copy(hash, io.NewSectionReader(b.reader(ctx, d), 0, d.Length)); err != nil {
		return "", err
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
}

func (b *Bucket) commit(ctx context.Context, d document, sum string) error {
	defer b.alone(d.Key)()
	extra := bson.D{{Key: "files_id", Value: d.ID}, {Key: "n", Value: bson.D{{Key: "$gte", Value: d.count()}}}}
	if _, err := b.chunks.DeleteMany(ctx, extra); err != nil {
		return mongo.Coded(ctx, err)
	}
	mine := bson.D{{Key: "_id", Value: d.ID}, {Key: "key", Value: d.Key}, {Key: "turn", Value: d.Turn}}
	named := set(bson.D{{Key: "key", Value: blobKey(sum)}, {Key: "filename", Value: sum}, {Key: "uploadDate", Value: b.opts.Now().UTC()}})
	for {
		young := set(is("uploadDate", b.opts.Now().UTC()))
		there, err := b.files.UpdateOne(ctx, is("key", blobKey(sum)), young)
		if err != nil {
			return mongo.Coded(ctx, err)
		}
		if there.MatchedCount > 0 {
			_, err := b.remove(ctx, mine)
			return err
		}
		found, err := b.files.UpdateOne(ctx, mine, named)
		if err == nil && found.MatchedCount > 0 {
			return nil
		}
		now, lookup := b.find(ctx, blobKey(sum))
		if lookup == nil && now.ID == d.ID {
			return nil // it was done, and the answer was lost
		}
		if lookup == nil && err != nil {
			continue // the same bytes came first; not every server gives that its code
		}
		if err != nil {
			return mongo.Coded(ctx, err)
		}
		return blob.Conflict(d.Length)
	}
}

// count is how many chunks there are.
func (d document) count() int64 { return (d.Length + int64(d.ChunkSize) - 1) / int64(d.ChunkSize) }

// Open opens a blob.
func (b *Bucket) Open(ctx context.Context, sha256 string) (kb.Blob, error) {
	if err := blob.CheckSum(sha256); err != nil {
		return nil, err
	}
	return b.open(ctx, is("key", blobKey(sha256)))
}

// Delete takes a blob away, after what was derived from it and before what was derived
// meanwhile: who derives looks for the blob once its work has a name.
func (b *Bucket) Delete(ctx context.Context, sha256 string) error {
	if err := blob.CheckSum(sha256); err != nil {
		return err
	}
	if err := b.DropDerived(ctx, sha256, ""); err != nil {
		return err
	}
	n, err := b.remove(ctx, is("key", blobKey(sha256)))
	if err != nil {
		return err
	}
	if n == 0 {
		return blob.NotFound()
	}
	return b.DropDerived(ctx, sha256, "")
}

// Check reads all bytes of a blob.
func (b *Bucket) Check(ctx context.Context, sha256 string) error {
	opened, err := b.Open(ctx, sha256)
	if err != nil {
		return err
	}
	err = blob.CheckBytes(ctx, sha256, opened)
	return errors.Join(err, opened.Close())
}
