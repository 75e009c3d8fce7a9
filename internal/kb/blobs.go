package kb

import (
	"context"
	"fmt"
	"io"
	"time"
)

// Blobs keeps the bytes of files, and what was made of them. Two adapters implement
// it and pass one suite (internal/blob/blobtest). All methods may be called at the
// same time, by several processes on one MongoDB.
//
// Bytes come in by stages: Append until all are there, then Commit. A blob is named by
// its SHA-256 and is whole or not there. Beside a blob lie derived things by name,
// each of which can be made again.
//
// Errors: NotFound for what is not there, DiskFull and ReadOnly when nothing can be
// written, Damaged for bytes that are not what their name says, Unavailable when the
// store cannot be reached, and those of the context and of the reader that is given.
type Blobs interface {
	// Append adds bytes to a stage at an offset, which is what the stage holds now
	// (Conflict otherwise), and gives how much it holds then. What came before an
	// error of r is kept and counted: size says how much. A stage that is not there is
	// empty. It is durable when Append returns.
	Append(ctx context.Context, stage ID, offset int64, r io.Reader) (size int64, err error)
	// Staged gives how much a stage holds, 0 when it is not there.
	Staged(ctx context.Context, stage ID) (size int64, err error)
	// OpenStage reads what a stage holds, to look at it before Commit.
	OpenStage(ctx context.Context, stage ID) (Blob, error)
	// Commit makes a stage a blob and gives its name, which is the same when the bytes
	// were there already. After a crash it may be asked again; a stage that is not there
	// is NotFound.
	Commit(ctx context.Context, stage ID) (sha256 string, size int64, err error)
	// Discard takes a stage away; one that is not there is no error.
	Discard(ctx context.Context, stage ID) error

	// Open opens a blob.
	Open(ctx context.Context, sha256 string) (Blob, error)
	// Delete takes a blob away with all that was derived from it.
	Delete(ctx context.Context, sha256 string) error

	// PutDerived stores a derived thing of a blob, in the place of one of that name.
	PutDerived(ctx context.Context, sha256, name string, r io.Reader) error
	// OpenDerived opens a derived thing.
	OpenDerived(ctx context.Context, sha256, name string) (Blob, error)
	// DropDerived takes away derived things of a blob whose names begin with a prefix.
	DropDerived(ctx context.Context, sha256, prefix string) error

	// Walk visits blobs and stages, in no order.
	Walk(ctx context.Context, visit func(Stored) error) error
	// Check reads all bytes of a blob: Damaged unless they are what its name says.
	Check(ctx context.Context, sha256 string) error
	Close() error
}

// Blob is an open blob, stage or derived thing.
type Blob interface {
	io.ReaderAt
	io.Closer
	Size() int64
}

// Stored is what Walk finds: a blob, or a stage when Stage is not empty.
type Stored struct {
	SHA256  string
	Stage   ID
	Size    int64
	Changed time.Time
}

// ReadingName is the name of the derived thing that holds a Reading, by the edition of
// the extractor: a ZIP archive of reading.json (a Reading whose pages have no text), and
// for each page that has any text/000001.txt and notes/000001.txt.
const ReadingName = "reading.zip"

// PictureName is the name of the picture of a page, ThumbnailName that of the small
// one of the file. Both are PNG.
func PictureName(page int) string { return fmt.Sprintf("page-%06d.png", page) }

// ThumbnailName is the name of the small picture of a file.
const ThumbnailName = "thumbnail.png"
