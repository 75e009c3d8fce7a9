package kb

import (
	"context"
	"errors"
	"io"
)

// Add adds a file to a material all at once. Nothing is kept when r fails.
func (f *Files) Add(ctx context.Context, actor Actor, q UploadRequest, r io.Reader) (FileView, Seq, error) {
	if err := needSignIn(actor); err != nil {
		return FileView{}, 0, err
	}
	id, made, err := f.idempotent(ctx, actor, q)
	if err != nil {
		return FileView{}, 0, err
	}
	if made != nil {
		seq, err := f.Store.Last(ctx)
		return *made, seq, err
	}
	q.Name = cleanName(q.Name)
	if _, err := f.openFor(ctx, actor, q); err != nil {
		return FileView{}, 0, err
	}
	if err := f.room(ctx, actor, max(q.Size, 0), false); err != nil {
		return FileView{}, 0, err
	}
	stage := f.NewID()
	file, err := f.keep(ctx, actor, stage, q, r)
	if err != nil {
		return FileView{}, 0, errors.Join(err, f.Blobs.Discard(context.WithoutCancel(ctx), stage))
	}
	file.ID = id
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), finishTime)
	defer cancel()
	if err := f.keepFile(ctx, actor, file); err != nil {
		return FileView{}, 0, err
	}
	seq, err := f.list(ctx, actor, file)
	if err != nil {
		return FileView{}, 0, errors.Join(err, f.unwrite(ctx, file.ID))
	}
	v, err := f.one(ctx, actor, file.ID)
	return v, seq, err
}

// idempotent gives the id of a file to add, and the file when an earlier call with the
// same key added it. A key is of an account and a material.
func (f *Files) idempotent(ctx context.Context, actor Actor, q UploadRequest) (ID, *FileView, error) {
	if q.Key == "" {
		return f.NewID(), nil, nil
	}
	if len(q.Key) > MaxIdempotencyKey {
		return "", nil, invalid([]Problem{keyTooLong()})
	}
	id := DeriveID("file of "+string(actor.Account)+" for "+string(q.Record), q.Key)
	found, err := f.Store.Get(ctx, []ID{id})
	if err != nil {
		return "", nil, err
	}
	if _, exists := found[id]; !exists {
		return id, nil, nil
	}
	v, err := f.one(ctx, actor, id)
	return id, &v, err
}

// keep makes a blob of what a reader gives, and gives the file to be.
func (f *Files) keep(ctx context.Context, actor Actor, stage ID, q UploadRequest, r io.Reader) (*File, error) {
	most := f.Limits.File
	if q.Size >= 0 {
		most = q.Size
	}
	size, err := f.Blobs.Append(ctx, stage, 0, io.LimitReader(r, most))
	switch {
	case err != nil:
		return nil, err
	case size == most && q.Size >= 0 && hasMore(r):
		return nil, longer(q.Size)
	case size == most && q.Size < 0 && hasMore(r):
		return nil, f.room(ctx, actor, most+1, false)
	case size == 0:
		return nil, emptyFile()
	case size < q.Size:
		return nil, Errorf(Invalid, Text{"Er kwamen %d bytes in plaats van %d.", "%d bytes came instead of %d."}, size, q.Size)
	case q.Size < 0: // it is known only now
		if err := f.room(ctx, actor, size, false); err != nil {
			return nil, err
		}
	}
	b, err := f.Blobs.OpenStage(ctx, stage)
	if err != nil {
		return nil, err
	}
	if err := errors.Join(f.scan(ctx, b), b.Close()); err != nil {
		return nil, err
	}
	sum, size, err := f.Blobs.Commit(ctx, stage)
	if err != nil {
		return nil, err
	}
	file := &File{
		Head: internalHead(f.NewID(), f.Now()), Record: q.Record,
		Name: q.Name, Size: size, SHA256: sum, Replaces: q.Replaces,
	}
	file.Visibility, file.Team, file.CreatedBy = q.visibility(), q.Team, actor.Account
	return file, nil
}
