// Package files is the HTTP edge over kb.Files: uploads that can go on where they
// broke off (tus 1.0.0, https://tus.io/protocols/resumable-upload), downloads with
// ranges, and the pictures of pages.
//
// The invariant that a newcomer must know: bytes go through here as they come, and
// never lie in memory as a whole. What came of an upload that breaks off is
// kept. And nothing that is sent from here is a page of ours: every answer with bytes of
// a stranger is sandboxed, of a fixed type, and an attachment unless it was asked for
// otherwise and can do no harm.
package files

import (
	"context"
	"io"
	"log/slog"
	"net/http"

	"leerkring/internal/kb"
)

// Files is what this edge needs of kb.Files.
type Files interface {
	Upload(ctx context.Context, secret string) (kb.UploadState, error)
	Append(ctx context.Context, secret string, offset int64, r io.Reader) (kb.UploadState, error)
	Abandon(ctx context.Context, secret string) error
	Original(ctx context.Context, actor kb.Actor, id kb.ID) (kb.Download, error)
	Picture(ctx context.Context, actor kb.Actor, id kb.ID, page int) (kb.Download, error)
	Redeem(ctx context.Context, secret string) (kb.Download, error)
}

// Config is what the handlers are made of. All are required.
type Config struct {
	Files Files
	// MaxFile is the most bytes that a file may have, to tell clients; 0 is not known.
	MaxFile int64
	// Reference gives the short text under which a fault of a request stands in the
	// log, like the request's id.
	Reference func(context.Context) string
	Log       *slog.Logger
}

// edge serves files.
type edge struct{ Config }

// BySecret answers /uploads/{secret} and /downloads/{secret}. Whoever knows such an
// address may use it: it asks for no session, and needs no guard against other sites.
func BySecret(c Config) http.Handler {
	e := &edge{c}
	mux := http.NewServeMux()
	mux.HandleFunc("/uploads/{secret}", e.upload)
	mux.HandleFunc("GET /downloads/{secret}", e.redeem)
	return mux
}

// ByReader answers /files/{id}/original/{name}, /files/{id}/thumbnail.png and
// /files/{id}/pages/{n}.png, to whoever may read the file (kb.ActorOf).
func ByReader(c Config) http.Handler {
	e := &edge{c}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /files/{id}/original/{name}", e.original)
	mux.HandleFunc("GET /files/{id}/thumbnail.png", e.thumbnail)
	mux.HandleFunc("GET /files/{id}/pages/{picture}", e.picture)
	return mux
}
