package httpd

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"

	"leerkring/internal/kb"
)

const requestIDHeader = "X-Request-Id"

type requestIDKey struct{}

// RequestID gives the id of the request that ctx belongs to, or "".
func RequestID(ctx context.Context) string {
	id, _ := ctx.Value(requestIDKey{}).(string)
	return id
}

// identify gives each request an id: the one that a proxy in front of us gave
// it, when it has the form of one, or a new one.
func (c Config) identify(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := r.Header.Get(requestIDHeader)
		if !wellFormed(id) {
			id = c.Reference()
		}
		w.Header().Set(requestIDHeader, id)
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), requestIDKey{}, id)))
	})
}

// wellFormed accepts 8 to 64 letters, digits, hyphens and underscores: nothing
// that could forge a line of a log.
func wellFormed(id string) bool {
	const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"
	return len(id) >= 8 && len(id) <= 64 && strings.Trim(id, letters) == ""
}

// access logs each request when it is over. The query holds what people search
// for, so it is left out.
func (c Config) access(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := c.Now()
		seen := &witness{ResponseWriter: w}
		defer func() {
			level := slog.LevelInfo
			if r.URL.Path == "/healthz" || r.URL.Path == "/readyz" {
				level = slog.LevelDebug // asked every few seconds; a 503 is logged where it is found
			}
			c.Log.LogAttrs(r.Context(), level, "request",
				slog.String("method", shorten(r.Method, 16)), slog.String("path", shorten(withoutSecrets(r.URL.Path), 200)),
				slog.Int("status", seen.status), slog.Int64("bytes", seen.bytes), slog.Duration("took", c.Now().Sub(start)))
		}()
		next.ServeHTTP(seen, r)
	})
}

// withoutSecrets leaves the secrets of links out of a path: parts of 40 and more
// letters and digits. Slugs of that length have hyphens, and ids are shorter.
func withoutSecrets(path string) string {
	parts := strings.Split(path, "/")
	for i, p := range parts {
		if len(p) >= 40 && strings.Trim(p, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == "" {
			parts[i] = "…"
		}
	}
	return strings.Join(parts, "/")
}

func shorten(s string, most int) string {
	if len(s) > most {
		return s[:most] + "…"
	}
	return s
}

// rescue answers a request whose handler panicked, without a word of why; the
// log has the rest under the same request id.
func (c Config) rescue(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen := &witness{ResponseWriter: w}
		defer func() {
			v := recover()
			if v == nil {
				return
			}
			if v == http.ErrAbortHandler { //nolint:errorlint // the value that net/http itself compares
				panic(v)
			}
			c.Log.ErrorContext(r.Context(), "a handler panicked", "type", typeOf(v), "stack", string(debug.Stack()))
			if seen.status != 0 {
				panic(http.ErrAbortHandler) // half an answer must not look like a whole one
			}
			internalError(w, r)
		}()
		next.ServeHTTP(seen, r)
	})
}

func typeOf(v any) string {
	if err, ok := v.(error); ok {
		return string(kb.CodeOf(err))
	}
	return "value"
}

func internalError(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(http.StatusInternalServerError)
	ref := RequestID(r.Context())
	_, _ = w.Write([]byte(`<!doctype html><html lang="nl"><meta charset="utf-8"><title>Er ging iets mis</title>` +
		`<h1>Er ging bij ons iets mis</h1><p>Probeer het straks opnieuw. Noem bij vragen het kenmerk ` + ref + `.</p>` +
		`<p lang="en">Something went wrong on our side. Please try again later, and mention reference ` + ref + `.</p>` +
		`<p><a href="/">Leerkring</a></p></html>`))
}

// witness sees what is answered.
type witness struct {
	http.ResponseWriter
	status int
	bytes  int64
}

// WriteHeader notes the status.
func (w *witness) WriteHeader(status int) {
	if w.status == 0 && status >= 200 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

// Write counts the bytes.
func (w *witness) Write(p []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	n, err := w.ResponseWriter.Write(p)
	w.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (w *witness) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// reason gives the text of an error in both languages, as people and programs
// read the same answer.
func reason(err error) string {
	if e, ok := errors.AsType[*kb.Error](err); ok {
		return e.Text.NL + "\n" + e.Text.EN
	}
	return "Leerkring is nu niet bereikbaar.\nLeerkring cannot be reached now."
}

// WithRequestID adds the id of the request to each line that is logged for it.
func WithRequestID(h slog.Handler) slog.Handler { return idHandler{h} }

type idHandler struct{ slog.Handler }

// Handle adds the id.
func (h idHandler) Handle(ctx context.Context, r slog.Record) error {
	if id := RequestID(ctx); id != "" {
		r.AddAttrs(slog.String("request_id", id))
	}
	return h.Handler.Handle(ctx, r)
}

// WithAttrs keeps adding ids.
func (h idHandler) WithAttrs(attrs []slog.Attr) slog.Handler {
	return idHandler{h.Handler.WithAttrs(attrs)}
}

// WithGroup keeps adding ids.
func (h idHandler) WithGroup(name string) slog.Handler { return idHandler{h.Handler.WithGroup(name)} }
