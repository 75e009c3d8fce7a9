package kb

import (
	"context"
	"errors"
	"io"
	"slices"
	"time"
)

// uploadLasts is how long the address of an upload works.
const uploadLasts = 24 * time.Hour

// UploadRequest asks for a file to be added to a material.
type UploadRequest struct {
	Record ID // the material
	Name   string
	// Size is how many bytes are to come; -1 when that is not known, with Add only.
	Size int64
	// Visibility is PUBLIC (as the material) when empty; TEAM names the Team.
	Visibility Visibility
	Team       ID
	// Replaces is the file of the material in whose place this one comes.
	Replaces ID
	// Key is the idempotency key, with Add only: who sends it again gets the file that
	// was made then, as it is now.
	Key string
}

// UploadState is how far an upload is.
type UploadState struct {
	Upload *Upload
	Offset int64 // bytes that are kept
	File   ID    // once it is finished
}

// Start begins an upload, and gives the secret of the address that takes its bytes
// for a day. Who has the secret uploads as the actor.
func (f *Files) Start(ctx context.Context, actor Actor, q UploadRequest) (secret string, _ UploadState, err error) {
	if err := mustSignIn(actor, ScopeWrite); err != nil {
		return "", UploadState{}, err
	}
	if q.Size < 1 {
		return "", UploadState{}, emptyFile()
	}
	q.Name = cleanName(q.Name)
	if _, err := f.openFor(ctx, actor, q); err != nil {
		return "", UploadState{}, err
	}
	if err := f.room(ctx, actor, q.Size, true); err != nil {
		return "", UploadState{}, err
	}
	secret = newSecret()
	u := &Upload{
		Head: internalHead(f.NewID(), f.Now()), Account: actor.Account, Record: q.Record, Name: q.Name, Size: q.Size,
		FileVisibility: q.visibility(), FileTeam: q.Team, Replaces: q.Replaces,
		Secret: hashSecret(secret), ExpiresAt: f.clock().Add(uploadLasts),
	}
	u.CreatedBy = actor.Account
	if _, err := f.write(ctx, actor, u, Event{Type: EventInternal}); err != nil {
		return "", UploadState{}, err
	}
	return secret, UploadState{Upload: u}, nil
}

func (q UploadRequest) visibility() Visibility {
	if q.Visibility == "" {
		return VisibilityPublic
	}
	return q.Visibility
}

// openFor opens the material of a request for who may add files to it.
func (f *Files) openFor(ctx context.Context, actor Actor, q UploadRequest) (*opened, error) {
	o, err := f.openMaterial(ctx, actor, q.Record)
	if err != nil {
		return nil, err
	}
	var problems []Problem
	problems = append(problems, checkAudience(q.visibility(), q.Team)...)
	files := o.work().(Material).Shared().Files
	if q.Replaces != "" && !slices.Contains(files, q.Replaces) {
		problems = append(problems, Problem{"replaces", Text{"is geen bestand van dit materiaal", "is not a file of this material"}})
	}
	if q.Replaces == "" && len(files) >= maxFiles {
		problems = append(problems, Problem{"files", tooMany(len(files)+1, maxFiles)})
	}
	return o, invalid(problems)
}

// openMaterial opens a material for who may change it now.
func (f *Files) openMaterial(ctx context.Context, actor Actor, id ID) (*opened, error) {
	o, err := f.desk.open(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	if _, ok := o.live.(Material); !ok {
		return nil, notFound()
	}
	if err := o.may(CanEdit); err != nil {
		return nil, err
	}
	return o, o.standing.fits(CanEdit, o.live, o.copy)
}

// checkAudience checks for whom a file is to be.
func checkAudience(v Visibility, team ID) []Problem {
	c := &checker{}
	oneOf(c, "visibility", v, VisibilityPublic, VisibilityMembers, VisibilityTeam)
	if v == VisibilityTeam || team != "" {
		c.id("team", team)
	}
	return c.problems
}

// Upload gives how far an upload is, NotFound when it is not known or over. One whose
// bytes are all there is finished when it was not.
func (f *Files) Upload(ctx context.Context, secret string) (UploadState, error) {
	u, err := f.uploadBy(ctx, secret)
	if err != nil {
		return UploadState{}, err
	}
	return f.state(ctx, u)
}

func (f *Files) uploadBy(ctx context.Context, secret string) (*Upload, error) {
	key := UploadKey(hashSecret(secret))
	owners, err := f.Store.Find(ctx, []string{key})
	if err != nil {
		return nil, err
	}
	u, ok, err := liveOf[*Upload](ctx, f.Store, owners[key])
	if err != nil {
		return nil, err
	}
	if !ok || !u.ExpiresAt.After(f.Now()) {
		return nil, Errorf(NotFound, Text{"Dit uploadadres bestaat niet of is verlopen. Begin de upload opnieuw.", "This upload address does not exist or has expired. Start the upload again."})
	}
	return u, nil
}

// state tells how far an upload is, and finishes it when all bytes are there.
func (f *Files) state(ctx context.Context, u *Upload) (UploadState, error) {
	if u.File != "" {
		return UploadState{Upload: u, Offset: u.Size, File: u.File}, nil
	}
	offset := u.Size // a stage that was made a blob is gone
	if u.SHA256 == "" {
		var err error
		if offset, err = f.Blobs.Staged(ctx, u.ID); err != nil {
			return UploadState{}, err
		}
	}
	s := UploadState{Upload: u, Offset: offset}
	if offset < u.Size {
		return s, nil
	}
	done, err := f.finish(ctx, u.ID)
	if err != nil {
		return s, err
	}
	return UploadState{Upload: done, Offset: done.Size, File: done.File}, nil
}

// Append adds bytes to an upload, and finishes it when they are all there. offset is
// what the upload has now; Conflict otherwise. When r fails or ends early, what came
// is kept: the state says how much, also beside an error.
func (f *Files) Append(ctx context.Context, secret string, offset int64, r io.Reader) (UploadState, error) {
	u, err := f.uploadBy(ctx, secret)
	if err != nil {
		return UploadState{}, err
	}
	if u.File != "" || u.SHA256 != "" || offset < 0 || offset > u.Size {
		s, err := f.state(ctx, u)
		if err == nil && offset != s.Offset {
			err = Errorf(Conflict, Text{"Er zijn al %d bytes; ga daar verder.", "There are %d bytes already; go on from there."}, s.Offset)
		}
		return s, err
	}
	size, err := f.Blobs.Append(ctx, u.ID, offset, io.LimitReader(r, u.Size-offset))
	s := UploadState{Upload: u, Offset: size}
	if err != nil {
		return s, err
	}
	if size == u.Size && hasMore(r) {
		return UploadState{Upload: u}, errors.Join(longer(u.Size), f.Blobs.Discard(ctx, u.ID))
	}
	return f.state(ctx, u)
}

// hasMore reports whether a reader goes on where it should have ended.
func hasMore(r io.Reader) bool {
	n, _ := io.ReadFull(r, make([]byte, 1))
	return n > 0
}

func longer(size int64) error {
	return Errorf(Invalid, Text{"Er kwamen meer bytes dan de %d die waren aangekondigd. Begin de upload opnieuw.", "More bytes came than the %d that were announced. Send the file again from its start."}, size)
}

func emptyFile() error {
	return invalid([]Problem{{"size", Text{"dit bestand is leeg; kies een bestand met inhoud", "this file is empty; choose a file with something in it"}}})
}

// Abandon gives up an upload that is not finished. One that is has nothing to give up.
func (f *Files) Abandon(ctx context.Context, secret string) error {
	u, err := f.uploadBy(ctx, secret)
	if err != nil || u.File != "" {
		return err
	}
	return f.giveUp(ctx, u)
}

// giveUp takes an upload away with the bytes that came.
func (f *Files) giveUp(ctx context.Context, u *Upload) error {
	if _, err := f.drop(ctx, Actor{Account: u.Account}, u, Event{Type: EventInternal}); err != nil && CodeOf(err) != Conflict {
		return err
	}
	return f.Blobs.Discard(ctx, u.ID)
}
