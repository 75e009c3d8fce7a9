package files

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"leerkring/internal/kb"
)

// The headers of tus 1.0.0, and ours: which file an upload became.
const (
	tusVersion     = "1.0.0"
	tusResumable   = "Tus-Resumable"
	uploadOffset   = "Upload-Offset"
	uploadLength   = "Upload-Length"
	uploadExpires  = "Upload-Expires"
	uploadFile     = "Upload-File"
	offsetOctets   = "application/offset+octet-stream"
	uploadsAllowed = "OPTIONS, HEAD, PATCH, PUT, DELETE"
)

// upload answers the address of one upload: tus with its extensions termination and
// expiration, and PUT for clients that send all at once.
func (e *edge) upload(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set(tusResumable, tusVersion)
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "no-referrer")
	if v := r.Header.Get(tusResumable); v != "" && v != tusVersion && r.Method != http.MethodOptions {
		h.Set("Tus-Version", tusVersion)
		w.WriteHeader(http.StatusPreconditionFailed)
		return
	}
	var err error
	switch r.Method {
	case http.MethodOptions:
		e.capabilities(w)
	case http.MethodHead:
		err = e.offset(w, r)
	case http.MethodPatch:
		err = e.patch(w, r)
	case http.MethodPut:
		err = e.put(w, r)
	case http.MethodDelete:
		if err = e.Files.Abandon(r.Context(), r.PathValue("secret")); err == nil {
			w.WriteHeader(http.StatusNoContent)
		}
	default:
		h.Set("Allow", uploadsAllowed)
		w.WriteHeader(http.StatusMethodNotAllowed)
	}
	if err != nil {
		e.failed(w, r, err)
	}
}

// capabilities tells which parts of tus are spoken here.
func (e *edge) capabilities(w http.ResponseWriter) {
	h := w.Header()
	h.Set("Tus-Version", tusVersion)
	h.Set("Tus-Extension", "termination,expiration")
	if e.MaxFile > 0 {
		h.Set("Tus-Max-Size", strconv.FormatInt(e.MaxFile, 10))
	}
	h.Set("Allow", uploadsAllowed)
	w.WriteHeader(http.StatusNoContent)
}

// offset tells how far an upload is.
func (e *edge) offset(w http.ResponseWriter, r *http.Request) error {
	state, err := e.Files.Upload(r.Context(), r.PathValue("secret"))
	if err != nil {
		return err
	}
	tell(w, state)
	w.Header().Set(uploadLength, strconv.FormatInt(state.Upload.Size, 10))
	w.WriteHeader(http.StatusOK)
	return nil
}

// tell sets the headers that say how far an upload is.
func tell(w http.ResponseWriter, state kb.UploadState) {
	h := w.Header()
	h.Set(uploadOffset, strconv.FormatInt(state.Offset, 10))
	if state.File != "" {
		h.Set(uploadFile, string(state.File))
		return
	}
	if expires := state.Upload.ExpiresAt; !expires.IsZero() {
		h.Set(uploadExpires, expires.UTC().Format(http.TimeFormat))
	}
}

// patch adds the bytes of a request to an upload.
func (e *edge) patch(w http.ResponseWriter, r *http.Request) error {
	if kind, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";"); strings.TrimSpace(kind) != offsetOctets {
		return statusError{http.StatusUnsupportedMediaType, kb.Text{NL: "Stuur een deel van een bestand als " + offsetOctets + ".", EN: "Send a part of a file as " + offsetOctets + "."}}
	}
	offset, err := strconv.ParseInt(r.Header.Get(uploadOffset), 10, 64)
	if err != nil || offset < 0 {
		return statusError{http.StatusBadRequest, kb.Text{NL: "Upload-Offset moet een getal vanaf 0 zijn.", EN: "Upload-Offset must be a number from 0."}}
	}
	state, err := e.receive(w, r, offset)
	if err != nil {
		return err
	}
	tell(w, state)
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// put takes a whole file. What an upload has of it already is not sent twice: it goes
// on with PATCH.
func (e *edge) put(w http.ResponseWriter, r *http.Request) error {
	state, err := e.Files.Upload(r.Context(), r.PathValue("secret"))
	if err != nil {
		return err
	}
	if state.File == "" {
		if state, err = e.receive(w, r, 0); err != nil {
			return err
		}
	}
	if state.File == "" {
		return statusError{http.StatusBadRequest, kb.Text{
			NL: "Er kwamen minder bytes dan beloofd. Ga verder met PATCH.", EN: "Fewer bytes came than promised. Go on with PATCH.",
		}}
	}
	tell(w, state)
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	return json.NewEncoder(w).Encode(map[string]any{
		"file": state.File, "name": state.Upload.Name, "size": state.Upload.Size,
		"url": "/files/" + string(state.File) + "/original/" + url.PathEscape(state.Upload.Name),
	})
}

// receive streams the body of a request into an upload. A body of a length that does
// not fit is refused before a byte of it is read.
func (e *edge) receive(w http.ResponseWriter, r *http.Request, offset int64) (kb.UploadState, error) {
	secret := r.PathValue("secret")
	if r.ContentLength > 0 {
		state, err := e.Files.Upload(r.Context(), secret)
		if err != nil {
			return state, err
		}
		if offset == state.Offset && r.ContentLength > state.Upload.Size-offset {
			return state, statusError{http.StatusRequestEntityTooLarge, kb.Text{
				NL: "Het bestand is groter dan bij het begin is gezegd.", EN: "The file is larger than was said at the start.",
			}}
		}
	}
	body := &witness{Reader: r.Body}
	state, err := e.Files.Append(r.Context(), secret, offset, body)
	if err != nil && body.err != nil {
		w.Header().Set("Connection", "close") // the rest of the body is not waited for
		return state, errors.Join(statusError{http.StatusRequestTimeout, kb.Text{
			NL: "De verbinding viel stil. Wat er al was, is bewaard: ga daarvandaan verder.", EN: "The connection fell silent. What came is kept: go on from there.",
		}}, err)
	}
	return state, err
}

// witness remembers what ended a body before its end.
type witness struct {
	io.Reader
	err error
}

// Read reads on.
func (b *witness) Read(p []byte) (int, error) {
	n, err := b.Reader.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		b.err = err
	}
	return n, err
}
