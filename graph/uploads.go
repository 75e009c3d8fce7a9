package graph

import (
	"context"
	"errors"
	"io"
	"mime/multipart"
	"net/http"

	"leerkring/internal/kb"
)

const (
	maxPartHeader = 16 << 10 // bytes
	maxParts      = 50       // with those that belong nowhere
)

// uploads are the files of one request, in the order in which they come. Only the
// resolvers of one mutation read them, one after the other.
//
// The invariant that a newcomer must know: there is one stream, and what was passed is
// gone. So a file is read while it comes, and one that is needed later, or more than
// once, is kept in a stage until the request ends.
type uploads struct {
	blobs kb.Blobs // for what must be kept until the request ends
	newID func() kb.ID
	body  *meter
	form  *multipart.Reader
	part  *multipart.Part // the last one that began
	count int
	files map[string]*attachment // by the names of their parts
	// broken is why the request cannot be read on: it is wrong as a whole then.
	broken error
}

// attachment is one file of a request.
type attachment struct {
	part   string // the name of its part
	places int
	// came is set once its part began, kept once all of it lies in a stage.
	came  bool
	name  string
	stage kb.ID
	kept  kb.Blob
}

// field reads a part of the form that is no file and must be next.
func (u *uploads) field(name string, most int64) ([]byte, error) {
	part, err := u.next()
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if err != nil || part.FormName() != name {
		return nil, kb.Errorf(BadRequest, kb.Text{
			NL: `Het formulier heeft eerst het deel "operations", dan "map", dan de bestanden; %q is er niet of staat op een andere plaats.`,
			EN: `The form has first the part "operations", then "map", then the files; %q is not there or in another place.`,
		}, name)
	}
	data, err := io.ReadAll(io.LimitReader(part, most+1))
	if err != nil {
		return nil, u.broke(err)
	}
	if int64(len(data)) > most {
		return nil, partTooLarge(most)
	}
	return data, nil
}

// next goes to the next part; io.EOF after the last.
func (u *uploads) next() (*multipart.Part, error) {
	if u.broken != nil {
		return nil, u.broken
	}
	if u.part != nil {
		if _, err := io.Copy(io.Discard, u.part); err != nil {
			return nil, u.broke(err)
		}
	}
	u.body.allow(maxPartHeader)
	part, err := u.form.NextRawPart()
	if err == io.EOF { //nolint:errorlint // a wrapped one is the end of the body before that of the form
		return nil, io.EOF
	}
	if err != nil {
		return nil, u.broke(err)
	}
	if u.count++; u.count > maxParts {
		return nil, u.broke(kb.Errorf(BadRequest, kb.Text{NL: "Het formulier heeft meer dan %d delen.", EN: "The form has more than %d parts."}, maxParts))
	}
	u.part = part
	u.body.allow(noLimit)
	return part, nil
}

// broke notes why the request cannot be read on, in the form of a coded error.
func (u *uploads) broke(err error) error {
	coded, ok := errors.AsType[*kb.Error](err)
	switch tooLarge, over := errors.AsType[*http.MaxBytesError](err); {
	case ok:
		u.broken = coded
	case over:
		u.broken = requestTooLarge(tooLarge.Limit)
	default:
		u.broken = kb.Wrap(err, BadRequest, kb.Text{NL: "Het formulier brak af, of is niet te lezen.", EN: "The form was cut off, or cannot be read."})
	}
	return u.broken
}

func requestTooLarge(most int64) error {
	return kb.Errorf(kb.TooLarge, kb.Text{NL: "Het verzoek is te groot: hoogstens %d bytes.", EN: "The request is too large: at most %d bytes."}, most)
}

// opener gives what opens a file at one of its places, with the name that it comes with.
func (u *uploads) opener(f *attachment) func(context.Context) (string, io.Reader, error) {
	return func(ctx context.Context) (string, io.Reader, error) {
		for !f.came {
			came, err := u.arrive(ctx, f)
			if err != nil {
				return "", nil, err
			}
			if came == f && f.places == 1 {
				return f.name, arrival{u.part, u}, nil
			}
		}
		if f.kept == nil {
			return "", nil, kb.Errorf(BadRequest, kb.Text{
				NL: `Het bestand %q is al gelezen. Geef het in "map" een pad voor elke plaats waar het hoort.`,
				EN: `The file %q was read already. Give it a path in "map" for each place where it belongs.`,
			}, shorten(f.part))
		}
		return f.name, io.NewSectionReader(f.kept, 0, f.kept.Size()), nil
	}
}

// arrive waits for the next file. It keeps one that is not the only thing asked for.
// A part that belongs nowhere is passed over, as other servers do.
func (u *uploads) arrive(ctx context.Context, wanted *attachment) (*attachment, error) {
	for {
		part, err := u.next()
		if errors.Is(err, io.EOF) {
			return nil, u.broke(kb.Errorf(BadRequest, kb.Text{NL: "Het bestand %q zit niet in het verzoek.", EN: "The file %q is not in the request."}, shorten(wanted.part)))
		}
		if err != nil {
			return nil, err
		}
		f := u.files[part.FormName()]
		if f == nil {
			continue
		}
		if f.came {
			return nil, u.broke(kb.Errorf(BadRequest, kb.Text{NL: "Het bestand %q zit twee keer in het verzoek.", EN: "The file %q is in the request twice."}, shorten(f.part)))
		}
		f.came, f.name = true, part.FileName()
		if f == wanted && f.places == 1 {
			return f, nil
		}
		return f, u.keep(ctx, f)
	}
}

// keep puts a file aside until the request ends.
func (u *uploads) keep(ctx context.Context, f *attachment) error {
	f.stage = u.newID()
	if _, err := u.blobs.Append(ctx, f.stage, 0, arrival{u.part, u}); err != nil {
		return err
	}
	var err error
	f.kept, err = u.blobs.OpenStage(ctx, f.stage)
	return err
}

// close lets go of what was put aside.
func (u *uploads) close(ctx context.Context) error {
	var list []error
	for _, f := range u.files {
		if f.kept != nil {
			list = append(list, f.kept.Close())
		}
		if f.stage != "" {
			list = append(list, u.blobs.Discard(ctx, f.stage))
		}
	}
	return errors.Join(list...)
}

// drain reads what is left of the request, so that a client which is still sending
// gets to read the answer.
func (u *uploads) drain() {
	for u.broken == nil {
		if _, err := u.next(); err != nil {
			return // it was answered already
		}
	}
}

// arrival is a file while it comes.
type arrival struct {
	io.Reader
	of *uploads
}

// Read reads what came.
func (a arrival) Read(p []byte) (int, error) {
	n, err := a.Reader.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		err = a.of.broke(err)
	}
	return n, err
}
