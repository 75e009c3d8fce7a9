package kb

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"slices"
	"time"
)

// finishTime is how long the steps after the last byte may take, also when who sent
// it has gone.
const finishTime = 2 * time.Minute

// finish makes the file of an upload whose bytes are all there. It may be asked again
// after a crash at any place, and by several at the same time. An upload that its
// material does not take (any more) is given up.
func (f *Files) finish(ctx context.Context, id ID) (*Upload, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), finishTime)
	defer cancel()
	for try := 1; ; try++ {
		u, ok, err := liveOf[*Upload](ctx, f.Store, id)
		if err != nil || ok && u.File != "" {
			return u, err
		}
		if !ok {
			return nil, noFile()
		}
		if err = f.finishOnce(ctx, u); err == nil {
			return u, nil
		}
		// Conflict and NotFound are also how another process shows that does the same.
		again, _, found := liveOf[*Upload](ctx, f.Store, id)
		if found != nil || again == nil || again.Version == u.Version || try == changeTries {
			return nil, errors.Join(err, found)
		}
	}
}

// finishOnce goes on from where an upload is.
func (f *Files) finishOnce(ctx context.Context, u *Upload) error {
	actor, err := f.actorOf(ctx, u.Account)
	if err != nil {
		return err
	}
	if _, err := f.openMaterial(ctx, actor, u.Record); err != nil {
		return f.refused(ctx, u, err)
	}
	if u.SHA256 == "" {
		if err := f.inspect(ctx, u); err != nil {
			return err
		}
	}
	if err := f.commit(ctx, u); err != nil {
		return err
	}
	file := u.file()
	if err := f.keepFile(ctx, actor, file); err != nil {
		return err
	}
	if _, err := f.list(ctx, actor, file); err != nil {
		return f.refused(ctx, u, err)
	}
	u.File = file.ID
	_, err = f.write(ctx, Actor{Account: u.Account}, u, Event{Type: EventInternal})
	return err
}

// actorOf gives who uploads, as they are now.
func (f *Files) actorOf(ctx context.Context, account ID) (Actor, error) {
	x, ok, err := liveOf[*Account](ctx, f.Store, account)
	if err != nil {
		return Actor{}, err
	}
	if !ok || x.Disabled {
		return Actor{}, nil // a visitor, who may add nothing
	}
	return x.Actor(), nil
}

// inspect scans the bytes of an upload and notes their name, before they are kept.
func (f *Files) inspect(ctx context.Context, u *Upload) error {
	b, err := f.Blobs.OpenStage(ctx, u.ID)
	if err != nil {
		return err
	}
	defer b.Close()
	if err := f.scan(ctx, b); err != nil {
		if CodeOf(err) == Invalid {
			err = errors.Join(err, f.giveUp(ctx, u))
		}
		return err
	}
	h := sha256.New()
	if _, err := io.Copy(h, io.NewSectionReader(b, 0, b.Size())); err != nil {
		return err
	}
	u.SHA256 = hex.EncodeToString(h.Sum(nil))
	_, err = f.write(ctx, Actor{Account: u.Account}, u, Event{Type: EventInternal})
	return err
}

// scan looks for viruses.
func (f *Files) scan(ctx context.Context, b Blob) error {
	if f.Scan == nil {
		return nil
	}
	virus, err := f.Scan.Scan(ctx, b)
	if err != nil && f.ScanRequired {
		return Wrap(err, Unavailable, Text{"Het bestand kan nu niet op virussen worden gecontroleerd. Het wordt vanzelf opnieuw geprobeerd.", "The file cannot be checked for viruses now. It is tried again by itself."})
	}
	if err != nil {
		f.Log.WarnContext(ctx, "a file was not checked for viruses", "err", err)
		return nil
	}
	if virus != "" {
		return invalid([]Problem{{"file", Text{"bevat een virus (" + virus + ") en is niet bewaard", "holds a virus (" + virus + ") and was not kept"}}})
	}
	return nil
}

// commit makes the stage of an upload a blob, unless that was done already.
func (f *Files) commit(ctx context.Context, u *Upload) error {
	sum, _, err := f.Blobs.Commit(ctx, u.ID)
	if CodeOf(err) == NotFound {
		b, err := f.Blobs.Open(ctx, u.SHA256)
		if err != nil {
			return err
		}
		return b.Close()
	}
	if err == nil && sum != u.SHA256 {
		err = Errorf(Damaged, Text{"De bytes van een upload zijn veranderd op de schijf.", "The bytes of an upload changed on the disk."})
	}
	return err
}

// file is the file that an upload becomes.
func (u *Upload) file() *File {
	file := &File{
		Head: internalHead(DeriveID("file", string(u.ID)), u.CreatedAt), Record: u.Record,
		Name: u.Name, Size: u.Size, SHA256: u.SHA256, Replaces: u.Replaces,
	}
	file.Visibility, file.Team, file.CreatedBy = u.FileVisibility, u.FileTeam, u.Account
	return file
}

// refused gives up an upload that its material does not take, and gives why.
func (f *Files) refused(ctx context.Context, u *Upload, why error) error {
	switch CodeOf(why) {
	case Invalid, NotFound, Forbidden, Unauthenticated, Conflict, TooLarge:
		return errors.Join(why, f.unwrite(ctx, u.file().ID), f.giveUp(ctx, u))
	}
	return why
}

// keepFile writes a file whose bytes are kept, unless that was done, and has them read.
func (f *Files) keepFile(ctx context.Context, actor Actor, file *File) error {
	if err := f.sniff(ctx, file); err != nil {
		return err
	}
	found, err := f.Store.Get(ctx, []ID{file.ID})
	if err != nil {
		return err
	}
	if r, written := found[file.ID]; written && r.Deleted {
		return noFile()
	} else if !written {
		if _, err := f.write(ctx, actor, file, Event{Type: EventFileAdded, About: file.Record}); err != nil && CodeOf(err) != Conflict {
			return err
		}
	}
	return f.toRead(ctx, file)
}

// unwrite takes away a file that its material did not take.
func (f *Files) unwrite(ctx context.Context, id ID) error {
	file, ok, err := liveOf[*File](ctx, f.Store, id)
	if err != nil || !ok {
		return err
	}
	_, err = f.drop(ctx, Actor{Account: file.CreatedBy}, file, Event{Type: EventInternal, About: file.Record})
	return err
}

// sniff gives a file the media type of its bytes.
func (f *Files) sniff(ctx context.Context, file *File) error {
	file.MediaType = "application/octet-stream"
	if f.Sniff == nil {
		return nil
	}
	b, err := f.Blobs.Open(ctx, file.SHA256)
	if err != nil {
		return err
	}
	defer b.Close()
	file.MediaType, err = f.Sniff(b, file.Name)
	return err
}

// toRead asks for the bytes of a file to be read, unless they are or were.
func (f *Files) toRead(ctx context.Context, file *File) error {
	id := ExtractionID(file.SHA256)
	found, err := f.Store.Get(ctx, []ID{id})
	if err != nil {
		return err
	}
	r, written := found[id]
	if written && !r.Deleted {
		return nil
	}
	x := &Extraction{
		Head: internalHead(id, f.Now()), SHA256: file.SHA256, Size: file.Size, MediaType: file.MediaType, Name: file.Name,
		State: ExtractionWaiting, NextTry: f.clock(),
	}
	x.Version = r.Version
	if _, err := f.write(ctx, Actor{}, x, Event{Type: EventInternal}); err != nil && CodeOf(err) != Conflict {
		return err
	}
	return nil
}

// list adds a file to the working half of its material, after whatever others wrote
// there; a newer version comes in the place of the file that it replaces.
func (f *Files) list(ctx context.Context, actor Actor, file *File) (Seq, error) {
	return f.relist(ctx, actor, file.Record, func(files []ID) []ID {
		if slices.Contains(files, file.ID) {
			return files
		}
		if i := slices.Index(files, file.Replaces); i >= 0 {
			files[i] = file.ID
			return files
		}
		return append(files, file.ID)
	})
}

// relist changes the list of files of a material.
func (f *Files) relist(ctx context.Context, actor Actor, material ID, change func([]ID) []ID) (Seq, error) {
	for try := 1; ; try++ {
		o, err := f.openMaterial(ctx, actor, material)
		if err != nil {
			return 0, err
		}
		data, err := Encode(o.work())
		if err != nil {
			return 0, err
		}
		after, err := Decode(o.work().Kind(), o.record.Version, data)
		if err != nil {
			return 0, err
		}
		c := after.(Material).Shared()
		if c.Files = change(c.Files); len(c.Files) > maxFiles {
			return 0, invalid([]Problem{{"files", tooMany(len(c.Files), maxFiles)}})
		}
		saved, err := f.desk.revise(ctx, o, after, nil, Event{Type: EventSaved})
		if _, clash := errors.AsType[*Clash](err); !clash || try == changeTries {
			return saved.Seq, err
		}
	}
}
