package files

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"leerkring/internal/kb"
)

// maxPicture is the most bytes of a picture of a page that is sent.
const maxPicture = 16 << 20

// original sends the bytes of a file as they were uploaded.
func (e *edge) original(w http.ResponseWriter, r *http.Request) {
	d, err := e.Files.Original(r.Context(), kb.ActorOf(r.Context()), kb.ID(r.PathValue("id")))
	if err != nil {
		e.failed(w, r, err)
		return
	}
	h := w.Header()
	h.Set("Cache-Control", "private, no-cache") // kept, and asked for each time
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	e.sendOriginal(w, r, d)
}

// redeem sends a file by a link that works once, also to other sites.
func (e *edge) redeem(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodHead { // looking must not use the link up
		w.Header().Set("Allow", http.MethodGet)
		w.WriteHeader(http.StatusMethodNotAllowed)
		return
	}
	d, err := e.Files.Redeem(r.Context(), r.PathValue("secret"))
	if err != nil {
		e.failed(w, r, err)
		return
	}
	h := w.Header()
	h.Set("Cache-Control", "private, no-store")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	r.Header.Del("Range") // the rest could not be fetched
	e.sendOriginal(w, r, d)
}

// sendOriginal sends what a stranger uploaded: with ranges, and so that no browser
// takes it for a page of ours.
func (e *edge) sendOriginal(w http.ResponseWriter, r *http.Request, d kb.Download) {
	defer func() { _ = d.Blob.Close() }() // it was only read
	h := w.Header()
	h.Set("Content-Type", contentType(d.MediaType))
	h.Set("Content-Disposition", disposition(d, r.URL.Query().Has("inline")))
	h.Set("ETag", `"`+d.SHA256+`"`)
	sandbox(h)
	http.ServeContent(w, r, "", time.Time{}, io.NewSectionReader(d.Blob, 0, d.Blob.Size()))
}

// sandbox keeps a browser from running, loading or guessing anything of an answer.
func sandbox(h http.Header) {
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
}

// contentType is the type that an answer names. It comes from what was found in the
// bytes, and nothing that a browser would run is ever named.
func contentType(mediaType string) string {
	kind, _, _ := strings.Cut(mediaType, ";")
	switch kind {
	case "text/plain", "text/csv", "text/markdown":
		return kind + "; charset=utf-8"
	case "text/html", "application/xhtml+xml", "image/svg+xml", "text/xml", "application/xml", "text/javascript", "application/javascript", "":
		return "application/octet-stream"
	}
	return kind
}

func (e *edge) thumbnail(w http.ResponseWriter, r *http.Request) { e.sendPicture(w, r, 0) }

func (e *edge) picture(w http.ResponseWriter, r *http.Request) {
	number, isPNG := strings.CutSuffix(r.PathValue("picture"), ".png")
	page, err := strconv.Atoi(number)
	if !isPNG || err != nil || page < 1 || strconv.Itoa(page) != number {
		e.failed(w, r, kb.Errorf(kb.NotFound, kb.Text{NL: "Deze afbeelding is er niet.", EN: "There is no such picture."}))
		return
	}
	e.sendPicture(w, r, page)
}

// sendPicture sends the picture of a page, which we drew. Its tag is made of its own
// bytes: a later edition draws another one of the same file.
func (e *edge) sendPicture(w http.ResponseWriter, r *http.Request, page int) {
	d, err := e.Files.Picture(r.Context(), kb.ActorOf(r.Context()), kb.ID(r.PathValue("id")), page)
	if err != nil {
		e.failed(w, r, err)
		return
	}
	defer func() { _ = d.Blob.Close() }() // it was only read
	picture, err := io.ReadAll(io.NewSectionReader(d.Blob, 0, min(d.Blob.Size(), maxPicture)))
	if err != nil {
		e.failed(w, r, err)
		return
	}
	sum := sha256.Sum256(picture)
	h := w.Header()
	h.Set("Cache-Control", "private, no-cache")
	h.Set("Content-Type", "image/png")
	h.Set("ETag", `"`+hex.EncodeToString(sum[:16])+`"`)
	// Front-ends on other sites show the pictures of what everyone may read; our cookie
	// does not go along with those requests.
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	sandbox(h)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(picture))
}
