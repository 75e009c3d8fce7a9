package gridfs

import (
	"context"
	"errors"
	"io"
	"sync"

	"go.mongodb.org/mongo-driver/v2/bson"
	driver "go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"leerkring/internal/blob"
	"leerkring/internal/kb"
	"leerkring/internal/store/mongo"
)

// open opens the newest document that a filter finds.
func (b *Bucket) open(ctx context.Context, filter bson.D) (kb.Blob, error) {
	var d document
	newest := options.FindOne().SetSort(bson.D{{Key: "turn", Value: -1}, {Key: "_id", Value: -1}})
	err := b.files.FindOne(ctx, filter, newest).Decode(&d)
	if errors.Is(err, driver.ErrNoDocuments) {
		return nil, blob.NotFound()
	}
	if err != nil {
		return nil, mongo.Coded(ctx, err)
	}
	// What is opened may be read after the call that opened it is over.
	return b.reader(context.WithoutCancel(ctx), d), nil
}

func (b *Bucket) reader(ctx context.Context, d document) *reader {
	return &reader{ctx: ctx, b: b, d: d}
}

// chunk gives the bytes of a chunk that count.
func (b *Bucket) chunk(ctx context.Context, d document, n int64) ([]byte, error) {
	var found struct {
		Data []byte `bson:"data"`
	}
	err := b.chunks.FindOne(ctx, bson.D{{Key: "files_id", Value: d.ID}, {Key: "n", Value: n}}).Decode(&found)
	if errors.Is(err, driver.ErrNoDocuments) {
		return nil, b.lost(ctx, d)
	}
	if err != nil {
		return nil, mongo.Coded(ctx, err)
	}
	want := min(int64(d.ChunkSize), d.Length-n*int64(d.ChunkSize))
	if int64(len(found.Data)) < want {
		return nil, blob.Damaged(d.Filename)
	}
	return found.Data[:want], nil
}

// lost says why a chunk is not there: all of it was taken away meanwhile, or it is damaged.
func (b *Bucket) lost(ctx context.Context, d document) error {
	left, err := b.files.CountDocuments(ctx, bson.D{{Key: "_id", Value: d.ID}, {Key: "filename", Value: d.Filename}})
	if err != nil {
		return mongo.Coded(ctx, err)
	}
	if left == 0 {
		return blob.NotFound()
	}
	return blob.Damaged(d.Filename)
}

// reader reads a document. It keeps the chunk that it read last, since most read on.
type reader struct {
	ctx context.Context // of who opened it, without its end
	b   *Bucket
	d   document

	mu   sync.Mutex
	n    int64
	kept []byte
}

// Size is how many bytes there were when it was opened.
func (r *reader) Size() int64 { return r.d.Length }

// Close has nothing to let go of.
func (r *reader) Close() error { return nil }

// ReadAt reads from any place.
func (r *reader) ReadAt(p []byte, at int64) (read int, err error) {
	if at < 0 {
		return 0, errors.New("gridfs: ReadAt before the beginning")
	}
	for read < len(p) {
		if at >= r.d.Length {
			return read, io.EOF
		}
		chunk, err := r.chunk(at / int64(r.d.ChunkSize))
		if err != nil {
			return read, err
		}
		n := copy(p[read:], chunk[at%int64(r.d.ChunkSize):])
		read += n
		at += int64(n)
	}
	return read, nil
}

func (r *reader) chunk(n int64) ([]byte, error) {
	r.mu.Lock()
	if r.kept != nil && r.n == n {
		defer r.mu.Unlock()
		return r.kept, nil
	}
	r.mu.Unlock()
	data, err := r.b.chunk(r.ctx, r.d, n)
	if err != nil {
		return nil, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.n, r.kept = n, data
	return data, nil
}
