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

// PutDerived stores a derived thing: first its bytes, then its name with a number above
// that of the one before it, which readers take over from then, and which goes last.
func (b *Bucket) PutDerived(ctx context.Context, sha256, name string, r io.Reader) error {
	if err := blob.CheckDerived(sha256, name); err != nil {
		return err
	}
	if _, err := b.find(ctx, blobKey(sha256)); err != nil {
		return err
	}
	d := b.fresh("new:" + bson.NewObjectID().Hex())
	if _, err := b.files.InsertOne(ctx, d); err != nil {
		return mongo.Coded(ctx, err)
	}
	_, err := b.write(ctx, d, r)
	if err == nil {
		err = b.name(ctx, d, sha256, name)
	}
	if err != nil {
		_, failed := b.remove(context.WithoutCancel(ctx), is("_id", d.ID))
		return errors.Join(err, failed)
	}
	return nil
}

// name gives bytes the name of a derived thing, unless its blob is gone.
func (b *Bucket) name(ctx context.Context, d document, sha256, name string) error {
	var before document
	filename := derivedName(sha256, name)
	newest := options.FindOne().SetSort(is("turn", -1))
	err := b.files.FindOne(ctx, is("filename", filename), newest).Decode(&before)
	if err != nil && !errors.Is(err, driver.ErrNoDocuments) {
		return mongo.Coded(ctx, err)
	}
	turn := before.Turn + 1
	named := set(bson.D{{Key: "key", Value: "derived:" + filename + ":" + d.ID.Hex()}, {Key: "filename", Value: filename}, {Key: "turn", Value: turn}})
	if _, err := b.files.UpdateOne(ctx, is("_id", d.ID), named); err != nil {
		return mongo.Coded(ctx, err)
	}
	if _, err := b.find(ctx, blobKey(sha256)); err != nil {
		return err
	}
	older := bson.D{{Key: "filename", Value: filename}, {Key: "turn", Value: bson.D{{Key: "$lt", Value: turn}}}}
	_, err = b.remove(ctx, older)
	return err
}

// OpenDerived opens a derived thing.
func (b *Bucket) OpenDerived(ctx context.Context, sha256, name string) (kb.Blob, error) {
	if err := blob.CheckDerived(sha256, name); err != nil {
		return nil, err
	}
	return b.open(ctx, is("filename", derivedName(sha256, name)))
}

// DropDerived takes away derived things whose names begin with a prefix.
func (b *Bucket) DropDerived(ctx context.Context, sha256, prefix string) error {
	if err := blob.CheckPrefix(sha256, prefix); err != nil {
		return err
	}
	from := derivedName(sha256, prefix)
	// "~" comes after every sign of a name.
	_, err := b.remove(ctx, is("filename", bson.D{{Key: "$gte", Value: from}, {Key: "$lt", Value: from + "~"}}))
	return err
}

// Walk visits blobs and stages. On the way it clears what a crash left: rubbish, and
// what was being derived a day ago.
func (b *Bucket) Walk(ctx context.Context, visit func(kb.Stored) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	cursor, err := b.files.Find(ctx, bson.D{})
	if err != nil {
		return mongo.Coded(ctx, err)
	}
	defer cursor.Close(context.WithoutCancel(ctx))
	for cursor.Next(ctx) {
		var d document
		if err := cursor.Decode(&d); err != nil {
			return mongo.Coded(ctx, err)
		}
		if err := b.visit(ctx, d, visit); err != nil {
			return err
		}
	}
	return mongo.Coded(ctx, cursor.Err())
}
